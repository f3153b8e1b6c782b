"""The grammar's rules, row by row: what each profile asks for, what the state forbids, what is recorded."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from livesession.domain.ids import ItemId
from livesession.errors import InputError, RefusedError
from tests.clock import NINE
from tests.sittings import PureThread, agenda, entry_id

SEATS = tuple(f"m{number}" for number in range(1, 12))
BUDGET = ItemId("budget")


def seated(
    present: int, profile: str = "commune", *, seats: int = 11, adjust: dict[str, Any] | None = None
) -> PureThread:
    """A sitting that is open on the budget, with the first ``present`` of its members there."""
    thread = PureThread(agenda())
    members = [
        {"id": one, "name": f"Membre {one[1:]}", "group": "pair" if int(one[1:]) % 2 == 0 else "impair"}
        for one in SEATS[:seats]
    ]
    groups = [{"id": "pair", "name": "Groupe pair", "short": "PAI"}, {"id": "impair", "name": "Groupe impair"}]
    rules = {"profile": profile, "adjust": adjust or {}}
    thread.send("assembly.set", data={"name": "Conseil", "rules": rules, "groups": groups, "members": members})
    if present:
        thread.send("member.arrived", data={"members": list(SEATS[:present])})
    thread.send("sitting.opened")
    thread.send("item.opened", item="budget")
    return thread


def refused(thread: PureThread, kind: str, **envelope: Any) -> str:
    """The code with which a command is refused; nothing is left of it."""
    before = list(thread.entries)
    with pytest.raises((RefusedError, InputError)) as caught:
        thread.send(kind, **envelope)
    assert thread.entries == before
    return caught.value.code


def vote(thread: PureThread, **data: Any) -> dict[str, Any]:
    """A vote on the budget, and what its entry says."""
    return dict(thread.send("vote.recorded", item="budget", data=data).data or {})


@pytest.mark.parametrize("profile", ["commune", "departement", "region", "epci", "neutral"])
def test_a_vote_needs_more_than_half_of_those_in_office_in_the_room(profile: str) -> None:
    thread = seated(5, profile)
    thread.send("proxy.given", data={"from": "m10", "to": "m1"})
    # Five of eleven and a proxy: six voices, but a proxy is nobody in the room.
    assert refused(thread, "vote.recorded", item="budget", data={"unanimous": True}) == "quorum_lost"
    thread.send("member.arrived", data={"member": "m6"})
    assert vote(thread, unanimous=True)["quorum"] == {
        "in_office": 11, "present": 6, "represented": 1, "recused": 0, "required": 6, "met": True,
    }  # fmt: skip
    thread.send("member.left", data={"member": "m2"})
    assert refused(thread, "vote.recorded", item="budget", data={"unanimous": True}) == "quorum_lost"
    passed = vote(thread, unanimous=True, quorum_reason="La présidence passe outre")
    assert (passed["quorum"]["met"], passed["quorum_reason"]) == (False, "La présidence passe outre")


def test_who_is_recused_leaves_the_number_in_office_or_the_number_present_by_the_reading() -> None:
    for reading, required in (("office", 5), ("present", 6)):
        thread = seated(6, adjust={"quorum_recusal": {"value": reading, "source": "RI, art. 12"}})
        thread.send("member.recused", item="budget", data={"members": ["m1", "m2"]})
        found = thread.state.quorum(BUDGET)
        assert found is not None
        assert (found.present, found.recused, found.required) == (4, 2, required)
        assert thread.state.quorum(ItemId("roads")) is not None
        assert refused(thread, "vote.recorded", item="budget", data={"unanimous": True}) == "quorum_lost"
    thread = seated(7)
    thread.send("member.recused", item="budget", data={"members": ["m1", "m2"]})
    assert vote(thread, unanimous=True)["for"] == 5


def test_who_is_recused_holds_no_proxy_for_the_item_and_gives_none() -> None:
    thread = seated(8)
    thread.send("proxy.given", data={"from": "m10", "to": "m1"})
    thread.send("proxy.given", data={"from": "m11", "to": "m2"})
    thread.send("member.recused", item="budget", data={"members": ["m1", "m11"]})
    assert vote(thread, unanimous=True)["for"] == 7
    thread.send("item.opened", item="roads")
    assert (thread.send("vote.recorded", item="roads", data={"unanimous": True}).data or {})["for"] == 10


def test_a_second_call_needs_no_quorum() -> None:
    thread = PureThread(agenda())
    members = [{"id": one, "name": one} for one in SEATS]
    thread.send("assembly.set", data={"name": "C", "rules": {"profile": "departement"}, "members": members})
    thread.send("member.arrived", data={"member": "m1"})
    opened = thread.send("sitting.opened", data={"second_call": True})
    assert (opened.data or {})["quorum"]["waived"] is True
    thread.send("item.opened", item="budget")
    assert vote(thread, unanimous=True)["result"] == "adopted"


def test_a_proxy_ends_when_its_giver_arrives_and_counts_while_its_holder_is_there() -> None:
    thread = seated(7)
    thread.send("proxy.given", data={"from": "m9", "to": "m1"})
    assert len(thread.state.electorate(BUDGET)) == 8
    thread.send("member.left", data={"member": "m1"})
    assert len(thread.state.electorate(BUDGET)) == 6
    thread.send("member.arrived", data={"members": ["m1", "m9"]})
    assert len(thread.state.electorate(BUDGET)) == 8
    assert refused(thread, "proxy.revoked", data={"member": "m9"}) == "proxy_none"


@pytest.mark.parametrize(
    ("giver", "holder", "code"),
    [
        ("m9", "m9", "proxy_to_oneself"),
        ("m2", "m1", "proxy_giver_present"),
        ("m9", "m1", "proxy_holder_full"),
        ("m9", "m8", "proxy_holder_represented"),
        ("m99", "m2", "member_unknown"),
    ],
)
def test_a_proxy_that_cannot_be_given_is_refused(giver: str, holder: str, code: str) -> None:
    thread = seated(7)
    thread.send("proxy.given", data={"from": "m8", "to": "m1"})
    assert refused(thread, "proxy.given", data={"from": giver, "to": holder}) == code


def test_a_departure_noticed_late_counts_from_its_minute() -> None:
    thread = seated(6)
    thread.send("update.posted", NINE + timedelta(minutes=30), item="budget", data={"text": "a"})
    late = (NINE + timedelta(minutes=10)).isoformat()
    thread.send("member.left", NINE + timedelta(minutes=40), at=late, data={"member": "m6"})
    at = (NINE + timedelta(minutes=5)).isoformat()
    early = thread.send("vote.recorded", NINE + timedelta(minutes=41), at=at, item="budget", data={"unanimous": True})
    assert (early.data or {})["for"] == 6, "at that minute the sixth was still there"
    assert refused(
        thread, "vote.recorded", now=NINE + timedelta(minutes=42), item="budget", data={"unanimous": True}
    ) == ("quorum_lost")


def test_a_correction_of_attendance_shows_before_and_after() -> None:
    thread = seated(6)
    wrong = thread.entries[3]
    corrected = thread.send(
        "member.corrected", data={"entry": wrong.id, "reason": "m6 était absent", "members": list(SEATS[:5])}
    )
    data = corrected.data or {}
    assert [one["id"] for one in data["before"]["members"]] == list(SEATS[:6])
    assert [one["id"] for one in data["members"]] == list(SEATS[:5])
    assert thread.state.attendance.present == set(SEATS[:5])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"for": 8, "against": 1, "abstention": 0}, "vote_total"),
        ({"for": 4, "against": 1}, "vote_total"),
        ({"for": 3, "against": 4, "result": "adopted"}, "vote_result"),
        ({"for": 3, "against": 3, "abstention": 1}, "vote_tie"),
        ({"for": 7, "unanimous": True}, "vote_form"),
        ({}, "vote_form"),
        ({"votes": {"m1": "for"}}, "names_need_public"),
        ({"ballot": "public", "for": 7}, "public_needs_names"),
        ({"ballot": "public", "votes": {"m1": "for"}}, "source_needed"),
        ({"ballot": "public", "votes": {"m1": "for"}, "source": "secretary"}, "names_unconfirmed"),
        ({"ballot": "public", "votes": {"m9": "for"}, "source": "device"}, "member_without_voice"),
        ({"ballot": "public", "votes": {"x": "for"}, "source": "device"}, "member_unknown"),
        ({"groups": {"nobody": "for"}}, "group_unknown"),
        ({"groups": {"pair": "for"}}, "vote_total"),
        ({"for": 7, "majority": "qualified"}, "vote_share"),
        ({"for": 7, "majority": "qualified", "share": "3/2"}, "vote_share"),
        ({"candidates": [{"name": "A", "voices": 7}]}, "appointment_secret"),
        ({"ballot": "secret", "candidates": [{"name": "A", "voices": 6}]}, "vote_total"),
        ({"ballot": "secret", "candidates": [{"name": "A", "voices": 7}], "round": 2}, "round_before"),
    ],
)
def test_a_vote_that_does_not_add_up_is_refused(data: dict[str, Any], code: str) -> None:
    assert refused(seated(7), "vote.recorded", item="budget", data=data) == code


def test_numbers_that_do_not_add_up_are_named() -> None:
    with pytest.raises(InputError) as caught:
        vote(seated(7), **{"for": 5, "against": 1})
    assert [(each.code, dict(each.params)) for each in caught.value.problems] == [
        ("vote-total", {"noted": 6, "voices": 7})
    ]


def test_a_vote_by_groups_with_exceptions_keeps_what_each_group_did() -> None:
    found = vote(seated(7), groups={"*": "for", "pair": "against"}, **{"except": {"m2": "abstention"}})
    assert (found["for"], found["against"], found["abstention"], found["result"]) == (4, 2, 1, "adopted")
    assert found["groups"] == [
        {"group": "PAI", "against": 2, "abstention": 1},
        {"group": "Groupe impair", "for": 4},
    ]
    assert "votes" not in found, "by hands nobody was named"


def test_a_public_ballot_names_everybody_who_has_a_voice() -> None:
    thread = seated(7)
    thread.send("proxy.given", data={"from": "m8", "to": "m1"})
    found = vote(thread, ballot="public", source="roll_call", votes={"m1": "for", "m8": "for", "m2": "against"})
    assert {choice: [one["id"] for one in ones] for choice, ones in found["votes"].items()} == {
        "for": ["m1", "m8"],
        "against": ["m2"],
        "not_voting": ["m3", "m4", "m5", "m6", "m7"],
    }
    assert (found["for"], found["against"], found["not_voting"], found["voices"]) == (2, 1, 5, 8)


def test_the_president_s_voice_decides_a_tie_but_never_in_secret() -> None:
    found = vote(seated(6), **{"for": 3, "against": 3, "result": "adopted"})
    assert (found["result"], found["casting"]) == ("adopted", True)
    secret = vote(seated(6), ballot="secret", **{"for": 3, "against": 3})
    assert (secret["result"], "casting" in secret) == ("rejected", False)


def test_majorities_of_those_in_office_and_of_two_thirds() -> None:
    thread = seated(8)
    assert vote(thread, majority="absolute", of="in_office", **{"for": 5, "not_voting": 3})["result"] == "rejected"
    assert vote(thread, majority="absolute", of="in_office", **{"for": 6, "not_voting": 2})["result"] == "adopted"
    two_thirds = vote(thread, majority="qualified", share="2/3", **{"for": 4, "against": 2, "abstention": 2})
    assert (two_thirds["result"], two_thirds["needed"]) == ("adopted", 4)


def test_an_appointment_goes_through_its_rounds() -> None:
    thread = seated(7)

    def ballot(round_: int, *voices: int, **more: Any) -> dict[str, Any]:
        names = [{"name": name, "voices": count} for name, count in zip("ABC", voices, strict=True)]
        return vote(thread, ballot="secret", candidates=names, round=round_, **more)

    assert ballot(1, 3, 3, 1)["result"] == "no_majority"
    assert refused(thread, "vote.recorded", item="budget", data={
        "ballot": "secret", "round": 3, "candidates": [{"name": "A", "voices": 7}],
    }) == "round_before"  # fmt: skip
    assert ballot(2, 3, 3, 0, blank=1)["elected"] == []
    with pytest.raises(InputError, match="vote_tie_elected"):
        ballot(3, 3, 3, 1)
    last = ballot(3, 3, 3, 1, elected=["B"])
    assert (last["result"], last["elected"], last["decision"]) == ("elected", ["B"], 1)


def test_a_round_that_nobody_counted_is_the_next_one() -> None:
    thread = seated(7)

    def ballot(*voices: int, **more: Any) -> int:
        names = [{"name": name, "voices": count} for name, count in zip("ABC", voices, strict=True)]
        return int(vote(thread, ballot="secret", candidates=names, **more)["round"])

    assert [ballot(3, 3, 1), ballot(3, 3, 1, subject="SEM"), ballot(3, 3, 1), ballot(3, 4, 0)] == [1, 1, 2, 3]
    # Somebody was elected: what is voted now is another appointment.
    assert ballot(7, 0, 0) == 1


def test_the_election_of_the_president_has_a_quorum_and_a_majority_of_its_own() -> None:
    thread = seated(7, "departement")
    ballot = {
        "ballot": "secret",
        "matter": "president",
        "candidates": [{"name": "A", "voices": 5}, {"name": "B", "voices": 2}],
    }
    # Two thirds of eleven, CGCT L3122-1: seven are too few.
    assert refused(thread, "vote.recorded", item="budget", data=ballot) == "quorum_lost"
    thread.send("member.arrived", data={"member": "m8"})
    found = vote(thread, **{**ballot, "blank": 1})
    # Five of eight is a majority of the votes cast, but not of the eleven members.
    assert (found["result"], found["quorum"]["required"], "decision" in found) == ("no_majority", 8, False)
    again = [{"name": "A", "voices": 6}, {"name": "B", "voices": 2}]
    assert vote(thread, **{**ballot, "round": 2, "candidates": again})["elected"] == ["A"]


def test_decisions_are_numbered_and_a_second_vote_on_an_item_keeps_the_number() -> None:
    thread = seated(7)
    assert "decision" not in vote(thread, subject="Amendement 1", unanimous=True)
    assert vote(thread, **{"for": 3, "against": 4})["decision"] == 1
    thread.send("item.opened", item="roads")
    roads = thread.send("vote.recorded", item="roads", data={"unanimous": True})
    assert (roads.data or {})["decision"] == 2
    assert vote(thread, unanimous=True)["decision"] == 1
    assert [(each.decision, each.data["result"]) for each in thread.state.decisions()] == [
        (1, "adopted"),
        (2, "adopted"),
    ]


def test_a_corrected_vote_is_judged_on_the_room_as_it_was_and_stays_where_it_was() -> None:
    thread = seated(7)
    first = thread.send("vote.recorded", NINE + timedelta(minutes=1), item="budget", data={"for": 7})
    thread.send("member.left", NINE + timedelta(minutes=2), data={"members": ["m6", "m7"]})
    thread.send("vote.corrected", NINE + timedelta(minutes=3), data={
        "entry": first.id, "reason": "deux contre oubliés", "for": 5, "against": 2,
    })  # fmt: skip
    held = thread.state.votes[first.id]
    assert (held.data["for"], held.data["against"], held.data["voices"], held.decision) == (5, 2, 7, 1)
    assert thread.state.last_vote == held
    assert thread.state.entries[first.id].amended_by == (entry_id(len(thread.entries)),)


def test_a_secret_ballot_that_was_asked_for_comes_before_any_other() -> None:
    thread = seated(9)
    few = thread.send("motion.tabled", data={"type": "secret_ballot", "by": ["m1", "m2"]})
    assert (few.data or {})["reached"] is False
    assert vote(thread, unanimous=True)["result"] == "adopted"
    asked = thread.send("motion.tabled", data={"type": "public_ballot", "by": ["m1", "m2", "m3"]})
    assert (asked.data or {})["reached"] is True
    assert refused(thread, "vote.recorded", item="budget", data={"unanimous": True}) == "public_ballot_requested"
    secret = thread.send("motion.tabled", data={"type": "secret_ballot", "by": ["m4", "m5", "m6"]})
    named = {"ballot": "public", "source": "roll_call", "votes": {"m1": "for"}}
    assert refused(thread, "vote.recorded", item="budget", data=named) == "secret_ballot_requested"
    thread.send("motion.withdrawn", data={"entry": secret.id})
    assert vote(thread, **named)["for"] == 1


def test_an_item_is_corrected_and_only_what_is_given_changes() -> None:
    thread = seated(7)
    before = next(known for known in thread.state.agenda.items if known.id == "budget")
    entry = thread.send("item.corrected", item="budget", data={"title": "Budget 2027", "number": before.number})
    assert entry.data == {"title": "Budget 2027", "before": {"title": before.title}, "internal": []}
    assert entry.as_public_json()["data"] == {"title": "Budget 2027", "before": {"title": before.title}}
    assert thread.state.items[BUDGET] == replace(before, title="Budget 2027")
    assert thread.state.agenda.items[0].title == "Budget 2027"
    assert refused(thread, "item.corrected", item="budget", data={"title": "Budget 2027"}) == "item_correction_same"
    assert refused(thread, "item.corrected", item="budget", data={"reason": "faute"}) == "item_correction_empty"
    assert refused(thread, "item.corrected", item="budget", data={"title": "X", "erased": True}) == "reason_needed"
    thread.send("item.corrected", item="budget", data={"rapporteur": "Mme Lussandre"})
    thread.send("item.corrected", item="budget", data={"rapporteur": ""})
    assert thread.state.items[BUDGET].rapporteur is None


def test_the_correction_of_a_closed_item_shows_what_the_agenda_shows_of_it() -> None:
    thread = seated(7)
    inside = thread.send("item.corrected", item="closed", data={"title": "Mesure concernant M. X", "reason": "X"})
    assert inside.pos is None
    shown = thread.send(
        "item.corrected", item="closed", data={"title": "Mesure", "number": "9", "public_title": "Social"}
    )
    assert shown.pos is not None
    assert {"title": "Social", "public_title": "Social", "number": "9"}.items() <= shown.as_public_json()[
        "data"
    ].items()
    assert "Mesure" not in str(shown.as_public_json())
    thread.send("closed_part.begun")
    assert thread.send("item.corrected", item="closed", data={"title": "Autre"}).pos is None
    assert refused(thread, "item.corrected", item="closed", data={"number": "10"}) == "closed_part_hides"
    assert refused(thread, "item.corrected", item="budget", data={"title": "Autre"}) == "closed_part_hides"


def test_items_are_put_off_taken_off_added_moved_and_joined() -> None:
    thread = seated(7)
    assert refused(thread, "item.added", data={"title": "Vœu", "reason": "urgence"}) == "item_added_why"
    added = thread.send("item.added", data={
        "title": "Subvention", "after": "budget", "reason": "urgence", "article": "CGCT L2121-12",
    })  # fmt: skip
    assert [known.id for known in thread.state.agenda.items][:3] == ["budget", added.item, "roads"]
    told = thread.send("item.added", data={"title": "Point d’information", "information_only": True})
    thread.send("item.opened", item=told.item)
    assert refused(thread, "vote.recorded", item=told.item, data={"unanimous": True}) == "item_information_only"
    thread.send("item.postponed", item="roads", data={"reason": "dossier incomplet"})
    thread.send("item.withdrawn", item="care")
    assert [thread.state.item_status(ItemId(one)) for one in ("roads", "care")] == ["postponed", "withdrawn"]
    thread.send("item.opened", item="roads")
    assert thread.state.item_status(ItemId("roads")) == "current"
    thread.send("item.joined", item="roads", data={"items": ["care"]})
    assert thread.state.item_status(ItemId("care")) == "current"
    assert refused(thread, "item.joined", item="roads", data={"items": ["closed"]}) == "items_not_alike"
    thread.send("item.reordered", item="roads", data={"after": None})
    assert thread.state.agenda.items[0].id == "roads"
    vote(thread, unanimous=True)
    assert refused(thread, "item.withdrawn", item="budget") == "item_decided"


def test_a_closed_part_is_asked_for_and_voted_in_one_command() -> None:
    thread = seated(7)
    few = {"requested_by": ["m1", "m2"]}
    assert refused(thread, "closed_part.begun", data=few) == "closed_part_requesters"
    against = {"by_president": True, "for": 3, "against": 4}
    assert refused(thread, "closed_part.begun", data=against) == "closed_part_rejected"
    asked = {"requested_by": ["m1", "m2", "m3"], "for": 5, "against": 1, "abstention": 1}
    begun = thread.send("closed_part.begun", data=asked)
    held = thread.entries[-2]
    assert (held.kind, held.pos is not None, (held.data or {})["matter"]) == ("vote.recorded", True, "closed_part")
    assert [one["id"] for one in (begun.data or {})["requested_by"]] == ["m1", "m2", "m3"]
    assert thread.state.last_decision == 0
    for kind, envelope in (
        ("item.postponed", {"item": "roads"}),
        ("assembly.set", {"data": {"name": "autre"}}),
        ("secretary.named", {"data": {"member": "m1"}}),
    ):
        assert refused(thread, kind, **envelope) == "closed_part_hides"


def test_a_sitting_over_midnight_is_suspended_to_the_next_day_and_closed_for_want_of_quorum() -> None:
    thread = seated(7)
    night = NINE + timedelta(hours=16)
    until = (NINE + timedelta(hours=24)).isoformat()
    thread.send("sitting.suspended", night, data={"until": until})
    thread.send("sitting.resumed", night + timedelta(hours=8))
    assert refused(thread, "sitting.closed", data={"want_of_quorum": True}) == "quorum_is_met"
    thread.send("member.left", night + timedelta(hours=9), data={"members": ["m6", "m7"]})
    closed = thread.send("sitting.closed", night + timedelta(hours=9), data={"want_of_quorum": True})
    assert (closed.data or {})["quorum"] == {
        "in_office": 11, "present": 5, "represented": 0, "recused": 0, "required": 6, "met": False,
    }  # fmt: skip
    thread.send("sitting.reopened", night + timedelta(hours=9, minutes=1))
    assert thread.state.status == "open"
    assert thread.state.attendance.present == set(SEATS[:5])


def test_speakers_are_called_from_their_list() -> None:
    thread = seated(7)
    for one in ("m1", "m2", "m3"):
        thread.send("speech.requested", data={"member": one})
    thread.send("speech.waived", data={"member": "m2"})
    thread.send("speech.begun", data={"member": "m1", "allotted": 300})
    summary = thread.state.summary()
    assert summary["speakers"] == [{"id": "m3", "name": "Membre 3", "group": "Groupe impair"}]
    assert summary["speaker"] == {
        "id": "m1", "name": "Membre 1", "group": "Groupe impair", "since": "2026-11-20T09:00:00.000Z", "allotted": 300,
    }  # fmt: skip
    thread.send("item.opened", item="roads")
    assert (thread.state.speech, thread.state.speakers) == (None, ())


def test_old_threads_without_members_go_on_as_before() -> None:
    thread = PureThread(agenda())
    thread.send("sitting.opened")
    thread.send("item.opened", item="budget")
    assert refused(thread, "member.arrived", data={"member": "m1"}) == "members_unknown"
    assert refused(thread, "vote.recorded", item="budget", data={"unanimous": True}) == "attendance_unknown"
    assert vote(thread, **{"for": 20, "against": 3})["result"] == "adopted"
    assert thread.state.quorum() is None
