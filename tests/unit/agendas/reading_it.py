"""Shorthands for tests that read agendas."""

import pytest

from livesession.agendas import CsvOptions, read_agendas
from livesession.domain.agenda import Agenda, AgendaItem
from livesession.domain.ids import ItemId
from livesession.errors import InputError, Problem


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    """Problems as (code, place)."""
    return [(problem.code, problem.place) for problem in problems]


def read(text: str | bytes, name: str = "", **options: object) -> tuple[tuple[Agenda, ...], list[tuple[str, str]]]:
    """The agendas of a text, and what was odd in it."""
    content = text.encode() if isinstance(text, str) else text
    given = CsvOptions(**options) if options else None  # type: ignore[arg-type]  # the caller knows its options
    reading = read_agendas(content, name, options=given)
    assert all(not problem.fatal for problem in reading.problems)
    return reading.agendas, told(reading.problems)


def refused(text: str | bytes, name: str = "", **options: object) -> list[tuple[str, str]]:
    """Why a text is refused: its fatal problems."""
    with pytest.raises(InputError) as caught:
        read(text, name, **options)
    assert caught.value.code == "agenda_unreadable"
    return told(tuple(problem for problem in caught.value.problems if problem.fatal))


def item(id_: str, title: str, **fields: object) -> AgendaItem:
    return AgendaItem(id=ItemId(id_), title=title, **fields)  # type: ignore[arg-type]  # the caller knows the fields
