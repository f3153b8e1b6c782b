"""A plain form for each command: whole without script, on a phone too, for whatever has no quicker gesture yet."""

import re
from copy import copy
from dataclasses import replace
from itertools import groupby

import uuid_utils
from aiohttp import web

from livesession.desk.desk import COMMANDS
from livesession.desk.policy import require
from livesession.domain.entry import Entry
from livesession.domain.sitting import State
from livesession.domain.vote import CHOICES
from livesession.errors import InputError, LivesessionError
from livesession.i18n import Words
from livesession.telling import told, vote_numbers, vote_result
from livesession.web.console.fields import CANDIDATES, EXCEPTIONS, FORMS
from livesession.web.console.login import person
from livesession.web.console.prefilled import prefilled
from livesession.web.console.reading import Given, envelope_of
from livesession.web.console.scripts import script_url, script_words
from livesession.web.problems import problem_lines
from livesession.web.rendering import language_for, render, static_url, words_of
from livesession.web.services import services

LATEST = 300
"""Entries of the record that a form may name."""

_FIELD = re.compile(r"^data\.|[.[].*$")
"""What stands around a field's name in a place: ``data.candidates[2].name``."""

_ASKED_BY = {"quorum_lost": "quorum_reason", "appointment_secret": "secrecy_waived", "vote_tie": "result"}
"""Refusals that one more field answers."""


async def show(request: web.Request) -> web.StreamResponse:
    """Every form; ``?open=`` opens one, filled in with what ``?entry=`` says where it corrects an entry."""
    return await _page(request, request.query.get("open", ""))


async def send(request: web.Request) -> web.StreamResponse:
    """Record what a form says, and come back to it; refused, the form stands as it was filled in, with what to do."""
    account = await person(request)
    slug = request.match_info["slug"]
    held = services(request)
    form = await request.post()
    kind = str(form.get("kind", ""))
    state = await held.log.state((await held.log.sitting(slug, rehearsals=True)).id)
    try:
        envelope = envelope_of(kind, form, state)
        await held.desk.post(slug, envelope, account, key=str(form.get("key", "")) or None)
    except LivesessionError as error:
        return await _page(request, kind, form, error)
    language = f"&lang={asked}" if (asked := request.query.get("lang", "")) in ("fr", "en") else ""
    raise web.HTTPSeeOther(f"/console/s/{slug}/forms?done={kind}{language}")


async def _page(
    request: web.Request, opened: str, given: Given | None = None, error: LivesessionError | None = None
) -> web.StreamResponse:
    account = await person(request)
    require(account.role, "post")
    held, words, language = services(request), words_of(request), language_for(request)
    row = await held.log.sitting(request.match_info["slug"], rehearsals=True)
    state = await held.log.state(row.id)
    entries = await held.log.read(row.id, max(0, row.seq - LATEST), LATEST)
    context = {
        "account": account,
        "sitting": {"slug": row.slug, "title": row.title},
        "state": state,
        "voices": state.electorate(state.current) if state.attendance_facts else {},
        "forms": {
            family: {kind: [(part, list(fields)) for part, fields in groupby(form, lambda field: field.part)]
                     for kind, form in kinds.items()}
            for family, kinds in FORMS.items()
        },
        "on_item": {kind: COMMANDS[kind].on_item for family in FORMS.values() for kind in family},
        "entries": [(entry.id, entry.kind, label_of(entry, state, words)) for entry in reversed(entries) if entry.data],
        "choices": CHOICES,
        "candidates": range(CANDIDATES),
        "exceptions": range(EXCEPTIONS),
        "opened": opened,
        "given": prefilled(opened, request.query.get("entry", ""), state) if given is None else given,
        "wrong": set() if error is None else wrong_fields(error),
        "error": None if error is None else problem_lines(_on_labels(error, words), words),
        "done": request.query.get("done"),
        "key": lambda: str(uuid_utils.uuid7()),
        "script": script_url("forms.js"),
        "data": {
            "slug": row.slug,
            "seq": row.seq,
            "groups": {group.id: group.name for group in state.assembly.groups},
            "language": language,
            "icons": static_url("icons.svg"),
            "words": script_words(language),
        },
    }  # fmt: skip
    response = await render(request, "console/forms.html", context)
    if error is not None:
        response.set_status(error.status)
    return response


def _on_labels(error: LivesessionError, words: Words) -> LivesessionError:
    """A refusal that names its fields as the form does: « Motif » for ``data.reason``."""
    if not isinstance(error, InputError):
        return error
    shown = copy(error)
    shown.problems = tuple(replace(problem, place=_label(problem.place, words)) for problem in error.problems)
    return shown


def _label(place: str, words: Words) -> str:
    message = "forms-field-" + _FIELD.sub("", place).replace("_", "-")
    return words(message) if words.has(message) else place


def wrong_fields(error: LivesessionError) -> set[str]:
    """The fields that a refusal is about: those its problems name, and the one that answers it."""
    found = {_ASKED_BY[error.code]} if error.code in _ASKED_BY else set()
    if isinstance(error, InputError):
        found |= {_FIELD.sub("", problem.place) for problem in error.problems}
    return found


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


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/console/s/{slug}/forms", show), web.post("/console/s/{slug}/forms", send)]
