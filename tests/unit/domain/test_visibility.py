"""Who may see an entry, rule by rule."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from livesession.domain.ids import EntryId, ItemId, Pos, Seq
from livesession.domain.sitting import ClosedPart, EntryRef, State
from livesession.domain.visibility import is_public
from tests.clock import NINE
from tests.sittings import PureThread, agenda

TEN = NINE + timedelta(hours=1)
OPEN = PureThread().state
AFTER = replace(OPEN, closed_parts=(ClosedPart(Seq(3), NINE, TEN),))
WITHIN = replace(OPEN, closed_parts=(ClosedPart(Seq(3), NINE),))
WHOLLY_CLOSED = PureThread(agenda(public=False)).state
SHOWN = EntryId("shown")
HIDDEN = EntryId("hidden")
REFERENCES = OPEN.entries.set(SHOWN, EntryRef(Seq(3), Pos(3), "update.posted", None)).set(
    HIDDEN, EntryRef(Seq(4), None, "update.posted", None)
)


def public(state: State, kind: str = "update.posted", item: str | None = None, at: datetime = TEN, **data: Any) -> bool:
    return is_public(state, kind, None if item is None else ItemId(item), at, data)


@pytest.mark.parametrize(("item", "expected"), [(None, True), ("budget", True), ("unknown", True), ("closed", False)])
def test_what_is_on_a_closed_item_is_not_public(item: str | None, expected: bool) -> None:
    assert public(OPEN, item=item) is expected
    assert public(OPEN, "vote.recorded", item) is expected


def test_what_is_on_a_part_of_a_closed_item_is_not_public() -> None:
    assert public(OPEN, item="closed-part") is False


@pytest.mark.parametrize("kind", ["update.posted", "vote.recorded", "item.opened", "sitting.suspended", "unheard.of"])
def test_nothing_recorded_in_a_closed_part_is_public(kind: str) -> None:
    assert public(WITHIN, kind) is False
    assert public(WITHIN, kind, at=NINE - timedelta(days=1)) is False


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (NINE - timedelta(milliseconds=1), True),
        (NINE, False),
        (TEN - timedelta(milliseconds=1), False),
        (TEN, True),
    ],
)
def test_what_was_written_in_a_closed_part_is_not_public_even_afterwards(at: datetime, expected: bool) -> None:
    assert public(AFTER, at=at) is expected


@pytest.mark.parametrize("kind", ["closed_part.begun", "closed_part.ended"])
def test_the_doors_themselves_are_public(kind: str) -> None:
    assert public(OPEN, kind) is True
    assert public(WITHIN, kind) is True
    assert public(WHOLLY_CLOSED, kind) is False


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({"entry": SHOWN}, True),
        ({"entry": HIDDEN}, False),
        ({"entry": "unknown"}, True),
        ({"entry": SHOWN, "also": [SHOWN]}, True),
        ({"entry": SHOWN, "also": [SHOWN, HIDDEN]}, False),
    ],
)
def test_what_names_an_entry_that_is_not_public_is_not_public(names: dict[str, Any], expected: bool) -> None:
    assert public(replace(OPEN, entries=REFERENCES), "update.corrected", **names) is expected


def test_of_a_wholly_closed_sitting_only_the_frame_is_public() -> None:
    frame = ["opened", "suspended", "resumed", "closed", "reopened"]
    assert [public(WHOLLY_CLOSED, f"sitting.{step}") for step in frame] == [True] * 5
    assert public(WHOLLY_CLOSED, "agenda.set") is True
    assert [public(WHOLLY_CLOSED, kind, "budget") for kind in ("update.posted", "item.opened", "vote.recorded")] == [
        False, False, False,
    ]  # fmt: skip
