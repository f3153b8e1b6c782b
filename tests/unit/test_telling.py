"""What entries say in plain words: every kind is told or told by what it changes, in both languages."""

from typing import Any

import pytest

from livesession.desk.desk import COMMANDS
from livesession.i18n import words
from livesession.telling import TOLD, named, quorum_told, said_of, told, vote_told

SILENT = {
    # Told by what they change: a text, a card, a list, the chain of corrections, or the item's own heading.
    "assembly.set", "item.opened", "item.closed", "closed_part.ended", "update.posted", "update.corrected",
    "update.retracted", "update.pinned", "update.unpinned", "update.erased", "vote.recorded", "vote.corrected",
    "decision.released", "speech.requested", "speech.waived", "speech.ended",
}  # fmt: skip
PERSON = {"id": "m1", "name": "Mme Durand", "group": "SOC"}


def entry(kind: str, **data: Any) -> dict[str, Any]:
    return {"kind": kind, "item": None, "data": data}


def test_every_kind_is_told_or_told_by_what_it_changes() -> None:
    assert set(COMMANDS) == TOLD | SILENT
    assert not TOLD & SILENT


@pytest.mark.parametrize(
    ("kind", "data", "sentence"),
    [
        ("member.arrived", {"members": [PERSON]}, "Arrive\xa0: Mme Durand (SOC)."),
        ("member.arrived", {"members": [PERSON] * 46}, "46 membres arrivent."),
        (
            "member.recused",
            {"members": [PERSON] * 2},
            "Ne prennent pas part à ce point (déport)\xa0: Mme Durand (SOC), Mme Durand (SOC).",
        ),
        (
            "proxy.given",
            {"proxies": [{"from": PERSON, "to": {"id": "m2", "name": "M. Petit"}}]},
            "Mme Durand (SOC) donne pouvoir à M. Petit.",
        ),
        ("speech.begun", {"members": [{"name": "M. Hôte", "role": "directeur"}]}, "M. Hôte (directeur) a la parole."),
        ("motion.tabled", {"type": "voeu", "title": "Trains", "by": [PERSON]}, "Vœu déposé par Mme Durand (SOC)."),
        (
            "closed_part.begun",
            {"requested_by": [PERSON]},
            "La séance se poursuit à huis clos. Huis clos demandé par Mme Durand (SOC).",
        ),
        ("sitting.closed", {"want_of_quorum": True}, "La séance est levée. Faute de quorum."),
        ("item.added", {"title": "X", "article": "CGCT L2121-12"}, "Point ajouté en séance (CGCT L2121-12)."),
    ],
)
def test_an_entry_is_a_plain_sentence(kind: str, data: dict[str, Any], sentence: str) -> None:
    found = told(kind, data, words("fr"), None)
    assert found is not None
    assert found.sentence == sentence
    assert told(kind, data, words("en"), None) is not None


def test_many_people_are_counted_and_listed_beside() -> None:
    found = told("member.arrived", {"members": [PERSON] * 7}, words("fr"), None)
    assert found is not None
    assert found.people == ("Mme Durand (SOC)",) * 7


def test_the_quorum_says_its_numbers() -> None:
    numbers = {"present": 27, "required": 28, "represented": 1, "recused": 2, "met": False}
    assert quorum_told(numbers, words("fr")) == "Quorum perdu\xa0: 27 présents pour 28. 1 représenté. 2 déportés."


def test_a_vote_by_name_is_told_in_full() -> None:
    found = vote_told(
        {
            "ballot": "public", "for": 2, "against": 1, "abstention": 0, "not_voting": 1, "result": "adopted",
            "votes": {"for": [PERSON], "not_voting": [PERSON]}, "source": "roll_call", "decision": 7, "casting": True,
            "majority": "qualified", "of": "in_office", "share": "2/3", "needed": 2, "quorum_reason": "urgence",
        },
        words("fr"),
    )  # fmt: skip
    assert (found.result, found.kind, found.quorum_reason) == ("Adopté", "Scrutin public", "urgence")
    assert found.numbers == "2 pour, 1 contre, 0 abstention, 1 ne prend pas part"
    assert found.notes == (
        "Décision n°\xa07.",
        "La voix de la présidence a départagé.",
        "Majorité des 2/3 des membres en exercice\xa0: 2 voix.",
        "Noms relevés à l’appel.",
    )
    assert found.names == (("Pour", ("Mme Durand (SOC)",)), ("Ne prend pas part", ("Mme Durand (SOC)",)))


def test_readers_get_words_only_where_the_data_are_none_yet() -> None:
    assert said_of(entry("update.posted", text="a")) is None
    voices = {"for": 2, "against": 1, "abstention": 0, "result": "adopted", "decision": 4, "subject": "Budget"}
    assert said_of(entry("vote.recorded", **voices)) == {
        "fr": "Adopté\u00a0: 2 pour, 1 contre, 0 abstention.",
        "en": "Adopted: 2 for, 1 against, 0 abstentions.",
        "typed": "Budget",
        "notes": {"fr": ["Décision n°\u00a04."], "en": ["Decision no. 4."]},
    }
    assert said_of({**entry("motion.tabled"), "erased": True}) is None
    assert said_of(entry("item.postponed", reason="<b>")) == {
        "fr": "Point reporté.", "en": "Item postponed.", "typed": "<b>",
    }  # fmt: skip
    ballot = {"ballot": "secret", "candidates": [{"name": "A", "voices": 9}], "elected": ["A"], "result": "elected"}
    assert said_of(entry("vote.recorded", **ballot)) == {
        "fr": "Élection\xa0: A\xa0: A\xa09.",
        "en": "Elected: A: A\xa09.",
        "notes": {"fr": [], "en": []},
    }
    assert said_of(entry("update.posted", text="a", quote=PERSON)) == {
        "fr": "Citation de Mme Durand (SOC)\xa0:", "en": "Quoting Mme Durand (SOC):",
    }  # fmt: skip


def test_somebody_without_group_is_named_alone() -> None:
    assert named({"name": "M. Petit"}, words("fr")) == "M. Petit"
