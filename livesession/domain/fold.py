"""The fold: how each kind of entry changes the state. Unknown kinds change nothing but the counters."""

from collections.abc import Iterable
from dataclasses import replace

from livesession.domain import fold_entries, fold_frame, fold_room, fold_votes
from livesession.domain.fact import Change, Fact, PublicFact
from livesession.domain.sitting import EntryRef, State

__all__ = ["Fact", "PublicFact", "evolve", "fold"]

_CHANGES: dict[str, Change] = {
    **fold_frame.CHANGES,
    **fold_room.CHANGES,
    **fold_votes.CHANGES,
    **fold_entries.CHANGES,
}


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
