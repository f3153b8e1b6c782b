"""Readers on Server-Sent Events: for networks that let no WebSocket through."""

import asyncio

from aiohttp import web

from livesession.live import wire
from livesession.live.hub import Hub, Room

KEEPALIVE_SECONDS = 15.0
"""Below the idle limit of the strictest proxies known (55 s on some platforms, 30 s on some firewalls)."""

WRITE_SECONDS = 30.0
"""How long a reader may refuse to read before it is cut; it comes back with Last-Event-ID."""


def cursor_of(header: str | None) -> tuple[str, int] | None:
    """(epoch, pos) out of a ``Last-Event-ID``, or None where it is none of ours."""
    epoch, dot, pos = (header or "").rpartition(".")
    if not dot or not pos.isascii() or not pos.isdigit() or len(pos) > 10:
        return None
    return epoch, int(pos)


async def serve_sse(request: web.Request, hub: Hub, room: Room, after: int, epoch: str | None) -> web.StreamResponse:
    """Serve a reader until it leaves, reads too slowly, or the history changes."""
    response = web.StreamResponse(
        headers={
            "Content-Type": "text/event-stream; charset=utf-8",
            "Cache-Control": "no-store",
            # nginx would hold events back to fill its buffers.
            "X-Accel-Buffering": "no",
        }
    )
    await response.prepare(request)
    pos = after
    if not room.knows(epoch, pos):
        await _write(response, wire.event(wire.reset(room.epoch)))
        pos = 0
    await _write(response, wire.event(room.hello()))
    while hub.is_current(room):
        seen = room.signal.version
        for ready in await hub.replay(room, pos):
            await _write(response, wire.event(ready.message, cursor=f"{room.epoch}.{ready.pos}"))
            pos = ready.pos
        if pos == room.pos and await room.signal.wait(seen, KEEPALIVE_SECONDS) == seen:
            await _write(response, b": \n\n")
    return response


async def _write(response: web.StreamResponse, data: bytes) -> None:
    async with asyncio.timeout(WRITE_SECONDS):
        await response.write(data)
