"""The hand-over of connections from aiohttp to websockets, through real sockets.

Part of what is tried relies on undocumented behaviour of both libraries: these tests say whether a new version of
either still fits.
"""

import asyncio
import contextlib
import gc
import os
import signal
import socket
import struct
import sys
import weakref
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import aiohttp
import pytest
from aiohttp import web
from aiohttp.http_parser import HttpRequestParserPy
from aiohttp.typedefs import Handler as HttpHandler
from aiohttp.typedefs import Middleware
from aiohttp.web_protocol import RequestHandler
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.frames import Close, Frame, Opcode

from livesession.live.connection import Connection
from livesession.live.handover import Gateway

Opened = Callable[[Connection], None]

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds after which a wait counts as hung."""

STREAMED = 65_000
"""Bytes of a page that aiohttp does not wait to be sent; two of them are more than may wait."""


@dataclass
class Site:
    """An aiohttp server whose ``/ws`` is a gateway, and which has ordinary pages besides."""

    gateway: Gateway
    runner: web.AppRunner
    port: int = 0
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    finish: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def address(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws"

    @property
    def http_connections(self) -> int:
        """How many connections aiohttp holds."""
        assert self.runner.server is not None
        return len(self.runner.server.connections)


async def echo(connection: ServerConnection) -> None:
    """For websockets' own server, which logs a client that closed before it was answered as an error."""
    with contextlib.suppress(ConnectionClosed):
        async for message in connection:
            await connection.send(message)


def send_back(connection: Connection, frame: Frame) -> None:
    """What ``echo`` does, for a gateway."""
    if frame.opcode in (Opcode.TEXT, Opcode.BINARY):
        connection.send(Frame(frame.opcode, frame.data).serialize(mask=False))


def nothing(connection: Connection) -> None:
    """What a gateway does with a connection where only what comes is of interest."""


def send_much(connection: Connection) -> None:
    tcp: socket.socket = connection.transport.get_extra_info("socket")
    tcp.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    connection.send(Frame(Opcode.BINARY, bytes(8 << 20)).serialize(mask=False))


@contextlib.asynccontextmanager
async def site_of(
    opened: Opened = nothing,
    *,
    middlewares: tuple[Middleware, ...] = (),
    handler_cancellation: bool = False,
    keepalive_timeout: float = 75.0,
    **options: float,
) -> AsyncIterator[Site]:
    gateway = Gateway(opened, received=send_back, **options)  # type: ignore[arg-type]  # mypy cannot tell which are whole
    app = web.Application(middlewares=middlewares)

    async def websocket(request: web.Request) -> web.StreamResponse:
        return await gateway.hand_over(request, request.query.get("name"))

    async def page(request: web.Request) -> web.Response:
        return web.Response(text="a page")

    async def streamed(request: web.Request) -> web.StreamResponse:
        tcp: socket.socket = request.get_extra_info("socket")
        tcp.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        response = web.StreamResponse(headers={"Content-Length": str(STREAMED)})
        await response.prepare(request)
        await response.write(bytes(STREAMED))
        await response.write_eof()
        return response

    async def slow_page(request: web.Request) -> web.Response:
        site.begun.set()
        await site.finish.wait()
        return web.Response(text="finished")

    async def send_away(app: web.Application) -> None:
        await gateway.close()

    app.router.add_route("*", "/ws", websocket)
    app.add_routes([web.get("/", page), web.get("/streamed", streamed), web.get("/slow", slow_page)])
    app.on_shutdown.append(send_away)
    runner = web.AppRunner(
        app, handler_cancellation=handler_cancellation, keepalive_timeout=keepalive_timeout, shutdown_timeout=PATIENCE
    )
    site = Site(gateway, runner)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.port = runner.addresses[0][1]
    try:
        yield site
    finally:
        await runner.cleanup()


@pytest.fixture(autouse=True, scope="module")
def only_our_own_garbage() -> Iterator[None]:
    """What was there before is not looked at: collecting is quick, and nobody else's objects are counted."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def complaints(caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """The warnings and errors that a test expects in the log; any other, the event loop's included, fails it."""
    expected: list[str] = []
    yield expected
    gc.collect()  # a task whose error nobody saw complains when it is collected
    logged = [record.getMessage() for record in caplog.get_records("call") if record.levelname in ("WARNING", "ERROR")]
    assert logged == expected


class Raw:
    """One end of a TCP connection, for what a client library does not let one do."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def to(cls, port: int) -> "Raw":
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.writer.write(piece)
            await self.writer.drain()

    async def head(self) -> bytes:
        async with asyncio.timeout(PATIENCE):
            return await self.reader.readuntil(b"\r\n\r\n")

    async def frame(self) -> tuple[Opcode, bytes]:
        """The next frame from the server: never masked, short enough for one byte of length in these tests."""
        async with asyncio.timeout(PATIENCE):
            first, length = await self.reader.readexactly(2)
            return Opcode(first & 0x0F), await self.reader.readexactly(length)

    async def rest(self) -> bytes:
        """Everything until the server closes."""
        received = bytearray()
        async with asyncio.timeout(PATIENCE):
            with contextlib.suppress(ConnectionResetError):
                while some := await self.reader.read(1 << 16):
                    received += some
        return bytes(received)

    def reset(self) -> None:
        """Leave as a machine that was switched off and on: RST instead of FIN."""
        tcp: socket.socket = self.writer.get_extra_info("socket")
        tcp.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    async def close(self) -> None:
        self.writer.close()
        with contextlib.suppress(ConnectionError):
            await self.writer.wait_closed()


@contextlib.asynccontextmanager
async def raw(port: int) -> AsyncIterator[Raw]:
    client = await Raw.to(port)
    try:
        yield client
    finally:
        await client.close()


KEY = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
UPGRADE, CONNECTION, VERSION = b"Upgrade: websocket", b"Connection: Upgrade", b"Sec-WebSocket-Version: 13"
VALID = (UPGRADE, CONNECTION, KEY, VERSION)
PAGE = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


def head(*headers: bytes, line: bytes = b"GET /ws HTTP/1.1") -> bytes:
    return b"\r\n".join([line, b"Host: example.org", *headers, b"", b""])


def text(content: str) -> bytes:
    return Frame(Opcode.TEXT, content.encode()).serialize(mask=True, extensions=[])


CLOSE = Frame(Opcode.CLOSE, Close(1000, "").serialize()).serialize(mask=True, extensions=[])
SWITCHED = b"HTTP/1.1 101 Switching Protocols\r\n"


def all_of(kind: type[T]) -> list[T]:
    """The objects of a class that somebody still refers to."""
    gc.collect()
    return [held for held in gc.get_objects() if issubclass(type(held), kind)]  # a weak proxy passes for an instance


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.005)


# The connection that the handler gets


async def test_connection_comes_open_with_its_context() -> None:
    seen = []

    def opened(connection: Connection) -> None:
        seen.append((connection.is_open, connection.context, site.gateway.connections == {connection}))
        connection.send(Frame(Opcode.TEXT, b"hello").serialize(mask=False))
        connection.close()

    async with site_of(opened) as site, connect(site.address + "?name=Ann", proxy=None) as client:
        assert await client.recv() == "hello"
        with pytest.raises(ConnectionClosed):
            await client.recv()
        assert client.close_code == 1000
        await until(lambda: site.gateway.connections == set())
    assert seen == [(True, "Ann", True)]


async def test_messages_pass_both_ways_uncompressed() -> None:
    async with site_of() as site, connect(site.address, proxy=None) as client:
        assert client.protocol.extensions == []
        for message in ("é" * 40_000, b"\x00" * 70_000, ""):
            await client.send(message)
            assert await client.recv() == message


async def test_aiohttp_holds_nothing_of_a_connection_that_was_handed_over() -> None:
    async with site_of() as site, connect(site.address, proxy=None) as client:
        await client.send("still here")
        assert await client.recv() == "still here"
        assert (site.http_connections, len(all_of(RequestHandler)), len(all_of(web.Request))) == (0, 0, 0)


async def test_failure_closes_with_1011_and_is_logged(complaints: list[str]) -> None:
    def opened(connection: Connection) -> None:
        raise RuntimeError("broken")

    complaints.append("a connection failed")
    async with site_of(opened) as site, connect(site.address, proxy=None) as client:
        await client.wait_closed()
        assert client.close_code == 1011


async def test_message_too_big_is_answered_by_1009() -> None:
    async with site_of(max_size=1000) as site, connect(site.address, proxy=None) as client:
        await client.send("x" * 1000)
        assert await client.recv() == "x" * 1000
        await client.send("x" * 1001)
        await client.wait_closed()
        assert client.close_code == 1009


@pytest.mark.parametrize(
    ("pieces", "code"),
    [
        ([(Opcode.TEXT, b"\xc3\xa9", True)], None),
        ([(Opcode.TEXT, b"\xc3", False), (Opcode.CONT, b"\xa9", True)], None),
        ([(Opcode.BINARY, b"\xc3", False), (Opcode.CONT, b"", True)], None),
        ([(Opcode.TEXT, b"\xc3", True)], 1007),
        ([(Opcode.TEXT, b"\xc3", False), (Opcode.CONT, b"x", False)], 1007),
        ([(Opcode.TEXT, b"x", False), (Opcode.PING, b"", True), (Opcode.CONT, b"\xff", True)], 1007),
        ([(Opcode.CONT, b"x", True)], 1002),
    ],
)
async def test_text_that_is_none_is_refused(pieces: list[tuple[Opcode, bytes, bool]], code: int | None) -> None:
    async with site_of() as site, raw(site.port) as client:
        await client.send(head(*VALID))
        assert (await client.head()).startswith(SWITCHED)
        for opcode, data, fin in pieces:
            await client.send(Frame(opcode, data, fin).serialize(mask=True, extensions=[]))
        if code is None:
            await client.send(text("still open"))
        opcode, data = await client.frame()
        while opcode is not Opcode.CLOSE and data != b"still open":
            opcode, data = await client.frame()
        assert (opcode, data[:2]) == ((Opcode.TEXT, b"st") if code is None else (Opcode.CLOSE, code.to_bytes(2)))


async def test_client_that_no_longer_answers_is_found_by_ping() -> None:
    ended: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()

    def opened(connection: Connection) -> None:
        connection.on_closed = lambda: ended.set_result(connection.protocol.close_code)

    # The timeout for closing too: whoever is gone does not answer the close frame either.
    async with site_of(opened, ping_seconds=0.1, close_timeout=0.1) as site, raw(site.port) as gone:
        await gone.send(head(*VALID))
        assert (await gone.head()).startswith(SWITCHED)
        assert (await gone.frame())[0] is Opcode.PING
        assert await asyncio.wait_for(ended, PATIENCE) == 1006
        assert site.gateway.connections == set()


async def test_client_that_reads_nothing_is_found_though_pings_wait() -> None:
    async with (
        site_of(send_much, ping_seconds=0.3) as site,
        asking_without_reading(site.port, head(*VALID)) as client,
    ):
        await until(lambda: not all_of(Connection))
        assert SWITCHED in await client.rest()


async def test_client_that_reads_nothing_may_be_sent_away() -> None:
    def opened(connection: Connection) -> None:
        send_much(connection)
        connection.close(4008)

    async with site_of(opened, close_timeout=0.2) as site, asking_without_reading(site.port, head(*VALID)):
        await until(lambda: not all_of(Connection))


async def test_client_that_answers_pings_is_kept() -> None:
    async with site_of(ping_seconds=0.05) as site, connect(site.address, proxy=None) as client:
        await asyncio.sleep(0.3)
        await client.send("still here")
        assert await client.recv() == "still here"


# What may come before, behind and instead of a handshake


async def test_page_and_then_a_handshake_pass_on_one_kept_connection() -> None:
    async with site_of() as site, raw(site.port) as client:
        for _ in range(3):
            await client.send(PAGE)
            assert (await client.head()).startswith(b"HTTP/1.1 200")
            assert await client.reader.readexactly(6) == b"a page"
        await client.send(head(*VALID))
        assert (await client.head()).startswith(SWITCHED)
        await client.send(text("after"))
        assert await client.frame() == (Opcode.TEXT, b"after")


@pytest.mark.parametrize("before", [b"", PAGE, PAGE + PAGE])
async def test_first_frames_may_come_with_the_head(before: bytes) -> None:
    async with site_of() as site, raw(site.port) as client:
        await client.send(before + head(*VALID) + text("one") + text("two"))
        for _ in range(before.count(PAGE)):
            assert (await client.head()).startswith(b"HTTP/1.1 200")
            assert await client.reader.readexactly(6) == b"a page"
        assert (await client.head()).startswith(SWITCHED)
        assert await client.frame() == (Opcode.TEXT, b"one")
        assert await client.frame() == (Opcode.TEXT, b"two")


async def test_head_and_frames_may_come_byte_by_byte() -> None:
    async with site_of() as site, raw(site.port) as client:
        for byte in head(*VALID) + text("slowly"):
            await client.send(bytes([byte]))
            await asyncio.sleep(0)
        assert (await client.head()).startswith(SWITCHED)
        assert await client.frame() == (Opcode.TEXT, b"slowly")


@pytest.mark.parametrize("frames", [20, 20_000])
async def test_many_frames_may_come_behind_the_head(frames: int) -> None:
    """20 come with the head and are all in aiohttp's hands; 20,000 are more than it holds for an upgrade."""
    async with site_of() as site, raw(site.port) as client:
        sending = asyncio.create_task(client.send(head(*VALID) + text("0123456789") * frames))
        assert (await client.head()).startswith(SWITCHED)
        for _ in range(frames):
            assert await client.frame() == (Opcode.TEXT, b"0123456789")
        await sending


@contextlib.asynccontextmanager
async def asking_without_reading(port: int, sent: bytes) -> AsyncIterator[Raw]:
    """A client that sends, and whose system takes no more than a little of the answer until it reads."""
    tcp = socket.socket()
    tcp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    tcp.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(tcp, ("127.0.0.1", port))
    await loop.sock_sendall(tcp, sent)
    await until(lambda: bool(all_of(Connection)))
    client = Raw(*await asyncio.open_connection(sock=tcp, limit=4096))
    try:
        yield client
    finally:
        await client.close()


BEHIND_PAGES = b"GET /streamed HTTP/1.1\r\nHost: x\r\n\r\n" * 2 + head(*VALID) + text("behind")


async def test_handshake_behind_pages_that_the_client_has_not_read_waits_for_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("livesession.live.outlet.SEND_BUFFER", 2048)
    async with site_of() as site, asking_without_reading(site.port, BEHIND_PAGES) as client:
        (held,) = all_of(Connection)
        assert held.waiting > 0
        waiting = asyncio.create_task(held.drained())
        await asyncio.sleep(0)
        assert not waiting.done()
        for _ in range(2):
            assert (await client.head()).startswith(b"HTTP/1.1 200")
            assert await client.reader.readexactly(STREAMED) == bytes(STREAMED)
        assert (await client.head()).startswith(SWITCHED)
        assert await client.frame() == (Opcode.TEXT, b"behind")
        await waiting


async def test_handshake_whose_answer_is_not_read_in_time_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("livesession.live.outlet.SEND_BUFFER", 2048)
    async with site_of(ping_seconds=0.2) as site, asking_without_reading(site.port, BEHIND_PAGES) as client:
        await until(lambda: not all_of(Connection))
        assert SWITCHED not in await client.rest()


async def test_message_that_aiohttp_stopped_reading_is_read_on() -> None:
    message = "0123456789" * 100_000

    @web.middleware
    async def wait(request: web.Request, handler: HttpHandler) -> web.StreamResponse:
        held = request.transport
        assert held is not None
        await until(lambda: not held.is_reading())
        return await handler(request)

    async with site_of(middlewares=(wait,)) as site, raw(site.port) as client:
        await client.send(head(*VALID) + text(message))
        assert (await client.head()).startswith(SWITCHED)
        expected = Frame(Opcode.TEXT, message.encode()).serialize(mask=False)
        async with asyncio.timeout(PATIENCE):
            assert await client.reader.readexactly(len(expected)) == expected


async def test_page_without_upgrade_is_answered_by_426() -> None:
    async with site_of() as site, aiohttp.ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{site.port}/ws") as answer:
            assert (answer.status, answer.headers["Upgrade"]) == (426, "websocket")


async def test_head_that_does_not_end_is_cut_by_aiohttp() -> None:
    async with site_of(keepalive_timeout=0.2) as site, raw(site.port) as client:
        await client.send(head(*VALID)[:-2])
        assert await client.rest() == b""


async def test_handshake_that_only_websockets_understands_is_refused() -> None:
    """aiohttp takes this for an ordinary request and the frame behind it for rubbish, which it throws away."""
    async with site_of() as site, raw(site.port) as client:
        await client.send(head(b"Upgrade: websocket,", CONNECTION, KEY, VERSION) + text("lost"))
        assert (await client.rest()).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("sent", [head(*VALID), head(*VALID) + text("hello"), head(UPGRADE), head(*VALID)[:-1]])
async def test_client_that_resets_at_once_leaves_nothing(sent: bytes) -> None:
    async with site_of() as site:
        for _ in range(20):
            client = await Raw.to(site.port)
            await client.send(sent)
            client.reset()
        async with connect(site.address, proxy=None) as other:
            await other.send("served")
            assert await other.recv() == "served"
        await until(lambda: site.gateway.connections == set() and site.http_connections == 0)


async def test_client_that_leaves_while_middleware_waits_is_not_handed_over() -> None:
    waiting, go_on = asyncio.Event(), asyncio.Event()

    @web.middleware
    async def wait(request: web.Request, handler: HttpHandler) -> web.StreamResponse:
        waiting.set()
        await go_on.wait()
        return await handler(request)

    def opened(connection: Connection) -> None:
        raise AssertionError("nobody is there")

    async with site_of(opened, middlewares=(wait,)) as site:
        client = await Raw.to(site.port)
        await client.send(head(*VALID))
        await waiting.wait()
        client.reset()
        await until(lambda: all(held.transport is None for held in all_of(RequestHandler)))
        go_on.set()
        await until(lambda: site.http_connections == 0)
        assert all_of(Connection) == []


@pytest.mark.parametrize("handler_cancellation", [False, True])
async def test_middleware_may_wait_after_the_hand_over(handler_cancellation: bool) -> None:
    ended: list[str] = []

    @web.middleware
    async def wait(request: web.Request, handler: HttpHandler) -> web.StreamResponse:
        try:
            response = await handler(request)
            await asyncio.sleep(0.01)
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise
        ended.append("waited")
        return response

    async with (
        site_of(middlewares=(wait,), handler_cancellation=handler_cancellation) as site,
        connect(site.address, proxy=None) as client,
    ):
        await client.send("handed over")
        assert await client.recv() == "handed over"
        await until(lambda: bool(ended))
        await until(lambda: site.http_connections == 0)
    assert ended == ["cancelled" if handler_cancellation else "waited"]


# Closing


@pytest.mark.parametrize("over", [0.0, 0.3])
async def test_close_says_1012_and_refuses_new_connections_with_503(over: float) -> None:
    ended = []

    def opened(connection: Connection) -> None:
        connection.on_closed = lambda: ended.append(connection.protocol.close_code)

    async with site_of(opened) as site:
        clients = [await connect(site.address, proxy=None) for _ in range(300)]
        await until(lambda: len(site.gateway.connections) == 300)
        begun = asyncio.get_running_loop().time()
        await site.gateway.close(reason="restarting", over=over)
        assert asyncio.get_running_loop().time() - begun >= over / 2
        assert ended == [1012] * 300
        assert site.gateway.connections == set()
        for client in clients:
            await client.wait_closed()
            assert (client.close_code, client.close_reason) == (1012, "restarting")
        async with raw(site.port) as late:
            await late.send(head(*VALID))
            assert (await late.head()).startswith(b"HTTP/1.1 503 ")
            # Refused by aiohttp, which waits for its own; nobody waits for the gateway's any more.
            assert not any(connection.is_open for connection in all_of(Connection))
        await site.gateway.close()  # again, with nothing left to close


async def test_close_sends_away_who_was_just_handed_over() -> None:
    closing: list[asyncio.Task[None]] = []

    @web.middleware
    async def close_after(request: web.Request, handler: HttpHandler) -> web.StreamResponse:
        response = await handler(request)
        # Nothing was awaited since the hand-over.
        closing.append(asyncio.create_task(site.gateway.close()))
        return response

    async with site_of(middlewares=(close_after,)) as site:
        async with raw(site.port) as client:
            await client.send(head(*VALID))
            assert (await client.head()).startswith(SWITCHED)
            assert await client.frame() == (Opcode.CLOSE, b"\x03\xf4")
        await asyncio.wait_for(closing[0], PATIENCE)


async def test_close_does_not_wait_long_for_a_client_that_does_not_answer() -> None:
    async with site_of(close_timeout=0.2) as site, raw(site.port) as client:
        await client.send(head(*VALID))
        assert (await client.head()).startswith(SWITCHED)
        await until(lambda: len(site.gateway.connections) == 1)
        # Less than it would wait if it were not told how long.
        async with asyncio.timeout(PATIENCE / 2):
            await site.gateway.close()
        assert await client.frame() == (Opcode.CLOSE, b"\x03\xf4")


async def test_close_does_not_wait_long_for_a_client_that_does_not_read() -> None:
    async with (
        site_of(send_much, close_timeout=0.2) as site,
        asking_without_reading(site.port, head(*VALID)) as client,
    ):
        await until(lambda: any(connection.waiting for connection in site.gateway.connections))
        async with asyncio.timeout(PATIENCE / 2):
            await site.gateway.close()
        assert SWITCHED in await client.rest()
        assert site.gateway.connections == set()


async def test_shutdown_lets_a_page_in_flight_finish() -> None:
    async with site_of() as site, aiohttp.ClientSession() as session:
        client = await connect(site.address, proxy=None)
        page = asyncio.create_task(session.get(f"http://127.0.0.1:{site.port}/slow"))
        await site.begun.wait()
        stopping = asyncio.create_task(site.runner.cleanup())
        await client.wait_closed()
        assert client.close_code == 1012
        assert not stopping.done()
        site.finish.set()
        assert await (await page).text() == "finished"
        await stopping


SERVER = """
import asyncio
import functools
from aiohttp import web
from livesession.live.handover import Gateway

async def build():
    gateway = Gateway(lambda connection: None)
    app = web.Application()
    async def slow(request):
        await asyncio.sleep(0.5)
        return web.Response(text="finished")
    async def send_away(app):
        await gateway.close()
    async def websocket(request):
        return await gateway.hand_over(request, None)
    app.router.add_get("/ws", websocket)
    app.router.add_get("/slow", slow)
    app.on_shutdown.append(send_away)
    return app

print_now = functools.partial(print, flush=True)
web.run_app(build(), host="127.0.0.1", port=PORT, print=print_now, shutdown_timeout=5)
"""


async def test_sigterm_sends_readers_away_and_ends_with_0(unused_tcp_port: int) -> None:
    program = SERVER.replace("PORT", str(unused_tcp_port))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "error", "-c", program, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        await asyncio.wait_for(process.stdout.readline(), 4 * PATIENCE)  # "Running on", once it listens
        client = await connect(f"ws://127.0.0.1:{unused_tcp_port}/ws", proxy=None)
        async with aiohttp.ClientSession() as session:
            page = asyncio.create_task(session.get(f"http://127.0.0.1:{unused_tcp_port}/slow"))
            await asyncio.sleep(0.1)
            process.send_signal(signal.SIGTERM)
            await client.wait_closed()
            assert client.close_code == 1012
            assert await (await page).text() == "finished"
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


# Nothing stays behind


@pytest.mark.parametrize(
    "sent",
    [b"", text("hello"), text("x" * 2000), CLOSE, b"\x81\x05hello"],
    ids=["nothing", "a message", "too long a message", "a close", "a frame without mask"],
)
async def test_a_connection_that_is_gone_is_free_without_a_search_for_cycles(sent: bytes) -> None:
    async with site_of(max_size=1000) as site:
        gc.collect()
        gc.disable()
        try:
            async with raw(site.port) as client:
                await client.send(head(*VALID))
                assert (await client.head()).startswith(SWITCHED)
                await until(lambda: len(site.gateway.connections) == 1)
                held = [weakref.ref(connection.protocol) for connection in site.gateway.connections]
                await client.send(sent)
            await until(lambda: held[0]() is None)
        finally:
            gc.enable()


@pytest.mark.parametrize("handler_cancellation", [False, True])
async def test_a_thousand_connections_leave_nothing(handler_cancellation: bool) -> None:
    async def leave(number: int) -> None:
        client = await Raw.to(site.port)
        if number % 4 == 3:
            await client.send(head(UPGRADE))
            assert (await client.rest()).startswith(b"HTTP/1.1 426")
            await client.close()
            return
        await client.send(head(*VALID) + text("hello"))
        assert (await client.head()).startswith(SWITCHED)
        assert await client.frame() == (Opcode.TEXT, b"hello")
        if number % 4 == 0:
            await client.send(CLOSE)
            assert await client.frame() == (Opcode.CLOSE, b"\x03\xe8")
            await client.close()
        elif number % 4 == 1:
            await client.close()
        else:
            client.reset()

    async with site_of(handler_cancellation=handler_cancellation) as site:
        files, tasks = len(os.listdir("/proc/self/fd")), len(all_of(asyncio.Task))
        for first in range(0, 1000, 50):
            await asyncio.gather(*(leave(number) for number in range(first, first + 50)))
        await until(lambda: len(os.listdir("/proc/self/fd")) == files)
        await until(lambda: len(all_of(asyncio.Task)) <= tasks)
        left = {kind.__name__: len(all_of(kind)) for kind in (RequestHandler, Connection, web.Request)}
        assert left == {"RequestHandler": 0, "Connection": 0, "Request": 0}
        assert (site.http_connections, site.gateway.connections) == (0, set())


# The same answers as websockets' own server


SAME = {
    "valid": head(*VALID),
    "frame behind the head": head(*VALID) + text("early"),
    "names in capitals": head(*(line.replace(b"Sec-WebSocket", b"SEC-WEBSOCKET") for line in VALID)),
    "names in small letters": head(b"upgrade: websocket", b"connection: upgrade", KEY.replace(b"Sec", b"sec"), VERSION),
    "white space around values": head(b"Upgrade: \t websocket  ", b"Connection:Upgrade", KEY, VERSION),
    "value in another case": head(b"Upgrade: WebSocket", b"Connection: UPGRADE", KEY, VERSION),
    "two options in Connection": head(UPGRADE, b"Connection: keep-alive, Upgrade", KEY, VERSION),
    "two Connection headers": head(UPGRADE, b"Connection: keep-alive", CONNECTION, KEY, VERSION),
    "compression offered": head(*VALID, b"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"),
    "subprotocol offered": head(*VALID, b"Sec-WebSocket-Protocol: chat, superchat"),
    "origin": head(*VALID, b"Origin: https://town.example"),
    "two origins": head(*VALID, b"Origin: https://town.example", b"Origin: https://other.example"),
    "forwarded, with cookie and query": head(
        *VALID, b"X-Forwarded-For: 192.0.2.1", b"Cookie: a=b; c=d", line=b"GET /ws?after=3&epoch=%C3%A9 HTTP/1.1"
    ),
    "bytes beyond ASCII in a value": head(*VALID, b"X-Name: Fran\xe7ois, Fran\xc3\xa7ois"),
    "empty value": head(*VALID, b"X-Empty:"),
    "length of no body": head(*VALID, b"Content-Length: 0"),
    "whole address as target": head(*VALID, line=b"GET http://example.org/ws HTTP/1.1"),
    "no upgrade": head(),
    "no Connection": head(UPGRADE, KEY, VERSION),
    "no Upgrade": head(CONNECTION, KEY, VERSION),
    "Connection without upgrade": head(UPGRADE, b"Connection: keep-alive", KEY, VERSION),
    "another protocol": head(b"Upgrade: h2c", CONNECTION, KEY, VERSION),
    "two protocols": head(b"Upgrade: h2c, websocket", CONNECTION, KEY, VERSION),
    "two Upgrade headers": head(UPGRADE, *VALID),
    "no key": head(UPGRADE, CONNECTION, VERSION),
    "two keys": head(*VALID, KEY),
    "key that is not base64": head(UPGRADE, CONNECTION, b"Sec-WebSocket-Key: !", VERSION),
    "key too short": head(UPGRADE, CONNECTION, b"Sec-WebSocket-Key: AAAA", VERSION),
    "no version": head(UPGRADE, CONNECTION, KEY),
    "old version": head(UPGRADE, CONNECTION, KEY, b"Sec-WebSocket-Version: 8"),
    "two versions": head(*VALID, VERSION),
    "body": head(*VALID, b"Content-Length: 5") + b"hello",
    "chunked body": head(*VALID, b"Transfer-Encoding: chunked") + b"5\r\nhello\r\n0\r\n\r\n",
    "POST": head(*VALID, b"Content-Length: 0", line=b"POST /ws HTTP/1.1"),
    "HEAD": head(*VALID, line=b"HEAD /ws HTTP/1.1"),
    "HTTP/1.0": head(*VALID, line=b"GET /ws HTTP/1.0"),
    "120 headers": head(*VALID, *(b"X-%d: y" % number for number in range(120))),
}

# Here websockets' own server answers to the frame before it answers the handshake, and so not at all.
REFUSED_BEHIND_THE_HEAD = {
    "frame that is not masked": (b"\x81\x00", 1002),
    "closed": (CLOSE, 1000),
    "frame of 10 MB": (b"\x82\xff" + (10 << 20).to_bytes(8) + bytes(4), 1009),
}

ANSWERED_BY_AIOHTTP = {
    "lines without CR": head(*VALID).replace(b"\r", b""),
    "no Host": head(*VALID).replace(b"Host: example.org\r\n", b""),
    "header of 9 kB": head(*VALID, b"X-Long: " + b"y" * 9000),
    "200 headers": head(*VALID, *(b"X-%d: y" % number for number in range(200))),
}


async def dialogue(port: int, sent: bytes) -> bytes:
    """All that the server says to ``sent``, and, if it switches, to two frames; but for the date and its name."""
    async with raw(port) as client:
        await client.send(sent)
        answer = b""
        with contextlib.suppress(asyncio.IncompleteReadError):
            answer = await client.head()
        if answer.startswith(SWITCHED):
            await client.send(text("hello"), CLOSE)
        answer += await client.rest()
    return b"\r\n".join(line for line in answer.split(b"\r\n") if not line.startswith((b"Date: ", b"Server: ")))


@pytest.fixture(params=["compiled", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """aiohttp's two parsers of HTTP: the compiled one, and the one where there is no compiled one."""
    if request.param == "python":
        monkeypatch.setattr("aiohttp.web_protocol.HttpRequestParser", HttpRequestParserPy)
    return str(request.param)


@pytest.mark.parametrize("case", SAME)
async def test_answer_is_that_of_websockets_own_server(case: str, parser: str) -> None:
    async with site_of() as site, serve(echo, "127.0.0.1", 0, compression=None) as native:
        expected = await dialogue(native.sockets[0].getsockname()[1], SAME[case])
        assert await dialogue(site.port, SAME[case]) == expected


@pytest.mark.parametrize("case", REFUSED_BEHIND_THE_HEAD)
async def test_what_comes_with_the_head_is_answered_behind_its_answer(case: str) -> None:
    frame, code = REFUSED_BEHIND_THE_HEAD[case]
    async with site_of() as site, raw(site.port) as client:
        await client.send(head(*VALID) + frame)
        assert (await client.head()).startswith(SWITCHED)
        opcode, data = await client.frame()
        assert (opcode, int.from_bytes(data[:2])) == (Opcode.CLOSE, code)
        assert await client.rest() == b""


@pytest.mark.parametrize("case", ANSWERED_BY_AIOHTTP)
async def test_answer_to_what_aiohttp_refuses_first_is_400(case: str, parser: str, complaints: list[str]) -> None:
    complaints.append("Error handling request from 127.0.0.1")
    async with site_of() as site:
        assert (await dialogue(site.port, ANSWERED_BY_AIOHTTP[case])).startswith(b"HTTP/1.0 400 ")


async def test_target_beyond_ascii_is_refused_by_one_or_the_other(parser: str, complaints: list[str]) -> None:
    """The compiled parser of aiohttp refuses; the other lets it pass to websockets, which hangs up."""
    if parser == "compiled":
        complaints.append("Error handling request from 127.0.0.1")
    async with site_of() as site:
        answer = await dialogue(site.port, head(*VALID, line=b"GET /ws?name=\xe9 HTTP/1.1"))
        assert answer.partition(b"\r\n")[0] == (b"HTTP/1.0 400 Bad Request" if parser == "compiled" else b"")
