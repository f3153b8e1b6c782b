"""Channels by API: which kinds of entry go to which; never their secrets."""

from aiohttp import web

from livesession.errors import InputError, Problem
from livesession.relay.compose import KINDS
from livesession.relay.connections import Connection
from livesession.web.api.sittings import answer
from livesession.web.requests import read_object
from livesession.web.security import allowed
from livesession.web.services import services


def channel_form(connection: Connection) -> dict[str, object]:
    """A channel as programs may see it. ``carries`` is null where everything goes there."""
    return {
        "id": connection.id,
        "name": connection.name,
        "network": connection.network,
        "enabled": connection.enabled,
        "carries": None if connection.carries is None else sorted(connection.carries),
    }


async def list_channels(request: web.Request) -> web.Response:
    await allowed(request, "read_record")
    known = await services(request).connections.all()
    return answer({"kinds": sorted(KINDS), "channels": [channel_form(each) for each in known]})


async def set_channel(request: web.Request) -> web.Response:
    """Say which kinds of entry go to a channel: a list of them, or null for all."""
    await allowed(request, "channels")
    form = await read_object(request)
    carries = form.get("carries")
    if set(form) != {"carries"} or not (
        carries is None or (isinstance(carries, list) and all(isinstance(kind, str) for kind in carries))
    ):
        raise InputError("channel_kinds", [Problem.of("channel-kind", "carries", known=", ".join(sorted(KINDS)))])
    return answer(channel_form(await services(request).connections.set_carries(request.match_info["name"], carries)))


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/api/v1/channels", list_channels), web.put("/api/v1/channels/{name}", set_channel)]
