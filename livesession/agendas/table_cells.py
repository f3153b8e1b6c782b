"""What a cell says: a day, an hour, yes or no, a kind, papers, and text that a spreadsheet escaped."""

import re
from collections.abc import Iterator
from datetime import date, time

from livesession.agendas.moments import YEARS
from livesession.agendas.table_columns import plain
from livesession.domain.agenda import Document

_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_HOUR = re.compile(r"(\d{1,2})(?:\s*[:hH]\s*(\d{2})?(?::(\d{2}))?)(?:\s*Uhr)?")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")

_YES = {"oui", "o", "yes", "y", "ja", "j", "vrai", "true", "wahr", "1", "x"}
_NO = {"non", "n", "no", "nein", "faux", "false", "falsch", "0"}
_CLOSED = {
    "huis clos", "a huis clos", "non public", "non publique", "prive", "confidentiel", "closed", "private",
    "not public", "nicht offentlich", "nichtoffentlich", "nicht oeffentlich", "nichtoeffentlich",
}  # fmt: skip
_OPEN = {"public", "publique", "seance publique", "open", "offentlich", "oeffentlich"}

_ITEMS = {"item", "point", "deliberation", "rapport", "voeu", "motion", "question", "tagesordnungspunkt", "top"}
_HEADINGS = {"heading", "titre", "rubrique", "chapitre", "section", "partie", "theme", "uberschrift", "abschnitt"}


def day_and_hour(text: str) -> tuple[date, time | None] | None:
    """The day, and the hour if there is one: ``25/11/2013``, ``25.11.2013 18h30``, ``2013-11-25 18:30``.

    Day before month, as Europe writes it. None when the text is no such thing.
    """
    text = text.strip()
    if found := _DAY_FIRST.match(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := _YEAR_FIRST.match(text):
        year, month, day = (int(part) for part in found.groups())
    else:
        return None
    rest = text[found.end() :].lstrip("T ,à").strip()
    clock = hour(rest) if rest else None
    if (rest and clock is None) or year not in YEARS:
        return None
    try:
        return date(year, month, day), clock
    except ValueError:
        return None


def hour(text: str) -> time | None:
    """``18h30``, ``18:30``, ``18h``, ``18:30 Uhr``; None when it is no such thing."""
    found = _HOUR.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    try:
        return time(hours, minutes, seconds)
    except ValueError:
        return None


def says_public(text: str, *, of_closed: bool) -> bool | None:
    """Whether a cell says that the item is public; ``of_closed`` for a column that asks the opposite.

    None when it says neither. « public » and « huis clos » mean themselves in either column.
    """
    word = plain(text)
    if word in _OPEN:
        return True
    if word in _CLOSED:
        return False
    if word in _YES:
        return not of_closed
    if word in _NO:
        return of_closed
    return None


def kind_of(text: str) -> str | None:
    """``item`` or ``heading``; None when the word is neither's."""
    word = plain(text)
    return "heading" if word in _HEADINGS else "item" if word in _ITEMS else None


def papers(text: str) -> Iterator[Document | str]:
    """The documents in a cell, one a line: an address, or ``title | address``. A line that is neither comes as text."""
    for line in text.splitlines():
        title, _, url = line.strip().rpartition(" | ")
        if url.startswith(("https://", "http://")) and not re.search(r"\s", url):
            yield Document(title=title or url.rstrip("/").rpartition("/")[2] or url, url=url)
        elif line.strip():
            yield line.strip()


def unescape(text: str) -> tuple[str, list[str]]:
    """``_xHHHH_``, the way spreadsheets write characters that XML cannot hold, undone.

    Source: ECMA-376 part 1, 22.9.2.19 (ST_Xstring). A control character stood for a line break
    in what was exported, so a space takes its place. Gives the text and the escapes found, but
    for ``_x005F_``, which protects an underscore and leaves no doubt.
    """
    if "_x" not in text:
        return text, []
    found: list[str] = []

    def character(match: re.Match[str]) -> str:
        code = int(match[1], 16)
        if code != 0x5F:
            found.append(f"_x{match[1].upper()}_")
        return "\x00" if code < 0x20 or 0x7F <= code < 0xA0 else chr(code)

    text = _ESCAPE.sub(character, text)
    # Two escapes may be the halves of one character beyond the first plane.
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if "\x00" in text:
        text = re.sub(r"[ \t]*\x00[ \t\x00]*", " ", text).strip()
    return text, found


def escape(text: str) -> str:
    """The text as a cell, so that :func:`unescape` gives it back."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
