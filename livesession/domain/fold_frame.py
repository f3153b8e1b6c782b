"""The fold of the frame: the agenda and its items, the sitting's steps, the doors."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from immutables import Map

from livesession.domain.agenda import Agenda, AgendaItem, agenda_with, moved_item
from livesession.domain.assembly import Assembly
from livesession.domain.fact import Change, Fact
from livesession.domain.fold_room import fold_attendance
from livesession.domain.ids import ItemId
from livesession.domain.item_correction import corrected_agenda
from livesession.domain.sitting import ClosedPart, State


def _agenda_set(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return _with_agenda(state, Agenda.from_json(data))


def _assembly_set(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, assembly=Assembly.from_json(data))


def _sitting_opened(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, status="open", opened_at=fact.at, second_call=bool(data.get("second_call")))


def _sitting_suspended(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, status="suspended", speech=None)


def _sitting_resumed(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, status="open")


def _sitting_closed(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, status="closed", closed_at=fact.at, current=None, current_since=None, speech=None)


def _sitting_reopened(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, status="open", closed_at=None)


def _item_opened(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    # Opening an item closes the one that was open: one gesture of the clerk, one entry.
    assert fact.item is not None, "item.opened names its item"
    opened = state.opened_items.set(fact.item, True)
    aside = state.set_aside.delete(fact.item) if fact.item in state.set_aside else state.set_aside
    state = replace(state, current=fact.item, current_since=fact.at, opened_items=opened, set_aside=aside)
    return replace(state, speech=None, speakers=())


def _item_closed(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    if fact.item != state.current:
        return state
    return replace(state, current=None, current_since=None, speech=None, speakers=())


def _item_set_aside(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    assert fact.item is not None, "the entry names its item"
    state = _item_closed(state, fact, data)
    how: Literal["postponed", "withdrawn"] = "postponed" if fact.kind == "item.postponed" else "withdrawn"
    return replace(state, set_aside=state.set_aside.set(fact.item, how))


def _item_added(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    if fact.item is None or not data:
        return state
    item = AgendaItem(
        id=fact.item,
        number=data.get("number", ""),
        title=data.get("title", ""),
        public=data.get("public", True),
        public_title=data.get("public_title"),
        rapporteur=data.get("rapporteur"),
    )
    after = data.get("after")
    agenda = agenda_with(state.agenda, item, None if after is None else ItemId(after))
    information = state.information_only | {item.id} if data.get("information_only") else state.information_only
    return replace(_with_agenda(state, agenda), information_only=information)


def _item_reordered(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    assert fact.item is not None, "the entry names its item"
    after = data.get("after")
    return _with_agenda(state, moved_item(state.agenda, fact.item, None if after is None else ItemId(after)))


def _item_corrected(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    assert fact.item is not None, "the entry names its item"
    rev = state.rev + 1 if data.get("erased") else state.rev
    return replace(_with_agenda(state, corrected_agenda(state.agenda, fact.item, data)), rev=rev)


def _item_joined(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    assert fact.item is not None, "the entry names its item"
    return replace(state, joined=state.joined.update(dict.fromkeys(data.get("items", ()), fact.item)))


def _with_agenda(state: State, agenda: Agenda) -> State:
    return replace(state, agenda=agenda, items=Map({item.id: item for item in agenda.walk()}))


def _closed_part_begun(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    # Who speaks and who waits is said anew once the doors are open: readers see nothing of what moves meanwhile.
    state = replace(state, speech=None, speakers=())
    return replace(state, closed_parts=(*state.closed_parts, ClosedPart(fact.seq, fact.at)))


def _closed_part_ended(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    # It also says where the sitting is, because readers saw nothing of what moved meanwhile.
    state = replace(state, speech=None, speakers=())
    if state.in_closed_part:
        ended = replace(state.closed_parts[-1], ended=fact.at, ended_seq=fact.seq)
        state = replace(state, closed_parts=(*state.closed_parts[:-1], ended))
    if "status" in data:
        state = replace(state, status=data["status"])
    if "members" in data:
        state = fold_attendance(state, fact, data)
    if fact.item == state.current:
        return state
    if fact.item is None:
        return replace(state, current=None, current_since=None)
    return _item_opened(state, fact, data)


CHANGES: dict[str, Change] = {
    "agenda.set": _agenda_set,
    "assembly.set": _assembly_set,
    "sitting.opened": _sitting_opened,
    "sitting.suspended": _sitting_suspended,
    "sitting.resumed": _sitting_resumed,
    "sitting.closed": _sitting_closed,
    "sitting.reopened": _sitting_reopened,
    "item.opened": _item_opened,
    "item.closed": _item_closed,
    "item.postponed": _item_set_aside,
    "item.withdrawn": _item_set_aside,
    "item.added": _item_added,
    "item.reordered": _item_reordered,
    "item.joined": _item_joined,
    "item.corrected": _item_corrected,
    "closed_part.begun": _closed_part_begun,
    "closed_part.ended": _closed_part_ended,
}
"""The kinds of entry that this module folds."""
