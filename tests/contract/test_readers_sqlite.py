"""What readers leave, on SQLite."""

from pathlib import Path

import pytest

from tests.conftest import sqlite_url
from tests.contract.readers_contract import ReadersContract


@pytest.fixture
def database(database_file: Path) -> str:
    return sqlite_url(database_file)


class TestSqliteReaders(ReadersContract):
    """Everything in the contract."""
