"""``/widget.js``: its parts put together when it is served, so that no build step is needed."""

import json
import re
from functools import cache

import minify

from livesession.desk.scripts import version_of
from livesession.web.rendering import STATIC

WIDGET_PARTS = ("widget/core.js", "widget/words.js", "widget/view.js", "widget/element.js")
"""The scripts, in order: each stands in a function of its own and leaves its names to those after it."""

WIDGET_STYLES = ("tokens.css", "register.css")
"""The style sheets of the shadow tree: the same files that the public page links."""

LATER = "widget/more.js"
LATER_STYLES = ("widget/more.css",)
"""What the widget asks for after its first view: search, filters, announcements, sharing, times beside times."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_PAGE_ROOT = re.compile(r":root(?:\[[^]]*\]|:not\([^)]*\))?(?:,\s*|\s*\{[^}]*\})")
_PIXELS = re.compile(r"calc\((\d+) \* var\(--px\)\)")
_SPACE = re.compile(r"\s+")
_LOOSE = re.compile(r" ?([{};,>]) ?|(?<=:) |;(?=})")
_ZERO = re.compile(r"(?<![\d.])0(?=\.\d)")
_SHORT = re.compile(r"#([0-9a-f])\1([0-9a-f])\2([0-9a-f])\3\b")
_QUOTED_NAME = re.compile(r'="([a-z-]+)"]')
_TOKEN = re.compile(r"(--[a-z0-9-]+):([^;]*);")
_USE = re.compile(r"var\((--[a-z0-9-]+)\)")
_OURS = frozenset({"--font"})
"""Tokens that stay tokens, because a host's page may set what they are made of."""


@cache
def widget_source() -> str:
    """The whole script of the custom element ``<live-session>``: classic, async or module, all the same.

    Comments and spaces that only its authors need stay behind: the widget weighs on pages that are not ours.
    """
    scripts = [(STATIC / name).read_text("utf-8") for name in WIDGET_PARTS]
    # The element takes the style sheet from its own tree: a host's policy need not allow any style address.
    styles = f'globalThis[Symbol.for("livesession")].css ??= {json.dumps(_style(), ensure_ascii=False)};'
    later = f'globalThis[Symbol.for("livesession")].address ??= "widget.js/{later_version()}/more.js";'
    return str(minify.string("text/javascript", "\n".join([*scripts[:-1], styles, later, scripts[-1]])))


@cache
def later_source() -> str:
    """The script of what is not needed at first, which the widget asks for once the sitting is on screen."""
    tokens, later = (_style(*names) for names in (WIDGET_STYLES, (*WIDGET_STYLES, *LATER_STYLES)))
    styles = f"export const css = {json.dumps(later.removeprefix(tokens), ensure_ascii=False)};"
    return str(minify.string("text/javascript", styles + (STATIC / LATER).read_text("utf-8")))


@cache
def later_version() -> str:
    """The version in the address of :func:`later_source`: of its content."""
    return version_of(later_source().encode())


def _style(*names: str) -> str:
    text = "\n".join((STATIC / name).read_text("utf-8") for name in names or WIDGET_STYLES)
    # No font, for the widget speaks in the host's or the system's; no root, for it has only its own tree.
    for left_out in (_COMMENT, _FONT_FACE, _PAGE_ROOT):
        text = left_out.sub("", text)
    text = _inlined(_QUOTED_NAME.sub(r"=\1]", _PIXELS.sub(r"\1px", text)))
    text = _SHORT.sub(r"#\1\2\3", _ZERO.sub("", text))
    return _LOOSE.sub(r"\1", _SPACE.sub(" ", text)).strip().replace(";}", "}")


def _inlined(text: str) -> str:
    """The style with each token that has one value in its places, and without those that nothing uses."""
    while (fresh := _inlined_once(text)) != text:
        text = fresh
    return text


def _inlined_once(text: str) -> str:
    values: dict[str, set[str]] = {}
    for name, value in _TOKEN.findall(text):
        values.setdefault(name, set()).add(value.strip())
    single = {name: min(value) for name, value in values.items() if len(value) == 1 and name not in _OURS}
    text = _USE.sub(lambda found: single.get(found[1], found[0]), text)
    used = set(_USE.findall(text))
    return _TOKEN.sub(lambda found: found[0] if found[1] in used else "", text)
