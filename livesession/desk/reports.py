"""What readers report as wrong: kept until the clerk has settled it, and no longer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import uuid_utils
from sqlalchemy import Connection, delete, func, insert, select

from livesession.domain.ids import SittingId
from livesession.domain.text import check_text
from livesession.domain.times import write_instant
from livesession.errors import ThrottledError
from livesession.store.engine import Store
from livesession.store.tables import reports, sittings
from livesession.thread.signals import Signal

MAX_REPORT = 2_000
"""Characters of a report."""

MAX_CONTACT = 200
"""Characters of an address to answer to."""

KEPT = timedelta(days=90)
"""How long a report waits at most: what the data notice promises."""

MOST_PER_SITTING = 500
"""Reports that wait at once: more would be a flood, which no clerk could read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What somebody reported. ``entry`` is None where it is about the page, ``contact`` where no answer is wanted."""

    id: str
    slug: str
    title: str
    entry: str | None
    text: str
    contact: str | None
    created_at: datetime


class Reports:
    """The reports of one installation. ``signal`` wakes when this process keeps or settles one."""

    def __init__(self, store: Store, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._store = store
        self._clock = clock
        self.signal = Signal()

    async def add(self, sitting: SittingId, entry: str | None, text: str, contact: str) -> None:
        """Keep a report. Raises InputError on a text that cannot be kept, ThrottledError where too many wait."""
        check_text(text, "text", limit=MAX_REPORT)
        check_text(contact, "contact", limit=MAX_CONTACT, blank=True)
        waiting = select(func.count()).select_from(reports).where(reports.c.sitting == sitting)
        fresh = insert(reports).values(
            id=str(uuid_utils.uuid7()),
            sitting=sitting,
            entry=entry,
            text=text,
            contact=contact.strip() or None,
            created_at=write_instant(self._clock()),
        )

        def keep(connection: Connection) -> None:
            connection.execute(delete(reports).where(reports.c.created_at < self._oldest()))
            if connection.execute(waiting).scalar_one() >= MOST_PER_SITTING:
                raise ThrottledError("reports_full", seconds=3_600)
            connection.execute(fresh)

        await self._store.transact(keep)
        self.signal.notify()

    async def waiting(self) -> list[Report]:
        """Every report that nobody has settled yet, the newest first."""
        query = (
            select(reports, sittings.c.slug, sittings.c.title)
            .join(sittings, sittings.c.id == reports.c.sitting)
            .where(reports.c.created_at >= self._oldest())
            .order_by(reports.c.created_at.desc())
        )
        rows = await self._store.ask(query)
        return [
            Report(
                id=row.id,
                slug=row.slug,
                title=row.title,
                entry=row.entry,
                text=row.text,
                contact=row.contact,
                created_at=datetime.fromisoformat(row.created_at),
            )
            for row in rows
        ]

    async def count(self, sitting: SittingId | None = None) -> int:
        """How many wait, of one sitting or of all."""
        query = select(func.count().label("waiting")).select_from(reports).where(reports.c.created_at >= self._oldest())
        if sitting is not None:
            query = query.where(reports.c.sitting == sitting)
        [counted] = await self._store.ask(query)
        return int(counted.waiting)

    async def settle(self, report: str) -> None:
        """It has been dealt with: nothing is kept of it. One that is not there any more is settled already."""
        await self._store.change(delete(reports).where(reports.c.id == report))
        self.signal.notify()

    def _oldest(self) -> str:
        return write_instant(self._clock() - KEPT)
