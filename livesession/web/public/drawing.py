"""One thread for what is drawn: posters and images cost a second each, and must not stand in the readers' way."""

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor

from aiohttp import web
from PIL import Image

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


def fitted_in(picture: bytes, room: tuple[float, float]) -> tuple[float, float]:
    """The width and height of a picture (PNG) in a room of that width and height, its proportions kept."""
    with Image.open(io.BytesIO(picture), formats=("PNG",)) as opened:
        width, height = opened.size
    scale = min(room[0] / width, room[1] / height)
    return width * scale, height * scale


def paste_logo(image: Image.Image, picture: bytes, place: tuple[float, float], room: tuple[float, float]) -> None:
    """Put a logo (PNG) into the middle of a room at a place of an image, as large as it fits."""
    width, height = (max(1, round(each)) for each in fitted_in(picture, room))
    with Image.open(io.BytesIO(picture), formats=("PNG",)) as opened:
        small = opened.convert("RGBA").resize((width, height), Image.Resampling.LANCZOS)
    left, top = round(place[0] + (room[0] - width) / 2), round(place[1] + (room[1] - height) / 2)
    image.paste(small, (left, top), small)
