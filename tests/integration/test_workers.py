"""``serve --workers``: several processes on one port, one replaced when it is killed, all ended together."""

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest
from websockets.asyncio.client import ClientConnection, connect

from tests.integration.running import AGENDA, Server, children, client_of
from tests.services import own_database

READERS = 40


@pytest.fixture
async def server(tmp_path: Path, postgresql_url: str) -> AsyncIterator[Server]:
    async with own_database(postgresql_url) as database:
        server = Server(tmp_path, database=database)
        server.command("db", "upgrade")
        await server.start("--workers", "2")
        try:
            await both_listen(server)
            yield server
        finally:
            if server.process is not None:
                server.kill()
                await gone(server)


def workers_of(server: Server) -> list[int]:
    assert server.process is not None
    return children(server.process.pid)


async def both_listen(server: Server) -> None:
    async with asyncio.timeout(30):
        while len(server.listeners()) < 2:
            await asyncio.sleep(0.05)


async def gone(server: Server) -> None:
    """Wait until nobody listens on the port."""
    async with asyncio.timeout(15):
        while server.listeners():
            await asyncio.sleep(0.05)


async def positions(line: ClientConnection, until: int) -> list[int]:
    """The positions of the entries that come, up to one."""
    got: list[int] = []
    async with asyncio.timeout(10):
        while until not in got:
            message = json.loads(await line.recv())
            if message["type"] == "entry":
                got.append(message["pos"])
    return got


async def test_both_serve_readers_and_every_one_has_every_entry(server: Server) -> None:
    both = workers_of(server)
    assert len(both) == 2
    async with client_of(server, "admin") as client, AsyncExitStack() as held:
        slug = await client.create(AGENDA)
        await client.post(slug, "sitting.opened")
        address = f"ws://127.0.0.1:{server.port}/s/{slug}/ws?after=0"
        lines = [await held.enter_async_context(connect(address, proxy=None)) for _ in range(READERS)]
        for number in range(5):
            assert (await client.post(slug, "update.posted", text=f"Texte {number}"))[0] == 201
        _, head = await client.get(f"/s/{slug}/entries?after=0")
        last = head["entries"][-1]["pos"]
        got = await asyncio.gather(*(positions(line, last) for line in lines))
        assert got == [list(range(1, last + 1))] * READERS
        # Each has its share: that one of forty had none would be less likely than one in 10^11.
        held_by = [len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in both]
        assert min(held_by) > 5
        # Whichever is asked tells of both.
        for _ in range(4):
            async with aiohttp.ClientSession() as fresh:
                async with fresh.get(server.url + "/metrics", headers=client.headers) as answer:
                    told = await answer.text()
            assert f'livesession_readers{{transport="websocket"}} {READERS}.0' in told


async def test_one_that_is_killed_is_replaced_and_all_end_together(server: Server) -> None:
    first, second = workers_of(server)
    os.kill(first, signal.SIGKILL)
    async with asyncio.timeout(5):
        while len(server.listeners()) == 2:
            await asyncio.sleep(0.01)
    async with aiohttp.ClientSession() as session, session.get(server.url + "/readyz") as answer:
        assert answer.status == 200
    await both_listen(server)
    third = set(workers_of(server)) - {second}
    assert len(third) == 1
    assert first not in third
    assert server.stop() == 0
    assert server.listeners() == []


async def test_they_end_when_their_supervisor_was_killed(server: Server) -> None:
    assert len(workers_of(server)) == 2
    server.kill()
    await gone(server)


async def test_a_port_that_is_taken_is_told_before_anything_starts(server: Server) -> None:
    second = server.command("serve", "--workers", "2", check=False)
    assert (second.returncode, f"Le port {server.port} ne peut être pris" in second.stderr) == (2, True)


async def test_several_with_consoles_are_refused_on_sqlite(tmp_path: Path) -> None:
    refused = Server(tmp_path).command("serve", "--workers", "2", check=False)
    assert refused.returncode == 2
    assert "WORKERS" in refused.stderr
    assert "PostgreSQL" in refused.stderr
