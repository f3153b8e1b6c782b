"""A browser at a console of the real server, with an agenda, accounts, and a network that can refuse."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from playwright.async_api import Browser, BrowserContext, Error, Page, Playwright, async_playwright

from livesession.accounts.accounts import Accounts
from livesession.store.engine import Store
from tests.integration.running import Client, Server, free_port, serving

CHROMIUM = shutil.which("chromium")
"""The system's browser where there is one; None for Playwright's own."""
PASSWORD = "correct horse battery"
FIREFOX = shutil.which("firefox-esr")
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 640}

AGENDA: dict[str, Any] = {
    "title": "Séance plénière",
    "assembly": "Conseil départemental du Val-Clair",
    "starts": "2026-11-20T09:00:00+01:00",
    "items": [
        {"id": "un", "number": "1", "title": "Ouverture, appel"},
        {"id": "deux", "number": "2", "title": "Collèges : programme de rénovation", "rapporteur": "Mme Lussandre"},
        {"id": "trois", "number": "3", "title": "Voie verte"},
        {"id": "quatre", "number": "4", "title": "Prix de la parcelle", "public": False},
    ],
}


@asynccontextmanager
async def browser(name: str = "chromium") -> AsyncIterator[Browser]:
    """Chromium (the system's where there is one, else Playwright's own) or Debian's Firefox."""
    async with async_playwright() as playwright:
        held = await _launch(playwright, name)
        try:
            yield held
        finally:
            await held.close()


async def _launch(playwright: Playwright, name: str) -> Browser:
    if name == "firefox":
        try:
            return await playwright.firefox.launch(channel="moz-firefox", executable_path=FIREFOX)
        except Error as error:
            # WebDriver BiDi grows from one Firefox to the next: one without the security updates lacks commands.
            if "unknown command" in error.message:
                pytest.skip("this Firefox is older than Playwright can drive")
            raise
    return await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


class Installation:
    """A running server with one sitting and two clerks, and what a test does to it from outside."""

    def __init__(self, server: Server, program: Client, slug: str) -> None:
        self.server = server
        self.program = program
        self.slug = slug

    @property
    def console(self) -> str:
        return f"{self.server.url}/console/s/{self.slug}"

    async def post(self, kind: str, item: str | None = None, **data: Any) -> dict[str, Any]:
        """An entry by somebody else."""
        status, body = await self.program.post(self.slug, kind, item, **data)
        assert status == 201, body
        return body

    async def record(self) -> list[dict[str, Any]]:
        """The whole log, as exported."""
        status, body = await self.program.get(f"/api/v1/sittings/{self.slug}/record")
        assert status == 200, body
        entries: list[dict[str, Any]] = body["entries"]
        return entries

    async def texts(self) -> list[str]:
        """Every text posted, in order."""
        return [entry["data"]["text"] for entry in await self.record() if entry["kind"] == "update.posted"]


async def prepare(folder: Path) -> str:
    """A database with two clerks, an archivist and a program; returns the program's token."""
    store = Store(f"sqlite+aiosqlite:///{folder}/thread.db")
    try:
        await store.upgrade()
        accounts = Accounts(store, Server(folder).environment["SECRET_KEY"].encode())
        for name, role in (("Alice", "clerk"), ("Jean", "clerk"), ("Odile", "archivist")):
            await accounts.add(name, role, PASSWORD)
        return await accounts.create_token("clerk")
    finally:
        await store.close()


@asynccontextmanager
async def installation(folder: Path, *, opened: bool = True) -> AsyncIterator[Installation]:
    """A server, two clerks, an archivist and a sitting, open on its first item if ``opened``."""
    token = await prepare(folder)
    async with serving(folder) as server:
        async with aiohttp.ClientSession() as session:
            program = Client(server, token, session)
            held = Installation(server, program, await program.create(AGENDA))
            if opened:
                await held.post("sitting.opened")
                await held.post("item.opened", "un")
            yield held


@asynccontextmanager
async def at_console(
    browser: Browser, held: Installation, name: str = "Alice", *, ready: bool = True, hold: int = 0, **options: Any
) -> AsyncIterator[Page]:
    """A page logged in at the console of the sitting. Fails the test on any error the page reports.

    ``hold`` is for how many seconds the clerk has posts held before they leave.
    """
    options.setdefault("viewport", DESKTOP)
    context: BrowserContext = await browser.new_context(locale="fr-FR", **options)
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
    try:
        await page.goto(held.console)
        await log_in(page, name)
        await page.wait_for_selector("#console-data", state="attached")
        await page.evaluate(
            """(seconds) => {
                const { account } = JSON.parse(document.getElementById("console-data").textContent);
                if (account) localStorage.setItem(`livesession:clerk:${account.id}:hold`, String(seconds));
            }""",
            hold,
        )
        if ready:
            await page.wait_for_selector("body.ready")
        yield page
    finally:
        await context.close()
    assert errors == [], errors


async def log_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Fill the login page in."""
    await page.fill("#name", name)
    await page.fill("#password", password)
    await page.click("main button[type=submit]")


async def publish(page: Page, text: str) -> None:
    """Type a text and publish it by keyboard."""
    await page.fill("#composer-text", text)
    await page.press("#composer-text", "Control+Enter")


async def rows(page: Page) -> list[str]:
    """The texts of the updates in the thread, as shown, without what waits."""
    return await page.locator("#thread .update .entry-text").all_text_contents()


async def lamp(page: Page) -> str:
    """The lamp's word."""
    return (await page.locator("#lamp-word").text_content()) or ""


async def until(page: Page, expression: str, seconds: float = 20) -> None:
    """Wait for an expression to be true. Playwright's own way evaluates text, which the page's policy forbids."""
    for _ in range(int(seconds * 20)):
        if await page.evaluate(expression):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"never true: {expression}")


def plain(text: str | None) -> str:
    """A text with its spaces made ordinary, for comparison."""
    return re.sub(r"\s+", " ", text or "").strip()


@asynccontextmanager
async def refusing_mastodon(held: Installation) -> AsyncIterator[list[str]]:
    """A connected Mastodon that refuses texts with « refus » in them. Gives the list of what it took."""
    took: list[str] = []
    port = free_port()

    async def statuses(request: web.Request) -> web.Response:
        form = await request.post()
        text = str(form["status"])
        if "refus" in text and not getattr(held, "lenient", False):
            return web.json_response({"error": "Validation failed: <b>Text</b> is not wanted here"}, status=422)
        took.append(text)
        number = len(took)
        return web.json_response({"id": str(number), "url": f"http://127.0.0.1:{port}/@conseil/{number}"})

    async def anything(_: web.Request) -> web.Response:
        return web.json_response({"error": "not found"}, status=404)

    app = web.Application()
    app.router.add_post("/api/v1/statuses", statuses)
    app.router.add_route("*", "/{any:.*}", anything)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        held.server.command(
            "channel",
            "connect",
            "mastodon",
            "--name",
            "Mastodon",
            stdin=f"base_url=http://127.0.0.1:{port}\naccess_token=secret-token\n",
        )
        yield took
    finally:
        await runner.cleanup()
