"""Assemblies kept from one sitting to the next, by the name that agendas call them."""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from livesession.domain.assembly import Assembly, Member, assembly_problems
from livesession.domain.text import text_problem
from livesession.domain.times import write_instant
from livesession.errors import InputError, NotFoundError, Problem
from livesession.store.engine import Store
from livesession.store.tables import assemblies

MAX_NAME = 200
"""Characters of a kept assembly's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A kept assembly; ``updated_at`` is when, an RFC 3339 instant."""

    assembly: Assembly
    updated_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What keeping an assembly changed: members by id who are new, gone, or lost accounts they had."""

    assembly: Assembly
    created: bool
    new: tuple[Member, ...]
    gone: tuple[Member, ...]
    handles_gone: tuple[Member, ...]


class Assemblies:
    """The kept assemblies of one installation."""

    def __init__(self, store: Store, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._store = store
        self._clock = clock

    async def keep(self, assembly: Assembly, *, says_rules: bool = True) -> Change:
        """Keep an assembly under its name, in place of the one that was.

        Without ``says_rules`` the rules of the one that was go on to hold. Raises InputError
        ``assembly_name`` or ``assembly_unreadable``.
        """
        name = kept_name(assembly.name)
        if not name or len(name) > MAX_NAME or text_problem(name, "name") is not None:
            raise InputError("assembly_name", [Problem.of("assembly-name", "name", limit=MAX_NAME)])
        assembly = replace(assembly, name=name)
        if problems := assembly_problems(assembly):
            raise InputError("assembly_unreadable", problems)
        columns = assemblies.c

        def keep(connection: Connection) -> Change:
            held = connection.execute(select(columns.form).where(columns.name == name)).scalar_one_or_none()
            before = Assembly() if held is None else Assembly.from_json(json.loads(held))
            after = assembly if held is None or says_rules else replace(assembly, rules=before.rules)
            row = {"form": json.dumps(after.as_json(), ensure_ascii=False), "updated_at": write_instant(self._clock())}
            if held is None:
                connection.execute(insert(assemblies).values(name=name, **row))
            else:
                connection.execute(update(assemblies).where(columns.name == name).values(row))
            return _change(before, after, created=held is None)

        return await self._store.transact(keep)

    async def find(self, name: str) -> Kept | None:
        """The assembly of that name, however its spaces and accents are typed; None where there is none."""
        columns = assemblies.c
        wanted = kept_name(name)
        # Such a name was never kept, and no database takes it in a query.
        if text_problem(wanted, "name") is not None:
            return None
        query = select(columns.form, columns.updated_at).where(columns.name == wanted)
        row = await self._store.ask_one(query)
        if row is None:
            return None
        return Kept(assembly=Assembly.from_json(json.loads(row.form)), updated_at=row.updated_at)

    async def get(self, name: str) -> Kept:
        """As :meth:`find`. Raises NotFoundError ``assembly_unknown``."""
        found = await self.find(name)
        if found is None:
            raise NotFoundError("assembly_unknown", name=name[:80])
        return found

    async def all(self) -> list[Kept]:
        """Every kept assembly, by name."""
        columns = assemblies.c
        rows = await self._store.ask(select(columns.form, columns.updated_at).order_by(columns.name))
        return [Kept(assembly=Assembly.from_json(json.loads(row.form)), updated_at=row.updated_at) for row in rows]


def kept_name(name: str) -> str:
    """A name as it is kept: two ways to type one name are one name."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def _change(before: Assembly, after: Assembly, *, created: bool) -> Change:
    return Change(
        assembly=after,
        created=created,
        new=tuple(member for member in after.members if member.id not in before.by_id),
        gone=tuple(member for member in before.members if member.id not in after.by_id),
        handles_gone=tuple(
            member
            for member in after.members
            if (held := before.by_id.get(member.id)) is not None and set(held.handles) - set(member.handles)
        ),
    )
