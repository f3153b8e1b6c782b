"""The site kit: what to paste into the council's own site, made from a few choices, with the widget beside it."""

from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web
from markupsafe import Markup, escape

from livesession.desk.policy import require
from livesession.domain.face import checked, tokens
from livesession.errors import InputError
from livesession.i18n import LANGUAGES, Words
from livesession.web.console.login import person
from livesession.web.frame import frame
from livesession.web.rendering import render, words_of
from livesession.web.services import services

WAYS = ("widget", "iframe", "html")
THEMES = ("", "light", "dark")
ORDERS = ("newest", "oldest")
HEIGHTS = ("auto", "full", "600")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen; an empty value is the widget's own."""

    way: str
    language: str
    theme: str
    order: str
    height: str
    accent: str


def chosen(request: web.Request) -> Choice:
    """The choices of a request; what is not offered is the first of what is."""
    asked = request.query

    def one(name: str, offered: tuple[str, ...]) -> str:
        return asked[name] if asked.get(name) in offered else offered[0]

    height = asked.get("height", "")
    free = height if height.isdecimal() and 200 <= int(height) <= 4_000 else ""
    return Choice(
        way=one("way", WAYS),
        language=one("language", ("", *LANGUAGES)),
        theme=one("theme", THEMES),
        order=one("order", ORDERS),
        height=free or one("height", HEIGHTS),
        accent=asked.get("accent", "").strip(),
    )


def code(base: str, slug: str, title: str, choice: Choice, said: Words) -> str:
    """What to paste, as text."""
    page = f"{base}/s/{slug}"
    link = Markup('<a href="{}">{}</a>').format(page, said("site-follow", title=title))
    if choice.way == "html":
        query = f"?lang={choice.language}" if choice.language else ""
        return f"{page}/fragment{query}"
    if choice.way == "iframe":
        query = f"?lang={choice.language}" if choice.language else ""
        tag = frame(f"{page}/embed{query}", title)
        return f'{tag}\n<script src="{base}/static/frame.js" async></script>'
    attributes = [("src", page), ("lang", choice.language), ("theme", choice.theme)]
    attributes += [("order", choice.order if choice.order != ORDERS[0] else "")]
    attributes += [("height", choice.height if choice.height != HEIGHTS[0] else "")]
    written = " ".join(f'{name}="{escape(value)}"' for name, value in attributes if value)
    script = f'<script src="{base}/widget.js" async></script>'
    return f"{_style(choice)}{script}\n<live-session {written}>\n  {link}\n</live-session>"


def _style(choice: Choice) -> str:
    """The colour in each theme that can be seen: no colour is read on light and on dark ground alike."""
    if not choice.accent:
        return ""
    light, dark = (
        " ".join(f"{name}: {value};" for name, value in each.items())
        for each in tokens(checked(name="", accent=choice.accent, accent_dark="", font="legible"))
    )
    rules = {
        "light": f"live-session {{ {light} }}",
        "dark": f"live-session {{ {dark} }}",
        "": f"live-session {{ {light} }}\n  @media (prefers-color-scheme: dark) {{ live-session {{ {dark} }} }}",
    }
    return f"<style>\n  {rules[choice.theme]}\n</style>\n"


def _refused(choice: Choice, said: Words) -> str:
    """Why the colour is not taken, or nothing."""
    if not choice.accent:
        return ""
    try:
        checked(name="", accent=choice.accent, accent_dark="", font="legible")
    except InputError as error:
        return said.format(f"problem-{error.problems[0].code}", dict(error.problems[0].params))
    return ""


async def show(request: web.Request) -> web.StreamResponse:
    account = await person(request)
    require(account.role, "post")
    held = services(request)
    rows = await held.log.sittings()
    wished = request.query.get("sitting")
    row = next((one for one in rows if one.slug == wished), rows[0] if rows else None)
    choice, said = chosen(request), words_of(request)
    refused = _refused(choice, said)
    if refused:
        # The code stays one that everybody can read.
        choice = replace(choice, accent="")
    made = "" if row is None else code(held.base_url, row.slug, row.title, choice, said)
    if row is not None and "application/json" in request.headers.get("Accept", ""):
        return web.json_response(_made(row.slug, row.title, choice, made, refused, said), headers={"Vary": "Accept"})
    context = {
        "account": account,
        "sittings": rows,
        "chosen": row,
        "choice": choice,
        "accent": request.query.get("accent", ""),
        "refused": refused,
        "code": made,
        "offered": {"way": WAYS, "theme": THEMES, "order": ORDERS, "languages": ("", *LANGUAGES)},
    }
    return await render(request, "console/site.html", context)


def _made(slug: str, title: str, choice: Choice, made: str, refused: str, said: Words) -> dict[str, Any]:
    """The same for the page that is open already: its words, and the attributes of its widget."""
    widget = {"src": f"/s/{slug}", "lang": choice.language, "theme": choice.theme, "order": choice.order}
    return {
        "code": made,
        "refused": refused,
        "name": said(f"site-code-{choice.way}"),
        "note": said(f"site-note-{choice.way}"),
        "title": title,
        "widget": {**widget, "height": choice.height},
    }


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/console/site", show)]
