"""Names of people as files write them: compared by their words, and made into ids."""

import re
import unicodedata
from collections.abc import Collection, Iterable

MAX_MADE = 56
"""Characters of an id made of a name: a number fits behind it (see ``PERSON_ID``)."""

_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)  # fmt: skip
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})

_HIS = frozenset({"m", "mr", "monsieur", "herr"})
_HERS = frozenset({"mme", "madame", "mlle", "mademoiselle", "mrs", "ms", "miss", "frau"})
_DEGREES = frozenset({"dr", "prof", "professeur", "professor", "docteur", "doctor"})
_FIRST_ONLY = frozenset({"m", "me"})
"""Titles that are an initial, or a word of a name, anywhere but at the beginning."""


def words_of(name: str, *, umlauts: bool = False) -> tuple[str, ...]:
    """The words of a name without accents, case and signs; ``umlauts`` writes ä as ae, as passports do."""
    text = unicodedata.normalize("NFC", name).casefold()
    if umlauts:
        text = text.translate(_UMLAUTS)
    split = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(letter for letter in split if not unicodedata.combining(letter))
    return tuple(re.findall(r"[^\W_]+", plain))


def untitled(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without civilities and degrees; all of them where nothing else is there."""
    first = 1 if words and words[0] in _FIRST_ONLY else 0
    kept = tuple(word for word in words[first:] if word not in (_HIS | _HERS | _DEGREES) - _FIRST_ONLY)
    return kept or words


def civility(words: tuple[str, ...]) -> str:
    """``m``, ``f``, or empty where the name does not say."""
    if words and words[0] in _HIS:
        return "m"
    if set(words) & _HERS:
        return "f"
    return "m" if set(words) & (_HIS - _FIRST_ONLY) else ""


def made_id(name: str, fallback: str, taken: Collection[str]) -> str:
    """An id out of a name, ``camille-durand``; numbered from 2 where it is taken. ``fallback`` for other scripts."""
    letters = [word for word in untitled(words_of(name)) if word.isascii()]
    stem = "-".join(letters)[:MAX_MADE].strip("-") or fallback
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def made_ids(given: Iterable[tuple[str, str]], fallback: str) -> list[str]:
    """An id for each (id, name): the given one, or one made of the name that nobody else has."""
    pairs = list(given)
    taken = {id_ for id_, _ in pairs if id_}
    ids = []
    for id_, name in pairs:
        chosen = id_ or made_id(name, fallback, taken)
        taken.add(chosen)
        ids.append(chosen)
    return ids
