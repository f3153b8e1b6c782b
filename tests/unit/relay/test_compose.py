"""What readers of a network get to read."""

import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livesession.domain.agenda import Agenda, AgendaItem
from livesession.domain.ids import ItemId
from livesession.relay.channels.mastodon_length import mastodon_length
from livesession.relay.channels.x_length import has_link, x_length
from livesession.relay.compose import ComposeContext, compose, goes_out

NETWORKS = Path(__file__).parents[4] / "shared" / "reference" / "networks"
AGENDA = Agenda(
    title="Séance plénière",
    assembly="Val-Clair",
    hashtag="ValClairCD",
    items=(
        AgendaItem(id=ItemId("i1"), number="14", title="Collèges : programme de rénovation 2027-2031"),
        AgendaItem(id=ItemId("i2"), number="19", title="Prix négocié", public=False),
    ),
)
LENGTHS = {"x": (x_length, 280), "mastodon": (mastodon_length, 500)}


def entry(kind: str, item: str | None = None, **data: Any) -> dict[str, Any]:
    return {"id": "e1", "kind": kind, "item": item, "at": "2026-11-20T10:26:00.000Z", "data": data}


def composed(network: str, given: dict[str, Any], *, first: bool = True, agenda: Agenda = AGENDA) -> str:
    length, limit = LENGTHS[network]
    context = ComposeContext(network, agenda, "https://seances.example/s/plenum#e-e1", first)
    return compose(given, context, length, limit)


def test_x_post_names_its_item_and_the_time() -> None:
    assert composed("x", entry("update.posted", "i1", text="Le rapport propose 186 M€.")) == (
        "Point 14, Collèges : programme de rénovation 2027-2031, 11:26\nLe rapport propose 186 M€.\n\n#ValClairCD"
    )


def test_mastodon_thread_names_its_item_once() -> None:
    posted = entry("update.posted", "i1", text="Le rapport propose 186 M€.")
    assert composed("mastodon", posted) == (
        "Point 14, Collèges : programme de rénovation 2027-2031\n\nLe rapport propose 186 M€.\n\n#ValClairCD"
    )
    assert composed("mastodon", posted, first=False) == "Le rapport propose 186 M€."


def test_vote_is_said_in_plain_words() -> None:
    numbers: dict[str, Any] = {"for": 41, "against": 8, "abstention": 2, "result": "adopted"}
    assert composed("mastodon", entry("vote.recorded", "i1", subject="Le programme", **numbers), first=False) == (
        "Le programme\nAdopté\u00a0: 41 pour, 8 contre, 2 abstentions."
    )
    numbers |= {"against": 0, "abstention": 0}
    assert composed("mastodon", entry("vote.recorded", "i1", **numbers), first=False) == (
        "Adopté à l’unanimité, 41 voix."
    )


def test_sitting_events_are_posted_in_the_sittings_language() -> None:
    english = Agenda(title="Plenary", assembly="Clairvale", language="en")
    assert composed("x", entry("sitting.suspended", reason="Ten minutes."), agenda=english) == (
        "11:26\nThe sitting is suspended. Ten minutes."
    )
    assert composed("mastodon", entry("sitting.opened"), agenda=english) == (
        "The sitting is open. Plenary, Clairvale.\nhttps://seances.example/s/plenum"
    )


def test_closed_item_is_named_by_its_number_only() -> None:
    assert composed("x", entry("update.posted", "i2", text="Décision.")) == "Point 19, 11:26\nDécision.\n\n#ValClairCD"


def test_beginning_of_a_closed_part_goes_nowhere() -> None:
    assert [goes_out(network, "closed_part.begun") for network in LENGTHS] == [False, False]
    assert not goes_out("x", "item.opened")


def test_long_text_is_cut_at_a_word_and_linked_where_links_cost_nothing() -> None:
    text = "Une phrase assez longue pour être répétée. " * 40
    on_mastodon = composed("mastodon", entry("update.posted", "i1", text=text), first=False)
    assert on_mastodon.endswith("…\nhttps://seances.example/s/plenum#e-e1")
    assert mastodon_length(on_mastodon) <= 500
    on_x = composed("x", entry("update.posted", "i1", text=text))
    assert not has_link(on_x)
    assert on_x.startswith("Point 14, 11:26\nUne phrase")
    assert 250 < x_length(on_x) <= 280


HARD = st.text(
    st.one_of(
        st.sampled_from("👩‍🦰🇫🇷🏳️\u200d\ufe0f\u0301של@#. \n/:e😀漢"), st.sampled_from(string.ascii_letters + " .:/@#")
    ),
    max_size=700,
).filter(lambda text: text.strip() != "")


@pytest.mark.parametrize("network", sorted(LENGTHS))
@given(text=HARD, first=st.booleans())
def test_post_is_never_longer_than_the_network_allows(network: str, text: str, first: bool) -> None:
    length, limit = LENGTHS[network]
    assert length(composed(network, entry("update.posted", "i1", text=text), first=first)) <= limit
