"""Static files by content hash, and the overlays' folders."""

import mimetypes
import re
from pathlib import Path, PurePosixPath

from aiohttp import web

from livesession.errors import NotFoundError
from livesession.resources import folder
from livesession.web.rendering import STATIC, static_name, static_url
from livesession.web.services import SERVICES

FOR_GOOD = "public, max-age=31536000, immutable"
_TYPES = {".woff2": "font/woff2", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_THEME = re.compile(r"[a-z0-9][a-z0-9-]*(?:/[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*)+")
THEME_ENDINGS = frozenset({".css", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".woff2", ".woff"})
"""What a theme may consist of: nothing that a browser would run."""


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


async def theme(request: web.Request) -> web.Response:
    """A file of a theme: of the operator's own folder, else one that ships. The operator's goes before."""
    held = request.app.get(SERVICES)
    name = request.match_info["file"]
    if held is not None and held.overlay_themes is not None and (own := _own(held.overlay_themes, name)) is not None:
        return _file(own, "no-cache")
    return _file(_inside(Path(str(folder("overlays"))) / "themes", name), "no-cache")


def _own(root: Path, name: str) -> Path | None:
    if _THEME.fullmatch(name) is None or PurePosixPath(name).suffix.lower() not in THEME_ENDINGS:
        return None
    path = (root / name).resolve()
    # The folder may be a link somewhere else; what lies in it may not lead out of it.
    return path if path.is_relative_to(root.resolve()) and path.is_file() else None


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [
        web.get("/static/{name:.+}", static),
        web.get("/overlays/themes/{file:.+}", theme),
        web.get("/overlays/{name}/{file:.*}", overlay),
    ]
