"""The console's list of what readers reported as wrong."""

from aiohttp import web

from livesession.desk.policy import require
from livesession.web.console.login import person
from livesession.web.rendering import render
from livesession.web.services import services


async def show(request: web.Request) -> web.StreamResponse:
    account = await person(request)
    require(account.role, "post")
    held = services(request)
    found = []
    for report in await held.reports.waiting():
        room = await held.hub.room(report.slug)
        found.append((report, room.state.agenda.timezone))
    return await render(request, "console/reported.html", {"account": account, "reports": found})


async def settle(request: web.Request) -> web.StreamResponse:
    account = await person(request)
    require(account.role, "post")
    await services(request).reports.settle(request.match_info["report"])
    language = f"?lang={request.query['lang']}" if request.query.get("lang") in ("fr", "en") else ""
    raise web.HTTPSeeOther(f"/console/reports{language}")


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/console/reports", show), web.post("/console/reports/{report}/settle", settle)]
