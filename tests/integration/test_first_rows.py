"""Several processes that need a row for the first time, at once: one makes it, the others find it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from livesession.accounts.accounts import Accounts
from livesession.desk.scripts import Scripts
from livesession.errors import RefusedError
from livesession.relay.subscriptions import Subscriptions, Wants, public_key
from livesession.store.engine import Store
from livesession.store.tables import push_cursors, push_subscriptions
from livesession.thread.sql import SqlLog
from tests.contract.log_contract import new_sitting
from tests.services import Absent, own_database, postgresql

PROCESSES = 4
SECRET = b"of thirty-two bytes, for a test."


@pytest.fixture(params=["sqlite", "postgresql"])
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[list[Store]]:
    """One database as several processes have it."""
    async with AsyncExitStack() as held:
        database = f"sqlite+aiosqlite:///{tmp_path}/thread.db"
        if request.param == "postgresql":
            try:
                server = held.enter_context(postgresql())
            except Absent as absent:
                pytest.skip(str(absent))
            database = await held.enter_async_context(own_database(server))
        made = [Store(database) for _ in range(PROCESSES)]
        for store in made:
            held.push_async_callback(store.close)
        await made[0].upgrade()
        yield made


def info(name: str) -> dict[str, Any]:
    return {"endpoint": f"https://push.example/{name}", "keys": {"p256dh": "", "auth": ""}}


async def test_one_key_and_one_subscription_a_browser(stores: list[Store]) -> None:
    each = [Subscriptions(store, SECRET) for store in stores]
    keys = await asyncio.gather(*(one.key() for one in each))
    assert len({public_key(key) for key in keys}) == 1

    async with SqlLog(stores[0]) as log:
        sitting = (await new_sitting(log)).id
    same = await asyncio.gather(*(one.put(sitting, info("same"), Wants(), "fr") for one in each))
    others = await asyncio.gather(*(one.put(sitting, info(str(n)), Wants(), "fr") for n, one in enumerate(each)))
    assert len({*same}) == 1
    assert len({*same, *others}) == 1 + PROCESSES
    counts = [await stores[0].ask_one(select(func.count()).select_from(t)) for t in (push_subscriptions, push_cursors)]
    assert [None if row is None else row[0] for row in counts] == [1 + PROCESSES, 1]

    # Another secret: the key and the subscriptions under it are lost to all alike, and made anew once.
    changed = [Subscriptions(store, SECRET[::-1]) for store in stores]
    fresh = await asyncio.gather(*(one.key() for one in changed))
    assert len({public_key(key) for key in fresh}) == 1
    assert public_key(fresh[0]) != public_key(keys[0])
    assert await changed[0].of(sitting) == []


async def test_one_account_of_a_name_and_one_script_of_a_version(stores: list[Store]) -> None:
    adding = [Accounts(store, SECRET).add("Alice", "clerk", None) for store in stores]
    outcomes = await asyncio.gather(*adding, return_exceptions=True)
    refused = [outcome for outcome in outcomes if isinstance(outcome, RefusedError)]
    assert [error.code for error in refused] == ["account_exists"] * (PROCESSES - 1)
    assert len(outcomes) - len(refused) == 1

    await asyncio.gather(*(Scripts(store).keep([b"one", b"other"]) for store in stores))
