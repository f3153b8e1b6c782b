"""Cutting a text where a reader would: at the end of a word, never inside an address, a name or a character."""

from collections.abc import Callable

import regex

ELLIPSIS = "…"

_GRAPHEME = regex.compile(r"\X")
_ADDRESS = regex.compile(r"://|^\W*[@＠#＃]|\w\.\w")
"""A run without spaces that would say something else if it were cut: a link, a name, a hashtag, a domain."""

LONGEST_ADDRESS = 500


def few(text: str, most: int) -> str:
    """At most ``most`` graphemes of a text, on one line, with an ellipsis where that is not all."""
    pieces = _GRAPHEME.findall(" ".join(text.split()))
    if len(pieces) <= most:
        return "".join(pieces)
    spaces = [place for place in range(most * 2 // 3, most) if pieces[place].isspace()]
    return "".join(pieces[: spaces[-1] if spaces else most - 1]).rstrip() + ELLIPSIS


def shorten(text: str, begin: str, end: str, fits: Callable[[str], bool]) -> str | None:
    """As much of ``text`` as fits between ``begin`` and ``end``, with an ellipsis; None where not even that fits."""
    pieces = _GRAPHEME.findall(text)

    def cut_at(place: int) -> str:
        return f"{begin}{''.join(pieces[:place]).rstrip()}{ELLIPSIS}{end}"

    low, high = 0, len(pieces) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if fits(cut_at(middle)):
            low = middle
        else:
            high = middle - 1
    # Longer does not always count for more (a link has one length whatever it is): step back until it truly fits.
    while low > 0:
        place = _word_end(pieces, low)
        if "".join(pieces[:place]).strip() and fits(whole := cut_at(place)):
            return whole
        low = min(place, low - 1)
    return alone if fits(alone := cut_at(0)) else None


def _word_end(pieces: list[str], cut: int) -> int:
    """The end of the last whole word before ``cut``, if that loses little or the word must stay whole."""
    if pieces[cut].isspace() or pieces[cut - 1].isspace():
        return cut
    start = cut
    while start > 0 and not pieces[start - 1].isspace():
        start -= 1
    end = next((place for place in range(cut, len(pieces)) if pieces[place].isspace()), len(pieces))
    if start == 0:
        return cut
    word = "".join(pieces[start:end])
    must_stay = end - start <= LONGEST_ADDRESS and _ADDRESS.search(word) is not None
    return start if must_stay or start >= cut * 4 // 5 else cut
