"""Stock phrases by API: filled in for a sitting as it stands now, and the council's own kept beside ours."""

from datetime import UTC, datetime

from aiohttp import web

from livesession.errors import NotFoundError
from livesession.i18n import LANGUAGES, words
from livesession.phrases.phrases import shipped
from livesession.phrases.reading import read_phrases
from livesession.web.api.sittings import answer
from livesession.web.rendering import language_for
from livesession.web.requests import read_file, refuse_encoded
from livesession.web.security import allowed
from livesession.web.services import services


async def filled(request: web.Request) -> web.Response:
    """Every phrase as it reads now, in the sitting's language unless ``?lang=`` asks for another."""
    await allowed(request, "read_record")
    held = services(request)
    row = await held.log.sitting(request.match_info["slug"], rehearsals=True)
    state = await held.log.state(row.id)
    written = state.agenda.language.lower().split("-")[0]
    language = language_for(request) if "lang" in request.query or written not in LANGUAGES else written
    found = await held.phrases.filled(state, words(language), datetime.now(UTC))
    return answer({"language": language, "seq": state.seq, "phrases": found})


async def show(request: web.Request) -> web.Response:
    """The templates of a language: ours, and the council's own."""
    await allowed(request, "read_record")
    language = _language(request)
    return answer({"shipped": shipped(language), "own": await services(request).phrases.own(language)})


async def keep(request: web.Request) -> web.Response:
    """Keep the council's own phrases, from a YAML file, in place of those that were."""
    await allowed(request, "channels")
    if request.content_type == "multipart/form-data":
        content, _ = await read_file(request, "file")
    else:
        refuse_encoded(request)
        content = await request.read()
    language, phrases = read_phrases(content)
    if language != _language(request):
        raise NotFoundError("phrases_language", language=_language(request), known=language)
    await services(request).phrases.keep(language, phrases)
    return answer({"language": language, "own": phrases})


async def remove(request: web.Request) -> web.Response:
    await allowed(request, "channels")
    await services(request).phrases.keep(_language(request), [])
    return web.Response(status=204)


def _language(request: web.Request) -> str:
    asked = request.match_info["language"]
    if asked not in LANGUAGES:
        raise NotFoundError("phrases_language", language=asked[:40], known=", ".join(LANGUAGES))
    return asked


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    one = "/api/v1/phrases/{language}"
    return [
        web.get("/api/v1/sittings/{slug}/phrases", filled),
        web.get(one, show),
        web.put(one, keep),
        web.delete(one, remove),
    ]
