"""Errors as answers: problem+json (RFC 9457) for programs, a calm page for people."""

import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus

import msgspec
from aiohttp import web
from aiohttp.web_protocol import RequestPayloadError

from livesession.errors import InputError, LivesessionError
from livesession.i18n import Words
from livesession.web.rendering import render, words_of

logger = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_HTTP_CODES = {
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "body_encoded",
    426: "upgrade_required",
}

_KEPT_HEADERS = frozenset({"Accept-Encoding", "Allow", "Connection", "Upgrade"})
"""What a status obliges its answer to carry (RFC 9110 §15.5.6, §15.5.16, §15.5.22)."""


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns what is raised into an answer with a stable code, in the reader's language."""
    try:
        return await handler(request)
    except LivesessionError as error:
        return await _answer(request, error, error.status)
    except web.HTTPRedirection:
        raise
    except web.HTTPException as error:
        code = _HTTP_CODES.get(error.status, "http")
        response = await _answer(request, LivesessionError(code, status=error.status), error.status)
        for name in _KEPT_HEADERS & set(error.headers):
            response.headers[name] = error.headers[name]
        return response
    except RequestPayloadError:
        return await _answer(request, LivesessionError("body_unreadable"), 400)
    except ConnectionResetError:
        # Whoever asked has left: nobody gets this, and it is no error of ours.
        return web.Response(status=400)
    except Exception:
        logger.exception("unexpected error on %s %s", request.method, request.path)
        return await _answer(request, LivesessionError("internal"), 500)


async def _answer(request: web.Request, error: LivesessionError, status: int) -> web.StreamResponse:
    words = words_of(request)
    if wants_page(request):
        response = await render(
            request, "public/error.html", {"status": status, "lines": problem_lines(error, words), "code": error.code}
        )
        response.set_status(status)
    else:
        response = problem_response(error, status, words)
    if status == 429:
        response.headers["Retry-After"] = str(error.params.get("seconds", 60))
    if status == 401 and not wants_page(request):
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def wants_page(request: web.Request) -> bool:
    """Whether a person's browser asks, rather than a program."""
    if request.path.startswith("/api/"):
        return False
    return "text/html" in request.headers.get("Accept", "")


def problem_lines(error: LivesessionError, words: Words) -> list[str]:
    """What went wrong, where, and what to do, line by line."""
    return [_writable(line) for line in words.error_lines(error)]


def _writable(text: str) -> str:
    # A sentence may repeat what was sent: a lone surrogate, which is a reason to refuse, has no UTF-8.
    return text.encode("utf-8", "replace").decode("utf-8")


def problem_response(error: LivesessionError, status: int, words: Words) -> web.Response:
    """The error as ``application/problem+json``."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": error.code,
        "detail": " ".join(problem_lines(error, words)),
    }
    if isinstance(error, InputError) and error.problems:
        body["problems"] = [
            {"code": problem.code, "place": _writable(problem.place), "detail": _writable(words.problem(problem))}
            for problem in error.problems
        ]
    return web.Response(
        body=msgspec.json.encode(body), status=status, content_type="application/problem+json", charset="utf-8"
    )
