"""Several clerks at once: who writes on what, and in private how fair the thread is to each group."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from aiohttp import web

from livesession.domain.entry import Entry
from livesession.domain.sitting import State
from livesession.errors import InputError, Problem
from livesession.live.presence import Mark
from livesession.web.api.sittings import answer
from livesession.web.requests import read_object
from livesession.web.security import allowed
from livesession.web.services import services

DOING = ("text", "vote", "gone")
MAX_TAB = 40
PAGE = 1_000
COUNTED = ("posts", "quotes", "speeches")


async def writing(request: web.Request) -> web.Response:
    """A console says what its clerk is doing: ``tab``, ``doing`` (text, vote, gone) and ``item``."""
    account = await allowed(request, "post")
    held = services(request)
    row = await held.log.sitting(request.match_info["slug"], rehearsals=True)
    form = await read_object(request)
    tab, doing, item = form.get("tab"), form.get("doing"), form.get("item")
    if not isinstance(tab, str) or not 0 < len(tab) <= MAX_TAB or doing not in DOING:
        raise InputError("presence_form", [Problem.of("presence-form", "doing", known=", ".join(DOING))])
    state = await held.log.state(row.id)
    known = item if isinstance(item, str) and item in state.items else None
    await held.presence.tell(Mark(row.id, tab, account.id, account.name, str(doing), known))
    return web.Response(status=204)


async def counts(request: web.Request) -> web.Response:
    """How often each group was written of, quoted and had the floor: for clerks, to be fair; published nowhere."""
    await allowed(request, "read_record")
    held = services(request)
    row = await held.log.sitting(request.match_info["slug"], rehearsals=True)
    state = await held.log.state(row.id)
    entries: list[Entry] = []
    while page := await held.log.read(row.id, len(entries), PAGE):
        entries += page
    return answer({"seq": state.seq, "groups": counts_of(state, entries)})


def counts_of(state: State, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """For each group its members, and its posts, quotes and speeches; what was taken back does not count."""
    found: dict[str, Counter[str]] = {name: Counter() for name in COUNTED}
    for entry in entries:
        known = state.entries.get(entry.id)
        if entry.data is None or known is None or known.retracted or known.erased:
            continue
        for name, people in _said_of(entry.kind, entry.data).items():
            groups = {_group(state, person) for person in people}
            found[name].update(group for group in groups if group is not None)
    size = Counter(member.group for member in state.assembly.members)
    return [
        {
            "id": group.id,
            "name": group.name,
            "short": group.short or group.name,
            "members": size[group.id],
            **{name: found[name][group.id] for name in COUNTED},
        }
        for group in state.assembly.groups
    ]


def _said_of(kind: str, data: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    if kind == "update.posted":
        quoted = [data["quote"]] if data.get("quote") else []
        return {"posts": [*quoted, *data.get("mentions", ())], "quotes": quoted}
    if kind == "speech.begun":
        return {"speeches": list(data.get("members", ()))}
    return {}


def _group(state: State, person: Mapping[str, Any]) -> str | None:
    member = state.assembly.by_id.get(person.get("id", ""))
    return None if member is None else member.group


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [
        web.post("/console/s/{slug}/writing", writing),
        web.get("/api/v1/sittings/{slug}/counts", counts),
    ]
