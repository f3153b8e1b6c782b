"""A reader of a sitting: joined without a gap, written to by the fan-out, cut when too slow."""

import asyncio
import logging
from collections.abc import Iterator
from itertools import islice

from livesession import measures
from livesession.domain.ids import Pos
from livesession.errors import NotFoundError, UnavailableError
from livesession.live import wire
from livesession.live.fanout import FanOut
from livesession.live.frames import Form, Frames
from livesession.live.hub import Hub, Joining, Room
from livesession.live.outlet import Outlet
from livesession.live.seats import Seats

logger = logging.getLogger(__name__)

MAX_BACKLOG = 1 << 17
"""Bytes that may wait for one reader, besides half as many in the system: minutes of a busy sitting. Past that it is
cut and resumes by its cursor."""

AT_ONCE = 1 << 15
"""Bytes given to a reader who joins before it is looked whether it takes them; one entry at least."""

SLOW_SECONDS = 20.0
"""How long a reader that was cut may take to read what was under way and why it was cut."""


class Reader:
    """A reader that holds a seat, which it gives back when its line is gone; a Line of the fan-out."""

    __slots__ = ("_address", "_fan_out", "_outlet", "_seats", "_transport", "form")

    form: Form

    def __init__(self, outlet: Outlet, seats: Seats, address: str, transport: str) -> None:
        self._outlet = outlet
        self._seats = seats
        self._address = address
        self._transport = transport
        self._fan_out: FanOut | None = None
        self.form = outlet.form
        outlet.on_closed = self._closed
        outlet.on_unsent = self._unsent

    def join_at_once(self, room: Room, joining: Joining) -> bool:
        """Greet and join where all that the reader lacks is kept ready; False, and nothing done, elsewhere."""
        known = room.knows(joining.epoch, joining.after)
        replay = room.ready_after(joining.after if known else 0)
        if replay is None:
            return False
        parts = list(islice(self._parts(_greeting(room, known) + [ready.frames for ready in replay]), 2))
        if len(parts) > 1:
            return False
        self._outlet.send(parts[0])
        self._join(room)
        return True

    async def join(self, hub: Hub, joining: Joining) -> None:
        """Greet, send all that the reader lacks a part at a time, and join; close where that cannot be."""
        try:
            await self._follow(hub, await hub.joined(joining), joining)
        except NotFoundError:
            self._outlet.close(wire.CLOSE_UNKNOWN, "no such sitting")
        except UnavailableError:
            self._outlet.close(wire.CLOSE_RESTARTING, "come back later")
        except Exception:
            logger.exception("a reader could not join")
            self._outlet.close(wire.CLOSE_FAILED)

    async def _follow(self, hub: Hub, room: Room, joining: Joining) -> None:
        known = room.knows(joining.epoch, joining.after)
        pos: int = joining.after if known else 0
        greeting = _greeting(room, known)
        while self._outlet.is_open:
            replay = await hub.replay(room, pos)
            for part in self._parts(greeting + [ready.frames for ready in replay]):
                self._outlet.send(part)
                await self._outlet.drained()
            pos, greeting = replay[-1].pos if replay else pos, []
            # Nothing is awaited between this comparison and joining: no entry can slip through.
            if pos == room.pos:
                if self._outlet.is_open:
                    self._join(room)
                return
            if not hub.is_current(room):
                self.dismiss()
                return

    @property
    def descriptor(self) -> int:
        return self._outlet.descriptor

    def write(self, frame: bytes) -> bool:
        if self._outlet.waiting > MAX_BACKLOG:
            return False
        self._outlet.send(frame)
        return True

    def cut(self) -> None:
        self._outlet.close_timeout = SLOW_SECONDS
        self._leave(wire.CLOSE_TOO_SLOW, "too slow")

    def dismiss(self) -> None:
        self._leave(wire.CLOSE_RESTARTING, "history changed")

    def _leave(self, code: int, reason: str) -> None:
        if self._outlet.is_open:
            measures.CUTS.labels(reason).inc()
            self._outlet.close(code, reason)

    def _parts(self, frames: list[Frames]) -> Iterator[bytes]:
        """The frames in as many parts as they are to be sent in."""
        part: list[bytes] = []
        size = 0
        for frame in (held.for_(self.form) for held in frames):
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
        if self._outlet.is_open:
            self._fan_out.slow_down(self)
        else:
            # Nothing may follow the frame that says it closes.
            self._fan_out.leave(self)

    def _closed(self) -> None:
        if self._fan_out is not None:
            self._fan_out.leave(self)
        self._seats.leave(self._address, self._transport)


class Arrivals:
    """Readers on their way to being up to date, whatever they read by."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._tasks: set[asyncio.Task[None]] = set()

    def join(self, reader: Reader, joining: Joining) -> None:
        """Let a reader join, at once where nothing has to be asked for it."""
        room = self._hub.at_once(joining)
        if room is None or not reader.join_at_once(room, joining):
            task = asyncio.create_task(reader.join(self._hub, joining))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def end(self) -> None:
        """Let nobody wait any longer."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _greeting(room: Room, known: bool) -> list[Frames]:
    reset = [] if known else [Frames(wire.reset(room.epoch))]
    return [*reset, room.greeting]
