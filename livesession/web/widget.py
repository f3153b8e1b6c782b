"""``/widget.js``: its parts put together when it is served, so that no build step is needed."""

import json
import re
from functools import cache

from livesession.web.rendering import STATIC

WIDGET_PARTS = ("widget/core.js", "widget/words.js", "widget/view.js", "widget/element.js")
"""The scripts, in order: each stands in a function of its own and leaves its names to those after it."""

WIDGET_STYLES = ("tokens.css", "register.css")
"""The style sheets of the shadow tree: the same files that the public page links."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_SPACE = re.compile(r"\s+")


@cache
def widget_source() -> str:
    """The whole script of the custom element ``<live-session>``: classic, async or module, all the same."""
    scripts = [(STATIC / name).read_text("utf-8") for name in WIDGET_PARTS]
    # The element takes the style sheet from its own tree: a host's policy need not allow any style address.
    styles = json.dumps(_style(), ensure_ascii=False).replace("</", "<\\/")
    return "\n".join([*scripts[:-1], f'globalThis[Symbol.for("livesession")].css ??= {styles};', scripts[-1]])


def _style() -> str:
    text = "\n".join((STATIC / name).read_text("utf-8") for name in WIDGET_STYLES)
    # The widget downloads no font: it speaks in the host's, or the system's.
    return _SPACE.sub(" ", _FONT_FACE.sub("", _COMMENT.sub("", text))).strip()
