"""The thread as a page shows it: corrections beside what they correct, what was erased gone, items where they stand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from livesession.domain.ids import Pos
from livesession.domain.times import read_instant
from livesession.telling import TOLD, is_unanimous

View = dict[str, Any]

EVENTS = TOLD | {"agenda.set", "item.opened", "item.closed", "closed_part.ended", "vote.corrected"}
"""Kinds that the page tells in a sentence of its own, where they are neither a text nor a vote."""

CARDS = frozenset({"vote.recorded", "decision.released"})
"""Kinds that the page shows as a card."""


def thread_view(entries: Sequence[tuple[Pos | int, Mapping[str, Any]]]) -> View:
    """What the page of a sitting shows after these public entries, all of them, in order.

    ``agenda``: the items in order, each with its ``depth`` below the headings, its ``status``
    (``to_come``, ``current``, ``done``), the entry that opened it and its last vote, if any.
    ``entries``: what is shown of the thread, the newest first, each with every key, whatever its kind;
    what was retracted or erased has its text nowhere here. ``pinned``: the entry that stands at the
    top, or None. ``head``: the last place in the thread, 0 where there is none.
    """
    folding = _Folding()
    for pos, entry in entries:
        folding.take(int(pos), entry)
    return {
        "agenda": list(folding.agenda.values()),
        "current": folding.agenda.get(folding.current or ""),
        "entries": list(reversed(folding.shown.values())),
        "opened_at": folding.opened_at,
        "closed_at": folding.closed_at,
        "last_vote": next((shown["vote"] for shown in reversed(folding.shown.values()) if shown["vote"]), None),
        "pinned": next((shown for shown in folding.shown.values() if shown["pinned"]), None),
        "head": folding.head,
    }


_LASTING = ("status", "opened_at", "entry", "last_vote", "aside", "added")
"""What is known of an item whatever the agenda says anew."""


class _Folding:
    """The page's state after some entries; kinds it does not know move ``head`` only."""

    def __init__(self) -> None:
        self.head = 0
        self.agenda: dict[str, View] = {}
        self.shown: dict[str, View] = {}
        self.current: str | None = None
        self.opened_at: datetime | None = None
        self.closed_at: datetime | None = None
        self._agenda_seen = False
        self._speaking: str | None = None
        self._changes: dict[str, Callable[[Mapping[str, Any]], None]] = {
            "agenda.set": self._agenda_set,
            "item.opened": self._item_opened,
            "item.closed": self._item_closed,
            "closed_part.ended": self._closed_part_ended,
            "sitting.opened": self._sitting_opened,
            "sitting.closed": self._sitting_closed,
            "sitting.reopened": self._sitting_reopened,
            "update.posted": self._update_posted,
            "update.corrected": self._update_corrected,
            "update.retracted": self._update_retracted,
            "update.erased": self._update_erased,
            "update.pinned": self._update_pinned,
            "update.unpinned": self._update_unpinned,
            "vote.recorded": self._vote_recorded,
            "decision.released": self._vote_recorded,
            "vote.corrected": self._vote_corrected,
            "item.postponed": self._set_aside,
            "item.withdrawn": self._set_aside,
            "item.reordered": self._item_reordered,
            "item.corrected": self._item_corrected,
            "document.attached": self._document_attached,
            "speech.begun": self._speech_begun,
            "speech.ended": self._speech_ended,
        }

    def take(self, pos: int, entry: Mapping[str, Any]) -> None:
        self.head = pos
        kind = entry["kind"]
        if kind.startswith(("speech.ended", "item.", "sitting.", "closed_part.")):
            self._speaking = None
        if kind == "item.added":
            # It stands on the item that it adds.
            self._item_added(entry)
        # The agenda a sitting begins with is what the page is made of; only a later one is news.
        if kind in EVENTS and (kind != "agenda.set" or self._agenda_seen):
            view = self._show(pos, entry)
            view["erased"] = bool(entry.get("erased"))
            if not view["erased"]:
                view.update(reason=entry["data"].get("reason"), data=entry["data"])
        elif kind == "update.posted" or kind in CARDS:
            self._show(pos, entry)
        change = self._changes.get(kind)
        if change is not None:
            change(entry)

    def _show(self, pos: int, entry: Mapping[str, Any]) -> View:
        item = self.agenda.get(entry["item"] or "")
        view: View = {
            "id": entry["id"],
            "pos": pos,
            "kind": entry["kind"],
            "at": read_instant(entry["at"]),
            "item": None if item is None else {name: item[name] for name in ("id", "number", "title")},
            "text": None,
            "quote": None,
            "media": None,
            "data": None,
            "vote": None,
            "reason": None,
            "pinned": False,
            "corrected": None,
            "corrections": [],
            "retracted_at": None,
            "retract_reason": None,
            "erased": False,
            "erased_at": None,
            "erase_reason": None,
            "ended_at": None,
        }
        self.shown[entry["id"]] = view
        return view

    def _agenda_set(self, entry: Mapping[str, Any]) -> None:
        self._agenda_seen = True
        known, self.agenda = self.agenda, {}
        for depth, item in _walk(entry["data"].get("items", ())):
            row = {
                **_row(item["id"], item["number"], item.get("title")),
                "kind": item["kind"],
                "public": item["public"],
                "depth": depth,
                "documents": list(item.get("documents", ())),
                "rapporteur": item.get("rapporteur"),
            }
            # An agenda set anew does not undo what was debated already.
            before = known.get(item["id"], {})
            row.update({name: before[name] for name in _LASTING if before})
            row["documents"] += [paper for paper in before.get("documents", ()) if "entry" in paper]
            self.agenda[item["id"]] = row

    def _item_opened(self, entry: Mapping[str, Any]) -> None:
        self._close_current()
        item = self.agenda.get(entry["item"] or "")
        if item is None:
            return
        self.current = item["id"]
        item["status"] = "current"
        item["opened_at"] = read_instant(entry["at"])
        item["entry"] = item["entry"] or entry["id"]

    def _item_closed(self, entry: Mapping[str, Any]) -> None:
        if entry["item"] == self.current:
            self._close_current()

    def _sitting_opened(self, entry: Mapping[str, Any]) -> None:
        self.opened_at = read_instant(entry["at"])

    def _sitting_closed(self, entry: Mapping[str, Any]) -> None:
        self.closed_at = read_instant(entry["at"])
        self._close_current()

    def _sitting_reopened(self, entry: Mapping[str, Any]) -> None:
        self.closed_at = None

    def _closed_part_ended(self, entry: Mapping[str, Any]) -> None:
        # It says where the sitting is now: readers saw nothing of what moved meanwhile.
        if entry["item"] is None:
            self._close_current()
        elif entry["item"] != self.current:
            self._item_opened(entry)

    def _close_current(self) -> None:
        if self.current is not None and self.current in self.agenda:
            self.agenda[self.current]["status"] = "done"
        self.current = None

    def _update_posted(self, entry: Mapping[str, Any]) -> None:
        view = self.shown[entry["id"]]
        if entry.get("erased"):
            view["erased"] = True
        else:
            data = entry["data"]
            view.update(text=data["text"], quote=data.get("quote"), media=data.get("media"))

    def _named(self, entry: Mapping[str, Any]) -> View | None:
        """The update an entry is about, unless its text is gone; an erased correction names none."""
        named = self.shown.get(entry["data"].get("entry", ""))
        return named if named is not None and named["text"] is not None else None

    def _update_corrected(self, entry: Mapping[str, Any]) -> None:
        if (named := self._named(entry)) is None:
            self._motion_corrected(entry)
            return
        correction = {"at": read_instant(entry["at"]), "before": named["text"], "reason": entry["data"].get("reason")}
        named["corrections"].append(correction)
        named["corrected"] = {**correction, "before": named["corrections"][0]["before"]}
        named["text"] = entry["data"]["text"]

    def _motion_corrected(self, entry: Mapping[str, Any]) -> None:
        named = self.shown.get(entry["data"].get("entry", ""))
        if named is None or named["kind"] != "motion.tabled" or named["data"] is None:
            return
        before = named["data"].get("text")
        named["corrections"].append(
            {"at": read_instant(entry["at"]), "before": before, "reason": entry["data"].get("reason")}
        )
        named["data"] = {**named["data"], "text": entry["data"]["text"]}

    def _speech_begun(self, entry: Mapping[str, Any]) -> None:
        # Who takes the floor ends the speech before; what else ends one says nothing of when its words ended.
        if self._speaking is not None:
            self._speech_over(self._speaking, entry)
        self._speaking = entry["id"]

    def _speech_ended(self, entry: Mapping[str, Any]) -> None:
        self._speech_over(entry["data"].get("entry", ""), entry)

    def _speech_over(self, speech: str, entry: Mapping[str, Any]) -> None:
        named = self.shown.get(speech)
        if named is not None and named["data"] is not None:
            named["ended_at"] = read_instant(entry["at"])

    def _update_retracted(self, entry: Mapping[str, Any]) -> None:
        named = self.shown.get(entry["data"].get("entry", ""))
        if named is None or named["erased"]:
            return
        named["retracted_at"] = read_instant(entry["at"])
        named["retract_reason"] = entry["data"].get("reason")
        self._forget(named)

    def _update_erased(self, entry: Mapping[str, Any]) -> None:
        named = self.shown.get(entry["data"].get("entry", ""))
        if named is None:
            return
        self._forget(named)
        named.update(reason=None, retracted_at=None, retract_reason=None, erased=True)
        named["erased_at"] = read_instant(entry["at"])
        named["erase_reason"] = entry["data"].get("reason")

    def _forget(self, named: View) -> None:
        """Let go of everything an entry said, and of what corrections said of it."""
        named.update(text=None, quote=None, media=None, data=None, vote=None)
        named.update(pinned=False, corrected=None, corrections=[])
        for item in self.agenda.values():
            item["documents"] = [paper for paper in item["documents"] if paper.get("entry") != named["id"]]
            if item["last_vote"] is not None and item["last_vote"]["entry"] == named["id"]:
                item["last_vote"] = None

    def _update_pinned(self, entry: Mapping[str, Any]) -> None:
        if (named := self._named(entry)) is None:
            return
        for view in self.shown.values():
            view["pinned"] = False
        named["pinned"] = True

    def _update_unpinned(self, entry: Mapping[str, Any]) -> None:
        if (named := self._named(entry)) is not None:
            named["pinned"] = False

    def _vote_recorded(self, entry: Mapping[str, Any]) -> None:
        if entry.get("erased"):
            self.shown[entry["id"]]["erased"] = True
            return
        self._hold(entry["id"], entry["item"], entry["data"])

    def _hold(self, name: str, item: str | None, data: Mapping[str, Any]) -> None:
        vote = {**vote_view(data), "entry": name}
        self.shown[name]["vote"] = vote
        row = self.agenda.get(item or "")
        if row is not None and (not _decides(row["last_vote"]) or _decides(vote) or row["last_vote"]["entry"] == name):
            row["last_vote"] = vote

    def _vote_corrected(self, entry: Mapping[str, Any]) -> None:
        named = self.shown.get(entry["data"].get("entry", ""))
        if named is None or named["vote"] is None:
            return
        before = {name: value for name, value in named["vote"].items() if name not in ("entry", "total", "ends")}
        named["corrections"].append(
            {"at": read_instant(entry["at"]), "before": before, "reason": entry["data"].get("reason")}
        )
        kept = {name: value for name, value in entry["data"].items() if name not in ("entry", "reason")}
        self._hold(named["id"], entry["item"], kept)

    def _set_aside(self, entry: Mapping[str, Any]) -> None:
        if entry["item"] == self.current:
            self._close_current()
        if (item := self.agenda.get(entry["item"] or "")) is not None:
            item["status"] = entry["kind"].removeprefix("item.")
            item["aside"] = entry["data"].get("reason")

    def _item_added(self, entry: Mapping[str, Any]) -> None:
        if entry.get("erased") or entry["item"] is None:
            return
        data = entry["data"]
        after = self.agenda.get(data.get("after") or "")
        row = {
            **_row(entry["item"], data.get("number", ""), data.get("title")),
            "depth": after["depth"] if after else 0,
            "added": {name: data.get(name) for name in ("reason", "article", "information_only")},
        }
        self._place(row, data.get("after"), front=False)

    def _item_reordered(self, entry: Mapping[str, Any]) -> None:
        row = self.agenda.pop(entry["item"] or "", None)
        if row is not None:
            self._place(row, entry["data"].get("after"), front=True)

    def _item_corrected(self, entry: Mapping[str, Any]) -> None:
        if (item := self.agenda.get(entry["item"] or "")) is not None and not entry.get("erased"):
            item.update(
                {name: entry["data"][name] for name in ("title", "number", "rapporteur") if name in entry["data"]}
            )
            for shown in self.shown.values():
                if shown["item"] is not None and shown["item"]["id"] == item["id"]:
                    shown["item"] = {name: item[name] for name in ("id", "number", "title")}

    def _place(self, row: View, after: str | None, *, front: bool) -> None:
        """Behind an item of the list, else at its front or its end."""
        rows = list(self.agenda.values())
        places = [place for place, known in enumerate(rows) if known["id"] == after]
        where = places[0] + 1 if places else 0 if front else len(rows)
        rows.insert(where, row)
        self.agenda = {known["id"]: known for known in rows}

    def _document_attached(self, entry: Mapping[str, Any]) -> None:
        item = self.agenda.get(entry["item"] or "")
        if item is not None and not entry.get("erased"):
            paper = {name: entry["data"][name] for name in ("title", "url")}
            item["documents"].append({**paper, "entry": entry["id"]})


def _decides(vote: View | None) -> bool:
    """Whether a vote is the one on the item itself, which later votes on a part of it do not push away."""
    return vote is not None and "decision" in vote


def vote_view(data: Mapping[str, Any]) -> View:
    """A vote's numbers and what follows from them.

    ``ends``: where « pour », then « contre », end on a bar of 100, rounded as the browser's fold rounds.
    """
    voices = [int(data.get(name, 0)) for name in ("for", "against", "abstention")]
    total = sum(voices)
    return {
        "subject": None,
        **data,
        "total": total,
        "unanimous": is_unanimous(data) and data["result"] == "adopted",
        "ends": [_percent(voices[0], total), _percent(voices[0] + voices[1], total)],
    }


def _row(identity: str, number: str, title: str | None) -> View:
    """An item of the agenda as the page lists it."""
    return {
        "id": identity,
        "number": number,
        "title": title,
        "kind": "item",
        "public": True,
        "depth": 0,
        "status": "to_come",
        "opened_at": None,
        "entry": None,
        "last_vote": None,
        "documents": [],
        "rapporteur": None,
        "aside": None,
        "added": None,
    }


def _percent(part: int, total: int) -> float:
    return (2 * 10000 * part + total) // (2 * total) / 100 if total else 0.0


def _walk(items: Sequence[Mapping[str, Any]], depth: int = 0) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for item in items:
        yield depth, item
        yield from _walk(item.get("items", ()), depth + 1)
