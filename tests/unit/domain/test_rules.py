"""The rule profiles: complete, cited, adjusted as a file says; and the page that shows them."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from livesession.cli import rules as command
from livesession.cli.main import main
from livesession.domain.rules import PROFILES, SORTS, Rule, Rules, Value, read_value, rule_problems, written
from livesession.domain.rules.neutral import OWN
from livesession.domain.text import MAX_LINE
from livesession.errors import Problem
from livesession.i18n import words

PAGE = Path(__file__).parents[3] / "docs" / "rules.md"
EVERY_RULE = [(profile, name) for profile in PROFILES for name in SORTS]
NAMES = ", ".join(SORTS)


def test_there_are_five_profiles() -> None:
    assert {name: profile.id for name, profile in PROFILES.items()} == {
        name: name for name in ("commune", "departement", "region", "epci", "neutral")
    }
    assert all(profile.name.keys() == {"fr", "en"} for profile in PROFILES.values())


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_has_every_rule_and_no_other(profile: str) -> None:
    assert set(PROFILES[profile].rules) == set(SORTS)


@pytest.mark.parametrize(("profile", "name"), EVERY_RULE)
def test_a_rule_is_of_its_sort_and_says_where_it_stands(profile: str, name: str) -> None:
    rule = PROFILES[profile].rules[name]
    assert rule.value is None or type(rule.value) is SORTS[name]
    assert not isinstance(rule.value, Fraction) or 0 < rule.value <= 1
    assert not rule.adjusted
    assert (rule.article == OWN) is (profile == "neutral")
    if rule.since is not None:
        assert date(1996, 2, 24) <= date.fromisoformat(rule.since)
    values = [reading.value for reading in rule.readings]
    assert len(values) == len(set(values))
    assert (rule.value in values) if SORTS[name] is str else not values


@pytest.mark.parametrize(("profile", "name"), EVERY_RULE)
def test_every_note_and_every_reading_has_its_sentence(profile: str, name: str) -> None:
    rule = PROFILES[profile].rules[name]
    ids = [f"rule-{name.replace('_', '-')}", *(f"rule-note-{note}" for note in rule.notes)]
    ids += [f"rule-reading-{reading.value}" for reading in rule.readings]
    assert [each for each in ids for language in ("fr", "en") if not words(language).has(each)] == []


def values(profile: str) -> dict[str, Value]:
    return {name: rule.value for name, rule in PROFILES[profile].rules.items()}


COMMON: dict[str, Value] = {
    "quorum": Fraction(1, 2), "quorum_recusal": "office", "second_call_days": 3, "proxies_per_holder": 1,
    "casting_vote": "president", "secret_appointments": True, "rounds": 3, "closed_part_president": True,
    "decisions_days": 7,
}  # fmt: skip
MUNICIPAL: dict[str, Value] = {
    **COMMON, "quorum_president": Fraction(1, 2), "public_ballot": Fraction(1, 4), "secret_ballot": Fraction(1, 3),
    "president_majority": "cast",
}  # fmt: skip
LARGER: dict[str, Value] = {
    **COMMON, "quorum_president": Fraction(2, 3), "public_ballot": Fraction(1, 6), "secret_ballot": None,
    "president_majority": "members", "closed_part_members": 5,
}  # fmt: skip


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("commune", {**MUNICIPAL, "closed_part_members": 3}),
        ("epci", {**MUNICIPAL, "closed_part_members": 5}),
        ("departement", LARGER),
        ("region", LARGER),
        (
            "neutral",
            {
                **dict.fromkeys(SORTS, None), "quorum": Fraction(1, 2), "quorum_president": Fraction(1, 2),
                "quorum_recusal": "office", "casting_vote": "either", "secret_appointments": False, "rounds": 3,
                "president_majority": "cast", "closed_part_president": True,
            },
        ),
    ],
)  # fmt: skip
def test_the_thresholds_are_those_of_the_law(profile: str, expected: dict[str, Value]) -> None:
    assert values(profile) == expected


def test_an_epci_cites_what_sends_it_to_the_communes_rules() -> None:
    own = {name for name, rule in PROFILES["epci"].rules.items() if "L5211-1," not in rule.article}
    assert own == {"quorum_recusal", "president_majority", "closed_part_members", "closed_part_president"}


# What a council adjusts


def adjusted(profile: str, **adjust: Any) -> Rules:
    return Rules(profile=profile, adjust={name: {"value": value} for name, value in adjust.items()})


@pytest.mark.parametrize("profile", PROFILES)
def test_a_rule_that_is_adjusted_holds_and_cites_the_council(profile: str) -> None:
    rules = Rules(profile=profile, adjust={"public_ballot": {"value": "1/5", "source": "RI, art. 12"}})
    law = PROFILES[profile].rules
    expected = {**law, "public_ballot": replace(
        law["public_ballot"], value=Fraction(1, 5), article="RI, art. 12", since=None, adjusted=True
    )}  # fmt: skip
    assert rule_problems(rules) == []
    assert rules.rules == expected
    assert rules.fraction("public_ballot") == Fraction(1, 5)
    assert rules.fraction("quorum") == Fraction(1, 2)


def test_a_rule_adjusted_without_a_source_keeps_the_article_but_not_its_date() -> None:
    rule = adjusted("commune", decisions_days=15).rules["decisions_days"]
    assert rule == Rule(15, article="CGCT L2121-25", since=None, adjusted=True)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", SORTS)
def test_every_value_a_rule_may_take_is_read_as_its_sort(profile: str, name: str) -> None:
    law = PROFILES[profile].rules[name]
    by_sort: dict[type, list[tuple[Any, Value]]] = {
        Fraction: [("1/2", Fraction(1, 2)), ("2/4", Fraction(1, 2)), ("1/1", Fraction(1))],
        int: [(0, 0), (1, 1), (10_000, 10_000)],
        bool: [(True, True), (False, False)],
        str: [(reading.value, reading.value) for reading in law.readings],
    }  # fmt: skip
    fitting = by_sort[SORTS[name]]
    if SORTS[name] in (Fraction, int):
        fitting.append((None, None))
    for given, read in fitting:
        rules = adjusted(profile, **{name: given})
        assert rule_problems(rules) == []
        assert rules[name] == read
        assert type(rules[name]) is type(read)
        assert read_value(name, given) == read
        assert Rules.from_json(rules.as_json()) == rules


UNFIT: dict[type, list[Any]] = {
    Fraction: [
        "0.5", "1", "0/1", "0/0", "1/0", "3/2", "-1/2", "1 / 2", " 1/2", "1/2\n", "1_0/2_0", "½", "١/٢", "", 1, True,
    ],
    int: [-1, 10_001, True, False, "1", "1/2", 1.0],
    bool: [0, 1, "true", None],
    str: ["", "Office", "maire", "1/2", 1, True, None],
}  # fmt: skip


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", SORTS)
def test_a_value_of_another_sort_or_out_of_range_is_a_problem_with_an_example(profile: str, name: str) -> None:
    for value in UNFIT[SORTS[name]]:
        problems = rule_problems(adjusted(profile, **{name: value}))
        assert [(each.code, each.place) for each in problems] == [("rule-value", f"rules.adjust.{name}.value")], value
        example = str(dict(problems[0].params)["example"])
        offered = {"true": True, "false": False}.get(example, int(example) if example.isdecimal() else example)
        assert rule_problems(adjusted(profile, **{name: offered})) == []


def test_a_reading_of_another_profile_is_a_problem() -> None:
    assert [each.code for each in rule_problems(adjusted("commune", casting_vote="either"))] == ["rule-value"]
    assert rule_problems(adjusted("neutral", casting_vote="either")) == []


def test_an_adjustment_without_a_value_is_a_problem_where_the_rule_cannot_be_left_out() -> None:
    assert [each.code for each in rule_problems(Rules(profile="commune", adjust={"casting_vote": {}}))] == [
        "rule-value"
    ]


def test_an_unknown_profile_is_a_problem_that_names_the_known() -> None:
    known = "commune, departement, region, epci, neutral"
    expected = Problem.of("profile-unknown", "rules.profile", profile="p" * 40, known=known)
    assert rule_problems(Rules(profile="p" * 50, adjust={"x": {"value": 1}})) == [expected]


def test_an_unknown_rule_is_a_problem_that_names_the_known() -> None:
    expected = Problem.of("rule-unknown", "rules.adjust." + "r" * 40, known=NAMES)
    assert rule_problems(adjusted("commune", **{"r" * 50: 1})) == [expected]


@pytest.mark.parametrize(
    ("source", "code"), [("", "text-blank"), ("x" * (MAX_LINE + 1), "text-too-long"), ("a\x00", "text-character")]
)
def test_a_source_that_cannot_be_kept_is_a_problem(source: str, code: str) -> None:
    rules = Rules(profile="commune", adjust={"rounds": {"value": 2, "source": source}})
    assert [(each.code, each.place) for each in rule_problems(rules)] == [(code, "rules.adjust.rounds.source")]


def test_every_problem_is_told() -> None:
    adjust: dict[str, dict[str, Any]] = {
        "nothing": {"value": 1},
        "quorum": {"value": "x"},
        "rounds": {"value": 2, "source": " "},
        "public_ballot": {"value": "1/5", "source": "RI"},
    }
    assert [each.code for each in rule_problems(Rules(profile="region", adjust=adjust))] == [
        "rule-unknown", "rule-value", "text-blank",
    ]  # fmt: skip


def test_the_log_of_another_version_is_read_as_far_as_it_is_known() -> None:
    assert Rules.from_json({}) == Rules()
    assert Rules.from_json({"profile": "canton", "adjust": {"rounds": {"value": 2}}}) == Rules()
    form = {"profile": "commune", "adjust": {"later": {"value": 1}, "rounds": {"value": 2}}}
    assert Rules.from_json(form) == adjusted("commune", rounds=2)
    assert Rules(profile="commune").as_json() == {"profile": "commune"}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", SORTS)
def test_a_rule_is_asked_for_as_what_it_is(profile: str, name: str) -> None:
    rules = Rules(profile=profile)
    asking = {Fraction: rules.fraction, int: rules.number, bool: rules.holds, str: rules.choice}
    for sort, ask in asking.items():
        if sort is SORTS[name] or (rules[name] is None and sort in (Fraction, int)):
            assert ask(name) == rules[name]
        else:
            with pytest.raises(AssertionError):
                ask(name)


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "null"), (True, "true"), (False, "false"), (0, "0"), (3, "3"), ("office", "office"), (Fraction(1), "1/1"),
     (Fraction(2, 3), "2/3")],
)  # fmt: skip
def test_a_value_is_written_as_a_file_has_it(value: Value, text: str) -> None:
    assert written(value) == text
    assert Rule(value, article="").written() == text


# The command and the page


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("profile", PROFILES)
def test_the_page_has_the_commands_own_table(profile: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(profile, words(language), table=True) == 0
    table = capsys.readouterr().out
    page = PAGE.read_text("utf-8")
    heading = f"{PROFILES[profile].name[language]} (`{profile}`)"
    assert f"### {heading}\n\n{table}\n" in page + "\n"


@pytest.mark.parametrize(("profile", "name"), EVERY_RULE)
def test_the_command_lists_every_rule(profile: str, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    command.run(profile, words("fr"))
    told = capsys.readouterr().out
    rule = PROFILES[profile].rules[name]
    block = told.split(f"\n  {name} = {rule.written()}\n")[1].split("\n\n")[0].splitlines()
    assert len(block) == 2 + len(rule.notes) + len(rule.readings)
    assert all(line.startswith("    ") and line.strip() for line in block)
    article = "règlement intérieur" if profile == "neutral" else rule.article
    day = {None: "date de cette rédaction non lue", "2025-12-24": "depuis le 24 décembre 2025"}
    said = "selon le règlement" if profile == "neutral" else day.get(rule.since, "depuis le 1er juillet 2022")
    assert block[1].strip() == f"{article} – {said}"


def test_the_command_lists_all_profiles_without_a_name(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert main(["rules"]) == 0
    told = capsys.readouterr().out
    assert [line for line in told.splitlines() if line and not line.startswith(" ")] == [
        f"{profile.name['en']} ({profile.id})" for profile in PROFILES.values()
    ]


def test_the_command_refuses_a_profile_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "canton"]) == 2
    found = capsys.readouterr()
    assert found.out == ""
    assert "canton" in found.err
    assert ", ".join(PROFILES) in found.err
