"""Readers on WebSocket: joined without a gap, cut when too slow, told when to come back."""

import asyncio
import logging
from functools import partial

from aiohttp import web
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State

from livesession import measures
from livesession.domain.ids import Pos
from livesession.errors import NotFoundError, UnavailableError
from livesession.live import wire
from livesession.live.fanout import FanOut, frame_of
from livesession.live.handover import Connection, Gateway
from livesession.live.hub import Hub, Joining, Room
from livesession.live.seats import NoSeatError, Seats

logger = logging.getLogger(__name__)

MAX_BACKLOG = 1 << 20
"""Bytes that may wait for one reader: minutes of a busy sitting. Past that it is cut and resumes by its cursor."""

CLOSE_SECONDS = 3.0
"""How long a reader has to answer a close: two such waits and the rest must fit in the ten seconds platforms grant."""

SLOW_SECONDS = 20.0
"""How long a reader that was cut may take to read what was under way and why it was cut."""

MAX_INCOMING = 1 << 10
"""Readers have nothing to say; a longer message is answered by 1009."""


class WebSocketReaders:
    """Every WebSocket reader of this process."""

    def __init__(self, hub: Hub, seats: Seats) -> None:
        self._hub = hub
        self._seats = seats
        self._gateway = Gateway(self._serve, max_size=MAX_INCOMING, close_timeout=CLOSE_SECONDS)

    async def join(self, request: web.Request, joining: Joining) -> web.StreamResponse:
        """Take over the connection of an HTTP request and serve it as a reader."""
        return await self._gateway.hand_over(request, joining)

    async def close(self) -> None:
        """Send everybody away, to come back to whoever serves next."""
        await self._gateway.close(wire.CLOSE_RESTARTING, "restarting")

    async def _serve(self, connection: ServerConnection) -> None:
        joining: Joining = self._gateway.context(connection)
        try:
            with self._seats.take(joining.address, "websocket"):
                room = await self._hub.joined(joining)
                await _read(connection, self._hub, room, joining)
        except NoSeatError:
            await connection.close(wire.CLOSE_TOO_MANY, "poll instead")
        except NotFoundError:
            await connection.close(wire.CLOSE_UNKNOWN, "no such sitting")
        except UnavailableError:
            await connection.close(wire.CLOSE_RESTARTING, "come back later")
        except ConnectionClosed:
            pass


async def _read(connection: ServerConnection, hub: Hub, room: Room, joining: Joining) -> None:
    assert isinstance(connection, Connection), "made by the gateway"
    pos, first = joining.after, b""
    if not room.knows(joining.epoch, pos):
        first = frame_of(wire.reset(room.epoch))
        pos = 0
    first += frame_of(room.hello())
    reader = _Reader(connection, room.fan_out)
    try:
        while True:
            replay = await hub.replay(room, pos)
            if first or replay:
                # At once: one write for the greeting and all that is kept ready.
                await connection.send_frames(b"".join((first, *(ready.frame for ready in replay))))
                pos, first = replay[-1].pos if replay else pos, b""
            # Nothing is awaited between this comparison and joining: no entry can slip through.
            if pos == room.pos:
                room.fan_out.join(reader, Pos(pos))
                break
            if not hub.is_current(room):
                await connection.close(wire.CLOSE_RESTARTING, "history changed")
                return
        # Whatever a reader sends is dropped; reading on is what notices that it left.
        async for _ in connection:
            pass
    finally:
        room.fan_out.leave(reader)


class _Reader:
    """A reader that is up to date, as the fan-out writes to it."""

    def __init__(self, connection: Connection, fan_out: FanOut) -> None:
        self._connection = connection
        self._fan_out = fan_out
        self._leaving: asyncio.Task[None] | None = None
        connection.on_unsent = partial(fan_out.slow_down, self)

    @property
    def descriptor(self) -> int:
        return self._connection.descriptor if self._leaving is None else -1

    def write(self, frame: bytes) -> bool:
        connection = self._connection
        if self._leaving is not None or connection.state is not State.OPEN:
            # Nothing may follow the frame that says it closes.
            return True
        if connection.transport.get_write_buffer_size() > MAX_BACKLOG:
            return False
        connection.transport.write(frame)
        return True

    def cut(self) -> None:
        self._connection.close_timeout = SLOW_SECONDS
        self._leave(wire.CLOSE_TOO_SLOW, "too slow")

    def dismiss(self) -> None:
        self._leave(wire.CLOSE_RESTARTING, "history changed")

    def _leave(self, code: int, reason: str) -> None:
        if self._leaving is None:
            self._fan_out.leave(self)
            measures.CUTS.labels(reason).inc()
            self._leaving = asyncio.create_task(self._connection.close(code, reason))
