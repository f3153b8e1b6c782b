"""The image that stands for a sitting where a link to it is shared: council, title, day, what to do."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from aiohttp import web
from PIL import Image, ImageDraw

from livesession.i18n import language_of, words
from livesession.web.public.announced import Announced, announced
from livesession.web.public.conditional import answer, is_known, tag_of
from livesession.web.public.drawing import drawn, paste_logo
from livesession.web.public.typeset import BOLD, REGULAR, Block, fitted, font, from_the_right
from livesession.web.rendering import language_for
from livesession.web.services import services

WIDTH, HEIGHT = 1200, 630
"""Pixels: what networks cut nothing off (Open Graph, X's large card)."""

MARGIN = 72
BAND = 110
LOGO = (200, 96)
INK, QUIET, PAPER = "#16191C", "#454B51", "#FFFFFF"
LEADING = 1.15


@dataclass(slots=True)
class _Sheet:
    """A drawing and the height it is at."""

    draw: ImageDraw.ImageDraw
    y: float

    def write(self, block: Block, weight: int, fill: str) -> None:
        for line in block.lines:
            made = font(line, block.size, weight)
            if from_the_right(line):
                self.draw.text((WIDTH - MARGIN, self.y), line, font=made, fill=fill, anchor="ra")
            else:
                self.draw.text((MARGIN, self.y), line, font=made, fill=fill)
            self.y += block.size * LEADING


@lru_cache(maxsize=64)
def card_png(what: Announced) -> bytes:
    """The image as PNG, kept while sittings are announced: drawing it takes some tenths of a second."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    sheet = _Sheet(ImageDraw.Draw(image), 64)
    width = WIDTH - 2 * MARGIN
    if what.picture:
        # Where the words end, not where they begin.
        left = MARGIN if from_the_right(what.assembly) else WIDTH - MARGIN - LOGO[0]
        paste_logo(image, what.picture, (left, 44), LOGO)
    beside = width - LOGO[0] - 32 if what.picture else width
    sheet.write(fitted(what.assembly, BOLD, beside, 84, (36, 32, 28), LEADING), BOLD, what.accent)
    when = [fitted(line, REGULAR, width, 50, (40, 36, 32, 28), LEADING) for line in _below(what)]
    room = HEIGHT - BAND - sheet.y - 24 - sum(block.size * LEADING for block in when) - 52
    sheet.y = max(sheet.y, 44 + LOGO[1]) if what.picture else sheet.y
    title = fitted(what.title, BOLD, width, room, (92, 80, 70, 60, 52, 46, 40), LEADING)
    sheet.y += 24
    sheet.write(title, BOLD, INK)
    sheet.y = HEIGHT - BAND - 30 - sum(block.size * LEADING for block in when)
    for place, block in enumerate(when):
        sheet.write(block, BOLD if place == 0 else REGULAR, INK if place == 0 else QUIET)
    _band(sheet.draw, what)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _below(what: Announced) -> Iterator[str]:
    if what.when:
        yield what.when
    if what.where:
        yield what.where


def _band(draw: ImageDraw.ImageDraw, what: Announced) -> None:
    draw.rectangle((0, HEIGHT - BAND, WIDTH, HEIGHT), fill=what.accent)
    middle = HEIGHT - BAND / 2
    draw.text((MARGIN, middle), what.follow, font=font(what.follow, 36, BOLD), fill="#FFFFFF", anchor="lm")
    block = fitted(what.host, REGULAR, 520, 60, (32, 28, 24), LEADING)
    draw.text(
        (WIDTH - MARGIN, middle), block.lines[0], font=font(what.host, block.size, REGULAR), fill="#FFFFFF", anchor="rm"
    )


async def card(request: web.Request) -> web.Response:
    held = services(request)
    room = await held.hub.room(request.match_info["slug"])
    said = words(language_for(request) if "lang" in request.query else language_of(room.state.agenda.language))
    face = await held.faces.current()
    picture = await held.faces.picture() if face.logo else None
    what = announced(room, held.base_url, said, face, picture)
    tag = tag_of("card", what)
    if is_known(request, tag, None):
        return answer(request, None, "image/png", tag=tag)
    return answer(request, await drawn(request, partial(card_png, what)), "image/png", tag=tag)


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/s/{slug}/card.png", card)]
