"""Folding a log into the document: the public one out of public forms only, the whole one out of all."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from livesession.domain.agenda import AgendaItem
from livesession.domain.assembly import MemberId
from livesession.domain.attendance import KINDS as ATTENDANCE
from livesession.domain.attendance import attendance
from livesession.domain.entry import Entry
from livesession.domain.fold import Fact, PublicFact, evolve
from livesession.domain.ids import EntryId, ItemId
from livesession.domain.sitting import ClosedPart, State
from livesession.minutes.document import (
    ClosedDoors,
    Correction,
    Event,
    Head,
    Line,
    Mark,
    Period,
    Presence,
    Record,
    Section,
    Update,
    Vote,
    VoteCorrection,
)
from livesession.minutes.relations import by_proxy
from livesession.telling import TOLD


def public_record(entries: Iterable[Entry], slug: str, head: Head) -> Record:
    """What any reader may have: made of public entries in their public form, so nothing else can slip in."""
    facts = [PublicFact.of(entry.pos, entry.as_public_json()) for entry in entries if entry.pos is not None]
    return _compile(facts, slug, head, whole=False)


def whole_record(entries: Iterable[Entry], slug: str, head: Head) -> Record:
    """The whole record, for accounts that may read it; what is restricted is marked."""
    return _compile(list(entries), slug, head, whole=True)


def _compile(facts: Sequence[Fact], slug: str, head: Head, *, whole: bool) -> Record:
    course = _Course(whole)
    amended = _Amendments()
    for fact in facts:
        course.follow(fact)
        amended.note(fact)
    state = course.state
    lines: dict[ItemId | None, list[tuple[datetime, int, Line]]] = defaultdict(list)
    for fact in facts:
        if (line := _line(fact, state, amended)) is not None:
            # What stands on an item the agenda does not have is kept all the same, with the sitting's own.
            place = fact.item if fact.item in state.items else None
            lines[place].append((fact.at, fact.seq, line))
    agenda = state.agenda

    def of(place: ItemId | None) -> tuple[Line, ...]:
        return tuple(line for _, _, line in sorted(lines[place], key=lambda found: found[:2]))

    def sections(items: Iterable[AgendaItem], depth: int = 1) -> Iterator[Section]:
        for item in items:
            yield _section(item, depth, course.periods[item.id], of(item.id))
            yield from sections(item.items, depth + 1)

    return Record(
        slug=slug,
        title=agenda.title,
        assembly=state.assembly.name or agenda.assembly,
        location=agenda.location,
        starts=None if agenda.starts is None else datetime.fromisoformat(agenda.starts),
        timezone=agenda.timezone,
        language=agenda.language,
        public=agenda.public,
        whole=whole,
        status=state.status,
        opened_at=state.opened_at,
        closed_at=state.closed_at,
        suspensions=tuple(course.suspensions),
        closed_parts=tuple(Period(part.begun, part.ended) for part in state.closed_parts),
        lines=of(None),
        sections=tuple(sections(agenda.items)),
        head=head,
        presence=_presence(course),
        decisions=tuple(state.decisions()),
        state=state,
    )


def _presence(course: "_Course") -> Presence | None:
    """Who was there at any time; who left early stays present, with the minute among the lines."""
    state = course.state
    if not state.attendance_facts or not state.assembly.members:
        return None
    known = state.assembly.members

    def names(ids: Container[MemberId]) -> tuple[str, ...]:
        return tuple(_name(state.assembly.named(member.id)) for member in known if member.id in ids)

    present = course.present
    # A proxy whose holder never came carried no voice.
    held = present & state.assembly.by_id.keys()
    represented = {giver: to for giver, to in course.represented.items() if to in held}
    excused = {
        member.id
        for member in known
        if state.attendance.presence.get(member.id) == "excused" and member.id not in present
    }
    away = {member.id for member in known} - present - excused - represented.keys()
    pairs = [
        (member.id, represented[member.id]) for member in known if member.id in represented and member.id not in present
    ]
    return Presence(
        president=None if state.president is None else _name(state.president),
        secretaries=tuple(_name(person) for person in state.secretaries),
        present=names(present),
        represented=tuple((_name(state.assembly.named(who)), _name(state.assembly.named(by))) for who, by in pairs),
        excused=names(excused - represented.keys()),
        absent=names(away),
    )


def _name(person: Mapping[str, str]) -> str:
    beside = person.get("group") or person.get("role")
    return f"{person['name']} ({beside})" if beside else person["name"]


def _section(item: AgendaItem, depth: int, periods: Sequence[Period], lines: tuple[Line, ...]) -> Section:
    return Section(
        id=item.id,
        depth=depth,
        number=item.number,
        # A closed item's public form carries the title the public may read, or none.
        title=item.title or None,
        kind=item.kind,
        public=item.public,
        rapporteur=item.rapporteur,
        documents=item.documents,
        periods=tuple(periods),
        lines=lines,
    )


class _Course:
    """The course of the sitting: which item was open when, and when the sitting paused."""

    def __init__(self, whole: bool) -> None:
        self.state = State()
        self.periods: dict[ItemId, list[Period]] = defaultdict(list)
        self.suspensions: list[Period] = []
        self.present: set[MemberId] = set()
        self.represented: dict[MemberId, MemberId] = {}
        self._whole = whole

    def follow(self, fact: Fact) -> None:
        before, self.state = self.state, evolve(self.state, fact)
        if fact.kind in ATTENDANCE or fact.kind in ("member.corrected", "closed_part.ended"):
            self._follow_attendance(fact.kind)
        # The end of a closed part tells the public where the sitting is, not since when.
        told = self._whole or fact.kind != "closed_part.ended"
        at = fact.at if told else None
        if before.current != self.state.current:
            if before.current is not None:
                _end(self.periods[before.current], at)
            if self.state.current is not None:
                self.periods[self.state.current].append(Period(at))
        if (before.status == "suspended") != (self.state.status == "suspended"):
            if before.status == "suspended":
                _end(self.suspensions, at)
            else:
                self.suspensions.append(Period(at))

    def _follow_attendance(self, kind: str) -> None:
        if kind == "member.corrected":
            # Who was noted wrongly was not there after all: gone through anew.
            facts = self.state.attendance_facts
            there = [attendance(facts[: count + 1]) for count in range(len(facts))]
            self.present = set().union(*(each.present for each in there))
        self.present |= self.state.attendance.present
        self.represented |= self.state.attendance.proxies


def _end(periods: list[Period], at: datetime | None) -> None:
    periods[-1] = Period(periods[-1].begun, at)


@dataclass(slots=True)
class _Amendments:
    """What later entries say of an earlier one, by its id."""

    corrections: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    retractions: dict[str, Mark] = field(default_factory=dict)
    erasures: dict[str, Mark] = field(default_factory=dict)
    ends: dict[str, datetime] = field(default_factory=dict)
    _speaking: str | None = None

    def note(self, fact: Fact) -> None:
        if fact.kind == "speech.begun":
            # Who takes the floor ends the speech before; what else ends one says nothing of when its words ended.
            if self._speaking is not None:
                self.ends[self._speaking] = fact.at
            self._speaking = fact.id
        elif fact.kind.startswith(("speech.ended", "item.", "sitting.", "closed_part.")):
            self._speaking = None
        named = (fact.data or {}).get("entry")
        if not isinstance(named, str):
            return
        if fact.kind in ("update.corrected", "vote.corrected"):
            self.corrections[named].append(fact)
        elif fact.kind == "update.retracted":
            self.retractions[named] = _mark(fact)
        elif fact.kind == "update.erased":
            self.erasures[named] = _mark(fact)
        elif fact.kind == "speech.ended":
            self.ends[named] = fact.at

    def chain(self, entry: EntryId, first: str) -> Iterator[Correction]:
        """The corrections of a text, each from the wording before it."""
        before = first
        for fact in self.corrections[entry]:
            data = fact.data or {}
            after = str(data.get("text", ""))
            yield Correction(
                at=fact.at, before=before, after=after, reason=data.get("reason"), restricted=fact.pos is None
            )
            before = after


def _mark(fact: Fact) -> Mark:
    return Mark(fact.at, (fact.data or {}).get("reason"), fact.pos is None)


def _line(fact: Fact, state: State, amended: _Amendments) -> Line | None:
    if fact.kind == "update.posted":
        return _update(fact, amended)
    if fact.data is None:
        # That something stood here, and that the law had it erased, stays legible.
        return _erased(fact, amended) if fact.kind in TOLD else None
    if fact.kind == "closed_part.begun":
        return _closed_doors(fact, fact.data, state.closed_parts)
    if fact.kind in ("vote.recorded", "decision.released"):
        return _vote(fact, fact.data, state, amended)
    return _event(fact, fact.data, amended) if fact.kind in TOLD else None


def _event(fact: Fact, data: Mapping[str, Any], amended: _Amendments) -> Event:
    corrections = tuple(amended.chain(fact.id, str(data.get("text", "")))) if fact.kind == "motion.tabled" else ()
    return Event(
        id=fact.id,
        at=fact.at,
        kind=fact.kind,
        data={**data, "text": corrections[-1].after} if corrections else data,
        corrections=corrections,
        ended=amended.ends.get(fact.id),
        retracted=amended.retractions.get(fact.id),
        restricted=fact.pos is None,
    )


def _erased(fact: Fact, amended: _Amendments) -> Update:
    return Update(id=fact.id, at=fact.at, text=None, erasure=amended.erasures.get(fact.id), restricted=fact.pos is None)


def _update(fact: Fact, amended: _Amendments) -> Update:
    if fact.data is None or fact.id in amended.erasures:
        return _erased(fact, amended)
    first = str(fact.data.get("text", ""))
    corrections = tuple(amended.chain(fact.id, first))
    return Update(
        id=fact.id,
        at=fact.at,
        text=corrections[-1].after if corrections else first,
        quote=fact.data.get("quote"),
        images=tuple(str(image["alt"]) for image in fact.data.get("media", ())),
        corrections=corrections,
        retracted=amended.retractions.get(fact.id),
        restricted=fact.pos is None,
    )


def _closed_doors(fact: Fact, data: Mapping[str, Any], parts: Iterable[ClosedPart]) -> ClosedDoors:
    ended = next((part.ended for part in parts if part.seq == fact.seq), None)
    return ClosedDoors(id=fact.id, at=fact.at, ended=ended, data=data, restricted=fact.pos is None)


def _vote(fact: Fact, data: Mapping[str, Any], state: State, amended: _Amendments) -> Vote:
    corrections = []
    for later in amended.corrections[fact.id]:
        given = later.data or {}
        corrections.append(
            VoteCorrection(at=later.at, before=data, reason=given.get("reason"), restricted=later.pos is None)
        )
        data = {name: value for name, value in given.items() if name not in ("entry", "reason")}
    return Vote(
        id=fact.id,
        at=fact.at,
        data=data,
        corrections=tuple(corrections),
        # Who gave whose voice behind closed doors was not said when the decision was released.
        proxies=by_proxy(state, fact.item, fact.at) if "votes" in data and fact.kind == "vote.recorded" else {},
        retracted=amended.retractions.get(fact.id),
        restricted=fact.pos is None,
        released=fact.kind == "decision.released",
    )
