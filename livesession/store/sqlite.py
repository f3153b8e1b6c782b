"""SQLite for the event loop: aiosqlite's connection, with a statement and its rows in one visit to its thread."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from typing import Any

import aiosqlite

FETCHED = 100
"""Rows brought along with the statement that asks for them; more are fetched when they are wanted."""

_Work = Callable[[str | None, sqlite3.Connection], tuple[sqlite3.Cursor, list[Any]]]


class Connection(aiosqlite.Connection):
    """As aiosqlite's, for SQLAlchemy's adapter. There each statement makes, runs, reads and closes a cursor, and
    each of the four is a visit to the connection's thread, which the loop has to be woken for: a clerk's post
    took fifty of them, and each waits for its turn beside ten thousand readers."""

    begins: str | None = None
    """What begins the transaction that the next statement is the first of."""

    def cursor(self) -> Any:
        """A cursor that costs nothing until it is used."""
        return Cursor(self)

    async def commit(self) -> None:
        """Commit; nothing where no statement came."""
        if self._has_begun():
            await super().commit()

    async def rollback(self) -> None:
        """Roll back; nothing where no statement came."""
        if self._has_begun():
            await super().rollback()

    def _has_begun(self) -> bool:
        # Not what the database says: a statement whose caller was cancelled may still be on its way to the thread.
        waiting, self.begins = self.begins, None
        return waiting is None


class Cursor:
    """What SQLAlchemy's adapter uses of aiosqlite's cursor. Raises what sqlite3 raises."""

    description: Sequence[Any] | None = None
    rowcount = -1
    lastrowid: int | None = None
    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        # Without types of its own; SQLAlchemy's adapter, too, goes past what is public in aiosqlite.
        self._execute: Callable[..., Any] = connection._execute
        self._connection = connection
        self._rows: list[Any] = []
        self._open: sqlite3.Cursor | None = None

    async def __aenter__(self) -> "Cursor":
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> "Cursor":
        """Run one statement, and have its first rows."""
        await self._visit(partial(_run, "execute", sql, parameters))
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> "Cursor":
        """Run one statement with each of the parameters."""
        await self._visit(partial(_run, "executemany", sql, parameters))
        return self

    async def fetchone(self) -> Any:
        """The next row; None where there is no other."""
        return next(iter(await self.fetchmany(1)), None)

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows, so many at most."""
        wanted = self.arraysize if size is None else size
        if len(self._rows) < wanted and self._open is not None:
            more = await self._execute(self._open.fetchmany, max(FETCHED, wanted))
            self._rows = [*self._rows, *more]
        rows, self._rows = self._rows[:wanted], self._rows[wanted:]
        return rows

    async def fetchall(self) -> list[Any]:
        """All the rows that are left."""
        rows, self._rows = self._rows, []
        if self._open is not None:
            rows = list(chain(rows, await self._execute(self._open.fetchall)))
            await self.close()
        return rows

    async def close(self) -> None:
        """Let go of the statement, where it has rows that nobody wanted."""
        left, self._open = self._open, None
        if left is not None:
            await self._execute(left.close)

    async def _visit(self, work: _Work) -> None:
        await self.close()
        begins, self._connection.begins = self._connection.begins, None
        cursor, self._rows = await self._execute(work, begins, self._connection._conn)
        self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
        # With fewer rows than it might have brought, the statement has come to its end by itself.
        self._open = cursor if len(self._rows) == FETCHED else None


def _run(
    method: str, sql: str, parameters: Iterable[Any], begins: str | None, connection: sqlite3.Connection
) -> tuple[sqlite3.Cursor, list[Any]]:
    cursor = connection.cursor()
    if begins is not None:
        cursor.execute(begins)
    getattr(cursor, method)(sql, parameters)
    return cursor, cursor.fetchmany(FETCHED) if cursor.description else []


def connect(database: str, **options: Any) -> Connection:
    """A connection to be awaited, which opens the file; ``options`` are those of :func:`sqlite3.connect`."""
    return Connection(partial(sqlite3.connect, database, **options), FETCHED)
