"""The document that a log folds into."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from livesession.domain.agenda import AgendaItem, Document
from livesession.domain.ids import ItemId
from livesession.minutes.document import (
    ClosedDoors,
    Correction,
    Event,
    Mark,
    Period,
    Record,
    Section,
    Update,
    Vote,
)
from livesession.telling import is_unanimous
from tests.sittings import CLOSED_CHILD_TITLE, CLOSED_TITLE, PureThread
from tests.unit.minutes.threads import HEAD, at, opened, post, public, whole


def section(record: Record, item: str) -> Section:
    """The section of one item."""
    return next(found for found in record.sections if found.id == item)


def test_record_of_a_sitting_to_come_states_its_agenda_in_order() -> None:
    record = public(PureThread())
    assert replace(record, sections=()) == Record(
        slug="plenary",
        title="Séance plénière",
        assembly="Conseil départemental",
        location=None,
        starts=datetime.fromisoformat("2026-11-20T09:00:00+01:00"),
        timezone="Europe/Paris",
        language="fr",
        public=True,
        whole=False,
        status="scheduled",
        opened_at=None,
        closed_at=None,
        suspensions=(),
        closed_parts=(),
        lines=(),
        sections=(),
        head=HEAD,
    )
    assert [(found.depth, found.number, found.title, found.kind, found.public) for found in record.sections] == [
        (1, "1", "Budget primitif", "item", True),
        (1, "2", "Voirie", "item", True),
        (1, "", "Solidarités", "heading", True),
        (2, "3", "Aide à domicile", "item", True),
        (1, "4", None, "item", False),
        (2, "4.1", None, "item", False),
    ]


def test_section_carries_rapporteur_and_documents() -> None:
    papers = (Document(title="Rapport", url="https://example.org/1.pdf"),)
    item = AgendaItem(id=ItemId("one"), number="1", title="Un", rapporteur="Mme Diallo", documents=papers)
    (found,) = public(opened("one", items=(item,))).sections
    assert found == Section(
        id=ItemId("one"),
        depth=1,
        number="1",
        title="Un",
        kind="item",
        public=True,
        rapporteur="Mme Diallo",
        documents=papers,
        periods=(Period(at(1)),),
    )


def test_sitting_s_own_lines_are_its_steps_and_what_is_on_no_item() -> None:
    thread = opened()
    said = post(thread, 3, "Bonjour", None)
    paused = thread.send("sitting.suspended", at(10), data={"reason": "Pause."})
    resumed = thread.send("sitting.resumed", at(20))
    closed = thread.send("sitting.closed", at(40))
    record = public(thread)
    assert record.lines == (
        Event(id=thread.entries[2].id, at=at(0), kind="sitting.opened", data={}),
        Update(id=said.id, at=at(3), text="Bonjour"),
        Event(id=paused.id, at=at(10), kind="sitting.suspended", data={"reason": "Pause."}),
        Event(id=resumed.id, at=at(20), kind="sitting.resumed", data={}),
        Event(id=closed.id, at=at(40), kind="sitting.closed", data={}),
    )
    assert (record.opened_at, record.closed_at, record.suspensions) == (at(0), at(40), (Period(at(10), at(20)),))
    # Closing the sitting closed the item that was open.
    assert section(record, "budget").periods == (Period(at(1), at(40)),)


def test_item_taken_up_twice_has_two_periods() -> None:
    thread = opened()
    thread.send("item.opened", at(5), item="roads")
    thread.send("item.closed", at(8), item="roads")
    thread.send("item.opened", at(9), item="budget")
    record = public(thread)
    assert section(record, "budget").periods == (Period(at(1), at(5)), Period(at(9)))
    assert section(record, "roads").periods == (Period(at(5), at(8)),)


def test_lines_are_in_the_order_of_what_happened_not_of_what_was_written() -> None:
    thread = opened()
    post(thread, 5, "second")
    thread.send("update.posted", at(6), item="budget", at="2026-11-20T09:02:00.000Z", data={"text": "first"})
    assert [line.text for line in section(public(thread), "budget").lines if isinstance(line, Update)] == [
        "first",
        "second",
    ]


def test_corrections_form_a_chain_from_the_first_text_to_the_last() -> None:
    thread = opened()
    said = post(thread, 2, "168 M€")
    thread.send("update.corrected", at(3), data={"entry": said.id, "text": "186 M", "reason": "Erreur de saisie."})
    thread.send("update.corrected", at(4), data={"entry": said.id, "text": "186 M€"})
    (line,) = section(public(thread), "budget").lines
    assert line == Update(
        id=said.id,
        at=at(2),
        text="186 M€",
        corrections=(
            Correction(at=at(3), before="168 M€", after="186 M", reason="Erreur de saisie."),
            Correction(at=at(4), before="186 M", after="186 M€", reason=None),
        ),
    )


def test_retraction_is_a_mark_on_its_text() -> None:
    thread = opened()
    said = post(thread, 2, "trop tôt")
    thread.send("update.retracted", at(3), data={"entry": said.id, "reason": "Doublon."})
    (line,) = section(public(thread), "budget").lines
    assert line == Update(id=said.id, at=at(2), text="trop tôt", retracted=Mark(at(3), "Doublon."))


@pytest.mark.parametrize("view", [public, whole])
def test_erasure_leaves_its_time_and_reason_and_nothing_of_the_text(view: object) -> None:
    thread = opened()
    said = post(thread, 2, "une adresse")
    thread.send("update.corrected", at(3), data={"entry": said.id, "text": "une autre adresse", "reason": "adresse"})
    thread.send("update.erased", at(4), data={"entry": said.id, "reason": "Demande écrite."})
    record = view(thread)  # type: ignore[operator]  # either function above
    assert section(record, "budget").lines == (
        Update(id=said.id, at=at(2), text=None, erasure=Mark(at(4), "Demande écrite.")),
    )
    assert "adresse" not in repr(record)


def test_erased_text_whose_erasure_lies_beyond_the_head_is_still_empty() -> None:
    thread = opened()
    said = post(thread, 2, "une adresse")
    thread.send("update.erased", at(4), data={"entry": said.id, "reason": "Demande écrite."})
    thread.entries.pop()
    assert section(public(thread), "budget").lines == (Update(id=said.id, at=at(2), text=None),)


def test_vote_states_its_numbers() -> None:
    thread = opened()
    numbers = {"for": 34, "against": 15, "abstention": 2, "result": "adopted"}
    cast = thread.send("vote.recorded", at(2), item="budget", data={"subject": "Budget", **numbers})
    (line,) = section(public(thread), "budget").lines
    assert line == Vote(
        id=cast.id,
        at=at(2),
        data={"subject": "Budget", "ballot": "show_of_hands", **numbers},
    )


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((51, 0, 0, "adopted"), True),
        ((51, 0, 1, "adopted"), False),
        ((51, 1, 0, "adopted"), False),
        ((0, 9, 0, "rejected"), True),
        ((1, 9, 0, "rejected"), False),
        ((0, 0, 0, "adopted"), False),
    ],
)
def test_vote_is_unanimous_where_every_voice_went_one_way(numbers: tuple[int, int, int, str], expected: bool) -> None:
    in_favour, against, abstention, result = numbers
    data = {"for": in_favour, "against": against, "abstention": abstention, "result": result}
    assert is_unanimous(data) is expected
    assert not is_unanimous({**data, "blank": 1})


def closed_doors() -> PureThread:
    """Budget, then the closed item with a text, then the doors open and roads come."""
    thread = opened()
    thread.send("item.opened", at(31), item="closed")
    post(thread, 35, "SECRET", "closed")
    post(thread, 36, "SECRET AUSSI", None)
    thread.send("closed_part.ended", at(52))
    thread.send("item.opened", at(53), item="roads")
    post(thread, 54, "Reprise", "roads")
    return thread


def test_public_record_tells_of_a_closed_part_only_from_when_to_when() -> None:
    thread = closed_doors()
    record = public(thread)
    begun = next(entry for entry in thread.entries if entry.kind == "closed_part.begun")
    assert record.lines[1:] == (ClosedDoors(id=begun.id, at=at(31), ended=at(52)),)
    assert record.closed_parts == (Period(at(31), at(52)),)
    found = section(record, "closed")
    assert (found.title, found.rapporteur, found.periods, found.lines) == (None, None, (), ())
    # The public is not told when within the closed part the budget ended.
    assert section(record, "budget").periods == (Period(at(1)),)
    for hidden in ("SECRET", CLOSED_TITLE, CLOSED_CHILD_TITLE, "RAPPORTEUR-CLOS"):
        assert hidden not in repr(record)


def test_whole_record_marks_what_is_restricted() -> None:
    thread = closed_doors()
    record = whole(thread)
    found = section(record, "closed")
    assert (found.title, found.rapporteur, found.periods) == (
        CLOSED_TITLE,
        "RAPPORTEUR-CLOS",
        (Period(at(31), at(52)),),
    )
    assert [(line.at, line.restricted) for line in found.lines] == [(at(35), True)]
    assert [(line.at, line.restricted) for line in record.lines] == [(at(0), False), (at(31), False), (at(36), True)]
    assert [line.restricted for line in section(record, "roads").lines] == [False]


def test_closed_part_that_lasts_has_no_end() -> None:
    thread = opened()
    begun = thread.send("closed_part.begun", at(31), data={"reason": "Personnel."})
    assert public(thread).lines[-1] == ClosedDoors(id=begun.id, at=at(31), ended=None, data={"reason": "Personnel."})


def test_pause_that_ended_behind_closed_doors_has_no_end_the_public_knows() -> None:
    thread = opened()
    thread.send("sitting.suspended", at(5))
    thread.send("closed_part.begun", at(6))
    thread.send("sitting.resumed", at(7))
    thread.send("closed_part.ended", at(8))
    assert public(thread).suspensions == (Period(at(5)),)
    assert whole(thread).suspensions == (Period(at(5), at(7)),)


def test_item_the_public_finds_open_after_a_closed_part_has_no_beginning_it_knows() -> None:
    thread = opened()
    thread.send("closed_part.begun", at(6))
    thread.send("item.opened", at(7), item="roads")
    thread.send("closed_part.ended", at(8))
    thread.send("item.closed", at(9), item="roads")
    assert section(public(thread), "roads").periods == (Period(None, at(9)),)
    assert section(whole(thread), "roads").periods == (Period(at(7), at(9)),)


def test_sitting_in_private_as_a_whole_shows_the_public_its_frame_only() -> None:
    thread = opened(public=False)
    post(thread, 3, "SECRET")
    record = public(thread)
    assert (record.public, record.sections, record.opened_at) == (False, (), at(0))
    assert [type(line) for line in record.lines] == [Event]
    assert "SECRET" not in repr(record)


def test_entry_on_an_item_that_the_agenda_lacks_stands_with_the_sitting() -> None:
    thread = opened()
    said = post(thread, 3, "perdu")
    thread.entries[-1] = replace(said, item=ItemId("gone"))
    assert public(thread).lines[-1] == Update(id=said.id, at=at(3), text="perdu")


def test_a_voice_given_to_somebody_who_never_came_is_not_represented() -> None:
    thread = PureThread()
    members = [{"id": f"m{n}", "name": f"Mme {n}"} for n in range(1, 6)]
    thread.send("assembly.set", data={"name": "Conseil", "members": members})
    thread.send("member.arrived", data={"members": ["m1"]})
    for giver, holder in (("m2", "m1"), ("m3", "m4")):
        thread.send("proxy.given", data={"from": giver, "to": holder})
    held = public(thread).presence
    assert held is not None
    assert (held.present, held.represented, held.absent) == (
        ("Mme 1",),
        (("Mme 2", "Mme 1"),),
        ("Mme 3", "Mme 4", "Mme 5"),
    )


def test_speech_ends_where_another_begins_and_nowhere_that_nobody_noted() -> None:
    thread = opened()
    for minute, name in ((3, "Mme Un"), (5, "M. Deux")):
        said = post(thread, minute, "x")
        data = {"members": [{"name": name}]}
        thread.entries[-1] = replace(said, kind="speech.begun", data=data)
    lines = section(public(thread), "budget").lines
    assert [(line.at, line.ended) for line in lines if isinstance(line, Event)] == [(at(3), at(5)), (at(5), None)]


def test_kinds_that_are_not_known_yet_are_passed_over() -> None:
    thread = opened()
    said = post(thread, 3, "x")
    thread.entries[-1] = replace(said, kind="speech.translated")
    assert section(public(thread), "budget").lines == ()


def test_day_is_the_council_s_own() -> None:
    thread = PureThread()
    assert str(public(thread).day) == "2026-11-20"
    thread.send("sitting.opened", datetime(2026, 11, 20, 23, 30, tzinfo=UTC))
    assert str(public(thread).day) == "2026-11-21"
    assert public(opened(starts=None)).day == at(0).date()
