"""A group of commands in one transaction: each done whole or not at all, all of them true at once, at commit."""

import hmac
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import uuid_utils
from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from livesession.domain.entry import Entry
from livesession.domain.fold import evolve, fold
from livesession.domain.ids import AccountId, EntryId, Epoch, Pos, Seq, SittingId, Slug
from livesession.domain.item_correction import RESEALED, changes_of, without_former
from livesession.domain.sitting import State
from livesession.domain.times import to_instant, write_instant
from livesession.domain.visibility import is_public
from livesession.errors import LivesessionError, NotFoundError, RefusedError
from livesession.store.tables import entries, media, requests, sittings
from livesession.thread.chain import SALT_BYTES, entry_digest, first_prev, link
from livesession.thread.codec import as_stored, media_ids, read_row, read_sitting, write_row
from livesession.thread.log import Appended, Decide, Proposal, SittingRow
from livesession.thread.wakeups import announce

logger = logging.getLogger(__name__)

# What each command asks for is put together once: SQLAlchemy takes longer over that than SQLite over the rest.
_LOCKED = update(sittings).where(sittings.c.id == bindparam("wanted")).values(seq=sittings.c.seq).returning(sittings)
_MOVED = update(sittings).where(sittings.c.id == bindparam("wanted"))
_ASKED = select(requests).where(requests.c.sitting == bindparam("wanted"), requests.c.key == bindparam("given"))
_ENTRY, _REQUEST = insert(entries), insert(requests)

TRIES = 3
"""How often a command is tried that another process's write made fail, such as two taking one slug at once."""


def new_epoch() -> Epoch:
    """A fresh epoch: never the same twice, short enough for an address."""
    return Epoch(secrets.token_hex(8))


def advance(connection: Connection, sitting: SittingId, state: State | None) -> State:
    """``state`` brought to what the connection sees; folds only what it has not seen."""
    state = State() if state is None else state
    query = select(entries).where(entries.c.sitting == sitting, entries.c.seq > state.seq).order_by(entries.c.seq)
    return fold((read_row(row) for row in connection.execute(query)), state)


class Group:
    """One transaction's work, run on its connection: states move here first, and outside only at commit."""

    def __init__(self, committed: Mapping[SittingId, State], clock: Callable[[], datetime], *, announces: bool) -> None:
        self.states: dict[SittingId, State] = {}
        self.gone: set[SittingId] = set()
        self.erased = False
        self._committed = committed
        self._clock = clock
        self._announces = announces
        self._done = False
        self._now: datetime
        self._connection: Connection

    def run(self, connection: Connection, works: Sequence[Callable[["Group"], Any]]) -> list[Any]:
        """Each work's result, or the exception that refused it; a refused one leaves nothing behind."""
        self._connection = connection
        # The writers of one process come one after the other, and their times with them.
        self._now = to_instant(self._clock())
        outcomes = [self._outcome(connection, work) for work in works]
        if self._announces and self.moved:
            announce(connection)
        return outcomes

    @property
    def moved(self) -> bool:
        """Whether there is anything new."""
        return bool(self.states or self.gone)

    def _outcome(self, connection: Connection, work: Callable[["Group"], Any]) -> Any:
        tries = 0
        while True:
            tries += 1
            before = dict(self.states)
            # Where nothing has been done yet, the transaction itself is what undoes a command: most are alone in it.
            savepoint = connection.begin_nested() if self._done else None
            try:
                result = work(self)
                if savepoint is not None:
                    savepoint.commit()
            except DBAPIError as error:
                if not isinstance(error, (IntegrityError, DataError)):
                    # Not the command's fault but the store's: nothing of this group can be promised.
                    raise
                failure: Exception = error
            except Exception as error:
                failure = error
            else:
                self._done = True
                return result
            (savepoint or connection).rollback()
            self.states = before
            if isinstance(failure, IntegrityError) and tries < TRIES:
                continue
            if not isinstance(failure, LivesessionError):
                logger.error("a command failed", exc_info=failure)
            return failure

    def create(
        self, slug: Slug, proposals: Sequence[Proposal], author: AccountId | None, rehearsal: bool
    ) -> SittingRow:
        sitting = SittingId(str(uuid_utils.uuid7()))
        row = {
            "id": sitting,
            "slug": self._free_slug(slug),
            "epoch": new_epoch(),
            "created_at": write_instant(self._now),
            "seq": 0,
            "pos": 0,
            "rev": 0,
            "head": first_prev(sitting),
            "title": "",
            "assembly": "",
            "starts": None,
            "status": "scheduled",
            "rehearsal": rehearsal,
        }
        self._connection.execute(insert(sittings).values(row))
        self.states[sitting] = State()
        self._write(sitting, first_prev(sitting), proposals, author)
        return read_sitting(self._connection.execute(select(sittings).where(sittings.c.id == sitting)).one())

    def wipe(self, sitting: SittingId) -> None:
        # Locked before it is judged: what is sent to it meanwhile waits, and then finds nothing.
        locked = self._connection.execute(
            update(sittings).where(sittings.c.id == sitting).values(seq=sittings.c.seq).returning(sittings.c.rehearsal)
        ).one_or_none()
        if locked is None:
            raise NotFoundError("sitting_unknown", slug=sitting)
        if not locked.rehearsal:
            raise RefusedError("sitting_no_rehearsal")
        # Every table that holds something of a sitting, those still to come included.
        for table in reversed(sittings.metadata.sorted_tables):
            if "sitting" in table.c:
                self._connection.execute(delete(table).where(table.c.sitting == sitting))
        self._connection.execute(delete(sittings).where(sittings.c.id == sitting))
        self.states.pop(sitting, None)
        self.gone.add(sitting)
        self.erased = True

    def _free_slug(self, slug: Slug) -> Slug:
        taken = {
            row.slug
            for row in self._connection.execute(
                select(sittings.c.slug).where(sittings.c.slug.startswith(slug, autoescape=True))
            )
        }
        if slug not in taken:
            return slug
        number = 2
        while f"{slug}-{number}" in taken:
            number += 1
        return Slug(f"{slug}-{number}")

    def append(
        self, sitting: SittingId, author: AccountId | None, decide: Decide, key: str | None, mac: str | None
    ) -> Appended:
        # Locks the sitting on PostgreSQL; on SQLite the transaction already excludes every other writer.
        locked = self._connection.execute(_LOCKED, {"wanted": sitting}).one_or_none()
        if locked is None:
            raise NotFoundError("sitting_unknown", slug=sitting)
        if key is not None and (earlier := self._earlier(sitting, key, mac)) is not None:
            return Appended(earlier, repeated=True)
        state = self._state(sitting, locked.seq)
        proposals = decide(state, self._now)
        last = self._write(sitting, locked.head, proposals, author)
        if key is not None:
            self._connection.execute(_REQUEST, {"sitting": sitting, "key": key, "seq": last.seq, "mac": mac})
        return Appended(last)

    def _earlier(self, sitting: SittingId, key: str, mac: str | None) -> Entry | None:
        held = self._connection.execute(_ASKED, {"wanted": sitting, "given": key}).one_or_none()
        if held is None:
            return None
        # No fingerprint is kept of a request whose text was erased: the key alone must do.
        if held.mac is not None and not hmac.compare_digest(held.mac, mac or ""):
            raise RefusedError("idempotency_key_reused")
        return read_row(
            self._connection.execute(
                select(entries).where(entries.c.sitting == sitting, entries.c.seq == held.seq)
            ).one()
        )

    def _state(self, sitting: SittingId, head: int) -> State:
        state = self.states.get(sitting) or self._committed.get(sitting)
        if state is not None and state.seq > head:
            # The database went back (a restore under our feet): what we remember never happened.
            state = None
        if state is None or state.seq < head:
            state = advance(self._connection, sitting, state)
        self.states[sitting] = state
        return state

    def _write(self, sitting: SittingId, head: str, proposals: Sequence[Proposal], author: AccountId | None) -> Entry:
        state = self.states[sitting]
        written: list[Entry] = []
        for proposal in proposals:
            resealing = proposal.kind == "item.corrected" and proposal.data.get("erased")
            given = self._resealing(sitting, state, proposal) if resealing else proposal
            entry = self._entry(state, given, head, author)
            written.append(entry)
            self._connection.execute(_ENTRY, write_row(sitting, entry))
            if entry.kind == "update.erased":
                self._erase(sitting, state, proposal.data)
            state, head = evolve(state, entry), entry.hash
        self.states[sitting] = state
        moved = {
            "wanted": sitting,
            "seq": state.seq,
            "pos": state.pos,
            "rev": state.rev,
            "head": head,
            "title": state.agenda.title,
            "assembly": state.assembly.name or state.agenda.assembly,
            "starts": state.agenda.starts,
            "status": state.status,
        }
        self._connection.execute(_MOVED, moved)
        # A command appends at least its own entry, and that one last.
        return written[-1]

    def _entry(self, state: State, proposal: Proposal, head: str, author: AccountId | None) -> Entry:
        at = self._now if proposal.at is None else to_instant(proposal.at)
        public = is_public(state, proposal.kind, proposal.item, at, proposal.data)
        draft = Entry(
            seq=Seq(state.seq + 1),
            pos=Pos(state.pos + 1) if public else None,
            id=EntryId(str(uuid_utils.uuid7())),
            kind=proposal.kind,
            item=proposal.item,
            at=at,
            recorded_at=self._now,
            author=author,
            data=as_stored(proposal.data),
            salt=secrets.token_bytes(SALT_BYTES).hex(),
            digest="",
            prev=head,
            hash="",
        )
        assert draft.salt is not None, "just drawn"
        digest = entry_digest(draft.salt, draft.facts())
        return replace(draft, digest=digest, hash=link(head, digest))

    def _resealing(self, sitting: SittingId, state: State, proposal: Proposal) -> Proposal:
        """Take an item's former wording out of the entries that hold it; the correction vouches for what is left.

        Their digests stand, as the chain is built of them. Under a fresh salt each gets another of what it says
        now, which the correction keeps: so nothing else in them can be changed unseen.
        """
        assert proposal.item is not None, "the correction names its item"
        self.erased = True
        changes, kept = changes_of(proposal.data), {}
        holding = [known.seq for known in state.entries.values() if known.kind in RESEALED and not known.erased]
        theirs = (entries.c.sitting == sitting, entries.c.seq.in_(holding))
        for row in self._connection.execute(select(entries).where(*theirs)).all():
            entry = read_row(row)
            assert entry.data is not None, "not erased"
            data = without_former(entry.kind, entry.item, entry.data, proposal.item, changes)
            if data == entry.data:
                continue
            salt = secrets.token_bytes(SALT_BYTES).hex()
            rewritten = replace(entry, data=data, salt=salt)
            kept[entry.id] = entry_digest(salt, rewritten.facts())
            here = (entries.c.sitting == sitting, entries.c.seq == entry.seq)
            columns = write_row(sitting, rewritten)
            self._connection.execute(update(entries).where(*here).values(data=columns["data"], salt=salt))
            # The fingerprint of a request that held the former wording goes too.
            asked = (requests.c.sitting == sitting, requests.c.seq == entry.seq)
            self._connection.execute(update(requests).where(*asked).values(mac=None))
        return replace(proposal, data={**proposal.data, "kept": kept})

    def _erase(self, sitting: SittingId, state: State, data: Mapping[str, Any]) -> None:
        self.erased = True
        named = [state.entries[EntryId(name)].seq for name in (data["entry"], *data.get("also", ()))]
        theirs = (entries.c.sitting == sitting, entries.c.seq.in_(named))
        texts = self._connection.execute(select(entries.c.data).where(*theirs)).scalars()
        images = {image for text in texts for image in media_ids(text)}
        self._connection.execute(update(entries).where(*theirs).values(data=None, salt=None))
        for image in images:
            # An image goes with the last text that shows it.
            others = select(entries.c.seq).where(entries.c.sitting == sitting, entries.c.data.contains(image)).limit(1)
            if self._connection.execute(others).first() is None:
                self._connection.execute(delete(media).where(media.c.sitting == sitting, media.c.id == image))
        self._connection.execute(
            update(requests).where(requests.c.sitting == sitting, requests.c.seq.in_(named)).values(mac=None)
        )
