"""Waking this process when another has committed: PostgreSQL says so (NOTIFY), SQLite is asked (``data_version``).

A wake-up is a courtesy, never the truth: whoever follows the log polls besides, and reads what is
past its own cursor. So nothing is lost where a notification is.
"""

import asyncio
import logging
import sqlite3
from contextlib import closing

import asyncpg
from sqlalchemy import Connection, text

from livesession.errors import UnavailableError
from livesession.store.engine import Store
from livesession.thread.signals import Signal

logger = logging.getLogger(__name__)

CHANNEL = "livesession"
"""The channel of LISTEN and NOTIFY; without a payload, so that repetitions in one transaction are one."""

AGAIN_SECONDS = 1.0
"""How soon a listener that lost its connection tries again."""

LOOK_SECONDS = 0.25
"""How often SQLite is asked whether another process has written: one pragma, no query."""


def announce(connection: Connection) -> None:
    """Tell the other processes, when this transaction commits; on PostgreSQL only."""
    connection.execute(text(f"SELECT pg_notify('{CHANNEL}', '')"))


async def listen(store: Store, signal: Signal) -> None:
    """Notify ``signal`` whenever another process has committed, until cancelled."""
    if not store.is_sqlite:
        await _listen_postgresql(store, signal)
    elif store.file is not None:
        await _watch_sqlite(store.file, signal)


async def _listen_postgresql(store: Store, signal: Signal) -> None:
    while True:
        try:
            await _until_lost(store, signal)
        except UnavailableError as error:
            logger.debug("nobody to listen to: %s", error.__cause__)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            logger.debug("the listener lost its connection: %s", error)
        await asyncio.sleep(AGAIN_SECONDS)


async def _until_lost(store: Store, signal: Signal) -> None:
    lost = asyncio.Event()
    async with store.direct() as connection:
        connection.add_termination_listener(lambda _: lost.set())
        await connection.add_listener(CHANNEL, lambda *_: signal.notify())
        # What was committed while nobody listened.
        signal.notify()
        await lost.wait()


async def _watch_sqlite(file: str, signal: Signal) -> None:
    # Only read for its version: never in a transaction, so it is in nobody's way.
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, check_same_thread=False)) as connection:
        seen = None
        while True:
            try:
                version = connection.execute("PRAGMA data_version").fetchone()[0]
            except sqlite3.Error as error:
                logger.debug("the database cannot be watched: %s", error)
            else:
                if seen is not None and version != seen:
                    signal.notify()
                seen = version
            await asyncio.sleep(LOOK_SECONDS)
