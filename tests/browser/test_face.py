"""The pages that dress and show the thread: the council's face, the site kit, the technician's page, in Chromium."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.browser.consoles import CHROMIUM, browser, log_in
from tests.integration.running import AGENDA, client_of, serving
from tests.integration.test_face import PASSWORD, SVG

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


async def violations(page: Page) -> list[Any]:
    found = [
        (one["id"], [node["html"] for node in one["nodes"]]) for one in (await Axe().run(page)).response["violations"]
    ]
    return [
        *found,
        *([("width", page.url)] if await page.evaluate("document.documentElement.scrollWidth > innerWidth") else []),
    ]


async def test_face_site_kit_and_control_room_work_and_have_no_violation_that_axe_knows(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client, browser() as chromium:
        server.command("user", "add", "anne", "--role", "admin", stdin=f"{PASSWORD}\n{PASSWORD}\n")
        slug = await client.create(AGENDA)
        await client.post(slug, "sitting.opened")
        await client.post(slug, "item.opened", "un")
        (tmp_path / "logo.svg").write_text(SVG)
        context = await chromium.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
        page = await context.new_page()
        url = server.url.replace("127.0.0.1", "localhost")

        await page.goto(url + "/console/face")
        await log_in(page, "anne", PASSWORD)
        await page.get_by_label("Couleur, sur fond clair").fill("#ffdd00")
        await page.get_by_role("button", name="Garder").click()
        await expect(page.get_by_text("La couleur la plus proche qui convient : #796900.")).to_be_visible()
        assert await violations(page) == []
        await page.get_by_label("Couleur, sur fond clair").fill("#7a1f5c")
        await page.get_by_label("Couleur, sur fond sombre").fill("")
        await page.get_by_label("Logo").set_input_files(tmp_path / "logo.svg")
        await page.get_by_role("button", name="Garder").click()
        await expect(page.get_by_role("status")).to_contain_text("gardé")
        assert await page.locator("img.logo").evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
        assert await violations(page) == []

        await page.goto(url + "/console/site")
        await expect(page.locator("live-session")).to_have_js_property("order", "newest")
        await page.get_by_label("Ordre du fil").select_option("oldest")
        base = f"http://localhost:{server.port}"
        await expect(page.locator("#code")).to_have_value(
            f'<script src="{base}/widget.js" async></script>\n'
            f'<live-session src="{base}/s/{slug}" order="oldest">\n'
            f'  <a href="{base}/s/{slug}">Suivre Séance plénière</a>\n</live-session>'
        )
        await expect(page.locator("live-session")).to_have_js_property("order", "oldest")
        widget = page.locator("live-session")
        await expect(widget).to_have_css("--accent", "#7a1f5c")
        await page.get_by_label("Couleur, si").fill("#123456")
        await expect(widget).to_have_css("--accent", "#123456")
        assert await violations(page) == []

        await page.goto(f"{url}/overlays/?sitting={slug}&lang=fr")
        third = page.frame_locator("section:has(#url-lower-third) iframe")
        await expect(third.locator("#kicker")).to_have_text("Point 1 sur 3")
        await expect(third.locator("#mark")).to_have_css("background-color", "rgb(122, 31, 92)")
        assert await violations(page) == []
        await page.set_viewport_size({"width": 320, "height": 900})
        for path in (f"/overlays/?sitting={slug}", "/console/face", "/console/site"):
            await page.goto(url + path)
            assert await violations(page) == []
        await context.close()
