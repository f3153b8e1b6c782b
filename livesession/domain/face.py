"""The council's own face: its name, colours, font and logo, and what they make of the page's tokens."""

from dataclasses import dataclass
from typing import Literal, get_args

from livesession.domain.contrast import TEXT, Pairs, colour, least, mixed, nearest, ratio, readable
from livesession.domain.text import check_text
from livesession.errors import InputError, Problem

Font = Literal["legible", "system", "serif"]
FONTS: tuple[Font, ...] = get_args(Font)
"""Atkinson Hyperlegible Next, which is carried along; the device's own; the device's own with serifs."""

FAMILIES: dict[Font, str] = {
    "legible": '"Atkinson Hyperlegible Next",system-ui,sans-serif',
    "system": "system-ui,sans-serif",
    "serif": 'ui-serif,Georgia,"Times New Roman",serif',
}

ACCENT = "#0b5a66"
"""Petrol, the page's own colour: white on it reads at 7.9 to 1."""

ACCENT_DARK = "#6cc5d0"
"""The same on dark ground: 8.6 to 1."""

MAX_NAME = 200
"""Characters of a council's name."""

_WHITE, _SUNKEN, _SURFACE_DARK = "#ffffff", "#eceae3", "#181c20"
_SOFT_LIGHT, _SOFT_DARK = 0.1, 0.16


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What was chosen. An empty name or logo is none."""

    name: str = ""
    accent: str = ACCENT
    accent_dark: str = ACCENT_DARK
    font: Font = "legible"
    logo: str = ""
    """The name of the logo's file, as it is asked for; empty for none."""

    @property
    def is_default(self) -> bool:
        """Whether nothing of the look was chosen, so that pages need no style sheet of it."""
        return (self.accent, self.accent_dark, self.font) == (ACCENT, ACCENT_DARK, "legible")

    @property
    def version(self) -> str:
        """What changes with the look, for addresses that may be kept."""
        return f"{self.accent[1:]}{self.accent_dark[1:]}{self.font}"


def light_pairs(accent: str) -> tuple[tuple[str, str], ...]:
    """What must be read where the page is light: links on each ground, on the soft of the colour; white on it."""
    return ((accent, _WHITE), (accent, _SUNKEN), (accent, mixed(accent, _WHITE, _SOFT_LIGHT)))


def dark_pairs(accent: str) -> tuple[tuple[str, str], ...]:
    """What must be read where the page is dark."""
    return ((accent, _SURFACE_DARK), (accent, mixed(accent, _SURFACE_DARK, _SOFT_DARK)), (accent, readable(accent)))


def checked(*, name: str, accent: str, accent_dark: str, font: str, logo: str = "") -> Face:
    """The face, if it is one. An empty colour is ours, or the nearest to the light one for dark.

    Raises InputError ``face`` with a problem for each colour that is not read well enough: its ratio, and the
    nearest colour that is.
    """
    check_text(name, "name", limit=MAX_NAME, blank=True)
    problems: list[Problem] = []
    light = _checked_colour("accent", accent or ACCENT, light_pairs, problems)
    dark = accent_dark or (nearest(light, dark_pairs) if accent and light else ACCENT_DARK)
    dark = _checked_colour("accent_dark", dark, dark_pairs, problems)
    if font not in FONTS:
        problems.append(Problem.of("face-font", "font", known=", ".join(FONTS)))
    if problems:
        raise InputError("face", problems)
    chosen = next(one for one in FONTS if one == font)
    return Face(name=" ".join(name.split()), accent=light, accent_dark=dark, font=chosen, logo=logo)


def _checked_colour(field: str, given: str, pairs: Pairs, problems: list[Problem]) -> str:
    found = colour(given)
    if found is None:
        problems.append(Problem.of("face-colour", field))
        return ""
    if (reached := least(pairs(found))) < TEXT:
        better = nearest(found, pairs)
        whole, tenth = decimal(reached)
        problem = Problem.of("face-contrast", field, colour=found, nearest=better, whole=whole, tenth=tenth)
        problems.append(problem)
    return found


def decimal(value: float) -> tuple[int, int]:
    """A ratio as whole and tenth, which each language parts by a sign of its own."""
    # Down to the tenth below: 4.46 must not be called 4.5.
    return divmod(int(value * 10), 10)


def tokens(face: Face) -> tuple[dict[str, str], dict[str, str]]:
    """The page's tokens in light and in dark, as in ``tokens.css``."""
    soft = mixed(face.accent, _WHITE, _SOFT_LIGHT)
    soft_dark = mixed(face.accent_dark, _SURFACE_DARK, _SOFT_DARK)
    light = {
        "--accent": face.accent,
        "--on-accent": _WHITE,
        "--accent-soft": soft,
        "--accent-ink": nearest(face.accent, lambda ink: ((ink, soft),), 6),
        "--fill": face.accent,
        "--on-fill": _WHITE,
    }
    dark = {
        "--accent": face.accent_dark,
        "--on-accent": readable(face.accent_dark),
        "--accent-soft": soft_dark,
        "--accent-ink": nearest(face.accent_dark, lambda ink: ((ink, soft_dark),), 6),
        "--fill": face.accent,
        "--on-fill": _WHITE,
    }
    return light, dark


def page_css(face: Face) -> str:
    """The style sheet of pages: both themes, by the reader's wish and by the page's attribute."""
    light, dark = (_declared(each) for each in tokens(face))
    font = "" if face.font == "legible" else f"--font:{FAMILIES[face.font]};"
    return (
        f':root,[data-face="light"]{{{light}{font}}}'
        f'@media(prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{dark}}}}}'
        f':root[data-theme="dark"],[data-face="dark"]{{{dark}}}'
    )


def overlay_css(face: Face, logo: str | None, wide: float = 1) -> str:
    """The same for overlays, whose ground is dark whatever the theme of the machine; ``wide`` is the logo's width
    in heights."""
    font = "" if face.font == "legible" else f"--font:{FAMILIES[face.font]};"
    shown = f'--logo:url("{logo}");--logo-ratio:{wide:.3f};--logo-shown:1;' if logo else ""
    return f":root{{--fill:{face.accent};--on-fill:{_WHITE};--glow:{face.accent_dark};{font}{shown}}}"


def _declared(values: dict[str, str]) -> str:
    return "".join(f"{name}:{value};" for name, value in values.items())


def ratios(face: Face) -> dict[str, float]:
    """How well the two colours are read where that is hardest, to be shown beside them."""
    return {
        "light": least(light_pairs(face.accent)),
        "dark": least(dark_pairs(face.accent_dark)),
        "fill": ratio(_WHITE, face.accent),
    }
