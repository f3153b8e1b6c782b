"""The fold of the room: who is there, who presides, who speaks."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from immutables import Map

from livesession.domain import attendance
from livesession.domain.attendance import AttendanceFact, fact_of, in_order
from livesession.domain.fact import Change, Fact
from livesession.domain.fold_entries import amended, corrected
from livesession.domain.ids import EntryId
from livesession.domain.sitting import Speech, State
from livesession.domain.times import read_instant


def fold_attendance(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    """The state after an entry that says something about who is there."""
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
    return corrected(state, fact, data)


def _president_named(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, president=_first(data))


def _secretary_named(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, secretaries=tuple(Map(member) for member in data.get("members", ())))


def _first(data: Mapping[str, Any]) -> "Map[str, str] | None":
    return next((Map(member) for member in data.get("members", ())), None)


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
        state = amended(state, {"entry": fact.id}, third_party=True)
        return replace(state, speech=speech)
    return replace(state, speech=speech, speakers=_waiting_without(state, [speaker]))


def _speech_ended(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, speech=None)


CHANGES: dict[str, Change] = {
    **dict.fromkeys(attendance.KINDS, fold_attendance),
    "member.corrected": _member_corrected,
    "president.named": _president_named,
    "secretary.named": _secretary_named,
    "speech.requested": _speech_requested,
    "speech.waived": _speech_waived,
    "speech.begun": _speech_begun,
    "speech.ended": _speech_ended,
}
"""The kinds of entry that this module folds."""
