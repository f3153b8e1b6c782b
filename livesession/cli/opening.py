"""What commands share: the store of the settings, opened for as long as a command runs."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

from livesession.accounts.accounts import Accounts
from livesession.desk.desk import Desk
from livesession.errors import InputError, NotFoundError, Problem
from livesession.relay.connections import Connections
from livesession.settings import Settings, load_settings, secret_key_of
from livesession.store.engine import Store
from livesession.thread.sql import SqlLog

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Opened:
    """The parts a command works with."""

    settings: Settings
    store: Store
    log: SqlLog
    desk: Desk
    accounts: Accounts
    connections: Connections


@asynccontextmanager
async def opened(*, create: bool = False) -> AsyncIterator[Opened]:
    """The store and what stands on it. A SQLite file that is not there is made only with ``create``."""
    settings = load_settings()
    file = settings.database_file
    if file is not None and not create and not file.is_file():
        raise NotFoundError("database_missing", path=str(file))
    secret = secret_key_of(settings)
    store = Store(settings.database_url)
    try:
        await ready(store, create=create)
        async with SqlLog(store) as log:
            yield Opened(
                settings, store, log, Desk(log, store, secret), Accounts(store, secret), Connections(store, secret)
            )
    finally:
        await store.close()


async def ready(store: Store, *, create: bool) -> None:
    """Make the schema what this program needs (SQLite), or say how to (PostgreSQL)."""
    found, needed = await store.schema_version()
    if found == needed:
        return
    if store.is_sqlite and (create or found is not None):
        await store.upgrade()
        return
    raise InputError("schema_old", [Problem.of("schema-old", "DATABASE_URL", found=str(found), needed=str(needed))])


def run_opened(work: Callable[[Opened], Awaitable[T]], *, create: bool = False) -> T:
    """Run ``work`` on the opened store."""

    async def run() -> T:
        async with opened(create=create) as parts:
            return await work(parts)

    return asyncio.run(run())
