"""The log on SQL: one writer task with group commit, where each command is done whole or not at all."""

import asyncio
import hmac
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import uuid_utils
from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from livesession import measures
from livesession.domain.entry import Entry
from livesession.domain.fold import evolve, fold
from livesession.domain.ids import AccountId, EntryId, Epoch, Pos, Seq, SittingId, Slug
from livesession.domain.item_correction import RESEALED, changes_of, without_former
from livesession.domain.sitting import State
from livesession.domain.times import to_instant, write_instant
from livesession.domain.visibility import is_public
from livesession.errors import LivesessionError, NotFoundError, RefusedError, UnavailableError
from livesession.store.engine import Store
from livesession.store.tables import entries, media, requests, sittings
from livesession.thread.chain import SALT_BYTES, entry_digest, first_prev, link
from livesession.thread.codec import as_stored, media_ids, raw_columns, raw_form, read_row, write_row
from livesession.thread.log import Appended, Decide, Proposal, SittingRow
from livesession.thread.signals import Signal
from livesession.thread.wakeups import announce

logger = logging.getLogger(__name__)

MAX_GROUP = 100
"""Commands in one commit: enough to share a disk flush, few enough that the first does not wait for the last."""

FORGET_TRIES = 20
FORGET_PAUSE = 0.1
"""How often, and after how many seconds, what was wiped is looked for again where a reader kept it from going."""

# What each command asks for is put together once: SQLAlchemy takes longer over that than SQLite over the rest.
_LOCKED = update(sittings).where(sittings.c.id == bindparam("wanted")).values(seq=sittings.c.seq).returning(sittings)
_MOVED = update(sittings).where(sittings.c.id == bindparam("wanted"))
_NAMED = select(sittings).where(sittings.c.slug == bindparam("wanted"))
_HEADS = select(sittings).where(sittings.c.id.in_(bindparam("wanted", expanding=True)))
_ASKED = select(requests).where(requests.c.sitting == bindparam("wanted"), requests.c.key == bindparam("given"))
_AFTER = {
    counter.name: select(entries)
    .where(entries.c.sitting == bindparam("wanted"), counter > bindparam("after"))
    .order_by(counter)
    .limit(bindparam("most"))
    for counter in (entries.c.seq, entries.c.pos)
}
_ENTRY, _REQUEST = insert(entries), insert(requests)

TRIES = 3
"""How often a command is tried that another process's write made fail, such as two taking one slug at once."""


def new_epoch() -> Epoch:
    """A fresh epoch: never the same twice, short enough for an address."""
    return Epoch(secrets.token_hex(8))


@dataclass(slots=True)
class _Job:
    sitting: str
    work: Callable[["_Group"], Any]
    done: asyncio.Future[Any]


class SqlLog:
    """A :class:`~livesession.thread.log.Log` on SQLite or PostgreSQL. Use inside ``async with``."""

    def __init__(self, store: Store, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.signal = Signal()
        self._store = store
        self._clock = clock
        self._states: dict[SittingId, State] = {}
        self._queue: asyncio.Queue[_Job] = asyncio.Queue()
        self._writer: asyncio.Task[None] | None = None
        self._erased = False

    async def __aenter__(self) -> "SqlLog":
        self._writer = asyncio.create_task(self._write_groups(), name="log-writer")
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self._queue.join()
        assert self._writer is not None, "entered before left"
        writer, self._writer = self._writer, None
        writer.cancel()
        await asyncio.gather(writer, return_exceptions=True)

    # Writing

    async def create(
        self, slug: Slug, proposals: Sequence[Proposal], author: AccountId | None, *, rehearsal: bool = False
    ) -> SittingRow:
        return await self._submit("", lambda group: group.create(slug, proposals, author, rehearsal))  # type: ignore[no-any-return]  # the job's own result

    async def wipe(self, sitting: SittingId) -> None:
        await self._submit(sitting, lambda group: group.wipe(sitting))
        for _ in range(FORGET_TRIES):
            if not self._erased:
                return
            # A reader was in the way: every group of commands, an empty one too, tries anew to forget.
            await asyncio.sleep(FORGET_PAUSE)
            await self._submit(sitting, lambda group: None)

    async def append(
        self,
        sitting: SittingId,
        author: AccountId | None,
        decide: Decide,
        *,
        key: str | None = None,
        mac: str | None = None,
    ) -> Appended:
        return await self._submit(sitting, lambda group: group.append(sitting, author, decide, key, mac))  # type: ignore[no-any-return]  # the job's own result

    async def _submit(self, sitting: str, work: Callable[["_Group"], Any]) -> Any:
        if self._writer is None:
            # Ending, or not begun: nobody would ever answer.
            raise UnavailableError("store_unavailable")
        job = _Job(sitting, work, asyncio.get_running_loop().create_future())
        self._queue.put_nowait(job)
        with measures.COMMIT.time():
            # Shielded: whoever asked may go away, the entry is committed or refused all the same.
            return await asyncio.shield(job.done)

    async def _write_groups(self) -> None:
        while True:
            jobs = [await self._queue.get()]
            try:
                await self._write_group(jobs)
            except Exception as error:
                # Rolled back whole: answer those who wait.
                self._fail(jobs, error)

    async def _write_group(self, jobs: list[_Job]) -> None:
        while len(jobs) < MAX_GROUP and not self._queue.empty():
            jobs.append(self._queue.get_nowait())
        # Every process locks sittings in one order, so that no two wait for each other; each keeps its own order.
        jobs.sort(key=lambda job: job.sitting)
        group = _Group(self._states, self._clock, announces=not self._store.is_sqlite)
        outcomes = await self._store.transact(group.run, [job.work for job in jobs])
        # Before anybody hears of it: who wiped something waits until it is forgotten.
        self._erased |= group.erased
        # Committed. Only now is anything of it true, and only now is anybody told.
        self._states.update(group.states)
        for gone in group.gone:
            self._states.pop(gone, None)
        for job, outcome in zip(jobs, outcomes, strict=True):
            _settle(job, outcome)
            self._queue.task_done()
        if group.moved:
            self.signal.notify()
        jobs.clear()
        if self._erased:
            self._erased = not await self._store.forget_erased()

    def _fail(self, jobs: list[_Job], error: Exception) -> None:
        known = isinstance(error, UnavailableError)
        # A disk that is full must not be filled by its own journal: what is understood takes a line.
        logger.error("the log cannot write: %s", error.__cause__ or error, exc_info=None if known else error)
        code = error.code if isinstance(error, UnavailableError) else "store_unavailable"
        for job in jobs:
            _settle(job, UnavailableError(code))
            self._queue.task_done()

    # Reading

    async def sitting(self, slug: str, *, rehearsals: bool = False) -> SittingRow:
        row = await self._store.ask_one(_NAMED, {"wanted": slug})
        if row is None or (row.rehearsal and not rehearsals):
            raise NotFoundError("sitting_unknown", slug=slug[:120])
        return _sitting(row)

    async def sittings(self, *, rehearsals: bool = False) -> list[SittingRow]:
        rows = await self._store.ask(select(sittings).order_by(sittings.c.created_at.desc(), sittings.c.id.desc()))
        return [_sitting(row) for row in rows if rehearsals or not row.rehearsal]

    async def heads(self, wanted: Sequence[SittingId]) -> list[SittingRow]:
        if not wanted:
            return []
        return [_sitting(row) for row in await self._store.ask(_HEADS, {"wanted": list(wanted)})]

    async def read(self, sitting: SittingId, after: int = 0, limit: int = 1000) -> list[Entry]:
        return await self._entries(sitting, "seq", after, limit)

    async def read_public(self, sitting: SittingId, after: int = 0, limit: int = 1000) -> list[Entry]:
        return await self._entries(sitting, "pos", after, limit)

    async def _entries(self, sitting: SittingId, counter: str, after: int, limit: int) -> list[Entry]:
        wanted = {"wanted": sitting, "after": after, "most": limit}
        return [read_row(row) for row in await self._store.ask(_AFTER[counter], wanted)]

    async def state(self, sitting: SittingId) -> State:
        state = self._states.get(sitting)
        return await self._store.look(_advance, sitting, state)

    async def whole(self, sitting: SittingId) -> tuple[SittingRow, list[Mapping[str, Any]]]:
        columns = raw_columns(is_sqlite=self._store.is_sqlite)
        query = select(*columns).where(entries.c.sitting == sitting).order_by(entries.c.seq)

        def held(connection: Connection) -> tuple[SittingRow, list[Mapping[str, Any]]] | None:
            row = connection.execute(select(sittings).where(sittings.c.id == sitting)).one_or_none()
            return None if row is None else (_sitting(row), [raw_form(each) for each in connection.execute(query)])

        found = await self._store.look(held)
        if found is None:
            raise NotFoundError("sitting_unknown", slug=sitting)
        return found


def _settle(job: _Job, outcome: Any) -> None:
    measures.COMMANDS.labels(_named(outcome)).inc()
    if job.done.cancelled():
        return
    if isinstance(outcome, Exception):
        job.done.set_exception(outcome)
    else:
        job.done.set_result(outcome)


def _named(outcome: Any) -> str:
    if isinstance(outcome, UnavailableError):
        return "unavailable"
    return "refused" if isinstance(outcome, Exception) else "recorded"


def _sitting(row: Row[Any]) -> SittingRow:
    return SittingRow(
        id=SittingId(row.id),
        slug=Slug(row.slug),
        epoch=Epoch(row.epoch),
        seq=Seq(row.seq),
        pos=Pos(row.pos),
        rev=row.rev,
        head=row.head,
        title=row.title,
        assembly=row.assembly,
        starts=row.starts,
        status=row.status,
        created_at=row.created_at,
        rehearsal=bool(row.rehearsal),
    )


def _advance(connection: Connection, sitting: SittingId, state: State | None) -> State:
    """``state`` brought to what the connection sees; folds only what it has not seen."""
    state = State() if state is None else state
    query = select(entries).where(entries.c.sitting == sitting, entries.c.seq > state.seq).order_by(entries.c.seq)
    return fold((read_row(row) for row in connection.execute(query)), state)


class _Group:
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

    def run(self, connection: Connection, works: Sequence[Callable[["_Group"], Any]]) -> list[Any]:
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

    def _outcome(self, connection: Connection, work: Callable[["_Group"], Any]) -> Any:
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
        return _sitting(self._connection.execute(select(sittings).where(sittings.c.id == sitting)).one())

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
            state = _advance(self._connection, sitting, state)
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
