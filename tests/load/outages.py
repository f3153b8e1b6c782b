"""``python -m tests.load.outages``: what breaks in production, one after the other, while readers follow.

Readers who come back by themselves, a clerk who posts all the time. First one process on SQLite on a small disk, where
that can be mounted: it is killed, ended, starved of descriptors while its readers come back, and the disk is full for
a while. Then PostgreSQL behind a line that can be cut, a ``web`` and an ``edge`` on it: the edge is killed, stopped and
woken, starved; the web is killed; the line to the database is cut for a minute, and then the database itself is
stopped for one. At the end every reader must have every entry once and in order, and every acknowledged
post must be among them.
"""

import argparse
import asyncio
import contextlib
import json
import random
import resource
import signal
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp

from livesession.app import raise_descriptor_limit
from tests.browser.lines import line_to
from tests.integration.running import AGENDA, Client, Server, client_of
from tests.load.adversaries import Honest
from tests.services import Absent, LocalPostgresql, local_postgresql, small_disk


@dataclass
class InRole(Server):
    """One process of an installation."""

    role: str = "web"

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {
            "LIVESESSION_ROLE": self.role,
            "MAX_CONNECTIONS_PER_ADDRESS": "20000",
        }


class Clerk:
    """Posts until told to stop, each with one key until it is acknowledged."""

    def __init__(self, client: Client, slug: str) -> None:
        self._client, self._slug = client, slug
        self.acknowledged: list[str] = []
        self.longest = 0.0

    async def post(self) -> None:
        number = 0
        while True:
            number += 1
            begun = time.monotonic()
            while True:
                with contextlib.suppress(aiohttp.ClientError, ValueError, ConnectionError, TimeoutError):
                    async with asyncio.timeout(15):
                        status, answer = await self._client.post(
                            self._slug, "update.posted", None, f"key-{number}", text=f"Texte {number}"
                        )
                    if status in (200, 201):
                        self.acknowledged.append(answer["id"])
                        break
                await asyncio.sleep(0.2)
            self.longest = max(self.longest, time.monotonic() - begun)
            await asyncio.sleep(random.uniform(0.05, 0.3))


async def _asked(server: Server, path: str) -> str:
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(3)) as session:
            async with session.get(server.url + path) as answer:
                return f"{answer.status} {(await answer.text())[:90]}"
    except (aiohttp.ClientError, TimeoutError) as error:
        return type(error).__name__


async def starved(server: Server, crowd: list[Honest]) -> None:
    """Ten seconds without a descriptor to spare, in which half of the readers come anew."""
    assert server.process is not None
    pid = server.process.pid
    before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (len(list(Path(f"/proc/{pid}/fd").iterdir())) // 2, before[1]))
    for reader in crowd[::2]:
        reader.drop()
    await asyncio.sleep(10)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, before)


class Scene:
    """Readers who follow a sitting, a clerk who posts into it, and what became of both."""

    def __init__(self, crowd: list[Honest], clerk: Clerk) -> None:
        self.crowd, self.clerk = crowd, clerk

    async def say(self, what: str, seconds: float = 0.0) -> None:
        """Say how far everybody is, after so long."""
        await asyncio.sleep(seconds)
        behind = len(self.clerk.acknowledged) - min(len(reader.got) for reader in self.crowd)
        print(f"{what:<44} posts {len(self.clerk.acknowledged):>5}, furthest behind {behind:>5}", flush=True)

    def judge(self, exported: dict[str, Any]) -> None:
        """Say who lacks what of the record."""
        held = {entry["id"] for entry in exported["entries"]}
        whole = [entry["pos"] for entry in exported["entries"] if entry["pos"] is not None]
        wrong = sum(1 for reader in self.crowd if reader.got != whole)
        posts = self.clerk.acknowledged
        lost = [name for name in posts if name not in held]
        print(f"{wrong} of {len(self.crowd)} readers missed, repeated or disordered one of {len(whole)} entries")
        print(f"{len(lost)} of {len(posts)} acknowledged posts lost; longest wait {self.clerk.longest:.0f} s")


@contextlib.asynccontextmanager
async def scene(readers: int, web: Server, edge: Server) -> AsyncIterator[Scene]:
    """A sitting posted to by way of ``web`` and followed on ``edge``; judged at the end."""
    async with client_of(web) as client:
        slug = await client.create(AGENDA)
        await client.post(slug, "sitting.opened")
        crowd = [Honest(f"ws://127.0.0.1:{edge.port}/s/{slug}/ws") for _ in range(readers)]
        held = Scene(crowd, Clerk(client, slug))
        reading = [asyncio.create_task(reader.read()) for reader in crowd]
        posting = asyncio.create_task(held.clerk.post())
        await held.say("all well", 5)
        yield held
        await _ended(posting)
        exported = json.loads((await asyncio.to_thread(web.command, "export", slug, "json")).stdout)
        await asyncio.sleep(5)
        await _ended(*reading)
        held.judge(exported)


async def _ended(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def killed(held: Scene, server: Server, what: str) -> None:
    """SIGKILL, and another two seconds later."""
    server.kill()
    await asyncio.sleep(2)
    await server.start()
    await held.say(f"{what} killed, started again", 5)


async def on_postgresql(readers: int, away: float, folder: Path, server: LocalPostgresql) -> None:
    """A ``web`` and an ``edge``, and the line between them and their database."""
    async with line_to(server.port) as line:
        url = server.url.replace(f":{server.port}/", f":{line.port}/")
        web, edge = (InRole(folder / role, database=url, role=role) for role in ("web", "edge"))
        for process in (web, edge):
            process.folder.mkdir()
        # Blocking: the line runs in this very loop.
        await asyncio.to_thread(web.command, "db", "upgrade")
        await web.start()
        await edge.start()
        async with scene(readers, web, edge) as held:
            await killed(held, edge, "edge")
            assert edge.process is not None
            edge.process.send_signal(signal.SIGSTOP)
            await held.say("edge frozen for 15 s", 15)
            edge.process.send_signal(signal.SIGCONT)
            await held.say("edge woken", 5)
            await killed(held, web, "web")
            await starved(edge, held.crowd)
            await held.say("edge starved of descriptors for 10 s")
            await held.say("edge fed again", 10)
            for what, take, give in (
                ("line to the database cut", line.cut, line.open),
                ("database stopped", partial(asyncio.to_thread, server.stop), partial(asyncio.to_thread, server.start)),
            ):
                await take()
                await asyncio.sleep(away)
                print("  edge:", await _asked(edge, "/readyz"), "\n  web: ", await _asked(web, "/readyz"))
                await held.say(f"{what} for {away:.0f} s")
                await give()
                await asyncio.sleep(10)
                print("  edge:", await _asked(edge, "/readyz"), "\n  web: ", await _asked(web, "/readyz"))
                await held.say("and back")
        for process in (web, edge):
            process.kill()


async def on_sqlite(readers: int, folder: Path) -> None:
    """One process for everything, with its database on a small disk."""
    server = InRole(folder, role="all")
    await server.start()
    async with scene(readers, server, server) as held:
        await killed(held, server, "server")
        await asyncio.to_thread(server.stop)
        await server.start()
        await held.say("server ended by SIGTERM, started again", 5)
        await starved(server, held.crowd)
        await held.say("server starved of descriptors for 10 s")
        await held.say("server fed again", 10)
        filler = folder / "filler"
        with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(1 << 12))
        await asyncio.sleep(15)
        print("  server:", await _asked(server, "/readyz"))
        await held.say("disk full for 15 s")
        filler.unlink()
        await held.say("disk free again", 10)
        print("  server:", await _asked(server, "/readyz"))
    server.kill()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=500)
    parser.add_argument("--away", type=float, default=60.0, help="seconds that the database is out of reach")
    arguments = parser.parse_args()
    raise_descriptor_limit()
    try:
        with small_disk() as folder:
            asyncio.run(on_sqlite(arguments.readers, folder))
    except Absent as error:
        print(f"without the full disk: {error}")
    with tempfile.TemporaryDirectory() as name, local_postgresql() as database:
        asyncio.run(on_postgresql(arguments.readers, arguments.away, Path(name), database))


if __name__ == "__main__":
    main()
