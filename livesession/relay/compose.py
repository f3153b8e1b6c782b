"""What a network's readers get to read: pure text, one message per entry, within the network's own limit.

Mastodon gets a thread per agenda item: its first post names the item, the following ones carry their text alone.
X gets stand-alone posts that each name their item and the time, for two reasons: since February 2026 replies through
its API are accepted only where one was mentioned, and the same text twice is refused as duplicate content. Where item,
minute and text are those of a post before it, its number tells it apart (« 2e vote »). No link is
ever added on X, where a post with one costs thirteen times as much. That an item begins is no post of its own on
either: the first post on it says so, and on X each post is paid for.

Text goes out as typed, with one exception that no reader sees. A name after ``@`` would call on whoever has it on the
very server the post lands on, which is nobody the clerk had in mind: on Mastodon a name without its server is some
local account's (and what is typed is mostly an X name, or « @everyone »); on X the words that mean everybody in chat
programs are the accounts of strangers. There a word joiner (U+2060, no width) is set behind the ``@``, which undoes
the mention and leaves the text as it looks. A full ``@name@server`` on Mastodon, any other ``@name`` on X, is meant
and stays. Nothing else can be taken for markup: both networks show posts as plain text.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import regex

from livesession.domain.agenda import Agenda, AgendaItem
from livesession.domain.times import read_instant
from livesession.i18n import Words, words
from livesession.relay.mentions import with_accounts
from livesession.relay.shortening import ELLIPSIS, few, shorten

Length = Callable[[str], int]

KINDS = frozenset(
    {
        "sitting.opened",
        "sitting.suspended",
        "sitting.resumed",
        "sitting.closed",
        "sitting.reopened",
        "closed_part.ended",
        "update.posted",
        "vote.recorded",
        "vote.corrected",
    }
)
"""closed_part.begun is none of them: from that instant nothing leaves by itself, not even the news of it."""

_MATTERS = frozenset({"closed_part", "president"})
_MOTIONS = frozenset({"motion", "amendment", "voeu"})

MAX_HASHTAG = 80
"""Characters; nobody follows a longer one, and it would take the text's place."""

_TITLE_LENGTHS = (80, 40, 0)
"""Graphemes of an item's title in a post, the most that leave its text whole; 0 is the number alone."""

_BARE_NAME = regex.compile(r"(?<![=/\w])@(?=[a-z0-9_])(?![a-z0-9_]+(?:[.-]+[a-z0-9_]+)*@[a-z0-9_])", regex.IGNORECASE)
_EVERYBODY = regex.compile(r"(?<!\w)([@＠])(?=(?:all|channel|everyone|here|tous)\b)", regex.IGNORECASE)
_WORD_JOINER = "\u2060"
_NOT_IN_HASHTAG = regex.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class ComposeContext:
    """What a text is composed for: the network, the agenda, the entry's own address.

    ``first`` says that the post begins a thread (Mastodon), and so must name its item. ``nth`` tells a post from
    those before it that would read the same (X): for a vote its number among its item's votes, else among the likes.
    ``accounts`` are those of members on this network, by the members' ids.
    """

    network: str
    agenda: Agenda
    permalink: str
    first: bool = True
    nth: int = 1
    accounts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Composed:
    """A post's text, and ``needed``: the network's count of it whole, above the limit where it had to be cut."""

    text: str
    needed: int


def goes_out(network: str, kind: str) -> bool:
    """Whether entries of a kind are posted on a network."""
    return kind in KINDS


def refuses_duplicates(network: str) -> bool:
    """Whether a network refuses a text that it has already."""
    return network == "x"


def compose(entry: Mapping[str, Any], context: ComposeContext, length: Length, limit: int) -> str:
    """The text of one post; never longer than ``limit`` in the network's own count ``length``.

    ``entry`` is an entry's public form, of a kind that :func:`goes_out`.
    """
    return composed(entry, context, length, limit).text


def composed(entry: Mapping[str, Any], context: ComposeContext, length: Length, limit: int) -> Composed:
    """The text of one post as :func:`compose` makes it, and how long it would have been whole."""
    said = words(context.agenda.language)
    body = _body(entry, context, said)
    tag = _hashtag(context)
    heads = _heads(entry, context, said)
    needed = limit
    for head in heads:
        whole = _without_mistaken_names(head + body + tag, context.network)
        needed = length(whole)
        if needed <= limit:
            return Composed(whole, needed)
    return Composed(_shortened(body, heads[-1], tag, context, length, limit), needed)


def _shortened(body: str, head: str, tag: str, context: ComposeContext, length: Length, limit: int) -> str:
    on_mastodon = context.network == "mastodon"

    def fits(text: str) -> bool:
        posted = _without_mistaken_names(text, context.network)
        # Cut in any case, it may as well suit the servers that count every character, links whole.
        return length(posted) <= limit and (not on_mastodon or len(posted) <= limit)

    # Where links cost nothing, the way to the rest. On a line of its own: what was typed may run from right to left.
    rest = f"\n{context.permalink}" if on_mastodon else ""
    for begin, end in ((head, rest + tag), (head, rest), (head, tag), (head, ""), ("", "")):
        text = shorten(body, begin, end, fits)
        if text is not None:
            return _without_mistaken_names(text, context.network)
    return ELLIPSIS


def _body(entry: Mapping[str, Any], context: ComposeContext, said: Words) -> str:
    kind, data = str(entry["kind"]), entry["data"]
    if kind == "update.posted":
        return with_accounts(_text(data, said), data.get("mentions") or (), context.accounts)
    if kind == "vote.recorded":
        return _vote(data, said)
    if kind == "vote.corrected":
        return _corrected_vote(data, said)
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


def _text(data: Mapping[str, Any], said: Words) -> str:
    """What was written; words that were quoted begin with whose they are, so that no cut parts them."""
    quoted = data.get("quote")
    if not isinstance(quoted, Mapping):
        return str(data["text"])
    name = said("post-name-group", name=quoted["name"], group=quoted["group"]) if "group" in quoted else quoted["name"]
    return said("post-quote", name=name, text=str(data["text"]))


def _subject(data: Mapping[str, Any], said: Words) -> str | None:
    """What was voted, where that is not the item itself."""
    if data.get("subject"):
        return str(data["subject"])
    if data.get("matter") in _MATTERS:
        return said(f"post-vote-on-{data['matter']}".replace("_", "-"))
    if "motion" in data:
        kind = data.get("motion_type")
        return said(f"post-vote-on-{kind if kind in _MOTIONS else 'motion'}")
    return None


def _vote(data: Mapping[str, Any], said: Words) -> str:
    subject = _subject(data, said)
    return f"{subject}\n{_outcome(data, said)}" if subject else _outcome(data, said)


def _corrected_vote(data: Mapping[str, Any], said: Words) -> str:
    """The vote as it should have been recorded; the reason last, where a cut costs least."""
    subject, reason = _subject(data, said), data.get("reason")
    lines = [said("post-vote-corrected-on", subject=subject) if subject else said("post-vote-corrected")]
    lines.append(_outcome(data, said))
    if reason:
        lines.append(said("post-vote-reason", reason=reason))
    return "\n".join(lines)


def _outcome(data: Mapping[str, Any], said: Words) -> str:
    """What a vote decided and by which numbers, from these alone: who voted what is none of a network's business."""
    result = data.get("result")
    if result in ("elected", "no_majority"):
        return _election(data, said)
    word = result if result in ("adopted", "rejected") else "other"
    numbers = [data.get(name) for name in ("for", "against", "abstention")]
    # A number that is not given is not nothing: « à l'unanimité » must not come of it.
    if not all(isinstance(number, int) for number in numbers):
        return said(f"post-vote-{word}-alone")
    if word == "adopted" and numbers[0] and not any(numbers[1:]):
        word = "unanimous"
    return said(f"post-vote-{word}", **dict(zip(("infavour", "against", "abstention"), numbers, strict=True)))


def _election(data: Mapping[str, Any], said: Words) -> str:
    """Who is elected. A round that fills some of the seats has names, and no result yet."""
    names = ", ".join(str(name) for name in data.get("elected") or ())
    if data.get("result") == "elected":
        return said("post-vote-elected", names=names) if names else said("post-vote-elected-alone")
    return said("post-vote-elected-some", names=names) if names else said("post-vote-no-majority")


def _heads(entry: Mapping[str, Any], context: ComposeContext, said: Words) -> list[str]:
    """What may stand before the text, the fullest first."""
    agenda = context.agenda
    item = next((known for known in agenda.walk() if known.id == entry["item"]), None)
    if context.network == "mastodon":
        if item is None or not context.first:
            return [""]
        return [f"{_label(item, said, most)}\n\n" for most in _TITLE_LENGTHS]
    time = said.time(read_instant(str(entry["at"])), agenda.timezone)
    if context.nth > 1:
        nth = said("post-nth-vote" if entry["kind"] == "vote.recorded" else "post-nth", number=str(context.nth))
        time = f"{time}, {nth}"
    if item is None:
        return [f"{time}\n"]
    return [f"{_label(item, said, most)}, {time}\n" for most in _TITLE_LENGTHS]


def _label(item: AgendaItem, said: Words, most: int) -> str:
    """An item's number and ``most`` graphemes of its title; without a number never less than a little title."""
    title = item.shown_title
    if not item.number:
        return few(title or said("post-item-closed"), most or _TITLE_LENGTHS[-2])
    label = said("post-item", number=few(item.number, 40))
    return f"{label}, {few(title, most)}" if most and title is not None else label


def _hashtag(context: ComposeContext) -> str:
    """The sitting's hashtag; in a thread once, where it begins."""
    if context.network == "mastodon" and not context.first:
        return ""
    # Of « Conseil municipal » a network would take the first word alone.
    tag = _NOT_IN_HASHTAG.sub("", context.agenda.hashtag or "")
    return f"\n\n#{tag}" if tag and len(tag) <= MAX_HASHTAG else ""


def _without_mistaken_names(text: str, network: str) -> str:
    if network == "mastodon":
        return _BARE_NAME.sub(f"@{_WORD_JOINER}", text)
    # X refuses U+FEFF, which pasted text may begin with; U+2060 means the same since Unicode 3.2.
    return _EVERYBODY.sub(rf"\1{_WORD_JOINER}", text.replace("\ufeff", _WORD_JOINER))
