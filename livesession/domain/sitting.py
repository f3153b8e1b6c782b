"""The state of a sitting: what its log says so far, and nothing else."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from immutables import Map

from livesession.domain.agenda import Agenda, AgendaItem
from livesession.domain.assembly import Assembly, MemberId
from livesession.domain.attendance import Attendance, AttendanceFact
from livesession.domain.ids import EntryId, ItemId, Pos, Seq
from livesession.domain.quorum import Quorum, quorum
from livesession.domain.times import write_instant

Status = Literal["scheduled", "open", "suspended", "closed"]
ItemStatus = Literal["to_come", "current", "done", "postponed", "withdrawn"]


@dataclass(frozen=True, slots=True)
class EntryRef:
    """What later commands need to know of an entry without its text.

    ``amended_by`` are the corrections that named it, oldest first; ``third_party`` says that it
    names somebody who is no member.
    """

    seq: Seq
    pos: Pos | None
    kind: str
    item: ItemId | None
    retracted: bool = False
    erased: bool = False
    third_party: bool = False
    amended_by: tuple[EntryId, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosedPart:
    """A span of the sitting behind closed doors; ``ended`` is None while it lasts.

    ``seq`` is the entry that began it, ``ended_seq`` the one that ended it.
    """

    seq: Seq
    begun: datetime
    ended: datetime | None = None
    ended_seq: Seq | None = None

    def covers(self, moment: datetime) -> bool:
        """Whether ``moment`` lies in it. Its first instant does, its last does not."""
        return self.begun <= moment and (self.ended is None or moment < self.ended)

    def unseen_by(self, seen: int) -> bool:
        """Whether it began, or ended, after the last ``seq`` an author had seen."""
        return self.seq > seen or (self.ended_seq is not None and self.ended_seq > seen)


@dataclass(frozen=True, slots=True)
class VoteOutcome:
    """A vote as it holds: its numbers and what they decided, after its correction if there was one."""

    seq: Seq
    entry: EntryId
    item: ItemId | None
    at: datetime
    data: Map[str, Any]

    @property
    def decision(self) -> int | None:
        """The number of the decision that this vote took, if it took one."""
        number: int | None = self.data.get("decision")
        return number

    def as_json(self) -> dict[str, Any]:
        """The vote as a page needs it at once: without who voted what, which its entry says."""
        shown = {name: value for name, value in self.data.items() if name not in ("votes", "quorum")}
        return {"entry": self.entry, "item": self.item, "at": write_instant(self.at), **shown}


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """What was tabled: a motion, an amendment, a vœu, a question, a request for a particular ballot.

    ``item`` is the item it is about; ``type`` and ``title`` are None once it was erased.
    """

    entry: EntryId
    item: ItemId | None
    type: str | None = None
    title: str | None = None
    reached: bool = True
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """Who has the floor. ``speaker`` is as an entry names one; ``allotted`` in seconds."""

    entry: EntryId
    speaker: Map[str, str]
    item: ItemId | None
    since: datetime
    allotted: int | None = None

    def as_json(self) -> dict[str, Any]:
        form: dict[str, Any] = {**self.speaker, "since": write_instant(self.since)}
        return form | ({"allotted": self.allotted} if self.allotted is not None else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A sitting after some entry. Immutable: a refused command leaves no trace.

    ``seq``, ``pos`` and ``rev`` (erasures so far) are those of the last entry folded.
    ``opened_items`` are the items that were open at some time, ``current`` the one that is.
    ``attendance_facts`` in the order of their time; ``speakers`` are those who asked for the floor.
    ``joined`` are items taken together with another; ``released`` the decisions of closed parts
    that were made public, by the entry that did.
    """

    seq: Seq = Seq(0)
    pos: Pos = Pos(0)
    rev: int = 0
    agenda: Agenda = field(default_factory=lambda: Agenda(title="", assembly=""))
    items: Map[ItemId, AgendaItem] = field(default_factory=Map)
    assembly: Assembly = field(default_factory=Assembly)
    status: Status = "scheduled"
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    current: ItemId | None = None
    current_since: datetime | None = None
    opened_items: Map[ItemId, bool] = field(default_factory=Map)
    closed_parts: tuple[ClosedPart, ...] = ()
    entries: Map[EntryId, EntryRef] = field(default_factory=Map)
    pinned: EntryId | None = None
    president: Map[str, str] | None = None
    secretaries: tuple[Map[str, str], ...] = ()
    second_call: bool = False
    attendance_facts: tuple[AttendanceFact, ...] = ()
    attendance: Attendance = field(default_factory=Attendance)
    votes: Map[EntryId, VoteOutcome] = field(default_factory=Map)
    last_vote: VoteOutcome | None = None
    last_decision: int = 0
    motions: Map[EntryId, Motion] = field(default_factory=Map)
    speech: Speech | None = None
    speakers: tuple[Map[str, str], ...] = ()
    set_aside: Map[ItemId, Literal["postponed", "withdrawn"]] = field(default_factory=Map)
    joined: Map[ItemId, ItemId] = field(default_factory=Map)
    information_only: frozenset[ItemId] = frozenset()
    released: Map[EntryId, VoteOutcome] = field(default_factory=Map)

    @property
    def in_closed_part(self) -> bool:
        """Whether the doors are closed now."""
        return bool(self.closed_parts) and self.closed_parts[-1].ended is None

    def item_status(self, item: ItemId) -> ItemStatus:
        """Where an item stands: not called yet, being debated, or done."""
        lead = self.joined.get(item, item)
        if lead == self.current:
            return "current"
        if (aside := self.set_aside.get(item)) is not None:
            return aside
        return "done" if lead in self.opened_items else "to_come"

    def quorum(self, item: ItemId | None = None) -> Quorum | None:
        """The quorum now; None where the members are not known, or nobody said who is there."""
        if not self.attendance_facts:
            return None
        return quorum(self.assembly, self.attendance, item, second_call=self.second_call)

    def electorate(self, item: ItemId | None, there: Attendance | None = None) -> dict[MemberId, MemberId]:
        """Whose voice can be given on an item now, and by whom; see :meth:`Attendance.electorate`."""
        voices = (there or self.attendance).electorate(item)
        return {voice: by for voice, by in voices.items() if voice in self.assembly.by_id and by in self.assembly.by_id}

    def decisions(self) -> list[VoteOutcome]:
        """Every decision of the sitting by its number, as it holds: the latest vote of each number."""
        latest: dict[int, VoteOutcome] = {}
        for vote in sorted([*self.votes.values(), *self.released.values()], key=lambda vote: vote.seq):
            if vote.decision is not None:
                latest[vote.decision] = vote
        return [latest[number] for number in sorted(latest)]

    def summary(self) -> dict[str, Any]:
        """What a page needs at once: the ``state`` of the WebSocket's ``hello``."""
        numbered = [item for item in self.items.values() if item.kind != "heading"]
        current = None
        if self.current is not None and (item := self.items.get(self.current)) is not None:
            current = {"id": item.id, "number": item.number, "opened_at": _instant(self.current_since)}
            if item.shown_title is not None:
                current["title"] = item.shown_title
            if item.public and item.rapporteur is not None:
                current["rapporteur"] = item.rapporteur
        return {
            "title": self.agenda.title,
            "assembly": self.assembly.name or self.agenda.assembly,
            "language": self.agenda.language,
            "timezone": self.agenda.timezone,
            "starts": self.agenda.starts,
            "location": self.agenda.location,
            "hashtag": self.agenda.hashtag,
            "public": self.agenda.public,
            "status": self.status,
            "closed_part": self.in_closed_part,
            "opened_at": _instant(self.opened_at),
            "closed_at": _instant(self.closed_at),
            "item": current,
            "items": {
                "total": len(numbered),
                "done": sum(1 for item in numbered if self.item_status(item.id) not in ("to_come", "current")),
            },
            "president": None if self.president is None else dict(self.president),
            "speaker": None if self.speech is None else self.speech.as_json(),
            "speakers": [dict(speaker) for speaker in self.speakers],
            "quorum": None if (found := self.quorum(self.current)) is None else found.as_json(),
            "last_vote": None if self.last_vote is None else self.last_vote.as_json(),
            "pinned": self.pinned,
        }


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else write_instant(moment)
