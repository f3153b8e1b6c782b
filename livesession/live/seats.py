"""Seats: how many readers may be connected at once, in all and from one address."""

import collections

from prometheus_client import Counter, Gauge

from livesession import measures


class NoSeatError(Exception):
    """All seats are taken: the reader polls instead."""


class Seats:
    """Counts connected readers. One address may be a whole town hall, so its share is large."""

    def __init__(self, limit: int, limit_per_address: int) -> None:
        self.limit = limit
        self.limit_per_address = limit_per_address
        self.taken = 0
        self._by_address: collections.Counter[str] = collections.Counter()
        self._labelled: dict[str, tuple[Counter, Gauge]] = {}

    def take(self, address: str, transport: str) -> None:
        """Take a seat, until :meth:`leave`. Raises :class:`NoSeatError`."""
        if self.taken >= self.limit or self._by_address[address] >= self.limit_per_address:
            measures.CUTS.labels("too many").inc()
            raise NoSeatError
        self.taken += 1
        self._by_address[address] += 1
        joins, readers = self._measures(transport)
        joins.inc()
        readers.inc()

    def leave(self, address: str, transport: str) -> None:
        """Give back a seat that was taken."""
        self.taken -= 1
        self._measures(transport)[1].dec()
        self._by_address[address] -= 1
        if not self._by_address[address]:
            del self._by_address[address]

    def _measures(self, transport: str) -> tuple[Counter, Gauge]:
        # Kept, because looking a label up costs more than all the rest of taking a seat.
        if transport not in self._labelled:
            self._labelled[transport] = (measures.JOINS.labels(transport), measures.READERS.labels(transport))
        return self._labelled[transport]
