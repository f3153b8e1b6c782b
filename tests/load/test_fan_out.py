"""How long a post takes to the last of N readers, beside a bare websockets server in the same run.

Prints ratios, gates nothing: absolute times belong to the machine they were taken on.
"""

import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import websockets

from tests.integration.running import AGENDA, client_of, free_port, serving

READERS = int(os.environ.get("READERS", "500"))
POSTS = int(os.environ.get("POSTS", "20"))
TEXT = "x" * 600

PEER = """
import asyncio, sys
from websockets.asyncio.server import broadcast, serve
readers = set()
async def handler(socket):
    readers.add(socket)
    try:
        async for message in socket:
            broadcast(readers, message)
    finally:
        readers.discard(socket)
async def main():
    async with serve(handler, "127.0.0.1", int(sys.argv[1]), compression=None):
        await asyncio.Future()
asyncio.run(main())
"""


async def publish_to_last(address: str, wanted: str, publish: Callable[[str], Awaitable[None]]) -> list[float]:
    """Milliseconds from publishing to the last reader having it, for each post."""
    sockets = await asyncio.gather(*(websockets.connect(address, compression=None) for _ in range(READERS)))
    took: list[float] = []
    try:
        for number in range(POSTS):
            mark = f"{wanted}-{number}-"

            async def got(socket: websockets.ClientConnection, mark: str = mark) -> None:
                while mark not in str(await socket.recv()):
                    pass

            waiting = [asyncio.create_task(got(socket)) for socket in sockets]
            begun = time.perf_counter()
            await publish(mark + TEXT)
            await asyncio.gather(*waiting)
            took.append((time.perf_counter() - begun) * 1000)
    finally:
        await asyncio.gather(*(socket.close() for socket in sockets))
    return took


@pytest.mark.load
async def test_fan_out_beside_a_bare_server(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(AGENDA)
        await client.post(slug, "sitting.opened")

        async def post(text: str) -> None:
            status, answer = await client.post(slug, "update.posted", text=text)
            assert status == 201, answer

        ours = await publish_to_last(f"ws://127.0.0.1:{server.port}/s/{slug}/ws", "ours", post)

    port = free_port()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", PEER, str(port))
    try:
        await asyncio.sleep(1)
        async with websockets.connect(f"ws://127.0.0.1:{port}") as publisher:
            theirs = await publish_to_last(f"ws://127.0.0.1:{port}", "theirs", publisher.send)
    finally:
        process.terminate()
        await process.wait()
    figures = {
        "readers": READERS,
        "livesession_ms": round(statistics.median(ours), 1),
        "websockets_broadcast_ms": round(statistics.median(theirs), 1),
        "ratio": round(statistics.median(ours) / statistics.median(theirs), 2),
    }
    print("\n" + json.dumps(figures))
    assert len(ours) == len(theirs) == POSTS
