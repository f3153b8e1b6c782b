"""The document model of a record: what every format shows, and nothing of how it shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from livesession.domain.agenda import Document
from livesession.domain.assembly import MemberId
from livesession.domain.ids import EntryId, Epoch, ItemId
from livesession.domain.sitting import State, Status, VoteOutcome


@dataclass(frozen=True, slots=True)
class Head:
    """Where the log stood: the last entry's number and hash, and the epoch of its public positions."""

    seq: int
    hash: str
    epoch: Epoch


@dataclass(frozen=True, slots=True)
class Period:
    """A span of the sitting. A bound is None while it lies ahead, or where this reader was not told it."""

    begun: datetime | None
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """That a text was retracted or erased: when and, where somebody said so, why."""

    at: datetime
    reason: str | None
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One step from a text to the next; several of one text follow each other."""

    at: datetime
    before: str
    after: str
    reason: str | None
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A clerk's text as it reads now, with what became of it.

    ``text`` is None once it was erased, and then neither ``corrections`` nor ``retracted`` are
    kept: nothing of it is left but ``erasure``. ``erasure`` is None on an erased text only where
    the erasing entry lies beyond the head that was read. ``images`` are what its images show, in words: a
    record that lasts stands on words alone.
    """

    id: EntryId
    at: datetime
    text: str | None
    quote: Mapping[str, Any] | None = None
    images: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    retracted: Mark | None = None
    erasure: Mark | None = None
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteCorrection:
    """A vote as it had been recorded, until it was corrected."""

    at: datetime
    before: Mapping[str, Any]
    reason: str | None
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """A vote as it holds, with how it had been recorded before; ``data`` is as its entry has it.

    ``proxies`` are the members whose voice another gave, with that one's name, where it is known.
    """

    id: EntryId
    at: datetime
    data: Mapping[str, Any]
    corrections: tuple[VoteCorrection, ...] = ()
    proxies: Mapping[MemberId, str] = field(default_factory=dict)
    retracted: Mark | None = None
    restricted: bool = False
    released: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Anything else that happened: ``kind`` and ``data`` as its entry has them, a motion's text as it reads now.

    ``ended`` is when a speech ended, where somebody noted it.
    """

    id: EntryId
    at: datetime
    kind: str
    data: Mapping[str, Any]
    corrections: tuple[Correction, ...] = ()
    ended: datetime | None = None
    retracted: Mark | None = None
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDoors:
    """A closed part, as the public may know of it: from when to when; ``ended`` is None while it lasts."""

    id: EntryId
    at: datetime
    ended: datetime | None
    data: Mapping[str, Any] = field(default_factory=dict)
    restricted: bool = False


Line = Update | Vote | Event | ClosedDoors


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Who was there (CGCT L2121-15), each list in the order of the call; ``represented`` as (who, by whom)."""

    president: str | None
    secretaries: tuple[str, ...]
    present: tuple[str, ...]
    represented: tuple[tuple[str, str], ...]
    excused: tuple[str, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """An item of the agenda, or a heading (``kind``), with what was recorded on it, in time order.

    ``depth`` is 1 at the agenda's top. ``title`` is None where the reader may not know it.
    ``periods`` are the spans in which it was open.
    """

    id: ItemId
    depth: int
    number: str
    title: str | None
    kind: str
    public: bool
    rapporteur: str | None = None
    documents: tuple[Document, ...] = ()
    periods: tuple[Period, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What was recorded of a sitting, for the public or whole.

    ``whole`` is True where restricted entries are in it. ``lines`` are those on no item; the
    ``sections`` follow the agenda's order, headings included, parents before their children.
    ``presence`` is None where the members are not known; ``decisions`` are in the order of their numbers.
    ``state`` is the sitting at the head, which says what its entries led to.
    """

    slug: str
    title: str
    assembly: str
    location: str | None
    starts: datetime | None
    timezone: str
    language: str
    public: bool
    whole: bool
    status: Status
    opened_at: datetime | None
    closed_at: datetime | None
    suspensions: tuple[Period, ...]
    closed_parts: tuple[Period, ...]
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    head: Head
    presence: Presence | None = None
    decisions: tuple[VoteOutcome, ...] = ()
    state: State = field(default_factory=State, compare=False, repr=False)

    @property
    def day(self) -> date | None:
        """The council's day on which the sitting began, or is to begin; None where nobody said."""
        first = self.opened_at or self.starts
        return None if first is None else self.local(first).date()

    def local(self, moment: datetime) -> datetime:
        """``moment`` on the council's clock."""
        return moment.astimezone(ZoneInfo(self.timezone))
