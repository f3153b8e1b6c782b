"""Scripts that other sites load, kept as they were served: a deployment takes none away from a page that names it."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from livesession.domain.times import write_instant
from livesession.store.engine import Store, insert_new
from livesession.store.tables import scripts

KEPT = 60
"""Scripts kept, the last served: about thirty deployments or changes of colours, 3 MB."""


def version_of(source: bytes) -> str:
    """The version in a script's address: of its content, 12 hexadecimal digits."""
    return hashlib.sha256(source).hexdigest()[:12]


class Scripts:
    """The scripts of one installation, by version."""

    def __init__(self, store: Store, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._store = store
        self._clock = clock

    async def keep(self, sources: list[bytes]) -> None:
        """Keep what is served now; of those before, as many as there is room for. Raises UnavailableError."""
        served_at = write_instant(self._clock())
        for source in sources:
            await self._keep(version_of(source), source, served_at)
        last = select(scripts.c.version).order_by(scripts.c.served_at.desc(), scripts.c.version).limit(KEPT)

        def forget(connection: Connection) -> None:
            kept = [row.version for row in connection.execute(last)]
            connection.execute(delete(scripts).where(scripts.c.version.not_in(kept)))

        await self._store.transact(forget)

    async def _keep(self, version: str, source: bytes, served_at: str) -> None:
        again = update(scripts).where(scripts.c.version == version).values(served_at=served_at)
        first = insert(scripts).values(version=version, source=source, served_at=served_at)

        def keep(connection: Connection) -> None:
            # Where another process of the same deployment is there first, it has the same bytes.
            if not connection.execute(again).rowcount:
                insert_new(connection, first)

        await self._store.transact(keep)

    async def find(self, version: str) -> bytes | None:
        """The script of that version as it was served; None where it was never, or too long ago. Raises
        UnavailableError."""
        query = select(scripts.c.source).where(scripts.c.version == version)
        row = await self._store.ask_one(query)
        return None if row is None else row.source
