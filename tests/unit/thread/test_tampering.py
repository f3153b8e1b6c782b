"""The database changed behind the program's back: every column, every byte of a text."""

import asyncio
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from livesession.desk.desk import Desk
from livesession.thread.chain import canonical
from livesession.thread.verify import Verdict, export_form, verify_export, verify_sitting
from tests.conftest import sqlite_url
from tests.contract.log_contract import SECRET, opened
from tests.sittings import CLERK, agenda

SECOND = "01900000-0000-7000-8000-00000000ffff"


@pytest.fixture(scope="module")
def played(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with one sitting: an opening (3), three texts (4, 5, 6), of which 5 is erased (7)."""
    file = tmp_path_factory.mktemp("played") / "played.db"
    shutil.copy(migrated_file, file)

    async def play() -> None:
        async with opened(sqlite_url(file)) as pair:
            desk = Desk(*pair, SECRET)
            await desk.create(agenda(), CLERK, slug="plenary")
            await desk.post("plenary", {"kind": "sitting.opened"}, CLERK)
            posted = []
            for number in (1, 2, 3):
                text = {"text": f"texte {number} é"}
                answer = await desk.post("plenary", {"kind": "update.posted", "item": "budget", "data": text}, CLERK)
                posted.append(answer.entry.id)
            data = {"entry": posted[1], "reason": "RGPD"}
            await desk.post("plenary", {"kind": "update.erased", "data": data}, CLERK)

    asyncio.run(play())
    return file


@pytest.fixture
def altered(played: Path, tmp_path: Path) -> Path:
    """A copy to alter, with what may still lie in the write-ahead log."""
    file = tmp_path / "altered.db"
    with closing(sqlite3.connect(played)) as held, closing(sqlite3.connect(file)) as copy:
        held.backup(copy)
    return file


async def verdict_of(file: Path) -> Verdict:
    """What verification says; an export says the same."""
    async with opened(sqlite_url(file)) as (log, _):
        row = await log.sitting("plenary")
        verdict = await verify_sitting(log, row)
        assert verify_export(canonical(await export_form(log, row))) == verdict
    return verdict


async def test_what_nobody_altered_is_intact(altered: Path) -> None:
    verdict = await verdict_of(altered)
    assert (verdict.entries, verdict.findings) == (7, ())


Alter = Callable[[sqlite3.Connection], object]


def run(statement: str) -> Alter:
    return lambda connection: connection.executescript(statement)


COLUMNS = {
    "pos": "99", "id": f"'{SECOND}'", "kind": "'vote.recorded'", "item": "'roads'", "at": "'2026-11-20T09:00:00.001Z'",
    "recorded_at": "'2026-11-20T09:00:00.001Z'", "author": "NULL", "data": "'{\"text\":\"texte 1 e\"}'",
    "salt": "'00000000000000000000000000000000'", "digest": "'" + "0" * 64 + "'", "prev": "'" + "0" * 64 + "'",
    "hash": "'" + "0" * 64 + "'",
}  # fmt: skip


@pytest.mark.parametrize(
    ("alter", "seqs"),
    [
        *((run(f"UPDATE entries SET {name} = {value} WHERE seq = 4"), {4}) for name, value in COLUMNS.items()),
        # The same meaning in other bytes
        (run("UPDATE entries SET data = replace(data, ':', ': ') WHERE seq = 4"), {4}),
        (run("UPDATE entries SET data = data || ' ' WHERE seq = 4"), {4}),
        (run("UPDATE entries SET data = '{\"text\":\"x\",' || substr(data, 2) WHERE seq = 4"), {4}),
        # Bytes that are no UTF-8, no JSON, no object
        (run("UPDATE entries SET data = CAST(x'7B2274657874223A22FF227D' AS TEXT) WHERE seq = 4"), {4}),
        (run("UPDATE entries SET kind = CAST(x'FF' AS TEXT) WHERE seq = 4"), {4}),
        (run("UPDATE entries SET data = CAST(data AS BLOB) WHERE seq = 4"), set()),
        (run("UPDATE entries SET data = 'text' WHERE seq = 4"), {4}),
        (run("UPDATE entries SET data = '[]' WHERE seq = 4"), {4}),
        (run("UPDATE entries SET data = 'null' WHERE seq = 4"), {4}),
        # Emptied without an erasure, or given back after one
        (run("UPDATE entries SET data = NULL, salt = NULL WHERE seq = 4"), {4}),
        (run("UPDATE entries SET data = '{\"text\":\"a\"}', salt = 'ab' WHERE seq = 5"), {5}),
        # Missing, swapped, inserted
        (run("DELETE FROM entries WHERE seq = 4"), {4}),
        (run("DELETE FROM entries WHERE seq = 7"), {5, 7}),
        (run("DELETE FROM entries"), {1, 2, 3, 4, 5, 6, 7}),
        (run("UPDATE entries SET seq = 99 WHERE seq = 4; UPDATE entries SET seq = 4 WHERE seq = 6;"
             "UPDATE entries SET seq = 6 WHERE seq = 99"), {4, 6}),
        (run(f"INSERT INTO entries SELECT sitting, 8, 99, '{SECOND}', kind, item, at, recorded_at, author, data, salt,"
             " digest, prev, hash FROM entries WHERE seq = 4"), {8}),
        # The head
        (run("UPDATE sittings SET head = 'x'"), {7}),
        (run("UPDATE sittings SET seq = 6"), {7}),
        (run("UPDATE sittings SET seq = 9"), {7}),
    ],
)  # fmt: skip
async def test_an_alteration_in_the_database_is_found_and_named(altered: Path, alter: Alter, seqs: set[int]) -> None:
    with closing(sqlite3.connect(altered)) as connection:
        alter(connection)
        connection.commit()
    assert {finding.seq for finding in (await verdict_of(altered)).findings} == seqs


@pytest.mark.exhaustive
async def test_every_byte_of_a_text_counts(altered: Path) -> None:
    with closing(sqlite3.connect(altered)) as connection:
        (held,) = connection.execute("SELECT CAST(data AS BLOB) FROM entries WHERE seq = 4").fetchone()
        async with opened(sqlite_url(altered)) as (log, _):
            row = await log.sitting("plenary")
            for place in range(len(held)):
                for flip in (0x01, 0x80):
                    bad = held[:place] + bytes([held[place] ^ flip]) + held[place + 1 :]
                    connection.execute("UPDATE entries SET data = CAST(? AS TEXT) WHERE seq = 4", (bad,))
                    connection.commit()
                    found = (await verify_sitting(log, row)).findings
                    assert [(each.seq, each.code) for each in found] == [(4, "changed")], bad
