"""Shown entries as plain text: what feeds, structured data and the report's form say of them."""

from typing import Any

import pytest

from livesession.domain.agenda import Agenda
from livesession.domain.folding import folded
from livesession.domain.sitting import State
from livesession.i18n import words
from livesession.web.public.plain import Plain, chosen, plain, shortened
from livesession.web.public.showing import Showing
from tests.unit.web.test_view import Told, moment

STATE = State(agenda=Agenda(title="Séance", assembly="Conseil", starts="2026-11-20T10:00:00+01:00"))


def told_plain(told: Told, language: str = "fr") -> dict[str, Plain]:
    said = words(language)
    showing = Showing(STATE, said)
    return {each["id"]: plain(each, showing, said) for each in told.view()["entries"]}


def test_an_update_is_its_text_and_is_as_old_as_its_last_correction() -> None:
    told = Told()
    name = told.add("update.posted", "a", text="Le budget est de\n12 millions & <rien>.")
    told.add("update.corrected", "a", entry=name, text="Le budget est de\n13 millions & <rien>.", reason="Erreur")
    (entry,) = told_plain(told).values()
    assert entry == Plain(
        id=name,
        title="Le budget est de",
        text="Le budget est de\n13 millions & <rien>.\nRectifié à 10:03. Erreur",
        at=moment(2),
        updated=moment(3),
        item={"id": "a", "number": "1", "title": "Budget"},
        vote=False,
        withdrawn=False,
        former=("Le budget est de\n12 millions & <rien>.",),
    )


def test_images_come_with_their_words_and_go_with_the_text() -> None:
    told = Told()
    image = {"id": "ab" * 16, "alt": "Plan des travaux"}
    kept, gone = (told.add("update.posted", "a", text="Le plan.", media=[image]) for _ in range(2))
    told.add("update.retracted", "a", entry=gone)
    found = told_plain(told)
    assert found[kept].images == (("ab" * 16, "Plan des travaux"),)
    assert found[gone].images == ()
    assert [each.id for each in chosen([found[kept]], word="travaux")] == [kept]


def test_what_was_withdrawn_has_its_text_nowhere() -> None:
    told = Told()
    gone, erased = (told.add("update.posted", "a", text=text) for text in ("TEXTE", "TEXTE"))
    told.add("update.corrected", "a", entry=gone, text="TEXTE ENCORE")
    told.add("update.retracted", "a", entry=gone, reason="Doublon")
    told.add("update.erased", "a", entry=erased, reason="Ordonnance")
    found = told_plain(told)
    assert "TEXTE" not in repr(found)
    assert (found[gone].title, found[gone].text) == ("Retiré à 10:05.", "Retiré à 10:05.\nDoublon")
    assert (found[erased].title, found[erased].withdrawn) == ("Effacé à 10:06.", True)


@pytest.mark.parametrize(("language", "title"), [("fr", "Adopté\u00a0: Budget"), ("en", "Adopted: Budget")])
def test_a_vote_says_its_result_its_subject_and_its_numbers(language: str, title: str) -> None:
    told = Told()
    numbers = {"for": 5, "against": 2, "abstention": 1}
    told.add("vote.recorded", "a", ballot="show_of_hands", result="adopted", **numbers)
    (entry,) = told_plain(told, language).values()
    assert (entry.title, entry.vote) == (title, True)
    assert entry.text.split("\n")[1].startswith("5 ")


def test_an_event_is_told_as_on_the_page() -> None:
    told = Told()
    told.add("sitting.suspended", reason="Incident", until="2026-11-20T09:30:00Z")
    (entry,) = told_plain(told).values()
    assert entry.text == "La séance est suspendue. Reprise prévue\u00a0: 10:30.\nIncident"


def test_following_a_word_finds_it_however_it_is_written_and_keeps_what_was_taken_back() -> None:
    told = Told()
    names = {text: told.add("update.posted", "a", text=text) for text in ("Les COLLÈGES", "Autre chose", "Retiré")}
    told.add("update.corrected", "a", entry=names["Les COLLÈGES"], text="Les lycées")
    told.add("update.retracted", "a", entry=names["Retiré"])
    entries = list(told_plain(told).values())
    assert {each.id for each in chosen(entries, word="collèges")} == {names["Les COLLÈGES"], names["Retiré"]}
    assert {each.id for each in chosen(entries, word="lycees")} == {names["Les COLLÈGES"], names["Retiré"]}
    # The item's own title counts too: whoever follows « budget » follows what is said on it.
    assert len(chosen(entries, word="budget")) == 3
    assert chosen(entries, votes=True) == []
    assert chosen(entries, item="b") == []
    assert chosen(entries) == entries


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("court", 10, "court"),
        ("deux mots", 9, "deux mots"),
        ("deux mots, et", 11, "deux…"),
        ("une ligne\net une autre", 20, "une ligne"),
        ("anticonstitutionnellement", 10, "anticonst…"),
        ("  des   espaces ", 20, "des espaces"),
        ("", 5, ""),
    ],
)
def test_titles_are_cut_between_words(text: str, length: int, short: str) -> None:
    assert shortened(text, length) == short
    assert len(shortened(text, length)) <= length


def test_folding_forgets_case_accents_and_kinds_of_space() -> None:
    samples: Any = {"ÉCOLES": "ecoles", "l’eau": "l'eau", "a\u00a0 b\n": "a b", "œuvre": "œuvre", "Straße": "strasse"}
    assert {text: folded(text) for text in samples} == samples
