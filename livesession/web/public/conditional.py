"""Answers that caches keep and programs ask for again and again: ETag, Last-Modified, 304 (RFC 9110 §13)."""

import hashlib
from datetime import UTC, datetime, timedelta

from aiohttp import web

from livesession import __version__

MAX_AGE = 60
"""Seconds a cache may go on without asking: feed readers come every quarter of an hour, sittings move by the minute."""


def tag_of(*parts: object) -> str:
    """An opaque tag of everything that an answer was made from, the program's version included."""
    return hashlib.sha256("\0".join([__version__, *map(str, parts)]).encode()).hexdigest()[:24]


def is_known(request: web.Request, tag: str, modified: datetime | None) -> bool:
    """Whether whoever asks has it already. The tag decides where one is sent (RFC 9110 §13.1.3)."""
    if request.if_none_match:
        return any(held.value in (tag, "*") for held in request.if_none_match)
    since = request.if_modified_since
    return since is not None and modified is not None and modified.replace(microsecond=0) <= since


def answer(
    request: web.Request, body: bytes | None, content_type: str, *, tag: str, modified: datetime | None = None
) -> web.Response:
    """The body, or 304 for None. ``modified`` is when it changed last, aware; None where nobody knows."""
    response = web.Response(status=304) if body is None else web.Response(body=body, content_type=content_type)
    headers = response.headers
    # Weak: compressed and not, it is the same answer in two sequences of bytes.
    headers["ETag"] = f'W/"{tag}"'
    headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    headers["Vary"] = "Accept-Encoding"
    # Within the second that it names more may come, which a date alone would not tell.
    if modified is not None and datetime.now(UTC) - modified > timedelta(seconds=1):
        response.last_modified = modified
    if body is not None and _is_text(content_type):
        if not content_type.endswith("json"):
            response.charset = "utf-8"
        response.enable_compression()
    return response


def _is_text(content_type: str) -> bool:
    return content_type.startswith("text/") or content_type.endswith(("xml", "json"))
