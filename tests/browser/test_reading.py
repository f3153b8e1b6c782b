"""Reading a long thread: search, filters, announcements by choice, a wrong clock, hostile hosts, the archive."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import accumulate
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from livesession.web.frame import frame
from tests.browser.consoles import FIREFOX, browser, plain
from tests.browser.stub import Stub, stub
from tests.browser.test_widget import eventually, visiting
from tests.integration.running import AGENDA, Client, client_of, serving

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as held:
        yield held


@pytest_asyncio.fixture(loop_scope="module")
async def server() -> AsyncIterator[Stub]:
    async with stub() as held:
        yield held


def vote(server: Stub, subject: str) -> str:
    voices = {"for": 17, "against": 31, "abstention": 3}
    return server.post("vote.recorded", "deux", subject=subject, ballot="show_of_hands", result="rejected", **voices)


async def called(page: Page, words: str) -> Any:
    """What the widget answers to a line of a host's own script."""
    return await page.evaluate(f"document.querySelector('live-session').{words}")


# ---- The widget ----


async def test_widget_is_searched_and_filtered_and_ordered_by_item(chromium: Browser, server: Stub) -> None:
    server.open("La cantine.", "L’œuvre d’Éluard.")
    vote(server, "Amendement n° 1")
    server.post("update.posted", None, text="Hors de tout point.")
    body = f'<live-session src="{server.sitting}"><h1>En attendant</h1></live-session>'
    async with visiting(chromium, server, query={"body": body}, viewport={"width": 390, "height": 1800}) as page:
        await page.get_by_role("button", name="Chercher, filtrer").click()
        word = page.get_by_label("Mot")
        await word.fill("oeuvre d’eluard")
        await eventually(page, ["L’œuvre d’Éluard."])
        await expect(page.locator("live-session .tools-found")).to_have_text("1 publication")
        await word.fill("")
        await eventually(page, ["Hors de tout point.", "L’œuvre d’Éluard.", "La cantine."])
        await page.get_by_role("combobox", name="Ordre").select_option("Par point")
        await eventually(page, ["Hors de tout point.", "La cantine.", "L’œuvre d’Éluard."])
        assert await page.locator("live-session .group h2").count() == 1
        server.post("update.posted", None, text="Encore hors de tout.")
        await eventually(page, ["Hors de tout point.", "Encore hors de tout.", "La cantine.", "L’œuvre d’Éluard."])
        await page.get_by_role("button", name="Votes").click()
        await expect(page.locator("live-session .entry")).to_have_count(1)
        found = await Axe().run(page)
        assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []


async def test_a_host_filters_goes_to_an_entry_and_hears_of_events(chromium: Browser, server: Stub) -> None:
    server.open(*(f"Texte {number}." for number in range(150)))
    body = f'<live-session src="{server.sitting}" height="400"></live-session>'
    async with visiting(chromium, server, query={"body": body}) as page:
        await expect(page.locator("live-session .search")).to_be_visible()
        assert await called(page, "shadowRoot.querySelector('.register').offsetHeight") == 400
        assert await called(page, "state.title") == "Séance plénière"
        await page.evaluate(
            "window.heard = []; document.addEventListener('ls-change', ({detail}) => heard.push(detail.kind))"
        )
        server.post("update.posted", "deux", text="Texte neuf.")
        await page.wait_for_function("() => heard.length")
        assert await page.evaluate("heard") == ["update.posted"]
        await called(page, "filter({ word: 'texte 7.', item: '2' })")
        await eventually(page, ["Texte 7."])
        first = server.entries[4]["id"]
        assert await called(page, f"goTo('{first}')") is True
        await expect(page.locator(f"live-session #e-{first}")).to_be_in_viewport()
        assert await called(page, "goTo('none')") is False


HEARD = (
    "() => { window.said = []; const region = document.querySelector('live-session').shadowRoot"
    ".querySelector('[aria-live=polite]'); new MutationObserver(() => said.push(region.textContent))"
    ".observe(region, {childList: true}); }"
)
"""Observed as a screen reader would be told: every change of the polite region."""


@pytest.mark.parametrize(
    "name",
    ["chromium", pytest.param("firefox", marks=pytest.mark.skipif(FIREFOX is None, reason="no firefox-esr here"))],
)
async def test_forty_entries_in_ten_seconds_are_announced_a_few_times(server: Stub, name: str) -> None:
    server.open("Un.")
    async with browser(name) as held, visiting(held, server) as page:
        pause = page.locator("live-session .announce")
        await expect(pause).to_be_visible()
        await page.evaluate(HEARD)
        began = monotonic()
        for number in range(40):
            await asyncio.sleep(began + number / 4 - monotonic())
            server.post("update.posted", "deux", text=f"Texte {number}.")
        during = await page.evaluate("said.length")
        await expect(page.locator("live-session .update")).to_have_count(41)
        await page.wait_for_function("() => said.at(-1).includes('Texte 39.')")
        said = [plain(one) for one in await page.evaluate("said")]
        # Told while they come, not only once it is quiet; each of them counted once, the last of each group in words.
        assert 2 <= during <= len(said) <= 4
        groups = [re.fullmatch(r"(?:(\d+) nouvelles publications\. )?\d\d:\d\d, Texte (\d+)\.", one) for one in said]
        assert all(groups), said
        told = [(int(group[1] or 1), int(group[2])) for group in groups if group]
        assert list(accumulate(count for count, _ in told)) == [last + 1 for _, last in told]
        assert told[-1][1] == 39
        # The log itself says nothing: the same would be read twice.
        assert await page.locator("live-session [role=log]").get_attribute("aria-live") == "off"
        # Pressed where it stands: scrolled to it, the reader would have new entries held back.
        await pause.evaluate("button => button.click()")
        server.post("update.posted", "deux", text="En silence.")
        await expect(page.locator("live-session .update")).to_have_count(42)
        await page.wait_for_timeout(6_000)
        assert len(await page.evaluate("said")) == len(said)
        await pause.evaluate("button => button.click()")
        server.post("update.posted", "deux", text="De nouveau.")
        await page.wait_for_function("count => said.length > count", arg=len(said))
        assert [plain(one)[7:] for one in (await page.evaluate("said"))[len(said) :]] == ["De nouveau."]


async def test_votes_are_announced_in_full_where_only_they_are_wished(chromium: Browser, server: Stub) -> None:
    server.open("Un.")
    async with visiting(chromium, server, clock=True) as page:
        await expect(page.locator("live-session .search")).to_be_visible()
        await page.evaluate(HEARD)
        await called(page, "announce('votes')")
        vote(server, "Amendement n° 2")
        vote(server, "Amendement n° 3")
        server.post("update.posted", "deux", text="Sans voix.")
        await expect(page.locator("live-session .vote")).to_have_count(2)
        await page.clock.run_for(6_000)
        numbers = "Rejeté, 17 pour, 31 contre, 3 abstentions"
        told = (await page.evaluate("said"))[-1]
        assert f"Vote, Amendement n° 2, {numbers}. " in told
        assert f"Vote, Amendement n° 3, {numbers}" in told
        assert "Sans voix." not in told


async def test_without_its_second_script_the_widget_goes_on(chromium: Browser, server: Stub) -> None:
    server.later = "refuse"
    server.open("Un.")
    async with visiting(chromium, server) as page:
        await eventually(page, ["Un."])
        server.post("update.posted", "deux", text="Deux.")
        await eventually(page, ["Deux.", "Un."])
        await page.get_by_role("button", name="Ordre du jour").click()
        assert await page.locator("live-session .agenda").is_visible()
        assert not await page.locator("live-session .announce").is_visible()


async def test_the_hour_that_comes_twice_is_told_with_its_zone(chromium: Browser, server: Stub) -> None:
    server.open("Avant.", "Pendant.", "Encore.")
    for entry, at in zip(
        server.entries[-3:], ("2026-10-24T23:30", "2026-10-25T00:30", "2026-10-25T01:30"), strict=True
    ):
        entry["at"] = f"{at}:00.000Z"
    for entry in server.entries[:-3]:
        entry["at"] = "2026-10-24T22:00:00.000Z"
    async with visiting(chromium, server) as page:
        times = page.locator("live-session .update time")
        await expect(times).to_have_text(["02:30 (UTC+1)", "02:30 (UTC+2)", "01:30"])


HOSTS = {
    "reset": "<!doctype html><style>* { all: unset !important }</style>",
    "rem": "<!doctype html><style>html { font-size: 60px; letter-spacing: 6px; text-transform: uppercase;"
    " line-height: 4; text-indent: 40px; white-space: pre; word-spacing: 20px }</style>",
    "quirks": "<font size=7><table><tr><td>",
    "arabic": '<!doctype html><html lang="ar" dir="rtl"><p>مجلس</p>',
}


@asynccontextmanager
async def hosting(html: str) -> AsyncIterator[str]:
    """A site of somebody else's, without any policy."""

    async def page(_: web.Request) -> web.Response:
        return web.Response(text=html, content_type="text/html")

    app = web.Application()
    app.router.add_get("/", page)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    yield f"http://localhost:{site._server.sockets[0].getsockname()[1]}/"  # type: ignore[attr-defined]  # asyncio.Server
    await runner.cleanup()


MEASURED = """() => {
  const root = document.querySelector("live-session").shadowRoot;
  const style = getComputedStyle(root.querySelector(".entry .text"));
  const names = ["fontSize", "letterSpacing", "textTransform", "lineHeight", "textIndent", "wordSpacing", "direction"];
  return [...names.map((name) => style[name]), root.querySelector(".register").offsetWidth >= 280];
}"""


@pytest.mark.parametrize("name", HOSTS)
async def test_no_host_reaches_into_the_widget(chromium: Browser, server: Stub, name: str) -> None:
    server.open("Premier texte.")
    tags = f'<script src="{server.url}/widget.js" async></script><live-session src="{server.sitting}"></live-session>'
    async with hosting(HOSTS[name] + tags) as url:
        page = await chromium.new_page(viewport={"width": 500, "height": 800})
        await page.goto(url)
        await eventually(page, ["Premier texte."])
        assert await page.evaluate(MEASURED) == ["16px", "normal", "none", "23px", "0px", "0px", "ltr", True]
        await page.close()


async def test_a_clock_that_is_a_day_wrong_is_not_believed(chromium: Browser, server: Stub) -> None:
    server.open("Un.")
    context = await chromium.new_context(locale="fr-FR")
    page = await context.new_page()
    await page.add_init_script("const now = Date.now.bind(Date); Date.now = () => now() + 86_400_000;")
    await page.goto(f"{server.host}/host")
    await expect(page.locator("live-session .ago")).to_contain_text("dernière publication")
    plain = await chromium.new_page(locale="fr-FR")
    await plain.goto(f"{server.host}/host")
    await expect(plain.locator("live-session .ago")).to_contain_text("dernière publication")
    told = await plain.locator("live-session .ago").text_content()
    assert told
    await expect(page.locator("live-session .ago")).to_have_text(told)
    await plain.close()
    await context.close()


# ---- The page ----


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Client]:
    folder: Path = tmp_path_factory.mktemp("reading")
    async with serving(folder) as held, client_of(held) as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def long(client: Client) -> tuple[str, list[str]]:
    """A sitting of 330 entries, every tenth a vote, and the ids of its updates in order."""
    slug = await client.create(AGENDA)
    await client.post(slug, "sitting.opened")
    await client.post(slug, "item.opened", "deux")
    ids = []
    for number in range(298):
        _, body = await client.post(slug, "update.posted", "deux", text=f"Phrase {number}, sur la cantine.")
        ids.append(body["entry"]["id"] if "entry" in body else body["id"])
    for number in range(30):
        voices = {"for": 17, "against": 31, "abstention": 3}
        await client.post(
            slug, "vote.recorded", "deux", subject=f"N° {number}", ballot="show_of_hands", result="rejected", **voices
        )
    return slug, ids


async def test_a_long_thread_is_whole_without_a_script(
    chromium: Browser, client: Client, long: tuple[str, list[str]]
) -> None:
    slug, ids = long
    context = await chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = await context.new_page()
    answer = await page.goto(f"{client.server.url}/s/{slug}")
    assert answer is not None
    assert len(await answer.body()) < 200_000
    found: list[str] = []
    while True:
        found += await page.locator(".entry").evaluate_all("(all) => all.map((one) => one.id)")
        older = page.get_by_role("link", name="Publications précédentes")
        if not await older.count():
            break
        await older.click()
    assert len(found) == len(set(found)) == 330
    # The address of an entry leads to it, wherever it stands by now.
    await page.goto(f"{client.server.url}/s/{slug}?entry={ids[3]}#e-{ids[3]}")
    await expect(page.locator(f"#e-{ids[3]}")).to_be_in_viewport()
    await page.goto(f"{client.server.url}/s/{slug}?word=PHRASE+12,&item=2")
    assert await page.locator(".entry .text").all_inner_texts() == ["Phrase 12, sur la cantine."]
    await page.goto(f"{client.server.url}/s/{slug}?votes=1")
    assert await page.locator(".entry").count() == await page.locator(".entry.vote").count() == 30
    await context.close()


async def test_an_old_address_leads_to_its_entry_and_the_archive_counts_what_is_new(
    chromium: Browser, client: Client, long: tuple[str, list[str]]
) -> None:
    slug, ids = long
    page = await chromium.new_page(viewport={"width": 390, "height": 800})
    await page.goto(f"{client.server.url}/s/{slug}#e-{ids[3]}")
    await expect(page.locator(f"#e-{ids[3]}")).to_be_in_viewport()
    assert page.url.endswith(f"?entry={ids[3]}#e-{ids[3]}")
    await expect(page.locator(".fresh-state")).to_have_text("À jour")
    shown = await page.locator(".entry").count()
    await client.post(slug, "update.posted", "deux", text="Du neuf.")
    await expect(page.locator(".news")).to_have_text("1 nouvelle publication")
    assert await page.locator(".entry").count() == shown
    await page.locator(".news").click()
    await expect(page.locator(".entry").first).to_contain_text("Du neuf.")
    await page.close()


async def test_on_return_the_page_says_where_one_was(chromium: Browser, client: Client) -> None:
    slug = await client.create(AGENDA)
    await client.post(slug, "sitting.opened")
    await client.post(slug, "update.posted", text="Lu.")
    context = await chromium.new_context(viewport={"width": 390, "height": 800})
    page = await context.new_page()
    await page.goto(f"{client.server.url}/s/{slug}")
    await expect(page.locator(".fresh-state")).to_have_text("À jour")
    await page.goto(f"{client.server.url}/privacy")
    for number in range(3):
        await client.post(slug, "update.posted", text=f"Non lu {number}.")
    await page.goto(f"{client.server.url}/s/{slug}")
    await expect(page.locator(".since")).to_have_text("3 depuis votre visite")
    order = await page.locator(".entries > :is(.entry, .here)").all_inner_texts()
    assert "vous en étiez là" in order[3]
    await page.locator(".since").click()
    await expect(page.locator(".here")).to_be_in_viewport()
    assert await context.cookies() == []
    # Sharing goes to the reader's own clipboard, and to nobody else.
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.locator(".entry").first.hover()
    await page.get_by_role("button", name="Partager").first.click()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied == await page.locator(".entry .at").first.evaluate("(link) => link.href")
    found = await Axe().run(page)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
    await context.close()


async def test_a_frame_takes_the_height_of_what_it_holds(chromium: Browser, client: Client) -> None:
    slug = await client.create(AGENDA)
    await client.post(slug, "sitting.opened")
    url = client.server.url
    tag = frame(f"{url}/s/{slug}/embed", "La séance en direct")
    async with hosting(f'<!doctype html>{tag}<script src="{url}/static/frame.js"></script>') as host:
        page = await chromium.new_page(viewport={"width": 500, "height": 900})
        await page.goto(host)
        inner = page.frame_locator("iframe")
        await expect(inner.locator("live-session .search")).to_be_visible()
        held = "[...document.querySelectorAll('iframe')].map((one) => one.offsetHeight)[0]"
        before = await page.evaluate(held)
        for number in range(10):
            await client.post(slug, "update.posted", text=f"Phrase {number}.")
        await expect(inner.locator("live-session .update")).to_have_count(10)
        await page.wait_for_timeout(200)
        inside = await inner.locator("body").evaluate("(body) => body.getBoundingClientRect().height")
        assert before > 300
        assert abs(await page.evaluate(held) - inside) < 6
        # As wide as the column it is in, on a narrow phone too, and without the border of a browser's own.
        for width in (500, 320):
            await page.set_viewport_size({"width": width, "height": 900})
            box = await page.locator("iframe").evaluate(
                "(one) => [one.offsetWidth, getComputedStyle(one).borderTopWidth]"
            )
            assert box == [await page.evaluate("document.body.clientWidth"), "0px"]
            assert await page.evaluate("document.documentElement.scrollWidth") <= width
        await page.close()


async def test_what_an_older_script_asks_for_is_still_there(client: Client) -> None:
    async with client.session.get(f"{client.server.url}/widget.js/000000000000/more.js") as answer:
        assert (answer.status, answer.headers["Cache-Control"]) == (200, "public, max-age=300")
    async with client.session.get(f"{client.server.url}/static/follow.000000000000.js") as answer:
        assert (answer.status, answer.headers["Cache-Control"]) == (200, "public, max-age=300")
    slug = await client.create(AGENDA)
    await client.post(slug, "sitting.opened")
    await client.post(slug, "update.posted", text="<b>Dit</b>.")
    async with client.session.get(f"{client.server.url}/s/{slug}/fragment?limit=1") as answer:
        text = await answer.text()
        assert answer.headers["Cache-Control"] == "public, max-age=15"
        assert '<p dir="auto">&lt;b&gt;Dit&lt;/b&gt;.</p>' in text
        assert text.count("<li") == 1


async def test_a_vote_that_this_part_of_the_thread_does_not_show_is_corrected_in_place(
    chromium: Browser, client: Client
) -> None:
    slug = await client.create(AGENDA)
    await client.post(slug, "sitting.opened")
    numbers: dict[str, Any] = {"ballot": "show_of_hands", "result": "adopted", "against": 3, "abstention": 1}
    votes = []
    for item in ("un", "deux"):
        await client.post(slug, "item.opened", item)
        status, body = await client.post(slug, "vote.recorded", item, **numbers, **{"for": 30})
        assert status == 201
        votes.append(body["entry"]["id"] if "entry" in body else body["id"])
    pages = [await chromium.new_page() for _ in range(2)]
    # One shows both votes, the other neither; above the thread and on the agenda both tell them.
    for page, part in zip(pages, ("", "?word=cantine"), strict=True):
        await page.goto(f"{client.server.url}/s/{slug}{part}")
        await expect(page.locator(".fresh-state")).to_have_text("À jour")
        await page.evaluate("globalThis.stayed = true")
        await expect(page.locator(".agenda .item-result")).to_have_text(
            ["Adopté, 30 pour, 3 contre, 1 abstention"] * 2 + ["huis clos"]
        )
    corrections = [(votes[0], "un", 29), (votes[0], "un", 28), (votes[1], "deux", 27)]
    for number, (vote, item, voices) in enumerate(corrections):
        corrected = numbers | {"for": voices, "abstention": 2 + number, "reason": "Recompté."}
        status, _ = await client.post(slug, "vote.corrected", item, entry=vote, **corrected)
        assert status == 201
    told = ["Adopté, 28 pour, 3 contre, 3 abstentions", "Adopté, 27 pour, 3 contre, 4 abstentions"]
    for page in pages:
        await expect(page.locator(".agenda .item-result")).to_have_text([*told, "huis clos"])
        await expect(page.locator("[data-part=facts]")).to_contain_text("27 pour, 3 contre, 4 abstentions")
    status, _ = await client.post(slug, "update.retracted", "deux", entry=votes[1], reason="Vote annulé.")
    assert status == 201
    for page in pages:
        await expect(page.locator(".agenda .item-result")).to_have_text([told[0], "huis clos"])
        await expect(page.locator("[data-part=facts]")).not_to_contain_text("27 pour")
        assert await page.evaluate("globalThis.stayed")
    # What the page tells now is what the server tells whoever comes.
    await expect(pages[0].locator("[data-part=facts]")).to_contain_text("28 pour, 3 contre, 3 abstentions")
    for page in pages:
        shown = [plain(each) for each in await page.locator(".agenda .item-result").all_inner_texts()]
        await page.reload()
        assert [plain(each) for each in await page.locator(".agenda .item-result").all_inner_texts()] == shown
        await page.close()
