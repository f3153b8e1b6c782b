"""The console's page of channels: which kinds of entry go to which. Whole without script."""

from aiohttp import web

from livesession.desk.policy import require
from livesession.relay.compose import KINDS
from livesession.web.console.login import person
from livesession.web.rendering import render
from livesession.web.services import services

FAMILIES = (
    ("update.posted", "update.corrected"),
    ("vote.recorded", "vote.corrected", "decision.released"),
    ("sitting.opened", "sitting.suspended", "sitting.resumed", "sitting.closed", "sitting.reopened"),
)
"""The order in which the page lists kinds; what is in none of them comes last."""


async def show(request: web.Request) -> web.StreamResponse:
    account = await person(request)
    require(account.role, "channels")
    listed = [kind for family in FAMILIES for kind in family if kind in KINDS]
    context = {
        "account": account,
        "channels": await services(request).connections.all(),
        "kinds": [*listed, *sorted(KINDS - set(listed))],
        "done": request.query.get("done"),
    }
    return await render(request, "console/channels.html", context)


async def keep(request: web.Request) -> web.StreamResponse:
    """Keep the boxes of one channel; all of them ticked is "everything", those still to come included."""
    account = await person(request)
    require(account.role, "channels")
    form = await request.post()
    chosen = {str(kind) for kind in form.getall("kind", [])}
    name = str(form.get("name", ""))
    await services(request).connections.set_carries(name, None if chosen == KINDS else sorted(chosen))
    raise web.HTTPSeeOther("/console/channels?done=1")


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/console/channels", show), web.post("/console/channels", keep)]
