"""The agenda: ids, what it shows to whom, and what keeps it from being recorded."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livesession.domain.agenda import Agenda, AgendaItem, Document, agenda_problems, closed_below, with_ids
from livesession.domain.ids import ItemId
from livesession.errors import InputError, Problem
from tests.sittings import agenda

lines = st.text("aé 👍\u0301", min_size=1, max_size=4)
items = st.recursive(
    st.builds(AgendaItem, title=lines, number=lines, public=st.booleans(), public_title=st.none() | lines,
              rapporteur=st.none() | lines, kind=st.sampled_from(["item", "heading"]),
              documents=st.lists(st.builds(Document, title=lines, url=lines), max_size=2).map(tuple)),
    lambda children: st.builds(AgendaItem, title=lines, items=st.lists(children, max_size=3).map(tuple)),
    max_leaves=4,
)  # fmt: skip
agendas = st.builds(
    Agenda, title=lines, assembly=lines, starts=st.none() | lines, public=st.booleans(),
    items=st.lists(items, max_size=4).map(tuple),
)  # fmt: skip


@given(agendas)
def test_an_agenda_survives_its_json(given_agenda: Agenda) -> None:
    assert Agenda.from_json(json.loads(json.dumps(given_agenda.as_json()))) == given_agenda


@given(agendas)
def test_a_public_form_is_its_own_public_form(given_agenda: Agenda) -> None:
    public = given_agenda.as_json(public=True)
    assert Agenda.from_json(public).as_json(public=True) == public


@given(agendas)
def test_every_item_gets_an_id_of_its_own(given_agenda: Agenda) -> None:
    ids = [item.id for item in with_ids(given_agenda).walk()]
    assert len(set(ids)) == len(ids)
    assert all(ids)
    assert with_ids(with_ids(given_agenda)) == with_ids(given_agenda)


def test_given_ids_are_kept_and_fresh_ones_avoid_them() -> None:
    made = with_ids(
        Agenda(
            title="t",
            assembly="a",
            items=(
                AgendaItem(title="first", items=(AgendaItem(title="below"),)),
                AgendaItem(title="second", id=ItemId("i2")),
                AgendaItem(title="third"),
            ),
        )
    )
    assert [(item.id, item.title) for item in made.walk()] == [
        ("i1", "first"), ("i3", "below"), ("i2", "second"), ("i5", "third"),
    ]  # fmt: skip


def test_ids_that_are_ill_formed_or_twice_there_are_all_named() -> None:
    twice = (
        AgendaItem(title="a", id=ItemId("x")),
        AgendaItem(title="b", items=(AgendaItem(title="c", id=ItemId("x")),)),
    )
    bad = AgendaItem(title="d", id=ItemId("é /"))
    with pytest.raises(InputError) as caught:
        with_ids(Agenda(title="t", assembly="a", items=(*twice, bad)))
    assert caught.value.problems == (
        Problem.of("agenda-id-twice", "items[1].items[0]", id="x"),
        Problem.of("agenda-id-form", "items[2]", id="é /"),
    )


def test_the_public_form_hides_what_is_closed_and_shows_a_public_title() -> None:
    hidden = AgendaItem(
        id=ItemId("h"), number="1", title="Hidden", public=False, public_title="Affaire de personnel",
        rapporteur="X", documents=(Document(title="D", url="https://d.example"),),
    )  # fmt: skip
    shown = AgendaItem(id=ItemId("s"), title="Shown", rapporteur="Y", documents=(Document(title="E", url="u"),))
    form = Agenda(title="t", assembly="a", items=(hidden, shown)).as_json(public=True)
    assert form["items"] == [
        {"id": "h", "number": "1", "kind": "item", "public": False, "title": "Affaire de personnel",
         "public_title": "Affaire de personnel"},
        {
            "id": "s", "number": "", "kind": "item", "public": True, "title": "Shown", "rapporteur": "Y",
            "documents": [{"title": "E", "url": "u"}],
        },
    ]  # fmt: skip


def test_of_a_wholly_closed_sitting_no_item_is_shown() -> None:
    form = agenda(public=False).as_json(public=True)
    assert (form["public"], form["items"], form["title"]) == (False, [], "Séance plénière")


def test_what_lies_below_a_closed_item_is_closed() -> None:
    below = AgendaItem(title="c", items=(AgendaItem(title="d"),))
    given_agenda = Agenda(title="t", assembly="a", items=(AgendaItem(title="b", public=False, items=(below,)), below))
    closed = [(item.title, item.public) for item in closed_below(given_agenda).walk()]
    assert closed == [("b", False), ("c", False), ("d", False), ("c", True), ("d", True)]


def test_every_problem_of_an_agenda_is_named_with_its_place() -> None:
    bad = Agenda(
        title=" ", assembly="", hashtag="#\x00", video="javascript:alert(1)",
        items=(
            AgendaItem(title="ok", number="9" * 41),
            AgendaItem(
                title="h", kind="heading",
                items=(AgendaItem(title="", documents=(Document(title="d", url="file:///etc/passwd"),)),),
            ),
        ),
    )  # fmt: skip
    assert agenda_problems(bad) == [
        Problem.of("text-blank", "title"),
        Problem.of("text-character", "hashtag", where=2, character="U+0000"),
        Problem.of("agenda-url", "video", url="javascript:alert(1)"),
        Problem.of("text-too-long", "items[0].number", length=41, limit=40),
        Problem.of("text-blank", "items[1].items[0].title"),
        Problem.of("agenda-url", "items[1].items[0].documents[0].url", url="file:///etc/passwd"),
    ]
    assert agenda_problems(agenda()) == []


def test_the_agenda_of_394_items_has_394_ids() -> None:
    made = with_ids(Agenda(title="t", assembly="a", items=tuple(AgendaItem(title=str(n)) for n in range(394))))
    assert [item.id for item in made.items] == [f"i{n}" for n in range(1, 395)]
