"""The fold of what later entries do to earlier ones: correct, retract, pin, erase."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from livesession.domain.fact import Change, Fact
from livesession.domain.ids import EntryId
from livesession.domain.sitting import Motion, State


def amended(state: State, data: Mapping[str, Any], **changes: Any) -> State:
    """The state with a change to what is known of the entry that ``data`` names."""
    named = state.entries.get(EntryId(data.get("entry", "")))
    if named is None:
        return state
    return replace(state, entries=state.entries.set(EntryId(data["entry"]), replace(named, **changes)))


def corrected(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    """The state after an entry that says what the one it names should have said."""
    named = state.entries.get(EntryId(data.get("entry", "")))
    if named is None:
        return state
    return amended(state, data, amended_by=(*named.amended_by, fact.id))


def _update_retracted(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    entry = EntryId(data.get("entry", ""))
    state = amended(_without(state, entry), data, retracted=True)
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
        state = amended(_without(state, name), {"entry": name}, erased=True, third_party=False, amended_by=())
    return replace(state, rev=state.rev + 1)


def _without_pin(state: State, entry: object) -> State:
    return replace(state, pinned=None) if state.pinned == entry else state


def _update_pinned(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return replace(state, pinned=EntryId(data["entry"]))


def _update_unpinned(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return _without_pin(state, data.get("entry"))


CHANGES: dict[str, Change] = {
    "update.corrected": corrected,
    "update.retracted": _update_retracted,
    "update.erased": _update_erased,
    "update.pinned": _update_pinned,
    "update.unpinned": _update_unpinned,
}
"""The kinds of entry that this module folds."""
