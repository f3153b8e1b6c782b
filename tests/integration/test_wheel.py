"""The wheel, as somebody installs it: everything it serves lies inside."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import aiohttp
import pytest

from tests.integration.running import Server

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content in a folder of its own, far from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_wheel_carries_overlays_templates_and_words(installed: Path) -> None:
    names = {str(path.relative_to(installed)) for path in installed.rglob("*")}
    assert {
        "livesession/_resources/overlays/lower-third/index.html",
        "livesession/_resources/agenda_templates/agenda.schema.json",
        "livesession/i18n/fr/desk.ftl",
        "livesession/store/migrations/versions/0001_first_tables.py",
        "livesession/web/templates/public/sitting.html",
        "livesession/web/static/tokens.css",
        "livesession/demo/agenda.yaml",
    } <= names
    assert not [name for name in names if name.startswith(("tests", "overlays")) or name.endswith((".pyc", ".db"))]


class Installed(Server):
    """A server that runs from the wheel's content alone."""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "PYTHONPATH": os.environ["WHEEL_SITE"], "PYTHONSAFEPATH": "1"}


async def test_wheel_serves_an_empty_folder(installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHEEL_SITE", str(installed))
    server = Installed(tmp_path)
    where = server.command("settings").stdout
    assert "DATABASE_URL=" in where
    await server.start()
    try:
        async with aiohttp.ClientSession() as session:
            found = {}
            for path in ("/", "/overlays/lower-third/", "/widget.js", "/console/login"):
                async with session.get(server.url + path) as answer:
                    found[path] = answer.status
        log = (tmp_path / "server.log").read_text("utf-8")
    finally:
        code = server.stop()
    assert found == dict.fromkeys(found, 200)
    assert "livesession user add" in log
    assert code == 0
