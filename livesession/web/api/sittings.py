"""Sittings by API: created from an agenda, looked at, posted to, exported."""

import asyncio
from typing import Any

import msgspec
from aiohttp import web

from livesession.agendas.reading import Reading, read_agenda_form, read_agendas
from livesession.domain.agenda import AgendaItem
from livesession.domain.sitting import State
from livesession.errors import RefusedError
from livesession.i18n import Words
from livesession.thread.verify import export_form
from livesession.web.rendering import words_of
from livesession.web.requests import read_file, read_json, read_object
from livesession.web.security import account_of, allowed
from livesession.web.services import services

OPENED_FOR = "Livesession-Sitting"
"""The header in which the console names the sitting it was opened for: a wiped rehearsal frees its slug."""


def answer(body: Any, status: int = 200) -> web.Response:
    """A JSON answer."""
    return web.Response(body=msgspec.json.encode(body), status=status, content_type="application/json")


async def list_sittings(request: web.Request) -> web.Response:
    await allowed(request, "read_record")
    rows = await services(request).log.sittings(rehearsals=True)
    return answer(
        {
            "sittings": [
                {
                    "slug": row.slug,
                    "title": row.title,
                    "assembly": row.assembly,
                    "starts": row.starts,
                    "status": row.status,
                    "rehearsal": row.rehearsal,
                }
                for row in rows
            ]
        }
    )


async def create_sitting(request: web.Request) -> web.Response:
    account = await allowed(request, "create_sitting")
    if request.content_type == "multipart/form-data":
        content, name = await read_file(request, "file")
        # Off the loop: a large file takes seconds to read.
        reading = await asyncio.to_thread(read_agendas, content, name)
    else:
        reading = read_agenda_form(await read_json(request))
    # A name may be asked for one sitting only: several would fight for it.
    slug = request.query.get("slug") if len(reading.agendas) == 1 else None
    rehearsal = request.query.get("rehearsal", "") in ("1", "true")
    desk = services(request).desk
    rows = [await desk.create(agenda, account, slug=slug, rehearsal=rehearsal) for agenda in reading.agendas]
    slugs = [row.slug for row in rows]
    body = {"slug": slugs[0], "slugs": slugs, "problems": _oddities(reading, words_of(request))}
    return answer(body, 201)


def _oddities(reading: Reading, words: Words) -> list[dict[str, str]]:
    return [
        {"code": problem.code, "place": problem.place, "detail": words.problem(problem)} for problem in reading.problems
    ]


async def get_sitting(request: web.Request) -> web.Response:
    await allowed(request, "read_record")
    held = services(request)
    row = await held.log.sitting(request.match_info["slug"], rehearsals=True)
    state = await held.log.state(row.id)
    return answer(
        {
            "slug": row.slug,
            "title": state.agenda.title,
            "seq": state.seq,
            "pos": state.pos,
            "epoch": row.epoch,
            "rehearsal": row.rehearsal,
            "state": state.summary(),
            "items": [_item(item, state) for item in state.agenda.items],
        }
    )


async def wipe_sitting(request: web.Request) -> web.Response:
    """Delete a rehearsal and everything that belongs to it; any other sitting is refused."""
    account = await allowed(request, "create_sitting")
    await services(request).desk.wipe(request.match_info["slug"], account)
    return web.Response(status=204)


def _item(item: AgendaItem, state: State) -> dict[str, Any]:
    form = item.as_json()
    form["status"] = state.item_status(item.id)
    if item.items:
        form["items"] = [_item(child, state) for child in item.items]
    return form


async def post_entry(request: web.Request) -> web.Response:
    account = await account_of(request)
    envelope = await read_object(request)
    await _is_the_one(request)
    key = request.headers.get("Idempotency-Key")
    appended = await services(request).desk.post(request.match_info["slug"], envelope, account, key=key)
    return answer(appended.entry.as_json(), 200 if appended.repeated else 201)


async def _is_the_one(request: web.Request) -> None:
    """The sitting the console was opened for, not another that has its name since. Raises RefusedError."""
    named = request.headers.get(OPENED_FOR)
    if named and (await services(request).log.sitting(request.match_info["slug"], rehearsals=True)).id != named:
        raise RefusedError("sitting_other")


async def get_record(request: web.Request) -> web.Response:
    await allowed(request, "read_record")
    held = services(request)
    row = await held.log.sitting(request.match_info["slug"], rehearsals=True)
    response = answer(await export_form(held.log, row))
    response.headers["Content-Disposition"] = f'attachment; filename="{row.slug}.json"'
    return response


async def get_drafts(request: web.Request) -> web.Response:
    account = await allowed(request, "post")
    held = services(request)
    row = await held.log.sitting(request.match_info["slug"], rehearsals=True)
    return answer({"drafts": await held.desk.drafts.of(row.id, account.id)})


async def drop_draft(request: web.Request) -> web.Response:
    account = await allowed(request, "post")
    await services(request).desk.drafts.drop(request.match_info["draft"], account.id)
    return web.Response(status=204)


async def who_am_i(request: web.Request) -> web.Response:
    account = await account_of(request)
    return answer({"name": account.name, "role": account.role})


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    one = "/api/v1/sittings/{slug}"
    return [
        web.get("/api/v1/sittings", list_sittings),
        web.post("/api/v1/sittings", create_sitting),
        web.get(one, get_sitting),
        web.delete(one, wipe_sitting),
        web.post(one + "/entries", post_entry),
        web.get(one + "/record", get_record),
        web.get(one + "/drafts", get_drafts),
        web.delete(one + "/drafts/{draft}", drop_draft),
        web.get("/api/v1/account", who_am_i),
    ]
