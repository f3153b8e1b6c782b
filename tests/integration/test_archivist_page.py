"""The archivist's page: what it says can be done with plain Python, done."""

import asyncio
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from livesession.desk.desk import Desk
from livesession.store.engine import Store
from livesession.thread.sql import SqlLog
from livesession.thread.verify import export_form, verify_export
from tests.clock import Clock
from tests.conftest import sqlite_url
from tests.sittings import ADMIN, agenda

DOCS = Path(__file__).parents[2] / "docs"
TEXT = '"\\ /\t\n\r\u2028 é 👩\u200d👧 \u200fעברית \U0001d49c \ue000'
PAGES = ("archivist.md", "archivist.en.md")


async def _exported(file: Path) -> bytes:
    store = Store(sqlite_url(file))
    try:
        async with SqlLog(store, Clock()) as log:
            desk = Desk(log, store, b"a secret for tests, long enough")
            row = await desk.create(agenda(title="« Œuvre »"), ADMIN)

            async def send(kind: str, item: str | None = None, **data: object) -> str:
                envelope = {"kind": kind, "data": data} | ({"item": item} if item else {})
                return (await desk.post(row.slug, envelope, ADMIN)).entry.id

            await send("sitting.opened")
            await send("item.opened", "budget")
            said = await send("update.posted", "budget", text=TEXT)
            await send("update.corrected", entry=said, text="corrigé", reason="<b>")
            await send("vote.recorded", "budget", **{"for": 3, "against": 1, "abstention": 0, "result": "adopted"})
            await send("update.erased", entry=said, reason="Demande.")
            return json.dumps(await export_form(log, await log.sitting(row.slug))).encode()
    finally:
        await store.close()


@pytest.fixture
def export(database_file: Path) -> bytes:
    """A thread with an erasure in it, and with characters that JSON writers treat each in their own way."""
    return asyncio.run(_exported(database_file))


def snippet(page: str) -> str:
    """The page's program."""
    (found,) = re.findall(r"```python\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL)
    return str(found)


def check(page: str, export: bytes, folder: Path) -> tuple[int, str]:
    """Run the page's program on an export, in a Python that sees no library but its own."""
    (folder / "check.py").write_text(snippet(page), "utf-8")
    (folder / "thread.json").write_bytes(export)
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", "check.py", "thread.json"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=30,
    )
    return ran.returncode, ran.stdout + ran.stderr


@pytest.mark.parametrize("page", PAGES)
def test_the_page_s_program_agrees_that_the_thread_is_intact(page: str, export: bytes, tmp_path: Path) -> None:
    assert verify_export(export).findings == ()
    code, said = check(page, export, tmp_path)
    first, second, last = said.splitlines()
    assert (code, re.findall(r"\d+", first), re.findall(r"\d+", second)) == (0, ["5"], ["6"])
    assert last.endswith(json.loads(export)["head"]["hash"])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("entries", 6, "data", "for"), 4, "7"),
        (("entries", 2, "at"), "2026-11-20T08:00:00.000Z", "3"),
        (("entries", 4, "prev"), "00" * 32, "5"),
        (("entries", 7, "hash"), "00" * 32, "8"),
        (("entries", 7), None, ""),
    ],
)
def test_the_page_s_program_finds_an_alteration(
    page: str, export: bytes, tmp_path: Path, path: tuple[str | int, ...], value: object, named: str
) -> None:
    form = json.loads(export)
    holder = form
    for step in path[:-1]:
        holder = holder[step]
    if value is None:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    altered = json.dumps(form).encode()
    assert verify_export(altered).findings != ()
    code, said = check(page, altered, tmp_path)
    assert (code, re.findall(r"\d+", said.splitlines()[-1])) == (1, [named] if named else [])


def test_both_pages_have_the_same_program_and_the_same_sections() -> None:
    french, english = (re.sub(r"(print|exit)\(.*\)", r"\1()", snippet(page)) for page in PAGES)
    assert french == english
    headings = [len(re.findall(r"^## ", (DOCS / page).read_text("utf-8"), re.MULTILINE)) for page in PAGES]
    assert headings == [7, 7]
