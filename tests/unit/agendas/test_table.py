"""Tables: columns, sittings, what is closed, and every oddity with its line."""

from datetime import date, time

import pytest

from livesession.agendas import table_rows
from livesession.agendas.findings import lines_place
from livesession.agendas.table_cells import day_and_hour, escape, hour, unescape
from livesession.domain.agenda import Agenda, Document
from tests.unit.agendas.reading_it import item, read, refused


def only(text: str, **options: object) -> Agenda:
    (agenda,), _ = read(text, **options)
    return agenda


def oddities(text: str, **options: object) -> list[tuple[str, str]]:
    """What is odd besides what every table here lacks: a title and a start for the sitting."""
    _, problems = read(text, **options)
    usual = ("table-title-made", "table-start-missing", "agenda-time-missing")
    return [problem for problem in problems if problem[0] not in usual]


def numbers(agenda: Agenda) -> list[str]:
    return [each.number for each in agenda.items]


@pytest.mark.parametrize(
    "header",
    ["Numéro;Objet;Rapporteur", "N°,Title,Presented by", "TOP\tBetreff\tBerichterstatter", "point|INTITULE|Élu(s)"],
)
def test_header_is_recognised_in_three_languages_and_four_separators(header: str) -> None:
    separator = next(sign for sign in ";,\t|" if sign in header)
    agenda = only(f"{header}\n1{separator}Budget{separator}Durand\n")
    assert agenda.items == (item("i1", "Budget", number="1", rapporteur="Durand"),)


def test_excel_s_own_line_gives_the_separator() -> None:
    assert only("sep=|\nn;o|titre\n1|Budget, voirie; eau\n").items == (item("i1", "Budget, voirie; eau"),)


def test_columns_may_be_given_by_name_and_by_place() -> None:
    text = "A;Long libellé\n7;Budget\n"
    assert only(text, columns={"title": "long LIBELLE", "number": "1"}).items == (item("i1", "Budget", number="7"),)


def test_columns_by_place_read_a_table_without_header() -> None:
    agendas, problems = read("7;Budget\n8;Voirie\n", columns={"title": "2", "number": "1"})
    assert agendas[0].items == (item("i1", "Budget", number="7"), item("i2", "Voirie", number="8"))
    assert problems == [("table-start-missing", "line 1"), ("table-title-made", "line 1")]


@pytest.mark.parametrize(
    ("text", "options", "problem"),
    [
        ("a;b\n1;2\n", {}, ("table-no-header", "line 1")),
        ("\nnuméro;b\n1;2\n", {}, ("table-no-title-column", "line 2")),
        ("titre;b\n", {}, ("table-no-rows", "line 1")),
        ("titre;b\n1;2\n", {"columns": {"number": "c"}}, ("table-column-missing", "line 1")),
        ("titre;b\n1;2\n", {"columns": {"nombre": "b"}}, ("table-field-unknown", "line 1")),
        ("titre;b\n1;2\n", {"separator": "ab"}, ("table-separator", "")),
        ("titre" + ";" * 100_000, {}, ("table-header-long", "line 1")),
    ],
)
def test_table_that_cannot_be_told_is_refused(text: str, options: dict[str, object], problem: tuple[str, str]) -> None:
    assert refused(text, **options) == [problem]


def test_table_of_too_many_lines_is_refused_at_the_first_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert table_rows.MAX_LINES == 200_000
    monkeypatch.setattr(table_rows, "MAX_LINES", 20)
    assert len(only("titre\n" + "A\n" * 19).items) == 19
    assert refused("titre\n" + "A\n" * 20)[:1] == [("table-too-many-lines", "line 21")]


def test_rows_of_one_date_are_one_sitting_in_the_file_s_order() -> None:
    text = "titre;date;heure\nA;16/12/2013;18h30\nB;;\nC;25.11.2013;\nD;16/12/2013;18h30\n"
    agendas, problems = read(text)
    assert [(a.title, a.starts, [i.title for i in a.items]) for a in agendas] == [
        ("Séance du 16 décembre 2013", "2013-12-16T18:30:00+01:00", ["A", "B", "D"]),
        ("Séance du 25 novembre 2013", "2013-11-25T00:00:00+01:00", ["C"]),
    ]
    assert problems == [
        ("agenda-numbers-missing", "line 1"),
        ("table-dates-missing", "line 3"),
        ("table-sittings-mixed", "line 5"),
        ("table-title-made", "line 2"),
        ("agenda-time-missing", "line 4"),
        ("table-title-made", "line 4"),
    ]


def test_sitting_may_be_named_by_the_rows_or_by_hand() -> None:
    assert only("titre;séance;assemblée\nA;Plénière;Conseil\n").title == "Plénière"
    agenda = only("title\nA\n", title="Meeting", assembly="Council", language="en")
    assert (agenda.title, agenda.assembly, agenda.language) == ("Meeting", "Council", "en")
    assert only("title;date\nA;2026-11-20\n", language="en").title == "Sitting of 20 November 2026"


def test_items_lie_below_by_number_or_by_level() -> None:
    by_number = only("n°;titre\n3;A\n3.1;B\n3.1.1;C\n4;D\n4.1.1;E\n")
    assert [(i.number, [j.number for j in i.items]) for i in by_number.items] == [
        ("3", ["3.1"]), ("4", []), ("4.1.1", []),
    ]  # fmt: skip
    by_level = only("niveau;titre\n1;A\n2;B\n1;C\n")
    assert [(i.title, [j.title for j in i.items]) for i in by_level.items] == [("A", ["B"]), ("C", [])]
    assert refused("niveau;titre\n1;A\n3;B\nx;C\n") == [("table-level", "line 3"), ("table-level", "line 4")]


def test_kind_is_said_or_told_by_a_missing_number() -> None:
    text = "n°;titre;nature;élu\n;Finances;;\n1;A;;\n;B;;Durand\n;C;délibération;\n2;D;rubrique;\n3;E;divers;\n"
    assert [each.kind for each in only(text).items] == ["heading", "item", "item", "item", "heading", "item"]
    assert oddities(text) == [("table-headings", "line 2"), ("table-kind-unknown", "line 7")]


@pytest.mark.parametrize(
    ("header", "cells", "public"),
    [
        ("public", ["oui", "non", "Huis clos", "public"], [True, False, False, True]),
        ("public", ["", "non", ""], [True, False, True]),
        ("public", ["x", "", "x"], [True, False, True]),
        ("public", ["", ""], [True, True]),
        ("huis clos", ["x", "", "non"], None),
        ("huis clos", ["x", ""], [False, True]),
        ("closed", ["no", "yes"], [True, False]),
        ("nicht öffentlich", ["nein", "ja"], [True, False]),
        ("public", ["oui", "peut-être"], None),
    ],
)
def test_closed_rows_are_told_and_never_guessed(header: str, cells: list[str], public: list[bool] | None) -> None:
    text = f"titre;{header}\n" + "".join(f"A;{cell}\n" for cell in cells)
    if public is None:
        assert refused(text)
    else:
        assert [each.public for each in only(text).items] == public


def test_columns_public_and_closed_must_agree() -> None:
    text = "titre;public;huis clos\nA;oui;non\nB;non;oui\nC;oui;oui\n"
    assert refused(text) == [("table-public-contradiction", "line 4")]


def test_documents_are_taken_and_what_is_none_is_said() -> None:
    text = 'titre;lien\nA;https://a.fr/1.pdf\nB;"Rapport | https://a.fr/2.pdf\nvoir en mairie"\n'
    agenda = only(text)
    assert [each.documents for each in agenda.items] == [
        (Document(title="1.pdf", url="https://a.fr/1.pdf"),),
        (Document(title="Rapport", url="https://a.fr/2.pdf"),),
    ]
    assert oddities(text) == [("agenda-numbers-missing", "line 1"), ("table-document-unusable", "line 3")]


def test_places_count_the_lines_inside_quoted_cells() -> None:
    text = 'n°;titre\r\n1;"Un\r\ntitre ""long"""\r\n\r\n1;B\r\n3;C;\r\n4\r\n5;D;E\r\n'
    assert refused(text) == [("table-row-long", "line 8"), ("table-title-blank", "line 7")]
    kept = text.replace("4\r\n5;D;E\r\n", "")
    assert [each.title for each in only(kept).items] == ['Un\r\ntitre "long"', "B", "C"]
    assert oddities(kept) == [
        ("table-rows-blank", "line 4"),
        ("agenda-number-twice", "line 5"),
        ("agenda-number-gap", "line 6"),
        ("table-rows-padded", "line 6"),
    ]


def test_short_rows_are_taken_with_empty_cells() -> None:
    text = "titre;rapporteur;direction\nA;Durand\nB;Diallo;Voirie\nC\n"
    assert [each.rapporteur for each in only(text).items] == ["Durand", "Diallo", None]
    assert ("table-rows-short", "lines 2, 4") in oddities(text)


def test_open_quotes_are_refused_with_the_line_where_they_open() -> None:
    assert refused('titre;b\nA;"x\nB;y\n"C";z\nD;"w\nE;v\n') == [("table-quote", "line 2"), ("table-quote", "line 5")]


def test_unreadable_dates_are_refused_once_for_each_sitting() -> None:
    assert refused("titre;date\nA;25 frimaire\nB;31/02/2013\nC;11/25/2013\nD;1/1/26\n") == [
        ("table-date", f"line {line}") for line in (2, 3, 4, 5)
    ]


def test_column_that_changes_within_a_sitting_is_said() -> None:
    text = "titre;lieu\nA;Mairie\nB;Gymnase\n"
    assert only(text).location == "Mairie"
    assert ("table-sitting-differs", "line 3") in oddities(text)


def test_columns_not_taken_and_rows_without_item_are_said() -> None:
    text = "titre;date;Direction;\nA;2026-11-20;X;Y\n;2026-12-20;;\n"
    assert ("table-columns-not-taken", "line 1") in oddities(text)
    assert ("table-rows-no-item", "line 3") in oddities(text)


def test_escaped_characters_are_undone_and_said() -> None:
    text = "titre\nA _x0001_B_x0001_\nC_x00E9_\nD_x005F_x0001_\nE_xD83D__xDE00_\n"
    assert [each.title for each in only(text).items] == ["A B", "Cé", "D_x0001_", "E\U0001f600"]
    assert [place for code, place in oddities(text) if code == "table-escapes"] == [
        "line 2", "line 3", "line 5", "line 5",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["_x0001_", "_x005F_", "_x0001_x0001_", "__x0041__", "_x", "a_xZZZZ_"])
def test_escape_protects_what_looks_escaped(text: str) -> None:
    assert unescape(escape(text)) == (text, [])


def test_same_id_twice_is_refused_with_its_line() -> None:
    assert refused("titre;item id\nA;a\nB;a\n") == [("agenda-id-twice", "line 3")]


def test_title_too_long_is_refused_with_its_line() -> None:
    assert refused(f"titre\nA\n{'x' * 10_001}\n") == [("text-too-long", "line 3, title")]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("25/11/2013", (date(2013, 11, 25), None)),
        ("5.1.2026 à 18h", (date(2026, 1, 5), time(18))),
        ("2013-11-25T18:30", (date(2013, 11, 25), time(18, 30))),
        ("2013/11/25 9:05:07", (date(2013, 11, 25), time(9, 5, 7))),
        ("25/11/2013 soir", None),
        ("25/11/1013", None),
        ("lundi", None),
    ],
)
def test_days_are_read_as_europe_writes_them(text: str, moment: tuple[date, time | None] | None) -> None:
    assert day_and_hour(text) == moment


@pytest.mark.parametrize(("text", "clock"), [("18:30 Uhr", time(18, 30)), ("9h", time(9)), ("25h", None), ("18", None)])
def test_hours_are_read_as_europe_writes_them(text: str, clock: time | None) -> None:
    assert hour(text) == clock


def test_lines_are_one_place() -> None:
    assert lines_place([3]) == "line 3"
    assert lines_place([3, 5, 6, 7, 9]) == "lines 3, 5-7, 9"
    assert lines_place(range(1, 60, 2)) == "lines 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, …"
