"""The overlays in a browser, as OBS holds them: opened before the server, kept through its restarts."""

import asyncio
import copy
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route, async_playwright, expect

from livesession.domain.times import write_instant
from tests.browser.conftest import OVERLAY_FOLLOWS
from tests.browser.consoles import CHROMIUM, browser, plain, until
from tests.browser.stub import AGENDA as STUB_AGENDA
from tests.browser.stub import Stub, stub
from tests.integration.running import AGENDA, Client, Server, client_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
OVERLAYS = Path(__file__).parents[2] / "overlays"
INDEX = OVERLAYS / "lower-third" / "index.html"
NAMES = ("lower-third", "vote", "suspension", "agenda", "countdown")
SCREENS = ("suspension", "countdown")


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


async def following(page: Page) -> None:
    """Wait until the overlay has its code and its thread."""
    await until(page, OVERLAY_FOLLOWS)


@asynccontextmanager
async def on_air(
    chromium: Browser, server: Stub, name: str = "lower-third", *, clock: bool = False, look: str = "", **options: Any
) -> AsyncIterator[Page]:
    """An overlay as OBS holds it. Fails on any error and on anything its policy had to stop."""
    options.setdefault("viewport", {"width": 1920, "height": 1080})
    context = await chromium.new_context(reduced_motion="reduce", **options)
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
    if clock:
        await page.clock.install()
    await page.goto(f"{server.url}/overlays/{name}/?sitting=seance{look}")
    await following(page)
    try:
        yield page
    finally:
        await context.close()
    assert errors == []


async def words(page: Page) -> str:
    """What the audience reads; nothing where there is nothing."""
    box = page.locator("section")
    visible = await box.evaluate("node => getComputedStyle(node).visibility") == "visible"
    return plain(await box.inner_text()) if visible else ""


async def held(page: Page) -> str:
    """Every word that the page holds, seen or not."""
    return plain(await page.evaluate("document.body.textContent"))


async def on_screen(page: Page, wanted: str) -> None:
    """Wait until the audience reads this and nothing else."""
    for _ in range(100):
        if await words(page) == wanted:
            return
        await page.wait_for_timeout(50)
    assert await words(page) == wanted


async def test_lower_third_shows_the_item_and_what_the_sitting_does(chromium: Browser, server: Stub) -> None:
    server.post("agenda.set", **{**stub_agenda(), "language": "fr"})
    async with on_air(chromium, server) as page:
        await page.wait_for_timeout(300)
        assert await words(page) == ""
        server.post("sitting.opened")
        server.post("item.opened", "deux")
        await expect(page.locator("#title")).to_have_text("Collèges : programme de rénovation")
        assert await words(page) == "2 Point 2 sur 3 Collèges : programme de rénovation Rapport de Mme Lussandre"
        speaker = {"id": "o", "name": "M. Ormevert", "group": "Indépendants et ruralité"}
        server.post("speech.begun", "deux", members=[speaker])
        await on_screen(page, "2 Point 2 sur 3 Collèges : programme de rénovation M. Ormevert Indépendants et ruralité")
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


@pytest.mark.parametrize("name", NAMES)
async def test_overlay_loaded_once_opens_without_its_server(chromium: Browser, server: Stub, name: str) -> None:
    server.open()
    if name in SCREENS:
        server.post("sitting.suspended", until=soon(46))
    async with on_air(chromium, server, name) as page:
        await page.evaluate("navigator.serviceWorker.ready")
        await server.stop()
        await page.reload()
        await page.wait_for_timeout(500)
        assert await words(page) == ""
        await server.start()
        await following(page)
        if name == "vote":
            recorded(server, {"for": 41, "against": 8, "abstention": 2})
            await expect(page.locator("#result")).to_have_text("Adopté")
        else:
            await expect(page.locator("section")).to_be_visible()


# ---- The vote ----


def recorded(server: Stub, numbers: dict[str, Any], item: str | None = "deux", **data: Any) -> str:
    """A vote, whose numbers have names that Python keeps for itself."""
    data = {"ballot": "show_of_hands", "result": "adopted", **data}
    return server.post("vote.recorded", item, **data, **numbers)


async def test_vote_shows_the_card_for_some_seconds(chromium: Browser, server: Stub) -> None:
    server.open()
    recorded(server, {"for": 1, "against": 0, "abstention": 0})
    async with on_air(chromium, server, "vote", clock=True) as page:
        assert (await words(page), await held(page)) == ("", "")
        needed = {"majority": "absolute", "of": "cast", "needed": 25}
        recorded(server, {"for": 41, "against": 8, "abstention": 2}, ballot="public", **needed)
        await on_screen(
            page,
            "2 Vote, Collèges : programme de rénovation Adopté Scrutin public, 51 voix, majorité 25 "
            "41 pour 8 contre 2 abstentions",
        )
        assert await page.locator("svg").get_attribute("aria-hidden") == "true"
        assert await page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgba(0, 0, 0, 0)"
        await page.clock.run_for(11_000)
        assert await words(page) != ""
        await page.clock.run_for(1_500)
        assert await words(page) == ""


async def test_vote_shows_each_kind_of_vote(chromium: Browser, server: Stub) -> None:
    server.open()
    async with on_air(chromium, server, "vote") as page:
        recorded(server, {"for": 51, "against": 0, "abstention": 0}, unanimous=True)
        await on_screen(page, "2 Vote, Collèges : programme de rénovation Adopté à l’unanimité 51 voix")
        recorded(
            server, {"for": 5, "against": 5, "abstention": 1, "blank": 1}, None, ballot="secret", casting=True,
            result="rejected", subject="<b>Vœu</b>",
        )  # fmt: skip
        await on_screen(
            page,
            "Vote, <b>Vœu</b> Rejeté Scrutin secret, 11 voix 5 pour 5 contre 1 abstention "
            "La voix de la présidence a départagé, 1 blanc",
        )


async def test_vote_that_is_corrected_or_retracted_while_it_stands(chromium: Browser, server: Stub) -> None:
    server.open()
    async with on_air(chromium, server, "vote") as page:
        vote = recorded(server, {"for": 41, "against": 8, "abstention": 2})
        await expect(page.locator("#voices")).to_contain_text("41")
        right = {"ballot": "show_of_hands", "result": "rejected", "for": 8, "against": 41, "abstention": 2}
        server.post("vote.corrected", "deux", **{"entry": vote, "reason": "Inversion.", **right})
        await expect(page.locator("#result")).to_have_text("Rejeté")
        assert "8 pour 41 contre" in await words(page)
        server.post("update.retracted", "deux", entry=vote)
        await expect(page.locator("#card")).to_be_hidden()
        assert await held(page) == ""


# ---- The suspension ----


async def test_suspension_says_until_when_and_what_comes_next(chromium: Browser, server: Stub) -> None:
    server.post("agenda.set", **stub_agenda())
    server.post("sitting.opened")
    server.post("item.opened", "un")
    recorded(server, {"for": 39, "against": 10, "abstention": 2}, "un")
    server.post("item.closed", "un")
    async with on_air(chromium, server, "suspension", timezone_id="Pacific/Auckland") as page:
        assert await words(page) == ""
        until = datetime.now(UTC) + timedelta(minutes=46, seconds=30)
        server.post("sitting.suspended", until=until.isoformat(timespec="milliseconds").replace("+00:00", "Z"))
        await expect(page.locator("#screen")).to_be_visible()
        shown = await words(page)
        assert re.sub(r"à \d{1,2} h(?: \d\d)?", "à 14 h", shown) == (
            "Conseil départemental du Val-Clair, Séance plénière Séance suspendue Reprise prévue à 14 h dans 47 min "
            "À la reprise Point 2, Collèges : programme de rénovation "
            "Dernier vote Point 1 adopté, 39 pour, 10 contre "
            f"Suivre et revoir {server.url.removeprefix('http://')}"
        )
        server.post("sitting.resumed")
        await expect(page.locator("#screen")).to_be_hidden()
        server.post("sitting.suspended")
        await expect(page.locator("#screen")).to_be_visible()
        assert "Reprise" not in await words(page)


@pytest.mark.parametrize(
    ("until", "when", "left"),
    [
        ("2026-11-20T23:09:30.000Z", "à 0 h 09", " dans 15 min"),
        ("2026-11-21T08:00:00.000Z", "le samedi 21 novembre 2026 à 9 h", ""),
    ],
)
async def test_suspension_past_midnight_is_of_the_same_night(
    chromium: Browser, server: Stub, until: str, when: str, left: str
) -> None:
    """It is five to midnight in Paris when the sitting is suspended."""
    server.post("agenda.set", **stub_agenda())
    server.post("sitting.opened")
    server.post("sitting.suspended", until=until)
    page = await chromium.new_page()

    async def five_to_midnight(route: Route) -> None:
        answer = await route.fetch()
        await route.fulfill(response=answer, headers={**answer.headers, "date": "Fri, 20 Nov 2026 22:55:00 GMT"})

    await page.route("**/entries?after=999999999&limit=1", five_to_midnight)
    await page.goto(f"{server.url}/overlays/suspension/?sitting=seance")
    await expect(page.locator("#screen")).to_be_visible()
    assert f"Reprise prévue {when}{left} À la reprise" in await words(page)
    await page.goto(f"{server.url}/overlays/countdown/?sitting=seance")
    await expect(page.locator("#screen")).to_be_visible()
    assert f"Prévue {when} À la reprise" in await words(page)
    await page.close()


async def test_suspension_speaks_the_language_of_the_sitting(chromium: Browser, server: Stub) -> None:
    server.post("agenda.set", **{**stub_agenda(), "language": "en"})
    server.post("sitting.opened")
    server.post("sitting.suspended", until="2026-11-21T13:00:00.000Z")
    async with on_air(chromium, server, "suspension") as page:
        assert "Sitting suspended Resumes on Saturday 21 November 2026 at 14:00 When it resumes" in (
            await words(page)
        ).replace(",", "")


# ---- Behind closed doors ----


@pytest.mark.parametrize("name", NAMES)
async def test_closed_part_leaves_no_word_of_what_was_said(chromium: Browser, server: Stub, name: str) -> None:
    server.open()
    async with on_air(chromium, server, name) as page:
        server.post("speech.begun", "deux", members=[{"id": "o", "name": "M. Ormevert"}])
        recorded(server, {"for": 41, "against": 8, "abstention": 2})
        if name in SCREENS:
            server.post("sitting.suspended", until=soon(46))
        await expect(page.locator("section")).to_be_visible()
        assert "Collèges" in await held(page)
        server.post("closed_part.begun", requested_by=[{"id": "p", "name": "Mme Hervaude"}])
        # Not after a fade: in the moment the entry comes.
        for _ in range(40):
            if not re.search("Collèges|41|Ormevert", await held(page)):
                break
            await asyncio.sleep(0.05)
        doors = {
            "lower-third": "Huis clos La séance se poursuit à huis clos",
            "vote": "",
            "agenda": "",
            "countdown": "",
            "suspension": "Conseil départemental du Val-Clair, Séance plénière Huis clos "
            f"La séance se poursuit à huis clos. Suivre et revoir {server.url.removeprefix('http://')}",
        }
        assert await words(page) == doors[name]
        assert (await held(page)).replace(" ", "") == doors[name].replace(" ", "")
        server.post("closed_part.ended", "un", status="open")
        await page.wait_for_timeout(300)
        after = {
            "lower-third": "1 Point 1 sur 3 Ouverture, appel",
            # The second has been called already.
            "agenda": "1 Point 1 sur 3 Ouverture, appel",
        }
        await on_screen(page, after.get(name, ""))


@pytest.mark.parametrize("name", NAMES)
async def test_sitting_held_in_private_shows_nothing_of_it(chromium: Browser, server: Stub, name: str) -> None:
    server.post("agenda.set", **{**stub_agenda(), "public": False})
    server.post("sitting.opened")
    async with on_air(chromium, server, name) as page:
        assert "Collèges" not in await held(page)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (3840, 2160)])
async def test_long_words_stay_legible_and_inside_the_safe_area(
    chromium: Browser, server: Stub, width: int, height: int, name: str
) -> None:
    agenda = stub_agenda()
    agenda["items"][0] |= {"number": "12.3(bis)", "title": "Délégation de service public : " + "renouvellement " * 30}
    server.post("agenda.set", **agenda)
    server.post("sitting.opened")
    server.post("item.opened", "un")
    async with on_air(chromium, server, name, viewport={"width": width, "height": height}) as page:
        recorded(server, {"for": 1041, "against": 1008, "abstention": 1002, "not_voting": 3}, "un", ballot="public")
        if name in SCREENS:
            server.post("sitting.suspended", until=soon(46))
        await expect(page.locator("section")).to_be_visible()
        # The screen of a suspension covers the picture; its words keep to the same area.
        inner = "dl" if name in SCREENS else "#card"
        box = await page.locator(inner).bounding_box()
        assert box is not None
        assert box["x"] >= 0.05 * width - 1
        assert box["x"] + box["width"] <= 0.95 * width + 1
        assert box["y"] + box["height"] <= 0.95 * height + 1
        sizes = await page.evaluate(
            "[...document.querySelectorAll('section :is(p, dt, dd, li, span, b)')].filter(p => p.innerText)"
            ".map(p => parseFloat(getComputedStyle(p).fontSize))"
        )
        assert min(sizes) >= 28 * height / 1080


# ---- The agenda bar and the countdown ----


async def test_agenda_bar_says_where_the_sitting_is_and_what_comes_next(chromium: Browser, server: Stub) -> None:
    server.post("agenda.set", **stub_agenda())
    async with on_air(chromium, server, "agenda") as page:
        assert await words(page) == ""
        server.post("sitting.opened")
        await on_screen(page, "0 point examiné sur 3 Ensuite : 1, Ouverture, appel")
        server.post("item.opened", "un")
        await on_screen(page, "1 Point 1 sur 3 Ouverture, appel Ensuite : 2, Collèges : programme de rénovation")
        server.post("item.opened", "deux")
        # The third is not named to the public.
        await on_screen(page, "2 Point 2 sur 3 Collèges : programme de rénovation")
        steps = await page.eval_on_selector_all("#steps i", "all => all.map(step => step.className)")
        assert steps == ["done", "current", ""]
        server.post("sitting.closed")
        await on_screen(page, "")


async def test_countdown_counts_to_the_opening_and_says_when_it_is_late(chromium: Browser, server: Stub) -> None:
    server.post("agenda.set", **{**stub_agenda(), "starts": soon(90)})
    async with on_air(chromium, server, "countdown", clock=True) as page:
        await expect(page.locator("#left")).to_have_text(re.compile(r"^1:(29:5\d|30:00)$"))
        assert "Début de la séance" in await words(page)
        assert "Premier point Point 1, Ouverture, appel" in await words(page)
        await page.clock.fast_forward(91 * 60_000)
        await expect(page.locator("#title")).to_have_text("La séance va commencer")
        await expect(page.locator("#left")).to_have_text("")
        server.post("sitting.opened")
        await expect(page.locator("#screen")).to_be_hidden()


@pytest.mark.parametrize("wrong", [timedelta(days=1), timedelta(days=-1)])
async def test_countdown_goes_by_the_servers_clock(chromium: Browser, server: Stub, wrong: timedelta) -> None:
    """The machine's clock is a day wrong, then somebody sets it by two hours while the overlay is on air."""
    server.post("agenda.set", **{**stub_agenda(), "starts": soon(90)})
    page = await chromium.new_page()
    await page.add_init_script(
        f"globalThis.wrong = {wrong / timedelta(milliseconds=1)};"
        "const own = Date.now; Date.now = () => own() + globalThis.wrong;"
    )
    await page.add_init_script(
        "const seen = (globalThis.seen = new Set());"
        "setInterval(() => seen.add(document.getElementById('left')?.textContent.slice(0, 4)), 5);"
    )
    await page.goto(f"{server.url}/overlays/countdown/?sitting=seance")
    for shift in (0, 7_200_000):
        await page.evaluate("shift => { globalThis.wrong += shift; }", shift)
        await page.wait_for_timeout(1_000)
        await expect(page.locator("#left")).to_have_text(re.compile(r"^1:(29:[3-5]\d|30:00)$"))
    assert await page.evaluate("[...seen]") in (["", "1:29"], ["", "1:30", "1:29"])
    server.post("sitting.opened")
    server.post("sitting.suspended", until=soon(10))
    await page.goto(f"{server.url}/overlays/suspension/?sitting=seance")
    await expect(page.locator("#left")).to_have_text("dans 10 min")
    await page.close()


# ---- What it looks like ----


async def test_look_is_asked_for_by_the_address_and_stays_readable(chromium: Browser, server: Stub) -> None:
    server.open()
    look = "&accent=ffdd00&ground=ffffff&ink=eeeeee&edge=top&side=end&theme=paper"
    async with on_air(chromium, server, "lower-third", look=look) as page:
        await expect(page.locator("#card")).to_be_visible()
        shown = await page.evaluate(
            "[...['#mark', '#card']].map(id => getComputedStyle(document.querySelector(id)))"
            ".map(style => [style.color, style.backgroundColor])"
        )
        # White would not be read on that yellow, nor the ink that was wished on that ground.
        assert shown == [["rgb(20, 24, 28)", "rgb(255, 221, 0)"], ["rgb(20, 24, 28)", "rgb(255, 255, 255)"]]
        box = await page.locator("#card").bounding_box()
        assert box is not None
        assert (round(box["y"]), round(box["x"] + box["width"])) == (54, 1824)
        assert await page.evaluate("[...document.styleSheets].some(sheet => sheet.href?.endsWith('paper/theme.css'))")


async def test_overlay_is_mirrored_for_a_language_written_from_the_right(chromium: Browser, server: Stub) -> None:
    server.post("agenda.set", **{**stub_agenda(), "language": "ar"})
    server.post("sitting.opened")
    server.post("item.opened", "deux")
    async with on_air(chromium, server) as page:
        await expect(page.locator("#card")).to_be_visible()
        box = await page.locator("#card").bounding_box()
        mark = await page.locator("#mark").bounding_box()
        assert box is not None
        assert mark is not None
        assert (round(box["x"] + box["width"]), round(mark["x"] + mark["width"])) == (1824, 1824)


def soon(minutes: float) -> str:
    """The instant so many minutes from now, as entries write it."""
    return write_instant(datetime.now(UTC) + timedelta(minutes=minutes))


def stub_agenda() -> dict[str, Any]:
    """A copy of the stand-in's agenda, to be changed."""
    return copy.deepcopy(STUB_AGENDA)


async def test_a_sample_places_an_overlay_without_a_sitting_and_says_that_it_is_one(tmp_path: Path) -> None:
    server = Server(tmp_path)
    await server.start()
    try:
        async with browser() as chromium:
            page = await chromium.new_page(viewport={"width": 1920, "height": 1080})
            errors: list[str] = []
            page.on("pageerror", lambda error: errors.append(str(error)))
            for name, sample, text in (
                ("lower-third", "debate", "Rénovation énergétique des collèges"),
                ("agenda", "debate", "Plan vélo"),
                ("vote", "vote", "Adopté"),
                ("countdown", "opening", "Début de la séance"),
                ("suspension", "suspended", "Séance suspendue"),
                ("suspension", "closed-part", "Huis clos"),
            ):
                await page.goto(f"{server.url}/overlays/{name}/?sample={sample}")
                await expect(page.locator("#screen" if name in SCREENS else "#card")).to_contain_text(text)
                await expect(page.locator("#sample")).to_have_text("Essai")
            assert errors == []
    finally:
        server.kill()
