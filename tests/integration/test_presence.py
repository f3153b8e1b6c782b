"""Clerks of one process are known in the others, through PostgreSQL, and nothing of it is stored."""

import asyncio

from livesession.domain.ids import SittingId
from livesession.live.presence import HERE_SECONDS, WRITING_SECONDS, Mark, Presence
from livesession.store.engine import Store
from tests.integration.test_log_postgresql import database  # noqa: F401 - a fixture

SITTING = SittingId("01900000-0000-7000-8000-000000000001")


async def test_what_a_clerk_does_is_known_in_another_process(database: str) -> None:  # noqa: F811 - the fixture
    stores = Store(database), Store(database)
    here, there = (Presence(store) for store in stores)
    listening = asyncio.create_task(there.run())
    try:
        # Told again, as while somebody types: the other may not have been listening yet.
        async with asyncio.timeout(10):
            while not there.of(SITTING)["writing"]:
                await here.tell(Mark(SITTING, "t1", "a1", "Alice", "vote", "un"))
                await there.signal.wait(0, 0.2)
        expected = {"here": ["Alice"], "writing": [{"tab": "t1", "name": "Alice", "doing": "vote", "item": "un"}]}
        assert there.of(SITTING) == here.of(SITTING) == expected
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        for store in stores:
            await store.close()


async def test_who_falls_silent_is_forgotten(tmp_path: object) -> None:
    now = [0.0]
    store = Store(f"sqlite+aiosqlite:///{tmp_path}/presence.db")
    presence = Presence(store, lambda: now[0])
    await presence.tell(Mark(SITTING, "s1", "a1", "Alice", "here"))
    await presence.tell(Mark(SITTING, "t1", "a1", "Alice", "text"))
    assert [mark["tab"] for mark in presence.of(SITTING)["writing"]] == ["t1"]
    now[0] = WRITING_SECONDS + 1
    assert presence.of(SITTING) == {"here": ["Alice"], "writing": []}
    now[0] = HERE_SECONDS + 1
    assert presence.of(SITTING) == {"here": [], "writing": []}
    await store.close()
