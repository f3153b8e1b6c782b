"""X's count of a post's length, and whether X sees a link in it: pure, and quick whatever was typed."""

import unicodedata
from functools import lru_cache

import regex
from twitter_text import extract_urls, parse_tweet
from twitter_text.config import config
from twitter_text.get_character_weight import get_character_weight

LIMIT = 280
"""What an account without a subscription may post, in X's weighted count."""

URL_LENGTH = 23
"""What every link counts for (twitter-text configuration 3)."""

MOST_CHARACTERS, MOST_DOTS = 120, 6
"""Up to here a run without spaces is searched for links exactly. twitter-text's expression takes time as the cube of
a run's dots: 10,000 characters of ``a.b.a.b.`` keep it busy for more than ten minutes, and the server with it."""

MOST_WITHOUT_DOT = 1500
"""A longer run without a link is over the limit in any case: no emoji has more than ten characters for its weight of 2,
no composed character more than four for its 1."""

FAR_TOO_LONG = 4 * LIMIT

_RUNS = regex.compile(r"\s+|\S+")
_ADDRESS = regex.compile(r"[^\w]{0,3}https?://(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}(?:[/?][^\s]*)?", regex.IGNORECASE)


def x_length(text: str) -> int:
    """X's weighted count: links 23, CJK 2, an emoji 2 whatever it is made of.

    Exact where that matters: from ``FAR_TOO_LONG`` on, and for a run without spaces that is longer than any address
    people write (as if every dot in it made a link), the count may be too large, never too small to be refused.
    """
    total = 0
    # No link, emoji or composed character reaches across a space, so that the runs add up.
    for run in _RUNS.finditer(text):
        if total > FAR_TOO_LONG:
            return total + len(text) - run.start()
        total += _run_length(run.group(), at_start=run.start() == 0)
    return total


def has_link(text: str) -> bool:
    """Whether X would see a link, bare domain names included: such a post costs thirteen times as much.

    A run that is too long to be searched counts as one if it may hold one.
    """
    return any(
        "." in run and (not _is_quick(run) or bool(extract_urls(run))) for run in _RUNS.findall(text) if len(run) > 3
    )


@lru_cache(maxsize=4096)
def _run_length(run: str, *, at_start: bool) -> int:
    if _is_quick(run):
        # An accented letter that begins a text may stand before a link; behind a space it belongs to it.
        before = "" if at_start else " "
        return int(parse_tweet(before + run).weightedLength) - len(before)
    normal = unicodedata.normalize("NFC", run)
    weights = sum(get_character_weight(character, config["defaults"]) for character in normal)
    return int(weights // config["defaults"]["scale"]) + URL_LENGTH * run.count(".")


def _is_quick(run: str) -> bool:
    dots = run.count(".")
    if not dots:
        return len(run) <= MOST_WITHOUT_DOT
    # Behind a scheme and a host of few parts the expression succeeds at its first attempt.
    return (len(run) <= MOST_CHARACTERS and dots <= MOST_DOTS) or _ADDRESS.fullmatch(run) is not None
