"""Which part of the thread a page shows: filters, order, search, and pages whose addresses never shift."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from livesession.domain.folding import folded
from livesession.domain.sitting import State
from livesession.i18n import Words
from livesession.web.public.plain import plain
from livesession.web.public.showing import Showing

ENTRIES = 100
"""Entries of a page of the archive."""

FEWEST = 50
"""Entries that the live page shows at least, where there are as many: it shows fewer than ``ENTRIES`` more."""

MAX_WORD = 60
"""Characters of a search that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the address of a page asks for; what it cannot mean is left out rather than refused.

    ``page`` counts from the oldest entries, so that a page of the archive keeps its number; 0 is the live end.
    ``entry`` asks for the page on which that entry stands.
    """

    item: str = ""
    word: str = ""
    votes: bool = False
    pinned: bool = False
    by_item: bool = False
    page: int = 0
    entry: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether entries are left out that the whole thread has."""
        return bool(self.item or self.word or self.votes or self.pinned)

    def query(self, language: str | None = None, **changes: Any) -> str:
        """The one spelling of the query that asks for this, with ``changes``; empty for the whole live thread."""
        wanted = replace(self, entry="", **changes)
        given = {
            "votes": "1" if wanted.votes else "",
            "pinned": "1" if wanted.pinned else "",
            "item": wanted.item,
            "word": wanted.word,
            "order": "item" if wanted.by_item else "",
            "page": str(wanted.page) if wanted.page else "",
            "lang": language or "",
        }
        text = urlencode({name: value for name, value in given.items() if value})
        return f"?{text}" if text else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What of the thread stands on a page, in the order shown. ``page`` is 0 at the live end; ``pages`` is the last.

    ``live``: whether new entries belong on top of it as they come. ``total`` counts what was asked for.
    """

    wanted: Wanted
    entries: Sequence[Mapping[str, Any]]
    total: int
    page: int
    pages: int
    older: int | None
    newer: int | None

    @property
    def live(self) -> bool:
        return not (self.page or self.wanted.narrowed or self.wanted.by_item)


def wanted_of(query: Mapping[str, str], state: State) -> Wanted:
    """What the query of a page asks for. An item is named by its number or its id."""
    asked = query.get("item", "")
    items = [item for item in state.items.values() if item.kind == "item"]
    found = [item.id for item in items if asked and asked == item.id]
    found = found or [item.id for item in items if asked and asked == item.number]
    page = query.get("page", "")
    return Wanted(
        item=found[0] if found else "",
        word=" ".join(query.get("word", "")[:MAX_WORD].split()),
        votes=query.get("votes", "") not in ("", "0"),
        pinned=query.get("pinned", "") not in ("", "0"),
        by_item=query.get("order", "") == "item",
        page=int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 0,
        entry=query.get("entry", "")[:MAX_WORD],
    )


def window_of(view: Mapping[str, Any], wanted: Wanted, showing: Showing, said: Words) -> Window:
    """The part of the thread of :func:`livesession.web.public.view.thread_view` that a page shows."""
    found = [entry for entry in reversed(view["entries"]) if _matches(entry, wanted, showing, said)]
    total = len(found)
    pages = max(1, -(-total // ENTRIES))
    if wanted.by_item:
        found = _by_item(found, view["agenda"])
        page = min(max(1, wanted.page), pages)
        shown: Sequence[Mapping[str, Any]] = found[(page - 1) * ENTRIES : page * ENTRIES]
        older, newer = (page + 1 if page < pages else None), (page - 1 or None)
        return Window(wanted=wanted, entries=shown, total=total, page=page, pages=pages, older=older, newer=newer)
    front = max(0, total - FEWEST) // ENTRIES * ENTRIES
    page = _page_asked(found, wanted, front)
    if page:
        shown = found[(page - 1) * ENTRIES : page * ENTRIES]
        newer = page + 1 if page * ENTRIES < front else 0
        older = page - 1 or None
    else:
        shown, older, newer = found[front:], front // ENTRIES or None, None
    newest_first = list(reversed(shown))
    return Window(wanted=wanted, entries=newest_first, total=total, page=page, pages=pages, older=older, newer=newer)


def _page_asked(found: Sequence[Mapping[str, Any]], wanted: Wanted, front: int) -> int:
    """The page of the entry asked for, or the page asked for; 0 is the live end, also for what is not there."""
    places = [place for place, entry in enumerate(found) if entry["id"] == wanted.entry] if wanted.entry else []
    if places:
        return 0 if places[0] >= front else places[0] // ENTRIES + 1
    return wanted.page if 0 < wanted.page <= -(-len(found) // ENTRIES) else 0


def _matches(entry: Mapping[str, Any], wanted: Wanted, showing: Showing, said: Words) -> bool:
    if wanted.votes and not entry["vote"]:
        return False
    if wanted.pinned and not entry["pinned"]:
        return False
    if wanted.item and (entry["item"] is None or entry["item"]["id"] != wanted.item):
        return False
    return not wanted.word or folded(wanted.word) in folded(_text(entry, showing, said))


def _text(entry: Mapping[str, Any], showing: Showing, said: Words) -> str:
    """What a reader finds an entry by; nothing of what was withdrawn is left in it."""
    told = plain(entry, showing, said)
    title = "" if entry["item"] is None else entry["item"]["title"] or ""
    return "\n".join((title, told.text, *(alt for _, alt in told.images)))


def _by_item(entries: Sequence[Mapping[str, Any]], agenda: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """In the order of the agenda, within an item the oldest first; what belongs to no item comes before."""
    places = {row["id"]: place for place, row in enumerate(agenda)}
    return sorted(entries, key=lambda entry: -1 if entry["item"] is None else places.get(entry["item"]["id"], -1))
