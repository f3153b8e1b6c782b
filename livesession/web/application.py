"""The aiohttp application: which routes a role serves, and what every answer carries."""

from aiohttp import web

from livesession.settings import Role
from livesession.web import health, rendering
from livesession.web.api import deliveries, openapi, sittings
from livesession.web.console import routes as console
from livesession.web.problems import answer_errors
from livesession.web.public import files, minutes, pages, thread
from livesession.web.requests import MAX_BODY
from livesession.web.security import refuse_forgery, set_headers

_PUBLIC = ("/s/", "/widget.js", "/oembed", "/static/", "/overlays/")


def web_application(role: Role) -> web.Application:
    """The routes of a role: ``edge`` serves threads only, ``relay`` only its health."""
    app = web.Application(middlewares=[answer_errors, refuse_forgery], client_max_size=MAX_BODY + 64 * 1024)
    rendering.set_up(app)
    app.on_response_prepare.append(_prepare)
    app.add_routes(health.routes())
    if role in ("all", "web", "edge"):
        app.add_routes(thread.routes())
    if role in ("all", "web"):
        for part in (pages, minutes, files, sittings, deliveries, openapi):
            app.add_routes(part.routes())
        app.add_routes(console.routes())
    return app


async def _prepare(request: web.Request, response: web.StreamResponse) -> None:
    await set_headers(request, response)
    if request.path.startswith(_PUBLIC):
        thread.allow_origin(request, response)
