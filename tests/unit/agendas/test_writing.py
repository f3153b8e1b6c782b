"""What is written is read back the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livesession.agendas import read_agendas
from livesession.agendas.writing import write_agenda, write_agendas
from livesession.domain.agenda import Agenda, Document
from livesession.errors import InputError
from tests.unit.agendas.generated import LINES, agendas
from tests.unit.agendas.reading_it import item


@given(agendas(), st.sampled_from(["yaml", "json"]))
def test_own_form_is_read_back_the_same(agenda: Agenda, form: str) -> None:
    assert read_agendas(write_agenda(agenda, form).encode()).agendas == (agenda,)


@given(st.lists(agendas(), min_size=2, max_size=3), st.sampled_from(["yaml", "json"]))
def test_several_sittings_are_read_back_the_same(given_: list[Agenda], form: str) -> None:
    assert read_agendas(write_agendas(given_, form).encode()).agendas == tuple(given_)


_NUMBERS = st.sampled_from(["", "1", "1.10", "2.2(a)", "9:00 a.m.-"])
_PAPERS = LINES.filter(lambda text: text == text.strip() and len(text.splitlines()) == 1)


@given(agendas(lines=LINES, numbers=_NUMBERS, papers=_PAPERS))
def test_table_is_read_back_the_same(agenda: Agenda) -> None:
    assert read_agendas(write_agenda(agenda, "csv").encode()).agendas == (agenda,)


@given(st.lists(agendas(), min_size=1, max_size=3))
def test_table_is_whole_or_refused(given_: list[Agenda]) -> None:
    try:
        text = write_agendas(given_, "csv")
    except InputError as error:
        assert error.code == "agenda_not_in_table"  # noqa: PT017  # both outcomes are right, and each is checked
    else:
        assert read_agendas(text.encode()).agendas == tuple(given_)


def test_table_that_would_lose_something_is_refused() -> None:
    broken = Document(title="a\nb | https://a.fr/1", url="https://a.fr/2")
    agenda = Agenda(title="T", assembly="", items=(item("i1", "A", documents=(broken,)),))
    with pytest.raises(InputError) as caught:
        write_agenda(agenda, "csv")
    assert caught.value.code == "agenda_not_in_table"
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [("agenda-not-in-table", "T")]


def test_unknown_form_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        write_agenda(Agenda(title="T", assembly=""), "xlsx")
    assert (caught.value.code, caught.value.params) == (
        "agenda_form_unknown",
        {"form": "xlsx", "known": "yaml, json, csv"},
    )
