"""HTML of a record: one page that prints well, without script and without inline style of its own."""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from livesession.i18n import Words
from livesession.minutes.document import ClosedDoors, Event, Record, Update, Vote
from livesession.minutes.phrases import Phrases, words_for

_STYLE_END = "</"


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("minutes.html")


def minutes_html(
    record: Record,
    said: Words | None = None,
    *,
    stylesheet_urls: Sequence[str] = (),
    css: str | None = None,
) -> str:
    """The record as a page, in the sitting's language unless ``said`` is another's.

    The web gives ``stylesheet_urls``, in the order of the cascade; a file that stands alone gets
    ``css``, which is written into it under a policy that allows that style and nothing else.
    Raises ValueError on a ``css`` that would end its own element.
    """
    if css is not None and _STYLE_END in css:
        raise ValueError("a style sheet cannot hold '</'")
    words = said or words_for(record)
    return _template().render(
        record=record,
        words=words,
        phrases=Phrases(record, words),
        stylesheet_urls=stylesheet_urls,
        # A style element's text is taken as it stands, and its hash must be that of these bytes.
        css=None if css is None else Markup(css),  # noqa: S704 - our own style sheet, which cannot end its element
        css_hash=None if css is None else _source_hash(css),
        kinds={Update: "update", Vote: "vote", Event: "event", ClosedDoors: "doors"},
    )


def _source_hash(css: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
