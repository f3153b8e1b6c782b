"""What the console asks once and lets be put right: strangers' names, the agenda, what a network costs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.consoles import Installation, at_console, browser, installation

MEMBERS = [{"id": "m1", "name": "Mme Claire Valdruche"}, {"id": "m2", "name": "M. Paul Ormevert"}]


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as held:
        yield held


@pytest.fixture
async def held(tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(tmp_path) as running:
        yield running


async def test_a_strangers_name_is_asked_about_once(chromium: Browser, held: Installation) -> None:
    await held.post("assembly.set", name="Conseil", members=MEMBERS)
    async with at_console(chromium, held) as page:
        text = page.locator("#composer-text")
        for known in ("Mme Valdruche et M. Ormevert. Le conseil", "Mme Lussandre rapporte, M. le Maire répond"):
            await text.fill(known)
            await page.keyboard.press("Control+Enter")
            await expect(text).to_have_value("")
            await expect(page.locator("#thread")).to_contain_text(known)
        await text.fill("Hommage à Mme Jeanne de Brévent et MM. Durand et Petit")
        await page.keyboard.press("Control+Enter")
        await expect(page.locator("#composer-name")).to_contain_text(
            "Jeanne de Brévent, Durand, Petit ne siègent pas ici"
        )
        assert len(await held.texts()) == 2
        # The same gesture again is the answer; nothing is asked about them any more, after a reload too.
        await page.keyboard.press("Control+Enter")
        await expect(text).to_have_value("")
        await page.reload()
        await page.wait_for_selector("body.ready")
        await text.fill("Mme de Brévent remercie Me Lefort")
        await page.get_by_role("button", name="Publier").click()
        await expect(page.locator("#composer-name")).to_contain_text("Lefort ne siège pas ici")
        await page.keyboard.press("Control+Enter")
        await text.fill("M. Durand aussi")
        await page.keyboard.press("Control+Enter")
        await expect(text).to_have_value("")
        await expect(page.locator("#thread")).to_contain_text("M. Durand aussi")
    assert len(await held.texts()) == 5


async def test_an_item_is_corrected_and_its_former_title_erased(chromium: Browser, held: Installation) -> None:
    async with at_console(chromium, held) as page:
        await page.keyboard.press("Control+k")
        await page.keyboard.type("corriger le point ouvert")
        await page.keyboard.press("Enter")
        await page.get_by_label("Titre", exact=True).fill("Appel nominal")
        await page.keyboard.press("Control+Enter")
        await expect(page.locator("#agenda-list")).to_contain_text("Appel nominal")
        await expect(page.locator("#thread")).to_contain_text("Il était écrit")
        await page.locator(".agenda-row", has_text="Appel nominal").click()
        await page.get_by_role("button", name="Corriger le point, point 1").click()
        await page.get_by_label("Effacer l’ancien texte pour de bon").check()
        await page.keyboard.press("Control+Enter")
        await page.get_by_label("Motif, facultatif").fill("RGPD, article 17")
        await page.keyboard.press("Control+Enter")
        await expect(page.locator("dialog")).to_have_count(0)
        await expect(page.locator("#thread")).not_to_contain_text("Ouverture, appel")
    assert "Ouverture, appel" not in str(await held.record())


async def test_a_correction_made_meanwhile_is_shown_before_it_is_replaced(
    chromium: Browser, held: Installation
) -> None:
    entry = (await held.post("update.posted", "un", text="Texte commun"))["id"]
    async with at_console(chromium, held) as page:
        await page.click(f"#entry-{entry} .act")
        await page.click("[data-choice=correct]")
        await page.fill("dialog textarea", "Corrigé ici")
        await held.post("update.corrected", entry=entry, text="Corrigé ailleurs")
        await expect(page.locator("#thread")).to_contain_text("Corrigé ailleurs")
        await page.keyboard.press("Control+Enter")
        await expect(page.locator("dialog .problem").first).to_contain_text("« Corrigé ailleurs »")
        await page.keyboard.press("Control+Enter")
        await expect(page.locator("#thread")).to_contain_text("Corrigé ici")
