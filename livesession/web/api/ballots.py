"""The results of a voting device, as a table, recorded as a public ballot."""

import asyncio
from typing import Any

from aiohttp import web

from livesession.agendas.ballots import read_ballots
from livesession.agendas.table_columns import CsvOptions
from livesession.errors import InputError, Problem
from livesession.web.api.parts import Parts, pairs, read_parts
from livesession.web.api.sittings import answer
from livesession.web.rendering import words_of
from livesession.web.security import allowed
from livesession.web.services import services

_VOTE = ("subject", "motion", "majority", "of", "share", "result", "quorum_reason")
"""Texts that go into the vote as they are."""

FIELDS = ("item", "at", "seen", *_VOTE, "columns", "choices", "encoding", "separator")
"""Texts that may go with the file."""


async def record_ballots(request: web.Request) -> web.Response:
    """Read the table against the sitting's assembly, and post the vote.

    Names become ids here; who has a voice, quorum and result are judged by the desk on the state
    that the vote is committed to. An id means the same member whatever happened in between.
    """
    account = await allowed(request, "post")
    parts = await read_parts(request, FIELDS)
    held = services(request)
    row = await held.log.sitting(request.match_info["slug"], rehearsals=True)
    assembly = (await held.log.state(row.id)).assembly
    texts = parts.texts
    options = CsvOptions(
        encoding=texts.get("encoding") or None,
        separator=texts.get("separator") or None,
        columns=pairs(texts.get("columns", ""), "columns", "full=Nom; choice=Vote"),
    )
    choices = pairs(texts.get("choices", ""), "choices", "1=for; 2=against")
    reading = await asyncio.to_thread(read_ballots, parts.content, assembly, options=options, choices=choices)
    envelope = _envelope(parts, {str(member): choice for member, choice in reading.votes.items()})
    key = request.headers.get("Idempotency-Key")
    appended = await held.desk.post(row.slug, envelope, account, key=key)
    words = words_of(request)
    body = {
        "entry": appended.entry.as_json(),
        "problems": [
            {"code": problem.code, "place": problem.place, "detail": words.problem(problem)}
            for problem in reading.problems
        ],
    }
    return answer(body, 200 if appended.repeated else 201)


def _envelope(parts: Parts, votes: dict[str, str]) -> dict[str, Any]:
    texts = {name: text.strip() for name, text in parts.texts.items() if text.strip()}
    data = {name: texts[name] for name in _VOTE if name in texts}
    envelope: dict[str, Any] = {
        "kind": "vote.recorded",
        "data": {**data, "ballot": "public", "source": "device", "votes": votes},
    }
    for name in ("item", "at"):
        if name in texts:
            envelope[name] = texts[name]
    if "seen" in texts:
        envelope["seen"] = _seen(texts["seen"])
    return envelope


def _seen(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        raise InputError("form_field", [Problem.of("form-field", "seen", text=text[:20], example="42")])
    return int(text)


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.post("/api/v1/sittings/{slug}/ballots", record_ballots)]
