"""Exactly one relay is active for a database: the others wait until it is gone, and take over."""

import asyncio
import contextlib
import fcntl
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import IO

from sqlalchemy import text

from livesession.store.engine import Store

logger = logging.getLogger(__name__)

TRY_SECONDS = 2.0
"""How soon a waiting relay notices that the active one is gone."""

ADVISORY_KEY = 0x6C697665
"""The number of PostgreSQL's advisory lock; any constant does, as long as it is ours alone."""


async def run_alone(store: Store, file: Path | None, run: Callable[[], Awaitable[None]]) -> None:
    """Run ``run`` while holding the lock of this database; waits for it as long as it takes.

    ``file`` is the SQLite file, beside which the lock lies, or None on PostgreSQL, where the lock
    belongs to a connection: when that is lost so is the lock, and ``run`` is stopped.
    """
    holding = _file_lock(file.with_name(file.name + ".relay")) if file is not None else _advisory_lock(store)
    async with holding as lost:
        working = asyncio.ensure_future(run())
        losing = asyncio.ensure_future(lost())
        try:
            await asyncio.wait((working, losing), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (working, losing):
                task.cancel()
            await asyncio.gather(working, losing, return_exceptions=True)
        if working.done() and not working.cancelled():
            working.result()


Lost = Callable[[], Awaitable[None]]


@contextlib.asynccontextmanager
async def _file_lock(path: Path) -> AsyncIterator[Lost]:
    # The kernel lets go of it when the process ends, however it ends.
    with _opened(path) as held:
        while not _taken(held):  # noqa: ASYNC110 - another process holds it: nothing here could signal
            await asyncio.sleep(TRY_SECONDS)
        yield asyncio.Event().wait  # type: ignore[misc]  # never comes: this lock cannot be lost


def _opened(path: Path) -> IO[str]:
    return path.open("w")


def _taken(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.asynccontextmanager
async def _advisory_lock(store: Store) -> AsyncIterator[Lost]:
    async with store.read() as connection:
        question = text("SELECT pg_try_advisory_lock(:key)").bindparams(key=ADVISORY_KEY)
        while not (await connection.execute(question)).scalar_one():
            await connection.rollback()
            await asyncio.sleep(TRY_SECONDS)
        await connection.commit()

        async def lost() -> None:
            while True:
                await asyncio.sleep(TRY_SECONDS)
                try:
                    await connection.execute(text("SELECT 1"))
                    await connection.commit()
                except Exception as error:
                    logger.warning("the relay's lock is lost: %s", error)
                    return

        yield lost
