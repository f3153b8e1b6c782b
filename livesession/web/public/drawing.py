"""One thread for what is drawn: posters and images cost a second each, and must not stand in the readers' way."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor

from aiohttp import web

DRAWING: web.AppKey[ThreadPoolExecutor] = web.AppKey("drawing", ThreadPoolExecutor)


def set_up(app: web.Application) -> None:
    """Give the application its drawing thread; it ends with the application."""
    app.cleanup_ctx.append(_thread)


async def _thread(app: web.Application) -> AsyncIterator[None]:
    with ThreadPoolExecutor(1, "drawing") as executor:
        app[DRAWING] = executor
        yield
        executor.shutdown(wait=False, cancel_futures=True)


async def drawn(request: web.Request, draw: Callable[[], bytes]) -> bytes:
    """What ``draw`` gives, made after whatever else is being drawn."""
    return await asyncio.get_running_loop().run_in_executor(request.app[DRAWING], draw)
