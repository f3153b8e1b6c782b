"""RFC 6455 and RFC 7692, case by case, against a reader's address of the running server.

Readers have nothing to say, so what is asked is: what is allowed leaves the line open and is not answered, a ping is,
and what is forbidden is closed with the code that the RFC names. Each case goes through the door and, as on a
connection that was kept, through aiohttp.
"""

import asyncio
import socket
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from livesession.live.gateway import MAX_INCOMING
from livesession.live.handover import MESSAGES
from tests.integration.running import AGENDA, Server, client_of

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
MASK = b"\x37\xfa\x21\x3d"
"""The key of the RFC's own example (§5.7)."""

PATIENCE = 10.0


def frame(
    opcode: int, data: bytes = b"", *, fin: bool = True, rsv: int = 0, masked: bool = True, length: bytes | None = None
) -> bytes:
    """A frame (§5.2), right or wrong; ``length`` stands for the length field and what extends it."""
    first = bytes([(0x80 if fin else 0) | rsv << 4 | opcode])
    if length is None:
        size = len(data)
        length = (
            bytes([size])
            if size < 126
            else b"\x7e" + size.to_bytes(2)
            if size < 1 << 16
            else b"\x7f" + size.to_bytes(8)
        )
    if not masked:
        return first + length + data
    body = bytes(byte ^ MASK[place % 4] for place, byte in enumerate(data))
    return first + bytes([length[0] | 0x80]) + length[1:] + MASK + body


def closing(code: int | None, reason: bytes = b"") -> bytes:
    return frame(CLOSE, b"" if code is None else code.to_bytes(2) + reason)


def pieces(first: bytes, *rest: bytes) -> bytes:
    """A text in fragments (§5.4)."""
    frames = [frame(TEXT, first, fin=False)]
    frames += [frame(CONTINUATION, data, fin=number == len(rest)) for number, data in enumerate(rest, 1)]
    return b"".join(frames)


def deflated(data: bytes) -> bytes:
    """A message as permessage-deflate packs it (RFC 7692 §7.2.1)."""
    packer = zlib.compressobj(wbits=-15)
    return (packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)).removesuffix(b"\x00\x00\xff\xff")


EURO, POO = "€".encode(), "💩".encode()
CODES = (1000, 1001, 1002, 1003, 1007, 1011, 1014, 3000, 3999, 4999)
NO_CODES = (0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535)

# What is allowed: the line stays open, and nothing is said.
ALLOWED = {
    "text of nothing": frame(TEXT),
    "text": frame(TEXT, b"Hello"),
    "text of 125 bytes": frame(TEXT, b"x" * 125),
    "text of 126 bytes": frame(TEXT, b"x" * 126),
    "text as long as may be": frame(TEXT, b"x" * MAX_INCOMING),
    "bytes": frame(BINARY, bytes(range(256))),
    "text in two fragments": pieces(b"Hel", b"lo"),
    "text in many fragments": pieces(*[b"a"] * 50),
    "fragments of nothing": pieces(b"", b"", b""),
    "a character over two fragments": pieces(EURO[:1], EURO[1:]),
    "a character byte by byte": pieces(POO[:1], POO[1:2], POO[2:3], POO[3:]),
    "the last character there is": frame(TEXT, "\U0010ffff".encode()),
    "NUL": frame(TEXT, b"\x00"),
    "bytes that are no text": frame(BINARY, b"\xff\xfe\xc0"),
    "pong that nobody asked for": frame(PONG, b"x" * 125),
    "length written longer than it need be": frame(TEXT, b"Hello", length=b"\x7e\x00\x05"),
}  # fmt: skip

# What is forbidden: closed with a code.
FORBIDDEN: dict[str, tuple[bytes, int]] = {
    "frame without mask (§5.1)": (frame(TEXT, b"Hello", masked=False), 1002),
    "ping without mask": (frame(PING, masked=False), 1002),
    "close without mask": (frame(CLOSE, masked=False), 1002),
    "RSV1 without an extension (§5.2)": (frame(TEXT, b"x", rsv=4), 1002),
    "RSV2": (frame(TEXT, b"x", rsv=2), 1002),
    "RSV3": (frame(BINARY, b"x", rsv=1), 1002),
    "RSV on a ping": (frame(PING, rsv=4), 1002),
    **{f"reserved opcode {code:#x}": (frame(code, b"x"), 1002) for code in (3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF)},
    "ping of 126 bytes (§5.5)": (frame(PING, b"x" * 126), 1002),
    "pong of 126 bytes": (frame(PONG, b"x" * 126), 1002),
    "close of 126 bytes": (closing(1000, b"x" * 124), 1002),
    "ping in fragments": (frame(PING, b"x", fin=False), 1002),
    "close in fragments": (frame(CLOSE, b"\x03\xe8", fin=False), 1002),
    "continuation of nothing (§5.4)": (frame(CONTINUATION, b"x"), 1002),
    "text within a text": (frame(TEXT, b"x", fin=False) + frame(TEXT, b"y"), 1002),
    "continuation after the end": (pieces(b"x", b"y") + frame(CONTINUATION, b"z"), 1002),
    "text that is none (§8.1)": (frame(TEXT, b"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80edited"), 1007),
    "a lone surrogate": (frame(TEXT, b"\xed\xa0\x80"), 1007),
    "longer than need be": (frame(TEXT, b"\xc0\xaf"), 1007),
    "past the last character": (frame(TEXT, b"\xf4\x90\x80\x80"), 1007),
    "half a character": (frame(TEXT, EURO[:2]), 1007),
    "half a character in fragments": (pieces(EURO[:1], EURO[1:2]), 1007),
    "wrong in the first fragment, said at once": (frame(TEXT, b"\xff", fin=False), 1007),
    "one byte too many": (frame(TEXT, b"x" * (MAX_INCOMING + 1)), 1009),
    "one byte too many in fragments": (pieces(b"x" * MAX_INCOMING, b"x"), 1009),
    "10 MB, by the head alone": (frame(BINARY, length=b"\x7f" + (10 << 20).to_bytes(8)), 1009),
    "the greatest length there is": (frame(BINARY, length=b"\x7f" + (2**63 - 1).to_bytes(8)), 1009),
    "close of one byte (§5.5.1)": (frame(CLOSE, b"\x03"), 1002),
    **{f"close with {code} (§7.4)": (closing(code), 1002) for code in NO_CODES},
    "close with a reason that is no text": (closing(1000, b"\xff"), 1007),
    # The RFC does not forbid it (§5.4); to websockets it is a message that was broken off.
    "close between fragments": (frame(TEXT, b"x", fin=False) + closing(1000), 1002),
    "a flood": (frame(TEXT, b"x" * MAX_INCOMING) * (MESSAGES + 1), 1008),
}  # fmt: skip

# What closes, and is answered in kind (§5.5.1).
ANSWERED = {
    "close without a code": (closing(None), None),
    **{f"close with {code}": (closing(code), code) for code in CODES},
    "close with a reason": (closing(1000, "à bientôt".encode()), 1000),
    "close with the longest reason": (closing(1000, b"x" * 123), 1000),
    "text behind the close": (closing(1000) + frame(TEXT, b"x"), 1000),
    "wrong frame behind the close": (closing(1000) + frame(TEXT, b"x", masked=False), 1000),
}  # fmt: skip


@dataclass
class Address:
    """A server, and a reader's address on it."""

    server: Server
    path: str


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    server = Server(tmp_path_factory.mktemp("conformance"))

    async def begin() -> str:
        await server.start()
        async with client_of(server) as client:
            return await client.create(AGENDA)

    try:
        yield Address(server, f"/s/{asyncio.run(begin())}/ws?after=2")
    finally:
        if server.process is not None:
            server.kill()


class Line:
    """A reader's connection, to say anything on."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.head = b""

    async def handshake(self, path: str, *headers: str, kept: bool = False, behind: bytes = b"") -> None:
        """Open; ``kept``: after a page on the same connection, so that aiohttp reads the handshake; ``behind``: what
        comes with its head."""
        if kept:
            self.writer.write(b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
            head = await self.reader.readuntil(b"\r\n\r\n")
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await self.reader.readexactly(int(length.partition(b":")[2]))
        lines = [
            f"GET {path} HTTP/1.1", "Host: h", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13", *headers, "", "",
        ]  # fmt: skip
        self.writer.write("\r\n".join(lines).encode() + behind)
        self.head = await self.reader.readuntil(b"\r\n\r\n")
        assert self.head.startswith(b"HTTP/1.1 101 ")
        # The answer of the RFC's own example (§1.3).
        assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in self.head
        assert (await self.frame())[0] & 0xF == TEXT, "the greeting, deflated or not"

    async def frame(self) -> tuple[int, bytes]:
        """The next frame; a server's is never masked."""
        first, length = await self.reader.readexactly(2)
        assert not length & 0x80
        size = length & 0x7F
        if size > 125:
            size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8))
        return first & 0x7F, await self.reader.readexactly(size)

    async def say(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()


@asynccontextmanager
async def line(at: Address, *headers: str, kept: bool = False, behind: bytes = b"") -> AsyncIterator[Line]:
    reader, writer = await asyncio.open_connection("127.0.0.1", at.server.port)
    try:
        async with asyncio.timeout(PATIENCE):
            opened = Line(reader, writer)
            await opened.handshake(at.path, *headers, kept=kept, behind=behind)
            yield opened
    finally:
        writer.transport.abort()


async def _left_open(at: Address, said: bytes, kept: bool) -> str | None:
    async with line(at, kept=kept) as opened:
        await opened.say(said + frame(PING, b"there?"))
        answer = await opened.frame()
    return None if answer == (PONG, b"there?") else f"answered by {answer}"


async def _closed(at: Address, said: bytes, code: int | None, kept: bool) -> str | None:
    async with line(at, kept=kept) as opened:
        await opened.say(said)
        opcode, data = await opened.frame()
        found = int.from_bytes(data[:2]) if data else None
        if (opcode, found) != (CLOSE, code):
            return f"answered by {opcode} {found}"
        if code not in (1008, 1009) and await opened.reader.read() != b"":
            return "something is said after the close"
    return None


@pytest.mark.parametrize("kept", [False, True], ids=["through the door", "through aiohttp"])
async def test_every_case_is_answered_as_the_rfc_says(at: Address, kept: bool) -> None:
    wrong: dict[str, str] = {}
    for name, said in ALLOWED.items():
        if (what := await _left_open(at, said, kept)) is not None:
            wrong[name] = what
    for name, (said, code) in {**FORBIDDEN, **ANSWERED}.items():
        if (what := await _closed(at, said, code, kept)) is not None:
            wrong[name] = what
    assert wrong == {}


async def test_pings_are_answered_in_order_and_in_full(at: Address) -> None:
    async with line(at) as opened:
        sent = [b"", b"x" * 125, bytes(range(100)), *(b"%d" % number for number in range(10))]
        await opened.say(b"".join(frame(PING, data) for data in sent))
        assert [await opened.frame() for _ in sent] == [(PONG, data) for data in sent]
        # Within a message in fragments (§5.4), and a byte at a time.
        pieces = (
            frame(TEXT, b"x", fin=False) + frame(PING, b"within") + frame(CONTINUATION, b"y") + frame(PING, b"after")
        )
        for at_ in range(len(pieces)):
            await opened.say(pieces[at_ : at_ + 1])
        assert [await opened.frame(), await opened.frame()] == [(PONG, b"within"), (PONG, b"after")]


@pytest.mark.parametrize(
    ("offered", "accepted"),
    [
        ("permessage-deflate", True),
        ("permessage-deflate; client_max_window_bits", True),
        ("permessage-deflate; server_no_context_takeover; client_no_context_takeover", True),
        ("permessage-deflate; server_max_window_bits=15", True),
        ("permessage-deflate; server_max_window_bits=9", False),
        ("permessage-deflate; unknown=1", False),
        ("x-webkit-deflate-frame", False),
        ("permessage-deflate; server_max_window_bits=9, permessage-deflate", True),
    ],
)
async def test_compression_is_negotiated_and_what_is_sent_inflates(at: Address, offered: str, accepted: bool) -> None:
    async with line(at, f"Sec-WebSocket-Extensions: {offered}") as opened:
        assert (b"permessage-deflate" in opened.head) is accepted
        if accepted:
            assert b"server_no_context_takeover" in opened.head
            # A deflated message is taken (RFC 7692 §7.2.1); one that unfolds to more than is taken is refused.
            await opened.say(frame(TEXT, deflated(b"Hello" * 20), rsv=4) + frame(PING, b"there?"))
            assert await opened.frame() == (PONG, b"there?")
            await opened.say(frame(BINARY, deflated(bytes(MAX_INCOMING * 50)), rsv=4))
            opcode, data = await opened.frame()
            assert (opcode, int.from_bytes(data[:2])) == (CLOSE, 1009)


async def test_a_frame_may_come_in_any_pieces(at: Address) -> None:
    async with line(at) as opened:
        tcp: socket.socket = opened.writer.get_extra_info("socket")
        tcp.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        said = frame(TEXT, b"x" * 300) + frame(PING, b"there?")
        for place in range(0, len(said), 7):
            await opened.say(said[place : place + 7])
            await asyncio.sleep(0.001)
        assert await opened.frame() == (PONG, b"there?")


@pytest.mark.parametrize("kept", [False, True], ids=["through the door", "through aiohttp"])
@pytest.mark.parametrize("behind", [0, 1, 2, 6, 12])
async def test_what_looks_like_a_pong_within_a_message_is_part_of_it(at: Address, kept: bool, behind: int) -> None:
    pong = frame(PONG)
    # Masked with zeros: on the line its payload is what it is.
    said = bytes([0x80 | BINARY, 0x80 | 2 * len(pong)]) + bytes(4) + pong + pong
    async with line(at, kept=kept, behind=said[:behind]) as opened:
        tcp: socket.socket = opened.writer.get_extra_info("socket")
        tcp.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if behind == 0:
            await opened.say(pong)
            await asyncio.sleep(0.01)
        for place in range(behind, len(said), len(pong)):
            await opened.say(said[place : place + len(pong)])
            await asyncio.sleep(0.01)
        await opened.say(frame(PING, b"there?"))
        assert await opened.frame() == (PONG, b"there?")
