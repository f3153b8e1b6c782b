"""What tests share: databases that are ready to use, a clock that stands still, hypothesis' profiles."""

import gc
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from livesession.store.engine import Store
from livesession.thread.sql import SqlLog
from tests.clock import Clock
from tests.services import Absent, postgresql

# "test" is for every run before a change lands: few examples, the same each time; "thorough" is for a night.
# The fast loop (make check) leaves generated cases to them.
settings.register_profile(
    "test", max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))


# Collecting at every 700 new objects is a tenth of the time of many short tests.
gc.set_threshold(50_000, 20, 100)


def pytest_collection_finish() -> None:
    """What is imported by now stays: no later collection, of pytest's own at the end too, need look at it again."""
    gc.freeze()


def sqlite_url(file: Path) -> str:
    """The address of a SQLite file."""
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table and no rows: copied, it spares each test the migrations."""
    import asyncio

    file = tmp_path_factory.mktemp("database") / "migrated.db"

    async def migrate() -> None:
        store = Store(sqlite_url(file))
        try:
            await store.upgrade()
        finally:
            await store.close()

    asyncio.run(migrate())
    return file


@pytest.fixture
def database_file(migrated_file: Path, tmp_path: Path) -> Path:
    """A SQLite file of this test's own, with every table and no rows."""
    file = tmp_path / "livesession.db"
    shutil.copy(migrated_file, file)
    return file


@pytest.fixture
async def store(database_file: Path) -> AsyncIterator[Store]:
    """A store on a SQLite file of this test's own."""
    held = Store(sqlite_url(database_file))
    yield held
    await held.close()


@pytest.fixture
def clock() -> Clock:
    """A clock that stands at 09:00 UTC on 20 November 2026 until it is moved."""
    return Clock()


@pytest.fixture
async def log(store: Store, clock: Clock) -> AsyncIterator[SqlLog]:
    """An empty log that goes by ``clock``."""
    async with SqlLog(store, clock) as held:
        yield held


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """The address of a PostgreSQL server, or a skip that says why there is none."""
    try:
        with postgresql() as url:
            yield url
    except Absent as reason:
        pytest.skip(str(reason))
