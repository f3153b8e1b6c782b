"""The database: connections for reading, one way to write, and its schema brought up to date."""

import asyncio
import errno
import logging
import os
import sqlite3
import tempfile
import threading
import weakref
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from functools import cache
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import aiosqlite
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import URL, Connection, Executable, Row, event, make_url, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from livesession.errors import InputError, Problem, UnavailableError
from livesession.store.near import Near

P = ParamSpec("P")
T = TypeVar("T")

BUSY_TIMEOUT_MS = 5_000
"""How long a writer waits for another process's write (a command run beside the server)."""


_SQLITE_CODES = {
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_CORRUPT: "store_damaged",
    sqlite3.SQLITE_NOTADB: "store_damaged",
    sqlite3.SQLITE_READONLY: "store_unwritable",
    sqlite3.SQLITE_PERM: "store_unwritable",
    sqlite3.SQLITE_CANTOPEN: "store_unwritable",
}
"""What ails the file, where waiting will not help (sqlite.org/rescode.html); else ``store_unavailable``."""

FORGET_TIMEOUT_MS = 50
"""How long an erasure waits for readers in its way before it leaves the rest for later."""

PROBE_BYTES = 1 << 18
"""What must be free on the disk for the program to call itself ready."""

THREAD_TIMEOUT_S = 1
"""How long closing waits for the thread of a connection that somebody still holds."""

logger = logging.getLogger(__name__)


FROZEN_MS = 5_000
"""A transaction in which its process says nothing for so long is rolled back by PostgreSQL: one that was frozen or
suspended in the midst of it would keep everybody else from the sitting, or a relay's successor from its lease."""

_FROZEN = f"SET LOCAL idle_in_transaction_session_timeout = {FROZEN_MS}"


class Store:
    """One database, SQLite or PostgreSQL.

    ``ask()`` answers one query; ``look()`` and ``transact()`` call a function that makes several, to read or to
    write; ``read()`` and ``write()`` give a connection to await them on. On SQLite writes of one process queue on a
    lock, because SQLite's own waiting sleeps in steps a clerk would feel.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self._driver_url = driver_url(url)
        self._threads: weakref.WeakSet[threading.Thread] = weakref.WeakSet()
        self._reading = self._engine()
        self._asking = self._reading.execution_options(isolation_level="AUTOCOMMIT")
        # Commands write too, from processes of their own: no connection is kept longer than needed.
        self._writing = self._engine(writes=True)
        self._near = Near(self._driver_url, _configure_sqlite) if self.is_sqlite else None
        self._lock = asyncio.Lock()

    def _engine(self, *, writes: bool = False) -> AsyncEngine:
        # An error's text goes to the journal: what a clerk typed, or a hash, must not go with it.
        if not self.is_sqlite:
            # A reader's connection sees one state from its first statement to its last; a writer's
            # sees, after it has waited for a sitting, what was committed meanwhile.
            level = "READ COMMITTED" if writes else "REPEATABLE READ"
            engine = create_async_engine(
                self._driver_url, pool_pre_ping=True, hide_parameters=True, isolation_level=level
            )
            if writes:
                event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql(_FROZEN))
            return engine
        engine = create_async_engine(
            self._driver_url,
            hide_parameters=True,
            poolclass=NullPool if writes else None,
            connect_args={"async_creator_fn": self._open_sqlite},
        )
        event.listen(engine.sync_engine, "connect", _configure_sqlite)
        begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
        event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        return engine

    def _open_sqlite(self, *args: Any, **kwargs: Any) -> aiosqlite.Connection:
        connection = aiosqlite.connect(*args, **kwargs)
        # As SQLAlchemy does where it opens by itself: a thread must not keep the program alive.
        connection._thread.daemon = True
        self._threads.add(connection._thread)
        return connection

    async def ask(self, query: Executable, parameters: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        """The rows of one query. Raises :class:`UnavailableError`."""
        with _unavailable():
            if self._near is not None:
                return await self._near.look(_rows, query, parameters)
            # A transaction around it would be two more trips to the database.
            async with self._asking.connect() as connection:
                return await connection.run_sync(_rows, query, parameters)

    async def ask_one(self, query: Executable, parameters: Mapping[str, Any] | None = None) -> Row[Any] | None:
        """The first row of one query, or None. Raises :class:`UnavailableError`."""
        return next(iter(await self.ask(query, parameters)), None)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one state of the database. Raises :class:`UnavailableError`."""
        with _unavailable():
            async with self._reading.connect() as connection:
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction, committed at the end, rolled back on any exception. Raises :class:`UnavailableError`."""
        with _unavailable():
            async with self._lock if self.is_sqlite else nullcontext(), self._writing.begin() as connection:
                yield connection

    async def look(self, function: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What ``function`` finds, with a connection that sees one state. Raises :class:`UnavailableError`."""
        if self._near is not None:
            with _unavailable():
                return await self._near.look(function, *args, **kwargs)
        async with self.read() as connection:
            return await connection.run_sync(function, *args, **kwargs)

    async def transact(self, function: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What ``function`` returns, once what it wrote is committed; nothing of it is where this raises.

        It may roll back by itself and go on. Not to be cancelled. Raises :class:`UnavailableError`.
        """
        with _unavailable():
            if self._near is not None:
                async with self._lock:
                    return await self._near.transact(function, *args, **kwargs)
            async with self._writing.connect() as connection:
                result = await connection.run_sync(function, *args, **kwargs)
                await connection.commit()
                return result

    async def change(self, *statements: Executable) -> int:
        """Execute statements in one transaction; how many rows the last of them touched.

        As :meth:`transact`. Raises :class:`UnavailableError`.
        """
        return await self.transact(_changed, statements)

    @asynccontextmanager
    async def direct(self) -> AsyncIterator[Any]:
        """The driver's own connection, outside any transaction, for what SQL's dialects do not share."""
        with _unavailable():
            async with self._reading.connect() as opened:
                connection = await opened.execution_options(isolation_level="AUTOCOMMIT")
                driver = (await connection.get_raw_connection()).driver_connection
                try:
                    yield driver
                finally:
                    # It may be lost, or still listen: nobody gets it after us.
                    await connection.invalidate()

    @property
    def file(self) -> str | None:
        """The path of a SQLite database; None on PostgreSQL and in memory."""
        return self._driver_url.database if self.is_sqlite and self._driver_url.database != ":memory:" else None

    async def forget_erased(self) -> bool:
        """Empty SQLite's write-ahead log, where what was erased would still lie for days; whether it is done.

        Not done while a reader or another process is in the way: try again later. On PostgreSQL
        this is the server's own business.
        """
        if self._near is None:
            return True
        try:
            async with self._lock:
                return await self._near.outside(_empty_log)
        except sqlite3.Error:
            logger.warning("what was erased still lies in the write-ahead log", exc_info=True)
            return False

    async def close(self) -> None:
        """Close every connection."""
        if self._near is not None:
            await self._near.close()
        await self._reading.dispose()
        await self._writing.dispose()
        # Where a task was cancelled as it connected, nobody waits for its thread, which would speak to a closed loop.
        for thread in [thread for thread in self._threads if thread.is_alive()]:
            await asyncio.to_thread(thread.join, THREAD_TIMEOUT_S)

    async def upgrade(self) -> None:
        """Bring the schema to the newest version. Raises InputError ``schema_new`` where it is newer than ours."""
        if self.file is not None:
            _keep_private(Path(self.file))
        async with self.write() as connection:
            await connection.run_sync(_upgrade)

    async def check_writable(self) -> None:
        """Find out whether anything could be written now, without writing anything into the record.

        Raises UnavailableError: ``store_full``, ``store_unwritable``, or as :meth:`read`.
        """
        if self.file is not None:
            await asyncio.to_thread(_try_disk, Path(self.file).parent)
        elif not self.is_sqlite:
            async with self.read() as connection:
                if (await connection.execute(text("SELECT pg_is_in_recovery()"))).scalar_one():
                    raise UnavailableError("store_unwritable")

    async def schema_version(self) -> tuple[str | None, str | None]:
        """The database's schema version and the one this program needs."""
        async with self.read() as connection:
            held = await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())
        return held, _newest()


def _try_disk(folder: Path) -> None:
    """Write beside the database what a busy minute of a sitting takes, and take it back."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(PROBE_BYTES))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise UnavailableError("store_full" if full else "store_unwritable") from error


def _keep_private(file: Path) -> None:
    """A new file is its owner's alone: texts of closed parts lie in it. What ails it, opening it tells."""
    with suppress(OSError):
        file.touch(mode=0o600)


def insert_new(connection: Connection, *statements: Executable) -> bool:
    """Execute what inserts rows of ours; False, and nothing of it done, where somebody else was quicker.

    Only these statements are undone: the transaction goes on.
    """
    try:
        with connection.begin_nested():
            for statement in statements:
                connection.execute(statement)
    except IntegrityError:
        return False
    return True


def driver_url(url: str) -> URL:
    """``url`` as the driver takes it: platforms write ``sslmode``, asyncpg calls the same thing ``ssl``."""
    parsed = make_url(url)
    mode = parsed.query.get("sslmode")
    if mode is None or parsed.get_backend_name() == "sqlite":
        return parsed
    return parsed.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})


def _configure_sqlite(connection: Any, _record: Any) -> None:
    # SQLAlchemy's begin event says BEGIN; the driver must not open transactions of its own.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _rows(connection: Connection, query: Executable, parameters: Mapping[str, Any] | None) -> Sequence[Row[Any]]:
    return connection.execute(query, parameters).all()


def _changed(connection: Connection, statements: Sequence[Executable]) -> int:
    return [connection.execute(statement).rowcount for statement in statements][-1]


def _empty_log(driver: sqlite3.Connection) -> bool:
    # A clerk's next text must not wait for a slow reader.
    driver.execute(f"PRAGMA busy_timeout={FORGET_TIMEOUT_MS}")
    rows = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    driver.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    return [busy for busy, _, _ in rows] == [0]


class _unavailable:
    """Turns the driver's errors into ours: full disk, locked file, server away."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, DBAPIError | PoolTimeoutError | OSError):
            raise UnavailableError(_code(error)) from error


def _code(error: BaseException) -> str:
    driver = getattr(error, "orig", None)
    # The lowest byte is the result, those above it refine it.
    result = getattr(driver, "sqlite_errorcode", None)
    return "store_unavailable" if result is None else _SQLITE_CODES.get(result & 0xFF, "store_unavailable")


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", "livesession.store:migrations")
    return config


@cache
def _newest() -> str | None:
    """The newest version of the schema; whoever asks whether a process is ready must not read every migration."""
    return ScriptDirectory.from_config(_alembic()).get_current_head()


def _upgrade(connection: Connection) -> None:
    config = _alembic()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        # The version it is at is none of ours: a later program was here.
        raise InputError("schema_new", [Problem.of("schema-new", "DATABASE_URL")]) from error
