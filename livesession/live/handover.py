"""One port: an aiohttp handler hands its live connection over to websockets.

aiohttp has read the request's head; routing, middleware and the handler have run. From here on the socket is
websockets': it reads the same head again, validates the handshake itself, and answers.

Neither library documents such a hand-over. What is used below their documented surface, so that whoever raises a
version knows what to look at (pyproject.toml pins websockets' major version; tests/integration/test_handover.py
compares every answer with that of websockets' own server):

- aiohttp ``RequestHandler``: ``_upgraded`` and ``_message_tail`` are read, ``transport`` is set, and
  ``connection_lost``, which a transport calls, is called. ``StreamResponse.prepare`` is overridden.
- websockets ``Server``: its constructor is called, ``is_serving`` overridden, ``handler_tasks`` and
  ``all_connections`` are kept as its own ``serve`` keeps them.
- websockets ``ServerConnection``: built with a protocol and a server; ``handshake`` and ``start_keepalive`` are
  called as by its own ``serve``, ``connection_made``, ``data_received`` and ``pause_writing`` as by a transport;
  ``transport``, ``paused``, ``send_in_progress`` and the timeouts are read. ``send_data`` and ``connection_lost`` are
  extended, so that whole frames may be written to its socket while nothing else waits there (live/fanout.py).
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Coroutine
from http import HTTPStatus
from typing import Any, NoReturn

from aiohttp import web
from aiohttp.web_protocol import RequestHandler
from websockets.asyncio.server import Server, ServerConnection
from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode
from websockets.http11 import Request, Response
from websockets.protocol import State
from websockets.server import ServerProtocol
from websockets.typing import LoggerLike

PING_SECONDS = 20.0
"""Below the shortest idle limit of the platforms known (55 s); finds a half-open line within 40 s."""


class Gateway:
    """The WebSocket side of one process; made inside its event loop.

    ``handler`` gets each connection once its handshake is done. When it returns, the connection is closed with 1000;
    when it raises, the error is logged and the code is 1011; ``ConnectionClosed`` may be let through.

    Times are in seconds. ``open_timeout``: for websockets' answer to leave; the head before it is under aiohttp's
    own limits. ``close_timeout``: for the other end's part in closing, and for handlers to end after that.
    ``max_size``: bytes of an incoming message, one more is answered by 1009. ``max_queue``: incoming frames held
    before reading pauses. ``write_limit``: bytes written but not yet sent, past which ``send`` waits. ``logger``:
    ``None`` is websockets' own, ``websockets.server``.
    """

    def __init__(
        self,
        handler: Callable[[ServerConnection], Awaitable[None]],
        *,
        ping_interval: float | None = PING_SECONDS,
        ping_timeout: float | None = PING_SECONDS,
        open_timeout: float = 10.0,
        close_timeout: float = 5.0,
        max_size: int = 1 << 20,
        max_queue: int = 4,
        write_limit: int = 1 << 15,
        logger: LoggerLike | None = None,
    ) -> None:
        self._handler = handler
        self._open_timeout = open_timeout
        self._close_timeout = close_timeout
        self._max_size = max_size
        self._options: dict[str, Any] = {
            "ping_interval": ping_interval,
            "ping_timeout": ping_timeout,
            "close_timeout": close_timeout,
            "max_queue": max_queue,
            "write_limit": write_limit,
        }
        self._server = _Server(self._serve, logger)

    @property
    def connections(self) -> set[ServerConnection]:
        """The connections whose handshake is done and whose closing has not begun."""
        return self._server.connections

    def context(self, connection: ServerConnection) -> Any:
        """What was given to :meth:`hand_over` with this connection."""
        assert isinstance(connection, Connection), "only connections of a gateway have a context"
        return connection.context

    async def hand_over(self, request: web.Request, context: Any) -> web.StreamResponse:
        """Give the request's connection to websockets; return the response that ends aiohttp's part of it.

        Nothing may be sent on ``request`` before or after. A request that is no valid handshake is answered by
        websockets: 426 when it asks for no upgrade. While the gateway is closing the answer is 503.

        Raises:
            HTTPServiceUnavailable: If :meth:`close` has been called.

        """
        if not self._server.is_serving():
            # Said by aiohttp, which outlives the gateway and waits for its own requests.
            raise web.HTTPServiceUnavailable(text="The server is shutting down.\n", headers={"Connection": "close"})
        transport, handler = request.transport, request.protocol
        if transport is None or transport.is_closing():
            return _HandedOver()
        protocol = ServerProtocol(max_size=self._max_size, logger=self._server.logger)
        connection = Connection(protocol, self._server, **self._options)
        connection.context = context
        connection.switched = handler._upgraded
        # What came behind the head: a client may send its first frame at once. aiohttp holds it for whoever upgrades.
        received = _head_of(request) + handler._message_tail
        _detach(handler)
        _give_up_with_pings(connection, transport)
        _attach(connection, transport, received, writing_paused=handler.writing_paused)
        return _HandedOver()

    async def close(self, code: int = 1012, reason: str = "") -> None:
        """Refuse new connections with 503, close those there are with ``code``, and wait for the handlers.

        Takes ``close_timeout`` when a client does not answer or does not read, as much again when a handler does not
        end with its connection: it is cancelled then.
        """
        self._server.closing = True
        closing = [asyncio.create_task(held.close(code, reason)) for held in self.connections]
        if closing:
            await asyncio.wait(closing)
        if not self._server.handler_tasks:
            return
        _, lingering = await asyncio.wait(self._server.handler_tasks, timeout=self._close_timeout)
        for task in lingering:
            task.cancel()
        if lingering:
            await asyncio.wait(lingering)

    async def _serve(self, connection: ServerConnection) -> None:
        """The life of one connection; its TCP connection is closed when this ends, however it ends."""
        # From the start, not after the handshake: close() must not miss one that opens while it waits to be sent.
        self._server.all_connections.add(connection)
        try:
            if await self._opens(connection):
                connection.start_keepalive()
                async with connection:
                    await self._handler(connection)
        except ConnectionClosed:
            pass
        except Exception:
            connection.logger.exception("a connection failed")
        finally:
            connection.transport.abort()
            self._server.all_connections.discard(connection)
            task = asyncio.current_task()
            assert task is not None, "a connection has a task of its own"
            self._server.handler_tasks.discard(task)

    async def _opens(self, connection: ServerConnection) -> bool:
        try:
            async with asyncio.timeout(self._open_timeout):
                await connection.handshake(process_response=_refuse_unless_switched)
        except TimeoutError:
            return False
        return connection.state is State.OPEN


class _Server(Server):
    """websockets' bookkeeping of connections without its socket: ``serve`` is never called on it."""

    def __init__(
        self, handler: Callable[[ServerConnection], Coroutine[Any, Any, None]], logger: LoggerLike | None
    ) -> None:
        super().__init__(_has_no_socket, handler, logger)
        self.closing = False

    def is_serving(self) -> bool:
        return not self.closing


class Connection(ServerConnection):
    """A connection that came from aiohttp."""

    context: Any = None

    switched: bool = False
    """Whether aiohttp stopped parsing at the end of the head."""

    on_unsent: Callable[[], None] | None = None
    """Called when something waits to be sent, or nothing may be any more: no frame may be written past it."""

    @property
    def descriptor(self) -> int:
        """The socket's file descriptor where a whole frame may be written to it at once; -1 elsewhere.

        Valid until ``on_unsent`` is called. Not on TLS, with an extension, or while a message is half sent.
        """
        free = (
            self.state is State.OPEN
            and self.send_in_progress is None
            and not self.protocol.extensions
            and self.transport.get_write_buffer_size() == 0
            and not self.transport.is_closing()
            and self.transport.get_extra_info("sslcontext") is None
        )
        return int(self.transport.get_extra_info("socket").fileno()) if free else -1

    async def send_frames(self, frames: bytes) -> None:
        """Send whole frames that were made before, and wait as ``send`` does. Raises ConnectionClosed.

        For a connection without extensions on which nothing else is being sent.
        """
        if self.state is not State.OPEN:
            await self.wait_closed()
            raise self.close_exc
        assert self.send_in_progress is None, "one sender at a time"
        assert not self.protocol.extensions, "frames are made for none"
        self.transport.write(frames)
        await self.drain()

    def send_data(self) -> None:
        super().send_data()
        if self.on_unsent is not None and (self.state is not State.OPEN or self.transport.get_write_buffer_size()):
            self.on_unsent()

    def connection_lost(self, exc: Exception | None) -> None:
        # The descriptor is closed right after this, and may be another connection's the moment after.
        if self.on_unsent is not None:
            self.on_unsent()
        super().connection_lost(exc)

    async def close(self, code: CloseCode | int = CloseCode.NORMAL_CLOSURE, reason: str = "") -> None:
        """As websockets', in ``close_timeout`` seconds at most, whatever the client does."""
        try:
            # websockets' own timeout begins only once the client has read what is under way, which may be never.
            async with asyncio.timeout(self.close_timeout):
                await super().close(code, reason)
        except TimeoutError:
            self.transport.abort()
            await self.wait_closed()


class _HandedOver(web.StreamResponse):
    """aiohttp's end: sending it fails as on a lost connection, which makes aiohttp drop everything it held."""

    def __init__(self) -> None:
        # For the access log only, and what is true of all but the refused.
        super().__init__(status=HTTPStatus.SWITCHING_PROTOCOLS)

    async def prepare(self, request: web.BaseRequest) -> NoReturn:
        raise ConnectionResetError("handed over to websockets")


async def _has_no_socket() -> asyncio.Server:
    raise RuntimeError("connections come from aiohttp")


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


def _give_up_with_pings(connection: ServerConnection, transport: asyncio.Transport) -> None:
    """Let the system drop a client that takes nothing for as long as one that answers no ping.

    A ping waits behind what is still to be sent, and its timeout begins after that. So it never finds a client that
    went away, or stopped reading, in the midst of much; without this, TCP takes a quarter of an hour or for ever.
    """
    tcp = transport.get_extra_info("socket")
    # Linux alone has the option; elsewhere pings have to do. A Unix socket has no such clients.
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    if option is None or tcp.family not in (socket.AF_INET, socket.AF_INET6):
        return
    if connection.ping_interval is not None and connection.ping_timeout is not None:
        milliseconds = int((connection.ping_interval + connection.ping_timeout) * 1000)
        tcp.setsockopt(socket.IPPROTO_TCP, option, milliseconds)


def _attach(
    connection: ServerConnection, transport: asyncio.Transport, received: bytes, *, writing_paused: bool
) -> None:
    """Put the connection in aiohttp's place on the transport, in the state that aiohttp left it in."""
    transport.set_protocol(connection)
    connection.connection_made(transport)
    if writing_paused and not connection.paused:
        # An earlier answer on this connection is still being sent; the transport will say when to resume.
        connection.pause_writing()
    # aiohttp pauses reading when much comes behind the head. Resumed before the connection sees any of it: from then
    # on pausing is its own affair.
    transport.resume_reading()
    connection.data_received(received)


def _refuse_unless_switched(connection: ServerConnection, request: Request, response: Response) -> Response | None:
    """Refuse what websockets takes for a handshake and aiohttp did not: aiohttp may have eaten frames behind it.

    For instance ``Upgrade: websocket,``, where only websockets tolerates the comma.
    """
    assert isinstance(connection, Connection), "made by hand_over"
    if response.status_code != HTTPStatus.SWITCHING_PROTOCOLS or connection.switched:
        return None
    return connection.respond(
        HTTPStatus.BAD_REQUEST, "Failed to open a WebSocket connection: unclear Upgrade header.\n"
    )
