"""Sittings for calendars: one, or all that are dated (iCalendar, RFC 5545)."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from aiohttp import web
from icalendar import Alarm, Calendar, Event

from livesession.domain.agenda import Agenda
from livesession.errors import NotFoundError
from livesession.i18n import LANGUAGES, Words, words
from livesession.live.hub import Room
from livesession.thread.log import SittingRow
from livesession.web.public.conditional import answer, is_known, tag_of
from livesession.web.public.feeds import feed_words
from livesession.web.services import services

ICALENDAR = "text/calendar"
REMINDER = timedelta(minutes=15)
REFRESH = timedelta(hours=1)
"""How often a calendar that is subscribed to should ask again (RFC 7986 §5.7)."""

MOST = 200
"""Sittings of the calendar of all, the newest first."""


async def sitting(request: web.Request) -> web.Response:
    held = services(request)
    room = await held.hub.room(request.match_info["slug"])
    said = feed_words(request, room.state.agenda.language)
    newest = await held.log.read_public(room.id, max(0, room.pos - 1), 1)
    modified = newest[-1].recorded_at if newest else None
    tag = tag_of(held.base_url, room.slug, room.epoch, room.pos, room.rev, said.language)
    if is_known(request, tag, modified):
        return answer(request, None, ICALENDAR, tag=tag, modified=modified)
    calendar = _calendar(room.state.agenda.title, said)
    calendar.add_component(_event_of(room, held.base_url, said, modified))
    return _answered(request, calendar, room.slug, tag, modified)


async def sittings(request: web.Request) -> web.Response:
    held = services(request)
    asked = request.query.get("lang", "")
    said = words(asked if asked in LANGUAGES else "fr")
    rows = [row for row in await held.log.sittings() if row.starts is not None][:MOST]
    tag = tag_of(held.base_url, said.language, *((row.slug, row.pos, row.rev) for row in rows))
    if is_known(request, tag, None):
        return answer(request, None, ICALENDAR, tag=tag)
    calendar = _calendar(said("calendar-name"), said)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for row in rows:
        if row.status == "closed":
            calendar.add_component(_past(row, held.base_url))
        else:
            room = await held.hub.room(row.slug)
            calendar.add_component(_event_of(room, held.base_url, said, None))
    return _answered(request, calendar, "calendar", tag, None)


def _answered(request: web.Request, calendar: Calendar, name: str, tag: str, modified: datetime | None) -> web.Response:
    response = answer(request, calendar.to_ical(), ICALENDAR, tag=tag, modified=modified)
    response.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


def _calendar(name: str, said: Words) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//livesession//livesession//" + said.language.upper())
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    # What calendars read that do not know RFC 7986 yet.
    calendar.add("x-wr-calname", name)
    return calendar


def _event_of(room: Room, base: str, said: Words, modified: datetime | None) -> Event:
    """A sitting as it is announced; once it is over, as it was. Raises NotFoundError where it has no date."""
    state, agenda = room.state, room.state.agenda
    starts = state.opened_at or _moment(agenda.starts)
    if starts is None:
        raise NotFoundError("sitting_undated")
    event = _event(room.slug, agenda.title, state.assembly.name or agenda.assembly, starts, base)
    # A calendar takes the higher number for the newer: places in the thread only grow.
    event.add("sequence", int(room.pos))
    event.add("dtstamp", modified or starts)
    if modified is not None:
        event.add("last-modified", modified)
    if agenda.location:
        event.add("location", agenda.location)
    if state.closed_at is not None and state.status == "closed":
        event.add("dtend", state.closed_at.astimezone(UTC))
    event.add("description", _description(agenda, f"{base}/s/{room.slug}"))
    if state.status == "scheduled":
        event.add_component(_alarm(agenda.title, said))
    return event


def _past(row: SittingRow, base: str) -> Event:
    starts = _moment(row.starts)
    assert starts is not None, "undated rows were left out"
    event = _event(row.slug, row.title, row.assembly, starts, base)
    event.add("sequence", int(row.pos))
    event.add("dtstamp", starts)
    return event


def _event(slug: str, title: str, assembly: str, starts: datetime, base: str) -> Event:
    event = Event()
    event.add("uid", f"{slug}@{urlsplit(base).hostname}")
    event.add("summary", f"{title}, {assembly}" if assembly else title)
    # UTC needs no table of zones, and is exact on the night the clocks change.
    event.add("dtstart", starts.astimezone(UTC))
    event.add("status", "CONFIRMED")
    event.add("class", "PUBLIC")
    # Nobody is busy because a council sits.
    event.add("transp", "TRANSPARENT")
    event.add("url", f"{base}/s/{slug}")
    return event


def _description(agenda: Agenda, page: str) -> str:
    items = [
        " ".join(filter(None, (item.number, item.shown_title)))
        for item in agenda.walk()
        if item.shown_title is not None
    ]
    return "\n".join([page, "", *items])


def _alarm(title: str, said: Words) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -REMINDER)
    alarm.add("description", said("calendar-reminder", title=title))
    return alarm


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/s/{slug}/calendar.ics", sitting), web.get("/calendar.ics", sittings)]
