"""The store: its schema, its connections, its addresses."""

import asyncio
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from livesession.errors import UnavailableError
from livesession.store.engine import Store, driver_url
from livesession.store.tables import accounts, metadata
from tests.conftest import sqlite_url


async def test_migrations_build_what_the_tables_say(store: Store) -> None:
    async with store.read() as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync, opts={"compare_type": True}), metadata)
        )
    assert differences == []


async def test_a_new_file_is_its_owner_s_alone(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    store = Store(sqlite_url(file))
    await store.upgrade()
    async with store.write() as connection:
        await connection.execute(text("CREATE TABLE one (n INTEGER)"))
        modes = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()}
    assert modes == dict.fromkeys(("new.db", "new.db-shm", "new.db-wal"), "0o600")
    await store.close()


async def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    store = Store(sqlite_url(tmp_path / "new.db"))
    assert await store.schema_version() == (None, "0008")
    await store.upgrade()
    await store.upgrade()
    assert await store.schema_version() == ("0008", "0008")
    await store.close()


async def test_sqlite_is_set_up_to_lose_nothing(store: Store) -> None:
    async with store.read() as reading, store.write() as writing:
        for connection in (reading, writing):
            held = [
                (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
            ]
            assert held == ["wal", 2, 1, 1, 5_000]


ROW = {
    "id": "01900000-0000-7000-8000-000000000001", "name": "Mme Diallo", "role": "clerk", "password": "HASH-SECRET",
    "created_at": "2026-11-20T09:00:00.000Z", "disabled": False,
}  # fmt: skip


async def test_a_reader_sees_one_state_while_others_write(store: Store) -> None:
    async with store.read() as reading:
        assert (await reading.execute(select(accounts.c.id))).all() == []
        async with store.write() as writing:
            await writing.execute(insert(accounts).values(ROW))
        assert (await reading.execute(select(accounts.c.id))).all() == []
    async with store.read() as reading:
        assert len((await reading.execute(select(accounts.c.id))).all()) == 1


async def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    async def fail() -> None:
        async with store.write() as writing:
            await writing.execute(insert(accounts).values(ROW))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with store.read() as reading:
        assert (await reading.execute(select(accounts.c.id))).all() == []


async def test_an_error_of_the_database_does_not_repeat_what_was_written(store: Store) -> None:
    with pytest.raises(UnavailableError) as caught:
        async with store.write() as writing:
            await writing.execute(insert(accounts).values({**ROW, "role": "mayor"}))
    assert isinstance(caught.value.__cause__, IntegrityError)
    assert "HASH-SECRET" not in str(caught.value.__cause__) + repr(caught.value.__cause__)


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("postgresql+asyncpg://u:p@h:5432/d", "postgresql+asyncpg://u:p@h:5432/d"),
        ("postgresql+asyncpg://u:p@h/d?sslmode=require", "postgresql+asyncpg://u:p@h/d?ssl=require"),
        ("postgresql+asyncpg://h/d?a=b&sslmode=prefer", "postgresql+asyncpg://h/d?a=b&ssl=prefer"),
        ("sqlite+aiosqlite:///a.db", "sqlite+aiosqlite:///a.db"),
    ],
)
def test_an_address_is_turned_into_the_drivers(given: str, driver: str) -> None:
    assert driver_url(given).render_as_string(hide_password=False) == driver


def test_a_task_cancelled_as_it_connects_leaves_no_thread_to_a_closed_loop(
    migrated_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", failed.append)

    async def cancelled_after(steps: int) -> None:
        store = Store(sqlite_url(migrated_file))

        async def reading() -> None:
            async with store.read():
                pass

        task = asyncio.create_task(reading())
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await store.close()

    for steps in range(12):
        asyncio.run(cancelled_after(steps))
    assert failed == []


async def test_rows_that_nobody_wanted_keep_no_transaction_open(store: Store) -> None:
    async with store.read() as connection:
        streamed = await connection.stream(
            text("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000) SELECT n FROM c")
        )
        assert (await streamed.fetchone()) == (1,)
    # Readers of an older state would stand in the way of this.
    assert await store.forget_erased()


async def test_a_transaction_begins_with_its_first_statement_and_ends_whole(store: Store) -> None:
    async with store.write() as connection:
        await connection.execute(text("CREATE TABLE t (n INTEGER)"))
    with suppress(ZeroDivisionError):
        async with store.write() as connection:
            await connection.execute(text("INSERT INTO t VALUES (1)"))
            raise ZeroDivisionError
    async with store.write():
        pass
    async with store.write() as connection:
        await connection.execute(text("INSERT INTO t VALUES (2)"))
    async with store.read() as connection:
        # One state from the first statement to the last, whatever is committed meanwhile.
        assert (await connection.execute(text("SELECT n FROM t"))).scalars().all() == [2]
        async with store.write() as other:
            await other.execute(text("INSERT INTO t VALUES (3)"))
        assert (await connection.execute(text("SELECT n FROM t"))).scalars().all() == [2]


async def test_who_is_cancelled_on_the_way_leaves_no_transaction_behind(store: Store) -> None:
    async with store.write() as connection:
        await connection.execute(text("CREATE TABLE t (n INTEGER)"))

    async def write(turns: int) -> None:
        async with store.write() as connection:
            for _ in range(turns):
                await connection.execute(text("INSERT INTO t VALUES (1)"))
            await asyncio.sleep(60)

    for turns in range(5):
        for wait in range(12):
            task = asyncio.create_task(write(turns))
            for _ in range(wait):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            async with asyncio.timeout(2), store.write() as connection:
                await connection.execute(text("DELETE FROM t WHERE 0"))
    async with store.read() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM t"))).scalar_one() == 0
