"""``make bench``: the fan-out of the real server, beside what C and nginx with nchan cost in the same run.

Prints figures and ratios and judges nothing: times belong to the machine they were taken on.
"""

import argparse
import asyncio
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from livesession.app import raise_descriptor_limit
from tests.load.peers import Peer, c_limit, livesession, nchan, sitting_on
from tests.load.readers import Crowd, Got, crowd
from tests.services import own_database, postgresql

SPARE = 300
"""Descriptors that a process needs beside one for each reader."""

PAUSE = 0.1
"""Seconds between the last reader's having one post and the next post."""

MEANWHILE = 5
"""Times as many posts that do not wait for readers: a p99 wants a hundred."""


@dataclass
class Figures:
    """What one run of one peer came to."""

    readers: int
    failed: int
    open_seconds: float
    open_cpu: float
    handed_over: float
    memory: float
    cpu: float
    last: list[float]
    all_times: list[float]
    acknowledged: list[float]
    wrong: int
    size: int

    @property
    def row(self) -> dict[str, float]:
        """Each figure by its name, in the unit that the name tells."""
        return {
            "CPU ms / 10,000 deliveries": self.cpu * 1e7 / max(1, len(self.all_times)),
            "last reader ms, median": statistics.median(self.last) * 1e3,
            "any reader ms, p99": percentile(self.all_times, 0.99) * 1e3,
            "POST ms, median": statistics.median(self.acknowledged) * 1e3,
            "POST ms, p99": percentile(self.acknowledged, 0.99) * 1e3,
            "handshakes / s": self.readers / self.open_seconds,
            "the same, handed over": self.readers / self.handed_over if self.handed_over else 0.0,
            "CPU us / handshake": self.open_cpu * 1e6 / self.readers,
            "KiB / connection": self.memory / 1024 / self.readers,
        }


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share of all does not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def measure(peer: Peer, held: Crowd, readers: int, posts: int, deflate: bool = False) -> Figures:
    """Open readers, post one by one, then post while the fan-out goes on, and leave."""
    memory, cpu = peer.memory(), peer.cpu()
    opened = held.ask("open", peer.port, peer.path, readers, peer.greets, deflate)
    open_cpu = peer.cpu() - cpu
    time.sleep(1.0)
    memory = peer.memory() - memory
    last: list[float] = []
    every: list[float] = []
    cpu = peer.cpu()
    for number in range(posts):
        held.ask("expect", number)
        held.begin("wait", 30.0)
        sent = time.monotonic()
        peer.post(number)
        got: Got = held.result()
        last.append(max(got.times, default=sent) - sent)
        every.extend(moment - sent for moment in got.times)
        time.sleep(PAUSE)
    cpu = peer.cpu() - cpu
    acknowledged = _post_meanwhile(peer, held, posts, MEANWHILE * posts)
    state = held.ask("state")
    behind = held.ask("behind", (1 + MEANWHILE) * posts)
    held.ask("start_again")
    wrong = state["errors"] + state["closed"] + behind
    handed_over = _hand_over(peer, held, readers) if peer.long_way else 0.0
    return Figures(
        readers, opened["failed"], opened["seconds"], open_cpu, handed_over, memory, cpu, last, every, acknowledged,
        wrong, state["size"],
    )  # fmt: skip


def _hand_over(peer: Peer, held: Crowd, readers: int) -> float:
    """Seconds that as many handshakes take by aiohttp's way, where all goes that is not plain."""
    # Those who have left just now are not to be paid for here.
    time.sleep(2.0)
    opened = held.ask("open", peer.port, peer.long_way, readers, True, False)
    held.ask("start_again")
    assert opened["failed"] == 0, f"{opened['failed']} handshakes failed"
    return float(opened["seconds"])


def _post_meanwhile(peer: Peer, held: Crowd, first: int, count: int) -> list[float]:
    """Posts at random moments, most of them while the one before is still on its way to readers."""
    chance = random.Random(1)
    took: list[float] = []
    held.ask("expect", first + count - 1)
    held.begin("wait", 60.0)
    for number in range(first, first + count):
        took.append(peer.post(number))
        time.sleep(chance.uniform(0.03, 0.25))
    held.result()
    return took


async def run(sizes: Sequence[int], posts: int, rounds: int, deflate: bool) -> None:
    """Measure every peer at every size, one after the other, so many times, and print."""
    with tempfile.TemporaryDirectory(prefix="livesession-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        os.environ.update(MAX_CONNECTIONS_PER_ADDRESS="100000", MAX_CONNECTIONS="100000")
        held = stack.enter_context(crowd())
        others: list[Peer] = []
        for found in (stack.enter_context(c_limit(folder)), stack.enter_context(nchan(folder, max(sizes)))):
            if isinstance(found, Peer):
                others.append(found)
            else:
                print(found)
        for readers in sizes:
            results: dict[str, list[Figures]] = {}
            for number in range(rounds):
                for deflated in (False, True) if deflate else (False,):
                    # A process of its own each time: what one left in memory would be the next one's for nothing.
                    place = folder / f"{readers}-{number}-{deflated}"
                    place.mkdir()
                    async with livesession(place) as (server, client):
                        peer = await sitting_on(server, client)
                        figures = await asyncio.to_thread(measure, peer, held, readers, posts, deflated)
                    results.setdefault("deflated" if deflated else peer.name, []).append(figures)
                    for other in others:
                        other.size = figures.size if not deflated else other.size
                if number == 0 or not deflate:
                    for other in others:
                        figures = await asyncio.to_thread(measure, other, held, readers, posts)
                        results.setdefault(other.name, []).append(figures)
            print_table(readers, results)


async def run_processes(readers: int, posts: int, rounds: int) -> None:
    """Measure one process and two on one port, on PostgreSQL, beside nchan with two workers, and print."""
    with tempfile.TemporaryDirectory(prefix="livesession-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        os.environ.update(MAX_CONNECTIONS_PER_ADDRESS="100000", MAX_CONNECTIONS="100000")
        held, postgres = stack.enter_context(crowd()), stack.enter_context(postgresql())
        other = stack.enter_context(nchan(folder, readers, workers=2))
        results: dict[str, list[Figures]] = {}
        for number in range(rounds):
            for workers, called in ((2, "2 processes"), (1, "1 process")):
                place = folder / f"{number}-{workers}"
                place.mkdir()
                async with own_database(postgres) as database, livesession(place, database, workers) as served:
                    peer = await sitting_on(*served, called)
                    figures = await asyncio.to_thread(measure, peer, held, readers, posts)
                results.setdefault(called, []).append(figures)
            if isinstance(other, Peer):
                other.size = figures.size
                results.setdefault("nchan, 2", []).append(await asyncio.to_thread(measure, other, held, readers, posts))
        print_table(readers, results)


def print_table(readers: int, results: dict[str, list[Figures]]) -> None:
    """The medians over the rounds, and the first to each of the others."""
    rows = {name: _median([figures.row for figures in found]) for name, found in results.items()}
    first, *others = rows
    ours = rows[first]
    print(f"\n{readers:,} readers, load average {os.getloadavg()[0]:.1f}")
    print(f"{'':28}{first:>12}" + "".join(f"{name:>12}{'ratio':>8}" for name in others))
    for figure, value in ours.items():
        cells = "".join(
            f"{rows[name][figure]:12,.1f}{value / rows[name][figure]:8.2f}" if rows[name][figure] else f"{'':20}"
            for name in others
        )
        print(f"{figure:28}{value:12,.1f}{cells}")
    for name, found in results.items():
        failed, wrong = sum(figures.failed for figures in found), sum(figures.wrong for figures in found)
        print(f"{name}: {failed} handshakes failed; {wrong} readers lost, missed, repeated or disordered something")


def _median(rows: list[dict[str, float]]) -> dict[str, float]:
    return {figure: statistics.median(row[figure] for row in rows) for figure in rows[0]}


def main() -> None:
    """Read what is wanted from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=10_000, help="fewer where the descriptor limit is lower")
    parser.add_argument("--posts", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--growth", action="store_true", help="1,000, 5,000, 10,000 and 19,000 readers")
    parser.add_argument("--processes", action="store_true", help="one and two processes, on PostgreSQL")
    parser.add_argument("--deflate", action="store_true", help="readers that accept compression, besides")
    chosen = parser.parse_args()
    raise_descriptor_limit()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0] - SPARE
    wanted = (1_000, 5_000, 10_000, 19_000) if chosen.growth else (chosen.readers,)
    sizes = sorted({min(size, most) for size in wanted})
    if max(wanted) > most:
        print(f"at most {most:,} readers: the descriptor limit (ulimit -n) allows no more")
    if chosen.processes:
        asyncio.run(run_processes(sizes[-1], chosen.posts, chosen.rounds))
    else:
        asyncio.run(run(sizes, chosen.posts, chosen.rounds, chosen.deflate))


if __name__ == "__main__":
    main()
