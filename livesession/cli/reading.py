"""What ``export`` and ``verify`` share: the log opened for reading, of a database that must be there."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from livesession.errors import InputError, NotFoundError, UnavailableError
from livesession.settings import load_settings
from livesession.store.engine import Store
from livesession.thread.log import SittingRow
from livesession.thread.sql import SqlLog

T = TypeVar("T")


def read_sitting(slug: str, work: Callable[[SqlLog, SittingRow], Awaitable[T]]) -> T:
    """Run ``work`` on a sitting's log. Makes no file, changes no schema.

    Raises NotFoundError where the SQLite file or the sitting is not there, InputError
    ``database_unreadable`` where the file is damaged or none of ours.
    """
    settings = load_settings()
    file = settings.database_file
    if file is not None and not file.is_file():
        raise NotFoundError("database_missing", path=str(file))
    return asyncio.run(_read(Store(settings.database_url), slug, work))


async def _read(store: Store, slug: str, work: Callable[[SqlLog, SittingRow], Awaitable[T]]) -> T:
    try:
        # Not entered: a log that only reads has no writer to start.
        log = SqlLog(store)
        return await work(log, await log.sitting(slug, rehearsals=True))
    except UnavailableError as error:
        # A file that another process holds may be read in a moment; a damaged one will not.
        if store.is_sqlite and "locked" not in str(error.__cause__):
            raise InputError("database_unreadable") from error
        raise
    finally:
        await store.close()
