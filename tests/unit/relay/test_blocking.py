"""Threads that nobody has to wait for."""

import asyncio
import threading
import time

import pytest

from livesession.relay.channels.blocking import in_thread


async def test_call_runs_beside_the_loop_and_gives_its_result() -> None:
    assert await in_thread(threading.current_thread, 5) is not threading.current_thread()


async def test_what_the_call_raises_is_raised() -> None:
    def call() -> None:
        raise LookupError("nothing there")

    with pytest.raises(LookupError, match="nothing there"):
        await in_thread(call, 5)


async def test_call_that_takes_too_long_is_left_alone() -> None:
    go_on = threading.Event()
    with pytest.raises(TimeoutError):
        await in_thread(lambda: go_on.wait(30), 0.05)
    go_on.set()


async def test_cancelled_call_lets_go_at_once() -> None:
    go_on = threading.Event()
    begun = time.monotonic()
    waiting = asyncio.create_task(in_thread(lambda: go_on.wait(30), 60))
    await asyncio.sleep(0.05)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert time.monotonic() - begun < 5
    go_on.set()


def test_loop_ends_without_waiting_for_the_call() -> None:
    go_on = threading.Event()

    async def main() -> None:
        task = asyncio.create_task(in_thread(lambda: go_on.wait(30), 60))
        await asyncio.sleep(0.05)
        task.cancel()

    begun = time.monotonic()
    asyncio.run(main())
    assert time.monotonic() - begun < 5
    # The call comes back to a loop that is closed, and nobody hears of it.
    go_on.set()
    time.sleep(0.05)
