"""What stands around a sitting's page, in Chromium: notices, forms, « Me prévenir », and what its worker shows."""

import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.async_api import Browser, Page, expect

from tests.browser.consoles import browser
from tests.integration.running import AGENDA, Client, Server, client_of, serving
from tests.integration.test_notices import log_in

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


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


async def begun(client: Client) -> tuple[str, str]:
    """A sitting with an entry: its slug, and the entry's id."""
    slug = await client.create(AGENDA)
    await client.post(slug, "sitting.opened")
    await client.post(slug, "item.opened", "un")
    _, entry = await client.post(slug, "update.posted", text="Le budget est de 12 millions.")
    return slug, str(entry["id"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
async def test_pages_around_a_sitting_have_no_violation_that_axe_knows(
    chromium: Browser, client: Client, width: int, scheme: Any
) -> None:
    slug, entry = await begun(client)
    context = await chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = await context.new_page()
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type in ("error", "warning") else None)
    found: dict[str, Any] = {}
    for path in (
        "/",
        "/legal",
        "/privacy",
        "/accessibility",
        f"/s/{slug}",
        f"/s/{slug}#e-{entry}",
        f"/s/{slug}/follow",
        f"/s/{slug}/report",
        f"/s/{slug}/report?entry={entry}",
        f"/s/{slug}/report?sent=1",
        f"/s/{slug}/embed",
    ):
        await page.goto(client.server.url + path)
        result = await Axe().run(page)
        found[path] = [(one["id"], [node["html"] for node in one["nodes"]]) for one in result.response["violations"]]
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert {path: each for path, each in found.items() if each} == {}
    assert errors == []
    await context.close()


async def test_an_entry_that_was_gone_to_says_how_to_report_an_error(chromium: Browser, client: Client) -> None:
    slug, entry = await begun(client)
    context = await chromium.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{client.server.url}/s/{slug}")
    one = page.locator(f"#e-{entry}")
    await expect(one.get_by_role("link", name="Signaler une erreur")).to_have_count(0)
    await one.locator(".at").click()
    await one.get_by_role("link", name="Signaler une erreur").click()
    await expect(page.locator("blockquote")).to_have_text("Le budget est de 12 millions.")
    await page.get_by_label("Ce qui est inexact").fill("C’est 13 millions.")
    await page.get_by_role("button", name="Envoyer au secrétariat").click()
    await expect(page.get_by_role("status")).to_contain_text("est arrivé au secrétariat")
    await context.close()


REACHABLE = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
  return all.filter((node) => node.checkVisibility() && !node.disabled && node.tabIndex >= 0).length;
}"""
FOCUSED = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  window.met ??= new Map();
  if (!window.met.has(node)) window.met.set(node, window.met.size);
  const { outlineStyle, outlineWidth } = getComputedStyle(node);
  return [window.met.get(node), outlineStyle !== "none" && parseFloat(outlineWidth) >= 2];
}"""


@pytest.mark.parametrize("path", ["", "/follow", "/report"])
async def test_everything_is_reached_by_keyboard_and_shows_that_it_is(
    chromium: Browser, client: Client, path: str
) -> None:
    slug, _ = await begun(client)
    page = await chromium.new_page()
    await page.goto(f"{client.server.url}/s/{slug}{path}")
    await page.wait_for_timeout(500)
    wanted = await page.evaluate(REACHABLE)
    met: dict[int, bool] = {}
    for _ in range(wanted + 5):
        await page.keyboard.press("Tab")
        found = await page.evaluate(FOCUSED)
        if found is not None:
            met[found[0]] = found[1]
    assert len(met) >= wanted
    assert [number for number, is_shown in met.items() if not is_shown] == []
    await page.close()


async def test_the_list_of_reports_has_no_violation_that_axe_knows(
    chromium: Browser, client: Client, server: Server
) -> None:
    slug, entry = await begun(client)
    form = {"text": "C’est 13 millions.", "contact": "m@example.fr", "entry": entry}
    async with client.session.post(f"{server.url}/s/{slug}/report", data=form) as answer:
        assert answer.status == 200
    cookies = await log_in(server, client.session)
    for scheme in ("light", "dark"):
        context = await chromium.new_context(
            viewport={"width": 320, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]  # one of the two that there are
            extra_http_headers={"Cookie": cookies["Cookie"]},
        )
        page = await context.new_page()
        await page.goto(f"{server.url}/console/reports")
        await expect(page.get_by_text("C’est 13 millions.").first).to_be_visible()
        result = await Axe().run(page)
        assert [one["id"] for one in result.response["violations"]] == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= 320
        await context.close()


async def _worker_of(page: Page) -> tuple[Any, str]:
    """The page's service worker, as the developer tools know it."""
    session = await page.context.new_cdp_session(page)
    registrations: list[dict[str, Any]] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated", lambda told: registrations.extend(told.get("registrations", []))
    )
    await session.send("ServiceWorker.enable")
    for _ in range(100):
        if registrations:
            return session, str(registrations[-1]["registrationId"])
        await page.wait_for_timeout(50)
    raise AssertionError("no service worker was registered")


async def test_what_the_server_sends_is_shown_and_leads_to_its_place(chromium: Browser, client: Client) -> None:
    slug, entry = await begun(client)
    origin = f"http://localhost:{client.server.port}"
    context = await chromium.new_context(permissions=["notifications"])
    page = await context.new_page()
    await page.goto(f"{origin}/s/{slug}/follow")
    await expect(page.get_by_role("button", name="Me prévenir")).to_be_visible()
    await page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    session, registration = await _worker_of(page)
    told = {
        "title": "Adopté : 1 Ouverture",
        "body": "5 pour, 2 contre, 1 abstention",
        "path": f"/s/{slug}#e-{entry}",
        "tag": entry,
        "stop": f"/s/{slug}/push/stop",
        "id": "x",
        "language": "fr",
    }
    for title in ("first", told["title"]):
        # The later takes the earlier's place: they are of one entry.
        message = {"origin": origin, "registrationId": registration, "data": json.dumps({**told, "title": title})}
        await session.send("ServiceWorker.deliverPushMessage", message)
    shown: list[Any] = []
    for _ in range(100):
        shown = await page.evaluate(
            """navigator.serviceWorker.ready.then((worker) => worker.getNotifications()).then((all) =>
               all.map(({ title, body, tag, lang }) => ({ title, body, tag, lang })))"""
        )
        if shown and shown[-1]["title"] == told["title"]:
            break
        await page.wait_for_timeout(50)
    assert shown == [{"title": told["title"], "body": told["body"], "tag": entry, "lang": "fr"}]
    await context.close()


# No push service can be reached from here: the browser's part of a subscription is played, ours is not.
PLAYED = """(() => {
  let subscription = null;
  const made = (options) => {
    if (options.applicationServerKey.length !== 65) throw new TypeError("no key");
    const endpoint = "https://fcm.googleapis.com/fcm/send/test";
    const keys = { p256dh: POINT, auth: "AAAAAAAAAAAAAAAAAAAAAA" };
    return { endpoint, toJSON: () => ({ endpoint, expirationTime: null, keys }) };
  };
  PushManager.prototype.subscribe = async (options) => (subscription = made(options));
  PushManager.prototype.getSubscription = async () => subscription;
})()"""


def point() -> str:
    """A public key as a browser gives it."""
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    octets = key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


async def test_whoever_asks_to_be_told_may_change_and_stop_it(chromium: Browser, client: Client) -> None:
    slug, _ = await begun(client)
    context = await chromium.new_context(permissions=["notifications"])
    page = await context.new_page()
    await page.add_init_script(PLAYED.replace("POINT", json.dumps(point())))
    await page.goto(f"http://localhost:{client.server.port}/s/{slug}/follow")
    told = page.locator('[data-part="told"]')
    await page.get_by_label("À chaque vote").check()
    await page.get_by_role("button", name="Me prévenir", exact=True).click()
    await expect(told).to_have_text("C’est noté\u00a0: une notification vous préviendra.")
    asked = {"endpoint": "https://fcm.googleapis.com/fcm/send/test"}
    look = f"{client.server.url}/s/{slug}/push/look"
    async with client.session.post(look, json=asked) as answer:
        assert await answer.json() == {"sitting": True, "votes": True, "items": [], "word": ""}
    await page.get_by_label("2 Collèges").check()
    await page.get_by_label("Quand une publication contient ce mot").fill("cantine")
    await page.get_by_label("Quand la séance s’ouvre").uncheck()
    await page.get_by_role("button", name="Enregistrer ces choix").click()
    await expect(told).to_have_text("C’est noté\u00a0: une notification vous préviendra.")
    async with client.session.post(look, json=asked) as answer:
        assert await answer.json() == {"sitting": False, "votes": True, "items": ["deux"], "word": "cantine"}
    await page.get_by_role("button", name="Ne plus me prévenir").click()
    await expect(told).to_have_text("C’est noté\u00a0: plus rien ne vous sera envoyé pour cette séance.")
    await expect(page.get_by_role("button", name="Ne plus me prévenir")).to_have_count(0)
    async with client.session.post(look, json=asked) as answer:
        assert answer.status == 404
    await context.close()


async def test_following_without_a_script_gives_addresses(chromium: Browser, client: Client) -> None:
    slug, _ = await begun(client)
    context = await chromium.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{client.server.url}/s/{slug}/follow")
    await expect(page.get_by_text("Ce navigateur ne reçoit pas de notifications")).to_be_visible()
    await expect(page.get_by_role("button", name="Me prévenir")).to_have_count(0)
    await page.get_by_label("Un point").select_option(label="2 Collèges")
    await page.get_by_label("Les votes seulement").check()
    await page.get_by_role("button", name="Donner les adresses").click()
    address = f"http://localhost:{client.server.port}/s/{slug}/feed.atom?item=deux&votes=1&lang=fr"
    await expect(page.get_by_role("link", name=address)).to_have_attribute("href", address)
    await context.close()
