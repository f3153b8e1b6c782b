"""A form that corrects an entry begins with what the entry says now: only what was wrong is written anew."""

from collections.abc import Iterator, Mapping
from typing import Any

from multidict import MultiDict

from livesession.domain.ids import EntryId
from livesession.domain.sitting import State

_AS_THEY_ARE = (
    "subject", "matter", "motion", "ballot", "for", "against", "abstention", "not_voting", "blank", "null", "source",
    "majority", "of", "share", "round", "seats", "quorum_reason",
)  # fmt: skip


def prefilled(kind: str, entry: str, state: State) -> MultiDict[Any]:
    """What the form of ``kind`` holds before anybody typed: ``entry`` itself, and what it says."""
    if not entry:
        return MultiDict()
    return MultiDict([("entry", entry), ("vote", entry), *_PREFILLED.get(kind, _nothing)(entry, state)])


def _nothing(_entry: str, _state: State) -> Iterator[tuple[str, str]]:
    yield from ()


def _vote(entry: str, state: State) -> Iterator[tuple[str, str]]:
    vote = state.votes.get(EntryId(entry))
    if vote is None:
        return
    data: Mapping[str, Any] = vote.data
    by_name = "votes" in data
    for name in _AS_THEY_ARE:
        # A ballot by name is counted from its names: its numbers beside them would contradict a corrected name.
        if name in data and not (by_name and name in ("for", "against", "abstention", "not_voting", "blank", "null")):
            yield name, str(data[name])
    if "casting" in data:
        yield "result", str(data["result"])
    if data.get("secrecy_waived"):
        yield "secrecy_waived", "1"
    for choice, people in data.get("votes", {}).items():
        for person in people:
            yield f"votes.{person['id']}", choice
    for index, candidate in enumerate(data.get("candidates", ())):
        yield f"candidate-{index}", str(candidate["name"])
        yield f"candidate-{index}-voices", str(candidate["voices"])


def _attendance(entry: str, state: State) -> Iterator[tuple[str, str]]:
    for fact in state.attendance_facts:
        if fact.entry == entry:
            for member in fact.members:
                yield "members", member


_PREFILLED = {"vote.corrected": _vote, "member.corrected": _attendance}
