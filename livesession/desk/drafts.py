"""Drafts: what a clerk wrote and the sitting could not take. Kept beside the log, never part of it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import uuid_utils
from sqlalchemy import Connection, delete, insert, select

from livesession.domain.ids import AccountId, SittingId
from livesession.domain.times import write_instant
from livesession.store.engine import Store
from livesession.store.tables import drafts


@dataclass(frozen=True, slots=True)
class Draft:
    """A command as it was sent, and the code of why it was not taken."""

    id: str
    written_at: str
    reason: str
    command: Mapping[str, Any]


class Drafts:
    """The drafts of every author; each sees only their own."""

    def __init__(self, store: Store, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._store = store
        self._clock = clock

    async def keep(self, sitting: SittingId, author: AccountId, command: Mapping[str, Any], reason: str) -> None:
        """Keep a refused command. The same command twice is one draft: a sender that tries again adds none."""
        held = json.dumps(command, ensure_ascii=False, sort_keys=True)
        same = (drafts.c.sitting == sitting, drafts.c.author == author, drafts.c.command == held)
        row = {
            "id": str(uuid_utils.uuid7()),
            "sitting": sitting,
            "author": author,
            "written_at": write_instant(self._clock()),
            "reason": reason,
            "command": held,
        }

        def added(connection: Connection) -> None:
            if connection.execute(select(drafts.c.id).where(*same)).first() is None:
                connection.execute(insert(drafts).values(row))

        await self._store.transact(added)

    async def of(self, sitting: SittingId, author: AccountId) -> list[Draft]:
        """An author's drafts in a sitting, oldest first."""
        query = select(drafts).where(drafts.c.sitting == sitting, drafts.c.author == author).order_by(drafts.c.id)
        rows = await self._store.ask(query)
        return [Draft(row.id, row.written_at, row.reason, json.loads(row.command)) for row in rows]

    async def drop(self, draft: str, author: AccountId) -> None:
        """Remove one of the author's drafts; nothing happens where there is none."""
        await self._store.change(delete(drafts).where(drafts.c.id == draft, drafts.c.author == author))
