"""``python -m tests.load.outages``: what breaks in production, one after the other, while readers follow.

PostgreSQL behind a line that can be cut, a ``web`` and an ``edge`` on it, readers on the edge who come back by
themselves, a clerk who posts all the time. The edge is killed, stopped and woken, starved of descriptors while its
readers come back; the web is killed; the line to the database is cut for a minute, and then the database itself is
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
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import aiohttp

from livesession.app import raise_descriptor_limit
from tests.browser.lines import line_to
from tests.integration.running import AGENDA, Client, Server
from tests.load.adversaries import Honest
from tests.services import LocalPostgresql, local_postgresql


@dataclass
class OnPostgres(Server):
    """One process of an installation, in a role."""

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


async def run(readers: int, away: float, folder: Path, server: LocalPostgresql) -> None:
    async with line_to(server.port) as line:
        url = server.url.replace(f":{server.port}/", f":{line.port}/")
        servers = {}
        for role in ("web", "edge"):
            (folder / role).mkdir()
            servers[role] = OnPostgres(folder / role, database=url, role=role)
        web, edge = servers["web"], servers["edge"]
        # Blocking: the line runs in this very loop.
        await asyncio.to_thread(web.command, "db", "upgrade")
        await web.start()
        await edge.start()
        token = (await asyncio.to_thread(web.command, "token", "create", "--role", "clerk")).stdout.strip()
        async with aiohttp.ClientSession() as session:
            client = Client(web, token, session)
            slug = await client.create(AGENDA)
            await client.post(slug, "sitting.opened")
            crowd = [Honest(f"ws://127.0.0.1:{edge.port}/s/{slug}/ws") for _ in range(readers)]
            tasks = [asyncio.create_task(reader.read()) for reader in crowd]
            clerk = Clerk(client, slug)
            posting = asyncio.create_task(clerk.post())

            async def say(what: str) -> None:
                behind = len(clerk.acknowledged) - min(len(reader.got) for reader in crowd)
                print(f"{what:<44} posts {len(clerk.acknowledged):>5}, furthest behind {behind:>5}", flush=True)

            await asyncio.sleep(5)
            await say("all well")
            edge.kill()
            await asyncio.sleep(2)
            await edge.start()
            await asyncio.sleep(5)
            await say("edge killed, started again")
            assert edge.process is not None
            edge.process.send_signal(signal.SIGSTOP)
            await asyncio.sleep(15)
            await say("edge frozen for 15 s")
            edge.process.send_signal(signal.SIGCONT)
            await asyncio.sleep(5)
            await say("edge woken")
            web.kill()
            await asyncio.sleep(2)
            await web.start()
            await asyncio.sleep(5)
            await say("web killed, started again")
            await starved(edge, crowd)
            await say("edge starved of descriptors for 10 s")
            await asyncio.sleep(10)
            await say("edge fed again")
            for what, take, give in (
                ("line to the database cut", line.cut, line.open),
                ("database stopped", partial(asyncio.to_thread, server.stop), partial(asyncio.to_thread, server.start)),
            ):
                await take()
                await asyncio.sleep(away)
                print("  edge:", await _asked(edge, "/readyz"), "\n  web: ", await _asked(web, "/readyz"))
                await say(f"{what} for {away:.0f} s")
                await give()
                await asyncio.sleep(10)
                print("  edge:", await _asked(edge, "/readyz"), "\n  web: ", await _asked(web, "/readyz"))
                await say("and back")
            posting.cancel()
            await asyncio.gather(posting, return_exceptions=True)
            exported = json.loads((await asyncio.to_thread(web.command, "export", slug, "json")).stdout)
            await asyncio.sleep(5)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            held = {entry["id"] for entry in exported["entries"]}
            whole = [entry["pos"] for entry in exported["entries"] if entry["pos"] is not None]
            wrong = sum(1 for reader in crowd if reader.got != whole)
            lost = [name for name in clerk.acknowledged if name not in held]
            print(f"{wrong} of {readers} readers missed, repeated or disordered one of {len(whole)} entries")
            print(
                f"{len(lost)} of {len(clerk.acknowledged)} acknowledged posts lost; longest wait {clerk.longest:.0f} s"
            )
        for running in servers.values():
            running.kill()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=500)
    parser.add_argument("--away", type=float, default=60.0, help="seconds that the database is out of reach")
    arguments = parser.parse_args()
    raise_descriptor_limit()
    with tempfile.TemporaryDirectory() as folder, local_postgresql() as server:
        asyncio.run(run(arguments.readers, arguments.away, Path(folder), server))


if __name__ == "__main__":
    main()
