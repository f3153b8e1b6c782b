"""The widget's scripts over deployments: what a site names is given, byte for byte."""

import base64
import hashlib
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from livesession.desk.scripts import KEPT, Scripts, version_of
from livesession.store.engine import Store
from tests.integration.running import Server, serving

ORIGIN = {"Origin": "https://www.mairie.example"}


async def test_a_version_that_was_served_is_served_after_other_colours_and_a_restart(tmp_path: Path) -> None:
    server = Server(tmp_path)
    await server.start()
    try:
        async with aiohttp.ClientSession() as session:
            async with session.get(server.url + "/widget.js") as answer:
                first, place = await answer.read(), answer.headers["Content-Location"]
                assert "immutable" not in answer.headers["Cache-Control"]
            assert place == f"/widget.{hashlib.sha256(first).hexdigest()[:12]}.js"
            found = re.search(rb'"(widget\.js/[0-9a-f]{12}/more\.js)"', first)
            assert found is not None
            more = "/" + found[1].decode()
            server.command("face", "set", "--accent", "#7a1f5c")
            server.kill()
            await server.start()
            async with session.get(server.url + "/widget.js") as answer:
                second = await answer.read()
                assert (second != first, answer.headers["Content-Location"] != place) == (True, True)
            for path, content in (
                (place, first),
                (answer.headers["Content-Location"], second),
                (more, None),
            ):
                async with session.get(server.url + path, headers=ORIGIN) as answer:
                    body = await answer.read()
                    assert content in (None, body), path
                    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable", path
                    # What a browser asks for before it looks at an integrity.
                    assert answer.headers["Access-Control-Allow-Origin"] == "*", path
                    assert answer.content_type == "text/javascript", path
                tag = answer.headers["ETag"]
                async with session.get(server.url + path, headers={"If-None-Match": tag}) as answer:
                    assert answer.status == 304, path
            # Never served: what there is, under no name that a cache keeps.
            async with session.get(server.url + "/widget.0123456789ab.js") as answer:
                assert await answer.read() == second
                assert answer.headers["Cache-Control"] == "public, max-age=300"
    finally:
        if server.process is not None:
            server.kill()


async def test_scripts_kept_are_bounded_and_the_last_served_stay(tmp_path: Path) -> None:
    store = Store(f"sqlite+aiosqlite:///{tmp_path}/thread.db")
    moment = datetime(2026, 11, 20, tzinfo=UTC)

    def clock() -> datetime:
        nonlocal moment
        moment += timedelta(hours=1)
        return moment

    try:
        await store.upgrade()
        kept = Scripts(store, clock)
        sources = [f"script {number}".encode() for number in range(KEPT + 5)]
        for source in sources:
            # The first is served again and again: a version rolled back to.
            await kept.keep([source, sources[0]])
        held = [await kept.find(version_of(source)) for source in sources]
        assert held == [sources[0], *[None] * 5, *sources[6:]]
    finally:
        await store.close()


@pytest.mark.browser
async def test_a_browser_takes_a_pinned_version_by_its_integrity(tmp_path: Path) -> None:
    from tests.browser.consoles import browser

    async with serving(tmp_path) as server, aiohttp.ClientSession() as session, browser() as chromium:
        async with session.get(server.url + "/widget.js") as answer:
            source, place = await answer.read(), answer.headers["Content-Location"]
        digest = base64.b64encode(hashlib.sha384(source).digest()).decode()
        page = await chromium.new_page()
        await page.set_content(
            f'<script src="{server.url}{place}" integrity="sha384-{digest}" crossorigin="anonymous"></script>'
        )
        await page.wait_for_function("() => customElements.get('live-session') !== undefined")
        await page.close()
