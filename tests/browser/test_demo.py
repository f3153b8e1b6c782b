"""The demonstration as a newcomer sees it: both pages in a browser, from opening to closing, then Ctrl-C."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.consoles import CHROMIUM
from tests.integration.running import free_port

pytestmark = pytest.mark.browser
SPEED = 12


class Demo:
    """A running demonstration and the addresses it printed."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.output = folder / "output.txt"
        environment = {**os.environ, "LANG": "fr_FR.UTF-8", "LC_ALL": ""}
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "livesession", "demo", "--port", str(self.port), "--speed", str(SPEED)],
                cwd=folder,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
            )
        for _ in range(600):
            assert self.process.poll() is None, self.printed
            if "Ctrl-C" in self.printed:
                break
            time.sleep(0.1)
        self.addresses = re.findall(r"http://\S+", self.printed)

    @property
    def printed(self) -> str:
        return self.output.read_text("utf-8")

    def end(self) -> tuple[int, float]:
        """Ctrl-C; the exit code and the seconds it took."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=20), time.monotonic() - begun


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    running = Demo(tmp_path)
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.wait()


@pytest.fixture
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        held = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield held
        held.close()


def visible_text(page: Page) -> str:
    return str(page.evaluate("() => document.querySelector('live-session').shadowRoot.textContent"))


def test_sitting_plays_on_both_pages_to_its_end(demo: Demo, browser: Browser, tmp_path: Path) -> None:
    page, town_hall = browser.new_page(locale="fr-FR"), browser.new_page(locale="fr-FR")
    troubles: list[str] = []
    for watched in (page, town_hall):
        watched.on("pageerror", lambda error: troubles.append(str(error)))
        watched.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    public = next(address for address in demo.addresses if "/s/" in address and "minutes" not in address)
    page.goto(public)
    town_hall.goto(next(address for address in demo.addresses if "town-hall" in address))
    for address in demo.addresses:
        answer = page.request.get(address)
        assert answer.status == 200, address

    expect(page.get_by_text("La séance est levée", exact=False).first).to_be_visible(timeout=60_000)
    town_hall.wait_for_function(
        "() => document.querySelector('live-session').shadowRoot.textContent.includes('levée')", timeout=20_000
    )
    for text in (page.inner_text("body"), visible_text(town_hall)):
        assert "186 M€" in text
        assert "41" in text
        assert "prix négocié" not in text
    posts = {}
    for network in ("x", "mastodon"):
        address = next(address for address in demo.addresses if f"/demo/{network}/" in address)
        for _ in range(50):
            posts[network] = page.request.get(address).text()
            if "La séance est levée" in posts[network]:
                break
            time.sleep(0.2)
        assert "La séance est levée" in posts[network]
        assert "prix négocié" not in posts[network]
    assert troubles == []
    code, seconds = demo.end()
    assert (code, seconds < 20) == (0, True)
    again = Demo(tmp_path)
    assert again.end()[0] == 0
