"""How X gives back a text that it took, for its stand-in: escaped, its links led through t.co, its images named."""

import hashlib
import html
from collections.abc import Sequence
from typing import Any

from twitter_text import extract_urls_with_indices


def shown(typed: str, url: str, media: Sequence[str]) -> tuple[str, list[dict[str, Any]]]:
    """A post's ``text`` and ``entities.urls``; ``url`` is its own address, ``media`` the ids of its images."""
    text, done = "", 0
    urls: list[dict[str, Any]] = []

    def lead(target: str, salt: str, **more: str) -> None:
        nonlocal text
        short = f"https://t.co/{hashlib.sha256(f'{url} {salt}'.encode()).hexdigest()[:10]}"
        start = len(text)
        text += short
        urls.append({"start": start, "end": len(text), "url": short, "expanded_url": target} | more)

    for found in extract_urls_with_indices(typed):
        start, end = found["indices"]
        text += html.escape(typed[done:start], quote=False)
        address = str(found["url"])
        lead(address if address.lower().startswith("http") else f"http://{address}", str(start))
        done = end
    text += html.escape(typed[done:], quote=False)
    if media:
        text += " "
    before = text
    for image in media:
        # All images of a post share one link.
        text = before
        lead(f"{url}/photo/1", "media", media_key=f"3_{image}")
    return text, urls
