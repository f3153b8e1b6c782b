"""Readers on Server-Sent Events: for networks that let no WebSocket through."""

import asyncio

from aiohttp import web

from livesession import measures
from livesession.errors import UnavailableError
from livesession.live import wire
from livesession.live.hub import Hub, Joining, Room
from livesession.live.seats import Seats

KEEPALIVE_SECONDS = 15.0
"""Below the idle limit of the strictest proxies known (55 s on some platforms, 30 s on some firewalls)."""

WRITE_SECONDS = 30.0
"""How long a reader may refuse to read before it is cut; it comes back with Last-Event-ID."""

LEAVE_SECONDS = 1.0
"""How long the end of this process waits for a reader to take what it is being sent."""

_HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    # nginx would hold events back to fill its buffers.
    "X-Accel-Buffering": "no",
}


def cursor_of(header: str | None) -> tuple[str, int] | None:
    """(epoch, pos) out of a ``Last-Event-ID``, or None where it is none of ours."""
    epoch, dot, pos = (header or "").rpartition(".")
    if not dot or not pos.isascii() or not pos.isdigit() or len(pos) > 10:
        return None
    return epoch, int(pos)


class EventStreams:
    """Every SSE reader of this process."""

    def __init__(self, hub: Hub, seats: Seats) -> None:
        self._hub = hub
        self._seats = seats
        self._open: dict[asyncio.Future[None], asyncio.Transport] = {}

    async def serve(self, request: web.Request, joining: Joining) -> web.StreamResponse:
        """Serve a reader until it leaves, reads too slowly, or the history changes.

        Raises NotFoundError, UnavailableError or NoSeatError before anything is sent.
        """
        room = await self._hub.joined(joining)
        transport, left = request.transport, asyncio.get_running_loop().create_future()
        if transport is None:
            raise ConnectionResetError
        self._seats.take(joining.address, "sse")
        self._open[left] = transport
        try:
            return await self._send(request, transport, room, joining)
        finally:
            self._seats.leave(joining.address, "sse")
            del self._open[left]
            left.set_result(None)

    async def _send(
        self, request: web.Request, transport: asyncio.Transport, room: Room, joining: Joining
    ) -> web.StreamResponse:
        response = web.StreamResponse(headers=_HEADERS)
        try:
            await response.prepare(request)
            await _follow(response, self._hub, room, joining.after, joining.epoch)
        except (ConnectionResetError, UnavailableError):
            # It left, as readers do; or the log is away, and it comes back with its cursor.
            pass
        except TimeoutError:
            measures.CUTS.labels("too slow").inc()
            transport.abort()
        return response

    async def close(self) -> None:
        """Wait a moment for readers to be told the end, then cut those that do not read."""
        if self._open:
            await asyncio.wait(self._open, timeout=LEAVE_SECONDS)
        for transport in self._open.values():
            transport.abort()


async def _follow(response: web.StreamResponse, hub: Hub, room: Room, after: int, epoch: str | None) -> None:
    pos = after
    if not room.knows(epoch, pos):
        await _write(response, wire.event(wire.reset(room.epoch)))
        pos = 0
    await _write(response, wire.event(room.greeting.message))
    while hub.is_current(room):
        seen = room.signal.version
        for ready in await hub.replay(room, pos):
            await _write(response, wire.event(ready.message, cursor=f"{room.epoch}.{ready.pos}"))
            pos = ready.pos
        if pos == room.pos and await room.signal.wait(seen, KEEPALIVE_SECONDS) == seen:
            await _write(response, b": \n\n")


async def _write(response: web.StreamResponse, data: bytes) -> None:
    async with asyncio.timeout(WRITE_SECONDS):
        await response.write(data)
