"""X's count, held against the official cases, and quick for texts that would stop twitter-text."""

import time
from typing import Any

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from twitter_text import extract_urls, parse_tweet

from livesession.relay.channels.x_length import FAR_TOO_LONG, LIMIT, MOST_CHARACTERS, MOST_DOTS, has_link, x_length
from tests.unit.relay.conformance import cases

VALIDATE, EXTRACT = "twitter-text-validate.yml", "twitter-text-extract.yml"


@pytest.mark.parametrize("case", cases(VALIDATE, "WeightedTweetsWithDiscountedEmojiCounterTest"))
def test_length_agrees_with_the_official_cases(case: dict[str, Any]) -> None:
    expected = case["expected"]["weightedLength"]
    found = x_length(case["text"])
    assert found == expected or min(found, expected) > FAR_TOO_LONG


@pytest.mark.parametrize("case", cases(VALIDATE, "UnicodeDirectionalMarkerCounterTest"))
def test_directional_marks_count_as_in_the_official_cases(case: dict[str, Any]) -> None:
    assert x_length(case["text"]) == case["expected"]["weightedLength"]


@pytest.mark.parametrize("case", cases(EXTRACT, "urls"))
def test_link_is_seen_where_the_official_cases_see_one(case: dict[str, Any]) -> None:
    assert has_link(case["text"]) == bool(case["expected"])


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Voir exemple.fr pour la suite", True),
        ("Adopté.La suite au point 15", True),
        ("Point 14. La suite", False),
        ("@greffe@social.example", False),
        ("3.5 M€, 12.000 habitants", False),
        ("", False),
    ],
)
def test_bare_domain_is_a_link(text: str, link: bool) -> None:
    assert has_link(text) is link


TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            [" ", "\n", "\r\n", "\u00a0", "\u2028", ".", "é", "e\u0301", "漢", "👩‍👩‍👧", "❤", "\u200d", "@", "#", "/"]
        ),
        st.sampled_from(["exemple.fr", "https://exemple.fr/a?b=c", "http://t.co/abc", "a.b.", "mot", "1.5"]),
        st.text(max_size=5),
    ),
    max_size=30,
).map("".join)


@given(TEXTS)
def test_length_is_twitter_texts_own_wherever_it_may_pass(text: str) -> None:
    found, reference = x_length(text), int(parse_tweet(text).weightedLength)
    if all(len(run) <= MOST_CHARACTERS and run.count(".") <= MOST_DOTS for run in regex.split(r"\s+", text)):
        assert found == reference
    else:
        assert found >= reference


@given(TEXTS)
def test_no_link_is_overlooked(text: str) -> None:
    assert has_link(text) or not extract_urls(text)


HARD = {
    "dots": "a.b.",
    "accents": "é.é.",
    "hyphens": "a-b.",
    "addresses": "https://a.fr/",
    "schemes": "http://",
    "names": "@a.b.c",
    "CJK": "漢",
    "emoji": "👩‍👩‍👧‍👦",
    "marks": "\u0301",
    "runs of length": "é" * 110 + ".zz ",
}


@pytest.mark.parametrize("unit", HARD.values(), ids=HARD)
def test_ten_thousand_characters_are_counted_at_once(unit: str) -> None:
    text = (unit * 10_000)[:10_000]
    begun = time.perf_counter()
    assert x_length(text) > LIMIT
    # twitter-text alone needs more than ten minutes for some of these.
    assert time.perf_counter() - begun < 1
