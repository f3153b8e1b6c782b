"""``python -m tests.load.soak``: a day's coming and going in minutes, and what it leaves in memory.

Readers connect, read for a moment and leave, by WebSocket and by Server-Sent Events, politely or not; meanwhile a
clerk posts thousands of entries and some readers stay all along. Prints the memory after each tenth. What the sitting
itself holds (its state and the newest entries) grows with the entries; what readers leave behind must not be seen.
"""

import argparse
import asyncio
import contextlib
import os
import random
import socket
import struct
import tempfile
import time
from pathlib import Path

import aiohttp
from websockets.asyncio.client import connect

from livesession.app import raise_descriptor_limit
from tests.integration.running import Client
from tests.load.adversaries import HANDSHAKE, Honest
from tests.load.peers import Peer, livesession, sitting_on

SIDE_BY_SIDE = 40
STAYING = 50


async def _polite(peer: Peer, after: int) -> None:
    """By WebSocket, with a closing handshake."""
    # Without a bound on what it holds: the client stops reading at one, and would not see the answer to its close.
    async with connect(f"ws://127.0.0.1:{peer.port}{peer.path}?after={after}", proxy=None, max_queue=None) as line:
        await line.recv()


async def _abrupt(peer: Peer, after: int) -> None:
    """By WebSocket, and away in the midst of what is sent."""
    loop = asyncio.get_running_loop()
    tcp = socket.socket()
    tcp.setblocking(False)
    await loop.sock_connect(tcp, ("127.0.0.1", peer.port))
    await loop.sock_sendall(tcp, HANDSHAKE.format(path=f"{peer.path}?after={max(0, after - 50)}").encode())
    await loop.sock_recv(tcp, 1)
    tcp.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    tcp.close()


async def _streamed(peer: Peer, after: int) -> None:
    """By Server-Sent Events."""
    address = f"http://127.0.0.1:{peer.port}{peer.path.removesuffix('ws')}sse?after={after}"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        await answer.content.readline()


async def run(cycles: int, entries: int, folder: Path) -> None:
    os.environ["MAX_CONNECTIONS_PER_ADDRESS"] = "20000"
    async with livesession(folder) as (server, client):
        peer = await sitting_on(server, client)
        slug = peer.path.split("/")[2]
        staying = [Honest(f"ws://127.0.0.1:{peer.port}{peer.path}") for _ in range(STAYING)]
        tasks = [asyncio.create_task(reader.read()) for reader in staying]
        done = posted = 0

        async def come_and_go() -> None:
            nonlocal done
            while done < cycles:
                if done * entries > (posted + entries / 50) * cycles:
                    await asyncio.sleep(0.01)
                    continue
                done += 1
                after = max(0, len(staying[0].got) - random.randrange(30))
                with contextlib.suppress(OSError, aiohttp.ClientError):
                    await random.choice((_polite, _abrupt, _streamed))(peer, after)

        async def post(writer: Client) -> None:
            nonlocal posted
            while posted < entries:
                if posted * cycles > (done + cycles / 50) * entries:
                    await asyncio.sleep(0.01)
                    continue
                posted += 1
                status, _ = await writer.post(slug, "update.posted", text=f"Texte {posted} : " + "le rapport. " * 40)
                assert status == 201

        async def report() -> None:
            begun, told = time.monotonic(), -1
            while True:
                if done * 10 // cycles > told:
                    told = done * 10 // cycles
                    memory = peer.memory() / 1024 / 1024
                    print(f"{done:>8} cycles {posted:>6} entries {memory:>8.1f} MiB {time.monotonic() - begun:>6.0f} s")
                await asyncio.sleep(0.2)

        reporting = asyncio.create_task(report())
        await asyncio.gather(*(come_and_go() for _ in range(SIDE_BY_SIDE)), post(client))
        await asyncio.sleep(3)
        reporting.cancel()
        print(f"{peer.memory() / 1024 / 1024:.1f} MiB at the end")
        _, seen = await client.get(f"/s/{slug}/entries?after={max(0, posted - 100)}")
        last = seen["entries"][-1]["pos"]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        wrong = sum(1 for reader in staying if reader.got != list(range(1, last + 1)))
        print(f"{wrong} of {STAYING} who stayed missed, repeated or disordered one of {last} entries")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=20_000)
    parser.add_argument("--entries", type=int, default=5_000)
    arguments = parser.parse_args()
    raise_descriptor_limit()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(arguments.cycles, arguments.entries, Path(folder)))


if __name__ == "__main__":
    main()
