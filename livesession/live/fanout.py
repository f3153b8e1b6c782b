"""The fan-out: one frame, built once, written to every reader of a sitting that is up to date.

The fast way is a flat list of file descriptors: an entry is written to them (live/batch.py), touching
no other object of a reader. A reader whose line does not take a frame whole becomes slow: what is left
goes through its transport, and it comes back to the list once that is empty. Past a bound it is cut,
to come back with its cursor. The list is gone through in slices, so that everybody else's requests are not
held up by ten thousand readers, and a clerk's command goes before them.
"""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from typing import Protocol

from livesession import measures
from livesession.domain.ids import Pos
from livesession.live.batch import MOST, Write, one_by_one
from livesession.live.frames import FORMS, Form, Frames
from livesession.live.precedence import LONGEST_WAIT, Precedence

SLICE = MOST
"""Readers written to before the loop may do something else, where it has nothing else: some milliseconds."""

SLICE_BESIDE = 25
"""As many where it had something else the last time: a clerk's post takes dozens of turns of the loop."""

IDLE_SECONDS = 60e-6
"""A turn of the loop that took no longer did nothing for anybody else."""

_GONE = -1


class Line(Protocol):
    """A reader's connection, as the fan-out needs it. None of this blocks or raises."""

    @property
    def descriptor(self) -> int:
        """Where a frame may be written at once: nothing waits before it, nothing is half sent; -1 elsewhere."""

    @property
    def form(self) -> Form:
        """What it is sent; never changes."""

    def write(self, frame: bytes) -> bool:
        """Send by way of the transport; False where the reader is too far behind, or gone."""

    def cut(self) -> None:
        """Close, with the code that says: too slow, come back with your cursor."""

    def dismiss(self) -> None:
        """Close, because the history that this reader follows is gone: it must come back and be told ``reset``."""


class FanOut:
    """The readers of one sitting who are up to date, and what they are still to get."""

    def __init__(self, precedence: Precedence | None = None, write: Write = one_by_one) -> None:
        self._precedence = precedence or Precedence()
        self._write = write
        self._lanes = {form: _Lane() for form in FORMS}
        self._slow: dict[Line, None] = {}
        self._joining: dict[Line, Pos] = {}
        self._pending: deque[tuple[Pos, Frames, float]] = deque()
        self._under_way: Frames | None = None
        self._pump: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        fast = sum(len(lane.places) for lane in self._lanes.values())
        return fast + len(self._slow) + len(self._joining)

    @property
    def lines(self) -> list[Line]:
        """Everybody who reads."""
        fast = (line for lane in self._lanes.values() for line in lane.places)
        return [*fast, *self._slow, *self._joining]

    def join(self, line: Line, pos: Pos) -> None:
        """A reader that has everything up to ``pos``."""
        self._joining[line] = pos
        if self._pump is None:
            self._admit(pos)

    def leave(self, line: Line) -> None:
        """A reader that is gone. Its descriptor may be another's the moment after: it is never written to again."""
        self._joining.pop(line, None)
        self._slow.pop(line, None)
        self._lane(line).leave(line)

    def slow_down(self, line: Line) -> None:
        """Something waits to be sent to a reader: no frame may overtake it."""
        lane = self._lane(line)
        place = lane.leave(line)
        if place is None:
            return
        self._slow[line] = None
        if self._under_way is not None and place >= lane.done:
            # Between two slices of an entry that it has not been sent yet.
            self._write_slow(line, self._under_way.for_(line.form))

    def send(self, pos: Pos, frames: Frames, recorded: float) -> None:
        """Give everybody the next entry, which was recorded at ``recorded``, in seconds since 1970."""
        self._pending.append((pos, frames, recorded))
        if self._pump is None:
            self._pump = asyncio.create_task(self._run(), name="fan-out")

    async def _run(self) -> None:
        try:
            await self._send_pending()
        finally:
            # Here, not when the task is found to be done: who joins in between would be taken for up to date.
            self._pump = None

    async def _send_pending(self) -> None:
        while self._pending:
            pos, frames, recorded = self._pending.popleft()
            self._admit(Pos(pos - 1))
            # First, while it is still told apart who was slow before this frame and who becomes so by it.
            for line in tuple(self._slow):
                self._write_slow(line, frames.for_(line.form))
            await self._send_fast(frames)
            self._recover()
            if len(self):
                measures.PUBLISH.observe(max(0.0, time.time() - recorded))
        for line in tuple(self._joining):
            self._admit_one(line)

    async def _send_fast(self, frames: Frames) -> None:
        for lane in self._lanes.values():
            lane.compact()
            lane.done = 0
        self._under_way = frames
        patience = LONGEST_WAIT
        try:
            for form, lane in self._lanes.items():
                if lane.fast:
                    patience = await self._send_lane(lane, frames.for_(form), patience)
                    lane.done = len(lane.fast)
        finally:
            self._under_way = None

    def _recover(self) -> None:
        """Take back those who have nothing waiting any more."""
        for line in tuple(self._slow):
            if line.descriptor != _GONE:
                del self._slow[line]
                self._lane(line).join(line)

    async def _send_lane(self, lane: "_Lane", frame: bytes, patience: float) -> float:
        """Write to a lane; ``patience`` are the seconds that it may wait for commands, and what is left of them."""
        fast = lane.fast
        start, end = 0, min(SLICE, len(fast))
        while start < end:
            places: Sequence[int] = range(start, end)
            descriptors = fast[start:end]
            if _GONE in descriptors:
                places = [place for place in places if fast[place] != _GONE]
                descriptors = [fast[place] for place in places]
            taken = self._write(descriptors, frame)
            if taken.count(len(frame)) < len(taken):
                for place, size in zip(places, taken, strict=True):
                    if size < len(frame):
                        # Its buffer is full, or it is gone: the transport knows what to do about either.
                        self._fall_behind(lane.lines[place], frame[size:])
            length, start = end - start, end
            if start < len(fast):
                lane.done = start
                left = time.perf_counter()
                patience = await self._precedence.give(patience)
                idle = time.perf_counter() - left < IDLE_SECONDS
                end = min(start + (min(2 * length, SLICE) if idle else SLICE_BESIDE), len(fast))
        return patience

    def _fall_behind(self, line: Line, rest: bytes) -> None:
        self._lane(line).leave(line)
        self._slow[line] = None
        self._write_slow(line, rest)

    def _write_slow(self, line: Line, frame: bytes) -> None:
        if not line.write(frame):
            self._slow.pop(line, None)
            line.cut()

    def _admit(self, pos: Pos) -> None:
        """Take in those who wait and have everything up to ``pos``."""
        for line, joined in tuple(self._joining.items()):
            if joined <= pos:
                self._admit_one(line)

    def _admit_one(self, line: Line) -> None:
        del self._joining[line]
        if line.descriptor == _GONE:
            self._slow[line] = None
        else:
            self._lane(line).join(line)

    def _lane(self, line: Line) -> "_Lane":
        return self._lanes[line.form]


class _Lane:
    """Readers who get the same bytes, each by its file descriptor."""

    def __init__(self) -> None:
        self.fast: list[int] = []
        self.lines: list[Line] = []
        self.places: dict[Line, int] = {}
        self.done = 0
        """Where those begin who have not been sent the entry that is under way."""

    def join(self, line: Line) -> None:
        self.places[line] = len(self.fast)
        self.fast.append(line.descriptor)
        self.lines.append(line)

    def leave(self, line: Line) -> int | None:
        """Leave a gap, and return its place; None where the reader is not here."""
        place = self.places.pop(line, None)
        if place is not None:
            self.fast[place] = _GONE
        return place

    def compact(self) -> None:
        """Close the gaps, once they are many. Not while the list is gone through."""
        if len(self.fast) < 2 * len(self.places) + 64:
            return
        kept = [place for place, descriptor in enumerate(self.fast) if descriptor != _GONE]
        self.fast = [self.fast[place] for place in kept]
        self.lines = [self.lines[place] for place in kept]
        self.places = {line: place for place, line in enumerate(self.lines)}
