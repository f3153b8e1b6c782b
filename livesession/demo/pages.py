"""Pages of the demonstration: a town hall's site on another origin, and the stand-ins' timelines."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any, Protocol

import jinja2
from aiohttp import web

from livesession.web.rendering import words_of

_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(str(resources.files(__package__) / "templates")),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Post(Protocol):
    """A post as a stand-in keeps it; ``depth`` says how far down a thread it stands."""

    @property
    def text(self) -> str: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def depth(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Timeline:
    """A stand-in network's timeline, the newest post last."""

    network: str
    account: str
    posts: Callable[[], Awaitable[Sequence[Post]]]


def _page(request: web.Request, template: str, policy: str, **context: Any) -> web.Response:
    words = words_of(request)
    html = _templates.get_template(template).render(t=words, lang=words.language, **context)
    return web.Response(text=html, content_type="text/html", headers={"Content-Security-Policy": policy})


def add_routes(app: web.Application, *, public_url: str, slug: str, timelines: Sequence[Timeline]) -> None:
    """Add the demonstration's pages to the application."""

    async def town_hall(request: web.Request) -> web.Response:
        # The strictest policy a council's site could have: nothing inline, and of ours only script and thread.
        socket = public_url.replace("http", "ws", 1)
        policy = (
            f"default-src 'none'; style-src 'self'; script-src {public_url}; connect-src {public_url} {socket}; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        return _page(request, "town-hall.html", policy, public_url=public_url, slug=slug)

    def timeline_page(timeline: Timeline) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handler(request: web.Request) -> web.Response:
            posts = list(reversed(await timeline.posts()))
            policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
            return _page(request, "timeline.html", policy, timeline=timeline, posts=posts)

        return handler

    async def style(request: web.Request) -> web.Response:
        css = (resources.files(__package__) / "templates" / "demo.css").read_text("utf-8")
        return web.Response(text=css, content_type="text/css")

    app.router.add_get("/demo/town-hall/", town_hall)
    app.router.add_get("/demo/demo.css", style)
    for timeline in timelines:
        app.router.add_get(f"/demo/{timeline.network.lower()}/", timeline_page(timeline))
