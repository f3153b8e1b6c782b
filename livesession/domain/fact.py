"""What the fold reads of an entry: the whole one, or its public form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from livesession.domain.ids import EntryId, ItemId, Pos, Seq
from livesession.domain.sitting import State
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


Change = Callable[[State, Fact, Mapping[str, Any]], State]
"""How one kind of entry changes a state: the state before, the entry, its data (empty where it was erased)."""
