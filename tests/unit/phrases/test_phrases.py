"""Stock phrases: ours fill in at every moment of a sitting, and a broken one of the council's is told by its line."""

from datetime import timedelta

import pytest

from livesession.domain.agenda import AgendaItem
from livesession.domain.ids import ItemId
from livesession.errors import InputError
from livesession.i18n import LANGUAGES, words
from livesession.phrases.phrases import Phrases, shipped
from livesession.phrases.reading import Phrase, read_phrases
from livesession.phrases.templates import PhraseError, compile_phrase, fill
from livesession.phrases.values import values_of
from livesession.store.engine import Store
from tests.clock import NINE
from tests.sittings import CLOSED_TITLE, PureThread, agenda

ASSEMBLY = {
    "name": "Conseil",
    "rules": {"profile": "neutral"},
    "groups": [{"id": "g", "name": "Groupe", "short": "GRP"}],
    "members": [{"id": f"m{n}", "name": f"Mme {n}", "group": "g"} for n in range(1, 6)],
}


def played() -> list[PureThread]:
    """A sitting as it stands before it opens, once it is open, during an item with a vote, and when it is over."""
    steps = [PureThread(), PureThread(), PureThread(), PureThread()]
    for step, thread in enumerate(steps):
        thread.send("assembly.set", data=ASSEMBLY)
        if step >= 1:
            thread.send("sitting.opened")
            thread.send("president.named", data={"member": "m1"})
            thread.send("member.arrived", data={"members": ["m1", "m2", "m3"]})
            thread.send("member.excused", data={"members": ["m4"]})
            thread.send("proxy.given", data={"proxies": [{"from": "m4", "to": "m2"}]})
        if step >= 2:
            thread.send("item.opened", item="budget")
            thread.send("vote.recorded", item="budget", data={"for": 3, "against": 1, "abstention": 0})
        if step >= 3:
            thread.send("sitting.closed")
    return steps


def say(phrase: str, thread: PureThread, language: str = "fr") -> str:
    found = next(each for each in shipped(language) if each.id == phrase)
    return fill(compile_phrase(found.text), values_of(thread.state, words(language), NINE + timedelta(minutes=32)))


@pytest.mark.exhaustive
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_of_ours_reads_whole_at_every_moment(language: str) -> None:
    for thread in played():
        for phrase in shipped(language):
            text = say(phrase.id, thread, language)
            assert text.endswith(".") or phrase.id == "proxies", phrase.id
            assert "None" not in text, phrase.id
            assert "  " not in text, phrase.id


def test_both_languages_have_the_same_phrases() -> None:
    assert [each.id for each in shipped("fr")] == [each.id for each in shipped("en")]


def test_the_ritual_is_filled_from_the_sitting() -> None:
    before, opened, voting, over = played()
    nb = "\u00a0"
    assert say("opening", opened) == f"La séance est ouverte à 10{nb}h{nb}00 sous la présidence de Mme 1 (GRP)."
    assert say("quorum", opened) == (f"Le quorum est atteint{nb}: 3 présents pour 3 requis, sur 5 membres en exercice.")
    assert say("proxies", opened) == f"Pouvoirs{nb}: Mme 4 (GRP) à Mme 2 (GRP)."
    assert say("quorum", before) == "Le quorum est vérifié."
    assert say("report", voting) == "Mme Diallo présente le rapport sur le point 1."
    assert say("vote-result", voting, "en").startswith("Item 1: ")
    assert say("closing", over, "en") == "The sitting is closed at 10:00."


def test_a_closed_items_title_stays_inside() -> None:
    thread = PureThread(agenda(items=(AgendaItem(id=ItemId("c"), number="1", title=CLOSED_TITLE, public=False),)))
    thread.send("sitting.opened")
    thread.send("item.opened", item="c", data={})
    values = values_of(thread.state, words("fr"), NINE)
    assert CLOSED_TITLE not in str(values)
    assert say("item", thread) == "Point 1."


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("Ouverture\n{{ time", 2, "phrase-syntax"),
        ("{% for a in present %}{% for b in present %}{% endfor %}{% endfor %}", 1, "phrase-nested"),
        ("un\n{{ range(9) }}", 2, "phrase-forbidden"),
        ("{{ ''.__class__.__mro__ }}", 1, None),
        ("{% set x = time %}{{ x }}", 1, "phrase-forbidden"),
        ("{{ time * 999999999 }}", 1, "phrase-forbidden"),
        ("{{ present | join(present) }}", 1, "phrase-forbidden"),
        ("{{ time | center(99999) }}", 1, "phrase-filter"),
        ("{% include 'x' %}", 1, "phrase-forbidden"),
        ("x" * 4_001, 1, "phrase-long"),
        ("a\x00", 1, "phrase-character"),
        ("un\ndeux {{ tme }}", 2, "phrase-unknown"),
        ("un\ndeux\n{{ quorum.present }}", 3, "phrase-unknown"),
        ("{{ 3 | join }}", 1, "phrase-failed"),
    ],
)
def test_a_template_at_fault_is_told_by_its_line(text: str, line: int, code: str | None) -> None:
    with pytest.raises(PhraseError) as caught:
        fill(compile_phrase(text), values_of(PureThread().state, words("fr"), NINE))
    assert caught.value.line == line
    if code is not None:
        assert caught.value.code == code
    for language in LANGUAGES:
        assert str(line) in words(language).problem(caught.value.problem())


OWN = """language: fr
phrases:
  - id: opening
    title: Ouverture
    text: Séance ouverte à {{ time }}.
  - id: hymn
    title: Hymne
    text: |
      L’assemblée se lève.
      {{ TEXT }}
"""


def test_a_file_is_refused_with_the_line_of_what_is_wrong() -> None:
    with pytest.raises(InputError) as caught:
        read_phrases(OWN.replace("{{ TEXT }}", "{{ time").encode())
    assert [problem.place for problem in caught.value.problems] == ["line 10"]
    assert words("fr").problem(caught.value.problems[0]).startswith("ligne 10\u00a0: le modèle ne peut pas être lu")
    with pytest.raises(InputError) as caught:
        read_phrases(b"language: fr\nphrases: [\n")
    assert caught.value.problems[0].place.startswith("line ")
    for broken in (b"", b"- a", b"language: de\nphrases: []", b"language: fr\nphrases: [a]", b"\xff"):
        with pytest.raises(InputError):
            read_phrases(broken)


async def test_the_councils_own_stand_beside_ours_or_in_their_place(tmp_path: object) -> None:
    store = Store(f"sqlite+aiosqlite:///{tmp_path}/phrases.db")
    try:
        await store.upgrade()
        phrases = Phrases(store)
        language, own = read_phrases(OWN.replace("{{ TEXT }}", "{{ nobody }}").encode())
        await phrases.keep(language, own)
        filled = {each.id: each for each in await phrases.filled(PureThread().state, words("fr"), NINE)}
        assert len(filled) == len(shipped("fr")) + 1
        assert (filled["opening"].text, filled["opening"].own) == ("Séance ouverte à 10\u00a0h\u00a000.", True)
        assert filled["hymn"].text is None
        assert "ligne 2" in (filled["hymn"].error or "")
        assert filled["closing"].own is False
        await phrases.keep("fr", [])
        assert await phrases.own("fr") == []
        await phrases.keep("fr", [Phrase("a", "A", "{{ time", own=True)])
        assert (await phrases.filled(PureThread().state, words("fr"), NINE))[-1].text is None
    finally:
        await store.close()
