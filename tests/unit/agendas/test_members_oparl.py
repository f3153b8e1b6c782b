"""An assembly from OParl organizations, memberships and persons, however a file holds them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from livesession.agendas.members import AssemblyReading, read_assembly
from livesession.domain.assembly import Group, GroupId, Member, MemberId
from livesession.errors import InputError
from livesession.i18n import LANGUAGES, words
from tests.unit.agendas.reading_it import told

REFERENCE = Path(__file__).parents[4] / "shared/reference"
SCHEMA = "https://schema.oparl.org/1.1/"
ON = date(2026, 11, 20)


def organization(key: str, name: str, **fields: Any) -> dict[str, Any]:
    return {"id": f"https://o.example/{key}", "type": SCHEMA + "Organization", "name": name, **fields}


def person(key: str, name: str, **fields: Any) -> dict[str, Any]:
    return {"id": f"https://p.example/{key}", "type": SCHEMA + "Person", "name": name, **fields}


def membership(key: str, of: str, who: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"https://m.example/{key}", "type": SCHEMA + "Membership", "organization": f"https://o.example/{of}",
        "person": f"https://p.example/{who}", **fields,
    }  # fmt: skip


COUNCIL = organization("rat", "Gemeinderat", shortName="GR")
GREENS = organization("gruene", "Bündnis 90/Die Grünen", shortName="GRÜNE", organizationType="Fraktion")
PEOPLE = [person("1", "Dr. Beate Bettecken"), person("2", "Max Öztürk"), person("3", "Eva Noll")]
SEATS = [
    membership("a", "rat", "1", role="Vorsitzende", onBehalfOf="https://o.example/gruene"),
    membership("b", "rat", "2", role="Mitglied"),
    membership("c", "gruene", "2", startDate="2024-07-01"),
    membership("d", "rat", "3", endDate="2025-01-31"),
]


def read(form: Any, name: str = "") -> AssemblyReading:
    return read_assembly(json.dumps(form).encode(), name=name, on=ON)


def refused(form: Any, name: str = "") -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        read(form, name)
    assert caught.value.code == "assembly_unreadable"
    for language in LANGUAGES:
        assert all(words(language).problem(problem) for problem in caught.value.problems)
    return told(tuple(problem for problem in caught.value.problems if problem.fatal))


MEMBERS = (
    Member(id=MemberId("beate-bettecken"), name="Dr. Beate Bettecken", group=GroupId("grune"), office="Vorsitzende"),
    Member(id=MemberId("max-ozturk"), name="Max Öztürk", group=GroupId("grune")),
)


def embedded() -> dict[str, Any]:
    """The organization with its memberships inside, and their persons inside those."""
    people = {each["id"]: each for each in PEOPLE}
    seats = [{**each, "person": people[each["person"]]} for each in SEATS]
    seats[2]["organization"] = GREENS
    return {**COUNCIL, "membership": seats}


def of_persons() -> dict[str, Any]:
    """As the specification has it: memberships inside their persons, without naming them."""
    inside = {each["id"]: [seat for seat in SEATS if seat["person"] == each["id"]] for each in PEOPLE}
    stripped = {
        key: [{name: value for name, value in seat.items() if name != "person"} for seat in seats]
        for key, seats in inside.items()
    }
    listed = {**COUNCIL, "membership": [seat["id"] for seat in SEATS if seat["organization"] == COUNCIL["id"]]}
    return {
        "organization": [listed, GREENS],
        "person": [{**each, "membership": stripped[each["id"]]} for each in PEOPLE],
    }


@pytest.mark.parametrize(
    "form",
    [
        [COUNCIL, GREENS, *PEOPLE, *SEATS],
        {"data": [*SEATS, *PEOPLE, GREENS, COUNCIL], "links": {}},
        embedded(),
        of_persons(),
    ],
    ids=["side by side", "a page", "inside", "in persons"],
)
def test_members_are_the_same_however_the_file_holds_them(form: Any) -> None:
    found = read(form)
    assert found.assembly.name == "Gemeinderat"
    assert found.assembly.members == MEMBERS
    assert found.assembly.groups == (Group(id=GroupId("grune"), name="Bündnis 90/Die Grünen", short="GRÜNE"),)
    assert told(found.problems) == [("oparl-memberships-over", "membership")]
    assert dict(found.problems[0].params)["names"] == "Eva Noll"
    assert (found.form, found.says_rules) == ("oparl", False)


def test_who_has_no_vote_or_was_deleted_is_left_out_and_said() -> None:
    seats = [
        membership("a", "rat", "1", votingRight=False),
        membership("b", "rat", "2", deleted=True),
        membership("c", "rat", "3"),
        membership("e", "rat", "3", role="Schriftführerin"),
    ]
    found = read([COUNCIL, *PEOPLE, *seats, person("9", "Ohne Amt", email=["a@b.de"])])
    assert found.assembly.members == (Member(id=MemberId("eva-noll"), name="Eva Noll", office="Schriftführerin"),)
    assert told(found.problems) == [
        ("oparl-membership-deleted", "[5]"),
        ("oparl-memberships-voiceless", "membership"),
        ("oparl-person-twice", "[7]"),
        ("oparl-persons-left", ""),
        ("oparl-field-not-taken", "Person.email"),
    ]


@pytest.mark.parametrize(
    ("form", "problems"),
    [
        ([*PEOPLE], [("oparl-no-organization", "")]),
        ([COUNCIL], [("oparl-no-memberships", "[0].membership")]),
        ({**COUNCIL, "membership": ["https://m.example/a"]}, [("oparl-memberships-addresses", "membership")]),
        ([COUNCIL, SEATS[1]], [("oparl-person-address", "[1].person")]),
        ([COUNCIL, person("2", ""), SEATS[1]], [("people-name-blank", "[1].name")]),
        ([COUNCIL, PEOPLE[1], {**SEATS[1], "endDate": "morgen"}], [("oparl-date", "[2].endDate")]),
        (
            [COUNCIL, organization("aus", "Ausschuss"), PEOPLE[1], SEATS[1], membership("z", "aus", "2")],
            [("oparl-organizations-several", "")],
        ),
        ({"type": SCHEMA + "Meeting", "name": "Sitzung"}, [("people-format-unknown", "")]),
        ([1, 2], [("people-format-unknown", "")]),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_refused_with_its_place(form: Any, problems: list[tuple[str, str]]) -> None:
    assert refused(form) == problems


def test_one_of_several_is_told_by_its_name() -> None:
    form = [COUNCIL, organization("aus", "Ausschuss"), PEOPLE[1], SEATS[1], membership("z", "aus", "2", role="Vorsitz")]
    assert read(form, "GR").assembly.members == (Member(id=MemberId("max-ozturk"), name="Max Öztürk"),)
    assert read(form, "ausschuss").assembly.members[0].office == "Vorsitz"
    assert refused(form, "Beirat") == [("oparl-organization-unknown", "")]


def test_the_real_organizations_of_a_town_need_their_persons() -> None:
    file = REFERENCE / "agendas/karlsruhe-oparl/organizations.json"
    if not file.exists():
        pytest.skip("the real organizations are not here")
    organizations = json.loads(file.read_text("utf-8"))
    assert refused(organizations) == [("oparl-organizations-several", "")]
    with pytest.raises(InputError) as caught:
        read(organizations, "Gemeinderat")
    (problem,) = [each for each in caught.value.problems if each.fatal]
    assert (problem.code, dict(problem.params)) == ("oparl-memberships-addresses", {"count": 120})
    # With persons and memberships beside, which the town publishes one by one.
    council = next(each for each in organizations if each["name"] == "Gemeinderat")
    beside: list[dict[str, Any]] = []
    for number, address in enumerate(council["membership"]):
        beside.append({**membership("", "", str(number)), "id": address, "organization": council["id"]})
        beside.append(person(str(number), f"Rätin Nummer {number}"))
    found = read([*organizations, *beside], "Gemeinderat")
    assert len(found.assembly.members) == 120
    left = next(each for each in found.problems if each.code == "oparl-organizations-left")
    assert dict(left.params)["count"] == 96
