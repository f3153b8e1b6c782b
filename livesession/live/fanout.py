"""The fan-out: one frame, built once, written to every reader of a sitting that is up to date.

The fast way is a flat list of file descriptors: for each entry one ``write`` per reader, touching
no other object of it. A reader whose line does not take a frame whole becomes slow: what is left
goes through its transport, and it comes back to the list once that is empty. Past a bound it is cut,
to come back with its cursor. The list is gone through in slices, so that a clerk's commit, and
everybody else's requests, are not held up by ten thousand readers.
"""

import asyncio
import os
import time
from collections import deque
from typing import Protocol

from websockets.frames import Frame, Opcode

from livesession import measures
from livesession.domain.ids import Pos

SLICE = 400
"""Readers written to before the loop may do something else: about two milliseconds."""

_GONE = -1


def frame_of(message: str) -> bytes:
    """A text message as one unmasked frame without extensions (RFC 6455 §5.2)."""
    return Frame(Opcode.TEXT, message.encode()).serialize(mask=False)


class Line(Protocol):
    """A reader's connection, as the fan-out needs it. None of this blocks or raises."""

    @property
    def descriptor(self) -> int:
        """Where a frame may be written at once: nothing waits before it, nothing is half sent; -1 elsewhere."""

    def write(self, frame: bytes) -> bool:
        """Send by way of the transport; False where the reader is too far behind, or gone."""

    def cut(self) -> None:
        """Close, with the code that says: too slow, come back with your cursor."""

    def dismiss(self) -> None:
        """Close, because the history that this reader follows is gone: it must come back and be told ``reset``."""


class FanOut:
    """The readers of one sitting who are up to date, and what they are still to get."""

    def __init__(self) -> None:
        self._fast: list[int] = []
        self._lines: list[Line] = []
        self._places: dict[Line, int] = {}
        self._slow: dict[Line, None] = {}
        self._joining: dict[Line, Pos] = {}
        self._pending: deque[tuple[Pos, bytes, float]] = deque()
        self._pump: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._places) + len(self._slow) + len(self._joining)

    @property
    def lines(self) -> list[Line]:
        """Everybody who reads."""
        return [*self._places, *self._slow, *self._joining]

    def join(self, line: Line, pos: Pos) -> None:
        """A reader that has everything up to ``pos``."""
        self._joining[line] = pos
        if self._pump is None:
            self._admit(pos)

    def leave(self, line: Line) -> None:
        """A reader that is gone. Its descriptor may be another's the moment after: it is never written to again."""
        self._joining.pop(line, None)
        self._slow.pop(line, None)
        place = self._places.pop(line, None)
        if place is not None:
            self._fast[place] = _GONE

    def slow_down(self, line: Line) -> None:
        """Something waits to be sent to a reader: no frame may overtake it."""
        place = self._places.pop(line, None)
        if place is not None:
            self._fast[place] = _GONE
            self._slow[line] = None

    def send(self, pos: Pos, frame: bytes, recorded: float) -> None:
        """Give everybody the next entry, which was recorded at ``recorded``, in seconds since 1970."""
        self._pending.append((pos, frame, recorded))
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
            pos, frame, recorded = self._pending.popleft()
            self._admit(Pos(pos - 1))
            self._compact()
            # First, while it is still told apart who was slow before this frame and who becomes so by it.
            for line in tuple(self._slow):
                self._write_slow(line, frame)
            await self._write(frame)
            self._recover()
            if len(self):
                measures.PUBLISH.observe(max(0.0, time.time() - recorded))
        for line in tuple(self._joining):
            self._admit_one(line)

    def _recover(self) -> None:
        """Take back those who have nothing waiting any more."""
        for line in tuple(self._slow):
            if line.descriptor != _GONE:
                del self._slow[line]
                self._place(line)

    async def _write(self, frame: bytes) -> None:
        write, fast, size = os.write, self._fast, len(frame)
        for start in range(0, len(fast), SLICE):
            if start:
                await asyncio.sleep(0)
            for place in range(start, min(start + SLICE, len(fast))):
                descriptor = fast[place]
                if descriptor == _GONE:
                    continue
                try:
                    sent = write(descriptor, frame)
                except OSError:
                    # Its buffer is full, or it is gone: the transport knows what to do about either.
                    sent = 0
                if sent != size:
                    self._fall_behind(place, frame[sent:])

    def _fall_behind(self, place: int, rest: bytes) -> None:
        line = self._lines[place]
        self.slow_down(line)
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
            self._place(line)

    def _place(self, line: Line) -> None:
        self._places[line] = len(self._fast)
        self._fast.append(line.descriptor)
        self._lines.append(line)

    def _compact(self) -> None:
        """Close the gaps of those who left, once they are many."""
        if len(self._fast) < 2 * len(self._places) + 64:
            return
        kept = [
            (descriptor, line) for descriptor, line in zip(self._fast, self._lines, strict=True) if descriptor != _GONE
        ]
        self._fast = [descriptor for descriptor, _ in kept]
        self._lines = [line for _, line in kept]
        self._places = {line: place for place, line in enumerate(self._lines)}
