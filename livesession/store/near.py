"""SQLite at one visit to a thread for a whole query or transaction.

A driver that awaits each statement goes to its thread and back for every one of them, which takes several times as
long as SQLite itself. What is asked or written all the time goes this way; the rest is awaited.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event

P = ParamSpec("P")
T = TypeVar("T")

THREADS = 5
"""Queries under way at once, beside one transaction that writes; SQLite answers most in a fraction of a millisecond."""


class Near:
    """One database file. ``configure`` prepares each new connection. Raises what SQLAlchemy raises."""

    def __init__(self, url: URL, configure: Callable[[Any, Any], None]) -> None:
        self._reading = _engine(url, configure, "BEGIN", THREADS)
        self._writing = _engine(url, configure, "BEGIN IMMEDIATE", 1)
        self._readers = ThreadPoolExecutor(THREADS, "livesession-reads")
        # Of its own: no command waits for those who read much.
        self._writer = ThreadPoolExecutor(1, "livesession-writes")

    async def look(self, function: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What ``function`` finds, with a connection that sees one state of the database."""
        return await _run(self._readers, lambda: _look(self._reading, lambda held: function(held, *args, **kwargs)))

    async def transact(self, function: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What ``function`` returns, once what it wrote is committed; nothing of it where it raises.

        Begun, it runs to its end, whoever is cancelled.
        """
        return await _run(self._writer, lambda: _transact(self._writing, lambda held: function(held, *args, **kwargs)))

    async def outside(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """What ``function`` returns, with the writer's own connection of the driver, outside any transaction."""
        return await _run(self._writer, lambda: _outside(self._writing, function))

    async def close(self) -> None:
        """Close every connection, once what is under way is done."""
        for threads in (self._writer, self._readers):
            await asyncio.to_thread(threads.shutdown)
        self._reading.dispose()
        self._writing.dispose()


async def _run(threads: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(threads, work)


def _look(engine: Engine, work: Callable[[Connection], T]) -> T:
    with engine.connect() as connection:
        return work(connection)


def _transact(engine: Engine, work: Callable[[Connection], T]) -> T:
    with engine.connect() as connection:
        try:
            result = work(connection)
            connection.commit()
        except BaseException:
            # It may be broken: the next transaction opens another.
            connection.invalidate()
            raise
        return result


def _outside(engine: Engine, function: Callable[[sqlite3.Connection], T]) -> T:
    held = engine.raw_connection()
    try:
        driver = held.driver_connection
        assert isinstance(driver, sqlite3.Connection), "opened by us"
        return function(driver)
    finally:
        held.close()


def _engine(url: URL, configure: Callable[[Any, Any], None], begin: str, size: int) -> Engine:
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"),
        hide_parameters=True,
        pool_size=size,
        max_overflow=0,
        # Each is used by one thread at a time, but not always by the same.
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", configure)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine
