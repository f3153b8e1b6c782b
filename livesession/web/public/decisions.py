"""The list of a sitting's decisions, as a page and as CSV: ready when the sitting closes.

The law gives a week (in communes CGCT L2121-25: date of the sitting and object of every decision
approved or refused). Public decisions only, and those of closed parts that were released.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web

from livesession.domain.sitting import State, VoteOutcome
from livesession.i18n import Words, language_of, words
from livesession.live.hub import Room
from livesession.telling import vote_result
from livesession.web.public.pages import sitting_facts, sitting_urls
from livesession.web.rendering import language_for, render
from livesession.web.services import services

COLUMNS = ("number", "item", "title", "result", "for", "against", "abstention", "not_voting", "ballot", "date", "time")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def _room(request: web.Request) -> Room:
    return await services(request).hub.room(request.match_info["slug"])


def _words(request: web.Request, state: State) -> Words:
    return words(language_for(request) if "lang" in request.query else language_of(state.agenda.language))


def decision_rows(state: State, said: Words) -> Iterator[Mapping[str, Any]]:
    """Each decision by its number, as a person reads it."""
    for vote in state.decisions():
        item = None if vote.item is None else state.items.get(vote.item)
        yield {
            "vote": vote,
            "number": vote.decision,
            "item": "" if item is None else item.number,
            "title": vote.data.get("title") or ("" if item is None else item.shown_title or ""),
            "result": vote_result(vote.data, said),
        }


async def page(request: web.Request) -> web.Response:
    room = await _room(request)
    said = _words(request, room.state)
    rule = room.state.assembly.rules.rules["decisions_days"]
    context = {
        "sitting": sitting_facts(room, room.state),
        "status": room.state.status,
        "opened_at": room.state.opened_at,
        "rows": list(decision_rows(room.state, said)),
        "law": None if rule.value is None else rule.article,
        "urls": sitting_urls(services(request).base_url, room.slug),
    }
    response = await render(request, "public/decisions.html", context, language=said.language)
    response.headers["Cache-Control"] = "no-cache"
    return response


async def table(request: web.Request) -> web.Response:
    room = await _room(request)
    state, said = room.state, _words(request, room.state)
    out = io.StringIO()
    # Semicolons and a byte order mark: what spreadsheets in French open without a question.
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([said(f"decisions-{name}".replace("_", "-")) for name in COLUMNS])
    for row in decision_rows(state, said):
        writer.writerow([_harmless(cell) for cell in _cells(row, row["vote"], state, said)])
    return web.Response(
        body=("\ufeff" + out.getvalue()).encode(),
        content_type="text/csv",
        charset="utf-8",
        headers={
            "Cache-Control": "no-cache",
            "Content-Disposition": f'attachment; filename="decisions-{room.slug}.csv"',
        },
    )


def _cells(row: Mapping[str, Any], vote: VoteOutcome, state: State, said: Words) -> Iterator[str]:
    yield str(row["number"])
    yield from (str(row["item"]), str(row["title"]), str(row["result"]))
    yield from (str(vote.data.get(name, "")) for name in ("for", "against", "abstention", "not_voting"))
    yield said("entry-ballot-" + str(vote.data.get("ballot", "show_of_hands")).replace("_", "-"))
    # Of what was decided behind closed doors the time of its release is all that is known.
    yield vote.at.astimezone(ZoneInfo(state.agenda.timezone)).date().isoformat()
    yield said.time(vote.at, state.agenda.timezone)


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/s/{slug}/decisions", page), web.get("/s/{slug}/decisions.csv", table)]
