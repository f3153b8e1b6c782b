"""Exactly one relay is active for a database, and one that was only frozen finds out before it posts again.

The right to relay is a lease: a row whose token grows with each that takes it. Its holder gives a sign of life every
second; whoever waits takes over once there was none for some seconds, or at once where the holder said goodbye. No
clocks of two machines are compared: who waits counts by its own how long nothing changed.

A holder that was stopped and wakes may still believe in its lease. So every step towards a network is taken in a
transaction that looks at the token (fencing), and what the former left half done is reconciled by its successor.
"""

import asyncio
import contextlib
import fcntl
import logging
import os
import time
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Protocol, TypeVar

from sqlalchemy import Connection, insert, select, update

from livesession import measures
from livesession.errors import UnavailableError
from livesession.store.engine import Store, insert_new
from livesession.store.tables import leases

logger = logging.getLogger(__name__)

T = TypeVar("T")

BEAT_SECONDS = 1.0
"""How often the active relay gives a sign of life, and how often those who wait look for it."""

STALE_SECONDS = 5.0
"""Without a sign for so long, another takes over. Too soon is harmless: the former is told at its next step."""

FRESH_SECONDS = 2.0
"""So long after its last sign a lease is certain without a look: nobody can have taken it yet."""

_ROW = leases.c.name == "relay"
_ENDED = 0

# Goes on while the machine is suspended, where there is such a clock.
_clock = partial(time.clock_gettime, time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic


class LeaseLostError(Exception):
    """Another relay has taken over: this one may not take another step."""


class Lease:
    """The right to be the relay, until another takes it."""

    def __init__(self, store: Store, token: int) -> None:
        self.token = token
        self.lost = asyncio.Event()
        self._store = store
        self._certain_at = _clock()

    async def transact(self, function: Callable[[Connection], T]) -> T:
        """``function`` in a transaction: nobody else has the lease, nor takes it before this commits.

        Raises LeaseLostError, UnavailableError: then nothing is done.
        """
        query = select(leases.c.token).where(_ROW)
        if not self._store.is_sqlite:
            # Frozen in this very transaction, we keep our successor out for as long as the store lets us.
            query = query.with_for_update(read=True)

        def fenced(connection: Connection) -> T:
            if connection.execute(query).scalar_one_or_none() != self.token:
                raise LeaseLostError
            return function(connection)

        try:
            return await self._store.transact(fenced)
        except LeaseLostError:
            self.lost.set()
            raise

    async def check(self) -> None:
        """Nobody else has the lease, as far as can be told before a step that no transaction covers.

        Raises LeaseLostError, UnavailableError.
        """
        if self.lost.is_set():
            raise LeaseLostError
        if _clock() - self._certain_at > FRESH_SECONDS:
            await self.look()

    async def look(self) -> None:
        """Look at the token, outside any transaction. Raises LeaseLostError, UnavailableError."""
        if await _token(self._store) != self.token:
            self.lost.set()
            raise LeaseLostError

    def renewed(self) -> None:
        """A sign of life was taken."""
        self._certain_at = _clock()


class Standing:
    """Whether this process is the one that posts, or waits for the lease."""

    active = False

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """It is, inside."""
        self.active = True
        measures.RELAYING.set(1)
        try:
            yield
        finally:
            self.active = False
            measures.RELAYING.set(0)


async def run_alone(
    store: Store, file: Path | None, run: Callable[[Lease], Awaitable[None]], standing: Standing
) -> None:
    """Run ``run`` while holding the lease of this database; waits for it as long as it takes.

    ``file`` is the SQLite file, beside which the sign of life is given, so that an idle server writes nothing into
    it; or None on PostgreSQL, where the sign is in the row. Returns when the lease is lost.
    """
    signs = signs_of(store, file)
    lease = await take_over(store, signs)
    working = asyncio.ensure_future(run(lease))
    keeping = asyncio.ensure_future(_keep(lease, signs))
    try:
        with standing.at_work():
            await asyncio.wait((working, keeping), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (working, keeping):
            task.cancel()
        await asyncio.gather(working, keeping, return_exceptions=True)
        with contextlib.suppress(UnavailableError, OSError):
            await signs.end(lease)
    if working.done() and not working.cancelled():
        working.result()


class Signs(Protocol):
    """Where the holder's signs of life are."""

    async def last(self) -> int:
        """Changes with each sign."""

    async def ended(self) -> bool:
        """Whether the holder is known to have ended, without waiting for signs."""

    async def give(self, lease: Lease) -> None:
        """A sign. Raises LeaseLostError, UnavailableError."""

    async def end(self, lease: Lease | None) -> None:
        """Goodbye; None of one that was never the holder."""


class _RowSigns:
    """In the lease's own row."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def last(self) -> int:
        row = await self._store.ask_one(select(leases.c.beat).where(_ROW))
        return _ENDED if row is None else row.beat or _ENDED

    async def ended(self) -> bool:
        return await self.last() == _ENDED

    async def give(self, lease: Lease) -> None:
        if not await self._write(lease, beat=leases.c.beat + 1):
            lease.lost.set()
            raise LeaseLostError

    async def end(self, lease: Lease | None) -> None:
        if lease is not None:
            await self._write(lease, beat=_ENDED)

    async def _write(self, lease: Lease, **values: object) -> bool:
        ours = update(leases).where(_ROW, leases.c.token == lease.token).values(**values)
        return bool(await self._store.change(ours))


class _FileSigns:
    """In a file that the holder keeps locked: the kernel lets go of it when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: IO[bytes] | None = None

    async def last(self) -> int:
        with contextlib.suppress(FileNotFoundError):
            return self._path.stat().st_mtime_ns
        return _ENDED

    async def ended(self) -> bool:
        return self._locked()

    async def give(self, lease: Lease) -> None:
        await lease.look()
        if self._held is None and not self._locked():
            # The lock is with one that was stopped: a new file, so that the next is not misled by it.
            self._path.unlink(missing_ok=True)
            self._locked()
        os.utime(self._path)

    async def end(self, lease: Lease | None) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None

    def _locked(self) -> bool:
        if self._held is None:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
                return False
            self._held = os.fdopen(descriptor, "rb")
        return True


def signs_of(store: Store, file: Path | None) -> Signs:
    """Where signs of life are given for a database."""
    return _FileSigns(file.with_name(file.name + ".relay")) if file is not None else _RowSigns(store)


async def take_over(store: Store, signs: Signs) -> Lease:
    """Wait until there is no holder, or none that lives, and take the lease."""
    seen: tuple[int | None, int] | None = None
    since = _clock()
    while True:
        try:
            token = await _token(store)
            found = (token, await signs.last())
            if found != seen:
                seen, since = found, _clock()
            if token is None or _clock() - since >= STALE_SECONDS or await signs.ended():
                lease = await _begun(store, token, signs)
                if lease is not None:
                    return lease
        except UnavailableError:
            # Nor could a holder give a sign: begin to count anew.
            seen = None
        await asyncio.sleep(BEAT_SECONDS)


async def _begun(store: Store, former: int | None, signs: Signs) -> Lease | None:
    """The lease, with a first sign given; None where somebody else was quicker."""
    lease = None
    try:
        lease = await _take(store, former)
        if lease is not None:
            await signs.give(lease)
    except LeaseLostError:
        lease = None
    finally:
        if lease is None:
            await signs.end(None)
    return lease


async def _keep(lease: Lease, signs: Signs) -> None:
    """Give signs of life until the lease is lost, whoever finds that out."""
    while not lease.lost.is_set():
        try:
            await signs.give(lease)
            lease.renewed()
        except LeaseLostError:
            break
        except (UnavailableError, OSError) as error:
            logger.debug("no sign of life could be given: %s", error)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(lease.lost.wait(), BEAT_SECONDS)
    logger.warning("another relay has taken over: this one stops")


async def _token(store: Store) -> int | None:
    row = await store.ask_one(select(leases.c.token).where(_ROW))
    return None if row is None else row.token


async def _take(store: Store, former: int | None) -> Lease | None:
    """The lease with the next token; None where somebody else was quicker."""

    def take(connection: Connection) -> int | None:
        if former is not None:
            next_one = update(leases).where(_ROW, leases.c.token == former).values(token=former + 1, beat=1)
            return former + 1 if connection.execute(next_one).rowcount else None
        return 1 if insert_new(connection, insert(leases).values(name="relay", token=1, beat=1)) else None

    token = await store.transact(take)
    return None if token is None else Lease(store, token)
