"""One port: an aiohttp handler hands its live connection over, to websockets' protocol or another.

aiohttp has read the request's head; routing, middleware and the handler have run. From here on the socket is ours:
websockets reads the same head again, validates the handshake itself, and answers (live/connection.py).

aiohttp does not document such a hand-over. What is used below its documented surface, so that whoever raises its
version knows what to look at: ``RequestHandler``'s ``_upgraded`` and ``_message_tail`` are read, ``transport`` is set,
and ``connection_lost``, which a transport calls, is called; ``StreamResponse.prepare`` is overridden.
tests/integration/test_handover.py compares every answer with that of websockets' own server.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any, NoReturn

from aiohttp import web
from aiohttp.web_protocol import RequestHandler
from websockets.frames import CloseCode, Frame

from livesession.live.batch import Write, one_by_one
from livesession.live.connection import Connection, Listener
from livesession.live.frames import DeflateOnce
from livesession.live.opening import Opening
from livesession.live.outlet import Outlet
from livesession.live.rounds import Rounds, write_to

logger = logging.getLogger(__name__)

PING_SECONDS = 20.0
"""Below the shortest idle limit of the platforms known (55 s); finds a half-open line within 40 s."""

PING = b"\x89\x00"
"""An empty ping (RFC 6455 §5.5.2)."""

MESSAGES = 64
"""How many messages of the greatest size a client may send from one ping to the next. A flood is not read on."""

FAREWELL = 250
"""Readers sent away at once, when all are."""


class Gateway(Listener):
    """The WebSocket side of one process; made inside its event loop.

    ``opened`` gets each connection once its handshake is done. When it raises, the error is logged and the
    connection closed with 1011. ``received`` gets the frames that come, for whoever wants them.

    Times are in seconds. ``ping_seconds``: between pings; whoever was not heard of since the last is given up.
    ``close_timeout``: for the other end's part in closing. ``max_size``: bytes of an incoming message, one more is
    answered by 1009. ``deflate``: whether permessage-deflate is accepted; frames must then be made for it.
    ``write``: how pings get to many at once.
    """

    def __init__(
        self,
        opened: Callable[[Connection], None],
        *,
        received: Callable[[Connection, Frame], None] | None = None,
        ping_seconds: float = PING_SECONDS,
        close_timeout: float = 5.0,
        max_size: int = 1 << 20,
        deflate: bool = False,
        write: Write = one_by_one,
    ) -> None:
        self._opened = opened
        self._write = write
        self._received = received
        self._ping_seconds = ping_seconds
        self._close_timeout = close_timeout
        self.patience = MESSAGES * max_size
        self._opening = Opening(max_size, [DeflateOnce()] if deflate else None)
        self._rounds = Rounds[Connection](ping_seconds, self._ping)

    @property
    def connections(self) -> set[Connection]:
        """The connections whose handshake is done and whose closing has not begun."""
        return {held for held in self._rounds if held.is_open}

    async def hand_over(self, request: web.Request, context: Any) -> web.StreamResponse:
        """Give the request's connection to websockets; return the response that ends aiohttp's part of it.

        Nothing may be sent on ``request`` before or after. A request that is no valid handshake is answered by
        websockets: 426 when it asks for no upgrade. While the gateway is closing the answer is 503.

        Raises:
            HTTPServiceUnavailable: If :meth:`close` has been called.

        """
        if self.closing:
            # Said by aiohttp, which outlives the gateway and waits for its own requests.
            raise web.HTTPServiceUnavailable(text="The server is shutting down.\n", headers={"Connection": "close"})
        if request.transport is None or request.transport.is_closing():
            return HandedOver()
        connection = self._connection(context, switched=request.protocol._upgraded)
        # What came behind the head: a client may send its first frame at once. aiohttp holds it for whoever upgrades.
        head, behind = _head_of(request), request.protocol._message_tail
        take_over(request, connection)
        connection.data_received(head)
        if behind:
            connection.data_received(behind)
        return HandedOver()

    def connection(self, context: Any) -> Connection:
        """A connection that waits for its transport, and for the head of its request."""
        return self._connection(context)

    def _connection(self, context: Any, *, switched: bool = True) -> Connection:
        """``switched``: whether aiohttp, where it has read the head before, took it for a handshake too; where not,
        it is refused, for what came behind it may have been lost."""
        connection = Connection(self, self._opening, self._close_timeout, switched=switched)
        connection.context = context
        return connection

    async def close(self, code: int = CloseCode.SERVICE_RESTART, reason: str = "", *, over: float = 0.0) -> None:
        """Refuse new connections with 503, close those there are with ``code``, and wait until they are gone.

        ``over``: seconds to spread this over, so that they do not all come back at once. It takes ``close_timeout``
        more where a client does not answer or does not read.
        """
        self.closing = True
        held = list(self.connections)
        for first in range(0, len(held), FAREWELL):
            if first:
                await asyncio.sleep(over * FAREWELL / len(held))
            for connection in held[first : first + FAREWELL]:
                connection.close(code, reason)
        await self._rounds.empty()

    # Told by connections

    def came(self, connection: Connection) -> None:
        self._rounds.add(connection)
        connection.watch(2 * self._ping_seconds)

    def opened(self, connection: Connection) -> None:
        try:
            self._opened(connection)
        except Exception:
            logger.exception("a connection failed")
            connection.close(CloseCode.INTERNAL_ERROR)

    def received(self, connection: Connection, frame: Frame) -> None:
        if self._received is not None:
            self._received(connection, frame)

    def left(self, connection: Connection) -> None:
        self._rounds.discard(connection)

    def _ping(self, connections: Sequence[Connection]) -> None:
        """Ask other ends whether they are there, and give those up who have not been heard of since they were."""
        asked: list[Connection] = []
        for connection in connections:
            connection.patience = self.patience
            if not connection.is_open or connection.waiting:
                # While something waits, the system watches whether it is taken: see Outlet.watch.
                continue
            if connection.heard:
                connection.heard = False
                asked.append(connection)
            else:
                connection.fail(CloseCode.INTERNAL_ERROR, "keepalive ping timeout")
        write_to(asked, PING, self._write)


def take_over(request: web.Request, protocol: Outlet) -> None:
    """Give the connection of a request to another protocol; the request's handler must return :class:`HandedOver`."""
    transport, handler = request.transport, request.protocol
    assert transport is not None, "asked before"
    paused = handler.writing_paused
    _detach(handler)
    transport.set_protocol(protocol)
    protocol.connection_made(transport)
    if paused:
        # An earlier answer on this connection is still being sent; the transport will say when to resume.
        protocol.pause_writing()
    # aiohttp pauses reading when much comes behind the head.
    transport.resume_reading()


class HandedOver(web.StreamResponse):
    """aiohttp's end: sending it fails as on a lost connection, which makes aiohttp drop everything it held."""

    def __init__(self, status: HTTPStatus = HTTPStatus.SWITCHING_PROTOCOLS) -> None:
        # For the access log only, and what is true of all but the refused.
        super().__init__(status=status)

    async def prepare(self, request: web.BaseRequest) -> NoReturn:
        raise ConnectionResetError("handed over")


def _head_of(request: web.Request) -> bytes:
    """The request's head as it was received, up to white space around header values."""
    version = f"HTTP/{request.version.major}.{request.version.minor}"
    # aiohttp decodes the target this way; websockets refuses what is not ASCII.
    line = f"{request.method} {request.raw_path} {version}".encode("utf-8", "surrogateescape")
    return b"\r\n".join([line, *(name + b": " + value for name, value in request.raw_headers), b"", b""])


def _detach(handler: RequestHandler) -> None:
    """Make aiohttp free its parser, timers and buffers, as when a connection is lost, and leave the transport open."""
    handler.transport = None
    # With ``handler_cancellation`` this cancels the request's task, which takes effect at its next await. Between
    # here and the end of the request there is none but in middleware, where it is as if the client had left.
    handler.connection_lost(None)
