"""Whatever is altered in a thread's rows or in its export is found, and named by its own number."""

import asyncio
import copy
import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livesession.desk.desk import Desk
from livesession.store.engine import Store
from livesession.thread.chain import entry_digest, link
from livesession.thread.sql import SqlLog
from livesession.thread.verify import Verdict, export_form, verify_export, verify_sitting
from tests.clock import Clock
from tests.conftest import sqlite_url
from tests.sittings import ADMIN, agenda

SLUG = "plenary"

THREADS = 10


def _steps(thread: int) -> list[str]:
    """Steps of a sitting, drawn anew for each thread; those the state forbids are left out when played.

    Drawn here and not by hypothesis, so that a thread is played once and altered many times.
    """
    draw = random.Random(thread)
    kinds = ["post", "post", "correct", "retract", "erase", "closed", "vote", "pause"]
    # The first is as short as a sitting can be.
    return draw.choices(kinds, k=draw.randint(5, 14) if thread else 0)


STEPS = st.sampled_from(range(THREADS)).map(_steps)


async def _play(file: Path, steps: list[str]) -> None:
    store = Store(sqlite_url(file))
    try:
        async with SqlLog(store, Clock()) as log:
            desk = Desk(log, store, b"a secret for tests, long enough")
            await desk.create(agenda(), ADMIN, slug=SLUG)
            texts: list[str] = []
            closed = paused = False

            async def send(kind: str, item: str | None = None, **data: Any) -> str:
                envelope = {"kind": kind, "data": data} | ({"item": item} if item else {})
                return (await desk.post(SLUG, envelope, ADMIN)).entry.id

            await send("sitting.opened")
            await send("item.opened", "budget")
            for number, step in enumerate(steps):
                if step == "post":
                    texts.append(await send("update.posted", "budget", text=f"Texte n° {number}, déjà lu."))
                elif step in ("correct", "retract", "erase") and texts and not closed:
                    data = {"text": f"Texte rectifié {number}"} if step == "correct" else {}
                    kind = {"correct": "update.corrected", "retract": "update.retracted", "erase": "update.erased"}[
                        step
                    ]
                    await send(kind, entry=texts[-1], reason="Motif", **data)
                    if step != "correct":
                        texts.pop()
                elif step == "closed":
                    await send("closed_part.ended" if closed else "closed_part.begun")
                    closed, texts = not closed, []
                elif step == "vote" and not paused:
                    await send(
                        "vote.recorded", "budget", **{"for": 3, "against": 1, "abstention": 0, "result": "adopted"}
                    )
                elif step == "pause":
                    await send("sitting.resumed" if paused else "sitting.suspended")
                    paused = not paused
    finally:
        await store.close()


async def _with_log(file: Path, work: Callable[[SqlLog], Any]) -> Any:
    store = Store(sqlite_url(file))
    try:
        return await work(SqlLog(store))
    finally:
        await store.close()


def verified(file: Path) -> Verdict:
    """What verification says of the database."""

    async def work(log: SqlLog) -> Verdict:
        return await verify_sitting(log, await log.sitting(SLUG))

    verdict: Verdict = asyncio.run(_with_log(file, work))
    return verdict


def exported(file: Path) -> dict[str, Any]:
    """The exported form of the thread."""

    async def work(log: SqlLog) -> dict[str, Any]:
        return await export_form(log, await log.sitting(SLUG))

    form: dict[str, Any] = asyncio.run(_with_log(file, work))
    # As it comes out of a file.
    return dict(json.loads(json.dumps(form)))


def named(verdict: Verdict) -> set[int]:
    """The entries that a verdict names; each once."""
    seqs = [finding.seq for finding in verdict.findings]
    assert seqs == sorted(set(seqs))
    return set(seqs)


@contextmanager
def rows(file: Path) -> Iterator[sqlite3.Connection]:
    """The raw tables, as somebody with the file at hand has them."""
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        with connection:
            yield connection


@pytest.fixture(scope="session")
def play(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[str]], Path]:
    """A database with a sitting of those steps, and one copy of it to alter per call."""
    folder = tmp_path_factory.mktemp("threads")
    played: dict[tuple[str, ...], Path] = {}

    def made(steps: list[str]) -> Path:
        if tuple(steps) not in played:
            file = played[tuple(steps)] = folder / f"{len(played)}.db"
            shutil.copy(migrated_file, file)
            asyncio.run(_play(file, steps))
            with rows(file) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        altered = folder / "altered.db"
        for ending in ("-wal", "-shm"):
            altered.with_name(altered.name + ending).unlink(missing_ok=True)
        shutil.copy(played[tuple(steps)], altered)
        return altered

    return made


Play = Callable[[list[str]], Path]


def entries_of(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """Every row of the thread, in order."""
    return [dict(row) for row in connection.execute("SELECT * FROM entries ORDER BY seq")]


def erased_by(row: dict[str, Any], held: list[dict[str, Any]]) -> set[int]:
    """What stands emptied without a reason when this erasure is altered or gone."""
    if row["kind"] != "update.erased":
        return set()
    data = json.loads(row["data"])
    return {other["seq"] for other in held if other["id"] in {data["entry"], *data["also"]}}


def put(connection: sqlite3.Connection, number: int, /, **columns: Any) -> None:
    """Overwrite columns of one row."""
    given_columns = ", ".join(f"{name} = ?" for name in columns)
    connection.execute(f"UPDATE entries SET {given_columns} WHERE seq = ?", (*columns.values(), number))


def sealed(row: dict[str, Any], prev: str) -> dict[str, Any]:
    """The row with digest and hashes made anew, as somebody who knows the format would."""
    facts = {name: row[name] for name in row if name not in ("sitting", "salt", "digest", "prev", "hash")}
    facts["data"] = json.loads(row["data"])
    digest = entry_digest("00" * 16, facts)
    return {**row, "salt": "00" * 16, "digest": digest, "prev": prev, "hash": link(prev, digest)}


FLIPPED = str.maketrans("0123456789abcdef", "123456789abcdef0")

CHANGES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "pos": lambda row: 999,
    "id": lambda row: "01900000-0000-7000-8000-000000000099",
    "kind": lambda row: row["kind"] + "s",
    "item": lambda row: "roads" if row["item"] != "roads" else None,
    "at": lambda row: "2026-11-20T09:00:00.001Z",
    "recorded_at": lambda row: "2026-11-20T09:00:00.001Z",
    "author": lambda row: None,
    "data": lambda row: row["data"].replace('"', ' "', 1) if row["data"] != "{}" else "{ }",
    "salt": lambda row: row["salt"].translate(FLIPPED),
    "digest": lambda row: row["digest"].translate(FLIPPED),
    "prev": lambda row: row["prev"].translate(FLIPPED),
    "hash": lambda row: row["hash"].translate(FLIPPED),
}


@given(steps=STEPS)
def test_an_untouched_thread_is_intact_erasures_and_all(play: Play, steps: list[str]) -> None:
    file = play(steps)
    form = exported(file)
    assert verified(file).findings == ()
    assert verify_export(json.dumps(form).encode()).findings == ()


@given(steps=STEPS, where=st.integers(0, 30), column=st.sampled_from(sorted(CHANGES)))
def test_a_changed_column_names_its_entry(play: Play, steps: list[str], where: int, column: str) -> None:
    file = play(steps)
    with rows(file) as connection:
        held = entries_of(connection)
        row = held[where % len(held)]
        emptied = row["data"] is None
        if emptied and column in ("data", "salt"):
            # Nothing was left to change: something is put there.
            put(connection, row["seq"], **{column: "{}" if column == "data" else "00" * 16})
        else:
            put(connection, row["seq"], **{column: CHANGES[column](row)})
        unproven = emptied and column not in ("data", "salt", "id", "digest", "prev", "hash")
        lost = erased_by(row, held) if column in ("kind", "data") else set()
    # Of an erased entry the salt is gone: its place is proven, its time and kind no longer are.
    assert named(verified(file)) == (set() if unproven else {row["seq"]} | lost)


@given(steps=STEPS, where=st.integers(0, 30))
def test_an_entry_rewritten_with_hashes_that_fit_names_itself(play: Play, steps: list[str], where: int) -> None:
    file = play(steps)
    with rows(file) as connection:
        held = [row for row in entries_of(connection) if row["data"] is not None]
        row = held[where % len(held)]
        put(connection, row["seq"], **sealed({**row, "author": "somebody"}, row["prev"]))
    assert named(verified(file)) == {row["seq"]}


@given(steps=STEPS, where=st.integers(0, 30))
def test_a_deleted_entry_is_named_as_missing(play: Play, steps: list[str], where: int) -> None:
    file = play(steps)
    with rows(file) as connection:
        held = entries_of(connection)
        row = held[where % len(held)]
        connection.execute("DELETE FROM entries WHERE seq = ?", (row["seq"],))
    findings = verified(file).findings
    assert {(found.seq, found.code) for found in findings} == {(row["seq"], "missing")} | {
        (seq, "emptied") for seq in erased_by(row, held)
    }


@given(steps=STEPS, where=st.integers(0, 30), told=st.booleans())
def test_a_deleted_entry_is_named_though_the_rest_moved_up(
    play: Play, steps: list[str], where: int, told: bool
) -> None:
    file = play(steps)
    with rows(file) as connection:
        held = entries_of(connection)
        row = held[where % len(held)]
        connection.execute("DELETE FROM entries WHERE seq = ?", (row["seq"],))
        for seq in range(row["seq"] + 1, len(held) + 1):
            put(connection, seq, seq=seq - 1)
        if told:
            connection.execute("UPDATE sittings SET seq = seq - 1")
    # Of a last entry that the head's number denies, only the head's hash is left to tell.
    cut = told and row["seq"] == len(held)
    assert named(verified(file)) == {row["seq"] - cut} | erased_by(row, held)


@given(steps=STEPS, count=st.integers(1, 30))
def test_a_cut_tail_is_named_entry_by_entry(play: Play, steps: list[str], count: int) -> None:
    file = play(steps)
    with rows(file) as connection:
        held = entries_of(connection)
        first = max(len(held) - count, 0)
        connection.execute("DELETE FROM entries WHERE seq > ?", (first,))
    lost = {seq for row in held[first:] for seq in erased_by(row, held)}
    assert named(verified(file)) == set(range(first + 1, len(held) + 1)) | lost


@given(steps=STEPS, where=st.integers(0, 30), fits=st.booleans(), told=st.booleans())
def test_an_inserted_entry_is_named_and_those_it_moved_are_not(
    play: Play, steps: list[str], where: int, fits: bool, told: bool
) -> None:
    file = play(steps)
    with rows(file) as connection:
        held = entries_of(connection)
        at = where % (len(held) + 1) + 1
        for seq in range(len(held), at - 1, -1):
            put(connection, seq, seq=seq + 1)
        forged = {
            **held[0],
            "seq": at,
            "pos": None,
            "id": "01900000-0000-7000-8000-000000000099",
            "kind": "update.posted",
        }
        if fits:
            forged = sealed(forged, held[at - 2]["hash"] if at > 1 else held[0]["prev"])
        connection.execute(f"INSERT INTO entries VALUES ({', '.join('?' * len(forged))})", tuple(forged.values()))
        if told:
            connection.execute("UPDATE sittings SET seq = seq + 1")
    assert named(verified(file)) == {at}


@given(steps=STEPS, one=st.integers(0, 30), other=st.integers(0, 30))
def test_exchanged_entries_are_both_named(play: Play, steps: list[str], one: int, other: int) -> None:
    file = play(steps)
    with rows(file) as connection:
        count = len(entries_of(connection))
        one, other = one % count + 1, other % count + 1
        for old, new in ((one, 1000), (other, one), (1000, other)):
            put(connection, old, seq=new)
    findings = verified(file).findings
    assert {(found.seq, found.code) for found in findings} == (
        set() if one == other else {(one, "reordered"), (other, "reordered")}
    )


@given(steps=STEPS, one=st.integers(0, 30), other=st.integers(0, 30))
def test_an_entry_moved_elsewhere_is_named_and_those_between_are_not(
    play: Play, steps: list[str], one: int, other: int
) -> None:
    file = play(steps)
    with rows(file) as connection:
        count = len(entries_of(connection))
        one, other = one % count + 1, other % count + 1
        step = 1 if other > one else -1
        put(connection, one, seq=1000)
        for seq in range(one + step, other + step, step):
            put(connection, seq, seq=seq - step)
        put(connection, 1000, seq=other)
    expected = {one, other} if abs(one - other) == 1 else {one} - {other if one == other else 0}
    assert named(verified(file)) == expected


@given(steps=STEPS, shift=st.sampled_from([-1, 1, None]))
def test_an_altered_head_names_the_last_entry(play: Play, steps: list[str], shift: int | None) -> None:
    file = play(steps)
    with rows(file) as connection:
        count = len(entries_of(connection))
        if shift is None:
            connection.execute("UPDATE sittings SET head = ?", ("00" * 32,))
        else:
            connection.execute("UPDATE sittings SET seq = seq + ?", (shift,))
    assert [(found.seq, found.code) for found in verified(file).findings] == [(count, "head")]


@given(steps=STEPS, where=st.integers(0, 30), to=st.integers(0, 30))
def test_a_copy_in_an_export_is_named_wherever_it_stands(play: Play, steps: list[str], where: int, to: int) -> None:
    form = exported(play(steps))
    held = form["entries"]
    copied = copy.deepcopy(held[where % len(held)])
    held.insert(to % (len(held) + 1), copied)
    findings = verify_export(json.dumps(form).encode()).findings
    assert [(found.seq, found.code) for found in findings] == [(copied["seq"], "inserted")]


@given(steps=STEPS, where=st.integers(0, 30), number=st.sampled_from([None, True, "7", 0, -3, 4.5, 10**9]))
def test_an_entry_with_another_number_in_an_export_is_named_by_its_own(
    play: Play, steps: list[str], where: int, number: object
) -> None:
    form = exported(play(steps))
    row = form["entries"][where % len(form["entries"])]
    seq, row["seq"] = row["seq"], number
    assert named(verify_export(json.dumps(form).encode())) == {seq}


@given(
    steps=STEPS,
    where=st.integers(0, 30),
    name=st.sampled_from(["seq", "pos", "author", "salt", "digest", "hash", "data"]),
)
def test_a_field_taken_out_of_an_export_names_its_entry(play: Play, steps: list[str], where: int, name: str) -> None:
    form = exported(play(steps))
    held = form["entries"]
    row = held[where % len(held)]
    lost = set()
    if name == "data" and row["kind"] == "update.erased":
        lost = {other["seq"] for other in held if other["id"] in {row["data"]["entry"], *row["data"]["also"]}}
    seq = row["seq"]
    del row[name]
    assert named(verify_export(json.dumps(form).encode())) == {seq} | lost


@given(steps=STEPS, where=st.integers(0, 30), added=st.sampled_from(["text", "Data", "note"]))
def test_a_field_put_into_an_export_names_its_entry(play: Play, steps: list[str], where: int, added: str) -> None:
    form = exported(play(steps))
    row = form["entries"][where % len(form["entries"])]
    row[added] = "x"
    assert named(verify_export(json.dumps(form).encode())) == {row["seq"]}


@given(steps=STEPS, where=st.integers(0, 30), name=st.sampled_from(["salt", "digest", "prev", "hash"]))
def test_capitals_in_a_hash_are_a_change_too(play: Play, steps: list[str], where: int, name: str) -> None:
    form = exported(play(steps))
    row = form["entries"][where % len(form["entries"])]
    written = row[name]
    row[name] = written and written.upper()
    assert named(verify_export(json.dumps(form).encode())) == ({row["seq"]} if row[name] != written else set())


@given(steps=STEPS, where=st.integers(0, 100_000), value=st.integers(1, 255))
def test_any_byte_changed_in_a_row_names_its_entry(play: Play, steps: list[str], where: int, value: int) -> None:
    """Bytes that are no UTF-8 included, which SQLite keeps in a text column."""
    file = play(steps)
    with rows(file) as connection:
        held = [row for row in entries_of(connection) if row["data"] is not None]
        row = held[where % len(held)]
        stored = bytearray(row["data"].encode())
        at = where % len(stored)
        stored[at] ^= value
        connection.execute("UPDATE entries SET data = CAST(? AS TEXT) WHERE seq = ?", (bytes(stored), row["seq"]))
        lost = erased_by(row, entries_of_all(held, connection, row))
    found = named(verified(file))
    assert row["seq"] in found
    assert found <= {row["seq"]} | lost


def entries_of_all(
    held: list[dict[str, Any]], connection: sqlite3.Connection, altered: dict[str, Any]
) -> list[dict[str, Any]]:
    """Every row but the altered one, whose text may be no text any more."""
    others = connection.execute("SELECT seq, id FROM entries WHERE seq <> ?", (altered["seq"],))
    return [dict(row) for row in others]
