"""One port: an aiohttp handler hands its live connection over to websockets.

aiohttp has read the request's head; routing and middleware have run. From here on the socket is websockets': it
parses the same head again, validates the handshake itself, and answers. What is used below either library's
documented surface is named where it is used; versions are pinned in pyproject.toml, and tests compare the answers
with those of websockets' own server.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakKeyDictionary

from aiohttp import web
from aiohttp.web_protocol import RequestHandler
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.protocol import State
from websockets.server import ServerProtocol

logger = logging.getLogger(__name__)

PING_SECONDS = 20.0
"""Below the shortest idle limit of the platforms known (55 s), and finds a half-open line within 40 s."""


class Gateway:
    """The WebSocket side of one process. ``handler`` gets each connection once its handshake is done."""

    def __init__(
        self,
        handler: Callable[[ServerConnection], Awaitable[None]],
        *,
        max_size: int = 1 << 20,
        max_queue: int = 4,
        write_limit: int = 1 << 15,
        ping_interval: float = PING_SECONDS,
        ping_timeout: float = PING_SECONDS,
        open_timeout: float = 10.0,
        close_timeout: float = 5.0,
    ) -> None:
        self._handler = handler
        self._max_size = max_size
        self._open_timeout = open_timeout
        self._options: dict[str, Any] = {
            "ping_interval": ping_interval,
            "ping_timeout": ping_timeout,
            "close_timeout": close_timeout,
            "max_queue": max_queue,
            "write_limit": write_limit,
        }
        self._server = _Server(self._serve)
        self._contexts: WeakKeyDictionary[ServerConnection, Any] = WeakKeyDictionary()

    @property
    def connections(self) -> set[ServerConnection]:
        """The connections whose handshake is done and that are not closing."""
        return {held for held in self._server.all_connections if held.state is State.OPEN}

    def context(self, connection: ServerConnection) -> Any:
        """What was given to :meth:`hand_over` with this connection."""
        return self._contexts[connection]

    async def hand_over(self, request: web.Request, context: Any) -> web.StreamResponse:
        """Give the request's connection to websockets; the response returned ends aiohttp's part of it."""
        transport, handler = request.transport, request.protocol
        if transport is None:
            raise ConnectionResetError("the client left before the handshake")
        head, tail = _raw_head(request), _take_tail(handler)
        # aiohttp's protocol is told that its connection is gone: it frees its parser, timers and buffers.
        handler.transport = None
        handler.connection_lost(None)
        protocol = ServerProtocol(max_size=self._max_size, logger=logger)
        # ``Server`` stands in for websockets' own: the connection asks it for its tasks and whether it serves.
        connection = ServerConnection(protocol, self._server, **self._options)  # type: ignore[arg-type]  # duck-typed, see _Server
        self._contexts[connection] = context
        assert isinstance(transport, asyncio.Transport), "TCP connections have a full transport"
        transport.set_protocol(connection)
        connection.connection_made(transport)
        connection.data_received(head + tail)
        # aiohttp pauses reading while a request is handled.
        if not transport.is_closing():
            transport.resume_reading()
        return _HandedOver()

    async def _serve(self, connection: ServerConnection) -> None:
        try:
            async with asyncio.timeout(self._open_timeout):
                await connection.handshake()
        except (TimeoutError, InvalidHandshake, ConnectionError):
            connection.transport.abort()
            return
        if connection.state is not State.OPEN:
            # Refused: websockets has answered. The connection must not be reused.
            connection.transport.close()
            return
        connection.start_keepalive()
        try:
            await self._handler(connection)
        except ConnectionClosed:
            pass
        except Exception:
            logger.exception("a reader's handler failed")
            await connection.close(1011)
        else:
            await connection.close()

    async def close(self, code: int = 1012, reason: str = "") -> None:
        """Refuse new handshakes with 503, close every connection with ``code``, wait for the handlers."""
        self._server.serving = False
        closing = [asyncio.create_task(held.close(code, reason)) for held in self.connections]
        if closing:
            await asyncio.wait(closing)
        if self._server.handler_tasks:
            await asyncio.wait(set(self._server.handler_tasks))


class _Server:
    """What ``ServerConnection`` needs of websockets' ``Server`` (17.x): three attributes and two methods."""

    def __init__(self, serve: Callable[[ServerConnection], Awaitable[None]]) -> None:
        self._serve = serve
        self.serving = True
        self.logger = logger
        self.all_connections: set[ServerConnection] = set()
        self.handler_tasks: set[asyncio.Task[None]] = set()

    async def handler(self, connection: ServerConnection) -> None:
        self.all_connections.add(connection)
        try:
            await self._serve(connection)
        finally:
            self.all_connections.discard(connection)
            task = asyncio.current_task()
            if task is not None:
                self.handler_tasks.discard(task)

    def is_serving(self) -> bool:
        return self.serving


class _HandedOver(web.StreamResponse):
    """aiohttp's end: writing it fails as on a lost connection, which makes aiohttp drop everything it held."""

    async def prepare(self, request: web.BaseRequest) -> None:
        raise ConnectionResetError("handed over to websockets")


def _raw_head(request: web.Request) -> bytes:
    """The request's head as bytes, headers in their own order and case."""
    lines = [f"{request.method} {request.raw_path} HTTP/{request.version.major}.{request.version.minor}".encode()]
    lines += [name + b": " + value for name, value in request.raw_headers]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _take_tail(handler: RequestHandler) -> bytes:
    # Bytes that came with the head: a client may send its first frame at once. aiohttp keeps them privately.
    tail: bytes = handler._message_tail
    handler._message_tail = b""
    return tail
