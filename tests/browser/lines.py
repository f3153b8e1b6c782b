"""A line that can be cut, or lose answers, between a browser and the server; and a browser that can be killed."""

import asyncio
import contextlib
import os
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import BrowserContext, async_playwright

from tests.browser.consoles import CHROMIUM
from tests.integration.running import free_port


@dataclass
class _Passing:
    """What passes on one connection."""

    asked: bytes = b""
    """What the browser sent last."""
    loses: bool = False
    """The next answer is lost, and the connection with it."""
    stalls: bool = False
    """Nothing comes back any more, though the connection stays."""


class Line:
    """Connections to the server by way of a port of their own: an origin of its own, to a browser."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.port = free_port()
        self.loses: bytes | None = None
        """Of a request that contains this, the answer is lost and the line cut; the server has done its work."""
        self.lost = 0
        self._server: asyncio.Server | None = None
        self._connections: dict[asyncio.Task[None], _Passing] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def open(self) -> None:
        """Let connections through."""
        self._server = await asyncio.start_server(self._through, "127.0.0.1", self.port)

    async def cut(self) -> None:
        """Refuse connections, and break those there are."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for connection in tuple(self._connections):
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    def stall(self, asked: bytes) -> int:
        """Let nothing more come back on the connections that asked for this, and leave them open; returns how many."""
        found = [passing for passing in self._connections.values() if asked in passing.asked]
        for passing in found:
            passing.stalls = True
        return len(found)

    async def _through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._server is None:
            # Accepted in the very turn in which the line was cut.
            writer.transport.abort()
            return
        task = asyncio.current_task()
        assert task is not None
        passing = self._connections[task] = _Passing()
        try:
            to_reader, to_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except (OSError, asyncio.CancelledError):
            writer.transport.abort()
            del self._connections[task]
            return
        back = asyncio.create_task(self._back(to_reader, writer, passing))
        try:
            while data := await reader.read(65536):
                passing.asked = data
                if self.loses is not None and self.loses in data:
                    passing.loses = True
                to_writer.write(data)
                await to_writer.drain()
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            # Nothing is waited for before both are closed: the cut may come in the midst of this.
            back.cancel()
            for each in (writer, to_writer):
                each.transport.abort()
            del self._connections[task]
            await asyncio.gather(back, return_exceptions=True)

    async def _back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, passing: _Passing) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                if passing.loses:
                    self.lost += 1
                    writer.transport.abort()
                    return
                if passing.stalls:
                    continue
                writer.write(data)
                await writer.drain()
            writer.close()


@asynccontextmanager
async def line_to(port: int) -> AsyncIterator[Line]:
    """A line to the server at ``port``, open until the block ends."""
    line = Line(port)
    await line.open()
    try:
        yield line
    finally:
        await line.cut()


class Machine:
    """A Chromium with a profile on the disk, which can be killed and started again as after a power cut."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        self.process: subprocess.Popen[bytes] | None = None
        self._stack = contextlib.AsyncExitStack()

    async def start(self) -> BrowserContext:
        """Start it; returns its profile's context."""
        port = self.profile / "DevToolsActivePort"
        port.unlink(missing_ok=True)
        playwright = await self._stack.enter_async_context(async_playwright())
        program = CHROMIUM or playwright.chromium.executable_path
        flags = (
            "--headless=new",
            "--no-sandbox",
            "--no-first-run",
            "--lang=fr-FR",
            "--accept-lang=fr-FR",
            "--window-size=1440,900",
        )
        self.process = subprocess.Popen(
            [program, *flags, f"--user-data-dir={self.profile}", "--remote-debugging-port=0", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "LANGUAGE": "fr"},
            start_new_session=True,
        )
        for _ in range(600):
            if port.exists() and "\n" in port.read_text():
                break
            await asyncio.sleep(0.05)
        browser = await playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port.read_text().splitlines()[0]}")
        return browser.contexts[0]

    async def kill(self) -> None:
        """kill -9 of every process of it."""
        if self.process is None:
            return
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None
        await self._stack.aclose()


@asynccontextmanager
async def machine(profile: Path) -> AsyncIterator[Machine]:
    """A browser on a profile; dead when the block ends."""
    profile.mkdir(parents=True, exist_ok=True)
    held = Machine(profile)
    try:
        yield held
    finally:
        await held.kill()
