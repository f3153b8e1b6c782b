"""What the console's service worker keeps: everything its pages are made of, under one version."""

import re
from pathlib import Path

from livesession.web.console.offline import console_version, files
from livesession.web.console.scripts import FOLDER
from livesession.web.rendering import STATIC, TEMPLATES, static_name, static_url

KEPT_TEMPLATES = ("base", "sitting", "sittings", "sheet", "offline")


def test_worker_keeps_every_file_of_the_pages_it_keeps() -> None:
    for name in KEPT_TEMPLATES:
        page = (TEMPLATES / "console" / f"{name}.html").read_text("utf-8")
        for style in re.findall(r"static\('([^']+)'\)", page):
            assert static_url(style) in files()
    for module in FOLDER.glob("*.js"):
        for imported in re.findall(r'from "\./([a-z]+\.js)"', module.read_text("utf-8")):
            assert any(file.endswith(f"/{imported}") for file in files()), f"{module.name} imports {imported}"
    fonts = re.findall(r'url\("(fonts/[^"]+)"\)', (STATIC / "tokens.css").read_text("utf-8"))
    assert {f"/static/{font}" for font in fonts} <= set(files())


def test_files_that_the_worker_asks_for_are_there() -> None:
    for address in files():
        folder, name = (FOLDER, address.rsplit("/", 1)[1]) if "/scripts/" in address else (STATIC, address[8:])
        assert Path(folder, static_name(name)).is_file(), address
    assert len(files()) == len(set(files()))


def test_version_names_the_files_in_their_version() -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", console_version())
    # The worker itself is no file of a page, and yet another worker is another version.
    assert not any("worker" in address for address in files())
