"""How entries hang together: what became of a motion, who voted for whom, which items are taken together."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from livesession.domain.assembly import MemberId
from livesession.domain.attendance import attendance
from livesession.domain.ids import EntryId, ItemId
from livesession.domain.sitting import State, VoteOutcome
from livesession.domain.vote import CHOICES
from livesession.i18n import Words
from livesession.telling import named, vote_numbers, vote_result


def vote_on(state: State, motion: str) -> VoteOutcome | None:
    """The vote that decided a motion, as it holds: the last one where there were several."""
    votes = [vote for vote in state.votes.values() if vote.data.get("motion") == motion]
    return max(votes, key=lambda vote: vote.seq, default=None)


def motion_subject(state: State, data: Mapping[str, Any], said: Words) -> str | None:
    """What a vote on a motion was on: « Amendement : Porter de 7 à 9 »; None where that is not known."""
    motion = state.motions.get(EntryId(data.get("motion", "")))
    if motion is None or motion.title is None:
        return None
    message = f"entry-vote-on-{motion.type}"
    kind = said(message if said.has(message) else "entry-vote-on-motion")
    return said("minutes-motion-subject", kind=kind, title=motion.title)


def by_proxy(state: State, item: ItemId | None, at: datetime) -> dict[MemberId, str]:
    """Whose voice another gave at an instant, with the name of who gave it. Empty where nobody gave a proxy."""
    if not any(fact.proxies for fact in state.attendance_facts):
        return {}
    voices = state.electorate(item, attendance(state.attendance_facts, until=at))
    return {voice: str(state.assembly.named(by)["name"]) for voice, by in voices.items() if voice != by}


def names_by_choice(
    data: Mapping[str, Any], held: Mapping[MemberId, str], said: Words
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names of a public ballot by what they did, each with its group and with who gave the voice, where known."""
    for choice in CHOICES:
        people = data.get("votes", {}).get(choice)
        if people:
            yield (
                said(f"entry-choice-{choice}".replace("_", "-")),
                tuple(_voice(one, held.get(MemberId(one.get("id", ""))), said) for one in people),
            )


def _voice(person: Mapping[str, Any], holder: str | None, said: Words) -> str:
    name = named(person, said)
    return name if holder is None else said("minutes-voice-of", name=name, holder=holder)


def beside(entry: str, kind: str, data: Mapping[str, Any], state: State, said: Words) -> list[str]:
    """What else belongs to an event, in sentences: what it led to, and the items it is about."""
    match kind:
        case "motion.tabled":
            return [*_amends(data, state, said), *_fate(entry, state, said)]
        case "item.joined":
            return [said("minutes-joined", items=_numbers(data.get("items", ()), state, said))]
        case "item.reordered":
            after = data.get("after")
            if after is None:
                return [said("minutes-moved-first")]
            return [said("minutes-moved-after", item=_numbers([after], state, said))]
        case "speech.begun" if data.get("allotted"):
            return [said("minutes-allotted", time=_lasting(int(data["allotted"])))]
    return []


def speech_lasted(begun: datetime, ended: datetime, said: Words) -> str:
    """How long a speech took: « A parlé 4:05. »"""
    return said("minutes-spoke", time=_lasting(max(0, int((ended - begun).total_seconds()))))


def _lasting(seconds: int) -> str:
    """Minutes and seconds: ``5:00``."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def _fate(entry: str, state: State, said: Words) -> Iterator[str]:
    vote, motion = vote_on(state, entry), state.motions.get(EntryId(entry))
    if vote is not None:
        result, numbers = vote_result(vote.data, said), vote_numbers(vote.data, said)
        yield said("minutes-motion-voted", result=result, numbers=numbers)
    elif motion is not None and motion.withdrawn:
        yield said("minutes-motion-withdrawn")


def _amends(data: Mapping[str, Any], state: State, said: Words) -> Iterator[str]:
    amended = state.motions.get(EntryId(data.get("amends", "")))
    if amended is not None and amended.title is not None:
        yield said("minutes-motion-amends", title=amended.title)


def _numbers(items: Any, state: State, said: Words) -> str:
    """Items by their number; by their title where they have none, as far as the reader may know it."""
    found = [state.items.get(ItemId(item)) for item in items]
    known = [item.number or item.shown_title or said("minutes-item-closed") for item in found if item is not None]
    return ", ".join(known)
