"""The console's addresses, in one list."""

from aiohttp import web

from livesession.web.console import (
    assist,
    channels,
    clerks,
    events,
    face,
    forms,
    login,
    offline,
    pages,
    president,
    reported,
    scripts,
    site,
)


def routes() -> list[web.RouteDef]:
    """Every route of the console."""
    parts = (login, scripts, offline, events, assist, clerks, pages, forms, president, channels, reported, face, site)
    return [route for part in parts for route in part.routes()]
