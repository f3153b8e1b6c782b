"""What a network's readers get to read: pure text, one message per entry, within the network's own limit.

Mastodon gets a thread per agenda item: its first post names the item, the following ones carry their text alone.
X gets stand-alone posts that each name their item and the time, for two reasons: since February 2026 replies through
its API are accepted only where one was mentioned, and the same text twice is refused as duplicate content. No link is
ever added on X, where a post with one costs thirteen times as much.

Text goes out as typed. A bare ``@name`` is the clerk's own doing, and stays what they wrote.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import regex

from livesession.domain.agenda import Agenda, AgendaItem
from livesession.domain.times import read_instant
from livesession.i18n import Words, words

Length = Callable[[str], int]

_KINDS = frozenset(
    {
        "sitting.opened",
        "sitting.suspended",
        "sitting.resumed",
        "sitting.closed",
        "closed_part.ended",
        "update.posted",
        "vote.recorded",
    }
)
"""closed_part.begun is none of them: from that instant nothing leaves by itself, not even the news of it."""

_GRAPHEME = regex.compile(r"\X")
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class ComposeContext:
    """What a text is composed for: the network, the agenda, the entry's own address.

    ``first`` says that the post begins a thread (Mastodon), and so must name its item.
    """

    network: str
    agenda: Agenda
    permalink: str
    first: bool = True


def goes_out(network: str, kind: str) -> bool:
    """Whether entries of a kind are posted on a network."""
    return kind in _KINDS


def compose(entry: Mapping[str, Any], context: ComposeContext, length: Length, limit: int) -> str:
    """The text of one post; never longer than ``limit`` in the network's own count ``length``.

    ``entry`` is an entry's public form, of a kind that :func:`goes_out`.
    """
    said = words(context.agenda.language)
    body = _body(entry, context, said)
    tail = _hashtag(context)
    heads = _heads(entry, context, said)
    for head in heads:
        whole = head + body + tail
        if length(whole) <= limit:
            return whole
    # It does not fit: the shortest head, the text cut, and where links cost nothing the way to the rest.
    rest = f" {context.permalink}" if context.network == "mastodon" else ""
    for tail_tried in (rest + tail, rest, ""):
        cut = _shorten(body, heads[-1], tail_tried, length, limit)
        if cut is not None:
            return cut
    return _shorten(body, "", "", length, limit) or _ELLIPSIS


def _hashtag(context: ComposeContext) -> str:
    """The sitting's hashtag; in a thread once, where it begins."""
    if not context.agenda.hashtag or (context.network == "mastodon" and not context.first):
        return ""
    return f"\n\n#{context.agenda.hashtag.lstrip('#')}"


def _body(entry: Mapping[str, Any], context: ComposeContext, said: Words) -> str:
    kind, data = str(entry["kind"]), entry["data"]
    if kind == "update.posted":
        return str(data["text"])
    if kind == "vote.recorded":
        return _vote(data, said)
    sentence = said(
        "post-" + kind.replace(".", "-").replace("_", "-"),
        title=context.agenda.title,
        assembly=context.agenda.assembly,
    )
    reason = data.get("reason")
    sentence = f"{sentence} {reason}" if reason else sentence
    if kind == "sitting.opened" and context.network == "mastodon":
        return f"{sentence}\n{context.permalink.partition('#')[0]}"
    return sentence


def _vote(data: Mapping[str, Any], said: Words) -> str:
    numbers = {"infavour": data["for"], "against": data["against"], "abstention": data["abstention"]}
    unanimous = data["result"] == "adopted" and not data["against"] and not data["abstention"]
    sentence = said("post-vote-unanimous" if unanimous else f"post-vote-{data['result']}", **numbers)
    subject = data.get("subject")
    return f"{subject}\n{sentence}" if subject else sentence


def _heads(entry: Mapping[str, Any], context: ComposeContext, said: Words) -> list[str]:
    """What may stand before the text, the fullest first."""
    agenda = context.agenda
    item = next((known for known in agenda.walk() if known.id == entry["item"]), None)
    if context.network == "mastodon":
        if item is None or not context.first:
            return [""]
        return [f"{_label(item, said, titled=True)}\n\n", f"{_label(item, said, titled=False)}\n\n"]
    time = said.time(read_instant(str(entry["at"])), agenda.timezone)
    if item is None:
        return [f"{time}\n"]
    return [f"{_label(item, said, titled=True)}, {time}\n", f"{_label(item, said, titled=False)}, {time}\n"]


def _label(item: AgendaItem, said: Words, *, titled: bool) -> str:
    title = item.shown_title
    if not item.number:
        return _few(title or said("post-item-closed"), 80)
    label = said("post-item", number=item.number)
    return f"{label}, {_few(title, 80)}" if titled and title is not None else label


def _few(text: str, most: int) -> str:
    """At most ``most`` graphemes of a title, on one line."""
    pieces = _GRAPHEME.findall(" ".join(text.split()))
    return "".join(pieces) if len(pieces) <= most else "".join(pieces[: most - 1]).rstrip() + _ELLIPSIS


def _shorten(body: str, head: str, tail: str, length: Length, limit: int) -> str | None:
    """``head``, as much of ``body`` as fits, an ellipsis, ``tail``; None where not even a little fits."""
    pieces = _GRAPHEME.findall(body)
    low, high = 0, len(pieces)
    while low < high:
        middle = (low + high + 1) // 2
        if length(f"{head}{''.join(pieces[:middle])}{_ELLIPSIS}{tail}") <= limit:
            low = middle
        else:
            high = middle - 1
    # A cut may make an address out of half of one, which counts otherwise: step back until it truly fits.
    while low > 0:
        text = "".join(pieces[: _word_end(pieces, low)]).rstrip()
        whole = f"{head}{text}{_ELLIPSIS}{tail}"
        if text and length(whole) <= limit:
            return whole
        low -= 1
    return None


def _word_end(pieces: list[str], cut: int) -> int:
    """The end of the last whole word before ``cut``, if that loses no more than a fifth."""
    if cut >= len(pieces) or pieces[cut].isspace():
        return cut
    for place in range(cut - 1, max(cut * 4 // 5, 0), -1):
        if pieces[place].isspace():
            return place
    return cut
