"""The log's contract on SQLite, and what happens when its file fails."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from livesession.errors import UnavailableError
from livesession.store import engine
from livesession.store.engine import Store
from livesession.thread.log import Decide, Proposal
from livesession.thread.verify import verify_sitting
from tests.conftest import sqlite_url
from tests.contract.log_contract import LogContract, new_sitting, numbers, opened, outcome, posts, unavailable


@pytest.fixture
def database(database_file: Path) -> str:
    return sqlite_url(database_file)


class TestSqliteLog(LogContract):
    """Everything in the contract."""


def erases(entry: str) -> Decide:
    """A decision that erases an update."""
    data = {"entry": entry, "also": [], "reason": "RGPD, article 17"}
    return lambda state, now: [Proposal(kind="update.erased", data=data)]


@pytest.fixture
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits five seconds for a lock."""
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 50)


async def test_a_full_disk_refuses_the_group_whole_and_the_writer_recovers(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    full: list[bool] = []
    configure = engine._configure_sqlite

    def with_little_room(connection: Any, record: Any) -> None:
        configure(connection, record)
        cursor = connection.cursor()
        if full:
            # As many pages as the file has: SQLite says "database or disk is full" at the next.
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count={cursor.fetchone()[0] + 2}")
        cursor.close()

    monkeypatch.setattr(engine, "_configure_sqlite", with_little_room)
    async with opened(database) as (log, _):
        row = await new_sitting(log)
        await log.append(row.id, None, posts("before"))
    full.append(True)
    async with opened(database) as (log, _):
        appends = [outcome(log.append(row.id, None, posts("x" * 9_000), key=f"k{n}", mac="m")) for n in range(5)]
        results = await asyncio.gather(*appends)
        assert unavailable(results) == 5
        assert await numbers(log, row.id) == [1, 2, 3]
        assert (await verify_sitting(log, row)).findings == ()
        full.clear()
        again = [await log.append(row.id, None, posts("x" * 9_000), key=f"k{n}", mac="m") for n in range(5)]
        assert [(done.entry.seq, done.repeated) for done in again] == [(seq, False) for seq in range(4, 9)]
        assert (await verify_sitting(log, row)).findings == ()


@pytest.mark.usefixtures("short_patience")
async def test_a_database_locked_by_another_process_is_unavailable_and_then_not(
    database: str, database_file: Path
) -> None:
    async with opened(database) as (log, store):
        row = await new_sitting(log)
        with closing(sqlite3.connect(database_file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert unavailable([await outcome(log.append(row.id, None, posts("a"), key="k", mac="m"))]) == 1
            with pytest.raises(UnavailableError, match="store_unavailable"):
                async with store.write() as connection:
                    await connection.execute(text("DELETE FROM requests"))
            # Reading goes on meanwhile.
            assert await numbers(log, row.id) == [1, 2]
            other.execute("ROLLBACK")
        assert (await log.append(row.id, None, posts("a"), key="k", mac="m")).entry.seq == 3
        assert (await verify_sitting(log, row)).findings == ()


async def test_a_writer_waits_for_another_process_that_is_soon_done(database: str, database_file: Path) -> None:
    async with opened(database) as (log, _):
        row = await new_sitting(log)
        with closing(sqlite3.connect(database_file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            append = asyncio.create_task(log.append(row.id, None, posts("a")))
            await asyncio.sleep(0.05)
            assert not append.done()
            other.execute("COMMIT")
        assert (await append).entry.seq == 3


def lies_in(folder: Path, text: str) -> set[str]:
    """The files that hold a text."""
    return {file.name for file in folder.iterdir() if text.encode() in file.read_bytes()}


async def forgotten(folder: Path, text: str) -> None:
    """Wait until no file holds a text."""
    async with asyncio.timeout(5):
        while lies_in(folder, text):
            await asyncio.sleep(0.01)


async def test_what_was_erased_leaves_every_file_even_while_the_server_runs(database: str, database_file: Path) -> None:
    folder, name = database_file.parent, "UN-NOM-À-EFFACER"
    async with opened(database) as (log, store):
        row = await new_sitting(log)
        answers = [await log.append(row.id, None, posts(f"{name} {n}")) for n in range(2)]
        first, second = (erases(answer.entry.id) for answer in answers)
        assert lies_in(folder, name) == {"livesession.db-wal"}
        # A reader is in the way: what can be erased is, and the rest with the next entry.
        async with store.read() as reading:
            await reading.exec_driver_sql("SELECT count(*) FROM entries")
            await log.append(row.id, None, first)
            await log.append(row.id, None, second)
            assert lies_in(folder, name) == {"livesession.db-wal"}
        await log.append(row.id, None, posts("another"))
        await forgotten(folder, name)
        assert (await verify_sitting(log, row)).findings == ()


async def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear council, " * 200)
    store = Store(sqlite_url(file))
    try:
        with pytest.raises(UnavailableError, match="store_damaged"):
            await store.upgrade()
        with pytest.raises(UnavailableError, match="store_damaged"):
            async with store.read() as connection:
                await connection.exec_driver_sql("SELECT 1")
    finally:
        await store.close()


async def test_a_missing_folder_is_unavailable(tmp_path: Path) -> None:
    async with opened(sqlite_url(tmp_path / "nowhere" / "x.db")) as (log, _):
        with pytest.raises(UnavailableError, match="store_unwritable"):
            await log.sittings()
        with pytest.raises(UnavailableError, match="store_unwritable"):
            await new_sitting(log)
