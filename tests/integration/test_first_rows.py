"""Several processes that need a row for the first time, at once: one makes it, the others find it."""

import asyncio
from typing import Any

from sqlalchemy import func, select

from livesession.accounts.accounts import Accounts
from livesession.desk.scripts import Scripts, version_of
from livesession.errors import RefusedError
from livesession.relay.subscriptions import Subscriptions, Wants, public_key
from livesession.store.tables import push_cursors, push_subscriptions
from livesession.thread.sql import SqlLog
from tests.contract.log_contract import new_sitting
from tests.integration.test_only_one import database, stores  # noqa: F401 - the first is a fixture

PROCESSES = 4
SECRET = b"of thirty-two bytes, for a test."


def info(name: str) -> dict[str, Any]:
    return {"endpoint": f"https://push.example/{name}", "keys": {"p256dh": "", "auth": ""}}


async def test_one_key_and_one_subscription_a_browser(database: str) -> None:  # noqa: F811 - the fixture
    async with stores(database, PROCESSES) as processes:
        each = [Subscriptions(store, SECRET) for store in processes]
        keys = await asyncio.gather(*(one.key() for one in each))
        assert len({public_key(key) for key in keys}) == 1

        async with SqlLog(processes[0]) as log:
            sitting = (await new_sitting(log)).id
        same = await asyncio.gather(*(one.put(sitting, info("same"), Wants(), "fr") for one in each))
        others = await asyncio.gather(*(one.put(sitting, info(str(n)), Wants(), "fr") for n, one in enumerate(each)))
        assert len({*same}) == 1
        assert len({*same, *others}) == 1 + PROCESSES
        counts = [
            await processes[0].ask_one(select(func.count()).select_from(t)) for t in (push_subscriptions, push_cursors)
        ]
        assert [None if row is None else row[0] for row in counts] == [1 + PROCESSES, 1]

        # Another secret: the key and the subscriptions under it are lost to all alike, and made anew once.
        changed = [Subscriptions(store, SECRET[::-1]) for store in processes]
        fresh = await asyncio.gather(*(one.key() for one in changed))
        assert len({public_key(key) for key in fresh}) == 1
        assert public_key(fresh[0]) != public_key(keys[0])
        assert await changed[0].of(sitting) == []


async def test_one_account_of_a_name_and_one_script_of_a_version(database: str) -> None:  # noqa: F811 - the fixture
    async with stores(database, PROCESSES) as processes:
        adding = [Accounts(store, SECRET).add("Alice", "clerk", None) for store in processes]
        outcomes = await asyncio.gather(*adding, return_exceptions=True)
        refused = [outcome for outcome in outcomes if isinstance(outcome, RefusedError)]
        assert [error.code for error in refused] == ["account_exists"] * (PROCESSES - 1)
        assert len(outcomes) - len(refused) == 1

        await asyncio.gather(*(Scripts(store).keep([b"one", b"other"]) for store in processes))
        for source in (b"one", b"other"):
            assert await Scripts(processes[0]).find(version_of(source)) == source
