"""What each command does, and what the state forbids it: a row per case."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from livesession.domain.ids import Pos
from livesession.errors import InputError, LivesessionError, NotFoundError, RefusedError
from tests.clock import NINE
from tests.sittings import PureThread, agenda, entry_id

OPENED = ("sitting.opened", {})
SUSPENDED = ("sitting.suspended", {})
CLOSED = ("sitting.closed", {})
DOORS_SHUT = ("closed_part.begun", {})
DOORS_OPEN = ("closed_part.ended", {})
BUDGET = ("item.opened", {"item": "budget"})
CLOSED_ITEM = ("item.opened", {"item": "closed"})
POSTED = ("update.posted", {"item": "budget", "data": {"text": "a"}})
FOURTH = {"entry": str(entry_id(4))}
THIRD = {"entry": str(entry_id(3))}
VOTE = {"for": 20, "against": 5, "abstention": 1, "result": "adopted"}

Step = tuple[str, dict[str, Any]]


def after(*steps: Step) -> PureThread:
    """A thread after these commands, a minute apart; agenda and assembly are entries 1 and 2."""
    thread = PureThread()
    for number, (kind, envelope) in enumerate(steps):
        thread.send(kind, NINE + timedelta(minutes=number), **envelope)
    return thread


def vote(**changes: Any) -> Step:
    return "vote.recorded", {"item": "budget", "data": {**VOTE, **changes}}


@pytest.mark.parametrize(
    ("steps", "command", "code"),
    [
        # The frame
        ([OPENED], OPENED, "sitting_already_opened"),
        ([OPENED, CLOSED], OPENED, "sitting_already_opened"),
        ([], SUSPENDED, "sitting_scheduled"),
        ([OPENED, SUSPENDED], SUSPENDED, "sitting_suspended"),
        ([OPENED, CLOSED], SUSPENDED, "sitting_closed"),
        ([OPENED], ("sitting.resumed", {}), "sitting_not_suspended"),
        ([], CLOSED, "sitting_scheduled"),
        ([OPENED, CLOSED], CLOSED, "sitting_closed"),
        ([], ("sitting.reopened", {}), "sitting_scheduled"),
        ([OPENED], ("sitting.reopened", {}), "sitting_open"),
        ([], DOORS_SHUT, "sitting_scheduled"),
        ([OPENED, DOORS_SHUT], DOORS_SHUT, "closed_part_begun_already"),
        ([OPENED], DOORS_OPEN, "closed_part_none"),
        ([OPENED, DOORS_SHUT, DOORS_OPEN], DOORS_OPEN, "closed_part_none"),
        # Items
        ([], BUDGET, "sitting_scheduled"),
        ([OPENED, SUSPENDED], BUDGET, "sitting_suspended"),
        ([OPENED, BUDGET], BUDGET, "item_already_open"),
        ([OPENED], ("item.closed", {"item": "budget"}), "item_not_open"),
        ([OPENED, BUDGET], ("item.closed", {"item": "roads"}), "item_not_open"),
        ([OPENED, CLOSED], ("item.closed", {"item": "budget"}), "sitting_closed"),
        # Updates
        ([], POSTED, "sitting_scheduled"),
        ([OPENED, CLOSED], POSTED, "sitting_closed"),
        ([OPENED, POSTED, ("update.retracted", {"data": FOURTH})],
         ("update.corrected", {"data": {**FOURTH, "text": "b"}}), "update_retracted"),
        ([OPENED, POSTED, ("update.retracted", {"data": FOURTH})], ("update.retracted", {"data": FOURTH}),
         "update_retracted"),
        ([OPENED, POSTED, ("update.erased", {"data": {**FOURTH, "reason": "r"}})],
         ("update.corrected", {"data": {**FOURTH, "text": "b"}}), "update_erased"),
        ([OPENED, POSTED, ("update.erased", {"data": {**FOURTH, "reason": "r"}})],
         ("update.erased", {"data": {**FOURTH, "reason": "r"}}), "update_erased"),
        ([OPENED, POSTED], ("update.unpinned", {"data": FOURTH}), "update_not_pinned"),
        ([OPENED, DOORS_SHUT, POSTED], ("update.pinned", {"data": {"entry": str(entry_id(5))}}), "update_not_public"),
        ([OPENED, POSTED, DOORS_SHUT], ("update.corrected", {"data": {**FOURTH, "text": "b"}}), "closed_part_hides"),
        ([OPENED, POSTED, DOORS_SHUT], ("update.retracted", {"data": FOURTH}), "closed_part_hides"),
        ([OPENED, POSTED, DOORS_SHUT], ("update.erased", {"data": {**FOURTH, "reason": "r"}}), "closed_part_hides"),
        # Votes
        ([], vote(), "sitting_scheduled"),
        ([OPENED, SUSPENDED], vote(), "sitting_suspended"),
    ],
)  # fmt: skip
def test_what_the_state_forbids_is_refused(steps: Sequence[Step], command: Step, code: str) -> None:
    thread = after(*steps)
    before = list(thread.entries)
    with pytest.raises(RefusedError) as caught:
        thread.send(command[0], NINE + timedelta(hours=1), **command[1])
    assert caught.value.code == code
    assert thread.entries == before


@pytest.mark.parametrize(
    ("command", "code", "place"),
    [
        (("update.posted", {"item": "nowhere", "data": {"text": "a"}}), "item_unknown", "item"),
        (("item.opened", {}), "item_needed", "item"),
        (("item.closed", {}), "item_needed", "item"),
        (("vote.recorded", {"data": VOTE}), "item_needed", "item"),
        (("sitting.suspended", {"item": "budget"}), "item_not_taken", "item"),
        (("update.retracted", {"item": "roads", "data": FOURTH}), "item_not_taken", "item"),
        (("update.retracted", {"data": {"entry": "nobody"}}), "entry_unknown", "data.entry"),
        (("update.corrected", {"data": {**THIRD, "text": "b"}}), "entry_no_update", "data.entry"),
        (("update.erased", {"data": FOURTH}), "reason_needed", "data.reason"),
        (("update.erased", {"data": {**FOURTH, "reason": " "}}), "text_blank", "data.reason"),
        (("sitting.suspended", {"data": {"reason": "\x00"}}), "text_character", "data.reason"),
        (("sitting.suspended", {"data": {"reason": "a" * 2_001}}), "text_too_long", "data.reason"),
        (("update.posted", {"data": {"text": ""}}), "text_blank", "data.text"),
        (("update.posted", {"data": {"text": "a" * 10_001}}), "text_too_long", "data.text"),
        (("update.posted", {"data": {"text": "a\x00"}}), "text_character", "data.text"),
        (("update.posted", {"data": {"text": "a", "channels": ["x"] * 21}}), "channels_many", "data.channels"),
        (("update.posted", {"data": {"text": "a", "channels": [""]}}), "text_blank", "data.channels"),
        (("update.corrected", {"data": {**FOURTH, "text": "\ufffe"}}), "text_character", "data.text"),
        (vote(subject="\x07"), "text_character", "data.subject"),
        (vote(against=-1), "vote_number", "data.against"),
        (vote(abstention=10_001), "vote_number", "data.abstention"),
        (vote(result="rejected"), "vote_result", "data.result"),
        (vote(against=21), "vote_result", "data.result"),
        (("update.posted", {"data": {"text": "a"}, "at": "2026-11-21T10:00:00.001Z"}), "time_ahead", "at"),
    ],
)
def test_what_is_wrong_in_itself_is_refused_with_its_place(command: Step, code: str, place: str) -> None:
    thread = after(OPENED, POSTED)
    with pytest.raises(InputError) as caught:
        thread.send(command[0], NINE + timedelta(hours=1), **command[1])
    assert caught.value.code == code
    assert [problem.place for problem in caught.value.problems] == [place]


def kinds(thread: PureThread, since: int) -> list[tuple[str, str | None, Pos | None]]:
    return [(entry.kind, entry.item, entry.pos) for entry in thread.entries[since:]]


def test_a_sitting_runs_from_opening_to_closing() -> None:
    thread = after(
        OPENED, BUDGET, POSTED, vote(), ("item.closed", {"item": "budget"}), SUSPENDED, ("sitting.resumed", {}),
        ("item.opened", {"item": "roads"}), CLOSED,
    )  # fmt: skip
    state = thread.state
    assert (state.status, state.current, state.opened_at) == ("closed", None, NINE)
    assert state.closed_at == NINE + timedelta(minutes=8)
    assert [state.item_status(item.id) for item in state.agenda.walk()] == ["done"] * 2 + ["to_come"] * 4
    assert thread.public_state().summary() == {
        "title": "Séance plénière", "assembly": "Conseil départemental", "language": "fr",
        "timezone": "Europe/Paris", "starts": "2026-11-20T09:00:00+01:00", "location": None, "hashtag": None,
        "public": True, "status": "closed", "closed_part": False, "opened_at": "2026-11-20T09:00:00.000Z",
        "closed_at": "2026-11-20T09:08:00.000Z", "item": None, "items": {"total": 5, "done": 2}, "speaker": None,
            "speakers": [], "president": None,
        "quorum": None, "pinned": None,
        "last_vote": {
            "entry": str(entry_id(6)), "item": "budget", "at": "2026-11-20T09:03:00.000Z", "for": 20, "against": 5,
            "abstention": 1, "result": "adopted", "ballot": "show_of_hands", "decision": 1,
        },
    }  # fmt: skip


def test_an_item_opened_closes_the_one_before() -> None:
    thread = after(OPENED, BUDGET, ("item.opened", {"item": "roads"}))
    statuses = [thread.state.item_status(item.id) for item in thread.state.agenda.walk()]
    assert statuses == ["done", "current"] + ["to_come"] * 4
    assert thread.public_state().summary()["item"] == {
        "id": "roads", "number": "2", "opened_at": "2026-11-20T09:02:00.000Z", "title": "Voirie",
    }  # fmt: skip


def test_opening_a_closed_item_begins_the_closed_part() -> None:
    thread = after(OPENED, BUDGET, CLOSED_ITEM)
    assert kinds(thread, 4) == [("closed_part.begun", None, 5), ("item.opened", "closed", None)]
    assert thread.public_state().summary()["closed_part"] is True
    assert thread.public_state().current == "budget"


def test_opening_a_closed_item_behind_closed_doors_begins_nothing() -> None:
    thread = after(OPENED, DOORS_SHUT, CLOSED_ITEM)
    assert kinds(thread, 4) == [("item.opened", "closed", None)]


def test_the_end_of_a_closed_part_tells_readers_where_the_sitting_is() -> None:
    thread = after(OPENED, BUDGET, DOORS_SHUT, ("item.opened", {"item": "roads"}), SUSPENDED, DOORS_OPEN)
    ended = thread.entries[-1]
    assert (ended.kind, ended.item, ended.data) == ("closed_part.ended", "roads", {"status": "suspended"})
    public = thread.public_state()
    assert (public.status, public.current, public.in_closed_part) == ("suspended", "roads", False)


def test_the_end_of_a_closed_part_does_not_name_a_closed_item() -> None:
    thread = after(OPENED, CLOSED_ITEM, ("closed_part.ended", {"data": {"reason": "vote fait"}}))
    assert (thread.entries[-1].item, thread.entries[-1].data) == (None, {"status": "open", "reason": "vote fait"})
    assert thread.state.current is thread.public_state().current is None


def test_closing_the_sitting_ends_the_closed_part_first() -> None:
    thread = after(OPENED, CLOSED_ITEM, CLOSED)
    assert kinds(thread, 5) == [("closed_part.ended", None, 5), ("sitting.closed", None, 6)]
    assert (thread.public_state().status, thread.public_state().in_closed_part) == ("closed", False)


def test_a_wholly_closed_sitting_has_no_doors_to_close() -> None:
    thread = PureThread(agenda(public=False))
    thread.send("sitting.opened")
    thread.send("item.opened", item="closed")
    assert thread.entries[-1].pos is None
    with pytest.raises(RefusedError, match="closed_part_begun_already"):
        thread.send("closed_part.begun")


@pytest.mark.parametrize("result", ["adopted", "rejected"])
def test_a_tie_may_go_either_way(result: str) -> None:
    thread = after(OPENED, vote(against=20, result=result))
    assert thread.state.last_vote is not None
    assert thread.state.last_vote.data["result"] == result


def test_a_correction_stands_on_the_item_of_what_it_corrects() -> None:
    thread = after(OPENED, POSTED, ("update.corrected", {"data": {**FOURTH, "text": "b"}}))
    assert (thread.entries[-1].item, thread.entries[-1].data) == ("budget", {**FOURTH, "text": "b"})
    assert thread.state.entries[entry_id(4)].amended_by == (entry_id(5),)


def test_an_update_can_still_be_corrected_after_the_sitting() -> None:
    thread = after(OPENED, POSTED, CLOSED, ("update.corrected", {"data": {**FOURTH, "text": "b"}}))
    assert thread.entries[-1].pos == 6


def test_pins_move_and_fall_with_what_they_hold() -> None:
    fifth = {"entry": str(entry_id(5))}
    thread = after(OPENED, POSTED, POSTED, ("update.pinned", {"data": FOURTH}), ("update.pinned", {"data": fifth}))
    assert thread.state.pinned == thread.public_state().pinned == entry_id(5)
    thread.send("update.unpinned", data=fifth)
    assert thread.state.pinned is None
    thread.send("update.pinned", data=FOURTH)
    thread.send("update.retracted", data=FOURTH)
    assert thread.state.pinned is thread.public_state().pinned is None


def test_an_erasure_names_the_corrections_it_takes_along() -> None:
    thread = after(
        OPENED, POSTED, ("update.corrected", {"data": {**FOURTH, "text": "b"}}),
        ("update.erased", {"data": {**FOURTH, "reason": "RGPD"}}),
    )  # fmt: skip
    assert thread.entries[-1].data == {**FOURTH, "also": [str(entry_id(5))], "reason": "RGPD"}
    assert [entry["data"] for _, entry in thread.public()][3:5] == [{}, {}]
    assert thread.state.rev == thread.public_state().rev == 1


# Texts written in ignorance of a closed part


@pytest.mark.parametrize(
    ("seen", "taken"), [(None, True), (0, False), (3, False), (4, False), (5, True), (99, True)]
)  # the closed part began with seq 4 and ended with 5
def test_a_text_that_did_not_see_the_closed_part_is_refused(seen: int | None, taken: bool) -> None:
    thread = after(OPENED, DOORS_SHUT, DOORS_OPEN)
    given = {} if seen is None else {"seen": seen}
    if taken:
        assert thread.send("update.posted", NINE + timedelta(hours=1), data={"text": "a"}, **given).pos == 6
    else:
        with pytest.raises(RefusedError, match=r"^closed_part_unseen$"):
            thread.send("update.posted", NINE + timedelta(hours=1), data={"text": "a"}, **given)


def test_a_gesture_that_did_not_see_the_closed_part_is_taken() -> None:
    thread = after(OPENED, DOORS_SHUT)
    assert thread.send("closed_part.ended", NINE + timedelta(hours=1), seen=0).pos == 5


# Times


def test_what_moves_the_sitting_is_not_dated_ahead_of_its_recording() -> None:
    thread = after(OPENED)
    now = NINE + timedelta(hours=1)
    begun = thread.send("closed_part.begun", now, at="2026-11-20T12:00:00Z")
    ended = thread.send("closed_part.ended", now + timedelta(minutes=5), at="2026-11-20T12:00:00Z")
    assert (begun.at, ended.at) == (now, now + timedelta(minutes=5))
    # So what is posted from now on is public again.
    assert thread.send("update.posted", now + timedelta(minutes=6), data={"text": "a"}).pos == 6


def test_a_text_keeps_the_time_it_says() -> None:
    thread = after(OPENED)
    ahead = thread.send("update.posted", NINE + timedelta(hours=1), data={"text": "a"}, at="2026-11-20T14:00:00+02:00")
    assert ahead.at == NINE + timedelta(hours=3)


@pytest.mark.parametrize(
    "command", [SUSPENDED, CLOSED, BUDGET, DOORS_SHUT, CLOSED_ITEM], ids=lambda command: command[0]
)
def test_what_moves_the_sitting_is_not_dated_into_a_closed_part_that_is_over(command: Step) -> None:
    thread = after(OPENED, DOORS_SHUT, POSTED, DOORS_OPEN)
    with pytest.raises(RefusedError, match=r"^closed_part_hides$"):
        thread.send(command[0], NINE + timedelta(hours=1), at="2026-11-20T09:02:00Z", **command[1])


def test_closing_is_not_dated_into_an_earlier_closed_part_that_the_present_one_overlaps() -> None:
    thread = after(OPENED, SUSPENDED, DOORS_SHUT, POSTED, DOORS_OPEN)
    thread.send("closed_part.begun", NINE + timedelta(hours=1), at="2026-11-20T09:01:00Z")
    with pytest.raises(RefusedError, match="closed_part_hides"):
        thread.send("sitting.closed", NINE + timedelta(hours=2), at="2026-11-20T09:03:00Z")


@pytest.mark.parametrize("command", [DOORS_OPEN, CLOSED], ids=lambda command: command[0])
def test_a_closed_part_does_not_end_before_it_began(command: Step) -> None:
    thread = after(OPENED, DOORS_SHUT)
    with pytest.raises(InputError) as caught:
        thread.send(command[0], NINE + timedelta(hours=1), at="2026-11-20T09:00:59Z")
    assert caught.value.code == "time_before_closed_part"
    assert thread.state.in_closed_part


def test_a_closed_part_may_be_dated_back() -> None:
    thread = after(OPENED, POSTED)
    now = NINE + timedelta(hours=1)
    thread.send("closed_part.begun", now, at="2026-11-20T09:30:00Z")
    thread.send("closed_part.ended", now + timedelta(minutes=1), at="2026-11-20T09:50:00Z")
    later = now + timedelta(minutes=2)
    assert thread.send("update.posted", later, data={"text": "a"}, at="2026-11-20T09:40:00Z").pos is None
    assert thread.send("update.posted", later, data={"text": "b"}, at="2026-11-20T09:50:00Z").pos == 7


def test_errors_have_the_status_of_their_family() -> None:
    assert [error("x").status for error in (LivesessionError, InputError, RefusedError, NotFoundError)] == [
        500, 422, 409, 404,
    ]  # fmt: skip


def test_text_written_behind_closed_doors_does_not_go_out_after_they_opened() -> None:
    thread = after(OPENED, DOORS_SHUT, DOORS_OPEN)
    seen_shut, seen_open = 4, 5
    with pytest.raises(RefusedError) as refused:
        thread.send("update.posted", NINE + timedelta(minutes=5), data={"text": "a"}, seen=seen_shut)
    assert refused.value.code == "closed_part_unseen"
    thread.send("update.posted", NINE + timedelta(minutes=6), data={"text": "a"}, seen=seen_open)
    assert thread.entries[-1].pos is not None
