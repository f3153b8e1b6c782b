"""Two processes on one database: one relay works, the other waits and takes over, also from one that was frozen."""

import asyncio
import contextlib
import os
import signal
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url

from livesession.demo.standin_mastodon import StandinMastodon
from livesession.relay.only_one import (
    BEAT_SECONDS,
    STALE_SECONDS,
    Lease,
    LeaseLostError,
    Standing,
    _keep,
    run_alone,
    signs_of,
    take_over,
)
from livesession.store.engine import Store
from tests.integration.running import AGENDA, Server, client_of
from tests.services import Absent, own_database, postgresql

SOON = 3 * BEAT_SECONDS + 2


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    async with AsyncExitStack() as held:
        if request.param == "sqlite":
            yield f"sqlite+aiosqlite:///{tmp_path}/thread.db"
            return
        try:
            server = held.enter_context(postgresql())
        except Absent as absent:
            pytest.skip(str(absent))
        yield await held.enter_async_context(own_database(server))


@asynccontextmanager
async def stores(database: str, number: int) -> AsyncIterator[list[Store]]:
    made = [Store(database) for _ in range(number)]
    await made[0].upgrade()
    try:
        yield made
    finally:
        for store in made:
            await store.close()


async def until(condition: Callable[[], bool], seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)


class Work:
    """Who works, one after the other."""

    def __init__(self) -> None:
        self.leases: list[tuple[str, Lease]] = []
        self.standings: dict[str, Standing] = {}

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.leases]

    def of(self, name: str, store: Store) -> "asyncio.Task[None]":
        async def work(lease: Lease) -> None:
            self.leases.append((name, lease))
            await asyncio.Event().wait()

        standing = self.standings[name] = Standing()
        return asyncio.create_task(run_alone(store, file_of(store), work, standing))

    @property
    def active(self) -> list[str]:
        """Who says that it is the one."""
        return [name for name, standing in self.standings.items() if standing.active]


def file_of(store: Store) -> Path | None:
    return None if store.file is None else Path(store.file)


async def test_second_relay_waits_for_the_first_to_end(database: str) -> None:
    async with stores(database, 2) as (one, two):
        working = Work()
        first = working.of("first", one)
        await until(lambda: working.names == ["first"], SOON)
        second = working.of("second", two)
        await asyncio.sleep(2 * BEAT_SECONDS)
        assert (working.names, working.active) == (["first"], ["first"])
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        assert working.active == []
        await until(lambda: working.names == ["first", "second"], SOON)
        assert working.active == ["second"]
        second.cancel()
        await asyncio.gather(second, return_exceptions=True)


async def test_a_relay_without_signs_is_succeeded_and_can_take_no_further_step(database: str) -> None:
    async with stores(database, 3) as (one, two, three):
        # It has the lease and gives no more signs, as a process that is stopped.
        signs = signs_of(one, file_of(one))
        lease = await take_over(one, signs)
        assert await lease.transact(lambda _: "done") == "done"
        working = Work()
        begun = asyncio.get_running_loop().time()
        second = working.of("second", two)
        await until(lambda: working.names == ["second"], STALE_SECONDS + SOON)
        assert asyncio.get_running_loop().time() - begun >= STALE_SECONDS
        with pytest.raises(LeaseLostError):
            await lease.transact(lambda _: pytest.fail("a step without the lease"))
        with pytest.raises(LeaseLostError):
            await lease.check()
        with pytest.raises(LeaseLostError):
            await signs.give(lease)
        # A third is not misled by what the first still holds, nor by its end.
        third = working.of("third", three)
        await asyncio.sleep(2 * BEAT_SECONDS)
        await signs.end(lease)
        await asyncio.sleep(2 * BEAT_SECONDS)
        assert working.names == ["second"]
        second.cancel()
        await until(lambda: working.names == ["second", "third"], SOON)
        third.cancel()
        await asyncio.gather(second, third, return_exceptions=True)


class CountedSigns:
    """Signs of life that always succeed, as of one whose look still finds its own token."""

    given = 0

    async def last(self) -> int:
        return self.given

    async def ended(self) -> bool:
        return False

    async def give(self, lease: Lease) -> None:
        self.given += 1
        assert self.given < 5, "signs without a pause"

    async def end(self, lease: Lease | None) -> None:
        return None


async def test_a_lease_that_a_step_found_lost_gets_no_further_sign(store: Store) -> None:
    lease, signs = Lease(store, 1), CountedSigns()
    keeping = asyncio.create_task(_keep(lease, signs))
    await until(lambda: signs.given == 1, SOON)
    lease.lost.set()
    await asyncio.wait_for(keeping, BEAT_SECONDS / 2)
    assert signs.given == 1


async def freeze(process: "subprocess.Popen[bytes]", database: str) -> None:
    """Stop a process; on SQLite not while it holds the file's lock, which nobody could take from it."""
    while True:
        process.send_signal(signal.SIGSTOP)
        # Stopped at the end of the system call that it is in.
        os.waitid(os.P_PID, process.pid, os.WSTOPPED)
        if database.startswith("postgresql"):
            return
        with contextlib.closing(sqlite3.connect(make_url(database).database or "", timeout=0)) as connection:
            with contextlib.suppress(sqlite3.OperationalError):
                connection.execute("BEGIN IMMEDIATE")
                return
        process.send_signal(signal.SIGCONT)
        await asyncio.sleep(0.01)


async def test_a_frozen_server_that_wakes_repeats_nothing(database: str, tmp_path: Path) -> None:
    async with StandinMastodon() as standin:
        servers = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            servers.append(Server(tmp_path / name, database=database))
        first, second = servers
        if database.startswith("postgresql"):
            first.command("db", "upgrade")
        try:
            await first.start()
            settings = "".join(f"{name}={value}\n" for name, value in standin.settings.items())
            first.command("channel", "connect", "mastodon", "--name", "mastodon", stdin=settings)
            async with client_of(second) as client:
                await second.start()
                slug = await client.create(AGENDA)
                await client.post(slug, "sitting.opened")
                await client.post(slug, "item.opened", "un")

                async def posted() -> list[str]:
                    return [post.text.splitlines()[-1] for post in await standin.timeline()]

                async def written(numbers: range) -> None:
                    for number in numbers:
                        await client.insist(slug, "update.posted", "un", f"update-{number}", text=f"Texte {number}")

                async def all_there(numbers: range, seconds: float) -> None:
                    wanted = [f"Texte {number}" for number in numbers]
                    found: list[str] = []
                    for _ in range(int(seconds / 0.1)):
                        found = [line for line in await posted() if line.startswith("Texte")]
                        if len(found) >= len(wanted):
                            break
                        await asyncio.sleep(0.1)
                    assert found == wanted

                await written(range(3))
                await all_there(range(3), 20)
                assert first.process is not None
                await written(range(3, 6))
                # In the midst of carrying them.
                await freeze(first.process, database)
                await written(range(6, 9))
                await all_there(range(9), STALE_SECONDS + 30)
                first.process.send_signal(signal.SIGCONT)
                await written(range(9, 12))
                await all_there(range(12), 20)
                await asyncio.sleep(SOON)
                await all_there(range(12), 1)
                _, listed = await client.get(f"/api/v1/sittings/{slug}/deliveries")
                assert {one["state"] for one in listed["deliveries"]} == {"sent"}
        finally:
            for server in servers:
                if server.process is not None:
                    server.kill()
