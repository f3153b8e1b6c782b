"""``python -m tests.load.adversaries``: readers who mean harm or are merely broken, and the clerk's posts meanwhile.

Five hundred of each kind beside five hundred honest readers, one kind after the other and then all at once. Prints
what a post took, what memory grew by, and whether every honest reader had every entry once and in order.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import socket
import statistics
import struct
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from livesession.app import raise_descriptor_limit
from tests.load.peers import WORDS, Peer, livesession, sitting_on

POSTS = 20
PAUSE = 0.2
HANDSHAKE = (
    "GET {path} HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


@dataclass
class Honest:
    """A reader as the widget is one: comes back with its cursor whenever it is sent away."""

    address: str
    got: list[int] = field(default_factory=list)
    _line: ClientConnection | None = None

    def drop(self) -> None:
        """Lose the line, as on a phone in a tunnel."""
        if self._line is not None:
            self._line.transport.abort()

    async def read(self) -> None:
        """Read until cancelled."""
        while True:
            with contextlib.suppress(OSError, ConnectionClosed, TimeoutError):
                after = self.got[-1] if self.got else 0
                async with connect(f"{self.address}?after={after}", ping_interval=None, proxy=None) as line:
                    self._line = line
                    async for text in line:
                        message = json.loads(text)
                        if message["type"] == "entry":
                            self.got.append(message["pos"])
            await asyncio.sleep(random.uniform(0.05, 0.5))


async def _opened(port: int, path: str, receive: int | None = None) -> socket.socket:
    """A raw connection with its handshake sent and not a byte read."""
    loop = asyncio.get_running_loop()
    tcp = socket.socket()
    if receive is not None:
        tcp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    tcp.setblocking(False)
    await loop.sock_connect(tcp, ("127.0.0.1", port))
    if path:
        await loop.sock_sendall(tcp, HANDSHAKE.format(path=path).encode())
    return tcp


async def _held(make: Callable[[], Awaitable[socket.socket]], count: int) -> None:
    """So many connections, held until cancelled."""
    held: list[socket.socket] = []
    try:
        for _ in range(count):
            held.append(await make())
        await asyncio.Event().wait()
    finally:
        for tcp in held:
            tcp.close()


async def never_reading(port: int, path: str, count: int) -> None:
    """Take the smallest buffers there are and read nothing."""
    await _held(lambda: _opened(port, path, 4096), count)


async def silent(port: int, path: str, count: int) -> None:
    """Connect and say nothing."""
    await _held(lambda: _opened(port, ""), count)


async def dripping(port: int, path: str, count: int) -> None:
    """A head that comes a byte a second and never ends."""

    async def drip() -> None:
        loop = asyncio.get_running_loop()
        while True:
            tcp = await _opened(port, "")
            with contextlib.suppress(OSError):
                for byte in b"GET / HTTP/1.1\r\nX: " + b"y" * 600:
                    await loop.sock_sendall(tcp, bytes([byte]))
                    await asyncio.sleep(1)
            tcp.close()

    await asyncio.gather(*(drip() for _ in range(count)))


async def reconnecting(port: int, path: str, count: int) -> None:
    """Come, and reset at once, in a loop."""

    async def loop_() -> None:
        while True:
            with contextlib.suppress(OSError):
                tcp = await _opened(port, path)
                await asyncio.sleep(random.uniform(0, 0.5))
                tcp.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                tcp.close()
            await asyncio.sleep(random.uniform(0.1, 0.5))

    await asyncio.gather(*(loop_() for _ in range(count)))


async def shouting(port: int, path: str, count: int) -> None:
    """Frames of ten megabytes, and frames without a mask, one after the other."""

    async def shout(first: bytes) -> None:
        loop = asyncio.get_running_loop()
        while True:
            tcp = await _opened(port, path)
            with contextlib.suppress(OSError):
                await loop.sock_sendall(tcp, first)
                for _ in range(160):
                    await loop.sock_sendall(tcp, bytes(1 << 16))
            tcp.close()
            await asyncio.sleep(random.uniform(0.5, 1.5))

    large = b"\x82\xff" + (10 << 20).to_bytes(8) + bytes(4)
    await asyncio.gather(*(shout(large if number % 2 else b"\x81\x05hello") for number in range(count)))


KINDS = (never_reading, silent, dripping, reconnecting, shouting)


@contextlib.asynccontextmanager
async def _at_work(*tasks: asyncio.Task[None]) -> AsyncIterator[None]:
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _posts(peer: Peer, first: int, posts: int) -> list[float]:
    took = []
    for number in range(posts):
        took.append(await asyncio.to_thread(peer.post, first + number))
        await asyncio.sleep(PAUSE)
    return took


def _line(name: str, took: list[float], memory: float, processor: float) -> str:
    middle, worst = statistics.median(took) * 1e3, max(took) * 1e3
    return f"{name:<24}{middle:>12.1f}{worst:>12.1f}{memory / 1024 / 1024:>12.1f}{processor * 100:>12.0f}"


async def run(count: int, folder: Path) -> None:
    os.environ["MAX_CONNECTIONS_PER_ADDRESS"] = str(20 * count)
    async with livesession(folder) as (server, client):
        peer = await sitting_on(server, client)
        peer.size = min(4000, len(WORDS))
        honest = [Honest(f"ws://127.0.0.1:{peer.port}{peer.path}") for _ in range(count)]
        number = 0
        async with _at_work(*(asyncio.create_task(reader.read()) for reader in honest)):
            await asyncio.sleep(3)
            opening = len(honest[0].got)
            print(f"{count} honest readers\n{'beside':<24}{'POST, ms':>12}{'worst, ms':>12}{'MiB':>12}{'CPU, %':>12}")
            await _posts(peer, number, POSTS)
            number += POSTS
            before = peer.memory()
            for kinds in [(), *((kind,) for kind in KINDS), KINDS]:
                async with _at_work(
                    *(asyncio.create_task(kind(peer.port, peer.path, count)) for kind in kinds)  # type: ignore[arg-type]  # coroutines all
                ):
                    await asyncio.sleep(2)
                    cpu, begun = peer.cpu(), time.monotonic()
                    took = await _posts(peer, number, POSTS)
                    number += POSTS
                    processor = (peer.cpu() - cpu) / (time.monotonic() - begun)
                    name = " and ".join(kind.__name__.replace("_", " ") for kind in kinds) if len(kinds) < 2 else "all"
                    print(_line(name or "nobody", took, peer.memory() - before, processor), flush=True)
                await asyncio.sleep(2)
            await asyncio.sleep(5)
            left = peer.memory() - before
        wrong = sum(1 for reader in honest if reader.got != list(range(1, opening + number + 1)))
        print(f"{left / 1024 / 1024:.1f} MiB more than at the start, five seconds after all have left")
        print(f"{wrong} of {count} honest readers missed, repeated or disordered one of {number} entries")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500, help="of each kind")
    arguments = parser.parse_args()
    raise_descriptor_limit()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(arguments.count, Path(folder)))


if __name__ == "__main__":
    main()
