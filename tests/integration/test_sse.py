"""Readers on Server-Sent Events: all entries in order, from where one was; cut when they do not read."""

import asyncio
import json
import re
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path

import pytest
from aiohttp import web

from livesession.live.hub import Hub, Joining
from livesession.live.seats import Seats
from livesession.live.sse import EventStreams
from livesession.thread.sql import SqlLog
from tests.contract.log_contract import new_sitting
from tests.integration.running import AGENDA, Client, client_of, serving

PATIENCE_SECONDS = 15.0
OFTEN = 0.2

FRAMED = [("1.1", b"4\r\n: \n\n\r\n", b"0\r\n\r\n"), ("1.0", b": \n\n", b"")]
"""What is skipped by readers, and the end, as each version of HTTP has it."""

BEFORE = 3
"""Entries that a sitting has once it is open."""


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    async with serving(tmp_path) as server, client_of(server) as client:
        yield client


class Stream:
    """A reader that takes what comes as it comes: the head, then the body with what frames it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self.head = b""

    @property
    def is_chunked(self) -> bool:
        return b"\r\ntransfer-encoding: chunked\r\n" in self.head.lower()

    def write(self, data: bytes) -> None:
        self._writer.write(data)

    async def raw(self) -> bytes:
        """Everything until the other end closes."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await self._reader.read()

    async def event(self) -> tuple[str | None, dict[str, object]]:
        """The next event: its id, and its data."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            found: tuple[str | None, dict[str, object]] | None = None
            while found is None:
                text = await self._block()
                if not text.startswith(":"):
                    fields = dict(line.split(": ", 1) for line in text.strip().split("\n"))
                    found = (fields.get("id"), json.loads(fields["data"]))
            return found

    async def events(self, count: int) -> list[tuple[str | None, dict[str, object]]]:
        return [await self.event() for _ in range(count)]

    async def _block(self) -> str:
        if not self.is_chunked:
            return (await self._reader.readuntil(b"\n\n")).decode()
        size = int(await self._reader.readline(), 16)
        block = await self._reader.readexactly(size)
        assert await self._reader.readexactly(2) == b"\r\n"
        assert block.endswith(b"\n\n")
        return block.decode()

    async def begin(self, request: str) -> None:
        self.write(request.encode())
        self.head = await self._reader.readuntil(b"\r\n\r\n")


@asynccontextmanager
async def stream_of(client: Client, slug: str, version: str = "1.1", headers: str = "") -> AsyncIterator[Stream]:
    reader, writer = await asyncio.open_connection("127.0.0.1", client.server.port)
    with closing(writer):
        stream = Stream(reader, writer)
        await stream.begin(f"GET /s/{slug}/sse HTTP/{version}\r\nHost: x\r\n{headers}\r\n")
        yield stream


async def opened(client: Client) -> str:
    slug = await client.create(AGENDA)
    await client.post(slug, "sitting.opened")
    return slug


def positions(events: list[tuple[str | None, dict[str, object]]]) -> list[object]:
    return [data["pos"] for _, data in events]


@pytest.mark.parametrize("version", ["1.1", "1.0"])
async def test_entries_come_in_order_and_again_from_where_a_reader_was(client: Client, version: str) -> None:
    slug = await opened(client)
    async with stream_of(client, slug, version) as stream:
        assert stream.is_chunked is (version == "1.1")
        assert b"\r\nAccess-Control-Allow-Origin: *\r\n" in stream.head
        (no_id, hello), *before = await stream.events(1 + BEFORE)
        assert (no_id, hello["type"], hello["pos"]) == (None, "hello", BEFORE)
        await asyncio.gather(*(client.post(slug, "update.posted", text=f"Texte {number}") for number in range(20)))
        after = await stream.events(20)
    assert positions(before + after) == list(range(1, BEFORE + 21))
    assert [cursor for cursor, _ in before + after] == [f"{hello['epoch']}.{pos}" for pos in range(1, BEFORE + 21)]
    async with stream_of(client, slug, version, f"Last-Event-ID: {after[9][0]}\r\n") as again:
        assert (await again.event())[1]["type"] == "hello"
        assert await again.events(10) == after[10:]
        await client.post(slug, "update.posted", text="encore")
        assert positions([await again.event()]) == [BEFORE + 21]
    async with stream_of(client, slug, version, "Last-Event-ID: otherepoch.12\r\n") as lost:
        assert [data["type"] for _, data in await lost.events(2)] == ["reset", "hello"]
        assert positions(await lost.events(BEFORE + 21)) == list(range(1, BEFORE + 22))


@pytest.mark.parametrize(("version", "comment", "end"), FRAMED)
async def test_the_end_of_the_process_ends_the_answer_whole(
    client: Client, version: str, comment: bytes, end: bytes
) -> None:
    slug = await opened(client)
    async with stream_of(client, slug, version) as stream:
        await stream.events(1 + BEFORE)
        assert await asyncio.to_thread(client.server.stop) == 0
        # A line's turn to be kept alive may come at any time.
        assert (await stream.raw()).removeprefix(comment) == end


async def test_one_that_does_not_read_is_cut_and_the_others_miss_nothing(client: Client) -> None:
    slug = await opened(client)
    deaf = socket.socket()
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    with closing(deaf):
        deaf.connect(("127.0.0.1", client.server.port))
        deaf.sendall(f"GET /s/{slug}/sse HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        async with stream_of(client, slug) as stream:
            await stream.events(1 + BEFORE)
            for number in range(60):
                status, _ = await client.post(slug, "update.posted", text=f"{number} " + "é" * 4_000)
                assert status == 201
                assert positions([await stream.event()]) == [BEFORE + 1 + number]
            # What was under way is still there to be read, and then the end.
            deaf.settimeout(PATIENCE_SECONDS)
            taken = b""
            while more := await asyncio.to_thread(deaf.recv, 1 << 16):
                taken += more
            assert (await client.get("/readyz"))[1]["readers"] == 1
    assert taken.endswith(b"\r\n0\r\n\r\n")
    assert 100_000 < len(taken) < 400_000


async def test_one_that_talks_on_is_cut(client: Client) -> None:
    slug = await opened(client)
    async with stream_of(client, slug) as stream:
        await stream.events(1 + BEFORE)
        stream.write(b"x" * (1 << 17))
        begun = time.monotonic()
        with suppress(ConnectionError):
            await stream.raw()
        assert time.monotonic() - begun < PATIENCE_SECONDS / 3
        assert (await client.get("/readyz"))[1]["readers"] == 0


@pytest.mark.parametrize(("version", "comment", "end"), FRAMED)
async def test_a_line_on_which_nothing_is_said_is_kept_alive(
    log: SqlLog, monkeypatch: pytest.MonkeyPatch, version: str, comment: bytes, end: bytes
) -> None:
    monkeypatch.setattr("livesession.live.sse.KEEPALIVE_SECONDS", OFTEN)
    row = await new_sitting(log)
    streams = EventStreams(Hub(log), Seats(10, 10))

    async def serve(request: web.Request) -> web.StreamResponse:
        return await streams.serve(request, Joining(row.slug, row.pos, row.epoch, "192.0.2.1"))

    runner = web.ServerRunner(web.Server(serve))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        reader, writer = await asyncio.open_connection(*runner.addresses[0][:2])
        with closing(writer):
            writer.write(f"GET / HTTP/{version}\r\nHost: x\r\n\r\n".encode())
            async with asyncio.timeout(PATIENCE_SECONDS):
                await reader.readuntil(b'"type":"hello"')
                await reader.readuntil(b"\n\n")
                begun = time.monotonic()
                came = await reader.readuntil(comment * 4)
            assert came.lstrip(b"\r\n") == comment * 4
            assert 2 * OFTEN < time.monotonic() - begun < PATIENCE_SECONDS / 3
            await streams.close()
            async with asyncio.timeout(PATIENCE_SECONDS):
                assert re.fullmatch(b"(%b)*%b" % (re.escape(comment), re.escape(end)), await reader.read())
    finally:
        await runner.cleanup()
