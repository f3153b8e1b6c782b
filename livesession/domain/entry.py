"""An entry: one fact in the thread, and the forms in which others see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from livesession.domain.agenda import Agenda
from livesession.domain.ids import AccountId, EntryId, ItemId, Pos, Seq
from livesession.domain.item_correction import public_correction
from livesession.domain.times import write_instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One fact, committed.

    ``at`` is when it happened, ``recorded_at`` when it was committed. ``data`` and ``salt`` are
    None once the text was erased by order of law. ``salt``, ``digest``, ``prev`` and ``hash``
    are lower-case hex (see ``thread/chain.py``).
    """

    seq: Seq
    pos: Pos | None
    id: EntryId
    kind: str
    item: ItemId | None
    at: datetime
    recorded_at: datetime
    author: AccountId | None
    data: Mapping[str, Any] | None
    salt: str | None
    digest: str
    prev: str
    hash: str

    def facts(self) -> dict[str, Any]:
        """What the digest covers: all but salt, digest, prev and hash."""
        return {
            "seq": self.seq,
            "pos": self.pos,
            "id": self.id,
            "kind": self.kind,
            "item": self.item,
            "at": write_instant(self.at),
            "recorded_at": write_instant(self.recorded_at),
            "author": self.author,
            "data": None if self.data is None else dict(self.data),
        }

    def as_json(self) -> dict[str, Any]:
        """The entry whole, for the record and for accounts that may see it."""
        return {**self.facts(), "salt": self.salt, "digest": self.digest, "prev": self.prev, "hash": self.hash}

    def as_public_json(self) -> dict[str, Any]:
        """What any reader may see: neither author, nor ``seq``, nor what is closed in an agenda."""
        form: dict[str, Any] = {"id": self.id, "kind": self.kind, "item": self.item, "at": write_instant(self.at)}
        if self.data is None:
            return {**form, "data": {}, "erased": True}
        return {**form, "data": public_data(self.kind, self.data)}


def public_data(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The part of an entry's data that is public."""
    if kind == "agenda.set":
        return Agenda.from_json(data).as_json(public=True)
    if kind == "item.added" and data.get("public_title") is not None:
        return {**data, "title": data["public_title"]}
    if kind == "item.corrected":
        return public_correction(data)
    if kind == "decision.released":
        # The id of the vote would tell when it was taken behind closed doors.
        return {name: value for name, value in data.items() if name != "vote"}
    # Which networks a post goes to is the clerk's concern; no reader needs it.
    return {name: value for name, value in data.items() if name != "channels"}
