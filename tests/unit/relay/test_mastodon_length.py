"""Mastodon's count: never smaller than what an instance finds."""

import time

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from twitter_text.extract_urls import extract_urls_with_indices

from livesession.relay.channels.mastodon_length import mastodon_length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("abc", 3),
        ("https://example.org/a/very/long/address?with=parts et", 26),
        ("(https://example.org)", 25),
        ("Voir http://a.fr.", 29),
        ("exemple.fr", 10),
        ("@greffe@social.example vote", 12),
        ("@élue@social.example", 20),
        ("👩‍👩‍👧‍👦 e\u0301", 3),
        ("🇫🇷🇪🇺", 2),
        ("שלום", 4),
        ("a\r\nb", 3),
    ],
)
def test_graphemes_links_and_mentions(text: str, length: int) -> None:
    assert mastodon_length(text) == length


def test_link_counts_for_what_the_instance_says() -> None:
    assert mastodon_length("https://example.org/adresse", 30) == 30


@pytest.mark.parametrize(
    "text", ["https://serveur.local/un/chemin", "https://été.fr", "xhttps://exemple.fr", "https://", "http://a_b.fr/"]
)
def test_doubtful_link_counts_both_as_text_and_as_link(text: str) -> None:
    assert mastodon_length(text) >= max(len(text), 23)


PARTS = st.lists(
    st.sampled_from(
        [
            *"/?#@aé -_:()%,!1.\n",
            "https://",
            "http://",
            "exemple",
            "fr",
            "org",
            "zz",
            "👩‍👧",
            "xn--p1ai",
            "co",
            "https://a.fr/",
        ]
    ),
    max_size=25,
).map("".join)


@given(PARTS)
def test_count_is_never_below_the_one_by_twitter_texts_links(text: str) -> None:
    """Mastodon's own way: links as twitter-text finds them behind a scheme, 23 each, then graphemes."""
    shown, end = [], 0
    for link in extract_urls_with_indices(text, False):
        begin, upto = link["indices"]
        shown += [text[end:begin], "x" * 23]
        end = upto
    reference = len(regex.findall(r"\X", "".join([*shown, text[end:]])))
    mentions = len(regex.findall(r"@[a-z0-9_.-]+@", text))
    assert mastodon_length(text) >= reference or mentions


@pytest.mark.parametrize("unit", ["a.b.", "http://", "http://a.", "@a@b.c", "@a.", "\u0301", "https://a.fr/ ", "%"])
def test_ten_thousand_characters_are_counted_at_once(unit: str) -> None:
    text = (unit * 10_000)[:10_000]
    begun = time.perf_counter()
    mastodon_length(text)
    mastodon_length("https://a.fr/" + text)
    assert time.perf_counter() - begun < 1
