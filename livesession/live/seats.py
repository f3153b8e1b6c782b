"""Seats: how many readers may be connected at once, in all and from one address."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from livesession import measures


class NoSeatError(Exception):
    """All seats are taken: the reader polls instead."""


class Seats:
    """Counts connected readers. One address may be a whole town hall, so its share is large."""

    def __init__(self, limit: int, limit_per_address: int) -> None:
        self.limit = limit
        self.limit_per_address = limit_per_address
        self.taken = 0
        self._by_address: Counter[str] = Counter()

    @contextmanager
    def take(self, address: str, transport: str) -> Iterator[None]:
        """A seat for as long as the block runs. Raises :class:`NoSeatError`."""
        if self.taken >= self.limit or self._by_address[address] >= self.limit_per_address:
            measures.CUTS.labels("too many").inc()
            raise NoSeatError
        self.taken += 1
        measures.JOINS.labels(transport).inc()
        measures.READERS.labels(transport).inc()
        self._by_address[address] += 1
        try:
            yield
        finally:
            self.taken -= 1
            measures.READERS.labels(transport).dec()
            self._by_address[address] -= 1
            if not self._by_address[address]:
                del self._by_address[address]
