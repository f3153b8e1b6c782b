"""What every browser test waits for: as long as a busy machine needs, not as long as a quiet one."""

from playwright import async_api, sync_api

WAIT_MS = 20_000
"""Playwright's own five seconds are too few where two cores are shared by a browser, a server and other tests."""

async_api.expect.set_options(timeout=WAIT_MS)
sync_api.expect.set_options(timeout=WAIT_MS)

OVERLAY_FOLLOWS = "document.documentElement.dir !== ''"
"""True of an overlay once it has its thread: what comes after that is news to it."""
