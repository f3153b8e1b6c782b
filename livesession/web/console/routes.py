"""The console's addresses, in one list."""

from aiohttp import web

from livesession.web.console import assist, events, forms, login, pages, reported, scripts


def routes() -> list[web.RouteDef]:
    """Every route of the console."""
    parts = (login, scripts, events, assist, pages, forms, reported)
    return [route for part in parts for route in part.routes()]
