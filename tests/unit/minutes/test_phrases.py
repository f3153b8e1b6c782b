"""The sentences of a record."""

from datetime import timedelta

import pytest

from livesession.i18n import words
from livesession.minutes.document import ClosedDoors, Vote
from livesession.minutes.phrases import Phrases
from tests.sittings import PureThread, entry_id
from tests.unit.minutes.threads import at, opened, public

DOORS = ClosedDoors(id=entry_id(1), at=at(31), ended=at(52))


def vote(in_favour: int, against: int, abstention: int) -> dict[str, object]:
    """A vote by those numbers, as its entry has it."""
    result = "adopted" if in_favour >= against else "rejected"
    numbers = {"for": in_favour, "against": against, "abstention": abstention}
    return {"ballot": "show_of_hands", **numbers, "result": result}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "La séance s’est poursuivie à huis clos de 10:31 à 10:52."),
        ("en", "The sitting continued in private from 10:31 to 10:52."),
    ],
)
def test_closed_part_is_a_sentence_in_either_language(language: str, expected: str) -> None:
    assert Phrases(public(opened()), words(language)).doors(DOORS) == expected


def test_clock_shows_the_date_on_every_other_day_than_the_first() -> None:
    phrases = Phrases(public(opened()), words("fr"))
    assert phrases.clock(at(14 * 60 - 1)) == "23:59"
    assert phrases.clock(at(14 * 60)) == "00:00 (21 novembre 2026)"
    assert phrases.clock(at(0) - timedelta(days=1)) == "10:00 (19 novembre 2026)"


@pytest.mark.parametrize(
    ("numbers", "result", "sentence"),
    [
        ((34, 15, 2), "Adopté", "34 pour, 15 contre, 2 abstentions"),
        ((51, 0, 0), "Adopté à l’unanimité", "51 pour, 0 contre, 0 abstention"),
        ((2, 9, 1), "Rejeté", "2 pour, 9 contre, 1 abstention"),
        ((0, 9, 0), "Rejeté à l’unanimité", "0 pour, 9 contre, 0 abstention"),
        ((10_000, 1, 1_000), "Adopté", "10000 pour, 1 contre, 1000 abstentions"),
    ],
)
def test_vote_is_told_by_result_and_numbers(numbers: tuple[int, int, int], result: str, sentence: str) -> None:
    phrases = Phrases(public(opened()), words("fr"))
    told = phrases.vote(Vote(id=entry_id(2), at=at(0), data=vote(*numbers)))
    assert (told.result, told.numbers, told.kind) == (result, sentence, "Vote à main levée")


def test_facts_of_a_sitting_to_come_and_of_one_without_a_date() -> None:
    assert list(Phrases(public(PureThread()), words("fr")).facts()) == [
        ("Date", "vendredi 20 novembre 2026"),
        ("Séance", "publique, pas encore ouverte"),
    ]
    thread = opened(starts=None, public=False, location="Salle 1")
    assert list(Phrases(public(thread), words("en")).facts()) == [
        ("Date", "Friday, 20 November 2026"),
        ("Place", "Salle 1"),
        ("Sitting", "in private, opened at 10:00"),
    ]
