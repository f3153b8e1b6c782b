"""The log on SQL: one writer task, which commits commands in groups (thread/group.py)."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from livesession import measures
from livesession.domain.entry import Entry
from livesession.domain.ids import AccountId, SittingId, Slug
from livesession.domain.sitting import State
from livesession.errors import NotFoundError, UnavailableError
from livesession.store.engine import Store
from livesession.store.tables import entries, sittings
from livesession.thread.codec import raw_columns, raw_form, read_row, read_sitting
from livesession.thread.group import Group, advance
from livesession.thread.log import Appended, Decide, Proposal, SittingRow
from livesession.thread.signals import Signal

logger = logging.getLogger(__name__)

MAX_GROUP = 100
"""Commands in one commit: enough to share a disk flush, few enough that the first does not wait for the last."""

FORGET_TRIES = 20
FORGET_PAUSE = 0.1
"""How often, and after how many seconds, what was wiped is looked for again where a reader kept it from going."""

# What each command asks for is put together once: SQLAlchemy takes longer over that than SQLite over the rest.
_NAMED = select(sittings).where(sittings.c.slug == bindparam("wanted"))
_HEADS = select(sittings).where(sittings.c.id.in_(bindparam("wanted", expanding=True)))
_AFTER = {
    counter.name: select(entries)
    .where(entries.c.sitting == bindparam("wanted"), counter > bindparam("after"))
    .order_by(counter)
    .limit(bindparam("most"))
    for counter in (entries.c.seq, entries.c.pos)
}


@dataclass(slots=True)
class _Job:
    sitting: str
    work: Callable[[Group], Any]
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

    async def _submit(self, sitting: str, work: Callable[[Group], Any]) -> Any:
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
        group = Group(self._states, self._clock, announces=not self._store.is_sqlite)
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
        return read_sitting(row)

    async def sittings(self, *, rehearsals: bool = False) -> list[SittingRow]:
        rows = await self._store.ask(select(sittings).order_by(sittings.c.created_at.desc(), sittings.c.id.desc()))
        return [read_sitting(row) for row in rows if rehearsals or not row.rehearsal]

    async def heads(self, wanted: Sequence[SittingId]) -> list[SittingRow]:
        if not wanted:
            return []
        return [read_sitting(row) for row in await self._store.ask(_HEADS, {"wanted": list(wanted)})]

    async def read(self, sitting: SittingId, after: int = 0, limit: int = 1000) -> list[Entry]:
        return await self._entries(sitting, "seq", after, limit)

    async def read_public(self, sitting: SittingId, after: int = 0, limit: int = 1000) -> list[Entry]:
        return await self._entries(sitting, "pos", after, limit)

    async def _entries(self, sitting: SittingId, counter: str, after: int, limit: int) -> list[Entry]:
        wanted = {"wanted": sitting, "after": after, "most": limit}
        return [read_row(row) for row in await self._store.ask(_AFTER[counter], wanted)]

    async def state(self, sitting: SittingId) -> State:
        state = self._states.get(sitting)
        return await self._store.look(advance, sitting, state)

    async def whole(self, sitting: SittingId) -> tuple[SittingRow, list[Mapping[str, Any]]]:
        columns = raw_columns(is_sqlite=self._store.is_sqlite)
        query = select(*columns).where(entries.c.sitting == sitting).order_by(entries.c.seq)

        def held(connection: Connection) -> tuple[SittingRow, list[Mapping[str, Any]]] | None:
            row = connection.execute(select(sittings).where(sittings.c.id == sitting)).one_or_none()
            return None if row is None else (read_sitting(row), [raw_form(each) for each in connection.execute(query)])

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
