"""An assembly from a table: columns, names, groups, accounts, and everything odd with its line."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from livesession.agendas.members import AssemblyReading, read_assembly
from livesession.agendas.table_columns import CsvOptions
from livesession.domain.assembly import Group, GroupId, Member, MemberId
from livesession.errors import InputError
from livesession.i18n import LANGUAGES, words
from tests.unit.agendas.reading_it import told

REFERENCE = Path(__file__).parents[4] / "shared/reference"


def read(text: str | bytes, name: str = "", **options: Any) -> AssemblyReading:
    content = text.encode() if isinstance(text, str) else text
    return read_assembly(content, options=CsvOptions(**options), name=name)


def refused(text: str | bytes, **options: Any) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        read(text, **options)
    assert caught.value.code == "assembly_unreadable"
    for language in LANGUAGES:
        assert all(words(language).problem(problem) for problem in caught.value.problems)
    return told(tuple(problem for problem in caught.value.problems if problem.fatal))


def member(id_: str, name: str, **fields: Any) -> Member:
    return Member(id=MemberId(id_), name=name, **fields)


def group(id_: str, name: str, short: str | None = None) -> Group:
    return Group(id=GroupId(id_), name=name, short=short)


FRENCH = """\
Civilité;Nom;Prénom;Groupe;Sigle;Fonction;Canton;Compte X;Mastodon;Accord
Mme;DURAND;Camille;Socialistes et écologistes;SOC;Présidente;Val-Haut;@cdurand;@c@social.fr;oui
M.;Müller;Jean;Non inscrits;;;Val-Bas;@jm;;non
Monsieur;Durand;Camille;socialistes et ecologistes;SOC;;;;;
"""


def test_a_french_table_is_read_whole() -> None:
    found = read(FRENCH, name="Conseil départemental")
    assert found.assembly.name == "Conseil départemental"
    assert found.assembly.groups == (
        group("soc", "Socialistes et écologistes", "SOC"),
        group("non-inscrits", "Non inscrits"),
    )
    assert found.assembly.members == (
        member(
            "camille-durand", "Mme Camille DURAND", group="soc", office="Présidente", constituency="Val-Haut",
            handles={"mastodon": "@c@social.fr", "x": "@cdurand"},
        ),
        member("jean-muller", "M. Jean Müller", group="non-inscrits", constituency="Val-Bas"),
        member("camille-durand-2", "M. Camille Durand", group="soc"),
    )  # fmt: skip
    assert told(found.problems) == [("people-name-twice", "lines 2, 4"), ("people-handles-left", "line 3")]
    assert (found.form, found.says_rules) == ("csv", False)


@pytest.mark.parametrize(
    "content",
    [FRENCH.encode("cp1252"), FRENCH.encode("utf-16"), FRENCH.replace("\n", "\r\n").encode("utf-8-sig")],
)
def test_an_encoding_changes_nothing(content: bytes) -> None:
    assert read(content).assembly == read(FRENCH).assembly


@pytest.mark.parametrize("separator", [",", "\t", "|"])
def test_a_separator_changes_nothing(separator: str) -> None:
    assert read(FRENCH.replace(";", separator)).assembly == read(FRENCH).assembly


@pytest.mark.parametrize(
    "text",
    [
        "Vorname,Nachname,Fraktion,Wahlkreis\nBeate,Bettecken,CDU,3\n",
        "first name,last name,group,ward\nBeate,Bettecken,CDU,3\n",
        "prénom,nom,groupe politique,circonscription\nBeate,Bettecken,CDU,3\n",
        "Name,Fraktion,Wahlkreis\nBeate Bettecken,CDU,3\n",
        "nom et prénom,groupe,canton\nBeate Bettecken,CDU,3\n",
        "# liste\nfull name,faction,district\nBeate Bettecken,CDU,3\n".removeprefix("# liste\n"),
    ],
)
def test_columns_are_known_in_three_languages(text: str) -> None:
    found = read(text)
    assert found.assembly.members == (member("beate-bettecken", "Beate Bettecken", group="cdu", constituency="3"),)
    assert found.assembly.groups == (group("cdu", "CDU"),)
    assert found.problems == ()


def test_the_state_s_list_of_elected_people_is_read() -> None:
    text = (
        "Libellé du canton;Nom de l'élu;Prénom de l'élu;Code sexe;Date de naissance;Libellé de la fonction\n"
        "Val-Haut;DURAND;Camille;F;01/02/1970;1er Vice-président du conseil départemental\n"
        "Val-Bas;MOREL;Alix;X;03/04/1980;\n"
    )
    found = read(text)
    assert found.assembly.members == (
        member(
            "camille-durand", "Mme Camille DURAND", constituency="Val-Haut",
            office="1er Vice-président du conseil départemental",
        ),
        member("alix-morel", "Alix MOREL", constituency="Val-Bas"),
    )  # fmt: skip
    assert told(found.problems) == [("table-columns-not-taken", "line 1"), ("people-sex-unknown", "line 3")]


def test_ids_that_are_given_are_kept_and_others_go_round_them() -> None:
    found = read("id;nom\njean-morel;M. Autre\n;M. Jean Morel\n;Jean Morel\n;李小龍\n;Łukasz Œuf\n")
    assert [each.id for each in found.assembly.members] == [
        "jean-morel", "jean-morel-2", "jean-morel-3", "membre", "lukasz-oeuf",
    ]  # fmt: skip


def test_a_group_told_in_pieces_is_one() -> None:
    found = read("nom;groupe;sigle\nA;;SOC\nB;Socialistes;SOC\nC;SOC;\nD;Écologistes;\nE;ecologistes;ECO\n")
    assert found.assembly.groups == (group("soc", "Socialistes", "SOC"), group("ecologistes", "Écologistes", "ECO"))
    assert [each.group for each in found.assembly.members] == ["soc", "soc", "soc", "ecologistes", "ecologistes"]


def test_accounts_without_a_column_of_consent_are_taken_and_said() -> None:
    found = read("nom;bluesky\nA;@a.fr\nB;\n")
    assert [dict(each.handles) for each in found.assembly.members] == [{"bluesky": "@a.fr"}, {}]
    assert told(found.problems) == [("people-handles-taken", "line 2")]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", [("agenda-empty", "")]),
        ("%PDF-1.7", [("people-binary", "")]),
        ("a;b\n1;2\n", [("people-no-name-column", "line 1")]),
        ("nom;groupe\n", [("table-no-rows", "line 1")]),
        ("nom;groupe\n;SOC\nA;SOC\n;\n", [("people-name-blank", "line 2")]),
        ("nom;groupe\nA;SOC;;x\n", [("table-row-long", "line 2")]),
        ("id;nom\na;A\na;B\n", [("member-id-twice", "line 3, id")]),
        ("id;nom\né;A\n", [("member-id-form", "line 2, id")]),
        ("nom;sigle;groupe\nA;SOC;Socialistes\nB;SOC;Centristes\n", [("people-group-differs", "line 3")]),
        ("nom;x;accord\nA;@a;peut-être\n", [("people-consent-unknown", "line 2")]),
        ("nom;instance\nA;Conseil\nB;Bureau\n", [("people-assemblies-several", "lines 2-3")]),
        ('nom;groupe\n"A;SOC\n', [("table-quote", "line 2")]),
        ("nom\n" + "A\n" * 2001, [("members-many", "line 2002")]),
        ("nom\nA\x01\n", [("agenda-character", "line 2, column 2")]),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text: str, problems: list[tuple[str, str]]) -> None:
    assert refused(text) == problems


def test_columns_can_be_given() -> None:
    text = "Élu municipal;Liste\nCamille Durand;Ensemble\n"
    assert refused(text) == [("people-no-name-column", "line 1")]
    found = read(text, columns={"full": "Élu municipal", "group": "2"})
    assert found.assembly.members == (member("camille-durand", "Camille Durand", group="ensemble"),)
    bare = read("Camille Durand;Ensemble\n", columns={"full": "1", "group": "2"})
    assert bare.assembly == found.assembly
    assert refused(text, columns={"full": "Nom", "who": "1"}) == [
        ("table-column-missing", "line 1"), ("table-field-unknown", ""),
    ]  # fmt: skip


def test_the_council_of_magdeburg_is_read_from_a_table() -> None:
    file = REFERENCE / "agendas/magdeburg-stadtratwatch/registry.json"
    if not file.exists():
        pytest.skip("the real registry is not here")
    registry = json.loads(file.read_text("utf-8"))
    factions = {each["id"]: each["name"] for each in registry["factions"]}
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["id", "Name", "Fraktion"])
    writer.writerows([each["id"], each["name"], factions[each["factionId"]]] for each in registry["persons"])
    found = read(table.getvalue(), name="Stadtrat Magdeburg")
    assert found.problems == ()
    assert [(each.id, each.name) for each in found.assembly.members] == [
        (each["id"], each["name"]) for each in registry["persons"]
    ]
    by_group = {group.id: group.name for group in found.assembly.groups}
    assert [by_group[each.group] for each in found.assembly.members if each.group] == [
        factions[each["factionId"]] for each in registry["persons"]
    ]
    # Made of the names they are nearly the registry's own, which writes ü as ue.
    without = read("\n".join(["Name", *(each["name"] for each in registry["persons"])]))
    assert (
        sum(made.id == each["id"] for made, each in zip(without.assembly.members, registry["persons"], strict=True))
        > 50
    )
