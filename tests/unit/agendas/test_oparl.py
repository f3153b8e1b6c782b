"""OParl meetings: order, headings, what is closed, and what the report says was left."""

import json
from typing import Any

import pytest

from livesession.agendas import read_agenda_form
from livesession.domain.agenda import Agenda, Document
from tests.unit.agendas.reading_it import item, read, refused, told

MEETING = {
    "type": "https://schema.oparl.org/1.1/Meeting",
    "name": "Gemeinderat (öffentlich/nicht öffentlich)",
    "start": "2026-11-20T15:30:00+01:00",
    "organization": [{"type": "https://schema.oparl.org/1.1/Organization", "name": "Gemeinderat"}],
}


def meeting(*items: dict[str, Any] | str, **fields: Any) -> str:
    numbered = [
        {"order": n, "public": True, **each} if isinstance(each, dict) else each for n, each in enumerate(items)
    ]
    return json.dumps({**MEETING, "agendaItem": numbered, **fields})


def titles(agenda: Agenda) -> list[str]:
    return [each.title for each in agenda.walk()]


def test_meeting_is_read_whole() -> None:
    text = meeting(
        {"number": "1", "name": "Eröffnung"},
        {"number": "", "name": "Finanzen"},
        {"number": "2", "name": "Haushalt", "auxiliaryFile": [{"name": "Vorlage", "accessUrl": "https://a.de/1.pdf"}]},
        {"number": "2.1", "name": "Teilhaushalt", "result": "einstimmig beschlossen"},
        location={"room": "Bürgersaal", "description": "Bürgersaal, Rathaus", "locality": "Stadt"},
    )
    assert read(text) == (
        (
            Agenda(
                title="Gemeinderat (öffentlich/nicht öffentlich)",
                assembly="Gemeinderat",
                starts="2026-11-20T15:30:00+01:00",
                language="de",
                location="Bürgersaal, Rathaus, Stadt",
                items=(
                    item("i1", "Eröffnung", number="1"),
                    item("i2", "Finanzen", kind="heading"),
                    item(
                        "i3",
                        "Haushalt",
                        number="2",
                        documents=(Document(title="Vorlage", url="https://a.de/1.pdf"),),
                        items=(item("i4", "Teilhaushalt", number="2.1"),),
                    ),
                ),
            ),
        ),
        [("oparl-results", "agendaItem[*].result"), ("oparl-housekeeping", "")],
    )


def test_item_not_public_is_closed_with_what_lies_below() -> None:
    (agenda,), problems = read(
        meeting({"number": "1", "name": "Personalsache", "public": False}, {"number": "1.1", "name": "Bewerbung"})
    )
    assert [(each.title, each.public) for each in agenda.walk()] == [("Personalsache", False), ("Bewerbung", False)]
    assert ("agenda-closed-below", "agendaItem[1]") in problems


def test_item_that_does_not_say_is_closed_where_the_others_say() -> None:
    (agenda,), problems = read(meeting({"number": "1", "name": "A"}, {"number": "2", "name": "B", "public": None}))
    assert [each.public for each in agenda.items] == [True, False]
    assert ("oparl-item-private", "agendaItem[1].public") in problems


@pytest.mark.parametrize(
    ("name", "public"),
    [
        ("Personalausschuss (nicht öffentlich)", False),
        ("Personalausschuss (nichtöffentlich)", False),
        ("Nicht-öffentliche Sitzung", False),
        ("Gemeinderat (öffentlich/nichtöffentlich)", True),
        ("Gemeinderat (nicht öffentlich / öffentlich)", True),
        ("Gemeinderat", True),
    ],
)
def test_meeting_is_closed_where_its_name_says_only_that(name: str, public: bool) -> None:
    (agenda,), problems = read(meeting(name=name))
    assert agenda.public is public
    assert (("oparl-closed-meeting", "name") in problems) is not public


def test_order_of_the_source_rules() -> None:
    (agenda,), problems = read(
        meeting({"order": 3, "number": "2", "name": "B"}, {"order": 1, "number": "1", "name": "A"})
    )
    assert titles(agenda) == ["A", "B"]
    assert ("oparl-order-changed", "agendaItem") in problems


def test_missing_order_keeps_the_file_s() -> None:
    (agenda,), problems = read(meeting({"order": None, "number": "2", "name": "B"}, {"number": "1", "name": "A"}))
    assert titles(agenda) == ["B", "A"]
    assert ("oparl-order-missing", "agendaItem") in problems


def test_number_after_a_heading_is_not_put_under_what_lies_before() -> None:
    (agenda,), _ = read(
        meeting({"number": "3", "name": "A"}, {"number": "", "name": "H"}, {"number": "3.1", "name": "B"})
    )
    assert [(each.title, each.items) for each in agenda.items] == [("A", ()), ("H", ()), ("B", ())]


def test_agenda_without_any_number_has_items_not_headings() -> None:
    (agenda,), problems = read(meeting({"name": "A"}, {"name": "B"}))
    assert [each.kind for each in agenda.items] == ["item", "item"]
    assert ("agenda-numbers-missing", "agendaItem") in problems


def test_what_is_missing_or_not_taken_is_said() -> None:
    reading = read_agenda_form(
        {
            "type": "https://schema.oparl.org/1.1/Meeting",
            "cancelled": True,
            "organization": ["https://a.de/o/1"],
            "location": "https://a.de/l/1",
            "invitation": {"name": "Einladung"},
            "agendaItem": [
                {"order": 1, "number": "1", "public": False},
                {"order": 2, "number": "4", "name": "B", "public": True, "consultation": "x", "deleted": True},
                {"order": 3, "number": "4", "name": "B", "public": True, "consultation": "x", "auxiliaryFile": [{}]},
            ],
        }
    )
    (agenda,) = reading.agendas
    assert (agenda.title, agenda.assembly, agenda.starts, agenda.location) == ("Sitzung", "", None, None)
    assert [(each.title, each.public) for each in agenda.items] == [("TOP 1", False), ("B", True)]
    assert reading.form == "oparl"
    assert sorted(told(reading.problems)) == [
        ("agenda-number-gap", "agendaItem[2]"),
        ("oparl-cancelled", "cancelled"),
        ("oparl-field-not-taken", "agendaItem[*].consultation"),
        ("oparl-field-not-taken", "invitation"),
        ("oparl-file-unusable", "agendaItem[2].auxiliaryFile[0]"),
        ("oparl-housekeeping", ""),
        ("oparl-item-deleted", "agendaItem[1]"),
        ("oparl-item-name-missing", "agendaItem[0].name"),
        ("oparl-location-address", "location"),
        ("oparl-name-missing", "name"),
        ("oparl-organization-address", "organization"),
        ("oparl-start-missing", "start"),
    ]


def test_every_fault_is_named_with_its_place() -> None:
    text = meeting(
        {"name": 3, "number": "1"}, "https://a.de/agendaitems/2", {"name": "C", "public": "false"}, start="gestern"
    )
    assert refused(text) == [
        ("oparl-item-address", "agendaItem[1]"),
        ("agenda-type", "agendaItem[0].name"),
        ("agenda-type", "agendaItem[2].public"),
        ("agenda-starts", "start"),
    ]


def test_list_of_meetings_gives_a_sitting_each() -> None:
    page = json.dumps({"data": [{**MEETING, "name": "A"}, {**MEETING, "name": "B"}], "pagination": {}})
    agendas, _ = read(page)
    assert [agenda.title for agenda in agendas] == ["A", "B"]


def test_other_oparl_object_is_refused_by_its_type() -> None:
    organizations = [{"type": "https://schema.oparl.org/1.1/Organization", "name": "Amt"}] * 3
    assert refused(json.dumps(organizations)) == [("oparl-not-meeting", "[0].type")]
