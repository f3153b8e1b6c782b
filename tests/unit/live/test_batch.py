"""The same bytes to many sockets: in one system call, or one by one, to the same effect."""

import ctypes
import gc
import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livesession.live import batch
from livesession.live.batch import MOST, Together, Write, best, one_by_one
from tests.unit.live.sockets import connected, drained

DATA = b"\x81\x05entry" * 300
"""More than a socket with the smallest buffer takes, with what fills it before."""


def together() -> Write | None:
    try:
        return Together()
    except OSError:
        return None


TOGETHER = together()
WAYS = pytest.mark.parametrize(
    "write",
    [
        pytest.param(one_by_one, id="one-by-one"),
        pytest.param(
            TOGETHER,
            id="together",
            marks=pytest.mark.skipif(TOGETHER is None, reason="this system has no io_submit, or does not allow it"),
        ),
    ],
)


class Pair:
    """A socket that does not block, and what comes out at its other end."""

    def __init__(self) -> None:
        self.ours, self.theirs = connected(1)
        self.descriptor = self.ours.fileno()

    def fill(self) -> int:
        """Fill its buffer; returns with how much."""
        filled = 0
        while True:
            try:
                filled += self.ours.send(b"." * 100)
            except BlockingIOError:
                return filled

    def received(self) -> bytes:
        return drained(self.theirs)

    def close(self) -> None:
        self.ours.close()
        self.theirs.close()


@contextmanager
def pairs(count: int) -> Iterator[list[Pair]]:
    made = [Pair() for _ in range(count)]
    try:
        yield made
    finally:
        for pair in made:
            pair.close()


@WAYS
@pytest.mark.parametrize("count", [0, 1, 2, MOST])
def test_everybody_gets_the_bytes(write: Write, count: int) -> None:
    with pairs(count) as held:
        assert write([pair.descriptor for pair in held], b"entry") == [5] * count
        assert [pair.received() for pair in held] == [b"entry"] * count


@WAYS
def test_each_call_has_its_own_bytes(write: Write) -> None:
    with pairs(3) as held:
        descriptors = [pair.descriptor for pair in held]
        assert write(descriptors, b"first") == [5, 5, 5]
        assert write(descriptors[1:], b"the second") == [10, 10]
        assert write(descriptors[:1], b"3") == [1]
        assert [pair.received() for pair in held] == [b"first3", b"firstthe second", b"firstthe second"]


@WAYS
@given(st.lists(st.sampled_from(["free", "full", "gone", "closed"]), max_size=8))
def test_who_is_full_or_gone_takes_nothing_and_keeps_nobody_out(write: Write, states: list[str]) -> None:
    with pairs(len(states)) as held:
        filled = [pair.fill() if state == "full" else 0 for pair, state in zip(held, states, strict=True)]
        for pair, state in zip(held, states, strict=True):
            if state == "gone":
                pair.theirs.close()
            elif state == "closed":
                pair.ours.close()
        taken = write([pair.descriptor for pair in held], b"entry")
        assert taken == [5 if state == "free" else 0 for state in states]
        for pair, state, before in zip(held, states, filled, strict=True):
            if state != "gone":
                assert pair.received() == b"." * before + (b"entry" if state == "free" else b"")


@WAYS
def test_who_takes_a_part_tells_how_much(write: Write) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server, pairs(1) as held:
        with closing(socket.create_connection(server.getsockname())) as theirs, closing(server.accept()[0]) as ours:
            theirs.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
            ours.setblocking(False)
            much = os.urandom(1 << 22)
            part, none = write([ours.fileno(), held[0].descriptor], much)
            assert 0 < part < len(much)
            assert none < len(much)
            got = bytearray()
            while len(got) < part:
                got += theirs.recv(1 << 16)
            assert bytes(got) == much[:part]


def test_the_best_way_is_one_call_where_the_system_has_it() -> None:
    assert isinstance(best(), Together) == (TOGETHER is not None)


def test_elsewhere_sockets_are_written_to_one_by_one(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(batch, "_NUMBERS", {})
    with caplog.at_level("INFO"):
        assert best() is one_by_one
    assert "one by one: io_submit is not known on" in caplog.text


@pytest.mark.skipif(TOGETHER is None, reason="this system has no io_submit, or does not allow it")
def test_what_the_system_holds_for_it_is_given_back() -> None:
    # As many as the system allows in all (fs.aio-max-nr) would otherwise be used up.
    write = Together()
    context, getevents = write._context, write._getevents
    ask = [ctypes.c_long(0), ctypes.c_long(0), None, None]
    assert batch._call(getevents, context, *ask) == 0
    del write
    gc.collect()
    with pytest.raises(OSError, match="Invalid argument"):
        batch._call(getevents, context, *ask)
