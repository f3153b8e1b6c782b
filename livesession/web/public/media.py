"""The images of the public thread: there for as long as a public entry shows them."""

from aiohttp import web

from livesession.errors import NotFoundError
from livesession.web.services import services

CACHE = "public, max-age=600"
"""An erasure is seen everywhere within ten minutes."""


async def image(request: web.Request) -> web.Response:
    held = services(request)
    room = await held.hub.room(request.match_info["slug"])
    identity = request.match_info["id"]
    shown = [
        known
        for entry in await held.media.named_by(room.id, identity)
        if (known := room.state.entries.get(entry)) is not None and not known.retracted and not known.erased
    ]
    found = await held.media.get(room.id, identity) if shown else None
    if found is None:
        raise NotFoundError("media_unknown")
    tag = f'"{found.id}"'
    headers = {"Cache-Control": CACHE, "ETag": tag}
    if request.headers.get("If-None-Match") == tag:
        return web.Response(status=304, headers=headers)
    return web.Response(body=found.content, content_type=found.type, headers=headers)


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/s/{slug}/media/{id:[0-9a-f]{32}}", image)]
