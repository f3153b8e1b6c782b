"""The council's own page: what is on now, what comes next and when, what was, each with where it leads."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web

from livesession.i18n import Words
from livesession.live.hub import Room
from livesession.thread.log import SittingRow
from livesession.web.rendering import language_for, render, words_of
from livesession.web.requests import query_number
from livesession.web.services import Services, services

ON = ("open", "suspended")

PAST = 20
"""Sittings that are over, on one page; the rest stands on further ones."""

FOLDED = 6
"""Sittings that are on, or come next, of which more is said than their title: each is folded for it."""

LATE = timedelta(hours=18)
"""How long after its hour a sitting still counts as coming that nobody has opened."""

NEVER = datetime.max.replace(tzinfo=UTC)
"""What has no date yet comes last."""


async def home(request: web.Request) -> web.Response:
    held = services(request)
    now = datetime.now(UTC)
    rows = await held.log.sittings()
    on = sorted((row for row in rows if row.status in ON), key=lambda row: row.status)
    coming = sorted((row for row in rows if _is_coming(row, now)), key=lambda row: _starts(row) or NEVER)
    past = [row for row in rows if row.status not in ON and not _is_coming(row, now)]
    past.sort(key=lambda row: _starts(row) or datetime.fromisoformat(row.created_at), reverse=True)
    page = query_number(request, "page", 1, least=1) or 1
    said = words_of(request)
    context = {
        "base": held.base_url,
        "council": (await held.faces.current()).name or _only_assembly(rows),
        "on": await _told(held, on, said, now),
        "coming": await _told(held, coming, said, now),
        "past": [_listed(row) for row in past[(page - 1) * PAST : page * PAST]],
        "page": page,
        "older": len(past) > page * PAST,
        "asked": f"&lang={language_for(request)}" if "lang" in request.query else "",
    }
    response = await render(request, "public/home.html", context)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _only_assembly(rows: list[SittingRow]) -> str:
    """Whose sittings these are, where all are one assembly's."""
    found = {row.assembly for row in rows}
    return found.pop() if len(found) == 1 else ""


def _is_coming(row: SittingRow, now: datetime) -> bool:
    starts = _starts(row)
    return row.status == "scheduled" and (starts is None or starts > now - LATE)


def _starts(row: SittingRow) -> datetime | None:
    return None if row.starts is None else datetime.fromisoformat(row.starts)


async def _told(held: Services, rows: list[SittingRow], said: Words, now: datetime) -> list[dict[str, Any]]:
    rooms = await asyncio.gather(*(held.hub.room(row.slug) for row in rows[:FOLDED]))
    return [_listed(row, room, said, now) for row, room in zip(rows, rooms, strict=False)] + [
        _listed(row) for row in rows[FOLDED:]
    ]


def _listed(
    row: SittingRow, room: Room | None = None, said: Words | None = None, now: datetime | None = None
) -> dict[str, Any]:
    starts = _starts(row)
    # The list does not know the zones: the day is the one the convocation gave, by its own offset.
    shown = None if starts is None else starts + (starts.utcoffset() or timedelta())
    facts: dict[str, Any] = {
        "title": row.title,
        "assembly": row.assembly,
        "day": shown,
        "starts": starts,
        "status": row.status,
        "tone": row.status,
        "url": f"/s/{row.slug}",
        "state": None,
    }
    if room is None or said is None or now is None:
        return facts
    state: Mapping[str, Any] = room.state.summary()
    if state["closed_part"]:
        facts["tone"] = "closed-part"
    zone = ZoneInfo(state["timezone"])
    days = None if starts is None else (starts.astimezone(zone).date() - now.astimezone(zone).date()).days
    return facts | {"state": state, "days": days}


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/", home)]
