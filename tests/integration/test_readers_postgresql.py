"""What readers leave, on PostgreSQL."""

from tests.contract.readers_contract import ReadersContract
from tests.integration.test_log_postgresql import database

__all__ = ["database"]


class TestPostgresqlReaders(ReadersContract):
    """Everything in the contract."""
