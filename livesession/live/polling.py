"""Readers that poll: pages of entries that caches may carry."""

from aiohttp import web

from livesession.domain.ids import SittingId
from livesession.live import wire
from livesession.live.said import told_form
from livesession.thread.log import Log, SittingRow

MAX_LIMIT = 1000

FULL_PAGE_SECONDS = 600
"""How long a cache may keep a full page. Longer would keep a text that the law had erased."""


async def poll(
    request: web.Request, log: Log, sitting: SittingRow, after: int, limit: int, epoch: str | None, rev: int | None
) -> web.Response:
    """A page of public entries after a cursor. Only full pages under the right epoch and rev are kept by caches."""
    tag = f"{sitting.epoch}-{sitting.rev}-{after}-{limit}-{min(sitting.pos, after + limit)}"
    full = sitting.pos >= after + limit
    headers = {
        "ETag": f'"{tag}"',
        "Cache-Control": (
            f"public, max-age={FULL_PAGE_SECONDS}"
            if full and epoch == sitting.epoch and rev == sitting.rev
            else "public, no-cache"
        ),
    }
    # Proxies that compress weaken the tag: compared as RFC 9110 §13.1.2 has it, a weak one is as good.
    if any(held.value in (tag, "*") for held in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    entries = await log.read_public(SittingId(sitting.id), after, limit)
    listed = [(entry.pos, told_form(entry.as_public_json())) for entry in entries if entry.pos is not None]
    body = wire.page(sitting.epoch, sitting.rev, listed, more=len(listed) == limit)
    return web.Response(text=body, content_type="application/json", headers=headers)
