"""What posts cost where a network is paid by the post, and how far that is from the council's budget.

Amounts are thousandths of a US dollar, in which X bills: whole numbers, so that nothing is rounded on the way.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select

from livesession.domain.ids import SittingId
from livesession.relay.channels.base import Post
from livesession.relay.channels.x_length import has_link
from livesession.relay.connections import Connection
from livesession.store.engine import Store
from livesession.store.tables import deliveries

PAID = frozenset({"x"})
"""Networks that are paid by the post."""

_MONTH = len("2026-11")


@dataclass(frozen=True, slots=True)
class Prices:
    """X's prices in thousandths of a dollar (docs.x.com, pay-per-use, August 2026): they change, so they are settings.

    ``post`` without a link, ``link`` with one, ``image`` for the words that each image carries.
    """

    post: int = 15
    link: int = 200
    image: int = 5


@dataclass(frozen=True, slots=True)
class Spent:
    """What went to a channel in a sitting and in a calendar month (UTC), and what may at most; None: no limit."""

    sitting: int
    month: int
    budget_sitting: int | None
    budget_month: int | None

    def allows(self, cost: int) -> bool:
        """Whether a post of that cost stays within both budgets."""
        return (self.budget_sitting is None or self.sitting + cost <= self.budget_sitting) and (
            self.budget_month is None or self.month + cost <= self.budget_month
        )


def thousandths(dollars: float) -> int:
    """An amount as it is counted here."""
    return round(dollars * 1000)


def cost_of(network: str, text: str, images: int, prices: Prices) -> int:
    """What a post costs on a network; 0 where it takes nothing for it."""
    if network not in PAID:
        return 0
    return (prices.link if has_link(text) else prices.post) + images * prices.image


def cost_of_post(network: str, post: Post, prices: Prices) -> int:
    """What a post that is ready costs."""
    return cost_of(network, post.text, len(post.images), prices)


class Spending:
    """Counts what was spent, from the deliveries."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def in_month(self, connection: Connection, now: str) -> int:
        """What a channel has cost in the month of ``now``."""
        return await self._sum(deliveries.c.channel == connection.id, _in_month(now))

    async def on(self, connection: Connection, sitting: SittingId, now: str) -> Spent:
        """What a channel has cost; ``now`` is an instant of the month that is meant."""
        in_sitting = await self._sum(deliveries.c.channel == connection.id, deliveries.c.sitting == sitting)
        in_month = await self.in_month(connection, now)
        return Spent(in_sitting, in_month, connection.budget_sitting, connection.budget_month)

    async def _sum(self, *where: ColumnElement[bool]) -> int:
        [total] = await self._store.ask(select(func.sum(deliveries.c.cost).label("cost")).where(_PAID_FOR, *where))
        return int(total.cost or 0)


def _in_month(now: str) -> ColumnElement[bool]:
    return func.substr(deliveries.c.updated_at, 1, _MONTH) == now[:_MONTH]


_PAID_FOR = or_(
    deliveries.c.state.in_(("sent", "sending")),
    # A post whose outcome is not known may have been paid: it counts until somebody says that it was not made.
    and_(deliveries.c.state == "failed", deliveries.c.reason.in_(("ambiguous", "no-answer", "server-error"))),
)
