"""What helps the clerk while typing: who is in the room, and how a text will read on each network."""

from dataclasses import asdict
from typing import Any
from weakref import WeakKeyDictionary

from aiohttp import web

from livesession.domain.ids import ItemId
from livesession.domain.sitting import State
from livesession.domain.text import check_text
from livesession.errors import InputError, Problem
from livesession.relay.connections import Connections
from livesession.relay.previews import Previews
from livesession.web.api.sittings import answer
from livesession.web.requests import read_object
from livesession.web.security import allowed
from livesession.web.services import Services, services

_PREVIEWED = ("update.posted", "vote.recorded")
_NUMBERS = ("for", "against", "abstention")

_previews: WeakKeyDictionary[Connections, Previews] = WeakKeyDictionary()
"""One per installation in this process; gone with its services."""


async def room(request: web.Request) -> web.Response:
    """Members in the order in which they are called, who is there, who votes for whom, and the groups."""
    await allowed(request, "read_record")
    held = services(request)
    row = await held.log.sitting(request.match_info["slug"], rehearsals=True)
    return answer(room_form(await held.log.state(row.id)))


def room_form(state: State) -> dict[str, Any]:
    """The room as the console works with it; ``counted`` says whether anybody noted who is there."""
    there = state.attendance
    return {
        "seq": state.seq,
        "counted": bool(state.attendance_facts),
        "groups": [group.as_json() for group in state.assembly.groups],
        "members": [
            {
                "id": member.id,
                "name": member.name,
                "group": member.group,
                "office": member.office,
                "presence": there.presence.get(member.id),
                "networks": sorted(member.handles),
            }
            for member in state.assembly.members
        ],
        "proxies": dict(there.proxies),
        "recused": {item: sorted(members) for item, members in there.recused.items()},
    }


async def preview(request: web.Request) -> web.Response:
    """How an entry that is not sent yet would read on each network; nothing of it is kept."""
    await allowed(request, "post")
    held = services(request)
    row = await held.log.sitting(request.match_info["slug"], rehearsals=True)
    state = await held.log.state(row.id)
    form = await read_object(request)
    kind, data, item = form.get("kind"), form.get("data"), form.get("item")
    if kind not in _PREVIEWED or not isinstance(data, dict) or not isinstance(item, str | None):
        raise InputError("preview_form", [Problem.of("preview-form", "kind")])
    if kind == "update.posted":
        check_text(str(data.get("text") or ""), "data.text")
    elif not all(isinstance(data.get(name), int) for name in _NUMBERS):
        raise InputError("preview_form", [Problem.of("preview-form", "data")])
    subject = state.items.get(ItemId(item)) if item is not None else None
    # Behind closed doors nothing leaves: there is nothing to show.
    if state.in_closed_part or state.agenda.public is False or (subject is not None and not subject.public):
        return answer({"previews": []})
    found = await _of(held).of(row, state, kind, None if item is None else ItemId(item), data)
    return answer({"previews": [asdict(each) for each in found]})


def _of(held: Services) -> Previews:
    if held.connections not in _previews:
        _previews[held.connections] = Previews(held.connections, held.deliveries, held.base_url, held.prices)
    return _previews[held.connections]


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [
        web.get("/console/s/{slug}/room", room),
        web.post("/console/s/{slug}/preview", preview),
    ]
