"""What lets the console open without a line: its service worker, its manifest, and the page for what was not kept."""

import hashlib
import json
from functools import cache

from aiohttp import web

from livesession.web.console.scripts import FOLDER, script_url, version
from livesession.web.public.homescreen import SIZES
from livesession.web.rendering import STATIC, language_for, render, static_url, words_of

LOST_PAGE = "/console/offline"
ACCENT = "#0B5A66"
"""The console's own colour: a council's is for what the public sees."""

SCOPE = "/console/"
_APART = frozenset({"worker.js"})
"""Scripts that no page loads."""


@cache
def files() -> tuple[str, ...]:
    """The address of every file a page of the console is made of."""
    styles = [static_url(f"console/{path.name}") for path in sorted(FOLDER.glob("*.css"))]
    scripts = [script_url(path.name) for path in sorted(FOLDER.glob("*.js")) if path.name not in _APART]
    fonts = [static_url(f"fonts/{path.name}") for path in sorted((STATIC / "fonts").glob("*.woff2"))]
    return (static_url("tokens.css"), static_url("icons.svg"), *styles, *scripts, *fonts)


@cache
def console_version() -> str:
    """Another where any of those files is another, or the worker itself."""
    return hashlib.sha256("\n".join((version(), *files())).encode()).hexdigest()[:12]


def mark(response: web.StreamResponse, account: str) -> None:
    """Say of a page of which version it is and for whom: the worker keeps it only for both."""
    response.headers["Livesession-Console"] = console_version()
    response.headers["Livesession-Account"] = account


async def worker(request: web.Request) -> web.Response:
    """The service worker of this version. Another version is another text, by which browsers know it."""
    known = {"VERSION": console_version(), "FILES": files(), "LOST_PAGE": f"{LOST_PAGE}?lang={language_for(request)}"}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in known.items())
    source = (FOLDER / "worker.js").read_text("utf-8")
    return web.Response(
        text=head + source,
        content_type="text/javascript",
        charset="utf-8",
        headers={"Service-Worker-Allowed": SCOPE, "Cache-Control": "no-cache"},
    )


async def manifest(request: web.Request) -> web.Response:
    """What a browser needs to install the console as a program (W3C Web Application Manifest)."""
    said = words_of(request)
    body = {
        "id": SCOPE,
        "name": said("offline-name"),
        "short_name": said("offline-short-name"),
        "lang": said.language,
        "start_url": SCOPE,
        "scope": SCOPE,
        "display": "standalone",
        "background_color": "#F5F4F0",
        "theme_color": ACCENT,
        "icons": [
            {"src": f"/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for size in SIZES
            for purpose in ("any", "maskable")
        ],
    }
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
    return web.json_response(body, content_type="application/manifest+json", headers=headers)


async def lost(request: web.Request) -> web.StreamResponse:
    """Shown without a line where a page was never opened in this browser."""
    return await render(request, "console/offline.html", {"lang": language_for(request)})


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [
        web.get("/console/worker.js", worker),
        web.get("/console/manifest.webmanifest", manifest),
        web.get(LOST_PAGE, lost),
    ]
