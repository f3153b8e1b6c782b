"""Signals: nobody who waits is forgotten."""

import asyncio

import pytest

from livesession.thread.signals import Signal, wait_any


async def test_a_wake_up_before_the_wait_is_not_lost() -> None:
    signal = Signal()
    signal.notify()
    assert await signal.wait(0, 60) == 1
    assert signal.version == 1


async def test_everybody_who_waits_is_woken() -> None:
    signal = Signal()
    waiting = [asyncio.create_task(signal.wait(0, 60)) for _ in range(5)]
    await asyncio.sleep(0)
    signal.notify()
    assert await asyncio.gather(*waiting) == [1] * 5


async def test_waiting_ends_with_its_time() -> None:
    signal = Signal()
    assert await signal.wait(0, 0.001) == 0


async def test_waiting_can_be_cancelled_and_begun_again() -> None:
    signal = Signal()
    waiting = asyncio.create_task(signal.wait(0, 60))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    signal.notify()
    assert await signal.wait(0, 60) == 1


async def test_any_of_several_signals_wakes() -> None:
    first, second = Signal(), Signal()
    waiting = asyncio.create_task(wait_any([first, second], [0, 0], 60))
    await asyncio.sleep(0)
    second.notify()
    await waiting
    assert (first.version, second.version) == (0, 1)
    await wait_any([first, second], [0, 1], 0.001)
