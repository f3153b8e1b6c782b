"""For the president's desk: the sitting at a glance, to read from two metres; and on paper, if all else fails."""

from datetime import datetime
from typing import Any

from aiohttp import web

from livesession.domain.sitting import State
from livesession.domain.times import write_instant
from livesession.i18n import Words
from livesession.telling import named, quorum_told, vote_numbers, vote_result
from livesession.web.api.sittings import answer
from livesession.web.console.login import person
from livesession.web.console.offline import mark
from livesession.web.console.scripts import script_url, script_words
from livesession.web.rendering import language_for, render, words_of
from livesession.web.security import allowed
from livesession.web.services import services

NEXT = 3
"""Items still to come that fit on the screen."""


async def show(request: web.Request) -> web.StreamResponse:
    account = await person(request)
    await allowed(request, "read_record")
    held = services(request)
    row = await held.log.sitting(request.match_info["slug"], rehearsals=True)
    state = await held.log.state(row.id)
    context = {
        "account": account,
        "sitting": {"slug": row.slug, "title": row.title, "rehearsal": row.rehearsal},
        "shown": desk_form(state, words_of(request)),
        "script": script_url("president.js"),
        "data": {
            "slug": row.slug,
            "seq": row.seq,
            "timezone": state.agenda.timezone,
            "language": language_for(request),
            "words": script_words(language_for(request)),
        },
    }
    return await render(request, "console/president.html", context)


async def shown(request: web.Request) -> web.Response:
    """The same as JSON, for the page that follows."""
    await allowed(request, "read_record")
    held = services(request)
    row = await held.log.sitting(request.match_info["slug"], rehearsals=True)
    return answer(desk_form(await held.log.state(row.id), words_of(request)))


def desk_form(state: State, words: Words) -> dict[str, Any]:
    """What the president needs to see, in words. Behind a login: a closed item has its own title here."""
    item = None if state.current is None else state.items.get(state.current)
    found = state.quorum(state.current)
    vote = state.last_vote
    speech = state.speech
    on = None if vote is None or vote.item is None else state.items.get(vote.item)
    coming = [
        f"{each.number} {each.title}".strip()
        for each in state.agenda.walk()
        if each.kind != "heading" and state.item_status(each.id) == "to_come"
    ]
    status = "closed-part" if state.in_closed_part else state.status
    return {
        "status": status,
        "status_words": words("president-open-now" if status == "open" else f"president-{status}"),
        "number": "" if item is None else item.number,
        "title": words("president-no-item") if item is None else item.title,
        "rapporteur": "" if item is None else item.rapporteur or "",
        "since": None if state.current_since is None else write_instant(state.current_since),
        "speaker": words("president-nobody") if speech is None else named(speech.speaker, words),
        "speaking_since": None if speech is None else write_instant(speech.since),
        "allotted": None if speech is None else speech.allotted,
        "speakers": [named(each, words) for each in state.speakers],
        "quorum": words("president-quorum-unknown") if found is None else quorum_told(found.as_json(), words),
        "quorum_met": found is None or found.met,
        "vote_on": "" if vote is None else str(vote.data.get("subject") or (on.number + " " + on.title if on else "")),
        "vote": words("president-no-vote") if vote is None else vote_result(vote.data, words),
        "vote_numbers": "" if vote is None else vote_numbers(vote.data, words),
        "next": coming[:NEXT],
    }


async def sheet(request: web.Request) -> web.StreamResponse:
    """The agenda and the members on paper, with boxes to go on by hand."""
    account = await person(request)
    await allowed(request, "read_record")
    held = services(request)
    row = await held.log.sitting(request.match_info["slug"], rehearsals=True)
    state = await held.log.state(row.id)
    words = words_of(request)
    agenda = state.agenda
    starts = None if agenda.starts is None else datetime.fromisoformat(agenda.starts)
    context = {
        "account": account,
        "sitting": {"slug": row.slug, "title": row.title, "rehearsal": row.rehearsal},
        "agenda": agenda,
        "assembly": state.assembly,
        "when": "" if starts is None else words.date_time(starts, agenda.timezone),
        "items": [(item, state.item_status(item.id)) for item in agenda.walk()],
        "members": [
            (member, state.assembly.named(member.id).get("group", ""), state.attendance.presence.get(member.id))
            for member in state.assembly.members
        ],
        "quorum": state.quorum(None),
    }
    response = await render(request, "console/sheet.html", context)
    mark(response, account.id)
    return response


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [
        web.get("/console/s/{slug}/president", show),
        web.get("/console/s/{slug}/president.json", shown),
        web.get("/console/s/{slug}/sheet", sheet),
    ]
