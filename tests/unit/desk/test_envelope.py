"""Reading a command from JSON: every ill-formed shape is refused with its place."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livesession.desk.commands import Ask, check_key
from livesession.desk.desk import COMMANDS, MAX_DEPTH, read_envelope
from livesession.desk.sittings import SittingOpened
from livesession.desk.updates import UpdatePosted
from livesession.desk.votes import VoteRecorded
from livesession.domain.ids import ItemId
from livesession.domain.times import read_instant
from livesession.errors import InputError, Problem

POST = {"kind": "update.posted", "data": {"text": "a"}}
VOTE = {"for": 1, "against": 0, "abstention": 0, "result": "adopted"}


def deep(levels: int) -> Any:
    return [] if levels == 0 else [deep(levels - 1)]


def problem_of(envelope: Any) -> tuple[str, str, str]:
    """The error's code, and its first problem's code and place."""
    with pytest.raises(InputError) as caught:
        read_envelope(envelope)
    assert len(caught.value.problems) == 1
    return caught.value.code, caught.value.problems[0].code, caught.value.problems[0].place


def test_a_whole_envelope_is_read() -> None:
    command, ask = read_envelope({**POST, "item": "i3", "at": "2026-11-20T09:00:00+01:00", "seen": 7})
    assert command == UpdatePosted(text="a")
    assert ask == Ask(item=ItemId("i3"), at=read_instant("2026-11-20T08:00:00Z"), seen=7)


def test_what_may_be_left_out_may_be_null() -> None:
    bare = read_envelope({"kind": "sitting.opened"})
    assert bare == (SittingOpened(), Ask())
    assert read_envelope({"kind": "sitting.opened", "item": None, "at": None, "seen": None, "data": {}}) == bare
    assert read_envelope({"kind": "sitting.opened", "data": {"reason": None}}) == bare


def test_data_is_kept_as_given() -> None:
    command, _ = read_envelope({"kind": "update.posted", "data": {"text": " a\n", "channels": []}})
    assert command.as_data() == {"text": " a\n", "channels": []}
    vote, _ = read_envelope({"kind": "vote.recorded", "item": "i1", "data": VOTE})
    assert vote == VoteRecorded(in_favour=1, against=0, abstention=0, result="adopted")
    assert vote.as_data() == VOTE


@pytest.mark.parametrize(
    ("envelope", "expected"),
    [
        ({}, ("kind_unknown", "kind-unknown", "kind")),
        ({"kind": None}, ("kind_unknown", "kind-unknown", "kind")),
        ({"kind": 3}, ("kind_unknown", "kind-unknown", "kind")),
        ({"kind": ["update.posted"]}, ("kind_unknown", "kind-unknown", "kind")),
        ({"kind": "agenda.set"}, ("kind_unknown", "kind-unknown", "kind")),
        ({"kind": "update.posted "}, ("kind_unknown", "kind-unknown", "kind")),
        ({**POST, "author": "me"}, ("entry_ill_formed", "field-unknown", "author")),
        ({**POST, "seq": 3}, ("entry_ill_formed", "field-unknown", "seq")),
        ({**POST, "": 3}, ("entry_ill_formed", "field-unknown", "")),
        ({**POST, "item": 3}, ("entry_ill_formed", "field-type", "item")),
        ({**POST, "item": {}}, ("entry_ill_formed", "field-type", "item")),
        ({**POST, "at": 1700000000}, ("entry_ill_formed", "field-type", "at")),
        ({**POST, "at": "yesterday"}, ("time_unreadable", "time-unreadable", "at")),
        ({**POST, "at": "2026-11-20T09:00:00"}, ("time_unreadable", "time-unreadable", "at")),
        ({**POST, "seen": "3"}, ("entry_ill_formed", "field-type", "seen")),
        ({**POST, "seen": True}, ("entry_ill_formed", "field-type", "seen")),
        ({**POST, "seen": -1}, ("entry_ill_formed", "field-type", "seen")),
        ({**POST, "seen": 1.0}, ("entry_ill_formed", "field-type", "seen")),
        ({**POST, "seen": 2**53}, ("entry_ill_formed", "number-range", "seen")),
        ({**POST, "data": None}, ("entry_ill_formed", "field-type", "data")),
        ({**POST, "data": []}, ("entry_ill_formed", "field-type", "data")),
        ({**POST, "data": "text"}, ("entry_ill_formed", "field-type", "data")),
        ({"kind": "update.posted"}, ("entry_ill_formed", "field-missing", "data.text")),
        ({**POST, "data": {"text": 3}}, ("entry_ill_formed", "field-type", "data.text")),
        ({**POST, "data": {"text": None}}, ("entry_ill_formed", "field-type", "data.text")),
        ({**POST, "data": {"text": "a", "html": "b"}}, ("entry_ill_formed", "field-unknown", "data.html")),
        ({**POST, "data": {"text": "a", "channels": "x"}}, ("entry_ill_formed", "field-type", "data.channels")),
        ({**POST, "data": {"text": "a", "channels": ["x", 1]}}, ("entry_ill_formed", "field-type", "data.channels[1]")),
        ({**POST, "data": {"text": "a\ud800"}}, ("text_character", "text-character", "data.text")),
        ({**POST, "item": "\udfff"}, ("text_character", "text-character", "item")),
        ({**POST, "data": {"channels": ["\udc00"]}}, ("text_character", "text-character", "data.channels[0]")),
        ({**POST, "data": {"text": 1e300}}, ("entry_ill_formed", "number-range", "data.text")),
        ({**POST, "data": {"text": float("nan")}}, ("entry_ill_formed", "field-type", "data.text")),
        ({**POST, "data": {"text": float("inf")}}, ("entry_ill_formed", "number-range", "data.text")),
        ({"kind": "vote.recorded", "data": {**VOTE, "for": True}}, ("entry_ill_formed", "field-type", "data.for")),
        ({"kind": "vote.recorded", "data": {**VOTE, "for": "1"}}, ("entry_ill_formed", "field-type", "data.for")),
        ({"kind": "vote.recorded", "data": {**VOTE, "for": 1.5}}, ("entry_ill_formed", "field-type", "data.for")),
        ({"kind": "vote.recorded", "data": {**VOTE, "result": "?"}}, ("entry_ill_formed", "field-type", "data.result")),
        ({"kind": "vote.recorded", "data": {**VOTE, "ballot": "x"}}, ("entry_ill_formed", "field-type", "data.ballot")),
    ],
)  # fmt: skip
def test_an_ill_formed_command_is_refused_with_its_place(envelope: Any, expected: tuple[str, str, str]) -> None:
    assert problem_of(envelope) == expected


def test_a_lone_surrogate_is_refused_as_a_name_too() -> None:
    assert problem_of({**POST, "data": {"\ud800": 1}})[0] == "text_character"


def test_what_is_nested_too_deeply_is_refused() -> None:
    code, problem, _ = problem_of({**POST, "data": {"text": deep(MAX_DEPTH)}})
    assert (code, problem) == ("entry_ill_formed", "json-deep")
    code, problem, _ = problem_of({**POST, "data": {"text": deep(500)}})
    assert (code, problem) == ("entry_ill_formed", "json-deep")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("a\ud800\x00é", max_size=3),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text("ab\udfff", max_size=2), children),
    max_leaves=6,
)
envelopes = st.fixed_dictionaries(
    {"kind": st.sampled_from([*COMMANDS, "agenda.set"])},
    optional={"item": json_values, "at": json_values, "seen": json_values, "data": json_values, "x": json_values},
)


@given(envelopes)
def test_whatever_is_sent_is_read_or_refused_with_a_problem(envelope: Any) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        command, _ = read_envelope(envelope)
    except InputError as error:
        command, problems = None, error.problems
    assert len(problems) == 1 if command is None else command.kind == envelope["kind"]


@pytest.mark.parametrize("key", ["k", " ", "~" * 255, '{"a": "b"}'])
def test_an_idempotency_key_is_printable_ascii(key: str) -> None:
    assert check_key(key) == key


@pytest.mark.parametrize("key", ["", "~" * 256, "é", "a\n", "a\x00", "\x7f", "a\tb"])
def test_another_key_is_refused(key: str) -> None:
    with pytest.raises(InputError) as caught:
        check_key(key)
    assert caught.value.code == "idempotency_key_form"
    assert caught.value.problems == (Problem.of("idempotency-key-form", "Idempotency-Key"),)


def test_every_kind_of_entry_is_documented() -> None:
    page = (Path(__file__).parents[3] / "docs/entries.md").read_text("utf-8")
    assert sorted(kind for kind in COMMANDS if f"`{kind}`" not in page) == []
