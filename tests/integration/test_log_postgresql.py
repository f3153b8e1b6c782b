"""The log's contract on PostgreSQL, the same schema there, and what happens when its connections break."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import make_url, text

from livesession.accounts.accounts import FAILURES_PER_NAME, Accounts
from livesession.errors import NotLoggedInError, ThrottledError, UnavailableError
from livesession.store.engine import FROZEN_MS, Store
from livesession.store.tables import metadata
from livesession.thread.verify import verify_sitting
from tests.contract.log_contract import LogContract, new_sitting, numbers, opened, outcome, posts, unavailable
from tests.services import own_database


@pytest.fixture
async def database(postgresql_url: str) -> AsyncIterator[str]:
    """A database of this test's own, with every table and no rows."""
    async with own_database(postgresql_url) as url:
        store = Store(url)
        await store.upgrade()
        await store.close()
        yield url


class TestPostgresqlLog(LogContract):
    """Everything in the contract."""


async def test_migrations_build_what_the_tables_say(database: str) -> None:
    store = Store(database)
    async with store.read() as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync), metadata)
        )
    assert differences == []
    assert await store.schema_version() == ("0008", "0008")
    await store.close()


async def test_a_lost_connection_is_replaced_before_a_command_needs_it(database: str) -> None:
    async with opened(database) as (log, _), opened(database) as (_, other):
        row = await new_sitting(log)
        await log.append(row.id, None, posts("a"))
        async with other.write() as connection:
            ended = await connection.execute(
                text(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
            assert ended.scalar_one() >= 1
        results = [await outcome(log.append(row.id, None, posts("b"), key="k", mac="m")) for _ in range(3)]
        assert unavailable(results) == 0
        assert await numbers(log, row.id) == [1, 2, 3, 4]
        assert (await verify_sitting(log, row)).findings == ()


async def test_a_process_frozen_in_the_midst_of_writing_keeps_nobody_out_for_long(database: str) -> None:
    async with opened(database) as (log, frozen), opened(database) as (_, other):
        row = await new_sitting(log)
        touch = text("UPDATE sittings SET slug = slug WHERE id = :id").bindparams(id=row.id)

        async def silent(first: asyncio.Event, then: asyncio.Event) -> None:
            """A transaction that says nothing between its two statements."""
            async with frozen.write() as connection:
                await connection.execute(touch)
                first.set()
                await then.wait()
                await connection.execute(touch)

        locked, over = asyncio.Event(), asyncio.Event()
        writing = asyncio.create_task(silent(locked, over))
        await locked.wait()
        begun = time.monotonic()
        async with other.write() as connection:
            await connection.execute(touch)
        waited = time.monotonic() - begun
        over.set()
        with pytest.raises(UnavailableError):
            await writing
        assert FROZEN_MS / 1000 - 0.5 < waited < FROZEN_MS / 1000 + 3


async def test_many_logins_at_once_are_counted_one_by_one(database: str) -> None:
    store = Store(database)
    accounts = Accounts(store, b"a secret for tests, long enough")
    tries = [accounts.log_in("Alice", "wrong", "203.0.113.7") for _ in range(3 * FAILURES_PER_NAME)]
    outcomes = [type(outcome) for outcome in await asyncio.gather(*tries, return_exceptions=True)]
    assert (outcomes.count(NotLoggedInError), outcomes.count(ThrottledError)) == (
        FAILURES_PER_NAME,
        2 * FAILURES_PER_NAME,
    )
    await store.close()


async def test_a_server_that_is_away_is_unavailable(database: str) -> None:
    away = make_url(database).set(port=1).render_as_string(hide_password=False)
    async with opened(away) as (log, _):
        results = await asyncio.gather(outcome(log.sittings()), outcome(new_sitting(log)))
    assert unavailable(list(results)) == 2
