"""The record over HTTP: HTML, Markdown and JSON, at any time."""

from aiohttp import web

from livesession.i18n import words
from livesession.minutes.html import minutes_html
from livesession.minutes.json import minutes_json
from livesession.minutes.loading import head_of, load_record, public_entries
from livesession.minutes.markdown import minutes_markdown
from livesession.minutes.phrases import words_for
from livesession.web.rendering import language_for, static_url
from livesession.web.services import services


async def html(request: web.Request) -> web.Response:
    held = services(request)
    record = await load_record(held.log, await held.log.sitting(request.match_info["slug"]))
    chosen = words(language_for(request)) if "lang" in request.query else words_for(record)
    text = minutes_html(record, chosen, stylesheet_urls=[static_url("tokens.css"), static_url("minutes.css")])
    return _answer(text, "text/html")


async def markdown(request: web.Request) -> web.Response:
    held = services(request)
    record = await load_record(held.log, await held.log.sitting(request.match_info["slug"]))
    return _answer(minutes_markdown(record), "text/markdown")


async def json(request: web.Request) -> web.Response:
    held = services(request)
    row = await held.log.sitting(request.match_info["slug"])
    room = await held.hub.room(row.slug)
    entries = await public_entries(held.log, row)
    text = minutes_json(entries, row.slug, head_of(row), words(room.state.agenda.language))
    return _answer(text, "application/json")


def _answer(text: str, kind: str) -> web.Response:
    return web.Response(text=text, content_type=kind, charset="utf-8", headers={"Cache-Control": "no-cache"})


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    one = "/s/{slug}/minutes."
    return [web.get(one + "html", html), web.get(one + "md", markdown), web.get(one + "json", json)]
