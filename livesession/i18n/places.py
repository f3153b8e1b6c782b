"""The place of a problem as a person reads it: « ligne 12, colonne 3 » for ``line 12, column 3``."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Words itself shows places.
    from livesession.i18n import Words

_LINES = re.compile(r"(lines?) (\d[\d, \-…]*\d|\d|\d[\d, \-]*…)(?:, column (\d+))?(?=$|, )")


def shown_place(place: str, words: "Words") -> str:
    """``place`` with its lines and column named in the reader's language; paths stay as they are."""
    found = _LINES.match(place)
    if found is None:
        return place
    shown = words(f"place-{found[1]}", lines=found[2])
    if found[3] is not None:
        shown += ", " + words("place-column", column=found[3])
    return shown + place[found.end() :]
