"""Whether the process lives, and whether it can do its work."""

from aiohttp import web

from livesession import __version__
from livesession.errors import LivesessionError
from livesession.web.services import services

ROLE = web.AppKey("role", str)
"""What this process does."""


async def healthz(request: web.Request) -> web.Response:
    return web.json_response({"status": "ok", "version": __version__})


async def readyz(request: web.Request) -> web.Response:
    """503 while this process cannot do its work, with what keeps it from it.

    ``draining``: it ends. ``database``: it cannot be read, or written (a full disk, a standby), or has another schema.
    ``stale``: an edge that lost the database goes on serving what it has, so it stays ready and says so; for the
    other roles, whose work is to write, that is not ready. ``relay`` says whether this process is the one that posts,
    or waits to succeed it; both are ready.
    """
    held, role = services(request), request.app[ROLE]
    if held.hub.ended:
        return _answer("draining", 503)
    reading = role == "edge"
    try:
        found, needed = await held.store.schema_version()
        if not reading:
            await held.store.check_writable()
    except LivesessionError as error:
        serves = reading and len(held.hub) > 0
        return _answer("stale" if serves else "unready", 200 if serves else 503, database=error.code)
    if found != needed:
        return _answer("unready", 503, database="schema", found=found, needed=needed)
    if held.hub.stale:
        return _answer("stale", 200 if reading else 503)
    relay = {} if held.standing is None else {"relay": "active" if held.standing.active else "waiting"}
    return _answer("ready", 200, readers=held.seats.taken, **relay)


def _answer(status: str, code: int, **more: object) -> web.Response:
    return web.json_response({"status": status, **more}, status=code, headers={"Cache-Control": "no-store"})


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/healthz", healthz), web.get("/readyz", readyz)]
