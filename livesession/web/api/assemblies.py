"""Kept assemblies by API: listed, read, and replaced whole, from JSON or from a file."""

import asyncio
from dataclasses import replace
from typing import Any

from aiohttp import web

from livesession.agendas.members import AssemblyReading, read_assembly
from livesession.agendas.table_columns import CsvOptions
from livesession.desk.assemblies import Change, Kept, kept_name
from livesession.i18n import Words
from livesession.web.api.parts import pairs, read_parts
from livesession.web.api.sittings import answer
from livesession.web.rendering import words_of
from livesession.web.requests import refuse_encoded
from livesession.web.security import allowed
from livesession.web.services import services

FIELDS = ("profile", "columns", "encoding", "separator")
"""Texts that may go with a file."""


async def list_assemblies(request: web.Request) -> web.Response:
    await allowed(request, "read_record")
    kept = await services(request).desk.assemblies.all()
    return answer({"assemblies": [_row(each) for each in kept]})


def _row(kept: Kept) -> dict[str, Any]:
    assembly = kept.assembly
    return {
        "name": assembly.name,
        "profile": assembly.rules.profile,
        "members": len(assembly.members),
        "groups": len(assembly.groups),
        "updated_at": kept.updated_at,
    }


async def get_assembly(request: web.Request) -> web.Response:
    await allowed(request, "read_record")
    kept = await services(request).desk.assemblies.get(request.match_info["name"])
    return answer(kept.assembly.as_json())


async def put_assembly(request: web.Request) -> web.Response:
    """The assembly of the address's name, whatever name the body has; 201 where none was kept before."""
    await allowed(request, "create_sitting")
    name = kept_name(request.match_info["name"])
    refuse_encoded(request)
    if request.content_type == "multipart/form-data":
        parts = await read_parts(request, FIELDS)
        content, texts = parts.content, parts.texts
    else:
        content, texts = await request.read(), {}
    options = CsvOptions(
        encoding=texts.get("encoding") or None,
        separator=texts.get("separator") or None,
        columns=pairs(texts.get("columns", ""), "columns", "full=Nom; group=Liste"),
    )
    # Off the loop: a large file takes seconds to read.
    reading = await asyncio.to_thread(read_assembly, content, options=options, name=name)
    profile = texts.get("profile") or None
    assembly = reading.assembly
    if profile is not None:
        # What the file adjusted stays.
        assembly = replace(assembly, rules=replace(assembly.rules, profile=profile))
    change = await services(request).desk.assemblies.keep(
        assembly, says_rules=reading.says_rules or profile is not None
    )
    return answer(_kept(change, reading, words_of(request)), 201 if change.created else 200)


def _kept(change: Change, reading: AssemblyReading, words: Words) -> dict[str, Any]:
    return {
        "assembly": change.assembly.as_json(),
        "new": [member.id for member in change.new],
        "gone": [member.id for member in change.gone],
        "handles_gone": [member.id for member in change.handles_gone],
        "problems": [
            {"code": problem.code, "place": problem.place, "detail": words.problem(problem)}
            for problem in reading.problems
        ],
    }


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    one = "/api/v1/assemblies/{name}"
    return [
        web.get("/api/v1/assemblies", list_assemblies),
        web.get(one, get_assembly),
        web.put(one, put_assembly),
    ]
