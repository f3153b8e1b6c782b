"""Channels by API: which kinds of entry go to which, and what each may cost; never their secrets."""

from aiohttp import web

from livesession.errors import InputError, Problem
from livesession.relay.compose import KINDS
from livesession.relay.connections import Connection
from livesession.web.api.sittings import answer
from livesession.web.requests import read_object
from livesession.web.security import allowed
from livesession.web.services import services

_BUDGETS = ("budget_sitting", "budget_month")


def channel_form(connection: Connection) -> dict[str, object]:
    """A channel as programs may see it. ``carries`` is null where everything goes there."""
    return {
        "id": connection.id,
        "name": connection.name,
        "network": connection.network,
        "enabled": connection.enabled,
        "carries": None if connection.carries is None else sorted(connection.carries),
        "budget_sitting": connection.budget_sitting,
        "budget_month": connection.budget_month,
    }


async def list_channels(request: web.Request) -> web.Response:
    await allowed(request, "read_record")
    known = await services(request).connections.all()
    return answer({"kinds": sorted(KINDS), "channels": [channel_form(each) for each in known]})


async def set_channel(request: web.Request) -> web.Response:
    """Say which kinds of entry go to a channel (``carries``, null for all), and what it may cost.

    ``budget_sitting`` and ``budget_month`` are in thousandths of a dollar, null for no limit; what is not named stays.
    """
    await allowed(request, "channels")
    form = await read_object(request)
    connections, name = services(request).connections, request.match_info["name"]
    known = await connections.by_name(name)
    carries = form.get("carries")
    if (
        not form
        or not set(form) <= {"carries", *_BUDGETS}
        or not (carries is None or (isinstance(carries, list) and all(isinstance(kind, str) for kind in carries)))
    ):
        raise InputError("channel_kinds", [Problem.of("channel-kind", "carries", known=", ".join(sorted(KINDS)))])
    for place in _BUDGETS:
        if not isinstance(form.get(place), int | None) or isinstance(form.get(place), bool):
            raise InputError("channel_budget", [Problem.of("channel-budget", place)])
    if "carries" in form:
        known = await connections.set_carries(name, carries)
    if set(form) & set(_BUDGETS):
        sitting, month = (form.get(place, getattr(known, place)) for place in _BUDGETS)
        known = await connections.set_budget(name, sitting, month)
    return answer(channel_form(known))


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/api/v1/channels", list_channels), web.put("/api/v1/channels/{name}", set_channel)]
