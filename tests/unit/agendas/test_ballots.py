"""What a voting device exports, read against the assembly: every name and every word certain, or refused."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livesession.agendas.ballots import read_ballots
from livesession.agendas.members_names import words_of
from livesession.agendas.table_columns import CsvOptions
from livesession.domain.assembly import Assembly, Member, MemberId
from livesession.errors import InputError, RefusedError
from livesession.i18n import LANGUAGES, words
from tests.unit.agendas.reading_it import told

REFERENCE = Path(__file__).parents[4] / "shared/reference/agendas/magdeburg-stadtratwatch"


def assembly(*names: str) -> Assembly:
    return Assembly(members=tuple(Member(id=MemberId(f"m{number}"), name=name) for number, name in enumerate(names, 1)))


BODY = assembly("Mme Camille Durand", "M. Jean-Pierre Müller", "Dr. Beate Œuf", "M. Morel", "Mme Morel")


def read(text: str, of: Assembly = BODY, choices: dict[str, str] | None = None, **options: Any) -> dict[str, str]:
    return dict(read_ballots(text.encode(), of, options=CsvOptions(**options), choices=choices).votes)


def refused(text: str, of: Assembly = BODY, choices: dict[str, str] | None = None) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        read(text, of, choices)
    assert caught.value.code == "ballots_unreadable"
    for language in LANGUAGES:
        assert all(words(language).problem(problem) for problem in caught.value.problems)
    return told(tuple(problem for problem in caught.value.problems if problem.fatal))


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Mme Camille Durand", "m1"), ("camille durand", "m1"), ("DURAND Camille", "m1"), ("Durand, Camille", "m1"),
        ("Madame CAMILLE DURAND", "m1"), ("m1", "m1"), ("Jean Pierre Muller", "m2"), ("Mueller Jean-Pierre", "m2"),
        ("Beate Oeuf", "m3"), ("Frau Dr. Beate Œuf", "m3"), ("Monsieur MOREL", "m4"), ("Mme Morel", "m5"),
    ],
)  # fmt: skip
def test_a_name_is_known_whatever_its_accents_case_and_titles(name: str, id_: str) -> None:
    assert read(f'nom;vote\n"{name}";pour\n') == {id_: "for"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Morel", "ballots-member-ambiguous"), ("Durand", "ballots-member-unknown"),
        ("M. Camille Durand", "ballots-member-unknown"), ("Camille Durant", "ballots-member-unknown"),
        ("", "ballots-member-unknown"), ("Mme", "ballots-member-unknown"), ("m9", "ballots-member-unknown"),
    ],
)  # fmt: skip
def test_a_name_that_is_not_certain_is_refused(name: str, code: str) -> None:
    assert refused(f'nom;vote\n"{name}";pour\nm1;contre\n') == [(code, "line 2")]


def test_two_members_of_one_name_are_told_by_their_ids() -> None:
    two = assembly("Jean Morel", "Jean Morel")
    assert refused("nom;vote\nJean Morel;pour\n", two) == [("ballots-member-ambiguous", "line 2")]
    assert read("id;nom;vote\nm2;Jean Morel;pour\nm1;MOREL Jean;contre\n", two) == {"m2": "for", "m1": "against"}


def test_an_id_and_a_name_must_be_of_one_member() -> None:
    assert refused("id;nom;vote\nm1;M. Morel;pour\n") == [("ballots-member-differs", "line 2")]
    # A device's own number beside the name says nothing to us.
    assert read("id;nom;vote\n17;M. Morel;pour\n") == {"m4": "for"}


@pytest.mark.parametrize(
    ("word", "choice"),
    [
        ("pour", "for"), ("POUR", "for"), ("Oui", "for"), ("yes", "for"), ("Ja", "for"), ("dafür", "for"), ("+", "for"),
        ("P", "for"), ("J", "for"), ("Y", "for"), ("F", "for"), ("contre", "against"), ("Nein", "against"),
        ("-", "against"), ("−", "against"), ("N", "against"), ("abstention", "abstention"),
        ("s’abstient", "abstention"), ("Enthaltung", "abstention"), ("E", "abstention"),
        ("ne prend pas part", "not_voting"), ("NPPV", "not_voting"), ("not_voting", "not_voting"),
        ("blanc", "blank"), ("B", "blank"),
    ],
)  # fmt: skip
def test_a_choice_is_known_in_three_languages(word: str, choice: str) -> None:
    assert read(f"nom;vote\nm1;{word}\n") == {"m1": choice}


@pytest.mark.parametrize(
    ("signs", "choices"),
    [
        ("JNEO", ["for", "against", "abstention", "not_voting"]),
        ("PCAB", ["for", "against", "abstention", "blank"]),
        ("ONAB", ["for", "against", "abstention", "blank"]),
        ("YNA", ["for", "against", "abstention"]),
        ("FA", ["for", "against"]),
        ("+-0", ["for", "against", "abstention"]),
    ],
)
def test_single_signs_are_read_together(signs: str, choices: list[str]) -> None:
    rows = "".join(f"m{number};{sign}\n" for number, sign in enumerate(signs, 1))
    assert list(read("id;vote\n" + rows).values()) == choices


@pytest.mark.parametrize(
    ("cells", "problems"),
    [
        (["O", "O"], [("ballots-choice-ambiguous", "lines 2-3")]),
        (["A"], [("ballots-choice-ambiguous", "line 2")]),
        (["0"], [("ballots-choice-ambiguous", "line 2")]),
        (["O", "N"], [("ballots-choice-ambiguous", "line 2")]),
        (["1", "0"], [("ballots-choice-unknown", "line 2"), ("ballots-choice-unknown", "line 3")]),
        (["pour", "peut-être"], [("ballots-choice-unknown", "line 3")]),
        (["+1"], [("ballots-choice-unknown", "line 2")]),
        (["pour", ""], [("ballots-choice-blank", "line 3")]),
        (["absent"], [("ballots-none", "")]),
    ],
)
def test_a_choice_that_is_not_certain_is_refused(cells: list[str], problems: list[tuple[str, str]]) -> None:
    assert refused("id;vote\n" + "".join(f"m{number};{cell}\n" for number, cell in enumerate(cells, 1))) == problems


def test_what_a_device_writes_can_be_said() -> None:
    text = "id;vote\nm1;1\nm2;2\nm3;O\n"
    choices = {"1": "for", "2": "against", "o": "blank"}
    assert read(text, choices=choices) == {"m1": "for", "m2": "against", "m3": "blank"}
    assert refused(text, choices={"1": "maybe", "": "for"}) == [("ballots-choice-setting", "choices")] * 2
    assert read("Sitz;Knopf\nm1;ja\n", columns={"id": "Sitz", "choice": "Knopf"}) == {"m1": "for"}
    assert read("m1,ja\n", columns={"id": "1", "choice": "2"}) == {"m1": "for"}


def test_a_member_twice_is_refused_with_both_lines() -> None:
    assert refused("nom;vote\nMme Durand Camille;pour\nM. Morel;pour\nm1;pour\n") == [
        ("ballots-member-twice", "lines 2, 4")
    ]


def test_everything_wrong_is_told_at_once() -> None:
    assert refused("nom;vote\nMorel;pour\nX;contre\nm1;?\nm1;pour\n") == [
        ("ballots-choice-unknown", "line 4"), ("ballots-member-ambiguous", "line 2"),
        ("ballots-member-unknown", "line 3"), ("ballots-member-twice", "lines 4-5"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", [("agenda-empty", "")]),
        ("nom;groupe\nA;B\n", [("ballots-no-choice-column", "")]),
        ("vote;groupe\npour;B\n", [("people-no-name-column", "line 1")]),
        ("PK\x03\x04", [("people-binary", "")]),
        ("id;vote\n" + "x;pour\n" * 2001, [("members-many", "line 2002")]),
    ],
)
def test_a_file_that_is_no_result_is_refused(text: str, problems: list[tuple[str, str]]) -> None:
    assert refused(text) == problems


def test_who_is_absent_is_not_counted_and_said() -> None:
    found = read_ballots("nom;vote;siège\nm1;pour;3\nM. Morel;Absent;4\n".encode(), BODY)
    assert found.votes == {"m1": "for"}
    assert told(found.problems) == [("table-columns-not-taken", "line 1"), ("ballots-absent", "line 3")]


def test_without_members_nobody_is_known() -> None:
    with pytest.raises(RefusedError, match="assembly_without_members"):
        read("nom;vote\nA;pour\n", Assembly())


@pytest.mark.exhaustive
def test_real_votes_come_back_from_a_table() -> None:
    file = REFERENCE / "session-scan-2025-11-06.json"
    if not file.exists():
        pytest.skip("the real votes are not here")
    votes = json.loads(file.read_text("utf-8"))
    seats = json.loads((REFERENCE / "config-2025-11-06.json").read_text("utf-8"))["names"]
    council = assembly(*(seat["name"] for seat in seats))
    ids = {member.name: member.id for member in council.members}
    meant = {"J": "for", "N": "against", "E": "abstention", "O": "not_voting"}
    for vote in votes:
        table = io.StringIO()
        writer = csv.writer(table, delimiter=";")
        writer.writerow(["Name", "Stimme"])
        writer.writerows([one["name"].upper(), one["vote"]] for one in vote["votes"])
        said = {one["vote"] for one in vote["votes"]}
        choices = meant if not said - {"O", "N"} else {}
        assert read(table.getvalue(), council, choices) == {
            ids[one["name"]]: meant[one["vote"]] for one in vote["votes"]
        }


NAMES = st.lists(
    st.text(st.sampled_from("aàAäbßœ -.'M"), min_size=1, max_size=8).filter(lambda name: bool(words_of(name))),
    min_size=1, max_size=6,
)  # fmt: skip


@given(NAMES, st.data())
def test_a_name_is_never_given_to_one_of_two_who_bear_it(names: list[str], data: st.DataObject) -> None:
    chosen = data.draw(st.integers(0, len(names) - 1))
    table = io.StringIO()
    csv.writer(table, delimiter=";").writerows([["nom", "vote"], [names[chosen], "pour"]])
    of = assembly(*names)
    same = [name for name in names if sorted(words_of(name)) == sorted(words_of(names[chosen]))]
    if len(same) > 1:
        assert refused(table.getvalue(), of) == [("ballots-member-ambiguous", "line 2")]
        return
    try:
        found: object = read(table.getvalue(), of)
    except InputError as error:
        found = {problem.code for problem in error.problems}
    assert found in ({f"m{chosen + 1}": "for"}, {"ballots-member-ambiguous"})
