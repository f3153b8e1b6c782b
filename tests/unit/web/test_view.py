"""The thread as the public page shows it, folded from entries in their public form."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from livesession.web.public.view import thread_view, vote_view

ITEMS = [
    {"id": "a", "number": "1", "title": "Budget", "kind": "item", "public": True},
    {
        "id": "h",
        "number": "",
        "title": "Solidarités",
        "kind": "heading",
        "public": True,
        "items": [{"id": "b", "number": "2", "title": "Aide à domicile", "kind": "item", "public": True}],
    },
    {"id": "c", "number": "3", "kind": "item", "public": False},
]


class Told:
    """Entries as they come to a reader, a minute apart from nine o'clock."""

    def __init__(self, items: list[dict[str, Any]] | None = None) -> None:
        self.entries: list[tuple[int, Mapping[str, Any]]] = []
        self.add("agenda.set", title="Séance", assembly="Conseil", items=ITEMS if items is None else items)

    def add(self, kind: str, item: str | None = None, **data: Any) -> str:
        """Tell one more; the answer is its id."""
        number = len(self.entries) + 1
        at = moment(number).isoformat().replace("+00:00", "Z")
        self.entries.append((number, {"id": f"e{number}", "kind": kind, "item": item, "at": at, "data": data}))
        return f"e{number}"

    def view(self) -> dict[str, Any]:
        return thread_view(self.entries)

    def entry(self, name: str) -> dict[str, Any]:
        (found,) = [shown for shown in self.view()["entries"] if shown["id"] == name]
        return dict(found)

    def vote(self, item: str | None, **numbers: int) -> str:
        return self.add("vote.recorded", item, ballot="ordinary", result="adopted", **numbers)


def moment(number: int) -> datetime:
    return datetime(2026, 11, 20, 9, number, tzinfo=UTC)


def statuses(told: Told) -> dict[str, str]:
    return {item["id"]: item["status"] for item in told.view()["agenda"]}


def test_view_of_nothing_is_empty() -> None:
    assert thread_view([]) == {
        "agenda": [],
        "current": None,
        "entries": [],
        "last_vote": None,
        "pinned": None,
        "opened_at": None,
        "closed_at": None,
        "head": 0,
    }


def test_view_lists_the_newest_first_and_without_what_only_makes_the_page() -> None:
    told = Told()
    told.add("assembly.set", name="Conseil")
    told.add("sitting.opened")
    told.add("update.posted", "a", text="Premier")
    told.add("member.sneezed", "a")
    view = told.view()
    assert [(shown["id"], shown["kind"]) for shown in view["entries"]] == [
        ("e4", "update.posted"),
        ("e3", "sitting.opened"),
    ]
    assert view["head"] == 5
    assert view["opened_at"] == moment(3)


def test_view_of_an_update_has_every_key() -> None:
    told = Told()
    posted = told.add("update.posted", "a", text="Bonjour\nà tous")
    assert told.entry(posted) == {
        "id": "e2",
        "pos": 2,
        "kind": "update.posted",
        "at": moment(2),
        "item": {"id": "a", "number": "1", "title": "Budget"},
        "text": "Bonjour\nà tous",
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


def test_view_gives_items_their_depth_and_a_closed_one_no_title() -> None:
    agenda = Told().view()["agenda"]
    assert [(item["id"], item["number"], item["title"], item["depth"]) for item in agenda] == [
        ("a", "1", "Budget", 0),
        ("h", "", "Solidarités", 0),
        ("b", "2", "Aide à domicile", 1),
        ("c", "3", None, 0),
    ]


def test_view_opening_an_item_closes_the_one_before() -> None:
    told = Told()
    opened = told.add("item.opened", "a")
    told.add("item.opened", "b")
    assert statuses(told) == {"a": "done", "h": "to_come", "b": "current", "c": "to_come"}
    view = told.view()
    assert view["current"]["id"] == "b"
    assert view["current"]["opened_at"] == moment(3)
    assert view["agenda"][0]["entry"] == opened


def test_view_closing_an_item_or_the_sitting_leaves_none_open() -> None:
    for kind, item in (("item.closed", "a"), ("sitting.closed", None)):
        told = Told()
        told.add("item.opened", "a")
        told.add(kind, item)
        assert statuses(told)["a"] == "done"
        assert told.view()["current"] is None


def test_view_of_a_reopened_sitting_has_no_end() -> None:
    told = Told()
    told.add("sitting.closed")
    assert told.view()["closed_at"] == moment(2)
    told.add("sitting.reopened")
    assert told.view()["closed_at"] is None


def test_view_end_of_a_closed_part_says_where_the_sitting_is() -> None:
    told = Told()
    told.add("item.opened", "a")
    told.add("closed_part.begun", "a", reason="À la demande de trois membres.")
    assert told.view()["entries"][0]["reason"] == "À la demande de trois membres."
    told.add("closed_part.ended", "b", status="open")
    assert statuses(told) == {"a": "done", "h": "to_come", "b": "current", "c": "to_come"}
    told.add("closed_part.ended", status="suspended")
    assert told.view()["current"] is None


def test_view_agenda_set_anew_keeps_what_was_debated() -> None:
    told = Told()
    told.add("item.opened", "a")
    told.add("item.opened", "b")
    changed = told.add("agenda.set", title="Séance", assembly="Conseil", items=[*ITEMS[:2], {**ITEMS[2], "id": "d"}])
    assert statuses(told) == {"a": "done", "h": "to_come", "b": "current", "d": "to_come"}
    assert told.view()["entries"][0]["id"] == changed


def test_view_correction_stands_in_what_it_corrects() -> None:
    told = Told()
    posted = told.add("update.posted", "a", text="168 M€")
    told.add("update.corrected", "a", entry=posted, text="186 M€", reason="Erreur de saisie.")
    told.add("update.corrected", "a", entry=posted, text="186,5 M€")
    shown = told.entry(posted)
    assert shown["text"] == "186,5 M€"
    assert shown["corrections"] == [
        {"at": moment(3), "before": "168 M€", "reason": "Erreur de saisie."},
        {"at": moment(4), "before": "186 M€", "reason": None},
    ]
    assert shown["corrected"] == {"at": moment(4), "before": "168 M€", "reason": None}
    assert [one["id"] for one in told.view()["entries"]] == [posted]


def test_view_retraction_leaves_no_text_anywhere() -> None:
    told = Told()
    posted = told.add("update.posted", "a", text="SECRET-1")
    told.add("update.corrected", "a", entry=posted, text="SECRET-2")
    told.add("update.pinned", "a", entry=posted)
    told.add("update.retracted", "a", entry=posted, reason="Mauvais point.")
    told.add("update.corrected", "a", entry=posted, text="SECRET-3")
    told.add("update.pinned", "a", entry=posted)
    shown = told.entry(posted)
    assert (shown["retracted_at"], shown["retract_reason"]) == (moment(5), "Mauvais point.")
    assert told.view()["pinned"] is None
    assert "SECRET" not in json.dumps(told.view(), default=str)


def test_view_erasure_leaves_its_time_and_reason_only() -> None:
    told = Told()
    posted = told.add("update.posted", "a", text="SECRET-1")
    told.add("update.retracted", "a", entry=posted, reason="SECRET-2")
    told.add("update.erased", "a", entry=posted, also=[], reason="Donnée personnelle.")
    shown = told.entry(posted)
    assert (shown["erased"], shown["erased_at"], shown["erase_reason"]) == (True, moment(4), "Donnée personnelle.")
    assert "SECRET" not in json.dumps(told.view(), default=str)


def test_view_entry_that_comes_emptied_is_shown_as_erased() -> None:
    told = Told()
    for kind in ("update.posted", "vote.recorded"):
        name = told.add(kind, "a")
        pos, entry = told.entries[-1]
        told.entries[-1] = (pos, {**entry, "erased": True})
        shown = told.entry(name)
        assert (shown["erased"], shown["text"], shown["vote"]) == (True, None, None)
    assert told.view()["last_vote"] is None


def test_view_pins_one_entry_at_a_time() -> None:
    told = Told()
    first = told.add("update.posted", text="Pause à midi")
    second = told.add("update.posted", text="Reprise à 14 h")
    told.add("update.pinned", entry=first)
    told.add("update.pinned", entry=second)
    assert told.view()["pinned"]["id"] == second
    assert told.entry(first)["pinned"] is False
    told.add("update.unpinned", entry=second)
    assert told.view()["pinned"] is None


def test_view_vote_stands_at_its_item_until_it_is_erased() -> None:
    told = Told()
    first = told.vote("a", **{"for": 20, "against": 3, "abstention": 0})
    second = told.vote("a", **{"for": 17, "against": 31, "abstention": 3})
    view = told.view()
    assert view["last_vote"] == view["agenda"][0]["last_vote"] == told.entry(second)["vote"]
    told.add("update.erased", entry=second, also=[], reason="Ordonnance.")
    assert told.view()["last_vote"]["entry"] == first
    assert told.entry(second)["vote"] is None


def test_view_speech_ends_where_another_begins_and_nowhere_that_nobody_noted() -> None:
    told = Told()
    first = told.add("speech.begun", "a", members=[{"id": "m1", "name": "Mme Un"}])
    second = told.add("speech.begun", "a", members=[{"id": "m2", "name": "M. Deux"}])
    told.add("speech.ended", "a", entry=second)
    third = told.add("speech.begun", "a", members=[{"id": "m3", "name": "Mme Trois"}])
    told.add("item.closed", "a")
    last = told.add("speech.begun", "b", members=[{"id": "m1", "name": "Mme Un"}])
    ends = {name: told.entry(name)["ended_at"] for name in (first, second, third, last)}
    assert ends == {first: moment(3), second: moment(4), third: None, last: None}


def test_vote_view_says_where_the_bar_parts() -> None:
    data = {"ballot": "ordinary", "result": "rejected", "for": 17, "against": 31, "abstention": 3}
    assert vote_view(data) == {
        **data,
        "subject": None,
        "total": 51,
        "unanimous": False,
        "ends": [33.33, 94.12],
    }


def test_vote_view_is_unanimous_only_with_voices_and_none_else() -> None:
    def unanimous(result: str, *voices: int) -> bool:
        names = ("for", "against", "abstention")
        return bool(vote_view({"result": result, **dict(zip(names, voices, strict=True))})["unanimous"])

    assert unanimous("adopted", 51, 0, 0)
    assert not unanimous("adopted", 50, 0, 1)
    assert not unanimous("adopted", 50, 1, 0)
    assert not unanimous("adopted", 0, 0, 0)
    assert not unanimous("rejected", 51, 0, 0)


def test_vote_view_without_voices_has_an_empty_bar() -> None:
    assert vote_view({"result": "rejected", "for": 0, "against": 0, "abstention": 0})["ends"] == [0.0, 0.0]
