"""The fold of what is proposed and decided: motions, votes, released decisions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from immutables import Map

from livesession.domain.fact import Change, Fact
from livesession.domain.fold_entries import corrected
from livesession.domain.ids import EntryId
from livesession.domain.sitting import Motion, State, VoteOutcome


def _vote_recorded(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    return _with_vote(state, VoteOutcome(fact.seq, fact.id, fact.item, fact.at, Map(data)))


def _vote_corrected(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    vote = state.votes.get(EntryId(data.get("entry", "")))
    if vote is None:
        return state
    kept = {name: value for name, value in data.items() if name not in ("entry", "reason")}
    return corrected(_with_vote(state, replace(vote, data=Map(kept))), fact, data)


def _with_vote(state: State, vote: VoteOutcome) -> State:
    # A correction of an older vote does not make it the last one again.
    last = vote if state.last_vote is None or vote.seq >= state.last_vote.seq else state.last_vote
    return replace(
        state,
        votes=state.votes.set(vote.entry, vote),
        last_vote=last,
        last_decision=max(state.last_decision, vote.decision or 0),
    )


def _decision_released(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    vote = VoteOutcome(fact.seq, fact.id, fact.item, fact.at, Map(data))
    return replace(state, released=state.released.set(fact.id, vote))


def _motion_tabled(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    motion = Motion(
        entry=fact.id,
        item=fact.item,
        type=data.get("type"),
        title=data.get("title"),
        reached=data.get("reached", True),
    )
    return replace(state, motions=state.motions.set(fact.id, motion))


def _motion_withdrawn(state: State, fact: Fact, data: Mapping[str, Any]) -> State:
    motion = state.motions.get(EntryId(data.get("entry", "")))
    if motion is None:
        return state
    return replace(state, motions=state.motions.set(motion.entry, replace(motion, withdrawn=True)))


CHANGES: dict[str, Change] = {
    "vote.recorded": _vote_recorded,
    "vote.corrected": _vote_corrected,
    "decision.released": _decision_released,
    "motion.tabled": _motion_tabled,
    "motion.withdrawn": _motion_withdrawn,
}
"""The kinds of entry that this module folds."""
