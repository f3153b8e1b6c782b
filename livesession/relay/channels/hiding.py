"""Keeps an account's secrets out of what is shown, whatever a network sends back."""

from collections.abc import Iterable

HIDDEN = "•••"


def hide(text: str, secrets: Iterable[str]) -> str:
    """``text`` with each secret replaced: some servers answer an error with the request they got."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, HIDDEN)
    return text
