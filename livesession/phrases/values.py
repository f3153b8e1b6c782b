"""What a phrase may say: the sitting as it stands, in words, and nothing that the public may not read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from livesession.domain.agenda import AgendaItem
from livesession.domain.assembly import MemberId
from livesession.domain.sitting import State
from livesession.i18n import Words
from livesession.telling import named, vote_numbers, vote_result


@dataclass(frozen=True, slots=True)
class _Clock:
    words: Words
    zone: str

    def __call__(self, moment: datetime | None) -> str | None:
        if moment is None:
            return None
        hour, minute = self.words.time(moment, self.zone).split(":")
        # « 18 h 05 », as French minutes have it; the space must not break.
        return f"{int(hour)}\u00a0h\u00a0{minute}" if self.words.language == "fr" else f"{hour}:{minute}"


def values_of(state: State, words: Words, now: datetime) -> dict[str, Any]:
    """Every name that a template may use, for a sitting at an instant. None stands for what is not known."""
    agenda, zone = state.agenda, state.agenda.timezone
    clock = _Clock(words, zone)
    starts = None if agenda.starts is None else datetime.fromisoformat(agenda.starts)
    quorum = state.quorum(state.current)
    present = [member.id for member in state.assembly.members if member.id in state.attendance.present]
    excused = [member.id for member in state.assembly.members if state.attendance.presence.get(member.id) == "excused"]
    away = {*present, *excused}
    return {
        "sitting": {
            "title": agenda.title,
            "assembly": state.assembly.name or agenda.assembly,
            "place": agenda.location,
            "hashtag": agenda.hashtag,
            "date": None if starts is None else words.date(starts, zone),
            "starts": clock(starts),
            "status": state.status,
            "opened": clock(state.opened_at),
            "closed": clock(state.closed_at),
            "second_call": state.second_call,
        },
        "time": clock(now),
        "date": words.date(now, zone),
        "president": None if state.president is None else named(state.president, words),
        "secretaries": [named(each, words) for each in state.secretaries],
        "item": _item(None if state.current is None else state.items.get(state.current)),
        "next": _item(_next(state)),
        "quorum": None if quorum is None else {**quorum.as_json(), "waived": quorum.waived},
        "present": _names(state, present, words),
        "excused": _names(state, excused, words),
        "absent": _names(state, [each.id for each in state.assembly.members if each.id not in away], words)
        if state.attendance_facts
        else [],
        "proxies": [
            {"giver": _name(state, giver, words), "holder": _name(state, holder, words)}
            for giver, holder in state.attendance.proxies.items()
        ],
        "speaker": None if state.speech is None else named(state.speech.speaker, words),
        "vote": _vote(state, words),
    }


def _item(item: AgendaItem | None) -> dict[str, Any] | None:
    if item is None:
        return None
    # A closed item's own title and rapporteur stay inside, also in a sentence that is filled in by itself.
    return {
        "number": item.number or None,
        "title": item.shown_title,
        "rapporteur": item.rapporteur if item.public else None,
        "public": item.public,
    }


def _next(state: State) -> AgendaItem | None:
    """The first item that is still to come, behind the one being debated where there is one."""
    order = [item for item in state.agenda.walk() if item.kind != "heading"]
    current = next((index for index, item in enumerate(order) if item.id == state.current), -1)
    later = [*order[current + 1 :], *order[: current + 1]]
    return next((item for item in later if state.item_status(item.id) == "to_come"), None)


def _name(state: State, member: MemberId, words: Words) -> str:
    return named(state.assembly.named(member), words) if member in state.assembly.by_id else str(member)


def _names(state: State, members: list[MemberId], words: Words) -> list[str]:
    return [_name(state, member, words) for member in members]


def _vote(state: State, words: Words) -> dict[str, Any] | None:
    if state.last_vote is None:
        return None
    data: Mapping[str, Any] = state.last_vote.data
    item = None if state.last_vote.item is None else state.items.get(state.last_vote.item)
    return {
        "item": _item(item),
        "subject": data.get("subject") or data.get("title"),
        "result": vote_result(data, words),
        "numbers": vote_numbers(data, words),
        "for": data.get("for"),
        "against": data.get("against"),
        "abstention": data.get("abstention"),
    }
