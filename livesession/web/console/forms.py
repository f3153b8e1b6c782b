"""A plain form for each command: whole without script, on a phone too, for whatever has no quicker gesture yet."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import uuid_utils
from aiohttp import web
from multidict import MultiDict, MultiDictProxy

from livesession.desk.desk import COMMANDS
from livesession.desk.policy import require
from livesession.domain.entry import Entry
from livesession.domain.sitting import State
from livesession.domain.vote import CHOICES
from livesession.errors import InputError, LivesessionError, Problem
from livesession.i18n import Words
from livesession.telling import told, vote_numbers, vote_result
from livesession.web.console.login import person
from livesession.web.problems import problem_lines
from livesession.web.rendering import render, words_of
from livesession.web.services import services

LATEST = 300
"""Entries of the record that a form may name."""

Given = MultiDictProxy[Any] | MultiDict[Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: ``sort`` says how it is shown and read; ``choices`` what may be chosen."""

    name: str
    sort: str = "line"
    choices: tuple[str, ...] = ()


_REASON = Field("reason")
_MEMBERS = Field("members", "members")
_BY = Field("requested_by", "members")
_VOTE = (
    Field("subject"), Field("motion", "entry", ("motion.tabled",)),
    Field("ballot", "choice", ("show_of_hands", "public", "secret")), Field("unanimous", "check"),
    Field("for", "number"), Field("against", "number"), Field("abstention", "number"), Field("not_voting", "number"),
    Field("blank", "number"), Field("null", "number"), Field("groups", "groups"), Field("except", "exceptions"),
    Field("votes", "votes"), Field("source", "choice", ("", "roll_call", "device", "group_declaration", "secretary")),
    Field("confirmed", "check"), Field("majority", "choice", ("simple", "absolute", "qualified")),
    Field("of", "choice", ("cast", "voices", "in_office")), Field("share"), Field("candidates", "candidates"),
    Field("matter", "choice", ("", "president")), Field("round", "number"), Field("seats", "number"),
    Field("elected", "lines"), Field("secrecy_waived", "check"),
    Field("result", "choice", ("", "adopted", "rejected")), Field("quorum_reason"),
)  # fmt: skip

FORMS: Mapping[str, Mapping[str, tuple[Field, ...]]] = {
    "room": {
        "member.arrived": (_MEMBERS,),
        "member.left": (_MEMBERS,),
        "member.excused": (_MEMBERS,),
        "member.recused": (_MEMBERS,),
        "proxy.given": (Field("from", "member"), Field("to", "member")),
        "proxy.revoked": (Field("member", "member"),),
        "quorum.checked": (),
        "member.corrected": (
            Field("entry", "entry", ("member.arrived", "member.left", "member.excused", "member.recused")),
            Field("time", "moment"),
            _MEMBERS,
            _REASON,
        ),
        "president.named": (Field("member", "member"), Field("name")),
        "secretary.named": (_MEMBERS, Field("name")),
    },
    "votes": {
        "vote.recorded": _VOTE,
        "vote.corrected": (Field("entry", "entry", ("vote.recorded",)), _REASON, *_VOTE),
    },
    "speaking": {
        "speech.requested": (Field("member", "member"),),
        "speech.waived": (Field("member", "member"),),
        "speech.begun": (Field("member", "member"), Field("name"), Field("role"), Field("allotted", "number")),
        "speech.ended": (),
        "update.posted": (Field("text", "text"), Field("quote", "member")),
        "motion.tabled": (
            Field(
                "type",
                "choice",
                (
                    "motion", "amendment", "voeu", "oral_question", "point_of_order", "public_ballot",
                    "secret_ballot", "closed_part",
                ),
            ),
            Field("title"), Field("text", "text"), Field("by", "members"), Field("by_group", "group"),
            Field("by_president", "check"), Field("amends", "entry", ("motion.tabled",)),
        ),
        "motion.withdrawn": (Field("entry", "entry", ("motion.tabled",)), _REASON),
    },
    "items": {
        "item.opened": (),
        "item.closed": (),
        "item.postponed": (_REASON,),
        "item.withdrawn": (_REASON,),
        "item.added": (
            Field("title"), Field("number"), Field("public_title"), Field("rapporteur"), Field("after", "item"),
            Field("reason"), Field("article"), Field("information_only", "check"),
        ),
        "item.reordered": (Field("after", "item"),),
        "item.joined": (Field("items", "items"),),
        "document.attached": (Field("title"), Field("url")),
    },
    "doors": {
        "closed_part.begun": (
            _BY, Field("by_president", "check"), Field("for", "number"), Field("against", "number"),
            Field("abstention", "number"), _REASON,
        ),
        "closed_part.ended": (_REASON,),
        "decision.released": (Field("vote", "entry", ("vote.recorded",)), Field("title"), Field("names", "check")),
    },
    "sitting": {
        "sitting.opened": (Field("second_call", "check"), _REASON),
        "sitting.suspended": (Field("until", "moment"), _REASON),
        "sitting.resumed": (_REASON,),
        "sitting.closed": (Field("want_of_quorum", "check"), _REASON),
        "sitting.reopened": (_REASON,),
    },
    "texts": {
        "update.corrected": (
            Field("entry", "entry", ("update.posted", "motion.tabled")),
            Field("text", "text"),
            _REASON,
        ),
        "update.retracted": (
            Field(
                "entry",
                "entry",
                ("update.posted", "motion.tabled", "speech.begun", "vote.recorded", "document.attached"),
            ),
            _REASON,
        ),
        "update.pinned": (Field("entry", "entry", ("update.posted",)),),
        "update.unpinned": (Field("entry", "entry", ("update.posted",)),),
        "update.erased": (
            Field("entry", "entry", ("update.posted", "motion.tabled", "speech.begun", "document.attached")),
            _REASON,
        ),
    },
}  # fmt: skip
"""Every command but ``assembly.set``, which comes from a file, by family."""

CANDIDATES = 6
EXCEPTIONS = 4


async def show(request: web.Request) -> web.StreamResponse:
    return await _page(request, MultiDict())


async def send(request: web.Request) -> web.StreamResponse:
    """Record what a form says, and come back to it; refused, the form stands as it was filled in, with what to do."""
    account = await person(request)
    slug = request.match_info["slug"]
    held = services(request)
    form = await request.post()
    kind = str(form.get("kind", ""))
    state = await held.log.state((await held.log.sitting(slug)).id)
    try:
        envelope = envelope_of(kind, form, state)
        await held.desk.post(slug, envelope, account, key=str(form.get("key", "")) or None)
    except LivesessionError as error:
        return await _page(request, form, error)
    raise web.HTTPSeeOther(f"/console/s/{slug}/forms?done={kind}")


async def _page(request: web.Request, form: Given, error: LivesessionError | None = None) -> web.StreamResponse:
    account = await person(request)
    require(account.role, "post")
    held, words = services(request), words_of(request)
    row = await held.log.sitting(request.match_info["slug"])
    state = await held.log.state(row.id)
    entries = await held.log.read(row.id, max(0, row.seq - LATEST), LATEST)
    context = {
        "account": account,
        "sitting": {"slug": row.slug, "title": row.title},
        "state": state,
        "forms": FORMS,
        "on_item": {kind: COMMANDS[kind].on_item for family in FORMS.values() for kind in family},
        "entries": [(entry.id, entry.kind, label_of(entry, state, words)) for entry in reversed(entries) if entry.data],
        "choices": CHOICES,
        "candidates": range(CANDIDATES),
        "exceptions": range(EXCEPTIONS),
        "given": form,
        "failed": None if error is None else str(form.get("kind", "")),
        "error": None if error is None else problem_lines(error, words),
        "done": request.query.get("done"),
        "key": lambda: str(uuid_utils.uuid7()),
    }
    response = await render(request, "console/forms.html", context)
    if error is not None:
        response.set_status(error.status)
    return response


def label_of(entry: Entry, state: State, words: Words) -> str:
    """An entry in a line, to be chosen from a list."""
    data = entry.data or {}
    time = words.time(entry.at, state.agenda.timezone)
    if entry.kind.startswith("vote."):
        said = f"{data.get('subject') or ''} {vote_result(data, words)}, {vote_numbers(data, words)}"
    elif "text" in data or "title" in data:
        said = str(data.get("title") or data["text"])
    else:
        found = told(entry.kind, data, words, None)
        said = found.sentence if found is not None else entry.kind
    return f"{time} {said.strip()[:90]}"


def envelope_of(kind: str, form: Given, state: State) -> dict[str, Any]:
    """The command that a filled form stands for. Raises InputError for a kind that has no form."""
    fields = next((family[kind] for family in FORMS.values() if kind in family), None)
    if fields is None:
        raise InputError("kind_unknown", [Problem.of("kind-unknown", "kind", kind=kind[:40])])
    envelope: dict[str, Any] = {"kind": kind, "data": dict(_data(fields, form, state))}
    if COMMANDS[kind].on_item != "none" and form.get("item"):
        envelope["item"] = str(form["item"])
    if form.get("at"):
        envelope["at"] = _moment(str(form["at"]), state, "at")
    if str(form.get("seen", "")).isdigit():
        envelope["seen"] = int(str(form["seen"]))
    return envelope


def _data(fields: tuple[Field, ...], form: Given, state: State) -> Iterator[tuple[str, Any]]:
    for field in fields:
        value = _READING.get(field.sort, _line)(field, form, state)
        if value is not None:
            yield field.name, value


def _line(field: Field, form: Given, _state: State) -> str | None:
    # A browser sends line breaks as CR LF (HTML Living Standard, form submission); nobody typed that.
    return str(form.get(field.name, "")).replace("\r\n", "\n") or None


def _number(field: Field, form: Given, _state: State) -> int | None:
    given = str(form.get(field.name, "")).strip()
    if not given:
        return None
    if not given.isascii() or not given.isdigit() or len(given) > 9:
        raise InputError("entry_ill_formed", [Problem.of("field-type", f"data.{field.name}", reason="integer ≥ 0")])
    return int(given)


def _check(field: Field, form: Given, _state: State) -> bool | None:
    if field.name == "names":
        return field.name in form
    return True if field.name in form else None


def _several(field: Field, form: Given, _state: State) -> list[str] | None:
    return [str(value) for value in form.getall(field.name, [])] or ([] if field.name == "members" else None)


def _lines(field: Field, form: Given, _state: State) -> list[str] | None:
    return [line.strip() for line in str(form.get(field.name, "")).splitlines() if line.strip()] or None


def _chosen(field: Field, form: Given, _state: State) -> dict[str, str] | None:
    prefix = field.name + "."
    return {
        name.removeprefix(prefix): str(value) for name, value in form.items() if name.startswith(prefix) and value
    } or None


def _exceptions(field: Field, form: Given, _state: State) -> dict[str, str] | None:
    pairs = [(str(form.get(f"except-{n}", "")), str(form.get(f"except-{n}-choice", ""))) for n in range(EXCEPTIONS)]
    return {member: choice for member, choice in pairs if member and choice} or None


def _candidates(field: Field, form: Given, state: State) -> list[dict[str, Any]] | None:
    found = []
    for n in range(CANDIDATES):
        if name := str(form.get(f"candidate-{n}", "")).strip():
            found.append({"name": name, "voices": _number(Field(f"candidate-{n}-voices"), form, state) or 0})
    return found or None


def _instant(field: Field, form: Given, state: State) -> str | None:
    given = str(form.get(field.name, ""))
    return _moment(given, state, f"data.{field.name}") if given else None


def _moment(given: str, state: State, place: str) -> str:
    """What a ``datetime-local`` field says, on the council's clock."""
    try:
        return datetime.fromisoformat(given).replace(tzinfo=ZoneInfo(state.agenda.timezone)).isoformat()
    except ValueError:
        raise InputError("entry_ill_formed", [Problem.of("field-type", place, reason="2026-11-20T09:00")]) from None


_READING: Mapping[str, Callable[[Field, Given, State], Any]] = {
    "number": _number, "check": _check, "members": _several, "items": _several, "lines": _lines, "groups": _chosen,
    "votes": _chosen, "exceptions": _exceptions, "candidates": _candidates, "moment": _instant,
}  # fmt: skip


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/console/s/{slug}/forms", show), web.post("/console/s/{slug}/forms", send)]
