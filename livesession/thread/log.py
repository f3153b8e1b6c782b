"""The log: what it promises to those who write to it and to those who read it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from livesession.domain.entry import Entry
from livesession.domain.ids import AccountId, Epoch, ItemId, Pos, Seq, SittingId, Slug
from livesession.domain.sitting import State
from livesession.thread.signals import Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An entry not yet appended. ``at`` is None for "now"."""

    kind: str
    item: ItemId | None = None
    at: datetime | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


Decide = Callable[[State, datetime], Sequence[Proposal]]
"""Judges a command on the state it will be committed to, at the instant given.

Returns the entries to append; the last is the command's own, the answer to whoever sent it.
Raises RefusedError or InputError to append nothing. Pure: it may be called again.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingRow:
    """A sitting as lists and readers need it: its names, counters and head.

    ``rehearsal`` is True where it is played for training: nothing of it is for the public.
    """

    id: SittingId
    slug: Slug
    epoch: Epoch
    seq: Seq
    pos: Pos
    rev: int
    head: str
    title: str
    assembly: str
    starts: str | None
    status: str
    created_at: str
    rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class Appended:
    """What became of a command: its own entry, and whether it had been appended before."""

    entry: Entry
    repeated: bool = False


class Log(Protocol):
    """The append-only thread of every sitting.

    Guarantees:

    - ``append`` judges and writes in one transaction: no command is judged on a state that is
      already past, and of two commands sent at once the second sees the first.
    - When ``append`` returns, the entry is durable; ``signal`` is notified after that, not before.
    - ``seq`` and ``pos`` are given without gaps; entries become visible in their order.
    - The same key and request twice gives the first answer again, whatever the state has become.
    - A rehearsal is found only by who asks for rehearsals: whatever serves the public does not.
    - Nothing is ever changed, but for an erasure, which empties what it names in its own transaction.
    """

    signal: Signal

    async def create(
        self, slug: Slug, proposals: Sequence[Proposal], author: AccountId | None, *, rehearsal: bool = False
    ) -> SittingRow:
        """A new sitting with its first entries. Takes ``slug``, or ``slug-2`` … where it is taken."""

    async def wipe(self, sitting: SittingId) -> None:
        """Delete a rehearsal and everything that belongs to it, for good.

        Raises RefusedError ``sitting_no_rehearsal`` for any other sitting, NotFoundError where there is none.
        """

    async def append(
        self,
        sitting: SittingId,
        author: AccountId | None,
        decide: Decide,
        *,
        key: str | None = None,
        mac: str | None = None,
    ) -> Appended:
        """Judge and append. ``key`` is the idempotency key, ``mac`` the fingerprint of the request.

        Raises whatever ``decide`` raises; RefusedError ``idempotency_key_reused``; NotFoundError
        ``sitting_unknown``; UnavailableError when the store cannot commit. Cancelling the caller
        does not stop an append that is under way.
        """

    async def sitting(self, slug: str, *, rehearsals: bool = False) -> SittingRow:
        """A sitting by its slug. Raises NotFoundError ``sitting_unknown``, for a rehearsal too unless asked for."""

    async def sittings(self, *, rehearsals: bool = False) -> list[SittingRow]:
        """Every sitting, the newest first; with the rehearsals only where asked for."""

    async def heads(self, sittings: Sequence[SittingId]) -> list[SittingRow]:
        """The rows of those sittings, in any order; unknown ones are left out."""

    async def read(self, sitting: SittingId, after: int = 0, limit: int = 1000) -> list[Entry]:
        """Entries with ``seq > after``, in order, at most ``limit``."""

    async def read_public(self, sitting: SittingId, after: int = 0, limit: int = 1000) -> list[Entry]:
        """Public entries with ``pos > after``, in order, at most ``limit``."""

    async def state(self, sitting: SittingId) -> State:
        """The fold of the whole log, to its head as committed."""

    async def whole(self, sitting: SittingId) -> tuple[SittingRow, list[Mapping[str, Any]]]:
        """A sitting's row and every entry exactly as stored, in the order of ``seq``, at one instant.

        For ``verify`` and exports. Raises NotFoundError ``sitting_unknown``.
        """
