"""``minutes.json``: the public entries as everybody may have them, and the head as a commitment."""

import json

from livesession.i18n import words
from livesession.minutes.json import minutes_form, minutes_json
from tests.unit.minutes.threads import HEAD, at, opened, post


def test_form_is_the_sitting_s_facts_and_its_public_entries() -> None:
    thread = opened(location="Hôtel de ville")
    form = minutes_form(thread.entries, "plenary", HEAD, words("fr"))
    assert form == {
        "format": "livesession-minutes/1",
        "heading": "Relevé du direct, sans valeur de procès-verbal",
        "sitting": {
            "slug": "plenary",
            "title": "Séance plénière",
            "assembly": "Conseil départemental",
            "location": "Hôtel de ville",
            "starts": "2026-11-20T09:00:00+01:00",
            "timezone": "Europe/Paris",
            "language": "fr",
            "public": True,
            "status": "open",
            "opened_at": "2026-11-20T09:00:00.000Z",
            "closed_at": None,
            "suspensions": [],
            "closed_parts": [],
        },
        "epoch": "e1",
        "head": {"seq": 12, "hash": "ab" * 32},
        "entries": [{"pos": entry.pos, **entry.as_public_json()} for entry in thread.entries],
    }
    assert form["entries"][2] == {
        "pos": 3,
        "id": thread.entries[2].id,
        "kind": "sitting.opened",
        "item": None,
        "at": "2026-11-20T09:00:00.000Z",
        "data": {},
    }


def test_nothing_that_is_not_public_is_in_it() -> None:
    thread = opened()
    thread.send("sitting.suspended", at(5))
    thread.send("sitting.resumed", at(6))
    thread.send("item.opened", at(31), item="closed")
    post(thread, 35, "SECRET", "closed")
    thread.send("closed_part.ended", at(52))
    text = minutes_json(thread.entries, "plenary", HEAD, words("en"))
    for hidden in ("SECRET", "CLOS", "author", "salt", "digest", '"seq": 4'):
        assert hidden not in text
    form = json.loads(text)
    assert form["heading"] == "Record of the live thread, not the minutes"
    assert [entry["pos"] for entry in form["entries"]] == list(range(1, 9))
    assert form["sitting"]["suspensions"] == [
        {"begun": "2026-11-20T09:05:00.000Z", "ended": "2026-11-20T09:06:00.000Z"}
    ]
    assert form["sitting"]["closed_parts"] == [
        {"begun": "2026-11-20T09:31:00.000Z", "ended": "2026-11-20T09:52:00.000Z"}
    ]


def test_text_is_kept_as_typed_and_erased_text_is_said_to_be() -> None:
    thread = opened()
    post(thread, 2, "é 👩‍👩‍👧 \u2028 <b>")
    lost = post(thread, 3, "une adresse")
    thread.send("update.erased", at(4), data={"entry": lost.id, "reason": "Demande."})
    text = minutes_json(thread.entries, "plenary", HEAD, words("fr"))
    assert "é 👩‍👩‍👧 \u2028 <b>" in text
    assert "une adresse" not in text
    assert json.loads(text)["entries"][-2] == {
        "pos": 6,
        "id": lost.id,
        "kind": "update.posted",
        "item": "budget",
        "at": "2026-11-20T09:03:00.000Z",
        "data": {},
        "erased": True,
    }
