"""Each request has an identifier, which the journal's lines and the answer carry: what an operator asks for by it."""

import logging
import re
import time

import uuid_utils
from aiohttp import web

from livesession.journal import REQUEST, SITTING
from livesession.web.problems import Handler
from livesession.web.security import SAFE_METHODS

logger = logging.getLogger(__name__)

HEADER = "X-Request-ID"

_GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")


@web.middleware
async def trace(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Take the identifier that a proxy gave, or make one; write a line for each command and for what failed."""
    given = request.headers.get(HEADER, "")
    REQUEST.set(given if _GIVEN.fullmatch(given) else uuid_utils.uuid7().hex)
    SITTING.set(request.match_info.get("slug", ""))
    begun = time.perf_counter()
    response = await handler(request)
    if request.method not in SAFE_METHODS or response.status >= 500:
        took = (time.perf_counter() - begun) * 1000
        # The path without its query, where a cursor or a word that somebody looks for may be.
        line = "%s %s: %d in %.1f ms"
        logger.info(line, request.method, request.path, response.status, took, extra={
            "method": request.method, "path": request.path, "status": response.status, "milliseconds": round(took, 1),
        })  # fmt: skip
    return response


async def name_answer(request: web.Request, response: web.StreamResponse) -> None:
    """The answer carries the identifier where somebody may ask for it: not what a cache keeps for everybody."""
    if request.method not in SAFE_METHODS or response.status >= 400 or HEADER in request.headers:
        response.headers[HEADER] = REQUEST.get()
