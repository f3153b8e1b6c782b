"""What may be typed: which characters the record keeps, and which it refuses.

Text is kept as typed, neither trimmed nor normalised. Refused are only characters that no
format downstream can carry (XML 1.0 §2.2, JSON, PostgreSQL's text) or that nobody can type.
"""

import re

from livesession.errors import InputError, Problem

MAX_TEXT = 10_000
"""Characters in an update's text, counted as code points."""

MAX_LINE = 2_000
"""Characters in a title, a name or a reason."""

_REFUSED = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls but tab, line feed, carriage return
    "\ud800-\udfff"  # lone surrogates: Python strings hold no paired ones
    "\ufdd0-\ufdef"  # noncharacters
    + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)


def refused_character(text: str) -> tuple[int, str] | None:
    """The first character that cannot be kept, as (place from 1, ``U+XXXX``), or None."""
    found = _REFUSED.search(text)
    if found is None:
        return None
    return found.start() + 1, f"U+{ord(found.group()):04X}"


def text_problem(text: str, place: str, *, limit: int = MAX_TEXT, blank: bool = False) -> Problem | None:
    """Why ``text`` cannot be kept, or None. ``blank`` allows an empty one."""
    if not blank and not text.strip():
        return Problem.of("text-blank", place)
    if len(text) > limit:
        return Problem.of("text-too-long", place, length=len(text), limit=limit)
    if (bad := refused_character(text)) is not None:
        where, character = bad
        return Problem.of("text-character", place, where=where, character=character)
    return None


def check_text(text: str, place: str, *, limit: int = MAX_TEXT, blank: bool = False) -> str:
    """``text`` unchanged, or :class:`InputError` that says what, where and why."""
    problem = text_problem(text, place, limit=limit, blank=blank)
    if problem is not None:
        raise InputError(problem.code.replace("-", "_"), [problem], place=place, **dict(problem.params))
    return text
