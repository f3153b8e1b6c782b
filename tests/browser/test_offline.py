"""A console whose login changed hands: what one clerk wrote is never sent in another's name."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.consoles import at_console, browser, installation, log_in, publish

pytestmark = pytest.mark.browser


async def test_waiting_post_is_not_sent_by_whoever_logged_in_afterwards(tmp_path: Path) -> None:
    async with browser() as chromium, installation(tmp_path) as held, at_console(chromium, held) as page:
        await page.context.clear_cookies()
        await publish(page, "Écrit par Alice")
        await expect(page.locator("#banner-login")).to_be_visible()
        other = await page.context.new_page()
        await other.goto(held.console)
        await log_in(other, "Jean")
        await other.wait_for_selector("body.ready")
        await page.evaluate("window.dispatchEvent(new Event('online'))")
        await asyncio.sleep(3)
        assert await held.texts() == []

        await page.context.clear_cookies()
        await other.goto(held.console)
        await log_in(other, "Alice")
        await page.evaluate("window.dispatchEvent(new Event('online'))")
        await expect(page.locator("#thread .update")).to_have_count(1)
        assert await held.texts() == ["Écrit par Alice"]
