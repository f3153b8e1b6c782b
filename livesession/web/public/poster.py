"""The poster and the badge of a sitting: council, title, day, place, and the QR code of its page; as SVG and PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import segno

from livesession.i18n import Words
from livesession.web.public.announced import Announced
from livesession.web.public.drawing import fitted_in
from livesession.web.public.typeset import BOLD, REGULAR, fitted, from_the_right

Form = Literal["a4", "badge"]

SIZES: dict[str, tuple[int, int]] = {"a4": (2100, 2970), "badge": (1050, 1480)}
"""Tenths of a millimetre, which is what everything here is measured in: A4, and A6 for a door or a lectern."""

INK, QUIET, PAPER, DARK = "#16191C", "#454B51", "#FFFFFF", "#000000"
LEADING = 1.15
QUIET_ZONE = 4
"""Modules of white around a QR code (ISO/IEC 18004 §9.1)."""


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; ``y`` is where its letters stand."""

    x: float
    y: float
    text: str
    size: float
    weight: int
    fill: str
    rtl: bool = False
    """Written from the right: then ``x`` is its right end."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: the dark runs of each row, as (column, row, length), and the width of a module."""

    x: float
    y: float
    module: float
    runs: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (PNG)."""

    x: float
    y: float
    width: float
    height: float
    content: bytes


Mark = Box | Line | Code | Picture


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing: its size, and what is on it, in the order it is drawn."""

    width: int
    height: int
    marks: tuple[Mark, ...]


def sheet(what: Announced, form: Form, said: Words) -> Sheet:
    """The poster or the badge, drawn."""
    width, height = SIZES[form]
    marks = _poster(what, said) if form == "a4" else _badge(what, said)
    return Sheet(width, height, tuple(marks))


def _poster(what: Announced, said: Words) -> Iterator[Mark]:
    width = SIZES["a4"][0]
    margin, band = 170, 1850
    room = width - 2 * margin
    rtl = from_the_right(what.assembly)
    logo = list(_logo(what, width - margin, margin, (420, 200), rtl))
    yield from logo
    taken = logo[0].width + 50 if logo else 0
    yield Box(width - margin - 24 if rtl else margin, 170, 24, 120, what.accent, 6)
    left = margin + taken if rtl else margin + 60
    yield from _lines(what.assembly, left, 170, room - 60 - taken, 120, (66, 56, 48, 40), BOLD, INK)
    top = 420.0
    yield from _lines(said("poster-follow"), margin, top, room, 100, (72, 64), REGULAR, what.accent)
    top += 110
    below = [(what.when, BOLD, INK, 62), (what.where, REGULAR, QUIET, 62)]
    title = list(_lines(what.title, margin, top, room, 850, (210, 180, 150, 130, 110, 96, 80), BOLD, INK))
    yield from title
    top = _under(title, top) + 70
    for text, weight, fill, size in below:
        if text:
            found = list(_lines(text, margin, top, room, 160, (size, 54, 46), weight, fill))
            yield from found
            top = _under(found, top) + 20
    yield Box(0, band, width, 850, what.accent)
    # Of its seventy millimetres the code itself takes fifty-five or more, whatever the address.
    side = 700
    yield Box(margin, band + 75, side, side, PAPER, 24)
    yield code(what.url, margin, band + 75, side)
    left = margin + side + 80
    width_beside = width - left - 110
    top = band + 120.0
    for text, size, weight in ((said("poster-what"), 66, BOLD), (said("poster-how"), 50, REGULAR)):
        found = list(_lines(text, left, top, width_beside, 330, (size, 46, 40), weight, PAPER))
        yield from found
        top = _under(found, top) + 40
    yield from _lines(_shown(what.url), left, top + 10, width_beside, 200, (50, 44, 38, 34, 30), BOLD, PAPER)
    foot = band + 850 + 90
    yield from _lines(said("poster-items", count=what.items), margin, foot, 900, 60, (44,), REGULAR, QUIET)
    yield from _lines(said("poster-after"), margin + 1000, foot, 760, 60, (44, 38, 32), REGULAR, QUIET)


def _badge(what: Announced, said: Words) -> Iterator[Mark]:
    width, height = SIZES["badge"]
    margin, band = 90, 620
    room = width - 2 * margin
    rtl = from_the_right(what.assembly)
    logo = list(_logo(what, width - margin, margin, (220, 110), rtl, 56))
    yield from logo
    taken = logo[0].width + 30 if logo else 0
    assembly = list(
        _lines(what.assembly, margin + taken if rtl else margin, 80, room - taken, 100, (44, 38, 32), BOLD, what.accent)
    )
    yield from assembly
    # Below the logo too, which may be higher than the name beside it.
    under = max(_under(assembly, 80), 176 if logo else 0)
    title = list(_lines(what.title, margin, under + 20, room, 250, (84, 72, 62, 54, 46), BOLD, INK))
    yield from title
    top = _under(title, 200) + 16
    for text, fill in ((what.when, INK), (what.where, QUIET)):
        if text and top < band - 60:
            found = list(_lines(text, margin, top, room, 60, (38, 32, 28), REGULAR, fill))
            yield from found
            top = _under(found, top) + 6
    yield Box(0, band, width, height - band, what.accent)
    side = 600
    left = (width - side) / 2
    yield Box(left, band + 50, side, side, PAPER, 20)
    yield code(what.url, left, band + 50, side)
    top = band + 50 + side + 36
    found = list(_lines(said("poster-follow"), margin, top, room, 60, (46, 40), BOLD, PAPER))
    yield from found
    yield from _lines(_shown(what.url), margin, _under(found, top) + 6, room, 90, (38, 32, 28, 24), REGULAR, PAPER)


def _logo(
    what: Announced, right: float, left: float, room: tuple[float, float], rtl: bool, top: float = 130
) -> Iterator[Picture]:
    """The council's logo at the top, where the words of its name end; nothing where it has none."""
    if what.picture:
        width, height = fitted_in(what.picture, room)
        yield Picture(left if rtl else right - width, top + (room[1] - height) / 2, width, height, what.picture)


def _lines(
    text: str, x: float, y: float, width: float, height: float, sizes: Sequence[float], weight: int, fill: str
) -> Iterator[Line]:
    """A text from ``y`` down, in the largest size that fits."""
    block = fitted(text, weight, width, height, sizes, LEADING)
    for place, line in enumerate(block.lines):
        # What a letter stands on lies about four fifths down its height.
        rtl = from_the_right(line)
        yield Line(
            x + width if rtl else x, y + block.size * (0.82 + LEADING * place), line, block.size, weight, fill, rtl
        )


def _under(lines: Sequence[Line], top: float) -> float:
    return lines[-1].y + lines[-1].size * 0.33 if lines else top


def _shown(url: str) -> str:
    """An address as people read it, breakable where it may be: behind its host."""
    return url.partition("://")[2].replace("/s/", " /s/", 1)


def code(url: str, x: float, y: float, side: float) -> Code:
    """The QR code of an address in a square with its own quiet zone; a fifteenth of it may be dirty (level M)."""
    matrix = [list(row) for row in segno.make_qr(url, error="m").matrix]
    module = side / (len(matrix) + 2 * QUIET_ZONE)
    return Code(x + QUIET_ZONE * module, y + QUIET_ZONE * module, module, tuple(_runs(matrix)))


def _runs(matrix: Sequence[Sequence[int]]) -> Iterator[tuple[int, int, int]]:
    for row, modules in enumerate(matrix):
        start = None
        for column, dark in enumerate([*modules, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                yield start, row, column - start
                start = None
