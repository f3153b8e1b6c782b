"""The first bytes of a connection decide: a reader's handshake goes to its protocol at once, all else to aiohttp.

aiohttp's way to a handler (parser, router, middlewares, a task) costs more than all the rest of a reader's handshake,
and after a restart ten thousand come at once. What is not plain to see in the first bytes takes aiohttp's way, where
the connection is handed over later (live/handover.py): the door decides nothing but which of the two ways it is.
"""

import asyncio
from collections.abc import Callable

from livesession.live.connection import HEAD_END
from livesession.live.receiving import Receiver

HEAD_SECONDS = 30.0
"""How long a connection may take to send the head of its first request; nobody waits longer for a slow loris."""

HEAD_BYTES = 1 << 14
"""A longer head is for aiohttp to judge, which has limits of its own."""

Decide = Callable[[bytes, asyncio.Transport], Receiver | None]
"""Given a whole head with what came behind it: the protocol that takes the connection, or None for aiohttp."""


class Doorway:
    """A protocol factory for ``loop.create_server``; made inside the event loop.

    ``http`` makes aiohttp's protocol (``AppRunner.server``). ``decide`` is None where all are for it.
    ``head_seconds`` is the patience with the first head.
    """

    def __init__(
        self, http: Callable[[], asyncio.BaseProtocol], decide: Decide | None, head_seconds: float = HEAD_SECONDS
    ) -> None:
        self._http = http
        self._decide = decide
        self._head_seconds = head_seconds
        self._loop = asyncio.get_running_loop()
        # In the order of their arrival, with the time each must be through by.
        self._waiting: dict[_Arrival, float] = {}
        self._sweep: asyncio.TimerHandle | None = None

    def __call__(self) -> asyncio.BaseProtocol:
        return _Arrival(self)

    def __len__(self) -> int:
        return len(self._waiting)

    def close(self) -> None:
        """Let those go who have not said what they want."""
        if self._sweep is not None:
            self._sweep.cancel()
        for arrival in tuple(self._waiting):
            arrival.transport.abort()

    # Told by arrivals

    def came(self, arrival: "_Arrival") -> None:
        self._waiting[arrival] = self._loop.time() + self._head_seconds
        if self._sweep is None:
            self._sweep = self._loop.call_later(self._head_seconds, self._cut_slow)

    def left(self, arrival: "_Arrival") -> None:
        self._waiting.pop(arrival, None)

    def enter(self, arrival: "_Arrival", head: bytes) -> None:
        """Give the connection to whom it is for, with all that was received."""
        self.left(arrival)
        transport = arrival.transport
        protocol = self._decide(head, transport) if self._decide is not None and HEAD_END in head else None
        inside = protocol or self._http()
        assert isinstance(inside, Receiver | asyncio.Protocol), "aiohttp's is the latter"
        transport.set_protocol(inside)
        inside.connection_made(transport)
        inside.data_received(head)

    def _cut_slow(self) -> None:
        self._sweep = None
        now = self._loop.time()
        for arrival, until in tuple(self._waiting.items()):
            if until > now:
                self._sweep = self._loop.call_at(until, self._cut_slow)
                return
            arrival.transport.abort()


class _Arrival(Receiver):
    """A connection whose first head is not whole yet."""

    __slots__ = ("_door", "_received", "transport")

    transport: asyncio.Transport

    def __init__(self, door: Doorway) -> None:
        self._door = door
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport), "a stream"
        self.transport = transport
        self._door.came(self)

    def data_received(self, data: bytes) -> None:
        received = self._received = self._received + data
        # What begins with no method is no HTTP: aiohttp says so at once.
        if HEAD_END in received or len(received) > HEAD_BYTES or not received[:1].isupper():
            self._door.enter(self, received)

    def connection_lost(self, exc: Exception | None) -> None:
        self._door.left(self)
