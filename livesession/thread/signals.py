"""Waking those who follow the log. A signal says only "look again": the log stays the one truth."""

import asyncio
from collections.abc import Sequence


class Signal:
    """A counter that tasks wait on. ``notify`` never blocks; a wake-up is never lost."""

    def __init__(self) -> None:
        self.version = 0
        self._changed = asyncio.Event()

    def notify(self) -> None:
        """Wake everybody who waits."""
        self.version += 1
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def wait(self, seen: int, seconds: float) -> int:
        """Wait until ``version`` differs from ``seen``, ``seconds`` at most; returns the version.

        Cancellation-safe.
        """
        if self.version == seen:
            try:
                async with asyncio.timeout(seconds):
                    await self._changed.wait()
            except TimeoutError:
                pass
        return self.version


async def wait_any(signals: Sequence[Signal], seen: Sequence[int], seconds: float) -> None:
    """Wait until one of several signals has moved on from what was ``seen``, ``seconds`` at most.

    Cancellation-safe.
    """
    waits = [
        asyncio.ensure_future(signal.wait(version, seconds)) for signal, version in zip(signals, seen, strict=True)
    ]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
