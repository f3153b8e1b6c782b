"""The fold: how each kind of entry changes the state. Unknown kinds change nothing but the counters."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, Protocol

from immutables import Map

from livesession.domain import attendance
from livesession.domain.agenda import Agenda, AgendaItem, agenda_with, moved_item
from livesession.domain.assembly import Assembly
from livesession.domain.attendance import AttendanceFact, fact_of, in_order
from livesession.domain.ids import EntryId, ItemId, Pos, Seq
from livesession.domain.sitting import ClosedPart, EntryRef, Motion, Speech, State, VoteOutcome
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
        state = _attendance(state, fact, data)
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
    entry = EntryId(data.get("entry", ""))
    state = _amended(_without(state, entry), data, retracted=True)
    if entry not in state.votes:
        return state
    votes = state.votes.delete(entry)
    last = max(votes.values(), key=lambda vote: vote.seq, default=None)
    return replace(state, votes=votes, last_vote=last)


def _without(state: State, entry: EntryId) -> State:
    """Without what an entry that is taken back or erased had put there: a pin, a motion, who speaks."""
    state = _without_pin(state, entry)
    if (motion := state.motions.get(entry)) is not None:
        emptied = Motion(entry=entry, item=motion.item, withdrawn=motion.withdrawn)
        state = replace(state, motions=state.motions.set(entry, emptied))
    if state.speech is not None and state.speech.entry == entry:
        state = replace(state, speech=None)
    return state


def _update_erased(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    for name in (data.get("entry"), *data.get("also", ())):
        # The texts that amended it go too: a fold that never saw them must come to the same state.
        state = _amended(_without(state, name), {"entry": name}, erased=True, third_party=False, amended_by=())
    return replace(state, rev=state.rev + 1)


def _without_pin(state: State, entry: object) -> State:
    return replace(state, pinned=None) if state.pinned == entry else state


def _update_pinned(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, pinned=EntryId(data["entry"]))


def _update_unpinned(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return _without_pin(state, data.get("entry"))


def _vote_recorded(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return _with_vote(state, VoteOutcome(fact.seq, fact.id, fact.item, fact.at, Map(data)))


def _vote_corrected(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    vote = state.votes.get(EntryId(data.get("entry", "")))
    if vote is None:
        return state
    kept = {name: value for name, value in data.items() if name not in ("entry", "reason")}
    return _update_corrected(_with_vote(state, replace(vote, data=Map(kept))), fact, data)


def _with_vote(state: State, vote: VoteOutcome) -> State:
    # A correction of an older vote does not make it the last one again.
    last = vote if state.last_vote is None or vote.seq >= state.last_vote.seq else state.last_vote
    return replace(
        state,
        votes=state.votes.set(vote.entry, vote),
        last_vote=last,
        last_decision=max(state.last_decision, vote.decision or 0),
    )


def _decision_released(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    vote = VoteOutcome(fact.seq, fact.id, fact.item, fact.at, Map(data))
    return replace(state, released=state.released.set(fact.id, vote))


def _attendance(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    said = fact_of(fact.seq, fact.id, fact.kind, fact.item, fact.at, data)
    ordered = in_order((*state.attendance_facts, said))
    if ordered[-1] is said:
        # Nearly always: nothing before it need be gone through again.
        return replace(state, attendance_facts=ordered, attendance=attendance.after(state.attendance, said))
    return replace(state, attendance_facts=ordered, attendance=attendance.attendance(ordered))


def _member_corrected(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    entry = EntryId(data.get("entry", ""))

    def held(said: AttendanceFact) -> AttendanceFact:
        if said.entry != entry:
            return said
        right = fact_of(said.seq, entry, said.kind, said.item, fact.at, data)
        return replace(right, at=read_instant(data["time"]) if "time" in data else said.at)

    ordered = in_order(held(said) for said in state.attendance_facts)
    state = replace(state, attendance_facts=ordered, attendance=attendance.attendance(ordered))
    return _update_corrected(state, fact, data)


def _president_named(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, president=_first(data))


def _secretary_named(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, secretaries=tuple(Map(member) for member in data.get("members", ())))


def _first(data: Mapping[str, Any]) -> "Map[str, str] | None":
    return next((Map(member) for member in data.get("members", ())), None)


def _motion_tabled(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    motion = Motion(
        entry=fact.id,
        item=fact.item,
        type=data.get("type"),
        title=data.get("title"),
        reached=data.get("reached", True),
    )
    return replace(state, motions=state.motions.set(fact.id, motion))


def _motion_withdrawn(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    motion = state.motions.get(EntryId(data.get("entry", "")))
    if motion is None:
        return state
    return replace(state, motions=state.motions.set(motion.entry, replace(motion, withdrawn=True)))


def _speech_requested(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    asked = tuple(Map(member) for member in data.get("members", ()))
    return replace(state, speakers=(*_waiting_without(state, asked), *asked))


def _speech_waived(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, speakers=_waiting_without(state, [Map(member) for member in data.get("members", ())]))


def _waiting_without(state: State, named: Iterable["Map[str, str]"]) -> "tuple[Map[str, str], ...]":
    gone = {member["id"] for member in named}
    return tuple(waiting for waiting in state.speakers if waiting["id"] not in gone)


def _speech_begun(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    speaker = _first(data)
    if speaker is None:
        # Of an emptied entry nobody knows who spoke; whoever spoke before had ended.
        return replace(state, speech=None)
    speech = Speech(entry=fact.id, speaker=speaker, item=fact.item, since=fact.at, allotted=data.get("allotted"))
    if "id" not in speaker:
        state = _amended(state, {"entry": fact.id}, third_party=True)
        return replace(state, speech=speech)
    return replace(state, speech=speech, speakers=_waiting_without(state, [speaker]))


def _speech_ended(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, speech=None)


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
    "vote.corrected": _vote_corrected,
    "decision.released": _decision_released,
    "item.postponed": _item_set_aside,
    "item.withdrawn": _item_set_aside,
    "item.added": _item_added,
    "item.reordered": _item_reordered,
    "item.joined": _item_joined,
    "president.named": _president_named,
    "secretary.named": _secretary_named,
    **dict.fromkeys(attendance.KINDS, _attendance),
    "member.corrected": _member_corrected,
    "motion.tabled": _motion_tabled,
    "motion.withdrawn": _motion_withdrawn,
    "speech.requested": _speech_requested,
    "speech.waived": _speech_waived,
    "speech.begun": _speech_begun,
    "speech.ended": _speech_ended,
}
