"""What a subscriber is told of an entry: a few words, the place to read it, and nothing that is not public."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from livesession.domain.agenda import AgendaItem
from livesession.domain.folding import folded
from livesession.domain.ids import ItemId
from livesession.domain.sitting import State
from livesession.i18n import Words
from livesession.relay.subscriptions import Wants
from livesession.telling import place_of, told, vote_numbers, vote_result

SITTING = frozenset({"sitting.opened", "sitting.closed", "sitting.reopened"})
VOTES = frozenset({"vote.recorded", "vote.corrected", "decision.released"})
TEXTS = frozenset({"update.posted", "update.corrected"})
ITEM = frozenset({"item.opened", "item.postponed", "item.withdrawn"})

MAX_TITLE = 120
"""Characters of a title: a phone shows one or two lines of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """A notification as the service worker shows it; of two with one ``tag`` the later takes the earlier's place."""

    title: str
    body: str
    path: str
    tag: str

    def as_json(self) -> dict[str, str]:
        return {"title": self.title, "body": self.body, "path": self.path, "tag": self.tag}


def concerns(public: Mapping[str, Any], wants: Wants) -> bool:
    """Whether somebody wants to be told of an entry."""
    kind = public["kind"]
    if public.get("erased"):
        return False
    if kind in TEXTS:
        return bool(wants.word) and folded(wants.word) in folded(str(public["data"].get("text", "")))
    if kind in SITTING:
        return wants.sitting
    if kind in VOTES:
        return wants.votes or public["item"] in wants.items
    return kind in ITEM and public["item"] in wants.items


def notification(public: Mapping[str, Any], state: State, slug: str, said: Words, *, word: str = "") -> Notification:
    """The words for an entry that concerns somebody, in their language. ``state``: the public one.

    Of a text nothing is sent but that it has the ``word``: what was sent to a phone nobody can erase there.
    """
    kind, data = public["kind"], public["data"]
    item = state.items.get(ItemId(public["item"] or ""))
    about = _name(item, said) if item is not None else state.agenda.title
    if kind in VOTES:
        title = f"{vote_result(data, said)}{said('colon')}{data.get('title') or data.get('subject') or about}"
        body = vote_numbers(data, said)
    elif kind in TEXTS:
        title, body = said("push-word", word=word), about
    elif kind == "item.opened":
        title, body = said("push-item-opened", item=about), state.agenda.title
    else:
        found = told(kind, data, said, None)
        title = about if item is not None else state.agenda.title
        body = found.sentence if found is not None else ""
    named = str(data.get("entry") or public["id"]) if kind.endswith(".corrected") else str(public["id"])
    return Notification(title=title[:MAX_TITLE], body=body, path=f"/s/{slug}{place_of(named)}", tag=named)


def _name(item: AgendaItem, said: Words) -> str:
    return " ".join(filter(None, (item.number, item.shown_title or said("public-untitled"))))
