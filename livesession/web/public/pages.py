"""Pages for citizens: one sitting, and the iframe page."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from aiohttp import web

from livesession.domain.ids import Pos
from livesession.domain.sitting import State
from livesession.i18n import LANGUAGES, language_of, words
from livesession.live.hub import Room
from livesession.thread.log import Log
from livesession.web.frame import FRAME_HEIGHT, FRAME_WIDTH, frame
from livesession.web.public.card import HEIGHT, WIDTH
from livesession.web.public.following import page_state
from livesession.web.public.metadata import metadata
from livesession.web.public.showing import Showing
from livesession.web.public.view import thread_view
from livesession.web.public.window import Wanted, wanted_of, window_of
from livesession.web.rendering import language_for, render
from livesession.web.requests import query_number
from livesession.web.services import services

PAGE = 1000


async def sitting(request: web.Request) -> web.Response:
    return await _sitting_page(request, "public/sitting.html")


async def embed(request: web.Request) -> web.Response:
    return await _sitting_page(request, "public/embed.html")


async def _sitting_page(request: web.Request, template: str) -> web.Response:
    held = services(request)
    room = await held.hub.room(request.match_info["slug"])
    state = room.state
    # The page is in the sitting's language unless its reader asked for another.
    language = language_for(request) if "lang" in request.query else state.agenda.language
    said = words(language_of(language))
    view = await public_view(held.log, room)
    for row in view["agenda"]:
        if row["id"] in state.joined:
            # What is taken with another item stands where that one stands.
            row["status"] = state.item_status(row["id"])
    showing = Showing(state, said)
    wanted = wanted_of(request.query, state)
    window = window_of(view, wanted, showing, said)
    asked = request.query.get("lang") if request.query.get("lang") in LANGUAGES else None
    context = {
        "sitting": sitting_facts(room, state),
        "state": state.summary(),
        "view": view,
        "showing": showing,
        "window": window,
        "asked": asked,
        "shown_ids": {entry["id"] for entry in window.entries},
        "meta": _placed(metadata(room, view, showing, said, held.base_url), replace(wanted, page=window.page)),
        "speaking_since": None if state.speech is None else state.speech.since,
        "more": page_state(state, said),
        "urls": sitting_urls(held.base_url, room.slug),
    }
    response = await render(request, template, context, language=language)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _placed(meta: Mapping[str, Any], wanted: Wanted) -> dict[str, Any]:
    """The same for a part of the thread: it has an address of its own, and what was searched for is not to be found."""
    alternates = {language: _with_query(address, wanted) for language, address in meta["alternates"].items()}
    return {
        **meta,
        "canonical": _with_query(meta["canonical"], wanted),
        "alternates": alternates,
        "indexed": not wanted.word,
    }


def _with_query(address: str, wanted: Wanted) -> str:
    page, _, language = address.partition("?lang=")
    return page + wanted.query(language)


def sitting_facts(room: Room, state: State) -> dict[str, Any]:
    """What a page says of a sitting whatever its state."""
    agenda = state.agenda
    return {
        "slug": room.slug,
        "title": agenda.title,
        "assembly": state.assembly.name or agenda.assembly,
        "timezone": agenda.timezone,
        "location": agenda.location,
        "language": agenda.language,
        "starts": None if agenda.starts is None else datetime.fromisoformat(agenda.starts),
        "public": agenda.public,
    }


async def public_view(log: Log, room: Room) -> Mapping[str, Any]:
    """What the public may read of a sitting, folded for showing; see :func:`thread_view`."""
    entries: list[tuple[Pos, Mapping[str, Any]]] = []
    while True:
        page = await log.read_public(room.id, entries[-1][0] if entries else 0, PAGE)
        entries += [(entry.pos, entry.as_public_json()) for entry in page if entry.pos is not None]
        if len(page) < PAGE:
            return {**thread_view(entries), "epoch": room.epoch}


def sitting_urls(base: str, slug: str) -> dict[str, str]:
    """The addresses of a sitting, as links on its own pages need them."""
    page = f"/s/{slug}"
    return {
        "home": "/",
        "page": page,
        "permanent": base + page,
        "ws": page + "/ws",
        "sse": page + "/sse",
        "entries": page + "/entries",
        "decisions": page + "/decisions",
        "decisions_csv": page + "/decisions.csv",
        "minutes_html": page + "/minutes.html",
        "minutes_md": page + "/minutes.md",
        "minutes_json": page + "/minutes.json",
        "embed": page + "/embed",
        "report": page + "/report",
        "follow": page + "/follow",
        "atom": page + "/feed.atom",
        "feed": page + "/feed.json",
        "calendar": page + "/calendar.ics",
    }


async def oembed(request: web.Request) -> web.Response:
    if request.query.get("format", "json") != "json":
        # oEmbed 1.0 §2.3.3: a format that is not offered.
        raise web.HTTPNotImplemented
    held = services(request)
    slug = request.query.get("url", "").rstrip("/").rpartition("/s/")[2].split("/")[0]
    row = await held.log.sitting(slug)
    wanted = query_number(request, "maxwidth", 0) or None
    width = min(wanted or FRAME_WIDTH, FRAME_WIDTH)
    height = min(query_number(request, "maxheight", FRAME_HEIGHT) or FRAME_HEIGHT, FRAME_HEIGHT)
    tag = frame(f"{held.base_url}/s/{row.slug}/embed", row.title, width=wanted and width, height=height)
    return web.json_response(
        {
            "type": "rich",
            "version": "1.0",
            "title": row.title,
            "author_name": row.assembly,
            "author_url": f"{held.base_url}/s/{row.slug}",
            "provider_name": row.assembly,
            "provider_url": held.base_url,
            "cache_age": 3600,
            "thumbnail_url": f"{held.base_url}/s/{row.slug}/card.png",
            "thumbnail_width": WIDTH,
            "thumbnail_height": HEIGHT,
            "html": tag,
            "width": width,
            "height": height,
        }
    )


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [
        web.get("/s/{slug}", sitting),
        web.get("/s/{slug}/embed", embed),
        web.get("/oembed", oembed),
    ]
