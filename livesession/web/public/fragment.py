"""A sitting as plain HTML for somebody else's site to set into its own pages: no script, no style, no page."""

from aiohttp import web

from livesession.i18n import language_of, words
from livesession.web.public.pages import public_view, sitting_facts
from livesession.web.public.plain import plain
from livesession.web.public.showing import Showing
from livesession.web.public.window import wanted_of, window_of
from livesession.web.rendering import language_for, render
from livesession.web.requests import query_number
from livesession.web.services import services

ENTRIES = 20
"""Entries of a fragment where no number is asked for."""

MOST = 100

MAX_AGE = 15
"""Seconds that a site may show the same again: it asks for its visitors, not each of them."""


async def fragment(request: web.Request) -> web.Response:
    held = services(request)
    room = await held.hub.room(request.match_info["slug"])
    state = room.state
    language = language_for(request) if "lang" in request.query else state.agenda.language
    said = words(language_of(language))
    showing = Showing(state, said)
    window = window_of(await public_view(held.log, room), wanted_of(request.query, state), showing, said)
    limit = min(query_number(request, "limit", ENTRIES, least=1) or ENTRIES, MOST)
    context = {
        "sitting": sitting_facts(room, state),
        "state": state.summary(),
        "showing": showing,
        "entries": [(entry, plain(entry, showing, said)) for entry in window.entries[:limit]],
        "page": f"{held.base_url}/s/{room.slug}",
    }
    response = await render(request, "public/fragment.html", context, language=language)
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/s/{slug}/fragment", fragment)]
