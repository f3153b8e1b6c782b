"""How well one colour is read on another (WCAG 2.2 §1.4.3, §1.4.11), and the nearest colour that is."""

import colorsys
import re
from collections.abc import Callable, Sequence

TEXT = 4.5
"""The least ratio of a text to what it stands on (WCAG 2.2 AA)."""

PARTS = 3.0
"""The least ratio of a part of the interface to what is beside it."""

_HEX = re.compile(r"#[0-9a-f]{6}")
_STEPS = 400

Pairs = Callable[[str], Sequence[tuple[str, str]]]
"""For a colour, every pair of colours that must be read one on the other once it is chosen."""


def colour(text: str) -> str | None:
    """The colour as ``#rrggbb``, from six or three hexadecimal digits with or without ``#``; None for anything else."""
    plain = "#" + text.strip().removeprefix("#").lower()
    if len(plain) == 4:
        plain = "#" + "".join(digit * 2 for digit in plain[1:])
    return plain if _HEX.fullmatch(plain) else None


def luminance(of: str) -> float:
    """Relative luminance, 0 for black to 1 for white (WCAG 2.2)."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in _channels(of)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def least(pairs: Sequence[tuple[str, str]]) -> float:
    """The ratio of the pair that is read worst."""
    return min(ratio(one, other) for one, other in pairs)


def mixed(one: str, other: str, share: float) -> str:
    """``share`` of the one colour (0 to 1), the rest of the other."""
    parts = zip(_channels(one), _channels(other), strict=True)
    return _written([share * first + (1 - share) * second for first, second in parts])


def readable(ground: str, light: str = "#ffffff", dark: str = "#16191c") -> str:
    """The better of two inks on a ground."""
    return light if ratio(light, ground) >= ratio(dark, ground) else dark


def nearest(wanted: str, pairs: Pairs, needed: float = TEXT) -> str:
    """The colour of the same hue nearest in lightness of which every pair reaches ``needed``.

    The colour itself where it does already. Raises ValueError where no lightness does.
    """
    hue, light, saturation = colorsys.rgb_to_hls(*_channels(wanted))
    for step in range(_STEPS + 1):
        for lightness in (light - step / _STEPS, light + step / _STEPS):
            if 0 <= lightness <= 1:
                found = wanted if step == 0 else _written(colorsys.hls_to_rgb(hue, lightness, saturation))
                if least(pairs(found)) >= needed:
                    return found
    raise ValueError(wanted)


def _channels(of: str) -> tuple[float, float, float]:
    red, green, blue = (int(of[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _written(channels: Sequence[float]) -> str:
    return "#" + "".join(f"{round(255 * value):02x}" for value in channels)
