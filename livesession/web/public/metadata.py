"""What a sitting's page says to machines: structured data (schema.org), languages, the image of its link."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from livesession.domain.sitting import State
from livesession.i18n import LANGUAGES, Words, language_of
from livesession.live.hub import Room
from livesession.telling import place_of
from livesession.web.public.plain import Plain, plain
from livesession.web.public.showing import Showing

TOLD = 10
"""Entries that the page repeats for machines: the newest; the feeds have more, and the page must stay light."""


def metadata(room: Room, view: Mapping[str, Any], showing: Showing, said: Words, base: str) -> dict[str, Any]:
    """What the head of the page needs: ``graph`` (JSON-LD), ``image``, ``canonical`` and ``alternates`` by language."""
    page = f"{base}/s/{room.slug}"
    own = language_of(room.state.agenda.language)
    addresses = {language: page if language == own else f"{page}?lang={language}" for language in LANGUAGES}
    return {
        "canonical": addresses[said.language],
        "alternates": {**addresses, "x-default": page},
        "image": f"{page}/card.png" + ("" if said.language == own else f"?lang={said.language}"),
        "oembed": f"{base}/oembed",
        "graph": _graph(room.state, view, showing, said, page),
    }


def _graph(state: State, view: Mapping[str, Any], showing: Showing, said: Words, page: str) -> dict[str, Any]:
    nodes: list[Mapping[str, Any]] = []
    organizer = {"@type": "GovernmentOrganization", "name": state.assembly.name or state.agenda.assembly}
    event = _event(state, organizer, page)
    if event is not None:
        nodes.append(event)
    if view["entries"]:
        told = (plain(each, showing, said) for each in view["entries"])
        newest = list(islice((entry for entry in told if not entry.withdrawn), TOLD))
        nodes.append(_thread(state, newest, organizer, page, has_event=event is not None))
    return {"@context": "https://schema.org", "@graph": nodes}


def _event(state: State, organizer: Mapping[str, Any], page: str) -> dict[str, Any] | None:
    """The sitting as an Event; None where nobody said when it is, which an Event must say."""
    starts = _starts(state)
    if starts is None:
        return None
    agenda = state.agenda
    online = {"@type": "VirtualLocation", "url": page}
    form: dict[str, Any] = {
        "@type": "Event",
        "@id": f"{page}#seance",
        "name": agenda.title,
        "url": page,
        "image": f"{page}/card.png",
        "startDate": _local(starts, agenda.timezone),
        "eventStatus": "https://schema.org/EventScheduled",
        "location": online,
        "organizer": organizer,
        "inLanguage": agenda.language,
        "isAccessibleForFree": True,
    }
    if agenda.location:
        form["location"] = [{"@type": "Place", "name": agenda.location, "address": agenda.location}, online]
        form["eventAttendanceMode"] = "https://schema.org/MixedEventAttendanceMode"
    if state.status == "closed" and state.closed_at is not None:
        form["endDate"] = _local(state.closed_at, agenda.timezone)
    return form


def _thread(
    state: State, newest: Sequence[Plain], organizer: Mapping[str, Any], page: str, *, has_event: bool
) -> dict[str, Any]:
    zone = state.agenda.timezone
    form: dict[str, Any] = {
        "@type": "LiveBlogPosting",
        "@id": f"{page}#direct",
        "headline": state.agenda.title,
        "url": page,
        "image": f"{page}/card.png",
        "author": organizer,
        "publisher": organizer,
        "inLanguage": state.agenda.language,
        "isAccessibleForFree": True,
        "liveBlogUpdate": [
            {
                "@type": "BlogPosting",
                "headline": entry.title,
                "articleBody": entry.text,
                "url": page + place_of(entry.id),
                "datePublished": _local(entry.at, zone),
                "dateModified": _local(entry.updated, zone),
            }
            for entry in newest
        ],
    }
    if has_event:
        form["about"] = {"@id": f"{page}#seance"}
    starts = _starts(state)
    if starts is not None:
        form["coverageStartTime"] = form["datePublished"] = _local(starts, zone)
    if newest:
        form["dateModified"] = _local(max(entry.updated for entry in newest), zone)
    if state.status == "closed" and state.closed_at is not None:
        form["coverageEndTime"] = _local(state.closed_at, zone)
    return form


def _starts(state: State) -> datetime | None:
    return state.opened_at or (None if state.agenda.starts is None else datetime.fromisoformat(state.agenda.starts))


def _local(moment: datetime, zone: str) -> str:
    """With the council's own offset: search engines show the time as it is written."""
    return moment.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")
