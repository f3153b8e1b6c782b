"""Readers on WebSocket: joined without a gap, cut when too slow, told when to come back."""

import asyncio
import logging
from collections.abc import Iterator
from itertools import islice

from aiohttp import web

from livesession import measures
from livesession.domain.ids import Pos
from livesession.errors import NotFoundError, UnavailableError
from livesession.live import wire
from livesession.live.connection import Connection
from livesession.live.fanout import FanOut
from livesession.live.frames import Frames
from livesession.live.handover import Gateway
from livesession.live.hub import Hub, Joining, Room
from livesession.live.seats import NoSeatError, Seats

logger = logging.getLogger(__name__)

MAX_BACKLOG = 1 << 17
"""Bytes that may wait for one reader, besides half as many in the system: minutes of a busy sitting. Past that it is
cut and resumes by its cursor."""

AT_ONCE = 1 << 15
"""Bytes given to a reader who joins before it is looked whether it takes them; one entry at least."""

CLOSE_SECONDS = 3.0
"""How long a reader has to answer a close."""

FAREWELL_SECONDS = 2.0
"""Over how long readers are sent away at the end: with CLOSE_SECONDS, and requests that end, this must fit in the
ten seconds that platforms grant."""

SLOW_SECONDS = 20.0
"""How long a reader that was cut may take to read what was under way and why it was cut."""

MAX_INCOMING = 1 << 10
"""Readers have nothing to say; a longer message is answered by 1009."""


class WebSocketReaders:
    """Every WebSocket reader of this process."""

    def __init__(self, hub: Hub, seats: Seats) -> None:
        self._hub = hub
        self._seats = seats
        self._joining: set[asyncio.Task[None]] = set()
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
        for task in self._joining:
            task.cancel()
        await asyncio.gather(*self._joining, return_exceptions=True)

    def _opened(self, connection: Connection) -> None:
        joining: Joining = connection.context
        connection.context = None
        try:
            self._seats.take(joining.address, "websocket")
        except NoSeatError:
            connection.close(wire.CLOSE_TOO_MANY, "poll instead")
            return
        reader = _Reader(connection, self._seats, joining.address)
        room = self._hub.at_once(joining)
        if room is None or not reader.join_at_once(room, joining):
            task = asyncio.create_task(self._join(connection, reader, joining))
            self._joining.add(task)
            task.add_done_callback(self._joining.discard)

    async def _join(self, connection: Connection, reader: "_Reader", joining: Joining) -> None:
        try:
            await reader.join(self._hub, await self._hub.joined(joining), joining)
        except NotFoundError:
            connection.close(wire.CLOSE_UNKNOWN, "no such sitting")
        except UnavailableError:
            connection.close(wire.CLOSE_RESTARTING, "come back later")
        except Exception:
            logger.exception("a reader could not join")
            connection.close(1011)


class _Reader:
    """A reader, as the fan-out writes to it."""

    __slots__ = ("_address", "_connection", "_fan_out", "_seats", "deflates")

    def __init__(self, connection: Connection, seats: Seats, address: str) -> None:
        self._connection = connection
        self._seats = seats
        self._address = address
        self._fan_out: FanOut | None = None
        self.deflates = connection.deflates
        connection.on_closed = self._closed
        connection.on_unsent = self._unsent

    def join_at_once(self, room: Room, joining: Joining) -> bool:
        """Greet and join where all that the reader lacks is kept ready; False, and nothing done, elsewhere."""
        known = room.knows(joining.epoch, joining.after)
        replay = room.ready_after(joining.after if known else 0)
        if replay is None:
            return False
        parts = list(islice(self._parts(_greeting(room, known) + [ready.frames for ready in replay]), 2))
        if len(parts) > 1:
            return False
        self._connection.send(parts[0])
        self._join(room)
        return True

    async def join(self, hub: Hub, room: Room, joining: Joining) -> None:
        """Greet, send all that the reader lacks a part at a time, and join. Raises UnavailableError."""
        known = room.knows(joining.epoch, joining.after)
        pos: int = joining.after if known else 0
        greeting = _greeting(room, known)
        while self._connection.is_open:
            replay = await hub.replay(room, pos)
            for part in self._parts(greeting + [ready.frames for ready in replay]):
                self._connection.send(part)
                await self._connection.drained()
            pos, greeting = replay[-1].pos if replay else pos, []
            # Nothing is awaited between this comparison and joining: no entry can slip through.
            if pos == room.pos:
                if self._connection.is_open:
                    self._join(room)
                return
            if not hub.is_current(room):
                self._connection.close(wire.CLOSE_RESTARTING, "history changed")
                return

    @property
    def descriptor(self) -> int:
        return self._connection.descriptor

    def write(self, frame: bytes) -> bool:
        if self._connection.waiting > MAX_BACKLOG:
            return False
        self._connection.send(frame)
        return True

    def cut(self) -> None:
        self._connection.close_timeout = SLOW_SECONDS
        self._leave(wire.CLOSE_TOO_SLOW, "too slow")

    def dismiss(self) -> None:
        self._leave(wire.CLOSE_RESTARTING, "history changed")

    def _leave(self, code: int, reason: str) -> None:
        if self._connection.is_open:
            measures.CUTS.labels(reason).inc()
            self._connection.close(code, reason)

    def _parts(self, frames: list[Frames]) -> Iterator[bytes]:
        """The frames in as many parts as they are to be sent in."""
        part: list[bytes] = []
        size = 0
        for frame in (held.for_(self.deflates) for held in frames):
            if part and size + len(frame) > AT_ONCE:
                yield b"".join(part)
                part, size = [], 0
            part.append(frame)
            size += len(frame)
        if part:
            yield b"".join(part)

    def _join(self, room: Room) -> None:
        self._fan_out = room.fan_out
        room.fan_out.join(self, Pos(room.pos))

    def _unsent(self) -> None:
        if self._fan_out is None:
            return
        if self._connection.is_open:
            self._fan_out.slow_down(self)
        else:
            # Nothing may follow the frame that says it closes.
            self._fan_out.leave(self)

    def _closed(self) -> None:
        if self._fan_out is not None:
            self._fan_out.leave(self)
        self._seats.leave(self._address, "websocket")


def _greeting(room: Room, known: bool) -> list[Frames]:
    reset = [] if known else [Frames.of(wire.reset(room.epoch))]
    return [*reset, room.greeting.frames]
