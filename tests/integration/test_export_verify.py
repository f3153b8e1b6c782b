"""``livesession export`` and ``livesession verify``, as a person at a terminal has them."""

import asyncio
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from livesession.cli.main import main
from livesession.desk.desk import Desk
from livesession.store.engine import Store
from livesession.thread.sql import SqlLog
from tests.clock import Clock
from tests.conftest import sqlite_url
from tests.sittings import ADMIN, CLOSED_TITLE, agenda

SLUG = "plenary"
TEXT = "<script>« déjà »</script>\n*lu*"

Run = Callable[..., tuple[int, str, str]]


async def _play(file: Path) -> None:
    store = Store(sqlite_url(file))
    try:
        async with SqlLog(store, Clock()) as log:
            desk = Desk(log, store, b"a secret for tests, long enough")
            await desk.create(agenda(), ADMIN, slug=SLUG)
            for envelope in (
                {"kind": "sitting.opened"},
                {"kind": "item.opened", "item": "budget"},
                {"kind": "update.posted", "item": "budget", "data": {"text": TEXT}},
                {"kind": "item.opened", "item": "closed"},
                {"kind": "update.posted", "item": "closed", "data": {"text": "SECRET"}},
                {"kind": "sitting.closed"},
            ):
                await desk.post(SLUG, envelope, ADMIN)
    finally:
        await store.close()


@pytest.fixture
def database(database_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with one sitting that is over; the settings name it."""
    asyncio.run(_play(database_file))
    monkeypatch.setenv("DATABASE_URL", sqlite_url(database_file))
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    monkeypatch.chdir(database_file.parent)
    return database_file


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command: exit code, standard output, standard error."""

    def ran(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        code = main(arguments)
        return code, *capfd.readouterr()

    return ran


def alter(file: Path, statement: str, *values: object) -> None:
    """Change the raw tables."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement, values)


def test_json_is_the_whole_log_and_verifies(database: Path, run: Run) -> None:
    code, text, errors = run("export", SLUG, "json")
    form = json.loads(text)
    assert (code, errors) == (0, "")
    assert [entry["seq"] for entry in form["entries"]] == list(range(1, 11))
    assert [entry["pos"] for entry in form["entries"]] == [1, 2, 3, 4, 5, 6, None, None, 7, 8]
    assert form["entries"][4]["data"] == {"text": TEXT}
    Path("thread.json").write_text(text, "utf-8")
    intact = f"{SLUG}\xa0: intact. Entrées\xa0: 10. Empreinte de tête\xa0: {form['head']['hash']}\n"
    assert run("verify", "thread.json") == (0, intact, "")
    assert run("verify", SLUG) == (0, intact, "")


def test_public_formats_hide_what_is_restricted_and_whole_ones_show_it(database: Path, run: Run) -> None:
    for kind, shown in (("html", "&lt;script&gt;« déjà »&lt;/script&gt;\n*lu*"), ("md", "\\<script\\>« déjà »")):
        code, text, errors = run("export", SLUG, kind)
        assert (code, errors) == (0, "")
        assert shown in text.replace("&#160;", " ")
        assert "Relevé du direct, sans valeur de procès-verbal" in text
        assert "SECRET" not in text
        assert CLOSED_TITLE not in text
        whole = run("export", SLUG, kind, "--whole")[1]
        assert "SECRET" in whole
        assert CLOSED_TITLE in whole


def test_page_that_is_exported_stands_alone(database: Path, run: Run) -> None:
    text = run("export", SLUG, "html")[1]
    assert text.lstrip().startswith("<!doctype html>")
    assert "<style>" in text
    assert "<link" not in text


def test_output_replaces_an_older_file_at_once_and_leaves_nothing_beside_it(database: Path, run: Run) -> None:
    Path("out.html").write_text("older")
    assert run("export", SLUG, "html", "-o", "out.html") == (0, "", "")
    assert Path("out.html").read_bytes() == run("export", SLUG, "html")[1].encode()
    assert run("export", SLUG, "json", "-o", "out.json") == (0, "", "")
    # What is restricted is its owner's only.
    assert Path("out.json").stat().st_mode & 0o777 == 0o600
    assert {path.name for path in Path().iterdir()} - {database.name} == {"out.html", "out.json"}


def test_output_that_cannot_be_written_is_a_sentence(database: Path, run: Run) -> None:
    code, text, errors = run("export", SLUG, "md", "-o", "nowhere/out.md")
    assert (code, text) == (2, "")
    assert errors.startswith("Le fichier n’a pas pu être écrit. Rien n’a été changé.\nnowhere/out.md")


def test_output_to_a_pipe_goes_through_it(database: Path, run: Run) -> None:
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run("export", SLUG, "md", "-o", "pipe") == (0, "", "")
        assert os.read(reader, 100_000).decode() == run("export", SLUG, "md")[1]
        assert Path("pipe").is_fifo()
    finally:
        os.close(reader)


def test_altered_database_names_the_entry_and_exits_with_1(database: Path, run: Run) -> None:
    alter(database, "UPDATE entries SET data = replace(data, 'lu', 'lv') WHERE seq = 5")
    code, text, errors = run("verify", SLUG)
    assert (code, errors) == (1, "")
    first, second = text.splitlines()
    assert first == f"{SLUG}\xa0: altéré. Entrées lues\xa0: 10. Altérations\xa0: 1"
    assert second == "Entrée 5\xa0: le contenu a été modifié après l’enregistrement"


def test_altered_file_names_the_entry_in_the_terminal_s_language(
    database: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = json.loads(run("export", SLUG, "json")[1])
    del form["entries"][6]
    Path("cut.json").write_text(json.dumps(form))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert run("verify", "cut.json") == (
        1,
        f"{SLUG}: altered. Entries read: 9. Alterations: 1\nEntry 7: the entry is missing\n",
        "",
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET data = CAST(x'7bff7d' AS TEXT) WHERE seq = 5",
        "UPDATE entries SET data = '[1]' WHERE seq = 5",
        "UPDATE entries SET data = '{\"text\":7}' WHERE seq = 5",
        "UPDATE entries SET data = 12 WHERE seq = 5",
        "UPDATE entries SET at = 'yesterday' WHERE seq = 5",
        "UPDATE entries SET at = 1e999 WHERE seq = 5",
        "UPDATE entries SET kind = CAST(x'ff' AS TEXT) WHERE seq = 5",
        "UPDATE entries SET hash = x'00' WHERE seq = 5",
        "UPDATE entries SET pos = 'five' WHERE seq = 5",
        "UPDATE entries SET salt = 'not hex' WHERE seq = 5",
        "UPDATE entries SET seq = -1 WHERE seq = 5",
        "UPDATE entries SET seq = 'five' WHERE seq = 5",
        "UPDATE entries SET data = '{\"text\":' || replace(hex(zeroblob(100000)), '0', '[') || '}' WHERE seq = 5",
    ],
)
def test_rows_that_make_no_sense_are_named_and_no_traceback_is_shown(database: Path, run: Run, statement: str) -> None:
    alter(database, statement)
    code, text, errors = run("verify", SLUG)
    assert (code, errors) == (1, "")
    assert "Entrée 5\xa0: " in text
    for kind in ("json", "html", "md"):
        code, _, errors = run("export", SLUG, kind, "--whole")
        assert code in (0, 2)
        assert "Traceback" not in errors


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sittings SET head = 'nothing'",
        "UPDATE sittings SET head = x'ff'",
        "UPDATE sittings SET seq = 'many'",
        "UPDATE sittings SET seq = 9223372036854775807",
    ],
)
def test_head_that_makes_no_sense_is_an_alteration(database: Path, run: Run, statement: str) -> None:
    alter(database, statement)
    code, text, errors = run("verify", SLUG)
    assert (code, errors) == (1, "")
    assert "Entrée 10\xa0: " in text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"7",
        b"{}",
        b'{"sitting":{},"head":{},"entries":[]}',
        b'{"sitting":{"id":"x","slug":"y"},"head":{"seq":1e999,"hash":""},"entries":[]}',
        b'{"sitting":{"id":"x","slug":"y"},"head":{"seq":"x","hash":""},"entries":[]}',
        b'{"sitting":{"id":"x","slug":"y"},"head":{"seq":1,"hash":""},"entries":[1]}',
        b'{"sitting":{"id":"x","slug":"y"},"head":{"seq":1,"hash":""},"entries":{}}',
        b"[" * 100_000,
        b'{"sitting":{"id":"\\ud800","slug":"y"},"head":{"seq":0,"hash":""},"entries":[]}',
    ],
)
def test_file_that_is_no_export_is_unreadable(database: Path, run: Run, content: bytes) -> None:
    Path("x.json").write_bytes(content)
    code, text, errors = run("verify", "x.json")
    assert (code, text) == (2, "")
    assert errors.startswith("Ce fichier n’est pas un export lisible")


def test_what_is_not_there_is_said_and_nothing_is_made(
    database: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [run("verify", "no-such")[0], run("verify", "no/such.json")[0], run("verify", ".")[0]] == [2, 2, 2]
    assert run("export", "no-such", "md")[:2] == (2, "")
    absent = tmp_path / "absent.db"
    monkeypatch.setenv("DATABASE_URL", sqlite_url(absent))
    for arguments in (("verify", SLUG), ("export", SLUG, "json"), ("export", SLUG, "md", "-o", "never.md")):
        code, text, errors = run(*arguments)
        assert (code, text) == (2, "")
        assert errors.startswith(f"Aucune base à {absent}.")
    assert not absent.exists()
    assert not Path("never.md").exists()


@pytest.mark.parametrize("content", [b"", b"no database at all, but long enough to be one " * 100])
def test_database_that_is_none_is_a_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    file = tmp_path / "other.db"
    file.write_bytes(content)
    monkeypatch.setenv("DATABASE_URL", sqlite_url(file))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    for arguments in (("verify", SLUG), ("export", SLUG, "html")):
        assert run(*arguments) == (2, "", "The database cannot be read: it is damaged, or is none.\n")


def test_no_key_is_made_for_reading(database: Path, run: Run) -> None:
    run("verify", SLUG)
    run("export", SLUG, "md")
    assert [path.name for path in database.parent.iterdir() if path.suffix == ".key"] == []
