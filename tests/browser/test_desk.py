"""Beside the console: two clerks who see each other, the president's desk, the sheet, a rehearsal from end to end."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from livesession.web.console.events import PING_SECONDS
from tests.browser.consoles import PHONE, SMALL, Installation, at_console, browser, installation, plain, publish

pytestmark = pytest.mark.browser
ASSEMBLY: dict[str, Any] = {
    "name": "Conseil départemental du Val-Clair",
    "rules": {"profile": "neutral"},
    "groups": [{"id": "a", "name": "Groupe A", "short": "GA"}],
    "members": [{"id": f"m{n}", "name": f"Mme Nom {n}", "group": "a"} for n in range(1, 6)],
}


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as held:
        yield held


@pytest.fixture
async def held(tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(tmp_path) as running:
        await running.post("assembly.set", **ASSEMBLY)
        await running.post("member.arrived", members=["m1", "m2", "m3"])
        yield running


async def look(page: Page, name: str) -> None:
    """Keep a picture, where a folder for them is named; no violation may be in it."""
    if folder := os.environ.get("LIVESESSION_PICTURES"):
        await page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    found = await Axe().run(page)
    wrong = [(each["id"], each["nodes"][0]["html"][:200]) for each in found.response["violations"]]
    assert wrong == [], name
    width = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, name


async def test_two_clerks_see_who_writes_on_what(chromium: Browser, held: Installation) -> None:
    async with at_console(chromium, held, "Alice") as alice, at_console(chromium, held, "Jean") as jean:
        await expect(alice.locator("#clerks")).to_contain_text("Aussi dans la console\u00a0: Jean")
        await jean.locator("#composer-text").press_sequentially("Le rapport")
        await expect(alice.locator("#clerks .busy")).to_contain_text("Jean écrit sur")
        assert await jean.locator("#clerks .busy").count() == 0
        await look(alice, "clerks")
        await publish(jean, "Le rapport est présenté.")
        await expect(alice.locator("#clerks .busy")).to_have_count(0)
        await alice.locator("#fairness summary").click()
        await expect(alice.locator("#fairness tbody tr")).to_have_count(1)


async def test_an_error_that_a_reader_reports_shows_in_the_room(chromium: Browser, held: Installation) -> None:
    async with at_console(chromium, held, "Alice") as page:
        await expect(page.locator("#reports")).to_be_hidden()
        address = f"{held.server.url}/s/{held.slug}/report"
        async with held.program.session.post(address, data={"text": "Le montant est faux."}) as answer:
            assert answer.status == 200
        told = page.locator("#reports a")
        # At once, not with the next ping.
        await expect(told).to_have_text("1 erreur signalée par un lecteur", timeout=PING_SECONDS * 500)
        await look(page, "reports")
        async with page.context.expect_page() as opened:
            await told.click()
        reports = await opened.value
        await expect(reports.locator(".reported-text")).to_have_text("Le montant est faux.")
        await reports.locator(".reported button").click()
        await expect(page.locator("#reports")).to_be_hidden(timeout=PING_SECONDS * 500)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_presidents_desk_follows_the_sitting(chromium: Browser, held: Installation, scheme: str) -> None:
    async with at_console(chromium, held, color_scheme=scheme) as page:
        await page.goto(f"{held.console}/president")
        await held.post("item.opened", "deux")
        await expect(page.locator("[data-part=title]")).to_have_text("Collèges : programme de rénovation")
        await held.post("speech.begun", "deux", member="m2", allotted=120)
        await expect(page.locator("[data-part=speaker]")).to_have_text("Mme Nom 2 (GA)")
        await held.post("vote.recorded", "deux", **{"for": 3, "against": 0, "abstention": 0})
        await expect(page.locator("[data-part=vote_numbers]")).to_contain_text("3")
        # Readable at two metres: nothing that matters below 20 CSS pixels.
        size = await page.evaluate("parseFloat(getComputedStyle(document.querySelector('.quorum p')).fontSize)")
        assert size >= 20
        await look(page, f"president-{scheme}")
        await page.set_viewport_size(PHONE)
        await look(page, f"president-phone-{scheme}")
        await held.post("closed_part.begun")
        await expect(page.locator("[data-part=status_words]")).to_have_text("Huis clos")
        await look(page, f"president-doors-{scheme}")


async def test_the_sheet_prints_the_agenda_and_the_roll(chromium: Browser, held: Installation, tmp_path: Path) -> None:
    async with at_console(chromium, held) as page:
        await page.goto(f"{held.console}/sheet")
        assert await page.locator(".votes tbody tr").count() == 4
        await look(page, "sheet")
        pdf = await page.pdf(prefer_css_page_size=True)
        assert pdf.startswith(b"%PDF")
        await page.set_viewport_size(SMALL)
        await page.screenshot(path=str(tmp_path / "sheet.png"))


async def test_a_rehearsal_is_created_played_and_wiped_at_the_console(
    chromium: Browser, held: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "agenda.yaml"
    file.write_text("title: Conseil\nitems: [{id: un, number: 1, title: Budget}]\n", "utf-8")
    async with at_console(chromium, held) as page:
        await page.goto(f"{held.server.url}/console/")
        await page.set_input_files("#file", str(file))
        await page.check("#rehearsal")
        await page.click("#create button[type=submit]")
        await page.click(".report-links a")
        assert page.url == f"{held.server.url}/console/s/conseil-repetition"
        await expect(page.locator(".rehearsal-mark")).to_contain_text("Répétition")
        await page.wait_for_selector("body.ready")
        await page.click("#open-sitting")
        await publish(page, "Un essai.")
        await expect(page.locator("#thread .update")).to_have_count(1)
        await look(page, "rehearsal")
        await page.set_viewport_size(PHONE)
        await look(page, "rehearsal-phone")
        await page.goto(f"{held.server.url}/console/")
        await page.click(".wipe summary")
        await look(page, "rehearsal-wipe")
        await page.click(".wipe button")
        assert "Répétition" not in plain(await page.locator(".sitting-list").text_content())
