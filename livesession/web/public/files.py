"""Static files by content hash, and the overlays' folders."""

import mimetypes
from pathlib import Path, PurePosixPath

from aiohttp import web

from livesession.errors import NotFoundError
from livesession.resources import folder
from livesession.web.rendering import STATIC, static_name, static_url

FOR_GOOD = "public, max-age=31536000, immutable"
_TYPES = {".woff2": "font/woff2", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


def _inside(root: Path, name: str) -> Path:
    """The file of that name below ``root``. Raises NotFoundError, also where the name leads outside."""
    parts = PurePosixPath(name).parts
    if not parts or any(part in ("..", ".") or part.startswith((".", "/")) for part in parts) or "\0" in name:
        raise NotFoundError("not_found")
    path = root.joinpath(*parts)
    if not path.is_file():
        raise NotFoundError("not_found")
    return path


def _file(path: Path, cache: str) -> web.Response:
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind == "image/svg+xml"
    return web.Response(
        body=path.read_bytes(),
        content_type=kind,
        charset="utf-8" if text else None,
        headers={"Cache-Control": cache},
    )


async def static(request: web.Request) -> web.Response:
    asked = request.match_info["name"]
    name = static_name(asked)
    path = _inside(STATIC, name)
    # A page from before a deployment names what was: it gets what is, which no cache may keep under the old name.
    return _file(path, FOR_GOOD if static_url(name) == f"/static/{asked}" else "public, max-age=300")


async def overlay(request: web.Request) -> web.Response:
    root = Path(str(folder("overlays")))
    name = request.match_info["name"]
    return _file(_inside(root, f"{name}/{request.match_info['file'] or 'index.html'}"), "no-cache")


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [
        web.get("/static/{name:.+}", static),
        web.get("/overlays/{name}/{file:.*}", overlay),
    ]
