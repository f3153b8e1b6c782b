"""Entries as readers get them: their public form, with what they say in plain words beside it."""

from collections.abc import Mapping
from typing import Any

from livesession.telling import said_of


def told_form(public: Mapping[str, Any]) -> dict[str, Any]:
    """An entry's public form, with ``said`` where its own data are not words yet: no reader needs words of its own."""
    said = said_of(public)
    return {**public, "said": said} if said is not None else dict(public)
