"""The lower third in a browser, as OBS holds it: opened before the server, kept through its restarts."""

import copy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.consoles import CHROMIUM, browser, plain
from tests.browser.stub import AGENDA as STUB_AGENDA
from tests.browser.stub import Stub, stub
from tests.integration.running import AGENDA, Client, Server, client_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
INDEX = Path(__file__).parents[2] / "overlays" / "lower-third" / "index.html"


async def shown(page: Page, text: str) -> None:
    await page.wait_for_function(
        "text => !document.getElementById('card').hidden && document.body.innerText.includes(text)",
        arg=text,
        timeout=20_000,
    )


async def prepared(client: Client) -> str:
    slug = await client.create(AGENDA)
    await client.post(slug, "sitting.opened")
    await client.post(slug, "item.opened", "deux")
    return slug


async def test_lower_third_starts_before_the_server_and_survives_its_restarts(tmp_path: Path) -> None:
    server = Server(tmp_path)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1920, "height": 1080})
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        # Opened from the disk, as a local source of OBS, while nobody serves.
        await page.goto(f"{INDEX.as_uri()}?sitting=seance-pleniere-2026-11-20&server={server.url}")
        await page.wait_for_timeout(2_000)
        assert await page.evaluate("document.getElementById('card').hidden")
        assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgba(0, 0, 0, 0)"

        await server.start()
        try:
            async with client_of(server) as client:
                assert await prepared(client) == "seance-pleniere-2026-11-20"
                await shown(page, "Collèges")
                assert "Point 2 sur 3" in await page.inner_text("body")
                server.kill()
                await page.wait_for_timeout(1_000)
                assert "Collèges" in await page.inner_text("body")
                await server.start()
                await client.post("seance-pleniere-2026-11-20", "sitting.suspended")
                await shown(page, "Séance suspendue")
                await client.post("seance-pleniere-2026-11-20", "sitting.resumed")
                await client.post("seance-pleniere-2026-11-20", "item.opened", "clos")
                await shown(page, "huis clos")
                assert "parcelle" not in await page.inner_text("body")
                sizes = await page.evaluate(
                    "[...document.querySelectorAll('p')].filter(p => p.offsetParent && p.innerText)"
                    ".map(p => parseFloat(getComputedStyle(p).fontSize))"
                )
                assert min(sizes) >= 28
        finally:
            if server.process is not None:
                server.kill()
        assert errors == []
        await browser.close()


# ---- The same against a stand-in, which can fail in every way ----


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as held:
        yield held


@pytest.fixture
async def server() -> AsyncIterator[Stub]:
    async with stub() as held:
        yield held


@asynccontextmanager
async def on_air(chromium: Browser, server: Stub, *, clock: bool = False, **options: Any) -> AsyncIterator[Page]:
    """The overlay as OBS holds it."""
    options.setdefault("viewport", {"width": 1920, "height": 1080})
    context = await chromium.new_context(reduced_motion="reduce", **options)
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    if clock:
        await page.clock.install()
    await page.goto(f"{server.url}/overlays/lower-third/?sitting=seance")
    try:
        yield page
    finally:
        await context.close()
    assert errors == []


async def words(page: Page) -> str:
    """What the audience reads; nothing where there is nothing."""
    visible = await page.evaluate("getComputedStyle(document.getElementById('card')).visibility") == "visible"
    return plain(await page.inner_text("#card")) if visible else ""


async def test_lower_third_shows_the_item_and_what_the_sitting_does(chromium: Browser, server: Stub) -> None:
    server.post("agenda.set", **{**stub_agenda(), "language": "fr"})
    async with on_air(chromium, server) as page:
        await page.wait_for_timeout(300)
        assert await words(page) == ""
        server.post("sitting.opened")
        server.post("item.opened", "deux")
        await expect(page.locator("#title")).to_have_text("Collèges : programme de rénovation")
        assert await words(page) == "2 Point 2 sur 3 Collèges : programme de rénovation Rapport de Mme Lussandre"
        server.post("sitting.suspended")
        await expect(page.locator("#title")).to_have_text("Séance suspendue")
        assert await words(page) == "Conseil départemental du Val-Clair Séance suspendue"
        server.post("sitting.resumed")
        server.post("closed_part.begun")
        await expect(page.locator("#title")).to_have_text("La séance se poursuit à huis clos")
        server.post("closed_part.ended", "un", status="open")
        await expect(page.locator("#title")).to_have_text("Ouverture, appel")
        server.post("sitting.closed")
        await expect(page.locator("#card")).to_be_hidden()


async def test_lower_third_speaks_the_language_of_the_sitting(chromium: Browser, server: Stub) -> None:
    server.post("agenda.set", **{**stub_agenda(), "language": "en-GB"})
    server.post("sitting.opened")
    server.post("item.opened", "deux")
    async with on_air(chromium, server) as page:
        await expect(page.locator("#kicker")).to_have_text("Item 2 of 3")


async def test_lower_third_reads_another_history_and_polls_where_nothing_else_passes(
    chromium: Browser, server: Stub
) -> None:
    server.open()
    async with on_air(chromium, server, clock=True) as page:
        await expect(page.locator("#title")).to_have_text("Collèges : programme de rénovation")
        server.restore()
        server.ws = server.sse = "refuse"
        server.post("agenda.set", **stub_agenda())
        server.post("sitting.opened")
        server.post("item.opened", "un")
        await server.cut(1012)
        for _ in range(12):
            await page.clock.run_for(4_000)
            await page.wait_for_timeout(40)
        await expect(page.locator("#title")).to_have_text("Ouverture, appel")


async def test_lower_third_shows_nothing_rather_than_something_stale(chromium: Browser, server: Stub) -> None:
    server.open()
    async with on_air(chromium, server, clock=True) as page:
        await expect(page.locator("#card")).to_be_visible()
        await server.stop()
        await page.wait_for_timeout(100)
        await page.clock.run_for(60_000)
        assert "Collèges" in await words(page)
        await page.clock.run_for(70_000)
        assert await words(page) == ""
        await server.start()
        for _ in range(12):
            await page.clock.run_for(4_000)
            await page.wait_for_timeout(40)
        await expect(page.locator("#card")).to_be_visible()


async def test_lower_third_loaded_once_opens_without_its_server(chromium: Browser, server: Stub) -> None:
    server.open()
    async with on_air(chromium, server) as page:
        await expect(page.locator("#card")).to_be_visible()
        await page.evaluate("navigator.serviceWorker.ready")
        await server.stop()
        await page.reload()
        await page.wait_for_timeout(500)
        assert await words(page) == ""
        await server.start()
        await expect(page.locator("#title")).to_have_text("Collèges : programme de rénovation", timeout=20_000)


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 720), (3840, 2160)])
async def test_long_words_stay_legible_and_inside_the_safe_area(
    chromium: Browser, server: Stub, width: int, height: int
) -> None:
    agenda = stub_agenda()
    agenda["items"][0] |= {"number": "12.3(bis)", "title": "Délégation de service public : " + "renouvellement " * 30}
    server.post("agenda.set", **agenda)
    server.post("sitting.opened")
    server.post("item.opened", "un")
    async with on_air(chromium, server, viewport={"width": width, "height": height}) as page:
        await expect(page.locator("#card")).to_be_visible()
        box = await page.locator("#card").bounding_box()
        assert box is not None
        assert box["x"] >= 0.05 * width - 1
        assert box["x"] + box["width"] <= 0.95 * width + 1
        assert box["y"] + box["height"] <= 0.95 * height + 1
        sizes = await page.evaluate(
            "[...document.querySelectorAll('#card p')].filter(p => p.innerText)"
            ".map(p => parseFloat(getComputedStyle(p).fontSize))"
        )
        assert min(sizes) >= 28 * height / 1080


def stub_agenda() -> dict[str, Any]:
    """A copy of the stand-in's agenda, to be changed."""
    return copy.deepcopy(STUB_AGENDA)
