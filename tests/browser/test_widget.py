"""The widget on somebody else's page, in Chromium, against a stand-in that can fail in every way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, expect

from livesession.web.widget import later_version
from tests.browser.consoles import browser, plain
from tests.browser.stub import Stub, stub

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

HOSTILE = (
    "<script>document.title = 'no'</script> <img src=x onerror=alert(1)> &amp; \"’« »\" @everyone _x0001_\n"
    "  👩‍👩‍👧‍👦 \u202eabc\u202c العربية \u00a0fin"
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as held:
        yield held


@pytest_asyncio.fixture(loop_scope="module")
async def server() -> AsyncIterator[Stub]:
    async with stub() as held:
        yield held


@asynccontextmanager
async def visiting(
    chromium: Browser, server: Stub, *, clock: bool = False, query: dict[str, Any] | None = None, **options: Any
) -> AsyncIterator[Page]:
    """A host's page with the widget. Fails on any error and on anything its strict policy had to stop."""
    options.setdefault("viewport", {"width": 390, "height": 700})
    context = await chromium.new_context(locale="en-GB", timezone_id="Pacific/Auckland", **options)
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
    if clock:
        await page.clock.install()
    try:
        await page.goto(f"{server.host}/host?{urlencode(query or {}, doseq=True)}")
        yield page
        assert await context.cookies() == []
    finally:
        await context.close()
    # Firefox asks the host for its icon and tells of it, which is nothing of the widget's.
    assert [error for error in errors if "/favicon.ico " not in error] == []


def texts(page: Page) -> Locator:
    return page.locator("live-session .update .text")


async def rows(page: Page) -> list[str]:
    return await texts(page).all_text_contents()


async def eventually(page: Page, wanted: list[str], seconds: float = 10) -> None:
    """Wait until the updates shown are these, the newest first."""
    for _ in range(int(seconds * 20)):
        if await rows(page) == wanted:
            return
        await asyncio.sleep(0.05)
    assert await rows(page) == wanted


async def fresh(page: Page) -> str:
    return plain(await page.locator("live-session .fresh-state").text_content())


# ---- What is shown ----


async def test_widget_shows_where_the_sitting_is_and_its_thread(chromium: Browser, server: Stub) -> None:
    server.open("Premier texte.", "Deuxième texte.")
    voices = {"for": 17, "against": 31, "abstention": 3}
    server.post("vote.recorded", "deux", subject="Amendement n° 1", ballot="show_of_hands", result="rejected", **voices)
    async with visiting(chromium, server) as page:
        await eventually(page, ["Deuxième texte.", "Premier texte."])
        part = page.locator("live-session")
        assert await part.locator(".lamp").text_content() == "En direct"
        assert await part.locator(".title").text_content() == "Séance plénière"
        assert plain(await part.locator(".sub").text_content()) == "Conseil départemental du Val-Clair, ouverte à 09:03"
        assert plain(await part.locator(".now").inner_text()) == (
            "2 Où en est-on ? Point 2 sur 3, depuis 09:04 Collèges : programme de rénovation"
        )
        assert plain(await part.locator(".facts").inner_text()) == (
            "Rapporteur Mme Lussandre Dernier vote Rejeté, 17 pour, 31 contre, 3 abstentions Amendement n° 1 "
            "Points examinés 0 sur 3"
        )
        card = part.locator(".card")
        assert plain(await card.inner_text()) == (
            "Vote, Amendement n° 1 Rejeté 17 pour 31 contre 3 abstentions Main levée, 51 voix"
        )
        assert await card.locator("svg").get_attribute("aria-hidden") == "true"
        assert await fresh(page) == "À jour"
        # The council's zone, not the reader's, who is in Auckland.
        assert await part.locator(".entry time").first.text_content() == "09:07"
        await part.get_by_role("button", name="Ordre du jour").click()
        assert [plain(text) for text in await part.locator(".agenda li").all_inner_texts()] == [
            "1 Ouverture, appel , à venir",
            "Éducation",
            "2 Collèges : programme de rénovation Rejeté, 17 pour, 31 contre, 3 abstentions , en cours",
            "3 Point à huis clos huis clos , à venir",
        ]


async def test_fallback_stays_until_the_sitting_is_there(chromium: Browser, server: Stub) -> None:
    server.ws = server.sse = server.poll = "refuse"
    server.open("Un texte.")
    async with visiting(chromium, server, clock=True) as page:
        await page.wait_for_timeout(300)
        assert await page.locator("live-session p").inner_text() == "En attendant"
        server.ws = "ok"
        await page.clock.fast_forward(60_000)
        await page.clock.resume()
        await eventually(page, ["Un texte."])
        assert not await page.get_by_text("En attendant").is_visible()


async def test_a_new_entry_is_on_screen_well_under_a_second(chromium: Browser, server: Stub) -> None:
    server.open("Un.")
    async with visiting(chromium, server) as page:
        await eventually(page, ["Un."])
        server.post("update.posted", "deux", text="Deux.")
        await eventually(page, ["Deux.", "Un."], seconds=0.8)


async def test_hostile_text_is_shown_as_typed(chromium: Browser, server: Stub) -> None:
    server.open(HOSTILE)
    server.post("update.posted", "deux", text="x" * 10_000)
    server.post("sitting.suspended", reason="<b>Pause</b>")
    async with visiting(chromium, server, viewport={"width": 320, "height": 600}) as page:
        await eventually(page, ["x" * 10_000, HOSTILE])
        assert await page.title() == "Commune"
        assert "<b>Pause</b>" in await page.locator("live-session .event").first.inner_text()
        assert await page.evaluate("document.documentElement.scrollWidth") == 320


async def test_corrected_retracted_and_erased_texts(chromium: Browser, server: Stub) -> None:
    server.open()
    first, second, third = (server.post("update.posted", "deux", text=text) for text in ("168 M€.", "Faux.", "Nom."))
    server.post("update.pinned", "deux", entry=third)
    async with visiting(chromium, server) as page:
        await eventually(page, ["Nom.", "Faux.", "168 M€."])
        assert await page.locator("live-session .pin .text").text_content() == "Nom."
        server.post("update.corrected", "deux", entry=first, text="186 M€.", reason="Erreur de saisie.")
        server.post("update.retracted", "deux", entry=second)
        server.erase(third, "Donnée personnelle.")
        await eventually(page, ["186 M€."])
        notes = page.locator("live-session .note")
        assert [plain(text) for text in await notes.all_inner_texts()] == [
            "Effacé à 09:11. Donnée personnelle.",
            "Retiré à 09:10.",
            "Rectifié à 09:09. Il était écrit 168 M€. Erreur de saisie.",
        ]
        assert await notes.locator("s").all_inner_texts() == ["168 M€."]
        assert "Nom." not in await page.evaluate("document.querySelector('live-session').shadowRoot.innerHTML")
        # Whoever comes now finds the same.
        await page.reload()
        await eventually(page, ["186 M€."])
        assert "Nom." not in await page.evaluate("document.querySelector('live-session').shadowRoot.innerHTML")


async def test_closed_part_suspension_and_end(chromium: Browser, server: Stub) -> None:
    server.open("Un.")
    async with visiting(chromium, server) as page:
        await eventually(page, ["Un."])
        part = page.locator("live-session")
        server.post("closed_part.begun")
        await expect(part.locator(".lamp")).to_have_text("Huis clos")
        assert await part.locator(".now-title").text_content() == "La séance se poursuit à huis clos."
        server.post("closed_part.ended", None, status="open")
        await expect(part.locator(".now-title")).to_have_text("La séance est ouverte. Aucun point n’est en cours.")
        server.post("sitting.suspended")
        await expect(part.locator(".lamp")).to_have_text("Séance suspendue")
        server.post("kind.of.tomorrow", anything=1)
        server.post("sitting.closed")
        await expect(part.locator(".lamp")).to_have_text("Séance terminée")
        assert await part.locator(".now-title").text_content() == "La séance a été levée à 09:10."
        assert await fresh(page) == "Séance terminée"


async def test_english_by_attribute(chromium: Browser, server: Stub) -> None:
    server.open("Bonjour.")
    body = f'<live-session lang="en" src="{server.sitting}"></live-session>'
    async with visiting(chromium, server, query={"body": body}) as page:
        await eventually(page, ["Bonjour."])
        assert await page.locator("live-session .lamp").text_content() == "Live"
        assert await texts(page).get_attribute("lang") == "fr"
        assert await fresh(page) == "Up to date"


async def test_oldest_first_by_attribute(chromium: Browser, server: Stub) -> None:
    server.open("Un.", "Deux.")
    body = f'<live-session order="oldest" src="{server.sitting}"></live-session>'
    async with visiting(chromium, server, query={"body": body}) as page:
        await eventually(page, ["Un.", "Deux."])
        server.post("update.posted", "deux", text="Trois.")
        await eventually(page, ["Un.", "Deux.", "Trois."])


# ---- Nothing moves what is being read ----


async def test_entries_wait_while_somebody_reads_further_down(chromium: Browser, server: Stub) -> None:
    server.open(*(f"Texte {number}, assez long pour tenir sur deux lignes." for number in range(1, 40)))
    async with visiting(chromium, server) as page:
        await expect(texts(page)).to_have_count(39)
        read = page.locator("live-session .entry", has_text="Texte 20,")
        await read.evaluate("node => node.scrollIntoView({block: 'center'})")
        await page.wait_for_timeout(200)
        before = await read.bounding_box()
        for number in (40, 41, 42):
            server.post("update.posted", "deux", text=f"Texte {number}.")
        button = page.locator("live-session .news")
        await expect(button).to_have_text("3 nouvelles publications")
        height = await page.locator("live-session .fresh").bounding_box()
        assert height is not None
        assert height["height"] == 40
        # A correction far above must not push the reading away either.
        server.post("update.corrected", "deux", entry="e1-43", text="Texte 39, corrigé.", reason="Saisie.")
        await expect(page.locator("live-session .corrected")).to_have_count(1)
        await page.wait_for_timeout(200)
        assert await read.bounding_box() == before
        assert await texts(page).count() == 39
        await button.click()
        assert (await rows(page))[:3] == ["Texte 42.", "Texte 41.", "Texte 40."]
        await expect(texts(page).first).to_be_in_viewport()
        assert await page.locator("live-session .here").text_content() == "vous en étiez là"
        server.post("update.posted", "deux", text="Texte 43.")
        await expect(texts(page).first).to_have_text("Texte 43.")
        assert await fresh(page) == "À jour"


# ---- Read out ----


async def test_thread_is_a_silent_log_and_bursts_are_announced_once(chromium: Browser, server: Stub) -> None:
    server.open("Un.")
    async with visiting(chromium, server, clock=True) as page:
        await eventually(page, ["Un."])
        log = page.locator("live-session [role=log]")
        assert await log.get_attribute("aria-live") == "off"
        announcer = page.locator("live-session .sr[aria-live=polite]")
        assert await announcer.text_content() == ""
        for number in range(5):
            server.post("update.posted", "deux", text=f"Rafale {number}.")
        await expect(texts(page)).to_have_count(6)
        await page.clock.run_for(5_100)
        assert await announcer.text_content() == "5 nouvelles publications. 09:10, Rafale 4."
        await page.get_by_role("button", name="Annonces").click()
        await expect(page.get_by_role("button", name="Annonces en pause")).to_be_visible()
        server.post("update.posted", "deux", text="Sans voix.")
        await expect(texts(page)).to_have_count(7)
        await page.clock.run_for(10_000)
        assert await announcer.text_content() == "5 nouvelles publications. 09:10, Rafale 4."


# ---- The line ----


@pytest.mark.parametrize("code", [1012, 4008, 1001, 1011])
async def test_a_closed_line_is_taken_up_at_the_cursor(chromium: Browser, server: Stub, code: int) -> None:
    server.open("Un.")
    async with visiting(chromium, server) as page:
        await eventually(page, ["Un."])
        await server.cut(code)
        await expect(page.locator("live-session .fresh-state")).to_contain_text("Reconnexion. Dernier relevé à")
        server.post("update.posted", "deux", text="Deux.")
        await eventually(page, ["Deux.", "Un."])
        assert server.asked == ["ws after=0", "ws after=5&epoch=e1"]


async def test_a_restarted_server_is_found_again(chromium: Browser, server: Stub) -> None:
    server.open("Un.")
    async with visiting(chromium, server) as page:
        await eventually(page, ["Un."])
        await server.stop()
        server.post("update.posted", "deux", text="Pendant l’absence.")
        await page.wait_for_timeout(2_500)
        await server.start()
        await eventually(page, ["Pendant l’absence.", "Un."], seconds=20)


async def test_a_gap_is_refused_and_fetched(chromium: Browser, server: Stub) -> None:
    server.open("Un.")
    async with visiting(chromium, server) as page:
        await eventually(page, ["Un."])
        server.silent = {6}
        server.post("update.posted", "deux", text="Deux.")
        server.post("update.posted", "deux", text="Trois.")
        await page.wait_for_timeout(200)
        server.silent = set()
        await eventually(page, ["Trois.", "Deux.", "Un."])
        assert server.asked[-1] == "ws after=5&epoch=e1"


async def test_another_history_replaces_the_thread(chromium: Browser, server: Stub) -> None:
    server.open("Avant.", "Perdu.")
    async with visiting(chromium, server) as page:
        await eventually(page, ["Perdu.", "Avant."])
        server.restore()
        server.open("Après la restauration.")
        await server.cut(1012)
        await eventually(page, ["Après la restauration."])


async def test_sse_then_polling_stand_in_and_websocket_comes_back(chromium: Browser, server: Stub) -> None:
    server.ws = "refuse"
    server.open("Un.")
    async with visiting(chromium, server, clock=True) as page:
        for _ in range(8):
            await page.clock.run_for(4_000)
            # The page's clock must not outrun the answers of a server that is on another.
            await page.wait_for_timeout(100)
        await eventually(page, ["Un."])
        assert [asked.split()[0] for asked in server.asked] == ["ws", "ws", "sse"]
        server.post("update.posted", "deux", text="Par SSE.")
        await eventually(page, ["Par SSE.", "Un."])
        server.ws = "ok"
        for _ in range(75):
            await page.clock.run_for(5_000)
            await page.wait_for_timeout(60)
        server.post("update.posted", "deux", text="Par WebSocket.")
        await eventually(page, ["Par WebSocket.", "Par SSE.", "Un."])
        assert len(server.sockets) == 1
        assert "ws after=6&epoch=e1" in server.asked


async def test_polling_where_nothing_else_passes(chromium: Browser, server: Stub) -> None:
    server.ws = server.sse = "refuse"
    server.open(*(f"Texte {number}." for number in range(600)))
    async with visiting(chromium, server, clock=True) as page:
        for _ in range(8):
            await page.clock.run_for(4_000)
            await page.wait_for_timeout(50)
        # A phone draws what is read, not everything that was said.
        await expect(texts(page)).to_have_count(100)
        await page.get_by_role("button", name="Publications précédentes").click()
        await expect(texts(page)).to_have_count(200)
        assert await fresh(page) == "À jour"
        server.post("update.posted", "deux", text="Relevé.")
        await page.clock.run_for(13_000)
        await expect(texts(page).first).to_have_text("Relevé.")
        assert server.asked[-1].startswith("poll after=604&epoch=e1")


async def test_too_many_connections_means_polling(chromium: Browser, server: Stub) -> None:
    server.ws = 4029
    server.open("Un.")
    async with visiting(chromium, server) as page:
        await eventually(page, ["Un."])
        assert [asked.split()[0] for asked in server.asked] == ["ws", "poll"]


async def test_unknown_sitting_is_left_alone(chromium: Browser, server: Stub) -> None:
    server.ws = 4404
    async with visiting(chromium, server, clock=True) as page:
        await page.wait_for_timeout(200)
        await page.clock.run_for(200_000)
        assert server.asked == ["ws after=0"]
        assert await page.locator("live-session p").inner_text() == "En attendant"


async def test_a_line_that_died_without_a_word_is_noticed(chromium: Browser, server: Stub) -> None:
    server.open("Un.")
    async with visiting(chromium, server, clock=True) as page:
        await eventually(page, ["Un."])
        server.silent = {6}
        server.post("update.posted", "deux", text="Jamais arrivé.")
        await page.wait_for_timeout(100)
        server.silent = set()
        for _ in range(12):
            await page.clock.run_for(15_000)
            await page.wait_for_timeout(20)
        await eventually(page, ["Jamais arrivé.", "Un."])


# ---- The life of the element ----


@pytest.mark.parametrize("script", ["classic", "async", "module"])
async def test_script_works_however_it_is_loaded(chromium: Browser, server: Stub, script: str) -> None:
    server.open("Un.")
    async with visiting(chromium, server, query={"script": script}) as page:
        await eventually(page, ["Un."])


async def test_loaded_twice_and_used_twice(chromium: Browser, server: Stub) -> None:
    server.open("Un.")
    body = f'<live-session src="{server.sitting}"></live-session>' * 2
    viewport = {"width": 390, "height": 2000}
    async with visiting(chromium, server, query={"body": body, "times": 2}, viewport=viewport) as page:
        await eventually(page, ["Un.", "Un."])
        server.post("update.posted", "deux", text="Deux.")
        await eventually(page, ["Deux.", "Un.", "Deux.", "Un."])
        assert len(server.sockets) == 2


async def test_moved_it_keeps_its_line_and_removed_it_lets_go(chromium: Browser, server: Stub) -> None:
    server.open("Un.")
    async with visiting(chromium, server) as page:
        await eventually(page, ["Un."])
        await page.evaluate(
            "() => { const [one] = document.getElementsByTagName('live-session');"
            " document.body.append(document.createElement('section')); document.body.lastChild.append(one); }"
        )
        server.post("update.posted", "deux", text="Deux.")
        await eventually(page, ["Deux.", "Un."])
        assert len(server.asked) == 1
        await page.evaluate("() => { window.kept = document.querySelector('live-session'); window.kept.remove(); }")
        await page.wait_for_timeout(200)
        assert server.sockets == set()
        await page.evaluate("document.body.append(window.kept)")
        await eventually(page, ["Deux.", "Un."])
        assert server.asked[-1] == "ws after=0"


async def test_properties_set_before_the_script_count(chromium: Browser, server: Stub) -> None:
    server.open("Un.")
    async with visiting(chromium, server, query={"body": "<p>Rien</p>", "times": 0}) as page:
        await page.evaluate(
            "src => { const one = document.createElement('live-session'); one.src = src; document.body.append(one); }",
            server.sitting,
        )
        await page.evaluate(
            "src => { const tag = document.createElement('script'); tag.src = src; document.body.append(tag); }",
            f"{server.url}/widget.js",
        )
        await eventually(page, ["Un."])
        assert await page.evaluate("document.querySelector('live-session').getAttribute('src')") == server.sitting


async def test_another_source_starts_anew(chromium: Browser, server: Stub) -> None:
    server.open("Un.")
    async with visiting(
        chromium, server, query={"body": "<live-session src='javascript:alert(1)'></live-session>"}
    ) as page:
        await page.wait_for_timeout(200)
        assert server.asked == []
        await page.evaluate("src => { document.querySelector('live-session').src = src; }", server.sitting)
        await eventually(page, ["Un."])


# ---- Weight, room, contrast ----


async def test_widget_asks_for_nothing_but_its_script_and_its_thread(chromium: Browser, server: Stub) -> None:
    server.open("Un.")
    context = await chromium.new_context()
    page = await context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(f"{server.host}/host")
    await eventually(page, ["Un."])
    later = f"{server.url}/widget.js/{later_version()}/more.js"
    clock = f"{server.url}/s/seance/entries?after=999999999&limit=1"
    await page.wait_for_timeout(500)
    assert asked == [f"{server.host}/host", f"{server.url}/widget.js", later, clock]
    assert await context.storage_state() == {"cookies": [], "origins": []}
    await context.close()


async def test_last_vote_is_the_one_that_holds(chromium: Browser, server: Stub) -> None:
    """A vote that was corrected is told as corrected; one that was taken back leaves its place to the one before."""
    server.open()
    first = {"for": 3, "against": 2, "abstention": 0}
    vote = server.post("vote.recorded", "deux", ballot="show_of_hands", result="adopted", **first)
    async with visiting(chromium, server) as page:
        facts = page.locator("live-session .facts")
        await expect(facts).to_contain_text("Adopté, 3 pour, 2 contre")
        second = {"for": 1, "against": 4, "abstention": 0}
        other = server.post("vote.recorded", "deux", ballot="show_of_hands", result="rejected", **second)
        await expect(facts).to_contain_text("Rejeté, 1 pour, 4 contre")
        row = page.locator("live-session .item-result")
        await expect(row.first).to_contain_text("Rejeté, 1 pour, 4 contre")
        corrected = {**second, "against": 5}
        server.post("vote.corrected", "deux", entry=other, reason="Recompté.", result="rejected", **corrected)
        await expect(facts).to_contain_text("Rejeté, 1 pour, 5 contre")
        await expect(row.first).to_contain_text("Rejeté, 1 pour, 5 contre")
        server.post("update.retracted", "deux", entry=other, reason="À refaire.")
        await expect(facts).to_contain_text("Adopté, 3 pour, 2 contre")
        server.post("update.retracted", "deux", entry=vote)
        await expect(facts).not_to_contain_text("Dernier vote")


async def test_room_and_votes_are_told_as_they_stand(chromium: Browser, server: Stub) -> None:
    """Who speaks, the quorum as members come and go, and a vote with its subject, its notes and its names."""
    server.open()
    people = [{"id": f"m{n}", "name": f"Mme <{n}>", "group": "SOC"} for n in range(1, 5)]
    quorum = {"present": 3, "required": 3, "represented": 0, "recused": 0, "met": True}
    votes = {"for": people[:2], "against": people[2:3]}
    voices = {"for": 2, "against": 1, "abstention": 0, "result": "adopted", "ballot": "public", "votes": votes}
    async with visiting(chromium, server) as page:
        await expect(page.locator("live-session .lamp")).to_have_text("En direct")
        server.post("member.arrived", members=people[:3])
        server.post("quorum.checked", present=3, required=3, in_office=4, represented=0, recused=0, met=True)
        server.post("speech.begun", "deux", members=people[:1])
        motion = server.post("motion.tabled", "deux", type="amendment", title="Neuf au lieu de sept", by=people[1:2])
        vote = server.post("vote.recorded", "deux", motion=motion, motion_type="amendment", quorum=quorum, **voices)
        facts = page.locator("live-session .facts")
        await expect(facts).to_contain_text("Mme <1> (SOC), depuis 09:07")
        await expect(facts).to_contain_text("Quorum atteint\u00a0: 3 présents pour 3.")
        await expect(facts).to_contain_text("Neuf au lieu de sept")
        card = page.locator("live-session .card")
        await expect(card.locator(".vote-subject")).to_have_text("Vote, Neuf au lieu de sept")
        await card.locator("summary").click()
        told = plain(await card.inner_text())
        for words in ("Scrutin public, 3 voix", "pour (2) Mme <1> (SOC), Mme <2> (SOC)", "contre (1) Mme <3> (SOC)"):
            assert words in told
        server.post("member.left", members=people[2:3])
        await expect(facts).to_contain_text("Quorum perdu\u00a0: 2 présents pour 3.")
        server.post("speech.ended", "deux")
        await expect(facts).not_to_contain_text("A la parole")
        corrected = {**voices, "for": 1, "against": 2, "result": "rejected"}
        server.post("vote.corrected", "deux", entry=vote, reason="Recompté.", **corrected)
        await expect(card.locator(".corrected")).to_contain_text("Il était écrit Adopté, 2 pour, 1 contre Recompté.")
        await expect(card.locator(".vote-result")).to_have_text("Rejeté")


@pytest.mark.parametrize("width", [320, 390, 700, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_widget_has_no_violation_that_axe_knows(chromium: Browser, server: Stub, width: int, scheme: Any) -> None:
    server.open("Un texte.", "Un autre.")
    voices = {"for": 41, "against": 8, "abstention": 2}
    server.post("vote.recorded", "deux", ballot="show_of_hands", result="adopted", **voices)
    server.post("update.corrected", "deux", entry="e1-5", text="Un texte corrigé.", reason="Saisie.")
    server.post("update.retracted", "deux", entry="e1-6", reason="Erreur.")
    server.post("sitting.suspended")
    viewport = {"width": width, "height": 800}
    async with visiting(chromium, server, color_scheme=scheme, viewport=viewport) as page:
        await expect(page.locator("live-session .retracted")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") == width
        found = await Axe().run(page, context="live-session")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
