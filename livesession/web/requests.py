"""Reading what a request brings: JSON bodies, numbers in the query, uploaded files."""

import json
from typing import Any

from aiohttp import BodyPartReader, web

from livesession.errors import InputError, Problem

MAX_BODY = 24 * 1024 * 1024
"""Bytes of a request's body: an agenda of tens of thousands of items fits."""

MAX_NUMBER = 2**31 - 1
"""What a position in the database can be: past it there is nothing, and PostgreSQL would refuse the question."""


async def read_json(request: web.Request) -> Any:
    """The body as JSON. Raises InputError ``json_unreadable`` with the place."""
    refuse_encoded(request)
    return decode_json(await request.read())


def refuse_encoded(request: web.Request) -> None:
    """Bodies are read as they are sent. Raises HTTPUnsupportedMediaType for one that is compressed."""
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise web.HTTPUnsupportedMediaType(headers={"Accept-Encoding": "identity"})


def decode_json(body: bytes) -> Any:
    """JSON text as RFC 8259 has it: UTF-8, no NaN, no Infinity. Raises InputError ``json_unreadable``."""

    def refuse(name: str) -> Any:
        raise ValueError(f"{name} is not JSON")

    try:
        return json.loads(body.decode("utf-8"), parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        reason = str(error)[:200] if isinstance(error, ValueError) else "too deep"
        raise InputError("json_unreadable", [Problem.of("json-unreadable", "", reason=reason)]) from None


async def read_object(request: web.Request) -> dict[str, Any]:
    """The body as a JSON object. Raises InputError."""
    form = await read_json(request)
    if not isinstance(form, dict):
        raise InputError("json_unreadable", [Problem.of("json-object", "")])
    return form


async def read_file(request: web.Request, field: str) -> tuple[bytes, str]:
    """An uploaded file and its name, out of a multipart body.

    Raises InputError: ``file_missing``, or ``multipart_unreadable`` where the body is none (RFC 7578).
    """
    refuse_encoded(request)
    try:
        found = await _part(request, field)
    except (ValueError, RuntimeError) as error:
        # aiohttp's own ways to say that boundaries are missing and that an encoding is unknown.
        reason = str(error)[:200]
        raise InputError("multipart_unreadable", [Problem.of("multipart-unreadable", "", reason=reason)]) from None
    if found is None:
        raise InputError("file_missing", [Problem.of("file-missing", field)])
    return found


async def _part(request: web.Request, field: str) -> tuple[bytes, str] | None:
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if isinstance(part, BodyPartReader) and part.name == field:
            content = bytes(await part.read(decode=True))
            if len(content) > MAX_BODY:
                raise web.HTTPRequestEntityTooLarge(max_size=MAX_BODY, actual_size=len(content))
            return content, part.filename or ""
    return None


def query_number(request: web.Request, name: str, default: int | None, *, least: int = 0) -> int | None:
    """A whole number in the query, cut to :data:`MAX_NUMBER`. Raises InputError where it is none or too small."""
    text = request.query.get(name)
    if text is None or text == "":
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 20) or int(text) < least:
        raise InputError("query_number", [Problem.of("query-number", name, least=least)], name=name)
    return min(int(text), MAX_NUMBER)
