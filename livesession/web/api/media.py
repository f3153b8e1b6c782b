"""Images by API: sent in before the text they belong to, and looked at by clerks before they are public."""

import asyncio

from aiohttp import web

from livesession.errors import NotFoundError
from livesession.media.images import clean
from livesession.web.api.sittings import answer
from livesession.web.requests import read_file
from livesession.web.security import allowed
from livesession.web.services import services

_turns = asyncio.Semaphore(2)
"""Images that are decoded at once: each may take a few hundred megabytes."""


async def upload(request: web.Request) -> web.Response:
    """Keep an image for a sitting: 201 with its ``id``, which ``data.media`` of a text names with its ``alt``."""
    await allowed(request, "post")
    held = services(request)
    row = await held.log.sitting(request.match_info["slug"], rehearsals=True)
    content, _ = await read_file(request, "file")
    async with _turns:
        image = await asyncio.to_thread(clean, content)
    await held.media.put(row.id, image)
    body = {
        "id": image.id,
        "type": image.type,
        "width": image.width,
        "height": image.height,
        "size": len(image.content),
        "url": f"/api/v1/sittings/{row.slug}/media/{image.id}",
    }
    return answer(body, 201)


async def show(request: web.Request) -> web.Response:
    """An image as its clerks see it, be it public or not."""
    await allowed(request, "read_record")
    held = services(request)
    row = await held.log.sitting(request.match_info["slug"], rehearsals=True)
    found = await held.media.get(row.id, request.match_info["id"])
    if found is None:
        raise NotFoundError("media_unknown")
    return web.Response(body=found.content, content_type=found.type, headers={"Cache-Control": "private, no-store"})


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    all_of = "/api/v1/sittings/{slug}/media"
    return [web.post(all_of, upload), web.get(all_of + "/{id:[0-9a-f]{32}}", show)]
