"""Forms that programs send as ``multipart/form-data``: a file, and short texts beside it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from aiohttp import BodyPartReader, web

from livesession.errors import InputError, Problem
from livesession.web.requests import MAX_BODY, refuse_encoded

MAX_FIELD = 40_000
"""Bytes of a text beside the file."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The file and its name, and the texts by field; a field given twice has its last value."""

    content: bytes
    filename: str
    texts: Mapping[str, str]


async def read_parts(request: web.Request, known: Collection[str]) -> Parts:
    """A multipart body with a part ``file`` and texts, whose fields must be ``known``.

    Raises InputError: ``file_missing``, ``form_field``, or ``multipart_unreadable`` where the body is
    none (RFC 7578).
    """
    refuse_encoded(request)
    if request.content_type != "multipart/form-data":
        reason = request.content_type[:80]
        raise InputError("multipart_unreadable", [Problem.of("multipart-unreadable", "", reason=reason)])
    try:
        parts = await _read(request, known)
    except (ValueError, RuntimeError) as error:
        # aiohttp's own ways to say that boundaries are missing and that an encoding is unknown.
        reason = str(error)[:200]
        raise InputError("multipart_unreadable", [Problem.of("multipart-unreadable", "", reason=reason)]) from None
    if parts is None:
        raise InputError("file_missing", [Problem.of("file-missing", "file")])
    return parts


async def _read(request: web.Request, known: Collection[str]) -> Parts | None:
    reader = await request.multipart()
    file: tuple[bytes, str] | None = None
    texts: dict[str, str] = {}
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read(decode=True))
        name = part.name or ""
        if name == "file":
            if len(content) > MAX_BODY:
                raise web.HTTPRequestEntityTooLarge(max_size=MAX_BODY, actual_size=len(content))
            file = content, part.filename or ""
        elif name not in known:
            shown = ", ".join(("file", *known))
            raise InputError("form_field", [Problem.of("form-field-unknown", name[:40], known=shown)])
        elif len(content) > MAX_FIELD:
            raise web.HTTPRequestEntityTooLarge(max_size=MAX_FIELD, actual_size=len(content))
        else:
            texts[name] = content.decode("utf-8")
    return None if file is None else Parts(*file, texts)


def pairs(text: str, field: str, example: str) -> dict[str, str]:
    """``a=b; c=d``, or a pair a line. Raises InputError ``form_field`` on anything else."""
    found = {}
    for part in text.replace("\n", ";").split(";"):
        name, equals, value = (each.strip() for each in part.partition("="))
        if not equals and not name:
            continue
        if not (name and equals and value):
            raise InputError("form_field", [Problem.of("form-field", field, text=part.strip()[:60], example=example)])
        found[name] = value
    return found
