"""Two processes on one database: one relay works, the other waits and takes over."""

import asyncio
from pathlib import Path

from livesession.relay.only_one import run_alone
from livesession.store.engine import Store


async def test_second_relay_waits_for_the_first_to_end(tmp_path: Path) -> None:
    store = Store(f"sqlite+aiosqlite:///{tmp_path}/thread.db")
    working: list[str] = []

    async def work(name: str) -> None:
        working.append(name)
        await asyncio.Event().wait()

    file = tmp_path / "thread.db"
    first = asyncio.create_task(run_alone(store, file, lambda: work("first")))
    await asyncio.sleep(0.1)
    second = asyncio.create_task(run_alone(store, file, lambda: work("second")))
    await asyncio.sleep(0.3)
    assert working == ["first"]
    first.cancel()
    await asyncio.sleep(2.5)
    assert working == ["first", "second"]
    second.cancel()
    await asyncio.gather(first, second, return_exceptions=True)
    await store.close()
