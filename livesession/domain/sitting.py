"""The state of a sitting: what its log says so far, and nothing else."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from immutables import Map

from livesession.domain.agenda import Agenda, AgendaItem
from livesession.domain.ids import EntryId, ItemId, Pos, Seq
from livesession.domain.times import write_instant

Status = Literal["scheduled", "open", "suspended", "closed"]
ItemStatus = Literal["to_come", "current", "done"]


@dataclass(frozen=True, slots=True)
class EntryRef:
    """What later commands need to know of an entry without its text.

    ``amended_by`` are the corrections that named it, oldest first.
    """

    seq: Seq
    pos: Pos | None
    kind: str
    item: ItemId | None
    retracted: bool = False
    erased: bool = False
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
    """A vote as a page needs it at once: its numbers and what they decided."""

    entry: EntryId
    item: ItemId | None
    at: datetime
    data: Map[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"entry": self.entry, "item": self.item, "at": write_instant(self.at), **dict(self.data)}


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A sitting after some entry. Immutable: a refused command leaves no trace.

    ``seq``, ``pos`` and ``rev`` (erasures so far) are those of the last entry folded.
    ``opened_items`` are the items that were open at some time, ``current`` the one that is.
    """

    seq: Seq = Seq(0)
    pos: Pos = Pos(0)
    rev: int = 0
    agenda: Agenda = field(default_factory=lambda: Agenda(title="", assembly=""))
    items: Map[ItemId, AgendaItem] = field(default_factory=Map)
    assembly: Map[str, Any] = field(default_factory=Map)
    status: Status = "scheduled"
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    current: ItemId | None = None
    current_since: datetime | None = None
    opened_items: Map[ItemId, bool] = field(default_factory=Map)
    closed_parts: tuple[ClosedPart, ...] = ()
    entries: Map[EntryId, EntryRef] = field(default_factory=Map)
    pinned: EntryId | None = None
    last_vote: VoteOutcome | None = None

    @property
    def in_closed_part(self) -> bool:
        """Whether the doors are closed now."""
        return bool(self.closed_parts) and self.closed_parts[-1].ended is None

    def item_status(self, item: ItemId) -> ItemStatus:
        """Where an item stands: not called yet, being debated, or done."""
        if item == self.current:
            return "current"
        return "done" if item in self.opened_items else "to_come"

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
            "assembly": self.assembly.get("name") or self.agenda.assembly,
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
                "done": sum(1 for item in numbered if self.item_status(item.id) == "done"),
            },
            "speaker": None,
            "quorum": None,
            "last_vote": None if self.last_vote is None else self.last_vote.as_json(),
            "pinned": self.pinned,
        }


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else write_instant(moment)
