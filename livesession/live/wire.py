"""The messages readers get, as text: the same for WebSocket, SSE and polling. Pure."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

PROTOCOL = 1

CLOSE_RESTARTING = 1012
"""The server goes away: come back with your cursor, after a random wait."""
CLOSE_FAILED = 1011
"""Something went wrong here: come back with your cursor."""
CLOSE_TOO_SLOW = 4008
"""You read too slowly and were cut: come back with your cursor."""
CLOSE_TOO_MANY = 4029
"""Too many connections: poll ``entries`` instead."""
CLOSE_UNKNOWN = 4404
"""No such sitting: do not come back."""


def _text(message: Mapping[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def hello(slug: str, epoch: str, pos: int, state: Mapping[str, Any]) -> str:
    """The first message: ``state`` is the fold at ``pos``; entries at or before it are not folded in again."""
    return _text({"type": "hello", "protocol": PROTOCOL, "sitting": slug, "epoch": epoch, "pos": pos, "state": state})


def entry(pos: int, public: Mapping[str, Any]) -> str:
    """One entry in its public form."""
    return _text({"type": "entry", "pos": pos, "entry": public})


def reset(epoch: str) -> str:
    """The cursor is not of this log: forget what you hold and start from 0 with this epoch."""
    return _text({"type": "reset", "epoch": epoch})


def page(epoch: str, rev: int, entries: Sequence[tuple[int, Mapping[str, Any]]], *, more: bool) -> str:
    """A page of entries for those who poll."""
    listed = [{"pos": pos, "entry": public} for pos, public in entries]
    return _text({"epoch": epoch, "rev": rev, "more": more, "entries": listed})


def event(message: str, *, cursor: str | None = None) -> bytes:
    """A message as a Server-Sent Event (HTML Living Standard §9.2); ``cursor`` comes back as Last-Event-ID."""
    # The message is JSON on one line: no line break can end the field early.
    head = f"id: {cursor}\n" if cursor is not None else ""
    return f"{head}data: {message}\n\n".encode()
