"""The aiohttp application: which routes a role serves, and what every answer carries."""

from aiohttp import web

from livesession.settings import Role
from livesession.web import health, metrics, rendering
from livesession.web.api import assemblies, ballots, channels, deliveries, media, openapi, phrases, sittings
from livesession.web.console import routes as console
from livesession.web.problems import Handler, answer_errors
from livesession.web.public import (
    calendars,
    card,
    control_room,
    decisions,
    drawing,
    face,
    feeds,
    files,
    fragment,
    home,
    homescreen,
    minutes,
    notices,
    pages,
    printing,
    reporting,
    scripts,
    sitemap,
    subscribing,
    thread,
)
from livesession.web.public import media as images
from livesession.web.public.conditional import is_known, tag_of
from livesession.web.requests import MAX_BODY
from livesession.web.security import SAFE_METHODS, refuse_forgery, set_headers
from livesession.web.services import SERVICES
from livesession.web.tracing import name_answer, trace

COMPRESSED_FROM = 1_000
"""Bytes below which the compressed form would hardly be smaller."""

_TEXTS = frozenset({"text/html", "text/css", "text/javascript", "text/markdown", "image/svg+xml", "application/json"})
_PAGES = (
    home, pages, decisions, minutes, feeds, calendars, card, printing, sitemap, notices, reporting, subscribing,
    homescreen, control_room, face, files, fragment, images, scripts,
)  # fmt: skip
"""What citizens read, besides the thread itself."""

_PUBLIC = ("/s/", "/feed.", "/calendar.ics", "/widget.", "/oembed", "/static/", "/overlays/", "/face/")
_PUBLIC_PAGES = frozenset({"/", "/legal", "/privacy", "/accessibility"})

_OF_304 = ("ETag", "Cache-Control", "Vary", "Content-Location", "Expires")
"""What an answer that says "you have it" repeats of the one it stands for (RFC 9110 §15.4.5)."""


def web_application(role: Role) -> web.Application:
    """The routes of a role: ``edge`` serves threads only, ``relay`` only its health."""
    middlewares = [trace, _go_first, _travel_light, answer_errors, refuse_forgery]
    app = web.Application(middlewares=middlewares, client_max_size=MAX_BODY + 64 * 1024)
    app[health.ROLE] = role
    rendering.set_up(app)
    drawing.set_up(app)
    reporting.set_up(app)
    scripts.set_up(app)
    subscribing.set_up(app)
    app.on_response_prepare.append(_prepare)
    app.add_routes(health.routes())
    app.add_routes(metrics.routes())
    if role in ("all", "web", "edge"):
        app.add_routes(thread.routes())
    if role in ("all", "web"):
        for part in (*_PAGES, sittings, assemblies, ballots, deliveries, phrases, media, channels, openapi):
            app.add_routes(part.routes())
        app.add_routes(console.routes())
    return app


async def _prepare(request: web.Request, response: web.StreamResponse) -> None:
    await set_headers(request, response)
    await name_answer(request, response)
    if request.path.startswith(_PUBLIC):
        thread.allow_origin(request, response)


@web.middleware
async def _go_first(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A clerk's command goes before the fan-out of what was said before it."""
    held = request.app.get(SERVICES)
    if held is None or request.method in SAFE_METHODS or not request.path.startswith(("/api/", "/console")):
        return await handler(request)
    with held.hub.precedence.taken():
        return await handler(request)


@web.middleware
async def _travel_light(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let what citizens read travel small, and only where it is not held already: phones on a bad line gain most.

    Only public answers, which hold nothing that compression could help to guess (BREACH), and none that has an
    ETag of its own.
    """
    response = await handler(request)
    if not (request.path.startswith(_PUBLIC) or request.path in _PUBLIC_PAGES) or not isinstance(
        response, web.Response
    ):
        return response
    if response.status != 200 or "ETag" in response.headers:
        return response
    body, headers = response.body, response.headers
    if response.content_type not in _TEXTS or not isinstance(body, bytes):
        return response
    vary = headers.get("Vary")
    headers["Vary"] = f"{vary}, Accept-Encoding" if vary else "Accept-Encoding"
    if request.method in ("GET", "HEAD") and "no-store" not in headers.get("Cache-Control", "no-store"):
        tag = tag_of(body)
        # Weak: compressed and not, it is the same page in two sequences of bytes.
        headers["ETag"] = f'W/"{tag}"'
        if is_known(request, tag, None):
            kept = {name: headers[name] for name in _OF_304 if name in headers}
            return web.Response(status=304, headers=kept)
    if len(body) >= COMPRESSED_FROM:
        response.enable_compression()
    return response
