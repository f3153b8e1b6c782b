"""Pages, filters and the order of a long thread."""

from typing import Any, cast

import pytest

from livesession.i18n import words
from livesession.web.public.showing import Showing
from livesession.web.public.window import ENTRIES, FEWEST, Wanted, Window, wanted_of, window_of
from tests.sittings import PureThread

SAID = words("fr")


def thread(count: int) -> dict[str, Any]:
    """``count`` posts on two items in turn, each seventh a vote, as the page's fold gives them: the newest first."""
    entries = [
        {"id": f"e{n}", "item": {"id": "ab"[n % 2], "number": "", "title": ""}, "vote": n % 7 == 0, "pinned": n == 3}
        for n in range(count)
    ]
    return {"entries": list(reversed(entries)), "agenda": [{"id": "b"}, {"id": "a"}]}


def shown(count: int, **wanted: Any) -> Window:
    # Without a word nobody asks for what an entry says.
    return window_of(thread(count), Wanted(**wanted), cast(Showing, None), SAID)


@pytest.mark.parametrize("count", [0, 1, 99, 100, 149, 150, 199, 200, 249, 250, 2000])
def test_every_entry_stands_on_one_page_between_the_live_end_and_the_first(count: int) -> None:
    window = shown(count)
    found = [entry["id"] for entry in window.entries]
    assert len(found) < ENTRIES + FEWEST
    assert len(found) >= min(count, FEWEST)
    while window.older is not None:
        before = window
        window = shown(count, page=window.older)
        assert window.newer == before.page
        found += [entry["id"] for entry in window.entries]
    assert found == [f"e{n}" for n in reversed(range(count))]


def test_a_page_of_the_archive_keeps_what_it_has_as_the_thread_grows() -> None:
    assert shown(250, page=1).entries == shown(2000, page=1).entries


@pytest.mark.parametrize(("entry", "page"), [("e0", 1), ("e99", 1), ("e100", 2), ("e249", 0), ("gone", 0)])
def test_an_entry_is_found_on_its_page(entry: str, page: int) -> None:
    assert shown(300, entry=entry).page == page


def test_filters_leave_what_was_asked_for() -> None:
    assert [entry["id"] for entry in shown(20, votes=True).entries] == ["e14", "e7", "e0"]
    assert [entry["id"] for entry in shown(20, votes=True, item="a").entries] == ["e14", "e0"]
    assert [entry["id"] for entry in shown(20, pinned=True).entries] == ["e3"]
    assert shown(20, votes=True).total == 3


def test_by_item_the_agenda_decides_and_then_the_hour() -> None:
    assert [entry["id"] for entry in shown(5, by_item=True).entries] == ["e1", "e3", "e0", "e2", "e4"]
    assert shown(250, by_item=True).older == 2
    assert [shown(250, by_item=True, page=3).older, shown(250, by_item=True, page=9).page] == [None, 3]


def test_the_same_is_asked_for_in_one_way() -> None:
    state = PureThread().public_state()
    wanted = wanted_of({"page": "2", "votes": "yes", "word": "  la  cantine ", "item": "nothing", "x": "y"}, state)
    assert wanted == Wanted(page=2, votes=True, word="la cantine")
    assert wanted.query("en") == "?votes=1&word=la+cantine&page=2&lang=en"
    assert wanted_of({"page": "²", "votes": "0", "pinned": ""}, state).query() == ""
