"""SQLite in threads: a whole query or transaction at one visit."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import IntegrityError

from livesession.store.engine import _configure_sqlite
from livesession.store.near import THREADS, Near
from tests.conftest import sqlite_url


@pytest.fixture
async def near(tmp_path: Path) -> AsyncIterator[Near]:
    held = Near(make_url(sqlite_url(tmp_path / "near.db")), _configure_sqlite)
    await held.transact(run, "CREATE TABLE t (n INTEGER UNIQUE)")
    yield held
    await held.close()


def run(connection: Connection, *statements: str) -> None:
    for statement in statements:
        connection.execute(text(statement))


def numbers(connection: Connection) -> list[int]:
    return list(connection.execute(text("SELECT n FROM t ORDER BY n")).scalars())


async def test_what_is_written_is_there_whole_or_not_at_all(near: Near) -> None:
    await near.transact(run, "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)")
    with pytest.raises(IntegrityError):
        await near.transact(run, "INSERT INTO t VALUES (3)", "INSERT INTO t VALUES (1)")
    with pytest.raises(ZeroDivisionError):
        await near.transact(lambda connection: run(connection, "INSERT INTO t VALUES (4)") or 1 // 0)
    await near.transact(run, "INSERT INTO t VALUES (5)")
    assert await near.look(numbers) == [1, 2, 5]


async def test_a_function_may_undo_what_it_did_and_go_on(near: Near) -> None:
    def twice(connection: Connection) -> str:
        run(connection, "INSERT INTO t VALUES (1)")
        connection.rollback()
        run(connection, "INSERT INTO t VALUES (2)")
        return "done"

    assert await near.transact(twice) == "done"
    assert await near.look(numbers) == [2]


async def test_who_looks_sees_one_state_and_keeps_no_writer_waiting(near: Near) -> None:
    begun, written = threading.Barrier(THREADS + 1), threading.Event()

    def twice(connection: Connection) -> tuple[list[int], list[int]]:
        before = numbers(connection)
        begun.wait(10)
        assert written.wait(10)
        return before, numbers(connection)

    # As many as there are threads for.
    looking = [asyncio.create_task(near.look(twice)) for _ in range(THREADS)]
    await asyncio.to_thread(begun.wait, 10)
    await near.transact(run, "INSERT INTO t VALUES (1)")
    written.set()
    assert await asyncio.gather(*looking) == [([], [])] * THREADS
    assert await near.look(numbers) == [1]


async def test_who_only_looks_writes_nothing(near: Near) -> None:
    await near.look(run, "INSERT INTO t VALUES (1)")
    assert await near.look(numbers) == []


async def test_what_has_begun_goes_to_its_end(near: Near) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly(connection: Connection) -> None:
        run(connection, "INSERT INTO t VALUES (1)")
        begun.set()
        assert go_on.wait(10)

    task = asyncio.create_task(near.transact(slowly))
    await asyncio.to_thread(begun.wait, 10)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    go_on.set()
    await near.transact(run, "INSERT INTO t VALUES (2)")
    assert await near.look(numbers) == [1, 2]


async def test_outside_any_transaction(near: Near) -> None:
    assert not await near.outside(lambda driver: driver.in_transaction)
