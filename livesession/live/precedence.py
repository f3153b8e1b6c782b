"""Commands go first: while one is under way, the readers of a large sitting wait for it, a moment at most."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_WAIT = 0.05
"""Seconds that one entry waits for commands on its way to readers, however many there are and however slow."""


class Precedence:
    """Who goes first on the event loop of one process."""

    def __init__(self) -> None:
        self._commands = 0
        self._waiting: set[asyncio.Future[None]] = set()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """A command is under way inside: it takes dozens of turns of the loop, and each is its own now."""
        self._commands += 1
        try:
            yield
        finally:
            self._commands -= 1
            if self._commands == 0:
                for waiting in self._waiting:
                    _let_go(waiting)

    async def give(self, seconds: float) -> float:
        """Let others have their turn, and commands theirs to the end, ``seconds`` at most; returns those left."""
        if self._commands == 0 or seconds <= 0:
            await asyncio.sleep(0)
            return seconds
        begun = time.perf_counter()
        loop = asyncio.get_running_loop()
        waiting = loop.create_future()
        timer = loop.call_later(seconds, _let_go, waiting)
        self._waiting.add(waiting)
        try:
            await waiting
        finally:
            self._waiting.discard(waiting)
            timer.cancel()
        return seconds - (time.perf_counter() - begun)


def _let_go(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_result(None)
