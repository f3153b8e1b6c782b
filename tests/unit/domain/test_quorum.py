"""The quorum: for every size of body, every number of recusals, every reading, and at its very edge."""

from collections.abc import Iterable
from fractions import Fraction
from functools import cache

import pytest
from immutables import Map

from livesession.domain.assembly import Assembly, Member, MemberId
from livesession.domain.attendance import Attendance, Presence
from livesession.domain.ids import ItemId
from livesession.domain.quorum import Quorum, QuorumRule, quorum
from livesession.domain.rules import PROFILES, Rules

ITEM = ItemId("budget")
OTHER = ItemId("roads")
READINGS = ("office", "present")
SIZES = range(1, 61)
RECUSALS = range(6)


@cache
def body(in_office: int, profile: str, reading: str = "office", share: str | None = None) -> Assembly:
    """A body of that many members under a profile."""
    adjust = {"quorum_recusal": {"value": reading}} | ({} if share is None else {"quorum": {"value": share}})
    return Assembly(rules=Rules(profile=profile, adjust=adjust), members=tuple(
        Member(id=MemberId(f"m{number}"), name=f"Membre {number}") for number in range(in_office)
    ))  # fmt: skip


def here(members: Iterable[MemberId]) -> Map[MemberId, Presence]:
    presence: dict[MemberId, Presence] = dict.fromkeys(members, "present")
    return Map(presence)


def room(assembly: Assembly, present: int, recused: int) -> Attendance:
    """The first of the members are recused from the item, all of them there; those ``present`` follow them."""
    ids = [member.id for member in assembly.members]
    return Attendance(presence=here(ids[: recused + present]), recused=Map({ITEM: frozenset(ids[:recused])}))


def more_than_half(number: int) -> int:
    """The least whole number that is more than half, counted up."""
    return next(least for least in range(number + 2) if 2 * least > number)


def at_least(number: int, share: Fraction) -> int:
    """The least whole number, one at least, that is not under the share, counted up."""
    return next(least for least in range(1, number + 2) if least * share.denominator >= number * share.numerator)


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("profile", PROFILES)
def test_more_than_half_are_required_whatever_the_size_and_the_recusals(profile: str, reading: str) -> None:
    for in_office in SIZES:
        assembly = body(in_office, profile, reading)
        for recused in range(min(in_office, RECUSALS[-1]) + 1):
            base = in_office - recused if reading == "office" else in_office
            required = more_than_half(base)
            for present in {required, required - 1, in_office - recused} - {-1}:
                if present > in_office - recused:
                    continue
                found = quorum(assembly, room(assembly, present, recused), ITEM)
                assert found == Quorum(
                    in_office=in_office, present=present, represented=0, recused=recused, required=required
                )
                assert found.met is (present >= required)


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("profile", PROFILES)
def test_a_second_call_needs_nobody_and_still_says_the_numbers(profile: str, reading: str) -> None:
    for in_office in SIZES:
        assembly = body(in_office, profile, reading)
        for recused in range(min(in_office, RECUSALS[-1]) + 1):
            first = quorum(assembly, room(assembly, 0, recused), ITEM)
            second = quorum(assembly, room(assembly, 0, recused), ITEM, second_call=True)
            assert first is not None
            assert second is not None
            assert (first.met, second.met, second.waived) == (False, True, True)
            assert second.as_json() == first.as_json() | {"met": True, "waived": True}


@pytest.mark.parametrize("profile", PROFILES)
def test_where_all_are_recused_nobody_decides_but_at_a_second_call(profile: str) -> None:
    assembly = body(3, profile)
    found = quorum(assembly, room(assembly, 0, 3), ITEM)
    assert found == Quorum(in_office=3, present=0, represented=0, recused=3, required=1)
    assert not found.met


def test_the_reading_present_never_asks_for_less() -> None:
    for in_office in SIZES:
        for recused in range(min(in_office, RECUSALS[-1]) + 1):
            leaving, staying = (
                quorum(body(in_office, "commune", reading), room(body(in_office, "commune"), 0, recused), ITEM)
                for reading in READINGS
            )
            assert leaving is not None
            assert staying is not None
            assert leaving.required <= staying.required


@pytest.mark.parametrize("share", ["1/3", "1/4", "2/5", "2/3", "3/4", "1/1"])
@pytest.mark.parametrize("reading", READINGS)
def test_any_other_share_is_at_least_that_share(share: str, reading: str) -> None:
    for in_office in SIZES:
        assembly = body(in_office, "commune", reading, share)
        for recused in range(min(in_office - 1, RECUSALS[-1]) + 1):
            base = in_office - recused if reading == "office" else in_office
            found = quorum(assembly, room(assembly, 0, recused), ITEM)
            assert found is not None
            assert found.required == at_least(base, Fraction(share)) <= base


def test_half_is_more_than_half_however_it_is_written() -> None:
    for in_office in SIZES:
        found = quorum(body(in_office, "neutral", share="2/4"), Attendance())
        assert found is not None
        assert found.required == more_than_half(in_office)


@pytest.mark.parametrize(("profile", "share"), [
    ("commune", "1/2"), ("epci", "1/2"), ("neutral", "1/2"), ("departement", "2/3"), ("region", "2/3"),
])  # fmt: skip
def test_a_larger_body_elects_its_president_with_two_thirds_present(profile: str, share: str) -> None:
    for in_office in SIZES:
        assembly = body(in_office, profile)
        needed = more_than_half(in_office) if share == "1/2" else at_least(in_office, Fraction(share))
        for present in (needed, needed - 1):
            found = quorum(assembly, room(assembly, present, 0), rule="quorum_president")
            assert found is not None
            assert (found.required, found.met) == (needed, present == needed)


def test_a_council_that_does_without_needs_nobody() -> None:
    assembly = Assembly(
        rules=Rules(profile="neutral", adjust={"quorum": {"value": None}}), members=body(9, "neutral").members
    )
    found = quorum(assembly, Attendance())
    assert found == Quorum(in_office=9, present=0, represented=0, recused=0, required=0)
    assert found.met


@pytest.mark.parametrize("rule", ["quorum", "quorum_president"])
def test_where_the_members_are_not_known_nobody_can_tell(rule: QuorumRule) -> None:
    assert quorum(Assembly(), Attendance(), second_call=True, rule=rule) is None


def test_a_recusal_holds_for_its_item_only() -> None:
    assembly = body(11, "commune")
    there = room(assembly, 4, 2)
    found = [quorum(assembly, there, item) for item in (ITEM, OTHER, None)]
    assert [(each.present, each.recused, each.required) for each in found if each] == [(4, 2, 5), (6, 0, 6), (6, 0, 6)]


def test_proxies_are_voices_and_no_presence() -> None:
    assembly = body(11, "commune")
    ids = [member.id for member in assembly.members]
    proxies = Map({ids[9]: ids[0], ids[10]: ids[1], ids[8]: ids[7]})
    there = Attendance(presence=here(ids[:5]), proxies=proxies)
    # The third holder is not there.
    assert quorum(assembly, there) == Quorum(in_office=11, present=5, represented=2, recused=0, required=6)
    away = Attendance(presence=there.presence, proxies=proxies, recused=Map({ITEM: frozenset({ids[0]})}))
    assert quorum(assembly, away, ITEM) == Quorum(in_office=11, present=4, represented=1, recused=1, required=6)


def test_who_is_not_in_office_is_nobody_here() -> None:
    assembly = body(4, "commune")
    gone = MemberId("gone")
    presence = here([gone, MemberId("m0")]).set(MemberId("m1"), "left").set(MemberId("m2"), "excused")
    there = Attendance(presence=presence, recused=Map({ITEM: frozenset({gone})}))
    found = quorum(assembly, there, ITEM)
    assert found is not None
    assert (found.present, found.recused, found.required) == (1, 0, 3)


def test_an_entry_carries_every_number() -> None:
    assert Quorum(in_office=11, present=5, represented=2, recused=1, required=6).as_json() == {
        "in_office": 11, "present": 5, "represented": 2, "recused": 1, "required": 6, "met": False,
    }  # fmt: skip
