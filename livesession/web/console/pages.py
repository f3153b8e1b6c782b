"""The console's pages: the sittings, and one sitting."""

from datetime import datetime
from typing import Any

from aiohttp import web

from livesession.desk.policy import may, require
from livesession.i18n import Words
from livesession.thread.log import SittingRow
from livesession.web.console.login import HOME, person
from livesession.web.console.offline import mark
from livesession.web.console.scripts import preloads, script_url, script_words
from livesession.web.rendering import language_for, render, static_url, words_of
from livesession.web.services import services


async def to_home(request: web.Request) -> web.StreamResponse:
    raise web.HTTPSeeOther(HOME)


async def sittings(request: web.Request) -> web.StreamResponse:
    account = await person(request)
    require(account.role, "read_record")
    rows = await services(request).log.sittings(rehearsals=True)
    context = {
        "account": account,
        "sittings": [_listed(row, words_of(request)) for row in rows],
        "may_create": may(account.role, "create_sitting"),
        "may_channels": may(account.role, "channels"),
        "reports": await services(request).reports.count() if may(account.role, "post") else None,
        "data": {
            "account": {"id": account.id, "name": account.name, "role": account.role},
            "mayPost": may(account.role, "post"),
            "words": script_words(language_for(request)),
            "language": language_for(request),
        },
        "script": script_url("sittings.js"),
    }
    response = await render(request, "console/sittings.html", context)
    mark(response, account.id)
    return response


def _listed(row: SittingRow, words: Words) -> dict[str, Any]:
    # The day as the convocation gave it: its offset is the council's own, whatever the zone of whoever looks.
    day = None if row.starts is None else datetime.fromisoformat(row.starts).date()
    return {
        "id": row.id,
        "slug": row.slug,
        "title": row.title,
        "assembly": row.assembly,
        "day": "" if day is None else words.day(day),
        "status": row.status,
        "rehearsal": row.rehearsal,
    }


async def sitting(request: web.Request) -> web.StreamResponse:
    account = await person(request)
    require(account.role, "read_record")
    row = await services(request).log.sitting(request.match_info["slug"], rehearsals=True)
    language = language_for(request)
    context = {
        "account": account,
        "sitting": _listed(row, words_of(request)),
        "may_post": may(account.role, "post"),
        "may_create": may(account.role, "create_sitting"),
        "script": script_url("main.js"),
        "preloads": preloads("main.js"),
        "panels": [script_url("presence.js"), script_url("fairness.js")],
        "data": {
            "slug": row.slug,
            "sitting": row.id,
            "rehearsal": row.rehearsal,
            "account": {"id": account.id, "name": account.name, "role": account.role},
            "mayPost": may(account.role, "post"),
            "mayReview": may(account.role, "deliveries"),
            "language": language,
            "icons": static_url("icons.svg"),
            "words": script_words(language) | (_rehearsed(words_of(request)) if row.rehearsal else {}),
        },
    }
    response = await render(request, "console/sitting.html", context)
    mark(response, account.id)
    return response


def _rehearsed(words: Words) -> dict[str, str]:
    """What the lamp says of a rehearsal in place of "public": nothing of it is."""
    return {"lamp-public": words("rehearsal"), "lamp-public-note": words("rehearsal-lamp-note")}


async def wipe(request: web.Request) -> web.StreamResponse:
    """Delete a rehearsal, and go back to the list."""
    account = await person(request)
    await services(request).desk.wipe(request.match_info["slug"], account)
    raise web.HTTPSeeOther(HOME)


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [
        web.get("/console", to_home),
        web.get("/console/", sittings),
        web.get("/console/s/{slug}", sitting),
        web.post("/console/s/{slug}/wipe", wipe),
    ]
