"""The public page in Chromium against the real server: complete without a script, and followed in place with it."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from tests.browser.consoles import browser, plain
from tests.integration.running import Client, Server, client_of, serving

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

AGENDA: dict[str, Any] = {
    "title": "Séance plénière",
    "assembly": "Conseil départemental du Val-Clair",
    "location": "Hôtel du Département",
    "starts": "2026-11-20T09:00:00+01:00",
    "items": [
        {"id": "un", "number": "1", "title": "Ouverture, appel"},
        {
            "id": "education",
            "title": "Éducation",
            "kind": "heading",
            "items": [
                {"id": "deux", "number": "2", "title": "Collèges : rénovation", "rapporteur": "Mme Lussandre"},
                {"id": "trois", "number": "3", "title": "Restauration <scolaire> & cantines"},
            ],
        },
        {"id": "clos", "number": "4", "title": "Prix de la parcelle", "public": False},
        {"id": "cinq", "number": "5.1", "title": "Voie verte"},
    ],
}
HOSTILE = "<script>document.title = 'no'</script> &amp; \"’« »\"\n  👩‍👩‍👧‍👦 \u202eabc\u202c العربية"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as held:
        yield held


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    async with serving(tmp_path_factory.mktemp("server")) as held:
        yield held


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(server: Server) -> AsyncIterator[Client]:
    async with client_of(server) as held:
        yield held


async def play(client: Client, slug: str) -> None:
    """Everything a public page can show, but the end."""

    async def post(kind: str, item: str | None = None, **data: Any) -> str:
        status, body = await client.post(slug, kind, item, **data)
        assert status == 201, body
        return str(body["id"])

    await post("sitting.opened")
    await post("update.posted", text="Avant le premier point.")
    await post("item.opened", "un")
    first = await post("update.posted", "un", text="Le rapport propose 168 M€.")
    await post("item.opened", "deux")
    await post("update.posted", "deux", text=HOSTILE)
    wrong = await post("update.posted", "deux", text="Publié sur le mauvais point.")
    named = await post("update.posted", "deux", text="Une personne est nommée.")
    pinned = await post("update.posted", "deux", text="Pause prévue à midi.")
    await post("update.pinned", entry=pinned)
    await post("update.corrected", entry=first, text="Le rapport propose 186 M€.", reason="Erreur de saisie.")
    await post("update.corrected", entry=first, text="Le rapport propose 187 M€.")
    await post("update.retracted", entry=wrong, reason="Mauvais point.")
    await post("update.erased", entry=named, reason="Donnée personnelle.")
    votes = {"for": 17, "against": 31, "abstention": 3}
    await post("vote.recorded", "deux", subject="Amendement n° 1", **votes, result="rejected")
    await post("vote.recorded", "deux", **{"for": 51, "against": 0, "abstention": 0}, result="adopted")
    await post("sitting.suspended", reason="Pause de <cinq> minutes.")
    await post("sitting.resumed")
    await post("item.closed", "deux")
    await post("item.opened", "clos")
    await post("update.posted", "clos", text="Rien de ceci ne sort.")
    await post("closed_part.ended")
    await post("item.opened", "cinq")
    await post("update.posted", "cinq", text="Le tracé fait 14 km.")


ASSEMBLY: dict[str, Any] = {
    "name": "Conseil départemental du Val-Clair",
    "rules": {"profile": "departement"},
    "groups": [{"id": "soc", "name": "Socialistes", "short": "SOC"}, {"id": "ind", "name": "Indépendants"}],
    "members": [
        {"id": f"m{number}", "name": name, "group": "soc" if number % 2 else "ind"}
        for number, name in enumerate(("Mme Corvelin", "M. Ormevert", "Mme <Tréval>", "M. Noirval", "Mme Sudvalle"), 1)
    ],
}


async def convene(client: Client, slug: str) -> None:
    """The members, and who of them is there."""
    for kind, data in (
        ("assembly.set", ASSEMBLY),
        ("member.arrived", {"members": ["m1", "m2", "m3"]}),
        ("proxy.given", {"from": "m5", "to": "m3"}),
    ):
        status, body = await client.post(slug, kind, **data)
        assert status == 201, body


async def deliberate(client: Client, slug: str) -> None:
    """Every form of vote, motion and speech, and everything that can become of an item."""

    async def post(kind: str, item: str | None = None, **data: Any) -> str:
        status, body = await client.post(slug, kind, item, **data)
        assert status == 201, body
        return str(body["id"])

    await post("president.named", members=["m1"])
    await post("sitting.opened")
    await post("secretary.named", members=["m2", "m3"])
    await post("quorum.checked")
    await post("item.opened", "deux")
    await post("member.arrived", members=["m4"])
    await post("speech.requested", member="m4")
    await post("speech.begun", "deux", member="m2", allotted=300)
    await post("speech.ended")
    await post("update.posted", "deux", text="Commençons par les plus anciens.", quote="m3")
    amendment = await post("motion.tabled", "deux", type="amendment", title="Neuf <au lieu> de sept", by=["m3"])
    await post("vote.recorded", "deux", motion=amendment, groups={"soc": "against", "ind": "for"})
    votes = {"m1": "for", "m2": "against", "m3": "for", "m4": "not_voting", "m5": "for"}
    vote = await post("vote.recorded", "deux", ballot="public", source="roll_call", votes=votes)
    await post(
        "vote.corrected", entry=vote, reason="M. Noirval a voté.", ballot="public", source="roll_call",
        votes={**votes, "m4": "for"},
    )  # fmt: skip
    candidates = [{"name": "Mme Tréval", "voices": 2}, {"name": "M. Ormevert", "voices": 2}]
    await post(
        "vote.recorded", "deux", ballot="secret", candidates=candidates, majority="absolute", subject="Délégué", blank=1
    )
    await post("vote.recorded", "deux", **{"for": 2, "against": 2, "abstention": 1}, subject="Date", result="adopted")
    await post("item.postponed", "trois", reason="Renvoi en commission.")
    await post(
        "item.added", title="Motion d’urgence", number="6", reason="Rupture.", article="CGCT L3121-19", after="un"
    )
    await post("document.attached", "cinq", title="Plan du tracé", url="https://example.org/plan.pdf")
    await post("item.reordered", "cinq", after="un")
    await post("closed_part.begun", requested_by=["m1", "m2", "m3", "m4", "m5"], reason="Négociation.")
    await post("closed_part.ended")
    await post("member.left", members=["m2"])
    await post("speech.requested", member="m3")
    await post("speech.begun", "deux", name="M. Sorel", role="directeur")


# What a page is made of, without what its reader alone has: line breaks of the template, choices of view, news.
SHOWN = """() => {
  const root = document.getElementById("register");
  // What only a script can do, it adds.
  root.querySelectorAll(".share").forEach((node) => node.remove());
  const parts = ["lamp", "title", "sub", "chair", "now", "facts", "pin", "entries", "agenda"];
  const html = parts.map((name) => root.querySelector(`[data-part="${name}"]`).outerHTML).join("\\n");
  return html.replace(/ data-items="[^"]*"/, "").replace(/(class="[^"]*) new"/g, '$1"').replace(/>\\s+</g, "><");
}"""


def lines(html: str) -> list[str]:
    """HTML by element, attributes in order of name: where two pages differ, a line does."""

    def ordered(found: re.Match[str]) -> str:
        attributes = sorted(re.findall(r'[\w-]+="[^"]*"', found[2]))
        return f"\n<{found[1]} {' '.join(attributes)}>"

    return re.sub(r"<(\w+)((?: [\w-]+=\"[^\"]*\")*)>", ordered, html).splitlines()


async def errors_of(page: Page) -> list[str]:
    """What goes wrong on a page, as it goes."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    return errors


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_page_followed_is_the_page_that_the_server_writes(
    chromium: Browser, client: Client, language: str
) -> None:
    """The browser, entry by entry, comes to the same elements as the server writes at once."""
    slug = await client.create(AGENDA)
    followed = await chromium.new_page(viewport={"width": 1280, "height": 4000})
    errors = await errors_of(followed)
    address = f"{client.server.url}/s/{slug}?lang={language}"
    await followed.goto(address)
    await expect(followed.locator(".fresh-state")).to_have_text("À jour" if language == "fr" else "Up to date")
    await play(client, slug)
    await expect(followed.locator(".entry").first).to_contain_text("14 km")

    context = await chromium.new_context(java_script_enabled=False)
    written = await context.new_page()
    await written.goto(address)
    # Without scripts a page still answers to the test's own questions.
    session = await context.new_cdp_session(written)
    answer = await session.send("Runtime.evaluate", {"expression": f"({SHOWN})()", "returnByValue": True})
    assert lines(await followed.evaluate(SHOWN)) == lines(answer["result"]["value"])
    await context.close()

    await client.post(slug, "sitting.closed")
    await expect(followed.locator(".lamp")).to_have_text("Séance terminée" if language == "fr" else "Sitting ended")
    assert errors == []
    await followed.close()


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_page_followed_through_a_debate_is_the_page_that_the_server_writes(
    chromium: Browser, client: Client, language: str
) -> None:
    """Room, votes and agenda as the browser comes to them, entry by entry; what came of a motion, later, apart."""
    slug = await client.create(AGENDA)
    await convene(client, slug)
    followed = await chromium.new_page(viewport={"width": 1280, "height": 5000})
    errors = await errors_of(followed)
    address = f"{client.server.url}/s/{slug}?lang={language}"
    await followed.goto(address)
    await expect(followed.locator(".fresh-state")).to_have_text("À jour" if language == "fr" else "Up to date")
    await deliberate(client, slug)
    await expect(followed.locator(".entry").first).to_contain_text("M. Sorel")
    written = await chromium.new_page()
    await written.route("**/*.js", lambda route: route.abort())
    await written.goto(address)
    # Who reads on is told of an entry what it said; what came of it is beside it when the page is loaded again.
    later = """() => document.querySelectorAll(".event-more").forEach((node) => node.remove())"""
    await written.evaluate(later)
    assert lines(await followed.evaluate(SHOWN)) == lines(await written.evaluate(SHOWN))
    assert errors == []
    for page in (followed, written):
        await page.close()


async def test_page_is_complete_without_a_script(chromium: Browser, client: Client) -> None:
    slug = await client.create(AGENDA)
    await play(client, slug)
    context = await chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = await context.new_page()
    await page.goto(f"{client.server.url}/s/{slug}")
    text = await page.inner_text("body")
    for shown in (
        HOSTILE.splitlines()[0],
        "Le rapport propose 187 M€.",
        "Amendement n° 1",
        "Voie verte",
        "Éducation",
    ):
        assert shown in plain(text) or shown in text
    for kept_in in ("Rien de ceci ne sort.", "Prix de la parcelle", "Une personne est nommée.", "mauvais point"):
        assert kept_in not in await page.content()
    assert "Rechargez la page pour lire la suite." in text
    assert await page.locator(".agenda").is_visible()
    assert not await page.locator(".views").is_visible()
    await context.close()


async def test_page_goes_on_from_where_it_was_served(chromium: Browser, client: Client) -> None:
    slug = await client.create(AGENDA)
    await play(client, slug)
    page = await chromium.new_page()
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    await page.goto(f"{client.server.url}/s/{slug}")
    await expect(page.locator(".fresh-state")).to_have_text("À jour")
    status, body = await client.get(f"/s/{slug}/entries")
    assert status == 200
    last, epoch = body["entries"][-1]["pos"], body["epoch"]
    assert sockets == [f"{client.server.url.replace('http', 'ws')}/s/{slug}/ws?after={last}&epoch={epoch}"]
    before = await page.locator(".entry").count()
    await client.post(slug, "update.posted", "cinq", text="Encore une phrase.")
    await expect(page.locator(".entry").first).to_contain_text("Encore une phrase.")
    assert await page.locator(".entry").count() == before + 1
    await page.close()


async def test_page_comes_back_after_the_server_does(chromium: Browser, tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(AGENDA)
        await client.post(slug, "sitting.opened")
        page = await chromium.new_page()
        await page.goto(f"{server.url}/s/{slug}")
        await expect(page.locator(".fresh-state")).to_have_text("À jour")
        server.kill()
        await expect(page.locator(".fresh-state")).to_contain_text("Reconnexion")
        await server.start()
        await client.post(slug, "update.posted", text="De retour.")
        await expect(page.locator(".entry").first).to_contain_text("De retour.", timeout=20_000)
        await expect(page.locator(".fresh-state")).to_have_text("À jour")
        assert await page.locator(".entry").count() == 2
        await page.close()


@pytest.mark.parametrize("path", ["", "/embed"])
async def test_iframe_page_and_page_ask_for_nothing_elsewhere(chromium: Browser, client: Client, path: str) -> None:
    slug = await client.create(AGENDA)
    await play(client, slug)
    context = await chromium.new_context()
    page = await context.new_page()
    errors = await errors_of(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(f"{client.server.url}/s/{slug}{path}")
    await expect(page.locator(".fresh-state")).to_have_text("À jour")
    assert [url for url in asked if not url.startswith((client.server.url, "data:"))] == []
    assert await context.cookies() == []
    assert errors == []
    await context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("width", "path"), [(320, "{s}"), (390, "{s}"), (1280, "{s}"), (640, "{s}/embed"), (390, "/"), (390, "/s/none")]
)
async def test_pages_have_no_violation_that_axe_knows(
    chromium: Browser, client: Client, scheme: Any, width: int, path: str
) -> None:
    slug = await client.create(AGENDA)
    await play(client, slug)
    context = await chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = await context.new_page()
    await page.goto(client.server.url + path.format(s=f"/s/{slug}"))
    if "{s}" in path:
        await expect(page.locator(".fresh-state")).to_have_text("À jour")
    assert await page.evaluate("document.documentElement.scrollWidth") == width
    found = await Axe().run(page)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
    await context.close()
