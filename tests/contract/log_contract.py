"""What every log must do, whatever it is kept in: one suite, inherited by each store's own.

A store's suite gives the fixture ``database``: an address with every table and no rows. Each
``opened`` log is then as good as a process of its own: a second one on the same address shares
nothing with the first but the database.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from livesession.desk.desk import Desk
from livesession.domain.fold import fold
from livesession.domain.ids import SittingId, Slug
from livesession.domain.sitting import State
from livesession.errors import InputError, LivesessionError, NotFoundError, RefusedError, UnavailableError
from livesession.store.engine import Store
from livesession.store.tables import requests
from livesession.thread.alterations import Finding, verify
from livesession.thread.log import Appended, Log, Proposal, SittingRow
from livesession.thread.sql import SqlLog
from livesession.thread.verify import verify_sitting
from tests.clock import NINE, Clock
from tests.sittings import CLERK, agenda, first_proposals

SECRET = b"a secret for tests, long enough"


@asynccontextmanager
async def opened(database: str, clock: Callable[[], datetime] | None = None) -> AsyncIterator[tuple[SqlLog, Store]]:
    """A log as a process of its own has it."""
    store = Store(database)
    try:
        async with SqlLog(store, clock or Clock()) as log:
            yield log, store
    finally:
        await store.close()


def posts(text: str) -> Callable[[State, datetime], list[Proposal]]:
    """A decision that takes any text in any state."""
    return lambda state, now: [Proposal(kind="update.posted", data={"text": text})]


def opens(state: State, now: datetime) -> list[Proposal]:
    """A decision that only one of several may win."""
    if state.status != "scheduled":
        raise RefusedError("sitting_already_opened")
    return [Proposal(kind="sitting.opened")]


async def new_sitting(log: Log, slug: str = "plenary") -> SittingRow:
    """A sitting with its first two entries."""
    return await log.create(Slug(slug), first_proposals(agenda()), CLERK.id)


async def outcome(append: Any) -> Any:
    """What became of an append: the answer or the refusal."""
    try:
        return await append
    except LivesessionError as error:
        return error


async def numbers(log: Log, sitting: SittingId) -> list[int]:
    """Every ``seq`` in the log, in the order in which it is read."""
    return [entry.seq for entry in await log.read(sitting)]


class LogContract:
    """Inherited by a class per store."""

    @pytest.fixture
    async def pair(self, database: str, clock: Clock) -> AsyncIterator[tuple[SqlLog, Store]]:
        async with opened(database, clock) as pair:
            yield pair

    @pytest.fixture
    def log(self, pair: tuple[SqlLog, Store]) -> SqlLog:
        return pair[0]

    @pytest.fixture
    def desk(self, pair: tuple[SqlLog, Store]) -> Desk:
        return Desk(*pair, SECRET)

    @pytest.fixture
    async def slug(self, desk: Desk) -> str:
        """An open sitting."""
        row = await desk.create(agenda(), CLERK, slug="plenary")
        await desk.post(row.slug, {"kind": "sitting.opened"}, CLERK)
        return row.slug

    # Creating

    async def test_create_gives_the_sitting_its_first_entries_and_its_head(self, log: SqlLog) -> None:
        row = await new_sitting(log)
        first, second = await log.read(row.id)
        assert row == SittingRow(
            id=row.id, slug=Slug("plenary"), epoch=row.epoch, seq=second.seq, pos=second.pos or 0, rev=0,
            head=second.hash, title="Séance plénière", assembly="Conseil départemental",
            starts="2026-11-20T09:00:00+01:00", status="scheduled", created_at="2026-11-20T09:00:00.000Z",
        )  # fmt: skip
        assert (first.kind, first.data, second.kind) == ("agenda.set", agenda().as_json(), "assembly.set")
        assert await log.sitting("plenary") == row
        assert await log.sittings() == [row]
        assert await log.heads([row.id, SittingId("01900000-0000-7000-8000-000000000000")]) == [row]
        assert await log.heads([]) == []

    async def test_create_never_merges_but_numbers_the_slug(self, log: SqlLog) -> None:
        rows = await asyncio.gather(*(new_sitting(log) for _ in range(3)))
        assert sorted(row.slug for row in rows) == ["plenary", "plenary-2", "plenary-3"]
        assert len({row.id for row in rows}) == len({row.epoch for row in rows}) == 3

    async def test_create_of_one_slug_in_two_processes_gives_two_sittings(self, database: str, log: SqlLog) -> None:
        async with opened(database) as (other, _):
            rows = await asyncio.gather(*(new_sitting(each) for each in (log, other) * 5))
        assert len({row.slug for row in rows}) == 10
        assert sorted(row.slug for row in await log.sittings()) == sorted(row.slug for row in rows)

    async def test_sittings_are_listed_newest_first(self, log: SqlLog, clock: Clock) -> None:
        for name in ("first", "second", "third"):
            await new_sitting(log, name)
            clock.forward(minutes=1)
        assert [row.slug for row in await log.sittings()] == ["third", "second", "first"]

    async def test_an_unknown_sitting_is_not_found(self, log: SqlLog) -> None:
        nowhere = SittingId("01900000-0000-7000-8000-000000000000")
        for asked in (log.sitting("nowhere"), log.append(nowhere, None, posts("a")), log.whole(nowhere)):
            with pytest.raises(NotFoundError, match="sitting_unknown"):
                await asked
        assert await log.read(nowhere) == []

    # Judging and writing in one transaction

    async def test_of_two_openings_at_once_one_wins(self, log: SqlLog) -> None:
        row = await new_sitting(log)
        results = await asyncio.gather(*(outcome(log.append(row.id, CLERK.id, opens)) for _ in range(20)))
        won = [result for result in results if isinstance(result, Appended)]
        lost = [result for result in results if isinstance(result, RefusedError)]
        assert (len(won), {error.code for error in lost}, len(lost)) == (1, {"sitting_already_opened"}, 19)
        assert [entry.kind for entry in await log.read(row.id)] == ["agenda.set", "assembly.set", "sitting.opened"]

    async def test_of_two_openings_in_two_processes_one_wins(self, database: str, log: SqlLog) -> None:
        row = await new_sitting(log)
        async with opened(database) as (other, _):
            appends = [outcome(each.append(row.id, CLERK.id, opens)) for each in (log, other) * 10]
            results = await asyncio.gather(*appends)
        assert sum(isinstance(result, Appended) for result in results) == 1
        assert await numbers(log, row.id) == [1, 2, 3]

    async def test_a_command_is_judged_on_what_the_one_before_it_left(self, log: SqlLog) -> None:
        row = await new_sitting(log)
        seen: list[int] = []

        def decide(state: State, now: datetime) -> list[Proposal]:
            seen.append(state.seq)
            return [Proposal(kind="update.posted", data={"text": str(state.seq)})]

        await asyncio.gather(*(log.append(row.id, None, decide) for _ in range(30)))
        assert seen == list(range(2, 32))

    async def test_a_refused_command_leaves_nothing_and_its_neighbours_untouched(self, log: SqlLog) -> None:
        row = await new_sitting(log)

        def refuse(state: State, now: datetime) -> list[Proposal]:
            raise InputError("item_unknown", item="x")

        def fail(state: State, now: datetime) -> list[Proposal]:
            raise ZeroDivisionError

        appends = [log.append(row.id, None, decide) for decide in (posts("a"), refuse, posts("b"), fail, posts("c"))]
        first, refused, second, failed, third = await asyncio.gather(*appends, return_exceptions=True)
        assert isinstance(refused, InputError)
        assert isinstance(failed, ZeroDivisionError)
        assert [done.entry.seq for done in (first, second, third) if isinstance(done, Appended)] == [3, 4, 5]
        assert [entry.data for entry in await log.read(row.id, 2)] == [{"text": text} for text in "abc"]
        assert (await verify_sitting(log, row)).findings == ()

    async def test_several_entries_of_one_command_are_appended_together_or_not_at_all(
        self, desk: Desk, slug: str
    ) -> None:
        answer = await desk.post(slug, {"kind": "item.opened", "item": "closed"}, CLERK)
        row = await desk.log.sitting(slug)
        begun, item = (await desk.log.read(row.id))[-2:]
        assert (begun.kind, begun.pos, item.kind, item.pos) == ("closed_part.begun", 4, "item.opened", None)
        assert answer == Appended(item)

        # The first entry is good, the second is not: neither stays.
        def half(state: State, now: datetime) -> list[Proposal]:
            return [Proposal(kind="update.posted", data={"text": "a"}), Proposal(kind="x", data={"bad": float("nan")})]

        with pytest.raises(ValueError, match=r"nan|NaN|float"):
            await desk.log.append(row.id, None, half)
        assert await desk.log.sitting(slug) == row
        assert await desk.log.state(row.id) == fold(await desk.log.read(row.id))

    # Numbers, order, chain

    async def test_numbers_have_no_gaps_and_every_acknowledged_entry_is_there_once(self, desk: Desk, slug: str) -> None:
        async def clerk(name: int) -> list[str]:
            return [
                (await desk.post(slug, {"kind": "update.posted", "data": {"text": f"{name}-{n}"}}, CLERK)).entry.id
                for n in range(5)
            ]

        acknowledged = [entry for clerks in await asyncio.gather(*map(clerk, range(6))) for entry in clerks]
        row = await desk.log.sitting(slug)
        held = await desk.log.read(row.id)
        assert [entry.seq for entry in held] == list(range(1, 34)) == [entry.pos for entry in held]
        assert Counter(entry.id for entry in held[3:]) == Counter(acknowledged)
        texts = [entry.data["text"] for entry in held[3:] if entry.data is not None]
        for name in range(6):
            assert [text for text in texts if text.startswith(f"{name}-")] == [f"{name}-{n}" for n in range(5)]
        assert (row.seq, row.pos, row.head) == (33, 33, held[-1].hash)
        assert (await verify_sitting(desk.log, row)).findings == ()

    async def test_public_entries_have_a_count_of_their_own(self, desk: Desk, slug: str) -> None:
        for envelope in (
            {"kind": "update.posted", "data": {"text": "before"}},
            {"kind": "closed_part.begun"},
            {"kind": "update.posted", "data": {"text": "within"}},
            {"kind": "closed_part.ended"},
            {"kind": "update.posted", "data": {"text": "after"}},
        ):
            await desk.post(slug, envelope, CLERK)
        row = await desk.log.sitting(slug)
        assert [entry.pos for entry in await desk.log.read(row.id)] == [1, 2, 3, 4, 5, None, 6, 7]
        public = await desk.log.read_public(row.id, 3)
        assert [(entry.pos, entry.seq) for entry in public] == [(4, 4), (5, 5), (6, 7), (7, 8)]
        assert (row.seq, row.pos) == (8, 7)

    async def test_reading_pages_by_cursor_and_limit(self, log: SqlLog) -> None:
        row = await new_sitting(log)
        for text in "abcdef":
            await log.append(row.id, None, posts(text))
        assert [entry.seq for entry in await log.read(row.id, 3, 2)] == [4, 5]
        assert [entry.pos for entry in await log.read_public(row.id, 6, 100)] == [7, 8]
        assert await log.read(row.id, 8) == await log.read_public(row.id, 99) == []

    async def test_two_processes_in_turns_keep_one_chain(self, database: str, log: SqlLog) -> None:
        row = await new_sitting(log)
        async with opened(database) as (other, _):
            for number in range(10):
                await log.append(row.id, None, posts(f"ours {number}"))
                await other.append(row.id, None, posts(f"theirs {number}"))
            both = [each.append(row.id, None, posts(f"at once {n}")) for n in range(20) for each in (log, other)]
            await asyncio.gather(*both)
            assert await log.state(row.id) == await other.state(row.id)
        assert await numbers(log, row.id) == list(range(1, 63))
        assert (await verify_sitting(log, row)).findings == ()

    async def test_two_processes_on_several_sittings_do_not_block_each_other(self, database: str, log: SqlLog) -> None:
        rows = [await new_sitting(log) for _ in range(4)]
        async with opened(database) as (other, _):
            ours = [log.append(row.id, None, posts("ours")) for _ in range(10) for row in rows]
            theirs = [other.append(row.id, None, posts("theirs")) for _ in range(10) for row in reversed(rows)]
            await asyncio.gather(*ours, *theirs)
        for row in rows:
            assert await numbers(log, row.id) == list(range(1, 23))

    async def test_state_is_the_fold_of_the_log_in_every_process(self, database: str, desk: Desk, slug: str) -> None:
        await desk.post(slug, {"kind": "item.opened", "item": "budget"}, CLERK)
        row = await desk.log.sitting(slug)
        async with opened(database) as (other, store):
            assert await other.state(row.id) == fold(await desk.log.read(row.id))
            await Desk(other, store, SECRET).post(slug, {"kind": "item.closed", "item": "budget"}, CLERK)
        state = await desk.log.state(row.id)
        assert (state.seq, state.current, state.status) == (5, None, "open")
        assert state == fold(await desk.log.read(row.id))

    # Durability and those who wait

    async def test_an_acknowledged_entry_is_there_after_a_restart(self, database: str, desk: Desk, slug: str) -> None:
        answer = await desk.post(slug, {"kind": "update.posted", "data": {"text": "kept 👩‍👩‍👧 \u200fעברית"}}, CLERK)
        row = await desk.log.sitting(slug)
        async with opened(database) as (again, _):
            assert (await again.read(row.id))[-1] == answer.entry
            assert await again.sitting(slug) == row

    async def test_a_caller_that_went_away_does_not_stop_its_append(self, log: SqlLog) -> None:
        row = await new_sitting(log)
        caller = asyncio.create_task(log.append(row.id, None, posts("all the same"), key="k", mac="m"))
        await asyncio.sleep(0)
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        repeat = await log.append(row.id, None, posts("all the same"), key="k", mac="m")
        assert (repeat.entry.data, repeat.repeated) == ({"text": "all the same"}, True)
        assert await numbers(log, row.id) == [1, 2, 3]

    async def test_leaving_the_log_finishes_what_was_asked(self, database: str) -> None:
        async with opened(database) as (log, _):
            row = await new_sitting(log)
            tasks = [asyncio.create_task(log.append(row.id, None, posts(str(n)))) for n in range(20)]
            await asyncio.sleep(0)
        assert [(await task).entry.seq for task in tasks] == list(range(3, 23))
        with pytest.raises(UnavailableError, match="store_unavailable"):
            await log.append(row.id, None, posts("too late"))

    async def test_those_who_wait_are_woken_after_the_commit_and_not_by_refusals(self, log: SqlLog) -> None:
        row = await new_sitting(log)
        seen = log.signal.version
        assert isinstance(await outcome(log.append(row.id, None, lambda state, now: _refuse())), RefusedError)
        assert log.signal.version == seen

        async def reader() -> int:
            await log.signal.wait(seen, 5)
            return len(await log.read(row.id))

        waiting = asyncio.create_task(reader())
        await asyncio.sleep(0)
        await log.append(row.id, None, posts("a"))
        assert await waiting == 3

    # Idempotency

    async def test_fifty_at_once_with_one_key_are_one_entry(self, desk: Desk, slug: str) -> None:
        envelope = {"kind": "update.posted", "data": {"text": "once", "channels": ["b", "a"]}}
        answers = await asyncio.gather(*(desk.post(slug, envelope, CLERK, key="key") for _ in range(50)))
        assert Counter(answer.repeated for answer in answers) == {False: 1, True: 49}
        assert {repr(answer.entry) for answer in answers} == {repr(answers[0].entry)}
        row = await desk.log.sitting(slug)
        assert await numbers(desk.log, row.id) == [1, 2, 3, 4]

    async def test_fifty_at_once_in_two_processes_are_one_entry(self, database: str, desk: Desk, slug: str) -> None:
        envelope = {"kind": "update.posted", "data": {"text": "once"}}
        async with opened(database) as pair:
            other = Desk(*pair, SECRET)
            posted = (each.post(slug, envelope, CLERK, key="key") for each in (desk, other) * 25)
            answers = await asyncio.gather(*posted)
        assert Counter(answer.repeated for answer in answers) == {False: 1, True: 49}
        assert len({answer.entry.id for answer in answers}) == 1

    async def test_a_key_with_another_body_is_refused(self, desk: Desk, slug: str) -> None:
        first = await desk.post(slug, {"kind": "update.posted", "data": {"text": "one"}}, CLERK, key="key")
        with pytest.raises(RefusedError, match=r"^idempotency_key_reused$"):
            await desk.post(slug, {"kind": "update.posted", "data": {"text": "two"}}, CLERK, key="key")
        again = await desk.post(slug, {"kind": "update.posted", "data": {"text": "one"}}, CLERK, key="key")
        assert again == replace(first, repeated=True)

    async def test_a_key_is_of_its_sitting_not_of_its_sender(self, desk: Desk, slug: str) -> None:
        second = await desk.create(agenda(), CLERK, slug="second")
        await desk.post(second.slug, {"kind": "sitting.opened"}, CLERK, key="key")
        answer = await desk.post(slug, {"kind": "update.posted", "data": {"text": "a"}}, CLERK, key="key")
        colleague = replace(CLERK, name="Collègue", id="01900000-0000-7000-8000-0000000000cc")
        again = await desk.post(slug, {"kind": "update.posted", "data": {"text": "a"}}, colleague, key="key")
        assert (answer.repeated, again) == (False, replace(answer, repeated=True))

    async def test_refusals_are_not_remembered(self, desk: Desk) -> None:
        row = await desk.create(agenda(), CLERK)
        envelope = {"kind": "update.posted", "data": {"text": "too early"}}
        with pytest.raises(RefusedError, match="sitting_scheduled"):
            await desk.post(row.slug, envelope, CLERK, key="key")
        await desk.post(row.slug, {"kind": "sitting.opened"}, CLERK)
        assert not (await desk.post(row.slug, envelope, CLERK, key="key")).repeated

    async def test_a_repeat_after_a_restart_gives_the_first_answer(self, database: str, desk: Desk, slug: str) -> None:
        vote = {
            "kind": "vote.recorded", "item": "budget",
            "data": {"for": 12, "against": 3, "abstention": 1, "result": "adopted", "subject": "Amendement 1"},
        }  # fmt: skip
        first = await desk.post(slug, vote, CLERK, key="key")
        async with opened(database) as pair:
            again = await Desk(*pair, SECRET).post(slug, vote, CLERK, key="key")
        # The same to the byte: the order of the names in data, too.
        assert (repr(again.entry), again.repeated) == (repr(first.entry), True)

    async def test_a_repeat_gives_the_first_answer_whatever_the_state_has_become(self, desk: Desk, slug: str) -> None:
        envelope = {"kind": "update.posted", "data": {"text": "a"}}
        first = await desk.post(slug, envelope, CLERK, key="key")
        await desk.post(slug, {"kind": "sitting.closed"}, CLERK)
        assert await desk.post(slug, envelope, CLERK, key="key") == replace(first, repeated=True)
        with pytest.raises(RefusedError, match="sitting_closed"):
            await desk.post(slug, envelope, CLERK, key="another")

    @pytest.mark.parametrize("key", [" ", "~" * 255, "a b/ü"[:4], "0"])
    async def test_any_printable_ascii_key_serves(self, desk: Desk, slug: str, key: str) -> None:
        envelope = {"kind": "update.posted", "data": {"text": "a"}}
        first = await desk.post(slug, envelope, CLERK, key=key)
        assert await desk.post(slug, envelope, CLERK, key=key) == replace(first, repeated=True)

    # Erasure

    async def test_an_erasure_empties_text_salt_and_fingerprint_and_keeps_the_chain(
        self, database: str, pair: tuple[SqlLog, Store], desk: Desk, slug: str
    ) -> None:
        log, store = pair
        posted = {"kind": "update.posted", "data": {"text": "a name"}}
        first = await desk.post(slug, posted, CLERK, key="first")
        corrected = {"kind": "update.corrected", "data": {"entry": first.entry.id, "text": "the name"}}
        second = await desk.post(slug, corrected, CLERK, key="second")
        erasing = {"kind": "update.erased", "data": {"entry": first.entry.id, "reason": "RGPD, article 17"}}
        third = await desk.post(slug, erasing, CLERK, key="third")

        row = await log.sitting(slug)
        assert (row.seq, row.pos, row.rev) == (6, 6, 1)
        emptied = [replace(each.entry, data=None, salt=None) for each in (first, second)]
        assert (await log.read(row.id))[3:] == [*emptied, third.entry]
        assert third.entry.data == {
            "entry": first.entry.id, "also": [second.entry.id], "reason": "RGPD, article 17",
        }  # fmt: skip
        async with store.read() as connection:
            held = await connection.execute(select(requests.c.key, requests.c.mac))
            macs = {key: mac for key, mac in held}  # noqa: C416 - rows are no pairs to mypy
        assert macs == {"first": None, "second": None, "third": macs["third"]}
        assert macs["third"] is not None
        assert (await verify_sitting(log, row)).findings == ()
        assert await log.state(row.id) == fold(await log.read(row.id))

        # The key of what was erased still answers, with what is left; and so in another process.
        async with opened(database) as other:
            again = await Desk(*other, SECRET).post(slug, posted, CLERK, key="first")
        assert again == Appended(emptied[0], repeated=True)
        assert again.entry.as_public_json()["data"] == {}
        assert "a name" not in repr(await log.whole(row.id))

    async def test_an_items_former_title_is_erased_and_the_thread_still_verifies(
        self, pair: tuple[SqlLog, Store], desk: Desk, slug: str
    ) -> None:
        log, store = pair

        def correction(**data: object) -> dict[str, object]:
            return {"kind": "item.corrected", "item": "budget", "data": data}

        await desk.post(slug, correction(title="Budget de Mme Durand"), CLERK, key="first")
        # Twice: what was rewritten once is vouched for by the last that rewrote it.
        await desk.post(slug, correction(title="Budget", reason="RGPD", erased=True), CLERK)
        erased = await desk.post(slug, correction(title="Budget 2027", reason="article 17", erased=True), CLERK)
        assert erased.entry.as_public_json()["data"] == {"title": "Budget 2027", "reason": "article 17", "erased": True}
        row = await log.sitting(slug)
        assert row.rev == 2
        assert (await verify_sitting(log, row)).findings == ()
        assert await log.state(row.id) == fold(await log.read(row.id))
        _, entries = await log.whole(row.id)
        assert [name for name in ("Durand", "Budget primitif") if name in repr(entries)] == []
        async with store.read() as connection:
            held = (await connection.execute(select(requests.c.key, requests.c.mac))).all()
        assert [tuple(each) for each in held] == [("first", None)]
        # What is left of the agenda is still vouched for.
        forged = [{**entries[0], "data": {**entries[0]["data"], "title": "Autre"}}, *entries[1:]]
        assert verify(row.id, forged, row.seq, row.head) == [Finding(1, "changed")]

    async def test_an_erasure_that_is_refused_empties_nothing(self, desk: Desk, slug: str) -> None:
        answer = await desk.post(slug, {"kind": "update.posted", "data": {"text": "kept"}}, CLERK)
        row = await desk.log.sitting(slug)

        def half(state: State, now: datetime) -> list[Proposal]:
            data = {"entry": answer.entry.id, "also": [], "reason": "r"}
            return [Proposal(kind="update.erased", data=data), Proposal(kind="x", data={"bad": float("nan")})]

        with pytest.raises(ValueError, match=r"nan|NaN|float"):
            await desk.log.append(row.id, None, half)
        assert (await desk.log.read(row.id))[-1] == answer.entry

    # Verifying

    async def test_verification_agrees_while_others_are_posting(self, log: SqlLog) -> None:
        row = await new_sitting(log)
        posting = asyncio.gather(*(log.append(row.id, None, posts(str(n))) for n in range(40)))
        verdicts = []
        while not posting.done():
            verdicts.append(await verify_sitting(log, row))
        await posting
        assert [verdict for verdict in verdicts if verdict.findings] == []
        assert (await verify_sitting(log, row)).entries == 42

    async def test_the_whole_is_every_entry_as_stored(self, log: SqlLog) -> None:
        row = await new_sitting(log)
        await log.append(row.id, CLERK.id, posts("é"))
        head, entries = await log.whole(row.id)
        assert head == await log.sitting("plenary")
        assert entries == [entry.as_json() for entry in await log.read(row.id)]
        assert entries[-1]["at"] == entries[-1]["recorded_at"] == "2026-11-20T09:00:00.000Z"
        assert entries[-1]["author"] == CLERK.id


def _refuse() -> list[Proposal]:
    raise RefusedError("sitting_closed")


def unavailable(results: list[Any]) -> int:
    """How many of them say that the store is away."""
    return sum(
        isinstance(result, UnavailableError) and result.code in ("store_unavailable", "store_full")
        for result in results
    )


__all__ = ["NINE", "LogContract", "new_sitting", "numbers", "opened", "outcome", "posts", "unavailable"]
