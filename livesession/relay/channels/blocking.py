"""Calls of a blocking library, in threads that nobody has to wait for."""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def in_thread(call: Callable[[], T], seconds: float) -> T:
    """What ``call`` returns or raises, or TimeoutError after ``seconds``.

    Unlike :func:`asyncio.to_thread`, neither the loop's end nor the interpreter's waits for the thread: a network that
    lets us wait must not keep the server from stopping. After TimeoutError or a cancellation the call goes on unseen;
    what it uses must not be used again.
    """
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if outcome.done():
            return
        if error is not None:
            outcome.set_exception(error)
        else:
            outcome.set_result(result)  # type: ignore[arg-type]  # None here only where T allows it

    def work() -> None:
        result, error = None, None
        try:
            result = call()
        except Exception as raised:
            error = raised
        # RuntimeError: the loop has closed meanwhile, and with it went whoever wanted to know.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=work, name="livesession-network", daemon=True).start()
    async with asyncio.timeout(seconds):
        return await outcome
