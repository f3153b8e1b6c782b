"""Text set in the page's own typeface where no browser does it: measured, broken into lines, made to fit."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

from livesession.web.rendering import STATIC

FONTS = (
    STATIC / "fonts" / "atkinson-hyperlegible-next.woff2",
    STATIC / "fonts" / "atkinson-hyperlegible-next-latin-ext.woff2",
)
"""The page's typeface, in its two files: Latin, and what Latin alphabets have besides."""

ELSEWHERE = (
    "DejaVuSans.ttf",
    "NotoSans-Regular.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
    "LiberationSans-Regular.ttf",
)
"""Fonts that systems have, for the alphabets ours has no letters of."""

REGULAR, BOLD = 400, 700


def from_the_right(text: str) -> bool:
    """Whether a text is written from the right: its first letter that has a direction decides (UAX #9, rule P2)."""
    kinds = (unicodedata.bidirectional(sign) for sign in text)
    return next((kind in ("R", "AL") for kind in kinds if kind in ("L", "R", "AL")), False)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text of one size (pixels or millimetres, as the caller counts)."""

    lines: tuple[str, ...]
    size: float


@lru_cache(maxsize=8)
def letters(path: Path | str) -> frozenset[int]:
    """The code points that a font file draws."""
    with TTFont(str(path), lazy=True) as font:
        return frozenset(font.getBestCmap())


def font_file(text: str) -> Path | str:
    """The first font that has every letter of a text, else the one that has most of them."""
    wanted = {ord(sign) for sign in text if not sign.isspace()}
    known: list[Path | str] = [*FONTS[:1], *_found()]
    return min(known, key=lambda path: len(wanted - letters(path)))


@lru_cache(maxsize=1)
def _found() -> tuple[str, ...]:
    found = []
    for name in ELSEWHERE:
        try:
            found.append(str(ImageFont.truetype(name).path))
        except OSError:
            # A server without fonts still draws what its own typeface can.
            continue
    return tuple(found)


def font(text: str, size: float, weight: int) -> ImageFont.FreeTypeFont:
    """A font to draw ``text`` with, ``size`` pixels high."""
    path = font_file(text)
    made = ImageFont.truetype(str(path), size)
    if path in FONTS:
        made.set_variation_by_axes([weight])
    return made


def fitted(text: str, weight: int, width: float, height: float, sizes: Sequence[float], leading: float = 1.15) -> Block:
    """A text in the largest of ``sizes`` that fits; cut with « … » where none does. ``leading`` is of the size."""
    block = Block((), sizes[-1])
    for size in sizes:
        made = font(text, size, weight)
        block = Block(tuple(_broken(text, made, width)), size)
        fits = all(made.getlength(line) <= width for line in block.lines)
        if fits and len(block.lines) * size * leading <= height:
            return block
    most = max(1, int(height // (block.size * leading)))
    made = font(text, block.size, weight)
    lines = [_cut(line, made, width) for line in block.lines[:most]]
    if len(block.lines) > most:
        lines[-1] = _cut(lines[-1] + " " + block.lines[most], made, width, always=True)
    return Block(tuple(lines), block.size)


def _broken(text: str, made: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    """Lines broken at spaces that may be broken at: str.split() would break at U+00A0 too."""
    line = ""
    for word in text.replace("\n", " ").split(" "):
        longer = f"{line} {word}" if line else word
        if line and made.getlength(longer) > width:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def _cut(line: str, made: ImageFont.FreeTypeFont, width: float, *, always: bool = False) -> str:
    if not always and made.getlength(line) <= width:
        return line
    while line and made.getlength(line + "…") > width:
        line = line[:-1]
    return line.rstrip(" ,;:\u00a0") + "…"
