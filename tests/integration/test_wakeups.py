"""One process is woken by another's commit: well before it would have looked by itself."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from livesession.store.engine import Store
from livesession.thread.signals import Signal
from livesession.thread.wakeups import listen
from tests.conftest import sqlite_url
from tests.contract.log_contract import new_sitting, opened, posts
from tests.integration.test_log_postgresql import database  # noqa: F401 - a fixture

PATIENCE = 10.0
"""Seconds for what takes a moment on a machine that has nothing else to do; nothing here looks by itself so soon."""


@contextlib.asynccontextmanager
async def listening(url: str) -> AsyncIterator[Signal]:
    """Another process's signal, as its listener keeps it; the first wake-up of a listener is past."""
    store, signal = Store(url), Signal()
    task = asyncio.create_task(listen(store, signal))
    # On PostgreSQL it wakes once when it has begun to listen; on SQLite it has looked before it first waits.
    await signal.wait(0, 0.6 if store.is_sqlite else PATIENCE)
    try:
        yield signal
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await store.close()


async def woken_by_each_commit(url: str) -> None:
    async with opened(url) as (log, _), listening(url) as elsewhere:
        sitting = await new_sitting(log)
        for number in range(3):
            seen = elsewhere.version
            await log.append(sitting.id, None, posts(str(number)))
            async with asyncio.timeout(PATIENCE):
                await elsewhere.wait(seen, 60)
            assert elsewhere.version > seen


async def test_postgresql_tells_the_others(database: str) -> None:  # noqa: F811 - the fixture
    await woken_by_each_commit(database)


async def test_sqlite_is_watched(database_file: object) -> None:
    await woken_by_each_commit(sqlite_url(database_file))  # type: ignore[arg-type]  # a path, from the fixture


async def test_a_listener_whose_connection_is_cut_listens_again(database: str) -> None:  # noqa: F811 - the fixture
    async with opened(database) as (log, _), listening(database) as elsewhere:
        sitting = await new_sitting(log)
        server = create_async_engine(database, isolation_level="AUTOCOMMIT")
        async with server.connect() as connection:
            await connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
            )
        await server.dispose()
        seen = elsewhere.version
        async with asyncio.timeout(PATIENCE):
            await elsewhere.wait(seen, 60)
        seen = elsewhere.version
        await log.append(sitting.id, None, posts("after"))
        async with asyncio.timeout(PATIENCE):
            await elsewhere.wait(seen, 60)
        assert elsewhere.version > seen
