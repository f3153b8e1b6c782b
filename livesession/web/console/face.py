"""The console's page for the council's face: an administrator chooses, contrast is checked, one sees it at once."""

import asyncio
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from livesession.desk.policy import require
from livesession.domain.face import FONTS, Face, checked, decimal, ratios
from livesession.errors import InputError
from livesession.i18n import LANGUAGES, Words
from livesession.media.logo import MAX_LOGO, Logo, clean_logo
from livesession.web.console.login import person
from livesession.web.rendering import render, words_of
from livesession.web.services import services

FIELDS = ("name", "accent", "accent_dark", "font")


async def show(request: web.Request) -> web.StreamResponse:
    require((await person(request)).role, "face")
    face = await services(request).faces.current()
    return await _page(request, face, _given(face))


async def keep(request: web.Request) -> web.StreamResponse:
    require((await person(request)).role, "face")
    faces = services(request).faces
    face = await faces.current()
    form = await request.post()
    if form.get("act") == "reset":
        await faces.forget()
        raise web.HTTPSeeOther(f"/console/face{_query(request, 'forgotten')}")
    given = {name: str(form.get(name, "")) for name in FIELDS}
    try:
        logo = await _uploaded(form.get("logo"))
        kept = "" if form.get("remove") else face.logo
        await faces.keep(checked(**given, logo=kept), logo)
    except InputError as error:
        return await _page(request, face, given, error)
    raise web.HTTPSeeOther(f"/console/face{_query(request, 'kept')}")


def _query(request: web.Request, done: str) -> str:
    language = f"&lang={request.query['lang']}" if request.query.get("lang") in LANGUAGES else ""
    return f"?done={done}{language}"


async def _uploaded(field: object) -> Logo | None:
    if not isinstance(field, web.FileField):
        return None
    content = field.file.read(MAX_LOGO + 1)
    return await asyncio.to_thread(clean_logo, content) if content else None


def _given(face: Face) -> dict[str, str]:
    return {"name": face.name, "accent": face.accent, "accent_dark": face.accent_dark, "font": face.font}


async def _page(
    request: web.Request, face: Face, given: Mapping[str, str], error: InputError | None = None
) -> web.StreamResponse:
    context: dict[str, Any] = {
        "account": await person(request),
        "fonts": FONTS,
        "given": given,
        "ratios": {name: decimal(value) for name, value in ratios(face).items()},
        "wrong": _told(error, words_of(request)),
        "done": request.query.get("done", ""),
        "face": face,
    }
    response = await render(request, "console/face.html", context)
    if error is not None:
        response.set_status(422)
    return response


def _told(error: InputError | None, said: Words) -> dict[str, str]:
    """What is wrong with each field, as sentences."""
    if error is None:
        return {}
    # A text's problem names a place within the field.
    return {
        problem.place.split(".")[0]: said.format(f"problem-{problem.code}", dict(problem.params))
        for problem in error.problems
    }


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/console/face", show), web.post("/console/face", keep)]
