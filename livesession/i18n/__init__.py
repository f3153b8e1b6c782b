"""Words for people: Fluent catalogues, French first, English complete beside it.

One folder per language, one ``.ftl`` file per part of the program; a message id exists in both
languages (a unit test holds it). Dates and numbers are Babel's.
"""

import re
from collections.abc import Mapping
from datetime import date as Day
from datetime import datetime
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser
from fluent.syntax.ast import Resource

from livesession.errors import InputError, LivesessionError, Problem
from livesession.i18n.places import shown_place

LANGUAGES = ("fr", "en")

_FIRST = re.compile(r"\b1(?=[ \u00a0]\D)")
"""The first day of a month in a date of CLDR's."""


@cache
def catalogues(language: str) -> dict[str, Resource]:
    """The parsed files of a language by the part they are for; parsing them is most of what starting costs."""
    folder = resources.files(__package__) / language
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".ftl")), key=lambda file: file.name)
    parser = FluentParser(with_spans=False)
    return {file.name.removesuffix(".ftl"): parser.parse(file.read_text("utf-8")) for file in files}


class Words:
    """The sentences of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = Locale.parse("fr_FR" if language == "fr" else "en_GB")
        # Isolation marks would end up in posts on networks; every value we insert is
        # surrounded by spaces or punctuation of the sentence's own direction.
        self._bundle = FluentBundle([language], use_isolating=False)
        for catalogue in catalogues(language).values():
            self._bundle.add_resource(catalogue)

    def __call__(self, message: str, **params: object) -> str:
        """The sentence ``message`` with its parameters. Raises LookupError on an unknown id."""
        return self.format(message, params)

    def format(self, message: str, params: Mapping[str, object]) -> str:
        """As calling, with the parameters as a mapping."""
        if not self._bundle.has_message(message):
            raise LookupError(f"no message {message!r} in {self.language}")
        found = self._bundle.get_message(message)
        assert found.value is not None, f"message {message!r} has no value"
        text, errors = self._bundle.format_pattern(found.value, dict(params))
        if errors:
            raise LookupError(f"message {message!r} in {self.language}: {errors[0]}")
        return str(text)

    def has(self, message: str) -> bool:
        """Whether the language has a sentence of that id."""
        return self._bundle.has_message(message)

    def problem(self, problem: Problem) -> str:
        """A problem as a sentence, its place first."""
        sentence = self.format(f"problem-{problem.code}", dict(problem.params))
        return f"{shown_place(problem.place, self)}{self('colon')}{sentence}" if problem.place else sentence

    def error(self, error: LivesessionError) -> str:
        """An error as a sentence."""
        return self.format("error-" + error.code.replace("_", "-"), error.params)

    def error_lines(self, error: LivesessionError) -> list[str]:
        """An error and, where it has any, its problems, a line each."""
        lines = [self.error(error)]
        if isinstance(error, InputError):
            lines += [self.problem(problem) for problem in error.problems]
        return lines

    def date(self, moment: datetime, zone: str, style: str = "full") -> str:
        """« vendredi 20 novembre 2026 » in the council's zone."""
        return self.day(moment.astimezone(ZoneInfo(zone)).date(), style)

    def day(self, day: Day, style: str = "full") -> str:
        """A date that is of no zone; ``style`` is one of CLDR's, or a pattern."""
        shown = format_date(day, format=style, locale=self.locale)
        # CLDR has « 1 janvier », nobody writes so.
        return _FIRST.sub("1er", shown, count=1) if self.language == "fr" else shown

    def time(self, moment: datetime, zone: str) -> str:
        """``11:26`` in the council's zone: the form of the register, in both languages."""
        return format_time(moment, format="HH:mm", tzinfo=ZoneInfo(zone), locale=self.locale)

    def date_time(self, moment: datetime, zone: str) -> str:
        """« 20 novembre 2026, 11:26 » in the council's zone."""
        day = self.date(moment, zone, "d MMMM y")
        return f"{day}, {self.time(moment, zone)}"


def words(language: str) -> Words:
    """The sentences of a language; French where the language is not one of ours."""
    return _words(language if language in LANGUAGES else "fr")


@cache
def _words(language: str) -> Words:
    return Words(language)


def language_of(accepted: str) -> str:
    """The first of our languages in an ``Accept-Language`` header or a locale's name; French otherwise."""
    for part in accepted.replace("_", "-").split(","):
        tag = part.split(";")[0].strip().lower().split(".")[0].split("-")[0]
        if tag in LANGUAGES:
            return tag
    return "fr"
