"""What X makes of a text it takes, undone: entities of HTML, links led through t.co, images named at the end. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from livesession.relay.channels.alike import squeezed

_ESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
"""All that X escapes; the ampersand last, or a typed ``&lt;`` would become ``<``."""

_OF_MEDIA = re.compile(r"https?://(?:x|twitter)\.com/[^/]+/status/\d+/(?:photo|video)/\d+")
_ADDRESS = re.compile(r"(?:https?://)?(?P<kept>.*?)/?", re.IGNORECASE | re.DOTALL)


def says(shown: str, links: Iterable[Mapping[str, Any]], text: str) -> bool:
    """Whether a post that X shows as ``shown`` was made of ``text``; ``links`` are its ``entities.urls``."""
    for escaped, plain in _ESCAPED:
        shown = shown.replace(escaped, plain)
    targets: dict[str, str] = {}
    for link in links:
        short, target = str(link["url"]), str(link.get("expanded_url") or link["url"])
        if "media_key" in link or (_OF_MEDIA.fullmatch(target) and target not in text):
            shown = shown.replace(short, "")
        else:
            targets[short] = target
    pieces = re.split(f"({'|'.join(map(re.escape, targets))})", squeezed(shown)) if targets else [squeezed(shown)]
    pattern = "".join(_loosely(targets[piece]) if piece in targets else re.escape(piece) for piece in pieces)
    return re.fullmatch(pattern, squeezed(text)) is not None


def _loosely(address: str) -> str:
    """An expression for what may have been typed of an address: X adds the scheme, or a slash, or small letters."""
    found = _ADDRESS.fullmatch(squeezed(address))
    assert found is not None, "takes anything"
    return f"(?i:(?:https?://)?{re.escape(found['kept'])}/?)"
