"""The lower third in a browser, as OBS holds it: opened before the server, kept through its restarts."""

from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright

from tests.browser.consoles import CHROMIUM
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
