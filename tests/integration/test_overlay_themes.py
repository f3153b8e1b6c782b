"""Themes of an operator's own: found in a folder that no update touches, and nothing else of that machine."""

from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from tests.integration.running import serving

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'"


async def test_themes_come_from_the_operators_folder_and_nothing_else_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    themes, held = tmp_path / "themes", tmp_path / "held"
    for name in ("val-clair", "paper", ".hidden"):
        (themes / name).mkdir(parents=True)
        (themes / name / "theme.css").write_text(":root { --ground: #123456; }", "utf-8")
    (themes / "val-clair" / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    (themes / "val-clair" / "fonts").mkdir()
    (themes / "val-clair" / "fonts" / "own.woff2").write_bytes(b"wOF2")
    for name in ("run.js", "page.html", ".secret.css"):
        (themes / "val-clair" / name).write_text("secret", "utf-8")
    (themes / "loose.css").write_text("secret", "utf-8")
    (tmp_path / "outside.css").write_text("secret", "utf-8")
    (themes / "val-clair" / "link.css").symlink_to(tmp_path / "outside.css")
    (themes / "away").symlink_to(tmp_path)
    held.mkdir()
    monkeypatch.setenv("OVERLAY_THEMES", str(themes))
    async with serving(held) as server, aiohttp.ClientSession() as session:
        for name, kind, content in (
            ("val-clair/theme.css", "text/css", b":root { --ground: #123456; }"),
            ("val-clair/logo.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("val-clair/fonts/own.woff2", "font/woff2", b"wOF2"),
            # One of ours gives way to the operator's of that name.
            ("paper/theme.css", "text/css", b":root { --ground: #123456; }"),
        ):
            async with session.get(f"{server.url}/overlays/themes/{name}") as answer:
                assert (answer.status, answer.content_type, await answer.read()) == (200, kind, content), name
                assert answer.headers["Content-Security-Policy"].startswith(POLICY), name
                assert answer.headers["X-Content-Type-Options"] == "nosniff", name
        for name in (
            "val-clair/run.js", "val-clair/page.html", "val-clair/.secret.css", ".hidden/theme.css", "loose.css",
            "val-clair/link.css", "away/outside.css", "..%2Foutside.css", "val-clair%2F..%2F..%2Foutside.css",
            "%2e%2e/outside.css", "val-clair/..%2f..%2foutside.css", f"{tmp_path}/outside.css",
            "val-clair/theme.css%00", "val-clair", "Val-Clair/theme.css", "val-clair%5C..%5C..%5Coutside.css",
        ):  # fmt: skip
            address = URL(f"{server.url}/overlays/themes/{name}", encoded=True)
            async with session.get(address) as answer:
                assert answer.status in (400, 404), name
                assert b"secret" not in await answer.read(), name
        # Changed while the server runs: seen at the next look, for no cache keeps it unasked.
        (themes / "val-clair" / "theme.css").write_text(":root { --ground: #654321; }", "utf-8")
        async with session.get(f"{server.url}/overlays/themes/val-clair/theme.css") as answer:
            assert await answer.read() == b":root { --ground: #654321; }"
            assert answer.headers["Cache-Control"] == "no-cache"
