"""The fan-out on real sockets: order, joining, leaving, falling behind, being cut."""

import asyncio
import random
import time
from collections.abc import Iterator

import pytest

from livesession.domain.ids import Pos
from livesession.live.batch import best, one_by_one
from livesession.live.fanout import IDLE_SECONDS, SLICE, SLICE_BESIDE, FanOut
from livesession.live.frames import FORMS, Form, Frames
from livesession.live.precedence import LONGEST_WAIT, Precedence
from tests.unit.live.sockets import connected, drained

MAX_BACKLOG = 200_000


class SocketLine:
    """A reader on a socket pair, with a backlog of its own where its line is full."""

    def __init__(self, form: Form = "plain") -> None:
        self.form = form
        self.ours, self.theirs = connected(4096)
        self.backlog = bytearray()
        self.state = "open"

    @property
    def descriptor(self) -> int:
        self._flush()
        return self.ours.fileno() if self.state == "open" and not self.backlog else -1

    def write(self, frame: bytes) -> bool:
        if len(self.backlog) > MAX_BACKLOG:
            return False
        self.backlog += frame
        self._flush()
        return True

    def cut(self) -> None:
        self.state = "cut"

    def dismiss(self) -> None:
        self.state = "dismissed"

    def _flush(self) -> None:
        while self.backlog:
            try:
                del self.backlog[: self.ours.send(self.backlog)]
            except BlockingIOError:
                return

    def received(self) -> bytes:
        """Everything that has come out at the other end."""
        found = drained(self.theirs)
        while self.backlog:
            self._flush()
            found += drained(self.theirs)
        return found

    def close(self) -> None:
        self.ours.close()
        self.theirs.close()


@pytest.fixture
def lines() -> Iterator[list[SocketLine]]:
    made: list[SocketLine] = []
    yield made
    for line in made:
        line.close()


@pytest.fixture(params=[one_by_one, best()], ids=["one-by-one", "best"])
def fan_out(request: pytest.FixtureRequest) -> FanOut:
    return FanOut(write=request.param)


def line_of(lines: list[SocketLine], form: Form = "plain") -> SocketLine:
    line = SocketLine(form)
    lines.append(line)
    return line


def frames(first: int, last: int, form: Form = "plain") -> bytes:
    return b"".join(Frames(text(number)).for_(form) for number in range(first, last + 1))


def text(number: int) -> str:
    return f"{number}:" + "é" * (number % 500)


async def settled(fan_out: FanOut) -> None:
    for _ in range(1000):
        if fan_out._pump is None:
            return
        await asyncio.sleep(0)
    raise AssertionError("the pump does not end")


async def test_everybody_gets_each_entry_once_in_order_whenever_they_join(
    fan_out: FanOut, lines: list[SocketLine]
) -> None:
    chance = random.Random(1)
    joined: dict[int, int] = {}
    pos = 0
    for _ in range(300):
        if chance.random() < 0.5:
            line = line_of(lines, chance.choice(FORMS))
            joined[len(lines) - 1] = pos
            fan_out.join(line, Pos(pos))
        if chance.random() < 0.5:
            pos += 1
            fan_out.send(Pos(pos), Frames(text(pos)), 0.0)
        if chance.random() < 0.5:
            await asyncio.sleep(0)
    await settled(fan_out)
    assert pos > 100
    for number, line in enumerate(lines):
        assert line.received() == frames(joined[number] + 1, pos, line.form)


async def test_who_left_is_never_written_to_again(fan_out: FanOut, lines: list[SocketLine]) -> None:
    stays, leaves = line_of(lines), line_of(lines)
    for line in (stays, leaves):
        fan_out.join(line, Pos(0))
    fan_out.send(Pos(1), Frames(text(1)), 0.0)
    await settled(fan_out)
    fan_out.leave(leaves)
    fan_out.send(Pos(2), Frames(text(2)), 0.0)
    await settled(fan_out)
    assert (stays.received(), leaves.received()) == (frames(1, 2), frames(1, 1))
    assert (len(fan_out), fan_out.lines) == (1, [stays])


async def test_a_line_that_is_full_gets_the_rest_whole_and_comes_back(fan_out: FanOut, lines: list[SocketLine]) -> None:
    quick, slow = line_of(lines), line_of(lines)
    for line in (quick, slow):
        fan_out.join(line, Pos(0))
    got = b""
    for number in range(1, 60):
        fan_out.send(Pos(number), Frames(text(number)), 0.0)
        await settled(fan_out)
        got += quick.received()
    assert slow.backlog, "its line was full"
    assert slow.received() == got == frames(1, 59)
    fan_out.send(Pos(60), Frames(text(60)), 0.0)
    fan_out.send(Pos(61), Frames(text(61)), 0.0)
    await settled(fan_out)
    assert slow.received() == frames(60, 61)


async def test_who_reads_nothing_is_cut_and_costs_no_more(fan_out: FanOut, lines: list[SocketLine]) -> None:
    deaf = line_of(lines)
    fan_out.join(deaf, Pos(0))
    number = 0
    while deaf.state == "open":
        number += 1
        fan_out.send(Pos(number), Frames("x" * 10_000), 0.0)
        await settled(fan_out)
        assert number < 100
    assert deaf.state == "cut"
    assert len(deaf.backlog) <= MAX_BACKLOG + 11_000
    assert len(fan_out) == 0


async def test_what_waits_to_be_sent_is_not_overtaken(fan_out: FanOut, lines: list[SocketLine]) -> None:
    line = line_of(lines)
    fan_out.join(line, Pos(0))
    line.backlog += b"ping"
    fan_out.slow_down(line)
    fan_out.send(Pos(1), Frames(text(1)), 0.0)
    await settled(fan_out)
    assert line.received() == b"ping" + frames(1, 1)


async def test_other_work_is_done_while_thousands_are_written_to(fan_out: FanOut, lines: list[SocketLine]) -> None:
    for _ in range(900):
        fan_out.join(line_of(lines), Pos(0))
    fan_out.send(Pos(1), Frames(text(1)), 0.0)
    turns = 0
    while fan_out._pump is not None:
        turns += 1
        await asyncio.sleep(0)
    assert turns >= 3
    assert all(line.received() == frames(1, 1) for line in lines)


async def test_slices_are_short_while_others_have_work_to_do(fan_out: FanOut, lines: list[SocketLine]) -> None:
    for _ in range(2 * SLICE):
        fan_out.join(line_of(lines), Pos(0))
    fan_out.send(Pos(1), Frames(text(1)), 0.0)
    turns = 0
    while fan_out._pump is not None:
        turns += 1
        time.sleep(2 * IDLE_SECONDS)
        await asyncio.sleep(0)
    assert turns >= SLICE // SLICE_BESIDE
    assert all(line.received() == frames(1, 1) for line in lines)


@pytest.mark.parametrize("number", [3, SLICE + 3])
async def test_who_slows_down_between_two_slices_gets_the_entry_once(
    fan_out: FanOut, lines: list[SocketLine], number: int
) -> None:
    for _ in range(2 * SLICE):
        fan_out.join(line_of(lines), Pos(0))
    fan_out.send(Pos(1), Frames(text(1)), 0.0)
    # The first slice is being sent, then something is to be sent to one reader, which its line does not take.
    await asyncio.sleep(0)
    lines[number].backlog += b"ping"
    fan_out.slow_down(lines[number])
    await settled(fan_out)
    got = [line.received() for line in lines]
    one = frames(1, 1)
    assert got.pop(number) == (one + b"ping" if number < SLICE else b"ping" + one)
    assert got == [one] * (2 * SLICE - 1)


async def test_readers_get_deflated_entries_only_where_they_accept_them(
    fan_out: FanOut, lines: list[SocketLine]
) -> None:
    plain, deflating = line_of(lines), line_of(lines, "deflated")
    for line in (plain, deflating):
        fan_out.join(line, Pos(0))
    entry = Frames("Le conseil délibère sur le budget des routes, des collèges et des bibliothèques. " * 8)
    fan_out.send(Pos(1), entry, 0.0)
    await settled(fan_out)
    assert (plain.received(), deflating.received()) == (entry.plain, entry.deflated)
    assert len(entry.deflated) < len(entry.plain) / 2


async def test_a_command_goes_before_readers_and_no_longer_than_it_may(lines: list[SocketLine]) -> None:
    precedence = Precedence()
    fan_out = FanOut(precedence, best())
    for _ in range(SLICE + 1):
        fan_out.join(line_of(lines), Pos(0))
    last = lines[-1]
    with precedence.taken():
        fan_out.send(Pos(1), Frames(text(1)), 0.0)
        await asyncio.sleep(LONGEST_WAIT / 5)
        assert (lines[0].received(), last.received()) == (frames(1, 1), b"")
    await asyncio.sleep(LONGEST_WAIT / 5)
    assert last.received() == frames(1, 1)
    with precedence.taken():
        # One that never ends, or a flood of them, keeps readers from an entry for a moment only.
        fan_out.send(Pos(2), Frames(text(2)), 0.0)
        await asyncio.sleep(2 * LONGEST_WAIT)
        assert last.received() == frames(2, 2)
        await settled(fan_out)
