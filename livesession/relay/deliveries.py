"""Deliveries: what becomes of each public entry on each channel, in order, visible to the clerk."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from livesession.domain.entry import Entry
from livesession.domain.ids import EntryId, ItemId, Seq, SittingId
from livesession.domain.times import write_instant
from livesession.errors import NotFoundError, RefusedError
from livesession.relay.only_one import Lease
from livesession.store.engine import Store
from livesession.store.tables import channels, cursors, deliveries, sittings
from livesession.thread.signals import Signal

State = Literal["waiting", "sending", "sent", "failed", "given up", "withheld"]

REVIEWABLE: tuple[State, ...] = ("failed", "given up", "withheld")
"""States in which a clerk decides; while a delivery waits or is being sent, the relay does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One entry's fate on one channel. ``reason`` is a code with a sentence; ``detail`` the network's words.

    ``cost`` is in thousandths of a dollar; None where nothing is paid, or where the post was not written yet.
    """

    channel: str
    channel_name: str
    network: str
    sitting: SittingId
    seq: Seq
    entry: EntryId
    item: ItemId | None
    state: State
    attempts: int
    next_try_at: str | None
    reason: str | None
    detail: str | None
    remote_id: str | None
    remote_url: str | None
    updated_at: str
    cost: int | None


class Deliveries:
    """The deliveries of one installation."""

    def __init__(self, store: Store, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.signal = Signal()
        self._store = store
        self._clock = clock

    # What the clerk sees and decides

    async def of(self, sitting: SittingId, since: str = "") -> list[Delivery]:
        """The deliveries of a sitting changed at or after ``since``, in the order of the thread."""
        query = (
            _select()
            .where(deliveries.c.sitting == sitting, deliveries.c.updated_at >= since)
            .order_by(deliveries.c.seq, channels.c.name)
        )
        return [_delivery(row) for row in await self._store.ask(query)]

    async def changed_since(self, sitting: SittingId, updated_at: str) -> list[Delivery]:
        """Those changed at or after an instant; one just seen may come again."""
        return await self.of(sitting, updated_at)

    async def retry(self, channel: str, sitting: SittingId, seq: int) -> Delivery:
        """Try again now. Raises RefusedError while the relay has it in hand."""
        return await self._decide(channel, sitting, seq, state="waiting", next_try_at=None, attempts=0)

    async def give_up(self, channel: str, sitting: SittingId, seq: int) -> Delivery:
        """It will not be sent."""
        return await self._decide(channel, sitting, seq, state="given up", next_try_at=None)

    async def mark_sent(self, channel: str, sitting: SittingId, seq: int) -> Delivery:
        """The clerk has seen it there: an ambiguous failure was a success."""
        return await self._decide(channel, sitting, seq, state="sent", next_try_at=None, reason=None, detail=None)

    async def _decide(self, channel: str, sitting: SittingId, seq: int, **changes: Any) -> Delivery:
        found = await self._one(channel, sitting, seq)
        reviewable = (*_key(channel, sitting, seq), deliveries.c.state.in_(REVIEWABLE))
        decided = update(deliveries).where(*reviewable).values(**changes, updated_at=self._now())
        if not await self._store.change(decided):
            raise RefusedError("delivery_in_hand", state=found.state)
        self.signal.notify()
        return await self._one(channel, sitting, seq)

    async def _one(self, channel: str, sitting: SittingId, seq: int) -> Delivery:
        row = await self._store.ask_one(_select().where(*_key(channel, sitting, seq)))
        if row is None:
            raise NotFoundError("delivery_unknown")
        return _delivery(row)

    # What the relay does

    async def cursors(self, channel: str) -> dict[SittingId, int]:
        """For each sitting, the last ``seq`` that was looked at for a channel."""
        query = select(cursors.c.sitting, cursors.c.seq).where(cursors.c.channel == channel)
        return {SittingId(row.sitting): row.seq for row in await self._store.ask(query)}

    async def plan(self, channel: str, sitting: SittingId, entries: Sequence[Entry], upto: int) -> None:
        """Note the entries that go out and move the cursor to ``upto``, in one transaction."""
        now = self._now()
        rows = [
            {
                "channel": channel,
                "sitting": sitting,
                "seq": entry.seq,
                "entry": entry.id,
                "item": entry.item,
                "state": "waiting",
                "attempts": 0,
                "updated_at": now,
            }
            for entry in entries
        ]
        here = (cursors.c.channel == channel, cursors.c.sitting == sitting)

        def planned(connection: Connection) -> bool:
            if not connection.execute(update(cursors).where(*here, cursors.c.seq < upto).values(seq=upto)).rowcount:
                if connection.execute(select(cursors.c.seq).where(*here)).first() is not None:
                    return False
                connection.execute(insert(cursors).values(channel=channel, sitting=sitting, seq=upto))
            if rows:
                connection.execute(insert(deliveries), rows)
            return bool(rows)

        if await self._store.transact(planned):
            self.signal.notify()

    async def next_of(self, channel: str) -> list[Delivery]:
        """The first delivery of each sitting that is still to be sent on a channel: order is kept by waiting for it."""
        query = (
            _select()
            .where(deliveries.c.channel == channel, deliveries.c.state.in_(("waiting", "sending")))
            .order_by(deliveries.c.sitting, deliveries.c.seq)
        )
        firsts: dict[str, Delivery] = {}
        for row in await self._store.ask(query):
            firsts.setdefault(row.sitting, _delivery(row))
        return list(firsts.values())

    async def last_sent(self, channel: str, sitting: SittingId, item: ItemId | None, before: int) -> Delivery | None:
        """The newest post on an item (None: on the sitting itself) that the network took, before ``before``."""
        same = deliveries.c.item.is_(None) if item is None else deliveries.c.item == item
        query = (
            _select()
            .where(
                deliveries.c.channel == channel,
                deliveries.c.sitting == sitting,
                same,
                deliveries.c.seq < before,
                deliveries.c.state == "sent",
                deliveries.c.remote_id.is_not(None),
            )
            .order_by(deliveries.c.seq.desc())
            .limit(1)
        )
        row = await self._store.ask_one(query)
        return None if row is None else _delivery(row)

    async def taken(self, delivery: Delivery, remote_ids: Collection[str]) -> set[str]:
        """Which of the network's posts are known to be another delivery's on the same channel."""
        if not remote_ids:
            return set()
        query = select(deliveries.c.remote_id).where(
            deliveries.c.channel == delivery.channel,
            deliveries.c.remote_id.in_(remote_ids),
            or_(deliveries.c.sitting != delivery.sitting, deliveries.c.seq != delivery.seq),
        )
        return {row.remote_id for row in await self._store.ask(query)}

    async def claim(self, delivery: Delivery, cost: int | None = None, lease: Lease | None = None) -> bool:
        """Mark it as being sent, durably, before the network hears of it. False where it is no longer waiting.

        Raises LeaseLostError where another relay has taken over: then nothing is changed.
        """
        sending = (
            update(deliveries)
            .where(*_key(delivery.channel, delivery.sitting, delivery.seq), deliveries.c.state == "waiting")
            .values(state="sending", attempts=deliveries.c.attempts + 1, cost=cost, updated_at=self._now())
        )

        transact = self._store.transact if lease is None else lease.transact
        claimed = await transact(lambda connection: connection.execute(sending).rowcount)
        self.signal.notify()
        return bool(claimed)

    async def settle(self, delivery: Delivery, state: State, lease: Lease | None = None, **changes: Any) -> None:
        """What became of it.

        Raises LeaseLostError where another relay has taken over and decides now; only that it was sent stays true
        whoever says it.
        """
        values = {"reason": None, "detail": None, "next_try_at": None, **changes, "state": state}
        settled = (
            update(deliveries)
            .where(*_key(delivery.channel, delivery.sitting, delivery.seq))
            .values(**values, updated_at=self._now())
        )
        transact = self._store.transact if lease is None or state == "sent" else lease.transact
        await transact(lambda connection: connection.execute(settled))
        self.signal.notify()

    async def inherited(self, channel: str) -> list[Delivery]:
        """Those left as ``sending`` by a relay that died: whether the network took them is not known."""
        query = _select().where(deliveries.c.channel == channel, deliveries.c.state == "sending")
        return [_delivery(row) for row in await self._store.ask(query)]

    async def counts(self) -> dict[str, int]:
        """How many deliveries are in each state, over all sittings; every state is named."""
        query = select(deliveries.c.state, func.count().label("number")).group_by(deliveries.c.state)
        found = {row.state: int(row.number) for row in await self._store.ask(query)}
        return {state: found.get(state, 0) for state in get_args(State)}

    async def lags(self) -> dict[str, int]:
        """For each channel in use, by name, how many entries its cursors have not looked at."""
        behind = func.coalesce(func.sum(sittings.c.seq - cursors.c.seq), 0).label("behind")
        query = (
            select(channels.c.name, behind)
            .select_from(channels.outerjoin(cursors).outerjoin(sittings, sittings.c.id == cursors.c.sitting))
            .where(channels.c.enabled)
            .group_by(channels.c.name)
        )
        return {row.name: int(row.behind) for row in await self._store.ask(query)}

    def _now(self) -> str:
        return write_instant(self._clock())


def _key(channel: str, sitting: str, seq: int) -> tuple[Any, ...]:
    return deliveries.c.channel == channel, deliveries.c.sitting == sitting, deliveries.c.seq == seq


def _select() -> Any:
    return select(deliveries, channels.c.name.label("channel_name"), channels.c.network).join(
        channels, channels.c.id == deliveries.c.channel
    )


def _delivery(row: Row[Any]) -> Delivery:
    fields = {name: getattr(row, name) for name in Delivery.__slots__}
    return Delivery(**fields)
