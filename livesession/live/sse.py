"""Readers on Server-Sent Events: for networks that let no WebSocket through.

aiohttp sends the head of the answer. Then the connection is handed over, as a WebSocket's is, so that a reader costs no
task either, and the fan-out writes to it as to any other.
"""

import asyncio
from collections.abc import Sequence
from http import HTTPStatus

from aiohttp import web

from livesession.live import wire
from livesession.live.frames import Form, chunk
from livesession.live.handover import HandedOver, take_over
from livesession.live.hub import Hub, Joining
from livesession.live.outlet import Outlet
from livesession.live.reader import Arrivals, Reader
from livesession.live.rounds import Rounds, write_to
from livesession.live.seats import Seats

KEEPALIVE_SECONDS = 15.0
"""Below the idle limit of the strictest proxies known (55 s on some platforms, 30 s on some firewalls)."""

WRITE_SECONDS = 30.0
"""How long a reader may take nothing before it is cut; it comes back with Last-Event-ID."""

CLOSE_SECONDS = 1.0
"""How long a reader has to take what it was being sent when it is sent away."""

PATIENCE = 1 << 14
"""Bytes that a reader, who has nothing to say, may send."""

_HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    # nginx would hold events back to fill its buffers.
    "X-Accel-Buffering": "no",
}
_COMMENT = b": \n\n"
"""What readers skip (HTML Living Standard §9.2.6)."""

_IDLE: dict[Form, bytes] = {"event": _COMMENT, "chunk": chunk(_COMMENT)}
_LAST: dict[Form, bytes] = {"event": b"", "chunk": chunk(b"")}


def cursor_of(header: str | None) -> tuple[str, int] | None:
    """(epoch, pos) out of a ``Last-Event-ID``, or None where it is none of ours."""
    epoch, dot, pos = (header or "").rpartition(".")
    if not dot or not pos.isascii() or not pos.isdigit() or len(pos) > 10:
        return None
    return epoch, int(pos)


class EventStreams:
    """Every SSE reader of this process; made inside its event loop."""

    def __init__(self, hub: Hub, seats: Seats) -> None:
        self._hub = hub
        self._seats = seats
        self._rounds = Rounds["_Stream"](KEEPALIVE_SECONDS, self._keep_alive)
        self._arrivals = Arrivals(hub)
        self._closing = False

    async def serve(self, request: web.Request, joining: Joining) -> web.StreamResponse:
        """Begin to answer a request, and take its connection over to serve it as a reader.

        Raises NotFoundError, UnavailableError or NoSeatError before anything is sent.
        """
        await self._hub.joined(joining)
        self._seats.take(joining.address, "sse")
        taken = False
        response = web.StreamResponse(headers=_HEADERS)
        # Nothing else can be asked on this connection.
        response.force_close()
        try:
            writer = await response.prepare(request)
            assert writer is not None, "asked nothing that has no answer"
            # Else they would wait for a body that aiohttp is not to see.
            writer.send_headers()
            taken = request.transport is not None and not request.transport.is_closing()
        except ConnectionResetError:
            # It left, as readers do.
            pass
        finally:
            if not taken:
                self._seats.leave(joining.address, "sse")
        if not taken:
            return response
        stream = _Stream(self, "chunk" if response.headers.get("Transfer-Encoding") == "chunked" else "event")
        reader = Reader(stream, self._seats, joining.address, "sse")
        take_over(request, stream)
        if self._closing:
            stream.close(wire.CLOSE_RESTARTING)
        else:
            self._arrivals.join(reader, joining)
        return HandedOver(HTTPStatus.OK)

    async def close(self) -> None:
        """Send everybody away, to come back to whoever serves next, and wait until they are gone."""
        self._closing = True
        for stream in self._rounds:
            stream.close(wire.CLOSE_RESTARTING)
        await self._rounds.empty()
        await self._arrivals.end()

    # Told by streams

    def came(self, stream: "_Stream") -> None:
        self._rounds.add(stream)
        stream.watch(WRITE_SECONDS)

    def left(self, stream: "_Stream") -> None:
        self._rounds.discard(stream)

    def _keep_alive(self, streams: Sequence["_Stream"]) -> None:
        for form, data in _IDLE.items():
            idle = [stream for stream in streams if stream.form == form and stream.is_open and not stream.waiting]
            write_to(idle, data, self._hub.write)


class _Stream(Outlet):
    """The connection of one reader, whose answer has begun."""

    __slots__ = ("_form", "_open", "_patience", "_streams")

    def __init__(self, streams: EventStreams, form: Form) -> None:
        super().__init__(CLOSE_SECONDS)
        self._streams = streams
        self._form = form
        self._open = True
        self._patience = PATIENCE

    @property
    def is_open(self) -> bool:
        return self._open

    @property
    def form(self) -> Form:
        return self._form

    def close(self, code: int, reason: str = "") -> None:
        if not self._open:
            return
        # EventSource comes back by itself, whatever the reason.
        self._write(_LAST[self._form])
        self._open = False
        self._tell_unsent()
        self.transport.close()
        self._cut_later()

    # Called by the transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._streams.came(self)

    def data_received(self, data: bytes) -> None:
        self._patience -= len(data)
        if self._patience < 0:
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._open = False
        super().connection_lost(exc)
        self._streams.left(self)
