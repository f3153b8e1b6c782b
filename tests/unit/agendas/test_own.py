"""Our own form: what is accepted, and that every fault is named with its place."""

import json

import pytest

from livesession.agendas import read_agenda_form
from livesession.domain.agenda import Agenda, Document
from livesession.errors import InputError
from tests.unit.agendas.reading_it import item, read, refused, told

WHOLE = """
title: Séance du 20 novembre
assembly: Conseil municipal
starts: 2026-11-20T18:30:00+01:00
timezone: Europe/Paris
language: fr
location: Hôtel de ville
hashtag: "#Conseil"
video: https://example.org/direct
items:
  - title: Finances
    kind: heading
    items:
      - number: 1.10
        title: Budget
        rapporteur: Camille Durand
        documents:
          - title: Rapport
            url: https://example.org/1.pdf
  - id: personnel
    number: 2
    title: Protocole
    public: false
    public_title: Affaire de personnel
"""

WHOLE_AGENDA = Agenda(
    title="Séance du 20 novembre",
    assembly="Conseil municipal",
    starts="2026-11-20T18:30:00+01:00",
    location="Hôtel de ville",
    hashtag="#Conseil",
    video="https://example.org/direct",
    items=(
        item(
            "i1",
            "Finances",
            kind="heading",
            items=(
                item(
                    "i2",
                    "Budget",
                    number="1.10",
                    rapporteur="Camille Durand",
                    documents=(Document(title="Rapport", url="https://example.org/1.pdf"),),
                ),
            ),
        ),
        item("personnel", "Protocole", number="2", public=False, public_title="Affaire de personnel"),
    ),
)


def test_yaml_keeps_everything_and_the_zero_of_a_number() -> None:
    assert read(WHOLE) == ((WHOLE_AGENDA,), [])


def test_json_is_the_same_form() -> None:
    assert read(json.dumps(WHOLE_AGENDA.as_json())) == ((WHOLE_AGENDA,), [])


def test_decoded_form_is_the_same_form() -> None:
    assert read_agenda_form(WHOLE_AGENDA.as_json()).agendas == (WHOLE_AGENDA,)


def test_closed_item_gives_the_public_nothing_but_its_public_title() -> None:
    (agenda,), _ = read("title: T\nitems:\n- {title: Secret de Polichinelle, public: false, rapporteur: Nom}\n")
    assert agenda.as_json(public=True)["items"] == [{"id": "i1", "number": "", "kind": "item", "public": False}]


def test_title_alone_is_an_agenda() -> None:
    assert read("title: T") == ((Agenda(title="T", assembly=""),), [])


def test_several_sittings_keep_their_order() -> None:
    agendas, problems = read("sittings:\n- title: B\n- title: A\n")
    assert (agendas, problems) == ((Agenda(title="B", assembly=""), Agenda(title="A", assembly="")), [])


def test_start_without_offset_is_taken_in_the_time_zone_and_said() -> None:
    (agenda,), problems = read("title: T\ntimezone: Europe/London\nstarts: 2026-07-01 10:00\n")
    assert agenda.starts == "2026-07-01T10:00:00+01:00"
    assert problems == [("agenda-offset-taken", "starts")]


def test_start_without_time_is_midnight_and_said() -> None:
    (agenda,), problems = read("title: T\nstarts: 2026-11-20\n")
    assert agenda.starts == "2026-11-20T00:00:00+01:00"
    assert problems == [("agenda-time-missing", "starts")]


def test_plain_words_of_yaml_stay_text() -> None:
    (agenda,), _ = read("title: 2026\nassembly: no\nitems:\n- {number: 007, title: 12:30, rapporteur: 1e3}\n")
    assert agenda == Agenda(title="2026", assembly="no", items=(item("i1", "12:30", number="007", rapporteur="1e3"),))


def test_every_fault_is_named_with_its_place() -> None:
    form = {
        "titel": "T",
        "starts": "2026-13-45T10:00",
        "timezone": "Europe/Atlantis",
        "language": "français",
        "video": "javascript:alert(1)",
        "public": "non",
        "items": [
            {"title": 3, "number": 1.1, "kind": "motion", "documents": [{"title": "R", "url": "ftp://x"}, "R"]},
            "Budget",
            {"title": "\x00", "id": "é", "items": [{"public": None, "title": " "}]},
        ],
    }
    with pytest.raises(InputError) as caught:
        read_agenda_form(form)
    assert sorted(told(caught.value.problems)) == [
        ("agenda-id-form", "items[2].id"),
        ("agenda-key-unknown", "titel"),
        ("agenda-kind", "items[0].kind"),
        ("agenda-language", "language"),
        ("agenda-missing", "title"),
        ("agenda-number-type", "items[0].number"),
        ("agenda-starts", "starts"),
        ("agenda-timezone", "timezone"),
        ("agenda-type", "items[0].documents[1]"),
        ("agenda-type", "items[0].title"),
        ("agenda-type", "items[1]"),
        ("agenda-type", "items[2].items[0].public"),
        ("agenda-type", "public"),
        ("agenda-url", "items[0].documents[0].url"),
        ("agenda-url", "video"),
        ("text-blank", "items[2].items[0].title"),
        ("text-character", "items[2].title"),
    ]


def test_unknown_key_suggests_the_one_meant() -> None:
    with pytest.raises(InputError) as caught:
        read_agenda_form({"title": "T", "items": [{"title": "A", "raporteur": "B"}]})
    (problem,) = caught.value.problems
    assert (problem.place, dict(problem.params)["near"]) == ("items[0].raporteur", "rapporteur")


def test_places_in_several_sittings_name_the_sitting() -> None:
    assert refused("sittings:\n- title: A\n- title: ''\n  items: [{number: 1}]\n") == [
        ("agenda-missing", "sittings[1].items[0].title"),
        ("text-blank", "sittings[1].title"),
    ]


def test_same_id_twice_is_refused_at_the_second() -> None:
    assert refused("title: T\nitems:\n- {id: a, title: A}\n- {id: a, title: B}\n") == [("agenda-id-twice", "items[1]")]


def test_number_twice_among_siblings_is_said_and_kept() -> None:
    (agenda,), problems = read("title: T\nitems:\n- {number: 1, title: A}\n- {number: 1, title: B}\n")
    assert [each.number for each in agenda.items] == ["1", "1"]
    assert problems == [("agenda-number-twice", "items[1]")]


@pytest.mark.parametrize("form", [{}, {"sittings": []}, {"sittings": "x"}, {"sittings": [3]}])
def test_form_without_a_sitting_is_refused(form: dict[str, object]) -> None:
    with pytest.raises(InputError):
        read_agenda_form(form)


def test_too_deep_and_too_many_items_are_refused() -> None:
    deep = {"title": "9"}
    for level in range(8, 0, -1):
        deep = {"title": str(level), "items": [deep]}  # type: ignore[dict-item]  # a tree of forms
    assert refused(json.dumps({"title": "T", "items": [deep]}))[0] == (
        "agenda-items-too-deep",
        "items[0]" + ".items[0]" * 7 + ".items",
    )
    many = {"title": "T", "items": [{"title": "A"}] * 5001}
    assert refused(json.dumps(many)) == [("agenda-too-many-items", "items")]
