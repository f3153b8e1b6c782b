"""A connection on which much is sent and hardly anything comes: what a reader on WebSocket and one on SSE share."""

import asyncio
import socket
from abc import abstractmethod
from collections.abc import Callable

from livesession.live.frames import Form
from livesession.live.receiving import Receiver

SEND_BUFFER = 1 << 15
"""Bytes that the system may hold for a reader that does not read (Linux doubles it); by itself it takes megabytes."""

HIGH_WATER = 1 << 14
"""Bytes waiting to be sent past which :meth:`Outlet.drained` waits."""


class Outlet(Receiver):
    """One connection, on a transport of asyncio that it shares with the fan-out."""

    __slots__ = ("_deadline", "_drained", "close_timeout", "on_closed", "on_unsent", "transport")

    transport: asyncio.Transport

    def __init__(self, close_timeout: float) -> None:
        self._deadline: asyncio.TimerHandle | None = None
        self._drained: asyncio.Future[None] | None = None
        self.close_timeout = close_timeout
        """Seconds that the other end has for its part in closing."""
        self.on_unsent: Callable[[], None] | None = None
        """Called when something waits to be sent, or nothing may be any more: no frame may be written past it."""
        self.on_closed: Callable[[], None] | None = None
        """Called once the line is gone."""

    @property
    @abstractmethod
    def is_open(self) -> bool:
        """Whether messages may be sent."""

    @property
    @abstractmethod
    def form(self) -> Form:
        """What messages must look like."""

    @abstractmethod
    def close(self, code: int, reason: str = "") -> None:
        """Begin to close; after ``close_timeout`` seconds the line is cut, whatever the other end does.

        ``code`` and ``reason`` are WebSocket's (RFC 6455 §7.4), for those who can be told.
        """

    @property
    def waiting(self) -> int:
        """Bytes that wait to be sent."""
        return self.transport.get_write_buffer_size()

    @property
    def descriptor(self) -> int:
        """The socket's file descriptor where a whole frame may be written to it at once; -1 elsewhere.

        Valid until ``on_unsent`` is called. Not on TLS.
        """
        transport = self.transport
        free = (
            self.is_open
            and transport.get_write_buffer_size() == 0
            and not transport.is_closing()
            and transport.get_extra_info("sslcontext") is None
        )
        return int(transport.get_extra_info("socket").fileno()) if free else -1

    def send(self, frames: bytes) -> None:
        """Send whole frames, behind what waits. Nothing where the connection is not open."""
        if self.is_open and not self.transport.is_closing():
            self._write(frames)
            self._tell_unsent()

    async def drained(self) -> None:
        """Wait until little is left to be sent, or the line is gone."""
        if self._drained is not None:
            await asyncio.shield(self._drained)

    def watch(self, seconds: float) -> None:
        """Let the system drop a line whose other end takes nothing for so long.

        What is sent to keep a line alive waits behind what is still to be sent. So it never finds a client that went
        away, or stopped reading, in the midst of much; without this, TCP takes a quarter of an hour or for ever.
        """
        # Linux alone has the option; elsewhere what is sent to keep the line alive has to do.
        option = getattr(socket, "TCP_USER_TIMEOUT", None)
        tcp = self.transport.get_extra_info("socket")
        if option is not None and _is_tcp(tcp):
            tcp.setsockopt(socket.IPPROTO_TCP, option, int(seconds * 1000))

    # Called by the transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport), "a stream"
        self.transport = transport
        transport.set_write_buffer_limits(HIGH_WATER)
        tcp = transport.get_extra_info("socket")
        if _is_tcp(tcp):
            tcp.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)

    def connection_lost(self, exc: Exception | None) -> None:
        # The descriptor is closed right after this, and may be another connection's the moment after.
        if self.on_unsent is not None:
            self.on_unsent()
        if self._deadline is not None:
            self._deadline.cancel()
        self.resume_writing()
        if self.on_closed is not None:
            self.on_closed()
        self.on_unsent = self.on_closed = None

    def pause_writing(self) -> None:
        if self._drained is None:
            self._drained = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        if self._drained is not None:
            self._drained.set_result(None)
            self._drained = None

    def _write(self, data: bytes) -> None:
        if data:
            self.transport.write(data)

    def _tell_unsent(self) -> None:
        if self.on_unsent is not None and (not self.is_open or self.waiting):
            self.on_unsent()

    def _cut_later(self) -> None:
        self._deadline = asyncio.get_running_loop().call_later(self.close_timeout, self.transport.abort)


def _is_tcp(tcp: socket.socket) -> bool:
    return tcp.family in (socket.AF_INET, socket.AF_INET6)
