"""The console's JavaScript modules under one address per version, and the words they speak."""

import hashlib
import mimetypes
import re
from functools import cache

from aiohttp import web
from fluent.syntax import ast

from livesession.errors import NotFoundError
from livesession.i18n import catalogues, words
from livesession.web.rendering import STATIC

FOLDER = STATIC / "console"
PREFIX = "console-js-"
SPOKEN = ("console", "clerks", "offline")
"""The parts of the catalogues that hold words of scripts."""

_PARAMETERS = (
    "n", "total", "required", "time", "item", "name", "by", "reason", "result", "for", "against", "abstention", "place",
)  # fmt: skip


_IMPORT = re.compile(r'^import [^"]*"\./([a-z]+\.js)";$', re.MULTILINE)


@cache
def version() -> str:
    """The hash of every module: they import each other by relative address, so they change address together."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.js")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def script_url(name: str) -> str:
    """The address of a module."""
    return f"/console/scripts/{version()}/{name}"


@cache
def preloads(name: str) -> tuple[str, ...]:
    """The addresses of every module that a module needs: told to the browser at once, not found one by one."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        source = (FOLDER / waiting.pop()).read_text("utf-8")
        for needed in _IMPORT.findall(source):
            if needed not in found:
                found[needed] = None
                waiting.append(needed)
    return tuple(script_url(each) for each in found)


async def script(request: web.Request) -> web.Response:
    path = FOLDER / request.match_info["name"]
    if not path.is_file():
        raise NotFoundError("not_found")
    # A page of the version before asks by its own address: it gets what there is, kept by nobody.
    kept = "public, max-age=31536000, immutable" if request.match_info["version"] == version() else "no-store"
    return web.Response(
        body=path.read_bytes(),
        content_type=mimetypes.types_map.get(path.suffix, "text/javascript"),
        charset="utf-8",
        headers={"Cache-Control": kept},
    )


@cache
def script_words(language: str) -> dict[str, str]:
    """The sentences the modules use, by their id without prefix; parameters stay as ``{name}`` for them to fill."""
    said = words(language)
    parameters = {name: "{" + name + "}" for name in _PARAMETERS}
    return {
        message.id.name.removeprefix(PREFIX): said.format(message.id.name, parameters)
        for part in SPOKEN
        for message in catalogues(language)[part].body
        if isinstance(message, ast.Message) and message.id.name.startswith(PREFIX)
    }


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get(r"/console/scripts/{version:[0-9a-f]{12}}/{name:[a-z]+\.js}", script)]
