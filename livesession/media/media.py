"""Images kept beside the thread, by sitting and content; shown to the public only where a public entry says so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, exists, insert, select

from livesession.domain.ids import EntryId, SittingId
from livesession.domain.times import write_instant
from livesession.media.images import CleanImage
from livesession.store.engine import Store
from livesession.store.tables import entries, media

KEPT_UNUSED = timedelta(days=30)
"""How long an image waits for the text it was meant for."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept image."""

    id: str
    type: str
    width: int
    height: int
    content: bytes


class Media:
    """The images of every sitting."""

    def __init__(self, store: Store, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._store = store
        self._clock = clock

    async def put(self, sitting: SittingId, image: CleanImage) -> None:
        """Keep an image; the same one twice is one. Lets go of those that no text ever named."""
        row = {
            "sitting": sitting,
            "id": image.id,
            "type": image.type,
            "width": image.width,
            "height": image.height,
            "bytes": image.content,
            "created_at": write_instant(self._clock()),
        }
        old = write_instant(self._clock() - KEPT_UNUSED)
        unused = ~exists().where(entries.c.sitting == media.c.sitting, _names(media.c.id))
        same = select(media.c.id).where(media.c.sitting == sitting, media.c.id == image.id)

        def keep(connection: Connection) -> None:
            connection.execute(delete(media).where(media.c.sitting == sitting, media.c.created_at < old, unused))
            if connection.execute(same).first() is None:
                connection.execute(insert(media).values(row))

        await self._store.transact(keep)

    async def get(self, sitting: SittingId, identity: str) -> Kept | None:
        """An image of a sitting, for its clerks and for networks; None where there is none."""
        query = select(media).where(media.c.sitting == sitting, media.c.id == identity)
        row = await self._store.ask_one(query)
        return None if row is None else Kept(row.id, row.type, row.width, row.height, row.bytes)

    async def missing(self, sitting: SittingId, wanted: Sequence[str]) -> list[str]:
        """Which of the images a sitting does not have."""
        query = select(media.c.id).where(media.c.sitting == sitting, media.c.id.in_(wanted))
        held = {row.id for row in await self._store.ask(query)}
        return [identity for identity in wanted if identity not in held]

    async def named_by(self, sitting: SittingId, identity: str) -> list[EntryId]:
        """The public entries that show an image."""
        query = select(entries.c.id).where(
            entries.c.sitting == sitting,
            entries.c.pos.is_not(None),
            entries.c.kind == "update.posted",
            _names(identity),
        )
        return [EntryId(row.id) for row in await self._store.ask(query)]


def _names(identity: Any) -> ColumnElement[bool]:
    # An id is 32 hex digits between quotes: no text holds that by chance, and who writes it names a public image.
    found: ColumnElement[bool] = entries.c.data.contains(identity)
    return found
