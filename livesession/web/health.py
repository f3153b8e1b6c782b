"""Whether the process lives, and whether it can do its work."""

from aiohttp import web

from livesession import __version__
from livesession.errors import LivesessionError
from livesession.web.services import services


async def healthz(request: web.Request) -> web.Response:
    return web.json_response({"status": "ok", "version": __version__})


async def readyz(request: web.Request) -> web.Response:
    """503 while the database cannot be read or its schema is not the one this program needs."""
    held = services(request)
    try:
        found, needed = await held.store.schema_version()
    except LivesessionError as error:
        return web.json_response({"status": "unready", "database": error.code}, status=503)
    if found != needed:
        return web.json_response(
            {"status": "unready", "database": "schema", "found": found, "needed": needed}, status=503
        )
    status = "stale" if held.hub.stale else "ready"
    return web.json_response({"status": status, "readers": held.seats.taken}, status=503 if held.hub.stale else 200)


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/healthz", healthz), web.get("/readyz", readyz)]
