"""SQLite's connection for the event loop: the same rows and errors as sqlite3's, in fewer visits."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import text

from livesession.store.engine import Store
from livesession.store.sqlite import FETCHED, Connection, connect

NUMBERS = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ?) SELECT n FROM c"


@pytest.fixture
async def visits(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Connection, list[str]]]:
    """A connection, and what it was asked to do in its thread."""
    connection = await connect(":memory:", check_same_thread=False)
    seen: list[str] = []
    execute: Callable[..., Awaitable[Any]] = connection._execute

    async def count(work: Any, *arguments: Any) -> Any:
        seen.append(getattr(work, "__name__", "statement"))
        return await execute(work, *arguments)

    monkeypatch.setattr(connection, "_execute", count)
    yield connection, seen
    await connection.close()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (0, ["statement"]),
        (FETCHED - 1, ["statement"]),
        (FETCHED, ["statement", "fetchall", "close"]),
        (5 * FETCHED, ["statement", "fetchall", "close"]),
    ],
)
async def test_a_statement_and_its_rows_are_one_visit_while_they_are_few(
    visits: tuple[Connection, list[str]], rows: int, expected: list[str]
) -> None:
    connection, seen = visits
    cursor = connection.cursor()
    await cursor.execute(NUMBERS + " LIMIT ?", (max(rows, 1), rows))
    assert await cursor.fetchall() == [(number,) for number in range(1, rows + 1)]
    await cursor.close()
    assert (seen, [column[0] for column in cursor.description or ()]) == (expected, ["n"])


@pytest.mark.parametrize("step", [1, 7, FETCHED, FETCHED + 1])
async def test_rows_fetched_in_steps_are_all_the_rows_in_order(visits: tuple[Connection, list[str]], step: int) -> None:
    cursor = visits[0].cursor()
    await cursor.execute(NUMBERS, (2 * FETCHED + 3,))
    found = [await cursor.fetchone()]
    while rows := await cursor.fetchmany(step):
        found += rows
    assert found == [(number,) for number in range(1, 2 * FETCHED + 4)]
    assert (await cursor.fetchone(), await cursor.fetchall()) == (None, [])


async def test_what_a_statement_changed_is_told_as_sqlite3_tells_it(visits: tuple[Connection, list[str]]) -> None:
    cursor = visits[0].cursor()
    await cursor.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT UNIQUE)")
    assert (cursor.description, cursor.rowcount) == (None, -1)
    await cursor.executemany("INSERT INTO t (word) VALUES (?)", [("a",), ("b",), ("c",)])
    assert cursor.rowcount == 3
    await cursor.execute("INSERT INTO t (word) VALUES ('d')")
    assert (cursor.rowcount, cursor.lastrowid) == (1, 4)
    await cursor.execute("UPDATE t SET word = word || '!' WHERE id > ? RETURNING word", (2,))
    assert (await cursor.fetchall(), cursor.rowcount) == ([("c!",), ("d!",)], 2)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        await cursor.execute("INSERT INTO t (word) VALUES ('a')")
    with pytest.raises(sqlite3.OperationalError, match="syntax"):
        await cursor.execute("SELEC 1")


async def test_rows_that_nobody_wanted_keep_no_transaction_open(store: Store) -> None:
    async with store.read() as connection:
        streamed = await connection.stream(text(NUMBERS.replace("?", str(10 * FETCHED))))
        assert (await streamed.fetchone()) == (1,)
    # Readers of an older state would stand in the way of this.
    assert await store.forget_erased()


async def test_a_connection_that_is_closed_says_so_in_the_driver_s_words() -> None:
    connection = await connect(":memory:")
    await connection.close()
    with pytest.raises(ValueError, match="no active connection"):
        await connection.cursor().execute("SELECT 1")


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
