"""The real server as a process of its own, on a free port, with a database in a folder of the test."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from livesession.accounts.accounts import Accounts
from livesession.cli.opening import ready
from livesession.store.engine import Store

# The library that counts X's characters imports what newer versions of setuptools warn of.
_KNOWN = "ignore:pkg_resources is deprecated:DeprecationWarning"
COMMAND = (sys.executable, "-W", "error", "-W", _KNOWN, "-m", "livesession")


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(pid: int) -> list[int]:
    """The processes that a process started (proc(5))."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@dataclass
class Server:
    """One installation: a folder with its database, and the process that serves it while there is one."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    database: str = ""
    """Its address, where it is no SQLite file in the folder."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": self.database or f"sqlite+aiosqlite:///{self.folder}/thread.db",
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            "LANG": "fr_FR.UTF-8",
            "LC_ALL": "",
            "SECRET_KEY": "a key for tests only, long enough",
        }

    def listeners(self) -> list[str]:
        """The sockets that listen on the port (proc(5): state 0A)."""
        lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
        return [line[9] for line in lines if line[1].endswith(f":{self.port:04X}") and line[3] == "0A"]

    def command(self, *arguments: str, stdin: str = "", check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run ``livesession`` with arguments, beside the server."""
        return subprocess.run(
            [*COMMAND, *arguments],
            env=self.environment,
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=check,
        )

    async def token(self, role: str) -> str:
        """A program's token, as ``livesession token create`` makes it, which takes two seconds to load."""
        store = Store(self.environment["DATABASE_URL"])
        try:
            await ready(store, create=True)
            return await Accounts(store, b"no password is tried").create_token(role)
        finally:
            await store.close()

    async def start(self, *arguments: str) -> None:
        """Start with the arguments of ``serve``, and wait until it answers."""
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            [*COMMAND, "serve", *arguments], env=self.environment, cwd=self.folder, stdout=log, stderr=log
        )
        log.close()
        async with aiohttp.ClientSession() as session:
            for _ in range(400):
                assert self.process.poll() is None, (self.folder / "server.log").read_text()
                try:
                    async with session.get(self.url + "/readyz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.05)
        raise AssertionError((self.folder / "server.log").read_text())

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def stop(self) -> int:
        """SIGTERM; returns the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        self.process = None
        return code


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Server]:
    """A server that runs for as long as the block does."""
    server = Server(folder)
    await server.start()
    try:
        yield server
    finally:
        if server.process is not None:
            server.kill()


class Client:
    """A program that posts to one server with a token."""

    def __init__(self, server: Server, token: str, session: aiohttp.ClientSession) -> None:
        self.server = server
        self.session = session
        self.headers = {"Authorization": f"Bearer {token}"}

    async def create(self, agenda: dict[str, Any]) -> str:
        async with self.session.post(self.server.url + "/api/v1/sittings", json=agenda, headers=self.headers) as answer:
            body = await answer.json()
            assert answer.status == 201, body
            return str(body["slug"])

    async def post(
        self, slug: str, kind: str, item: str | None = None, key: str | None = None, **data: Any
    ) -> tuple[int, dict[str, Any]]:
        envelope = {"kind": kind, "data": data} | ({"item": item} if item else {})
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        async with self.session.post(
            f"{self.server.url}/api/v1/sittings/{slug}/entries", json=envelope, headers=headers
        ) as answer:
            return answer.status, await answer.json(content_type=None)

    async def insist(
        self, slug: str, kind: str, item: str | None, key: str, *, seconds: float = 60, **data: Any
    ) -> dict[str, Any]:
        """Post with one key until the server acknowledges it, as a clerk's outbox does. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while True:
                try:
                    status, answer = await self.post(slug, kind, item, key, **data)
                except (aiohttp.ClientError, ConnectionError, ValueError):
                    status, answer = 503, {}
                if status in (200, 201):
                    return answer
                assert status in (429, 500, 502, 503), answer
                await asyncio.sleep(0.02)

    async def get(self, path: str, **options: Any) -> tuple[int, Any]:
        async with self.session.get(self.server.url + path, headers=self.headers, **options) as answer:
            return answer.status, await answer.json(content_type=None)


@asynccontextmanager
async def client_of(server: Server, role: str = "clerk") -> AsyncIterator[Client]:
    """A client with a token of its own."""
    token = await server.token(role)
    async with aiohttp.ClientSession() as session:
        yield Client(server, token, session)


AGENDA: dict[str, Any] = {
    "title": "Séance plénière",
    "assembly": "Conseil départemental du Val-Clair",
    "starts": "2026-11-20T09:00:00+01:00",
    "items": [
        {"id": "un", "number": "1", "title": "Ouverture"},
        {"id": "deux", "number": "2", "title": "Collèges"},
        {"id": "clos", "number": "3", "title": "Prix négocié de la parcelle", "public": False},
    ],
}
