"""Shown entries as plain text with a title, for whoever follows without the page: feeds, structured data."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from livesession.domain.folding import folded
from livesession.i18n import Words
from livesession.telling import named, told, vote_told
from livesession.web.public.showing import Showing
from livesession.web.public.view import CARDS

TITLE = 100
"""Characters of a title: what lists of feed readers and notifications show of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """One shown entry. ``updated`` is never before ``at``.

    ``withdrawn``: retracted or erased. ``former``: texts that corrections replaced, not to be shown.
    ``images``: the id of each, and the words for whoever does not see it.
    """

    id: str
    title: str
    text: str
    at: datetime
    updated: datetime
    item: Mapping[str, Any] | None
    vote: bool
    withdrawn: bool
    former: tuple[str, ...] = ()
    images: tuple[tuple[str, str], ...] = ()


def plain(view: Mapping[str, Any], showing: Showing, said: Words) -> Plain:
    """A shown entry of :func:`thread_view` in the words that the page has for it."""
    withdrawn = bool(view["erased"] or view["retracted_at"])
    lines = list(_withdrawn(view, showing, said) if withdrawn else _lines(view, showing, said))
    text = "\n".join(line for line in lines if line)
    moments = [view["at"], *(correction["at"] for correction in view["corrections"])]
    moments += [moment for moment in (view["retracted_at"], view["erased_at"]) if moment is not None]
    return Plain(
        id=view["id"],
        title=shortened(lines[0]),
        text=text,
        at=view["at"],
        updated=max(moments),
        item=view["item"],
        vote=view["kind"] in CARDS,
        withdrawn=withdrawn,
        former=tuple(str(each["before"]) for each in view["corrections"] if isinstance(each["before"], str)),
        images=tuple((image["id"], image["alt"]) for image in view.get("media") or ()),
    )


def _withdrawn(view: Mapping[str, Any], showing: Showing, said: Words) -> Iterator[str]:
    if view["erased"]:
        at, reason = view["erased_at"], view["erase_reason"]
        yield said("public-erased", time=showing.clock(at)) if at else said("public-erased-plain")
    else:
        reason = view["retract_reason"]
        yield said("public-retracted", time=showing.clock(view["retracted_at"]))
    yield reason or ""


def _lines(view: Mapping[str, Any], showing: Showing, said: Words) -> Iterator[str]:
    if view["vote"]:
        yield from _vote(view, showing, said)
    elif view["kind"] == "update.posted":
        if view["quote"]:
            yield f"{said('entry-quote', name=named(view['quote'], said))}\n{view['text']}"
        else:
            yield str(view["text"])
    else:
        yield from _event(view, showing, said)
    for correction in view["corrections"]:
        yield " ".join(
            filter(None, (said("public-corrected", time=showing.clock(correction["at"])), correction["reason"]))
        )


def _vote(view: Mapping[str, Any], showing: Showing, said: Words) -> Iterator[str]:
    card, words_of_vote = showing.card(view), vote_told(view["vote"], said)
    yield f"{words_of_vote.result}{said('colon')}{card['subject']}" if card["subject"] else words_of_vote.result
    yield words_of_vote.numbers
    yield card["line"]
    yield from card["notes"]
    for choice, people in card["names"]:
        yield f"{choice} ({len(people)}){said('colon')}{', '.join(people)}"


def _event(view: Mapping[str, Any], showing: Showing, said: Words) -> Iterator[str]:
    data = view["data"]
    found = None if data is None else told(view["kind"], data, said, showing.clock)
    if found is not None:
        yield found.sentence
        yield found.typed or ""
        yield ", ".join(found.people)
    elif view["kind"] == "vote.corrected" and data is not None:
        sentence, typed = showing.rectified(data)
        yield sentence
        yield typed or ""
    else:
        yield said("public-event-" + view["kind"].replace(".", "-").replace("_", "-"))
        yield view["reason"] or ""
    yield from showing.beside(view)


def shortened(text: str, length: int = TITLE) -> str:
    """The first line of a text, cut between two words where it is longer than ``length`` characters."""
    # Only plain spaces are made one: those that must not break stand for something.
    line = re.sub(r"[ \t]+", " ", text.split("\n", 1)[0]).strip()
    if len(line) <= length:
        return line
    head = line[: length - 1]
    # A word longer than a title is cut where it must be.
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:\u00a0") + "…"


def chosen(
    entries: Sequence[Plain], *, item: str | None = None, word: str | None = None, votes: bool = False
) -> list[Plain]:
    """The entries of one item, of one word or of votes only, in the order given.

    What was withdrawn, and what a correction took the word from, stays: a reader that has the text must learn
    that it no longer holds.
    """
    sought = folded(word) if word else ""
    return [
        entry
        for entry in entries
        if (item is None or (entry.item is not None and entry.item["id"] == item))
        and (not votes or entry.vote)
        and (not sought or entry.withdrawn or sought in _searched(entry))
    ]


def _searched(entry: Plain) -> str:
    title = "" if entry.item is None else entry.item["title"] or ""
    return folded("\n".join((title, entry.text, *entry.former, *(alt for _, alt in entry.images))))
