"""Mastodon's count of a post's length: pure, and never smaller than the instance's own."""

from functools import lru_cache

import regex
from twitter_text import extract_urls

URL_LENGTH = 23
"""What every link counts for, until the instance says otherwise."""

# Mastodon finds links with twitter-text's expressions, only behind http:// or https://, and mentions with its own
# Account::MENTION_RE. These are narrower on purpose: what they do not recognise counts in full.
_LINK = regex.compile(
    r"""(?<![a-z0-9@$\#_])https?://
    (?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?P<top>[a-z]{2,24})(?![a-z0-9@+-])
    (?::[0-9]+)?
    (?:/(?:[a-z0-9!*';:=+,.$/%\#\[\]_~@|&-]*[a-z0-9=_\#/+-])?)?
    (?:\?[a-z0-9!?*'@();:&=+$/%\#\[\]_.,~|-]*[a-z0-9_&=\#/-])?
    | https?://""",
    regex.IGNORECASE | regex.VERBOSE,
)
MENTION = regex.compile(
    r"(?<![=/\w])@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)@[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*", regex.IGNORECASE
)
_LONGEST_LINK = 4000
"""twitter-text takes no link of more than 4096 characters."""

_GRAPHEME = regex.compile(r"\X")


def mastodon_length(text: str, url_length: int = URL_LENGTH) -> int:
    """Mastodon's count: graphemes, each link as ``url_length``, a mention without its server.

    Where it is in doubt what the instance takes for a link, both readings are added up.
    """

    def shown(link: "regex.Match[str]") -> str:
        top = link["top"]
        certain = top and _is_top_level(top.lower()) and len(link.group()) <= _LONGEST_LINK
        return "x" * url_length if certain else link.group() + "x" * url_length

    return len(_GRAPHEME.findall(MENTION.sub(r"@\1", _LINK.sub(shown, text))))


@lru_cache(maxsize=1024)
def _is_top_level(name: str) -> bool:
    return bool(extract_urls(f"https://x.{name}", False))
