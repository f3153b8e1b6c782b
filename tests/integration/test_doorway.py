"""The door before aiohttp: who is let through at once, who takes the long way, who is sent away."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from websockets.asyncio.client import connect

from livesession.live.doorway import HEAD_BYTES, Doorway
from livesession.live.hub import Joining
from livesession.web.public.thread import quick_joining
from livesession.web.services import Services
from tests.integration.running import AGENDA, client_of, serving

UPGRADE = b"Host: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
HANDSHAKE = UPGRADE + b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"


def decided(head: bytes, *, proxies: int = 0, origins: frozenset[str] = frozenset()) -> Joining | None:
    held = SimpleNamespace(trusted_proxies=proxies, embed_origins=origins)
    return quick_joining(cast(Services, held), head, "192.0.2.9")


@pytest.mark.parametrize(
    ("line", "joining"),
    [
        (b"GET /s/plenary/ws HTTP/1.1", Joining("plenary", 0, None, "192.0.2.9")),
        (b"GET /s/a-2026-11/ws?after=12&epoch=e-1 HTTP/1.1", Joining("a-2026-11", 12, "e-1", "192.0.2.9")),
        (b"GET /s/plenary/ws?epoch=&after=0 HTTP/1.1", None),
        (b"GET /s/plenary/ws?after=-1 HTTP/1.1", None),
        (b"GET /s/plenary/ws?after=99999999999 HTTP/1.1", None),
        (b"GET /s/plenary/ws?other=1 HTTP/1.1", None),
        (b"GET /s/plenary/ws HTTP/1.0", None),
        (b"GET /s/pl%65nary/ws HTTP/1.1", None),
        (b"POST /s/plenary/ws HTTP/1.1", None),
        (b"GET /s/plenary/sse HTTP/1.1", None),
        (b"GET /s/plenary/ws/ HTTP/1.1", None),
    ],
)
def test_what_is_plainly_a_handshake_is_taken(line: bytes, joining: Joining | None) -> None:
    assert decided(line + b"\r\n" + HANDSHAKE) == joining


@pytest.mark.parametrize(
    "headers",
    [
        b"Host: h\r\n",
        UPGRADE + b"Content-Length: 0\r\n",
        UPGRADE + b"transfer-encoding: chunked\r\n",
        UPGRADE + b"Expect: 100-continue\r\n",
        b"Host: h\r\nUpgrade: h2c\r\n",
    ],
)
def test_what_wants_a_closer_look_takes_the_long_way(headers: bytes) -> None:
    assert decided(b"GET /s/plenary/ws HTTP/1.1\r\n" + headers + b"\r\n") is None


def test_a_body_behind_the_head_decides_nothing() -> None:
    head = b"GET /s/plenary/ws HTTP/1.1\r\nHost: h\r\n\r\nUpgrade: websocket\r\n"
    assert decided(head) is None


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        (b"", True),
        (b"Origin: https://town.example\r\n", True),
        (b"oRIGIN:https://town.example \r\n", True),
        (b"Origin: https://other.example\r\n", False),
        (b"Origin: null\r\n", False),
        (b"Origin: https://town.example\r\nOrigin: https://other.example\r\n", False),
    ],
)
def test_where_sites_are_listed_those_and_programs_are_taken(headers: bytes, taken: bool) -> None:
    head = b"GET /s/plenary/ws HTTP/1.1\r\n" + headers + HANDSHAKE
    assert (decided(head, origins=frozenset({"https://town.example"})) is not None) is taken


@pytest.mark.parametrize(("proxies", "address"), [(0, "192.0.2.9"), (1, "198.51.100.2"), (2, "203.0.113.7")])
def test_readers_behind_proxies_are_counted_by_their_own_address(proxies: int, address: str) -> None:
    forwarded = b"X-Forwarded-For: 203.0.113.7\r\nX-FORWARDED-FOR: 198.51.100.2\r\n"
    found = decided(b"GET /s/plenary/ws HTTP/1.1\r\n" + forwarded + HANDSHAKE, proxies=proxies)
    assert found is not None
    assert found.address == address


class Inside(asyncio.Protocol):
    """Whoever gets the connection; keeps what it is told."""

    def __init__(self, name: str, entered: list[tuple[str, bytes]]) -> None:
        self.name, self.entered = name, entered
        self.left = asyncio.get_running_loop().create_future()

    def connection_lost(self, exc: Exception | None) -> None:
        self.left.set_result(None)

    def data_received(self, data: bytes) -> None:
        self.entered.append((self.name, data))


@asynccontextmanager
async def door(**options: Any) -> AsyncIterator[tuple[Doorway, int, list[tuple[str, bytes]]]]:
    """A door with two rooms; gives the port and who got what."""
    entered: list[tuple[str, bytes]] = []
    inside: list[Inside] = []

    def room(name: str) -> Inside:
        inside.append(Inside(name, entered))
        return inside[-1]

    def decide(head: bytes, _transport: asyncio.Transport) -> asyncio.Protocol | None:
        return room("readers") if head.startswith(b"GET /ws ") else None

    doorway = Doorway(lambda: room("http"), decide, **options)
    server = await asyncio.get_running_loop().create_server(doorway, "127.0.0.1", 0)
    try:
        yield doorway, server.sockets[0].getsockname()[1], entered
    finally:
        server.close()
        doorway.close()
        async with asyncio.timeout(5):
            await asyncio.gather(*(each.left for each in inside))


@asynccontextmanager
async def line_to(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def until(entered: list[tuple[str, bytes]], size: int) -> None:
    async with asyncio.timeout(5):
        while sum(len(data) for _, data in entered) < size:
            await asyncio.sleep(0.005)


LONG = b"GET / HTTP/1.1\r\nX: " + b"y" * HEAD_BYTES


@pytest.mark.parametrize(
    ("sent", "room"),
    [
        (b"GET /ws HTTP/1.1\r\nA: b\r\n\r\n\x81\x80", "readers"),
        (b"GET / HTTP/1.1\r\n\r\n", "http"),
        (b"\x16\x03\x01\x02", "http"),
        (LONG, "http"),
    ],
)
@pytest.mark.parametrize("piece", [1, 1 << 20])
async def test_everything_that_came_is_passed_on_however_it_came(sent: bytes, room: str, piece: int) -> None:
    pieces = [sent] if piece > 1 or sent is LONG else [sent[at : at + 1] for at in range(len(sent))]
    async with door() as (doorway, port, entered), line_to(port) as (_, writer):
        for some in pieces:
            writer.write(some)
            await writer.drain()
            await asyncio.sleep(0)
        await until(entered, len(sent))
        assert ({name for name, _ in entered}, b"".join(data for _, data in entered)) == ({room}, sent)
        assert len(doorway) == 0


async def test_who_says_nothing_or_never_ends_is_sent_away_and_nobody_else() -> None:
    async with (
        door(head_seconds=0.4) as (doorway, port, entered),
        line_to(port) as (silent, _),
        line_to(port) as (slow, slowly),
        line_to(port) as (_, whole),
    ):
        slowly.write(b"GET /ws HTTP/1.1\r\nA:")
        whole.write(b"GET /ws HTTP/1.1\r\n\r\n")
        begun = time.monotonic()
        for reader in (silent, slow):
            async with asyncio.timeout(5):
                assert await reader.read() == b""
        assert 0.3 < time.monotonic() - begun < 5
        async with line_to(port) as (_, late):
            late.write(b"GET /ws HTTP/1.1\r\n\r\n")
            whole.write(b"more")
            await until(entered, 2 * 20 + 4)
        assert len(doorway) == 0


async def test_the_running_server_answers_alike_on_both_ways(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(AGENDA)
        await client.post(slug, "sitting.opened")

        async def first(target: str, slow: bool) -> bytes:
            sent = f"GET {target} HTTP/1.1\r\n".encode() + HANDSHAKE
            async with line_to(server.port) as (reader, writer), asyncio.timeout(5):
                for at in range(0, len(sent), 7 if slow else len(sent)):
                    writer.write(sent[at : at + (7 if slow else len(sent))])
                    await writer.drain()
                head = await reader.readuntil(b"\r\n\r\n")
                frame = await reader.readexactly(40)
            return b"\r\n".join(line for line in head.split(b"\r\n") if not line.startswith(b"Date:")) + frame

        for path in (f"/s/{slug}/ws", f"/s/{slug}/ws?after=1", f"/s/{slug}/ws?after=0&epoch=another"):
            by_the_door, in_pieces = await first(path, False), await first(path, True)
            # A target in absolute form is for aiohttp to read.
            assert by_the_door == in_pieces == await first(f"http://h{path}", False)
        async with connect(f"ws://127.0.0.1:{server.port}/s/unknown/ws") as connection:
            await connection.wait_closed()
            assert connection.close_code == 4404
        # Whoever only stands in the door does not hold up the end.
        async with line_to(server.port):
            begun = time.monotonic()
            assert server.stop() == 0
            assert time.monotonic() - begun < 5
