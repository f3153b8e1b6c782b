"""Readers on WebSocket."""

from aiohttp import web

from livesession.live import wire
from livesession.live.connection import Connection
from livesession.live.handover import Gateway
from livesession.live.hub import Hub, Joining
from livesession.live.reader import Arrivals, Reader
from livesession.live.seats import NoSeatError, Seats

CLOSE_SECONDS = 3.0
"""How long a reader has to answer a close."""

FAREWELL_SECONDS = 2.0
"""Over how long readers are sent away at the end: with CLOSE_SECONDS, and requests that end, this must fit in the
ten seconds that platforms grant."""

MAX_INCOMING = 1 << 10
"""Readers have nothing to say; a longer message is answered by 1009."""


class WebSocketReaders:
    """Every WebSocket reader of this process."""

    def __init__(self, hub: Hub, seats: Seats) -> None:
        self._seats = seats
        self._arrivals = Arrivals(hub)
        self._gateway = Gateway(
            self._opened, max_size=MAX_INCOMING, close_timeout=CLOSE_SECONDS, deflate=True, write=hub.write
        )

    async def join(self, request: web.Request, joining: Joining) -> web.StreamResponse:
        """Take over the connection of an HTTP request and serve it as a reader."""
        return await self._gateway.hand_over(request, joining)

    def arriving(self, joining: Joining) -> Connection:
        """The protocol of a reader whose handshake is still to be read."""
        return self._gateway.connection(joining)

    async def close(self) -> None:
        """Send everybody away, to come back to whoever serves next."""
        await self._gateway.close(wire.CLOSE_RESTARTING, "restarting", over=FAREWELL_SECONDS)
        await self._arrivals.end()

    def _opened(self, connection: Connection) -> None:
        joining: Joining = connection.context
        connection.context = None
        try:
            self._seats.take(joining.address, "websocket")
        except NoSeatError:
            connection.close(wire.CLOSE_TOO_MANY, "poll instead")
            return
        self._arrivals.join(Reader(connection, self._seats, joining.address, "websocket"), joining)
