"""Who may see an entry: decided once, at append, by :func:`is_public`.

Not public is what is recorded or was written in a closed part, what is on a closed item, and
what names an entry that is not public (CGCT L2121-18, L3121-11, L4132-10 for closed parts).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from livesession.domain.ids import EntryId, ItemId
from livesession.domain.item_correction import changes_of
from livesession.domain.sitting import State

NOW = datetime.max.replace(tzinfo=UTC)
"""An instant in no closed part that has ended: what "now" is before anything is recorded."""

_DOORS = frozenset({"closed_part.begun", "closed_part.ended"})
_FRAME = frozenset({"agenda.set", "assembly.set", "sitting.opened", "sitting.suspended", "sitting.resumed"}) | {
    "sitting.closed",
    "sitting.reopened",
}
"""What stays public of a sitting that is held behind closed doors as a whole: that it takes place."""


def is_public(state: State, kind: str, item: ItemId | None, at: datetime, data: Mapping[str, Any]) -> bool:
    """Whether an entry about to be appended to ``state`` belongs to the public thread."""
    if kind in _DOORS:
        # That the doors close, and that they open again, is what the public must see.
        return state.agenda.public or state.seq == 0
    if kind == "agenda.set":
        return True
    if kind == "decision.released":
        # The doors hide the discussion, not the decision (CE 27 April 1994, Rancé): it comes out once they are open.
        return not state.in_closed_part
    if kind == "item.added" and not data.get("public", True):
        return False
    if kind == "item.corrected":
        # Of a closed item too everybody reads the number and the public title, and of no other what stays inside.
        if all(name in data.get("internal", ()) for name in changes_of(data)):
            return False
        item = None
    if not state.agenda.public and kind not in _FRAME:
        return False
    if state.in_closed_part or any(part.covers(at) for part in state.closed_parts):
        return False
    if item is not None and (known := state.items.get(item)) is not None and not known.public:
        return False
    return all(_names_public(state, name) for name in (data.get("entry"), *data.get("also", ())) if name is not None)


def _names_public(state: State, entry: str) -> bool:
    named = state.entries.get(EntryId(entry))
    return named is None or named.pos is not None
