"""The hub: follows the log, keeps the newest public entries of each sitting ready, and tells who reads."""

import asyncio
import logging
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice

from livesession.domain.fold import PublicFact, evolve
from livesession.domain.ids import Epoch, Pos, SittingId, Slug
from livesession.domain.sitting import State
from livesession.errors import UnavailableError
from livesession.live import wire
from livesession.live.batch import Write, best, one_by_one
from livesession.live.fanout import FanOut
from livesession.live.frames import Frames
from livesession.live.precedence import Precedence
from livesession.live.said import told_form
from livesession.thread.log import Log, SittingRow
from livesession.thread.signals import Signal

logger = logging.getLogger(__name__)

RING = 500
"""Entries kept ready per sitting: a reader that was away for an hour comes back without a query."""

PAGE = 500
"""Entries read from the log at once to follow it."""

REPLAYED = 64
"""Entries of a replay held for one reader: hundreds may be joining who do not read on."""

POLL_SECONDS = 2.0
"""How often the log is looked at without a signal: other processes' commits show within this."""


@dataclass(frozen=True, slots=True)
class Ready:
    """An entry at its position, encoded and framed once for all who read it."""

    pos: Pos
    frames: Frames

    @classmethod
    def of(cls, epoch: Epoch, pos: Pos, public: Mapping[str, object]) -> "Ready":
        """From an entry's public form."""
        return cls(pos, Frames(wire.entry(pos, told_form(public)), f"{epoch}.{pos}"))


@dataclass(frozen=True, slots=True)
class Joining:
    """Who joins what, and from where."""

    slug: str
    after: int
    epoch: str | None
    address: str


class Room:
    """One sitting as readers see it: its public state, and its newest entries."""

    def __init__(self, row: SittingRow, precedence: Precedence | None = None, write: Write = one_by_one) -> None:
        self.id: SittingId = row.id
        self.slug: Slug = row.slug
        self.epoch: Epoch = row.epoch
        self.pos = Pos(0)
        self.rev = 0
        self.state = State()
        self.signal = Signal()
        self.fan_out = FanOut(precedence, write)
        self._ring: deque[Ready] = deque(maxlen=RING)
        self._greeting: Frames | None = None

    @property
    def greeting(self) -> Frames:
        """The first message for a reader that joins now; made once for all who join at one position."""
        if self._greeting is None:
            self._greeting = Frames(wire.hello(self.slug, self.epoch, self.pos, self.state.summary()))
        return self._greeting

    def knows(self, epoch: str | None, after: int) -> bool:
        """Whether a cursor is of this history. Without an epoch it is taken at its word."""
        return (epoch is None or epoch == self.epoch) and after <= self.pos

    def ready_after(self, pos: int) -> list[Ready] | None:
        """Everything after ``pos`` from the ring, or None where the ring does not reach back that far."""
        if pos >= self.pos:
            return []
        if not self._ring or self._ring[0].pos > pos + 1:
            return None
        # Nothing is missing in the ring: the position tells the place.
        return list(islice(self._ring, pos + 1 - self._ring[0].pos, None))

    def take(self, pos: Pos, public: dict[str, object], recorded: float) -> None:
        """The next public entry: folded, kept ready, and pushed to those who are up to date."""
        if pos != self.pos + 1:
            raise AssertionError(f"entry {pos} after {self.pos} in {self.slug}: the public thread has no gaps")
        ready, before = Ready.of(self.epoch, pos, public), self.rev
        self.state = evolve(self.state, PublicFact.of(pos, public))
        self.pos, self.rev = pos, self.state.rev
        self._greeting = None
        if self.rev > before:
            # What was erased must not be replayed from here: the log has it no more.
            self._ring.clear()
        self._ring.append(ready)
        self.fan_out.send(pos, ready.frames, recorded)


class Hub:
    """The rooms of one process. ``run`` follows the log until cancelled."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self.precedence = Precedence()
        self.write = best()
        """How the same bytes get to many readers of this process."""
        self._rooms: dict[SittingId, Room] = {}
        self._loading: dict[SittingId, asyncio.Task[Room]] = {}
        self._arriving: dict[str, asyncio.Task[Room]] = {}
        self.ending = Signal()
        """Notified once every reader is to leave: the rooms are gone, and ``ended`` is True."""
        self.ended = False
        self.stale = False
        """True while the log cannot be read: what is served is what was known before."""

    def __len__(self) -> int:
        """How many sittings are held here."""
        return len(self._rooms)

    async def joined(self, joining: Joining) -> Room:
        """The room for a reader that stays: what it lacks it will be sent. Raises NotFoundError, UnavailableError.

        Without a query where the log is being followed and the cursor is not ahead of what is known here, so
        that ten thousand readers come back in seconds.
        """
        if (room := self.at_once(joining)) is not None:
            return room
        if self._known(joining.slug) is None:
            # After a restart all come at once: one asks for everybody.
            return await self._arrival(joining.slug)
        return await self.room(joining.slug)

    def at_once(self, joining: Joining) -> Room | None:
        """The room, where nothing has to be asked for it; None where :meth:`joined` must be awaited."""
        known = self._known(joining.slug)
        return known if known is not None and not self.stale and joining.after <= known.pos else None

    async def _arrival(self, slug: str) -> Room:
        task = self._arriving.get(slug)
        if task is None:
            task = self._arriving[slug] = asyncio.create_task(self.room(slug))
            task.add_done_callback(partial(self._arrived, slug))
        return await asyncio.shield(task)

    def _arrived(self, slug: str, task: asyncio.Task[Room]) -> None:
        del self._arriving[slug]
        if not task.cancelled():
            # Whoever asked may have left meanwhile: then nobody else takes note of what went wrong.
            task.exception()

    def _known(self, slug: str) -> Room | None:
        return next((room for room in self._rooms.values() if room.slug == slug), None)

    async def room(self, slug: str) -> Room:
        """The room of a sitting, up to date with what is committed. Raises NotFoundError."""
        known = self._known(slug)
        try:
            row = await self._log.sitting(slug)
        except UnavailableError:
            if known is not None:
                return known
            raise
        room = self._rooms.get(row.id)
        if room is None or room.epoch != row.epoch:
            room = await self._load(row)
        else:
            await self._catch_up(room, row)
        return room

    async def _load(self, row: SittingRow) -> Room:
        # Many readers may ask for a sitting at once after a restart: it is folded once.
        task = self._loading.get(row.id)
        if task is None:
            task = asyncio.create_task(self._build(row))
            self._loading[row.id] = task
            task.add_done_callback(lambda _: self._loading.pop(row.id, None))
        return await asyncio.shield(task)

    async def _build(self, row: SittingRow) -> Room:
        room = Room(row, self.precedence, self.write)
        await self._catch_up(room, row)
        former = self._rooms.get(row.id)
        self._rooms[row.id] = room
        if former is not None:
            for line in former.fan_out.lines:
                line.dismiss()
            former.signal.notify()
        return room

    async def _catch_up(self, room: Room, row: SittingRow) -> None:
        moved = False
        while room.pos < row.pos:
            page = await self._log.read_public(room.id, room.pos, PAGE)
            if not page:
                break
            for entry in page:
                assert entry.pos is not None, "read_public gives public entries"
                # Another task may have taken it while this one was reading.
                if entry.pos > room.pos:
                    room.take(entry.pos, entry.as_public_json(), entry.recorded_at.timestamp())
                    moved = True
        if moved:
            room.signal.notify()

    async def replay(self, room: Room, pos: int) -> list[Ready]:
        """At least the next entry after ``pos``, from the ring or the log; empty when up to date."""
        ready = room.ready_after(pos)
        if ready is not None:
            return ready[:REPLAYED]
        page = await self._log.read_public(room.id, pos, REPLAYED)
        return [
            Ready.of(room.epoch, entry.pos, entry.as_public_json())
            for entry in page
            if entry.pos is not None and entry.pos <= room.pos
        ]

    def is_current(self, room: Room) -> bool:
        """Whether the room still stands for its sitting; not so once an older copy was restored."""
        return self._rooms.get(room.id) is room

    def close(self) -> None:
        """Let every reader that waits find that its room is gone, so that it leaves."""
        self.ended = True
        self.ending.notify()
        rooms, self._rooms = self._rooms, {}
        for room in rooms.values():
            room.signal.notify()

    async def run(self) -> None:
        """Follow the log: on every signal, and every two seconds besides."""
        seen = -1
        while True:
            seen = await self._log.signal.wait(seen, POLL_SECONDS)
            try:
                for row in await self._log.heads(list(self._rooms)):
                    await self._follow(row)
                self.stale = False
            except UnavailableError as error:
                if not self.stale:
                    logger.warning("the log cannot be read; readers keep what they have: %s", error.__cause__)
                self.stale = True
                await asyncio.sleep(POLL_SECONDS)

    async def _follow(self, row: SittingRow) -> None:
        room = self._rooms[row.id]
        if room.epoch != row.epoch:
            await self._load(row)
        elif room.pos < row.pos:
            await self._catch_up(room, row)
