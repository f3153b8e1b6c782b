"""Pages: jinja2 with autoescape, words in the reader's language, static files by content hash."""

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp_jinja2
import jinja2
from aiohttp import web
from markupsafe import Markup

from livesession import __version__
from livesession.i18n import LANGUAGES, Words, language_of, words
from livesession.telling import named, quorum_told, told, vote_numbers, vote_result, vote_told
from livesession.web.services import services

STATIC = Path(__file__).parent / "static"
TEMPLATES = Path(__file__).parent / "templates"
_HASHED = re.compile(r"(?P<stem>.+)\.(?P<hash>[0-9a-f]{12})\.(?P<ending>[a-z0-9]+)")


def set_up(app: web.Application) -> None:
    """Give the application its templates. ``autoescape`` is on for every one of them."""
    aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        enable_async=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment = aiohttp_jinja2.get_env(app)
    environment.globals["static"] = static_url
    environment.globals["icon"] = icon
    environment.globals["told"] = told
    environment.globals["vote_told"] = vote_told
    environment.globals["vote_result"] = vote_result
    environment.globals["vote_numbers"] = vote_numbers
    environment.globals["quorum_told"] = quorum_told
    environment.globals["named"] = named
    environment.globals["version"] = __version__


def language_for(request: web.Request) -> str:
    """The language of a page: ``?lang=``, else a cookie of the console, else the browser's; French otherwise."""
    asked = request.query.get("lang", "")
    if asked in LANGUAGES:
        return asked
    return language_of(request.headers.get("Accept-Language", ""))


def words_of(request: web.Request) -> Words:
    """The sentences of the request's language."""
    return words(language_for(request))


async def render(
    request: web.Request, template: str, context: Mapping[str, Any], *, language: str | None = None
) -> web.Response:
    """A page from a template. ``t`` are the words, ``lang`` the page's language, ``imprint`` who answers for it."""
    chosen = words(language or language_for(request))
    held = services(request)
    other = next(each for each in LANGUAGES if each != chosen.language)
    rest = [(name, value) for name, value in request.query.items() if name != "lang"]
    site = {
        "request_path": request.path,
        # The same page, whatever part of it is shown.
        "other_language": other,
        "in_other_language": "?" + urlencode([*rest, ("lang", other)]),
        "imprint": held.imprint,
        "face": await held.faces.current(),
    }
    full = {"t": chosen, "lang": chosen.language, **site, **context}
    response = await aiohttp_jinja2.render_template_async(template, request, full)
    response.headers["Content-Language"] = chosen.language
    response.headers["Vary"] = "Accept-Language"
    return response


@cache
def _hash_of(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def static_url(name: str) -> str:
    """The address of a static file with its content's hash: cacheable for good."""
    stem, dot, ending = name.rpartition(".")
    return f"/static/{stem}.{_hash_of(name)}{dot}{ending}"


def static_name(path: str) -> str:
    """The file behind a static address, with or without hash."""
    found = _HASHED.fullmatch(path)
    return f"{found['stem']}.{found['ending']}" if found else path


def icon(name: str, label: str | None = None) -> Markup:
    """An icon of the sprite; with ``label`` it is named, else it is decoration beside a word."""
    naming = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="icon" {} width="20" height="20"><use href="{}#{}"></use></svg>').format(
        naming, static_url("icons.svg"), name
    )
