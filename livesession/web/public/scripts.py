"""The widget's scripts: at an address that follows every deployment, and at addresses whose bytes never change."""

import logging

from aiohttp import web

from livesession.desk.scripts import Scripts, version_of
from livesession.errors import UnavailableError
from livesession.web.public.face import widget_in
from livesession.web.public.files import FOR_GOOD
from livesession.web.services import Services, services
from livesession.web.widget import later_source

A_WHILE = "public, max-age=300, stale-while-revalidate=86400"
"""What follows deployments is asked for anew often enough."""

_KEPT: web.AppKey[set[str]] = web.AppKey("kept_scripts", set)
_log = logging.getLogger(__name__)


async def widget(request: web.Request) -> web.Response:
    """The script of today. ``Content-Location`` names the address that keeps these very bytes."""
    source = await _current(request)
    return _script(source, A_WHILE, {"Content-Location": f"/widget.{version_of(source)}.js"})


async def pinned(request: web.Request) -> web.Response:
    """The script of one version, whatever was deployed since."""
    return await _exactly(request, await _current(request))


async def later(request: web.Request) -> web.Response:
    """What the script of one version asks for after its first view."""
    await _current(request)
    return await _exactly(request, later_source().encode())


async def _current(request: web.Request) -> bytes:
    held = services(request)
    source = widget_in(await held.faces.current()).encode()
    await _keep(request.app[_KEPT], held, source)
    return source


async def _keep(known: set[str], held: Services, source: bytes) -> None:
    """Keep what is served, once in a process: what nobody was ever given, nobody names."""
    version = version_of(source)
    if version in known:
        return
    known.add(version)
    try:
        await Scripts(held.store).keep([source, later_source().encode()])
    except UnavailableError:
        # A full disk or a standby takes no script from its readers; the next who asks tries again.
        known.discard(version)
        _log.warning("version %s of the widget's script was not kept", version)


async def _exactly(request: web.Request, current: bytes) -> web.Response:
    version = request.match_info["version"]
    if version == version_of(current):
        return _script(current, FOR_GOOD)
    found = await Scripts(services(request).store).find(version)
    # One that was let go gets what there is, which reads the thread as well, but must not be kept under its name.
    return _script(current, "public, max-age=300") if found is None else _script(found, FOR_GOOD)


def _script(source: bytes, cache: str, headers: dict[str, str] | None = None) -> web.Response:
    response = web.Response(body=source, content_type="text/javascript", charset="utf-8", headers=headers)
    response.headers["Cache-Control"] = cache
    return response


def set_up(app: web.Application) -> None:
    """What the handlers of this module remember between requests."""
    app[_KEPT] = set()


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [
        web.get("/widget.js", widget),
        web.get("/widget.{version:[0-9a-f]{12}}.js", pinned),
        web.get("/widget.js/{version:[0-9a-f]{12}}/more.js", later),
    ]
