"""The fold: how each kind of entry changes the state. Unknown kinds change nothing but the counters."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from immutables import Map

from livesession.domain.agenda import Agenda
from livesession.domain.ids import EntryId, ItemId, Pos, Seq
from livesession.domain.sitting import ClosedPart, EntryRef, State, VoteOutcome
from livesession.domain.times import read_instant


class Fact(Protocol):
    """What the fold reads of an entry; an :class:`~livesession.domain.entry.Entry` is one."""

    @property
    def seq(self) -> Seq: ...
    @property
    def pos(self) -> Pos | None: ...
    @property
    def id(self) -> EntryId: ...
    @property
    def kind(self) -> str: ...
    @property
    def item(self) -> ItemId | None: ...
    @property
    def at(self) -> datetime: ...
    @property
    def data(self) -> Mapping[str, Any] | None: ...


@dataclass(frozen=True, slots=True)
class PublicFact:
    """A public entry as a reader folds it: its place in the public thread is the only one it has."""

    seq: Seq
    pos: Pos | None
    id: EntryId
    kind: str
    item: ItemId | None
    at: datetime
    data: Mapping[str, Any] | None

    @classmethod
    def of(cls, pos: Pos, entry: Mapping[str, Any]) -> "PublicFact":
        """From an entry's public form."""
        return cls(
            seq=Seq(pos),
            pos=pos,
            id=EntryId(entry["id"]),
            kind=entry["kind"],
            item=entry["item"],
            at=read_instant(entry["at"]),
            data=None if entry.get("erased") else entry["data"],
        )


def fold(facts: Iterable[Fact], state: State | None = None) -> State:
    """The state after ``facts``, in order, on top of ``state``."""
    state = State() if state is None else state
    for fact in facts:
        state = evolve(state, fact)
    return state


def evolve(state: State, fact: Fact) -> State:
    """The state after one more entry."""
    reference = EntryRef(fact.seq, fact.pos, fact.kind, fact.item, erased=fact.data is None)
    state = replace(
        state,
        seq=fact.seq,
        pos=state.pos if fact.pos is None else fact.pos,
        entries=state.entries.set(fact.id, reference),
    )
    change = _CHANGES.get(fact.kind)
    return state if change is None else change(state, fact, fact.data or {})


Change = Callable[[State, Fact, Mapping[str, Any]], State]


def _agenda_set(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    agenda = Agenda.from_json(data)
    return replace(state, agenda=agenda, items=Map({item.id: item for item in agenda.walk()}))


def _assembly_set(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, assembly=Map(data))


def _sitting_opened(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, status="open", opened_at=fact.at)


def _sitting_suspended(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, status="suspended")


def _sitting_resumed(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, status="open")


def _sitting_closed(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, status="closed", closed_at=fact.at, current=None, current_since=None)


def _sitting_reopened(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, status="open", closed_at=None)


def _item_opened(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    # Opening an item closes the one that was open: one gesture of the clerk, one entry.
    assert fact.item is not None, "item.opened names its item"
    opened = state.opened_items.set(fact.item, True)
    return replace(state, current=fact.item, current_since=fact.at, opened_items=opened)


def _item_closed(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    if fact.item != state.current:
        return state
    return replace(state, current=None, current_since=None)


def _closed_part_begun(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, closed_parts=(*state.closed_parts, ClosedPart(fact.seq, fact.at)))


def _closed_part_ended(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    # It also says where the sitting is, because readers saw nothing of what moved meanwhile.
    if state.in_closed_part:
        ended = replace(state.closed_parts[-1], ended=fact.at, ended_seq=fact.seq)
        state = replace(state, closed_parts=(*state.closed_parts[:-1], ended))
    if "status" in data:
        state = replace(state, status=data["status"])
    if fact.item == state.current:
        return state
    if fact.item is None:
        return replace(state, current=None, current_since=None)
    return _item_opened(state, fact, data)


def _amended(state: State, data: Mapping[str, Any], **changes: Any) -> State:
    named = state.entries.get(EntryId(data.get("entry", "")))
    if named is None:
        return state
    return replace(state, entries=state.entries.set(EntryId(data["entry"]), replace(named, **changes)))


def _update_corrected(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    named = state.entries.get(EntryId(data.get("entry", "")))
    if named is None:
        return state
    return _amended(state, data, amended_by=(*named.amended_by, fact.id))


def _update_retracted(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return _amended(_without_pin(state, data.get("entry")), data, retracted=True)


def _update_erased(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    for name in (data.get("entry"), *data.get("also", ())):
        # The texts that amended it go too: a fold that never saw them must come to the same state.
        state = _amended(_without_pin(state, name), {"entry": name}, erased=True, amended_by=())
    return replace(state, rev=state.rev + 1)


def _without_pin(state: State, entry: object) -> State:
    return replace(state, pinned=None) if state.pinned == entry else state


def _update_pinned(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, pinned=EntryId(data["entry"]))


def _update_unpinned(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return _without_pin(state, data.get("entry"))


def _vote_recorded(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, last_vote=VoteOutcome(fact.id, fact.item, fact.at, Map(data)))


_CHANGES: dict[str, Change] = {
    "agenda.set": _agenda_set,
    "assembly.set": _assembly_set,
    "sitting.opened": _sitting_opened,
    "sitting.suspended": _sitting_suspended,
    "sitting.resumed": _sitting_resumed,
    "sitting.closed": _sitting_closed,
    "sitting.reopened": _sitting_reopened,
    "item.opened": _item_opened,
    "item.closed": _item_closed,
    "closed_part.begun": _closed_part_begun,
    "closed_part.ended": _closed_part_ended,
    "update.corrected": _update_corrected,
    "update.retracted": _update_retracted,
    "update.erased": _update_erased,
    "update.pinned": _update_pinned,
    "update.unpinned": _update_unpinned,
    "vote.recorded": _vote_recorded,
}
