"""What readers of a network get to read."""

import string
import time
from typing import Any

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from livesession.domain.agenda import Agenda, AgendaItem
from livesession.domain.ids import ItemId
from livesession.relay.channels.mastodon_length import mastodon_length
from livesession.relay.channels.x_length import has_link, x_length
from livesession.relay.compose import ComposeContext, compose, goes_out

AGENDA = Agenda(
    title="Séance plénière",
    assembly="Val-Clair",
    hashtag="ValClairCD",
    items=(
        AgendaItem(id=ItemId("i1"), number="14", title="Collèges : programme de rénovation 2027-2031"),
        AgendaItem(id=ItemId("i2"), number="19", title="Prix négocié", public=False),
        AgendaItem(id=ItemId("i3"), title="Communications du président", kind="heading"),
        AgendaItem(id=ItemId("i4"), title="Affaire en justice", public=False),
    ),
)
PLAIN = Agenda(title="Plenary", assembly="Clairvale", language="en", timezone="Europe/London")
LENGTHS = {"x": (x_length, 280), "mastodon": (mastodon_length, 500)}
PERMALINK = "https://seances.val-clair.fr/s/plenum#e-e1"
JOINER = "\u2060"


def entry(kind: str, item: str | None = None, **data: Any) -> dict[str, Any]:
    return {"id": "e1", "kind": kind, "item": item, "at": "2026-11-20T10:26:00.000Z", "data": data}


def update(text: str, item: str | None = "i1") -> dict[str, Any]:
    return entry("update.posted", item, text=text)


def composed(network: str, given: dict[str, Any], *, first: bool = True, agenda: Agenda = AGENDA, nth: int = 1) -> str:
    length, limit = LENGTHS[network]
    return compose(given, ComposeContext(network, agenda, PERMALINK, first, nth), length, limit)


# What goes out, and how it begins


def test_x_post_names_its_item_and_the_time() -> None:
    assert composed("x", update("Le rapport propose 186 M€.")) == (
        "Point 14, Collèges : programme de rénovation 2027-2031, 11:26\nLe rapport propose 186 M€.\n\n#ValClairCD"
    )


def test_mastodon_thread_names_its_item_and_carries_the_hashtag_once() -> None:
    posted = update("Le rapport propose 186 M€.")
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
    numbers |= {"for": 3, "against": 40, "abstention": 1, "result": "rejected"}
    assert composed("x", entry("vote.recorded", **numbers), agenda=PLAIN) == (
        "10:26\nRejected: 3 for, 40 against, 1 abstention."
    )
    numbers |= {"for": 1, "against": 0, "abstention": 0, "result": "adopted"}
    assert composed("x", entry("vote.recorded", **numbers), agenda=PLAIN) == "10:26\nAdopted unanimously, 1 vote."


def test_unanimous_votes_on_two_items_or_at_two_times_are_no_duplicates_on_x() -> None:
    numbers: dict[str, Any] = {"for": 41, "against": 0, "abstention": 0, "result": "adopted"}
    later = {**entry("vote.recorded", "i1", **numbers), "at": "2026-11-20T10:31:00.000Z"}
    texts = {composed("x", entry("vote.recorded", item, **numbers)) for item in ("i1", "i2", "i3")}
    assert len(texts | {composed("x", later)}) == 4


NUMBERS = {"for": 41, "against": 8, "abstention": 2}
SAID = {"fr": "41 pour, 8 contre, 2 abstentions.", "en": "41 for, 8 against, 2 abstentions."}
NONE = dict.fromkeys(NUMBERS, 0)


@pytest.mark.parametrize(
    ("data", "french", "english"),
    [
        ({"result": "adopted", **NUMBERS}, f"Adopté\u00a0: {SAID['fr']}", f"Adopted: {SAID['en']}"),
        ({"result": "rejected", **NUMBERS}, f"Rejeté\u00a0: {SAID['fr']}", f"Rejected: {SAID['en']}"),
        ({"result": "adopted"}, "Adopté.", "Adopted."),
        ({"result": "rejected", "for": 3}, "Rejeté.", "Rejected."),
        ({"result": "adopted", "for": 41, "against": 0}, "Adopté.", "Adopted."),
        ({"result": "adopted", "for": 41, "against": 0, "abstention": None}, "Adopté.", "Adopted."),
        (
            {"result": "adopted", **NONE},
            "Adopté\u00a0: 0 pour, 0 contre, 0 abstention.",
            "Adopted: 0 for, 0 against, 0 abstentions.",
        ),
        ({"result": "elected", "elected": ["Anne Roy"]}, "Élection\u00a0: Anne Roy.", "Elected: Anne Roy."),
        (
            {"result": "elected", "elected": ["A", "{ $names }"]},
            "Élection\u00a0: A, { $names }.",
            "Elected: A, { $names }.",
        ),
        ({"result": "elected"}, "L’élection est acquise.", "The election is decided."),
        ({"result": "no_majority"}, "Aucun candidat élu à ce tour.", "No candidate elected in this round."),
        (
            {"result": "no_majority", "elected": ["Anne Roy"]},
            "Élection\u00a0: Anne Roy. D’autres sièges restent à pourvoir.",
            "Elected: Anne Roy. Other seats remain to be filled.",
        ),
        ({"result": "deferred", **NUMBERS}, f"Vote\u00a0: {SAID['fr']}", f"Vote: {SAID['en']}"),
        ({"result": ["adopted"]}, "Le vote a eu lieu.", "The vote has taken place."),
        ({}, "Le vote a eu lieu.", "The vote has taken place."),
    ],
)
def test_vote_of_any_form_is_said_and_corrected(data: dict[str, Any], french: str, english: str) -> None:
    kept_to_ourselves: dict[str, Any] = {
        "votes": {"for": ["MEMBRE"], "against": ["MEMBRE"]},
        "groups": [{"group": "MEMBRE", "for": 1}],
        "candidates": [{"name": "MEMBRE", "voices": 3}],
        "source": "MEMBRE",
    }
    data = {**kept_to_ourselves, **data}
    about = {"entry": "e0", "reason": "Un pouvoir oublié", "subject": "Le programme"}
    assert composed("mastodon", entry("vote.recorded", "i1", **data), first=False) == french
    assert composed("x", entry("vote.recorded", **data), agenda=PLAIN) == f"10:26\n{english}"
    assert (
        composed("mastodon", entry("vote.corrected", "i1", **data), first=False) == f"Rectification du vote\n{french}"
    )
    assert composed("mastodon", entry("vote.corrected", "i1", **data, **about)) == (
        "Point 14, Collèges : programme de rénovation 2027-2031\n\n"
        f"Rectification du vote\u00a0: Le programme\n{french}\nMotif\u00a0: Un pouvoir oublié\n\n#ValClairCD"
    )
    assert composed("x", entry("vote.corrected", **data, **about), agenda=PLAIN) == (
        f"10:26\nCorrection of the vote: Le programme\n{english}\nReason: Un pouvoir oublié"
    )


def test_long_reason_is_cut_before_what_was_decided() -> None:
    given_entry = entry("vote.corrected", "i1", result="rejected", reason="parce que " * 100, **NUMBERS)
    assert composed("x", given_entry).startswith(
        f"Point 14, 11:26\nRectification du vote\nRejeté\u00a0: {SAID['fr']}\nMotif\u00a0: parce que"
    )


def test_number_tells_likes_apart_on_x_and_is_not_said_where_likes_are_taken() -> None:
    vote = entry("vote.recorded", "i2", result="adopted", **NUMBERS)
    said = "Adopté\u00a0: 41 pour, 8 contre, 2 abstentions.\n\n#ValClairCD"
    assert composed("x", vote) == f"Point 19, 11:26\n{said}"
    assert composed("x", vote, nth=2) == f"Point 19, 11:26, 2e vote\n{said}"
    assert composed("x", update("Bonjour.", None), agenda=PLAIN, nth=3) == "10:26, message 3\nBonjour."
    assert composed("x", update("Bonjour.", None), nth=3) == "11:26, 3e message\nBonjour.\n\n#ValClairCD"
    assert composed("x", entry("vote.recorded", **vote["data"]), agenda=PLAIN, nth=2).startswith("10:26, vote 2\n")
    assert composed("mastodon", vote, nth=2, first=False) == said.partition("\n")[0]


@pytest.mark.parametrize(
    ("kind", "on_x", "on_mastodon"),
    [
        ("sitting.opened", "The sitting is open. Plenary, Clairvale.", "The sitting is open. Plenary, Clairvale.\nhttps://seances.val-clair.fr/s/plenum"),
        ("sitting.suspended", "The sitting is suspended. Ten minutes.", "The sitting is suspended. Ten minutes."),
        ("sitting.resumed", "The sitting resumes.", "The sitting resumes."),
        ("sitting.closed", "The sitting is closed. Plenary, Clairvale.", "The sitting is closed. Plenary, Clairvale."),
        ("sitting.reopened", "The sitting goes on.", "The sitting goes on."),
        ("closed_part.ended", "The sitting goes on in public.", "The sitting goes on in public."),
    ],
)  # fmt: skip
def test_steps_of_the_sitting_are_posted_in_its_language(kind: str, on_x: str, on_mastodon: str) -> None:
    given_entry = entry(kind, **({"reason": "Ten minutes."} if kind == "sitting.suspended" else {}))
    assert composed("x", given_entry, agenda=PLAIN) == f"10:26\n{on_x}"
    assert composed("mastodon", given_entry, agenda=PLAIN) == on_mastodon


def test_item_that_stays_inside_is_named_by_its_number_only() -> None:
    assert composed("x", update("Décision.", "i2")) == "Point 19, 11:26\nDécision.\n\n#ValClairCD"
    assert composed("x", update("Décision.", "i4")) == "Point à huis clos, 11:26\nDécision.\n\n#ValClairCD"


def test_heading_is_named_by_its_title() -> None:
    assert composed("mastodon", update("Bonjour.", "i3")) == "Communications du président\n\nBonjour.\n\n#ValClairCD"


def test_what_stays_at_home() -> None:
    kinds = ("closed_part.begun", "item.opened", "item.closed", "update.corrected", "update.retracted", "agenda.set")
    assert [goes_out(network, kind) for network in LENGTHS for kind in kinds] == [False] * 12


def test_votes_and_their_corrections_go_out() -> None:
    kinds = ("vote.recorded", "vote.corrected")
    assert [goes_out(network, kind) for network in LENGTHS for kind in kinds] == [True] * 4


@pytest.mark.parametrize(
    ("hashtag", "shown"),
    [
        ("#Conseil", "\n\n#Conseil"),
        ("Conseil municipal", "\n\n#Conseilmunicipal"),
        ("#", ""),
        ("x" * 81, ""),
        (None, ""),
    ],
)
def test_hashtag_is_one_word(hashtag: str | None, shown: str) -> None:
    agenda = Agenda(title="t", assembly="a", hashtag=hashtag)
    assert composed("x", update("Bonjour.", None), agenda=agenda) == f"11:26\nBonjour.{shown}"


# Names that nobody meant to call


@pytest.mark.parametrize(
    ("typed", "on_mastodon", "on_x"),
    [
        ("@everyone", f"@{JOINER}everyone", f"@{JOINER}everyone"),
        ("Bonjour @Tous, merci", f"Bonjour @{JOINER}Tous, merci", f"Bonjour @{JOINER}Tous, merci"),
        ("avec @prefet54 ici", f"avec @{JOINER}prefet54 ici", "avec @prefet54 ici"),
        ("@ville@social.example dit", "@ville@social.example dit", "@ville@social.example dit"),
        ("ecrire@mairie.example", "ecrire@mairie.example", "ecrire@mairie.example"),
        ("a @ b", "a @ b", "a @ b"),
        ("@@everyone", f"@@{JOINER}everyone", f"@@{JOINER}everyone"),
        ("https://social.example/@ville", "https://social.example/@ville", "https://social.example/@ville"),
        ("<script>**x**</script> :) _x0001_", "<script>**x**</script> :) _x0001_", "<script>**x**</script> :) _x0001_"),
        ("\ufeffcollé", "\ufeffcollé", f"{JOINER}collé"),
    ],
)
def test_name_nobody_meant_is_no_mention_and_looks_as_typed(typed: str, on_mastodon: str, on_x: str) -> None:
    assert composed("mastodon", update(typed), first=False) == on_mastodon
    assert composed("x", update(typed, None), agenda=PLAIN) == f"10:26\n{on_x}"


def test_name_in_a_title_is_no_mention_either() -> None:
    agenda = Agenda(title="t", assembly="a", items=(AgendaItem(id=ItemId("i"), number="1", title="Avis de @everyone"),))
    assert composed("mastodon", update("a", "i"), agenda=agenda) == f"Point 1, Avis de @{JOINER}everyone\n\na"


# What is too long


def test_long_text_is_cut_at_a_word_and_linked_where_links_cost_nothing() -> None:
    text = "Une phrase assez longue pour être répétée. " * 40
    on_mastodon = composed("mastodon", update(text), first=False)
    body, end, link = on_mastodon.partition("…\n")
    assert (end, link) == ("…\n", PERMALINK)
    assert text.startswith(body)
    assert text[len(body)] == " "
    assert 480 < len(on_mastodon) <= 500
    on_x = composed("x", update(text))
    assert not has_link(on_x)
    assert on_x.startswith("Point 14, 11:26\nUne phrase")
    assert on_x.endswith("…\n\n#ValClairCD")
    assert 260 < x_length(on_x) <= 280


def test_title_gives_way_before_the_text_is_cut() -> None:
    text = "mot " * 51 + "fin."
    assert composed("x", update(text)) == (
        f"Point 14, Collèges : programme de rénovation…, 11:26\n{text}\n\n#ValClairCD"
    )
    assert composed("x", update("mot " * 9 + text)) == f"Point 14, 11:26\n{'mot ' * 9}{text}\n\n#ValClairCD"


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "word", ["https://exemple.fr/dossier/1234", "@ville@social.example", "#ValClairCD", "exemple.fr"]
)
def test_address_is_never_cut_in_two(word: str) -> None:
    for network, (_, limit) in LENGTHS.items():
        kept = set()
        for filling in range(limit - 100, limit):
            text = "m" * (filling // 2) + " " + "n" * (filling - filling // 2) + f" {word} et la suite" + " encore" * 60
            body = composed(network, update(text)).partition("…")[0]
            kept.add(word in body)
            assert word in body or word[: len(word) // 2] not in body
        assert kept == {True, False}


def test_long_word_alone_is_cut_between_characters() -> None:
    assert composed("x", update("é" * 400, None), agenda=PLAIN) == "10:26\n" + "é" * 272 + "…"
    family = "👩‍👩‍👧‍👦"
    assert composed("x", update(family * 300, None), agenda=PLAIN) == "10:26\n" + family * 136 + "…"


def test_character_that_is_too_long_by_itself_leaves_its_item_named() -> None:
    assert composed("x", update("e" + "\u0301" * 9_999)) == "Point 14, 11:26\n…\n\n#ValClairCD"


def test_what_mastodon_takes_whole_is_not_cut() -> None:
    # 480 characters and a link of 200: 503 characters as the network counts, 680 as others would.
    text = "a " * 235 + "https://exemple.fr/" + "b" * 200
    assert composed("mastodon", update(text), first=False) == text


def test_what_is_cut_fits_servers_that_count_every_character() -> None:
    text = "👩‍👩‍👧‍👦 https://exemple.fr/une/adresse/longue " * 40
    assert len(composed("mastodon", update(text))) <= 500


PIECES = st.one_of(
    st.sampled_from(
        [*"👩🦰🇫🇷🏳️של@#. \n/:e😀漢ـ", "\u200d", "\ufe0f", "\u0301", "\u202e", "\u2066", "\u2060", "\ufeff", "\r"]
    ),
    st.sampled_from(
        ["👩‍🦰", "https://exemple.fr/a", "exemple.fr", "@everyone", "@a@b.fr", "a.b.c.d.e.f.g.h.", " mot "]
    ),
    st.sampled_from(string.ascii_letters + " .:/@#"),
)
HARD = st.lists(PIECES, max_size=600).map("".join).filter(lambda text: text.strip() != "")
AGENDAS = st.builds(
    lambda title, number, hashtag: Agenda(
        title="t", assembly="a", hashtag=hashtag, items=(AgendaItem(id=ItemId("i1"), number=number, title=title),)
    ),
    HARD,
    st.text(max_size=40),
    st.none() | st.text(max_size=200),
)


@pytest.mark.parametrize("network", sorted(LENGTHS))
@given(text=HARD, first=st.booleans(), agenda=AGENDAS)
def test_post_is_never_longer_than_the_network_allows(network: str, text: str, first: bool, agenda: Agenda) -> None:
    length, limit = LENGTHS[network]
    post = composed(network, update(text), first=first, agenda=agenda)
    assert 0 < length(post) <= limit
    if network == "mastodon":
        assert not regex.search(r"(?<![\w=/])@[a-z0-9_]+(?![\w@.-])", post, regex.IGNORECASE)


@pytest.mark.parametrize("network", sorted(LENGTHS))
@given(text=HARD)
def test_post_holds_the_text_as_typed_or_its_beginning(network: str, text: str) -> None:
    post = composed(network, update(text), first=False).replace(JOINER, "").replace("\ufeff", "")
    typed = text.replace(JOINER, "").replace("\ufeff", "")
    body = post if network == "mastodon" else post.partition("11:26\n")[2].removesuffix("\n\n#ValClairCD")
    assert body == typed or typed.startswith(body.removesuffix(f"\n{PERMALINK}").removesuffix("…"))


@pytest.mark.parametrize("unit", ["a.b.", "é.zz ", "https://a.fr/", "👩‍👩‍👧‍👦", "\u0301", "mot ", "@a@b.fr ", "漢"])
@pytest.mark.parametrize("network", sorted(LENGTHS))
def test_ten_thousand_characters_are_composed_at_once(network: str, unit: str) -> None:
    text = "e" + (unit * 10_000)[:9_999]
    begun = time.perf_counter()
    composed(network, update(text))
    # The loop that carries everything else stands still meanwhile.
    assert time.perf_counter() - begun < 1


def test_quoted_words_begin_with_whose_they_are() -> None:
    quote = {"id": "m1", "name": "Mme Sudvalle", "group": "AS"}
    given = update("Nous voterons pour.")
    given["data"]["quote"] = quote
    assert composed("mastodon", given, first=False) == "Mme Sudvalle (AS)\u00a0: «\u00a0Nous voterons pour.\u00a0»"
    del quote["group"]
    assert composed("mastodon", given, first=False) == "Mme Sudvalle\u00a0: «\u00a0Nous voterons pour.\u00a0»"


@pytest.mark.parametrize(
    ("data", "subject"),
    [
        ({"motion": "e1", "motion_type": "amendment"}, "Amendement"),
        ({"motion": "e1"}, "Motion"),
        ({"matter": "closed_part"}, "Huis clos"),
        ({"motion": "e1", "motion_type": "amendment", "subject": "Amendement 3"}, "Amendement 3"),
    ],
)
def test_a_vote_on_something_else_than_its_item_says_on_what(data: dict[str, object], subject: str) -> None:
    entry = update("")
    entry["kind"] = "vote.recorded"
    entry["data"] = {"for": 3, "against": 1, "abstention": 0, "result": "adopted", **data}
    assert composed("mastodon", entry, first=False).startswith(f"{subject}\nAdopté")
