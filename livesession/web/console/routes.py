"""The console's addresses, in one list."""

from aiohttp import web

from livesession.web.console import events, forms, login, pages, reported, scripts


def routes() -> list[web.RouteDef]:
    """Every route of the console."""
    return [*login.routes(), *scripts.routes(), *events.routes(), *pages.routes(), *forms.routes(), *reported.routes()]
