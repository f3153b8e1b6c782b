"""Keepalive in turns: one timer for everybody, where a task for each would cost more than all entries of a sitting."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

from livesession.live.batch import MOST, Write
from livesession.live.outlet import Outlet

ROUNDS = 20
"""Parts that all are seen to in, one after the other: never all of them at once."""

T = TypeVar("T", bound=Outlet)


class Rounds(Generic[T]):
    """Those who are kept alive; made inside the event loop.

    ``see_to`` gets a part of them at a time, so that everybody's turn comes every ``seconds``.
    """

    def __init__(self, seconds: float, see_to: Callable[[Sequence[T]], None]) -> None:
        self._pause = seconds / ROUNDS
        self._see_to = see_to
        self._parts: list[set[T]] = [set() for _ in range(ROUNDS)]
        self._newest = 0
        self._timer: asyncio.TimerHandle | None = None
        self._nobody = asyncio.Event()
        self._nobody.set()

    def __iter__(self) -> Iterator[T]:
        return iter([held for part in self._parts for held in part])

    def add(self, member: T) -> None:
        """Take in another."""
        self._newest = (self._newest + 1) % ROUNDS
        self._parts[self._newest].add(member)
        self._nobody.clear()
        if self._timer is None:
            self._next(0)

    def discard(self, member: T) -> None:
        """Let one go, if it is here."""
        for part in self._parts:
            part.discard(member)
        if not any(self._parts):
            self._nobody.set()

    async def empty(self) -> None:
        """Wait until all are gone; then the timer ends, until somebody comes."""
        await self._nobody.wait()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _next(self, part: int) -> None:
        self._timer = asyncio.get_running_loop().call_later(self._pause, self._turn, part)

    def _turn(self, part: int) -> None:
        self._see_to(tuple(self._parts[part]))
        self._next((part + 1) % ROUNDS)


def write_to(outlets: Sequence[Outlet], data: bytes, write: Write) -> None:
    """Send the same to many, to none of whom anything waits to be sent."""
    for first in range(0, len(outlets), MOST):
        some = outlets[first : first + MOST]
        descriptors = [outlet.descriptor for outlet in some]
        direct = [place for place, descriptor in enumerate(descriptors) if descriptor >= 0]
        taken = dict(zip(direct, write([descriptors[place] for place in direct], data), strict=True))
        for place, outlet in enumerate(some):
            if (sent := taken.get(place, 0)) < len(data):
                outlet.send(data[sent:])
