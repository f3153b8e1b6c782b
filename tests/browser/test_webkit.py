"""What readers, a control room and a clerk need most, in WebKitGTK."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import OVERLAY_FOLLOWS
from tests.browser.consoles import PASSWORD, installation
from tests.browser.stub import Stub, stub
from tests.browser.webkit import DRIVER, SCREEN, Window, webkit
from tests.integration.running import AGENDA, client_of, serving

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(DRIVER is None or SCREEN is None, reason="no WebKitWebDriver or no Xvfb on this machine"),
]


@pytest.fixture(scope="module")
def window() -> Iterator[Window]:
    with webkit() as held:
        yield held


async def test_page_follows_and_comes_back_after_the_server_does(window: Window, tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(AGENDA)
        await client.post(slug, "sitting.opened")
        await client.post(slug, "item.opened", "deux")
        await asyncio.to_thread(window.open, f"{server.url}/s/{slug}")
        await asyncio.to_thread(window.shows, ".fresh-state", "À jour")
        await client.post(slug, "update.posted", "deux", text="Une phrase.")
        await asyncio.to_thread(window.shows, ".update .text", "Une phrase.")
        server.kill()
        await asyncio.to_thread(window.until, lambda: "Reconnexion" in window.texts(".fresh-state")[0])
        await server.start()
        await client.post(slug, "update.posted", "deux", text="De retour.")
        await asyncio.to_thread(window.shows, ".update .text", "De retour.")
        await asyncio.to_thread(window.shows, ".fresh-state", "À jour")
        assert window.texts(".update .text") == ["De retour.", "Une phrase."]

        # A vote, over the picture.
        await asyncio.to_thread(window.open, f"{server.url}/overlays/vote/?sitting={slug}")
        await asyncio.to_thread(window.until, lambda: window.ask(OVERLAY_FOLLOWS, kind=bool))
        await client.post(
            slug, "vote.recorded", "deux", subject="Amendement", ballot="show_of_hands", result="adopted",
            **{"for": 20, "against": 3, "abstention": 1},
        )  # fmt: skip
        await asyncio.to_thread(window.until, lambda: "Adopté" in " ".join(window.texts("#card")))
        assert window.ask("getComputedStyle(document.body).backgroundColor", kind=str) == "rgba(0, 0, 0, 0)"


async def test_widget_on_another_site_follows_and_moves_nothing_that_is_read(window: Window) -> None:
    async with stub() as server:
        server.open(*(f"Texte {number}, assez long pour tenir sur deux lignes." for number in range(1, 40)))
        await asyncio.to_thread(window.open, f"{server.host}/host")
        await asyncio.to_thread(window.until, lambda: len(window.texts(".update .text")) == 39)
        await _reads_on_undisturbed(window, server)


async def _reads_on_undisturbed(window: Window, server: Stub) -> None:
    twentieth = "document.querySelector('live-session').shadowRoot.querySelectorAll('.update')[19]"
    window.driver.execute_script(f"{twentieth}.scrollIntoView({{block: 'center'}})")
    await asyncio.sleep(0.3)
    place = f"{twentieth}.getBoundingClientRect().top"
    before = window.number(place)
    for number in (40, 41, 42):
        server.post("update.posted", "deux", text=f"Texte {number}.")
    await asyncio.to_thread(window.shows, ".news", "3 nouvelles publications")
    await asyncio.sleep(0.3)
    assert (window.number(place), len(window.texts(".update .text"))) == (before, 39)
    await asyncio.to_thread(window.element(".news").click)
    await asyncio.to_thread(window.shows, ".update .text", "Texte 42.")
    assert len(window.texts(".update .text")) == 42


async def test_console_is_worked_by_keyboard(window: Window, tmp_path: Path) -> None:
    async with installation(tmp_path) as held:
        await asyncio.to_thread(window.open, held.console)
        await asyncio.to_thread(window.element("#name").send_keys, "Alice")
        await asyncio.to_thread(window.element("#password").send_keys, PASSWORD + Keys.ENTER)
        await asyncio.to_thread(
            window.until, lambda: window.ask("document.body.classList.contains('ready')", kind=bool)
        )
        field = window.element("#composer-text")
        await asyncio.to_thread(field.send_keys, "Mme Lussandre présente le rapport.")
        control = ActionChains(window.driver).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL)
        await asyncio.to_thread(control.perform)
        async with asyncio.timeout(20):
            while not await held.texts():
                await asyncio.sleep(0.1)
        assert await held.texts() == ["Mme Lussandre présente le rapport."]
        await asyncio.to_thread(window.shows, "#thread .update .entry-text", "Mme Lussandre présente le rapport.")
