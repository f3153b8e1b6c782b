"""A console without a line: nothing written is lost, nothing is posted twice, nothing goes out in another's name."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.conftest import WAIT_MS
from tests.browser.consoles import (
    DESKTOP,
    FIREFOX,
    PASSWORD,
    Installation,
    at_console,
    browser,
    installation,
    log_in,
    publish,
    rows,
)
from tests.browser.lines import Line, line_to, machine

pytestmark = pytest.mark.browser

ONLINE = "window.dispatchEvent(new Event('online'))"
HOLD_NOTHING = """() => {
    const { account } = JSON.parse(document.getElementById("console-data").textContent);
    localStorage.setItem(`livesession:clerk:${account.id}:hold`, "0");
    return navigator.serviceWorker.ready.then(() => true);
}"""
KEPT_PAGES = """async () => {
    const found = [];
    for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
    return found.filter((path) => /^\\/console\\/(s\\/.*)?$/.test(path)).sort();
}"""


async def _at(context: BrowserContext, held: Installation, line: Line, name: str = "Alice") -> Page:
    page = context.pages[0] if context.pages and context.pages[0].url == "about:blank" else await context.new_page()
    await page.goto(f"{line.url}/console/s/{held.slug}")
    if await page.locator("#password").count():
        await log_in(page, name)
    await page.wait_for_selector("body.ready")
    await page.evaluate(HOLD_NOTHING)
    return page


async def _cut(line: Line, *pages: Page) -> None:
    await line.cut()
    for page in pages:
        await expect(page.locator("#lamp-word")).to_have_text("Hors ligne")


async def _back(line: Line, page: Page) -> None:
    await line.open()
    await page.evaluate(ONLINE)


async def _until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(WAIT_MS / 1000):
        while not await holds():
            await asyncio.sleep(0.1)


async def _keeps(page: Page, path: str) -> bool:
    return path in await page.evaluate(KEPT_PAGES)


async def _keeps_none(page: Page) -> bool:
    return bool(await page.evaluate(KEPT_PAGES) == [])


async def _lost(line: Line, answers: int) -> bool:
    return line.lost >= answers


async def _waiting(page: Page) -> list[str]:
    return await page.locator("#queue .queued .entry-text").all_text_contents()


async def test_twelve_posts_outlive_a_killed_browser_a_closed_tab_an_expired_login_and_lost_answers(
    tmp_path: Path,
) -> None:
    async with (
        browser() as other,
        installation(tmp_path) as held,
        at_console(other, held, "Jean") as jean,
        line_to(held.server.port) as line,
        machine(tmp_path / "profile") as alice,
    ):
        posts = [f"sans ligne {n:02}" for n in range(1, 13)]
        context = await alice.start()
        page = await _at(context, held, line)
        await publish(page, "avant la coupure")
        await expect(page.locator("#thread .update")).to_have_count(1)
        await _until(lambda: _keeps(page, f"/console/s/{held.slug}"))
        await _cut(line, page)
        for count, text in enumerate(posts[:6], 1):
            await publish(page, text)
            await expect(page.locator("#queue .queued")).to_have_count(count)
        await alice.kill()
        await publish(jean, "Jean écrit pendant ce temps")

        context = await alice.start()
        page = await _at(context, held, line)
        await expect(page.locator("#lamp-word")).to_have_text("Hors ligne")
        assert await rows(page) == ["avant la coupure"]
        assert await _waiting(page) == posts[:6]
        for text in posts[6:]:
            await publish(page, text)
        await expect(page.locator("#queue .queued")).to_have_count(12)
        await page.close()
        page = await _at(context, held, line)
        assert await _waiting(page) == posts

        with sqlite3.connect(tmp_path / "thread.db") as database:
            database.execute("delete from logins")
        line.loses = b"sans ligne 08"
        await _back(line, page)
        await page.click("#banner-login")
        await page.get_by_label("Mot de passe").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await _until(lambda: _lost(line, 2))
        line.loses = None
        await expect(page.locator("#queue .queued")).to_have_count(0)
        await expect(page.locator("#thread .update")).to_have_count(14)
        found = [entry for entry in await held.record() if entry["kind"] == "update.posted"]
    assert [entry["data"]["text"] for entry in found] == ["avant la coupure", "Jean écrit pendant ce temps", *posts]
    written = [entry["at"] for entry in found[2:]]
    assert written == sorted(written)
    # The first six were written before Jean's post, and say so.
    assert written[5] < found[1]["at"] < written[6]


@pytest.mark.parametrize(
    "name",
    ["chromium", pytest.param("firefox", marks=pytest.mark.skipif(FIREFOX is None, reason="no firefox-esr here"))],
)
async def test_two_tabs_keep_one_queue_and_the_doors_freeze_it(name: str, tmp_path: Path) -> None:
    async with browser(name) as held_browser, installation(tmp_path) as held, line_to(held.server.port) as line:
        context = await held_browser.new_context(locale="fr-FR", viewport=DESKTOP)
        sender, page = await _at(context, held, line), await _at(context, held, line)
        await _cut(line, sender, page)
        posts = [f"onglets {n}" for n in range(6)]
        for count, text in enumerate(posts, 1):
            await publish((sender, page)[count % 2], text)
            await expect(page.locator("#queue .queued")).to_have_count(count)
        await sender.close()
        await _back(line, page)
        await expect(page.locator("#queue .queued")).to_have_count(0)
        assert await held.texts() == posts

        await _cut(line, page)
        await publish(page, "écrit portes ouvertes, parti trop tard")
        await held.post("closed_part.begun")
        await held.post("closed_part.ended")
        await _back(line, page)
        await expect(page.locator("#tray .card")).to_contain_text("écrit portes ouvertes, parti trop tard")
        await publish(page, "la suite")
        await expect(page.locator("#thread .update")).to_have_count(7)
        assert await held.texts() == [*posts, "la suite"]
        await context.close()


@asynccontextmanager
async def online(folder: Path) -> AsyncIterator[tuple[Page, Installation, Line]]:
    """Alice at her console, by a line that can be cut, and the lamp that says so."""
    async with browser() as chromium, installation(folder) as held, line_to(held.server.port) as line:
        context = await chromium.new_context(locale="fr-FR", viewport=DESKTOP)
        page = await _at(context, held, line)
        await expect(page.locator("#lamp-word")).to_have_text("Public")
        yield page, held, line
        await context.close()


async def test_a_lost_line_is_told_whatever_the_clock_says(tmp_path: Path) -> None:
    async with online(tmp_path) as (page, _, line):
        # Set back as the line breaks; in Firefox a timer and the clock differ by a millisecond in any case.
        await page.evaluate("{ const now = Date.now(); Date.now = () => now; }")
        await _cut(line, page)
        await publish(page, "écrit à l’heure arrêtée")
        await expect(page.locator("#queue .queued")).to_have_count(1)
        await _back(line, page)
        await expect(page.locator("#lamp-word")).to_have_text("Public")
        await expect(page.locator("#thread .update")).to_have_count(1)


async def test_a_console_that_slept_takes_its_line_up_anew(tmp_path: Path) -> None:
    async with online(tmp_path) as (page, held, line):
        assert line.stall(b"/events?") == 1
        await held.post("update.posted", "un", text="écrit pendant le sommeil")
        wake = "document.dispatchEvent(new Event('visibilitychange'))"
        await page.evaluate(wake)
        await asyncio.sleep(1)
        # Heard a moment ago: a glance at another tab costs no new line.
        await expect(page.locator("#thread .update")).to_have_count(0)
        await page.evaluate("{ const real = Date.now; Date.now = () => real() + 60_000; }")
        await page.evaluate(wake)
        await expect(page.locator("#thread .update")).to_have_count(1)
        await expect(page.locator("#lamp-word")).to_have_text("Public")


async def test_waiting_posts_leave_under_their_own_account_only(tmp_path: Path) -> None:
    async with browser() as chromium, installation(tmp_path) as held, line_to(held.server.port) as line:
        context = await chromium.new_context(locale="fr-FR", viewport=DESKTOP)
        page = await _at(context, held, line)
        await _cut(line, page)
        await publish(page, "Écrit par Alice")
        await expect(page.locator("#queue .queued")).to_have_count(1)
        await line.open()
        await context.clear_cookies()
        other = await _at(context, held, line, "Jean")
        await expect(other.locator("#tray .card")).to_contain_text("une entrée d’un autre compte")
        assert await _waiting(other) == []
        await page.evaluate(ONLINE)
        await expect(page.locator("#banner-login")).to_be_visible()
        # The page would not send; nor would the server take it.
        refused = await page.evaluate(
            """async () => {
                const { slug, account } = JSON.parse(document.getElementById("console-data").textContent);
                const answer = await fetch(`/api/v1/sittings/${slug}/entries`, {
                    method: "POST",
                    headers: { "Content-Type": "application/json", "Livesession-Account": account.id },
                    body: JSON.stringify({ kind: "update.posted", data: { text: "Écrit par Alice" } }),
                });
                return [answer.status, (await answer.json()).code];
            }"""
        )
        assert refused == [409, "account_other"]
        assert await held.texts() == []

        await page.click("#banner-login")
        await page.get_by_label("Mot de passe").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await expect(page.locator("#thread .update")).to_have_count(1)
        assert await held.texts() == ["Écrit par Alice"]

        await page.click("form[action='/console/logout'] button")
        await page.wait_for_selector("#password")
        await _until(lambda: _keeps_none(page))
        await line.cut()
        await page.goto(f"{line.url}/console/s/{held.slug}")
        await expect(page.locator("h1")).to_have_text("Hors ligne")
        await context.close()


async def test_words_stay_in_the_field_where_the_browser_refuses_to_keep_them(tmp_path: Path) -> None:
    async with browser() as chromium, installation(tmp_path) as held, line_to(held.server.port) as line:
        context = await chromium.new_context(locale="fr-FR", viewport=DESKTOP)
        page = await _at(context, held, line)
        await _cut(line, page)
        await page.evaluate(
            """() => {
                window.put = IDBObjectStore.prototype.put;
                IDBObjectStore.prototype.put = function () { throw new DOMException("full", "QuotaExceededError"); };
            }"""
        )
        await publish(page, "le disque est plein")
        await expect(page.locator("#composer-problem")).to_contain_text("n’a pas pu garder ce texte")
        await expect(page.locator("#composer-text")).to_have_value("le disque est plein")
        assert await _waiting(page) == []
        await line.open()
        await page.evaluate(ONLINE)
        await expect(page.locator("#lamp-word")).to_have_text("Public")
        await page.press("#composer-text", "Control+Enter")
        await expect(page.locator("#composer-text")).to_have_value("")
        await expect(page.locator("#thread .update")).to_have_count(1)
        assert await held.texts() == ["le disque est plein"]
        await context.close()


async def test_begun_texts_stay_on_their_item_and_side_of_the_doors(tmp_path: Path) -> None:
    async with browser() as chromium, installation(tmp_path) as held, at_console(chromium, held) as page:
        text, item = page.locator("#composer-text"), page.locator("#composer-item option:checked")
        await text.fill("commencé sur le 1")
        await page.keyboard.press("F9")
        for name in ("for", "against", "abstention"):
            await page.fill(f"#vote-{name}", "1")
        await page.click("label:has([name=result][value=rejected])")
        await page.press("#vote-for", "Control+Enter")
        await expect(page.locator("#thread .vote")).to_have_count(1)
        await expect(text).to_have_value("commencé sur le 1")
        await held.post("item.opened", "trois")
        await expect(page.locator("#item-title")).to_have_text("Voie verte")
        await expect(item).to_have_text("1, Ouverture, appel (brouillon)")
        await page.locator(".agenda-row", has_text="Collèges").click()
        await page.locator(".agenda-panel button:has-text('Écrire')").click()
        await expect(text).to_have_value("")
        await text.fill("commencé sur le 2")
        await page.reload()
        await page.wait_for_selector("body.ready")
        await expect(text).to_have_value("commencé sur le 2")
        await page.keyboard.press("F4")
        await expect(text).to_have_value("")
        await text.fill("écrit derrière les portes")
        await expect(page.locator("#thread .doors")).to_have_count(1)
        await held.post("closed_part.ended")
        await expect(text).to_have_value("commencé sur le 2")
        await text.press("Control+Enter")
        await expect(page.locator("#thread .update")).to_have_count(1)
        await page.select_option("#composer-item", "un")
        await expect(text).to_have_value("commencé sur le 1")
        await text.press("Control+Enter")
        await expect(page.locator("#thread .update")).to_have_count(2)
        posted = [
            (entry["item"], entry["data"]["text"]) for entry in await held.record() if entry["kind"] == "update.posted"
        ]
    assert posted == [("deux", "commencé sur le 2"), ("un", "commencé sur le 1")]
