"""« Me prévenir »: the page that lists every way to follow without staying, and what browsers ask of it."""

import time
from typing import Any

from aiohttp import web

from livesession.domain.sitting import State
from livesession.errors import InputError, NotFoundError, ThrottledError
from livesession.i18n import LANGUAGES, language_of, words
from livesession.relay.subscriptions import Wants, check_info, public_key, unreadable
from livesession.web.public.feeds import Wanted, wanted_of
from livesession.web.public.pages import sitting_facts, sitting_urls
from livesession.web.public.reporting import Limiter
from livesession.web.rendering import STATIC, language_for, render
from livesession.web.requests import read_object
from livesession.web.security import client_address
from livesession.web.services import services

MAX_BODY = 64 * 1024

LIMITER: web.AppKey[Limiter] = web.AppKey("subscriptions", Limiter)


def set_up(app: web.Application) -> None:
    """Two hundred changes an hour from one address: a whole town hall may share one."""
    app[LIMITER] = Limiter(200, 3_600)


async def show(request: web.Request) -> web.Response:
    held = services(request)
    room = await held.hub.room(request.match_info["slug"])
    state = room.state
    said = words(language_for(request) if "lang" in request.query else language_of(state.agenda.language))
    urls = sitting_urls(held.base_url, room.slug)
    wanted = _asked(request, state)
    query = wanted.query(said.language if request.query.get("lang") in LANGUAGES else None)
    context: dict[str, Any] = {
        "sitting": sitting_facts(room, state),
        "status": state.status,
        "urls": urls,
        "items": _items(state),
        "wanted": wanted,
        "feeds": {name: f"{urls['permanent']}/{file}{query}" for name, file in FEEDS.items()},
        "calendar": urls["permanent"] + "/calendar.ics",
        "dated": state.opened_at is not None or state.agenda.starts is not None,
        "key": public_key(await held.subscriptions.key()),
        "messages": {name: said(f"push-{name}") for name in MESSAGES},
    }
    response = await render(request, "public/follow.html", context, language=said.language)
    response.headers["Cache-Control"] = "no-cache"
    return response


FEEDS = {"atom": "feed.atom", "json": "feed.json"}
MESSAGES = ("on", "off", "denied", "failed", "change", "start")
"""What the page's script says."""


def _items(state: State) -> list[dict[str, Any]]:
    """The items that the public knows of, in their order; ``ahead``: one may still be told of it."""
    return [
        {
            "id": item.id,
            "title": " ".join(filter(None, (item.number, item.shown_title))),
            "ahead": state.item_status(item.id) in ("to_come", "current", "postponed"),
        }
        for item in state.agenda.walk()
        if item.kind == "item" and item.shown_title is not None
    ]


def _asked(request: web.Request, state: State) -> Wanted:
    try:
        return wanted_of(request, state)
    except NotFoundError:
        return Wanted(None, None, False)


async def subscribe(request: web.Request) -> web.Response:
    """``{"subscription": …, "wants": {…}, "language"}`` → 201 ``{"id"}``; the same browser again changes its wants."""
    form = await _form(request)
    held = services(request)
    room = await held.hub.room(request.match_info["slug"])
    info = check_info(form.get("subscription"), held.push_services)
    wants = Wants.of(form.get("wants"))
    if any(item not in room.state.items for item in wants.items):
        raise unreadable("wants.items")
    language = form.get("language") if form.get("language") in LANGUAGES else language_of(room.state.agenda.language)
    identity = await held.subscriptions.put(room.id, info, wants, str(language))
    return _json({"id": identity}, 201)


async def look(request: web.Request) -> web.Response:
    """``{"endpoint"}`` → what that browser asked for. Raises NotFoundError ``push_unknown``."""
    form = await _form(request)
    row = await services(request).log.sitting(request.match_info["slug"])
    wants = await services(request).subscriptions.of_endpoint(row.id, str(form.get("endpoint", "")))
    return _json(wants.as_json(), 200)


async def stop(request: web.Request) -> web.Response:
    """``{"id"}`` or ``{"endpoint"}`` → 204, also where it had ended."""
    form = await _form(request)
    row = await services(request).log.sitting(request.match_info["slug"])
    identity, endpoint = (str(form.get(name, "")) for name in ("id", "endpoint"))
    await services(request).subscriptions.end(row.id, id=identity, endpoint=endpoint)
    return web.Response(status=204)


async def _form(request: web.Request) -> dict[str, Any]:
    if request.content_length is None or request.content_length > MAX_BODY:
        raise web.HTTPRequestEntityTooLarge(max_size=MAX_BODY, actual_size=request.content_length or 0)
    if request.content_type != "application/json":
        # A page of another site may send a form unasked, but no JSON.
        raise InputError("json_unreadable")
    if wait := request.app[LIMITER].take(client_address(request), time.monotonic()):
        raise ThrottledError("push_throttled", seconds=wait)
    return await read_object(request)


def _json(body: dict[str, Any], status: int) -> web.Response:
    return web.json_response(body, status=status, headers={"Cache-Control": "no-store"})


async def worker(request: web.Request) -> web.Response:
    return web.Response(
        text=(STATIC / "push-worker.js").read_text("utf-8"),
        content_type="text/javascript",
        charset="utf-8",
        headers={"Cache-Control": "no-cache", "Service-Worker-Allowed": "/s/"},
    )


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [
        web.get("/s/{slug}/follow", show),
        web.post("/s/{slug}/push", subscribe),
        web.post("/s/{slug}/push/look", look),
        web.post("/s/{slug}/push/stop", stop),
        web.get("/push-worker.js", worker),
    ]
