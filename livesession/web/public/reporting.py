"""« Signaler une erreur »: a form that works without script, and reaches the clerk."""

import time
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from livesession.desk.reports import MAX_CONTACT, MAX_REPORT
from livesession.errors import LivesessionError, ThrottledError
from livesession.i18n import language_of, words
from livesession.live.hub import Room
from livesession.telling import place_of
from livesession.web.imprint import address_of
from livesession.web.problems import problem_lines
from livesession.web.public.pages import public_view, sitting_facts, sitting_urls
from livesession.web.public.plain import Plain, plain
from livesession.web.public.showing import Showing
from livesession.web.rendering import language_for, render
from livesession.web.security import client_address
from livesession.web.services import services

MAX_FORM = 32 * 1024
"""Bytes of a filled-in form: twice what its fields may hold."""

CHOICE = 50
"""Publications that a report may be about without having been gone to first."""

TRAP = "website"
"""A field that people do not see: who fills it in is a program."""


class Limiter:
    """How often one address may do something: ``times`` within ``seconds``. Kept in memory, and no longer than that."""

    def __init__(self, times: int, seconds: float) -> None:
        self._times = times
        self._seconds = seconds
        self._taken: OrderedDict[str, list[float]] = OrderedDict()

    def take(self, address: str, now: float) -> int:
        """Count one; how many seconds to wait where there were too many, 0 where it may go on."""
        taken = [moment for moment in self._taken.pop(address, []) if moment > now - self._seconds]
        free = len(taken) < self._times
        self._taken[address] = [*taken, now] if free else taken
        while self._taken and next(iter(self._taken.values()))[-1] <= now - self._seconds:
            self._taken.popitem(last=False)
        return 0 if free else int(taken[0] + self._seconds - now) + 1


LIMITER: web.AppKey[Limiter] = web.AppKey("reports", Limiter)


def set_up(app: web.Application) -> None:
    """Ten reports an hour from one address: a whole town hall may share one."""
    app[LIMITER] = Limiter(10, 3_600)


async def show(request: web.Request) -> web.Response:
    return await _page(request, {"entry": request.query.get("entry", "")})


async def send(request: web.Request) -> web.Response:
    if request.content_length is None or request.content_length > MAX_FORM:
        raise web.HTTPRequestEntityTooLarge(max_size=MAX_FORM, actual_size=request.content_length or 0)
    form = {name: str(value) for name, value in (await request.post()).items()}
    held = services(request)
    room = await held.hub.room(request.match_info["slug"])
    try:
        if not form.get(TRAP):
            entry = form.get("entry") if form.get("entry") in room.state.entries else None
            if wait := request.app[LIMITER].take(client_address(request), time.monotonic()):
                raise ThrottledError("reports_throttled", seconds=wait)
            await held.reports.add(room.id, entry, form.get("text", ""), form.get("contact", ""))
    except LivesessionError as error:
        return await _page(request, form, error)
    language = f"&lang={request.query['lang']}" if request.query.get("lang") in ("fr", "en") else ""
    raise web.HTTPSeeOther(f"/s/{room.slug}/report?sent=1{language}")


async def _page(request: web.Request, given: Mapping[str, str], error: LivesessionError | None = None) -> web.Response:
    held = services(request)
    room = await held.hub.room(request.match_info["slug"])
    said = words(language_for(request) if "lang" in request.query else language_of(room.state.agenda.language))
    newest, entry = await _newest(request, room, given.get("entry", ""))
    urls = sitting_urls(held.base_url, room.slug)
    context: dict[str, Any] = {
        "sitting": sitting_facts(room, room.state),
        "urls": urls,
        "entry": entry,
        "time": lambda moment: said.time(moment, room.state.agenda.timezone),
        "newest": newest,
        "back": urls["page"] + (place_of(entry.id) if entry is not None else ""),
        "given": given,
        "trap": TRAP,
        "limits": {"text": MAX_REPORT, "contact": MAX_CONTACT},
        "sent": "sent" in request.query and error is None,
        "error": None if error is None else problem_lines(error, said),
        "contact": held.imprint.contact,
        "contact_href": address_of(held.imprint.contact),
    }
    response = await render(request, "public/report.html", context, language=said.language)
    response.headers["Cache-Control"] = "no-store"
    if error is not None:
        response.set_status(error.status)
    return response


async def _newest(request: web.Request, room: Room, asked: str) -> tuple[list[Plain], Plain | None]:
    """The newest entries as the page shows them, and the one asked for, if the page shows it."""
    said = words(language_of(room.state.agenda.language))
    view, showing = await public_view(services(request).log, room), Showing(room.state, said)
    found = next((each for each in view["entries"] if each["id"] == asked), None)
    newest = [plain(each, showing, said) for each in view["entries"][:CHOICE]]
    return newest, None if found is None else plain(found, showing, said)


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/s/{slug}/report", show), web.post("/s/{slug}/report", send)]
