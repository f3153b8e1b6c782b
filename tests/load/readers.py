"""Thousands of WebSocket readers from one process of its own: what each gets, in what order, and when.

Plain sockets and epoll: a reader costs a few microseconds an entry, so that the server is what is measured.
Entries are told by a mark in their text, ``bench-000012;``, whatever is around it.
"""

import errno
import multiprocessing
import os
import resource
import select
import socket
import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

MARK = b"bench-"
IN_FLIGHT = 256
"""Handshakes under way at once, from the connection to the greeting."""

SOURCES = 50
"""Addresses that readers come from, 127.0.1.1 and on: ports do not run out, and no limit per address is met."""

DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
_TEXT, _PING = 1, 9
_OTHER, _GREETING = -1, -2
_COMPRESSED = 0x40


def mark(number: int) -> str:
    """What the text of the post with this number begins with."""
    return f"bench-{number:06d};"


@dataclass
class Got:
    """What came of one post, times in seconds of ``time.monotonic``."""

    times: list[float] = field(default_factory=list)
    errors: int = 0
    closed: int = 0


class Readers:
    """The readers of one run, driven from the parent through a pipe."""

    def __init__(self, parent: Connection) -> None:
        self.parent = parent
        self.poll = select.epoll()
        self.poll.register(parent.fileno(), select.EPOLLIN)
        self.sockets: dict[int, socket.socket] = {}
        self.opening: set[int] = set()
        self.rest: dict[int, bytes] = {}
        self.next: dict[int, int] = {}
        self.request = b""
        self.address = ("127.0.0.1", 0)
        self.greeted = 0
        self.wants_greeting = False
        self.size = 0
        self.failed = 0
        self.closed = 0
        self.errors = 0
        self.expected = -1
        self.times: list[float] = []
        self.compressed = (b"", 0)

    def serve(self) -> None:
        """Do what the parent asks until it says no more."""
        while True:
            self.turn(1.0)
            while self.parent.poll():
                name, arguments = self.parent.recv()
                if name == "end":
                    return
                self.parent.send(getattr(self, name)(*arguments))

    def open(self, port: int, path: str, count: int, greeting: bool, deflate: bool) -> dict[str, Any]:
        """Connect ``count`` more; ``greeting`` says whether the server speaks first."""
        self.address, self.wants_greeting = ("127.0.0.1", port), greeting
        self.request = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            f"{DEFLATE if deflate else ''}\r\n"
        ).encode()
        begun, before, failed, left = time.monotonic(), self.greeted + self.failed, self.failed, count
        while (done := self.greeted + self.failed - before) < count and time.monotonic() - begun < 120:
            # Until they are answered: connections alone would fill the server's queue, and the rest be lost in it.
            for number in range(left, max(0, count - done - IN_FLIGHT), -1):
                self._connect(number)
                left -= 1
            self.turn(0.5)
        return {"seconds": time.monotonic() - begun, "failed": self.failed - failed}

    def expect(self, number: int) -> bool:
        """From now on, note when the post with this number comes."""
        self.expected, self.times = number, []
        return True

    def wait(self, seconds: float) -> Got:
        """Wait until every reader has the expected post, or for so long."""
        until = time.monotonic() + seconds
        while len(self.times) < len(self.sockets) and (left := until - time.monotonic()) > 0:
            self.turn(left)
        got = Got(self.times, self.errors, self.closed)
        self.expected, self.times = -1, []
        return got

    def behind(self, number: int) -> int:
        """Readers that have not come to this number yet."""
        return sum(1 for descriptor in self.sockets if self.next.get(descriptor, 0) != number)

    def start_again(self) -> bool:
        """Leave, all of them, and forget what was."""
        for held in self.sockets.values():
            held.close()
        for kept in (self.sockets, self.opening, self.rest, self.next):
            kept.clear()
        self.greeted = self.failed = self.closed = self.errors = 0
        return True

    def state(self) -> dict[str, Any]:
        """How many are connected, what went wrong, and how long the newest entry was on the line."""
        return {"open": len(self.sockets), "errors": self.errors, "closed": self.closed, "size": self.size}

    def turn(self, seconds: float) -> None:
        """Take what has come, waiting for it so long at most."""
        for descriptor, _ in self.poll.poll(seconds, 1024):
            if descriptor in self.opening:
                self._opened(descriptor)
            elif descriptor in self.sockets:
                self._read(descriptor)

    def _connect(self, number: int) -> None:
        made = socket.socket()
        made.setblocking(False)
        made.bind((f"127.0.1.{number % SOURCES + 1}", 0))
        code = made.connect_ex(self.address)
        if code not in (0, errno.EINPROGRESS):
            self.failed += 1
            made.close()
            return
        self.sockets[made.fileno()] = made
        self.opening.add(made.fileno())
        self.poll.register(made.fileno(), select.EPOLLOUT)

    def _opened(self, descriptor: int) -> None:
        self.opening.discard(descriptor)
        self.rest[descriptor] = b""
        try:
            os.write(descriptor, self.request)
        except OSError:
            self._lost(descriptor)
        else:
            self.poll.modify(descriptor, select.EPOLLIN)
            self.next[descriptor] = -1

    def _read(self, descriptor: int) -> None:
        try:
            data = os.read(descriptor, 1 << 16)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._lost(descriptor)
            return
        now = time.monotonic()
        if descriptor in self.rest:
            data = self.rest.pop(descriptor) + data
        if self.next[descriptor] == -1 and not (data := self._answered(descriptor, data)):
            return
        at, size = 0, len(data)
        while at < size:
            end = _end_of(data, at, size)
            if end > size:
                self.rest[descriptor] = data[at:]
                return
            self._frame(descriptor, data, at, end, now)
            at = end

    def _answered(self, descriptor: int, data: bytes) -> bytes:
        head, found, data = data.partition(b"\r\n\r\n")
        if not found:
            self.rest[descriptor] = head
            return b""
        if not head.startswith(b"HTTP/1.1 101"):
            self._lost(descriptor)
            return b""
        self.next[descriptor] = 0
        if not self.wants_greeting:
            self.greeted += 1
        return data

    def _frame(self, descriptor: int, data: bytes, at: int, end: int, now: float) -> None:
        kind = data[at] & 15
        if kind == _PING:
            # Masked with zeroes: what was asked is what is answered.
            payload = data[at + 2 : end]
            os.write(descriptor, bytes((0x8A, 0x80 | len(payload), 0, 0, 0, 0)) + payload)
            return
        if kind != _TEXT:
            return
        number = self._number(data, at, end)
        if number < 0:
            self.greeted += number == _GREETING
            return
        self.size = end - at
        self.errors += number != self.next[descriptor]
        self.next[descriptor] = number + 1
        if number == self.expected:
            self.times.append(now)

    def _number(self, data: bytes, at: int, end: int) -> int:
        """The number of the post in a frame; below 0 where it is none."""
        if data[at] & _COMPRESSED:
            # The same bytes for everybody: read once.
            if (frame := data[at:end]) != self.compressed[0]:
                self.compressed = (frame, _number_in(_inflated(frame)))
            return self.compressed[1]
        return _number_in(data, at, end)

    def _lost(self, descriptor: int) -> None:
        held = self.sockets.pop(descriptor)
        if self.next.pop(descriptor, -1) == -1:
            self.failed += 1
        else:
            self.closed += 1
        self.rest.pop(descriptor, None)
        held.close()


def _end_of(data: bytes, at: int, size: int) -> int:
    if at + 4 > size:
        # An empty frame is two bytes long; any other tells its length in four at most, here.
        return at + 2 + (data[at + 1] & 127) if at + 2 <= size else size + 1
    length = data[at + 1] & 127
    if length < 126:
        return at + 2 + length
    if length == 126:
        return int(at + 4 + (data[at + 2] << 8 | data[at + 3]))
    return int(at + 10 + struct.unpack_from("!Q", data, at + 2)[0]) if at + 10 <= size else size + 1


def _number_in(text: bytes, at: int = 0, end: int | None = None) -> int:
    if text.find(b'"type":"hello"', at, at + 40) >= 0:
        return _GREETING
    found = text.find(MARK, at, end)
    return int(text[found + 6 : found + 12]) if found >= 0 else _OTHER


def _inflated(frame: bytes) -> bytes:
    head = 2 if frame[1] < 126 else 4 if frame[1] == 126 else 10
    return zlib.decompressobj(-15).decompress(frame[head:] + b"\x00\x00\xff\xff")


def _run(parent: Connection) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    Readers(parent).serve()


class Crowd:
    """The parent's side of :class:`Readers`: every method of it, called in its process."""

    def __init__(self, pipe: Connection, pid: int) -> None:
        self._pipe = pipe
        self.pid = pid

    def ask(self, name: str, *arguments: Any) -> Any:
        """Call a method over there and wait for what it returns."""
        self.begin(name, *arguments)
        return self.result()

    def begin(self, name: str, *arguments: Any) -> None:
        """Call a method over there; :meth:`result` waits for it."""
        self._pipe.send((name, arguments))

    def result(self) -> Any:
        return self._pipe.recv()


@contextmanager
def crowd() -> Iterator[Crowd]:
    """A process for readers, for as long as the block runs."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    assert process.pid is not None
    try:
        yield Crowd(ours, process.pid)
    finally:
        ours.send(("end", ()))
        process.join(10)
        process.kill()
