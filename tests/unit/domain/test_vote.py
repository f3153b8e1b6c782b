"""The arithmetic of a vote: majorities and ties against definitions of their own, and who is elected."""

from collections.abc import Callable
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from livesession.domain.assembly import Assembly, Group, GroupId, Member, MemberId
from livesession.domain.vote import (
    CHOICES,
    Candidate,
    Choice,
    Majority,
    Tally,
    by_group,
    check_total,
    elected,
    outcome,
    with_voice,
)
from livesession.errors import InputError

SHARES = [Fraction(1, 2), Fraction(2, 3), Fraction(3, 5), Fraction(3, 4), Fraction(1, 1), Fraction(1, 10)]
NUMBERS = range(9)
COUNTS = list(product(NUMBERS, NUMBERS, range(4)))
"""For, against, abstentions."""


def tally(in_favour: int, against: int, abstention: int = 0) -> Tally:
    return Tally(in_favour=in_favour, against=against, abstention=abstention)


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(InputError) as caught:
        call()
    return caught.value.code


# Tallies


def test_a_tally_counts_what_each_did() -> None:
    votes: dict[MemberId, Choice] = {
        MemberId(f"m{number}"): choice for number, choice in enumerate(CHOICES * 2 + ("for", "against", "for"))
    }
    found = Tally.of(votes)
    assert found == Tally(in_favour=4, against=3, abstention=2, not_voting=2, blank=2)
    assert (found.cast, found.total) == (7, 13)
    assert Tally.of({}) == Tally()


def test_what_is_rare_is_written_where_there_is_any() -> None:
    assert Tally(in_favour=3).as_json() == {"for": 3, "against": 0, "abstention": 0}
    assert Tally(in_favour=3, blank=1, null=2, not_voting=4).as_json() == {
        "for": 3, "against": 0, "abstention": 0, "not_voting": 4, "blank": 1, "null": 2,
    }  # fmt: skip


def test_only_for_and_against_are_votes_cast() -> None:
    found = Tally(in_favour=1, against=2, abstention=4, not_voting=8, blank=16, null=32)
    assert (found.cast, found.total) == (3, 63)


def test_a_tally_adds_up_to_the_voices() -> None:
    check_total(3, 3)
    check_total(3, None)
    check_total(0, 0)
    for noted in (0, 2, 4):
        with pytest.raises(InputError) as caught:
            check_total(noted, 3)
        assert caught.value.code == "vote_total"
        assert [dict(each.params) for each in caught.value.problems] == [{"noted": noted, "voices": 3}]


# What a proposal needs


def enough(kind: str, base: int, share: Fraction, in_favour: int, against: int) -> bool:
    """Whether a proposal has its majority: in words, not in a number."""
    if kind == "simple":
        return in_favour > against
    if kind == "absolute":
        return in_favour + in_favour > base
    return in_favour > 0 and Fraction(in_favour) / share >= base


@pytest.mark.parametrize("of", ["cast", "voices", "in_office"])
@pytest.mark.parametrize(
    ("kind", "share"), [("simple", SHARES[0]), ("absolute", SHARES[0]), *(("qualified", share) for share in SHARES)]
)
def test_the_number_needed_is_the_least_that_is_enough(kind: str, share: Fraction, of: str) -> None:
    majority = Majority(kind=kind, of=of, share=share)  # type: ignore[arg-type]  # every kind and base by name
    for in_favour, against, abstention in COUNTS:
        found = tally(in_favour, against, abstention)
        for more in (0, 1, 4):
            voices, in_office = found.total, found.total + more
            base = {"cast": in_favour + against, "voices": voices, "in_office": in_office}[of]
            needed = majority.needed(found, voices, in_office)
            assert needed >= 1
            assert (in_favour >= needed) is enough(kind, base, share, in_favour, against)
            assert enough(kind, base, share, needed, against)
            assert not enough(kind, base, share, needed - 1, against)


def test_an_absolute_majority_of_votes_cast_is_the_simple_one() -> None:
    for counts in COUNTS:
        found = tally(*counts)
        simple, absolute = Majority(), Majority(kind="absolute")
        assert (found.in_favour >= simple.needed(found, 0, 0)) is (found.in_favour >= absolute.needed(found, 0, 0))
        assert simple.ties(found) is absolute.ties(found)


@pytest.mark.parametrize(
    ("majority", "voices", "in_office", "needed"),
    [
        (Majority(kind="absolute", of="voices"), 20, 29, 11), (Majority(kind="absolute", of="voices"), 21, 29, 11),
        (Majority(kind="absolute", of="in_office"), 20, 29, 15),
        (Majority(kind="absolute", of="in_office"), 20, 30, 16),
        (Majority(kind="qualified", of="cast", share=Fraction(2, 3)), 20, 29, 10),
        (Majority(kind="qualified", of="voices", share=Fraction(2, 3)), 20, 29, 14),
        (Majority(kind="qualified", of="in_office", share=Fraction(2, 3)), 20, 30, 20),
        (Majority(kind="qualified", of="in_office", share=Fraction(1)), 20, 30, 30),
    ],
)  # fmt: skip
def test_majorities_as_people_count_them(majority: Majority, voices: int, in_office: int, needed: int) -> None:
    assert majority.needed(tally(9, 6, 5), voices, in_office) == needed


@pytest.mark.parametrize("of", ["cast", "voices", "in_office"])
@pytest.mark.parametrize("kind", ["simple", "absolute", "qualified"])
def test_a_tie_is_equal_votes_where_only_votes_cast_count(kind: str, of: str) -> None:
    majority = Majority(kind=kind, of=of, share=Fraction(2, 3))  # type: ignore[arg-type]  # every kind and base by name
    for in_favour, against, abstention in COUNTS:
        expected = in_favour == against and (kind == "simple" or (kind, of) == ("absolute", "cast"))
        found = tally(in_favour, against, abstention)
        assert majority.ties(found) is expected
        if expected:
            assert in_favour < majority.needed(found, found.total, found.total)


# What the numbers decide


@pytest.mark.parametrize("tie_rule", ["president", "none", "either"])
def test_without_a_tie_the_numbers_decide(tie_rule: str) -> None:
    for in_favour, against, abstention in COUNTS:
        found = tally(in_favour, against, abstention)
        if in_favour == against:
            continue
        needed = Majority().needed(found, 0, 0)
        right = "adopted" if found.in_favour > found.against else "rejected"
        wrong = {"adopted": "rejected", "rejected": "adopted"}[right]
        for proclaimed in (None, right):
            assert outcome(found, needed, tie=False, tie_rule=tie_rule, proclaimed=proclaimed) == (right, False)
        for proclaimed in (wrong, "elected", "no_majority", ""):
            with pytest.raises(InputError) as caught:
                outcome(found, needed, tie=False, tie_rule=tie_rule, proclaimed=proclaimed)
            assert caught.value.code == "vote_result"


@pytest.mark.parametrize(("tie_rule", "casting"), [("president", True), ("either", False)])
def test_a_tie_is_what_is_proclaimed(tie_rule: str, casting: bool) -> None:
    for number in NUMBERS[1:]:
        found = tally(number, number)
        for result in ("adopted", "rejected"):
            told = outcome(found, number + 1, tie=True, tie_rule=tie_rule, proclaimed=result)
            assert told == (result, casting)
        assert code_of(lambda: outcome(tally(1, 1), 2, tie=True, tie_rule=tie_rule, proclaimed=None)) == "vote_tie"
        for result in ("elected", "no_majority", ""):
            with pytest.raises(InputError) as caught:
                outcome(found, number + 1, tie=True, tie_rule=tie_rule, proclaimed=result)
            assert caught.value.code == "vote_result_form"


def test_a_tie_rejects_where_nobody_has_a_casting_vote() -> None:
    for number in NUMBERS[1:]:
        found = tally(number, number)
        for proclaimed in (None, "rejected"):
            told = outcome(found, number + 1, tie=True, tie_rule="none", proclaimed=proclaimed)
            assert told == ("rejected", False)
    assert code_of(lambda: outcome(tally(2, 2), 3, tie=True, tie_rule="none", proclaimed="adopted")) == "vote_result"


@pytest.mark.parametrize("tie_rule", ["president", "none"])
def test_where_nobody_voted_no_voice_decides(tie_rule: str) -> None:
    for found in (Tally(), Tally(abstention=9), Tally(blank=4, null=2)):
        needed = Majority().needed(found, 9, 9)
        for proclaimed in (None, "rejected"):
            assert outcome(found, needed, tie=True, tie_rule=tie_rule, proclaimed=proclaimed) == ("rejected", False)
        with pytest.raises(InputError) as caught:
            outcome(found, needed, tie=True, tie_rule=tie_rule, proclaimed="adopted")
        assert caught.value.code == "vote_result"


def test_where_nobody_counted_a_body_with_its_own_rules_records_what_is_proclaimed() -> None:
    assert outcome(Tally(), 1, tie=True, tie_rule="either", proclaimed="adopted") == ("adopted", False)


# Who is elected

ballots = some.lists(some.integers(0, 12), min_size=1, max_size=7)
seat_counts = some.integers(1, 5)


def standing(voices: list[int]) -> list[Candidate]:
    return [Candidate(name=f"c{number}", voices=each) for number, each in enumerate(voices)]


def eligible(voices: list[int], cast: int, last_round: bool) -> list[int]:
    """The places of those who may be elected in this round."""
    return [place for place, each in enumerate(voices) if (each > 0 if last_round else each > cast - each)]


def possible(voices: list[int], cast: int, seats: int, last_round: bool) -> set[frozenset[str]]:
    """Every set that may be elected: nobody outside who is eligible and had more voices than one inside."""
    able = eligible(voices, cast, last_round)
    filled = min(seats, len(able))
    found = set()
    for chosen in product((False, True), repeat=len(able)):
        inside = [place for place, taken in zip(able, chosen, strict=True) if taken]
        outside = [place for place, taken in zip(able, chosen, strict=True) if not taken]
        if len(inside) == filled and all(voices[out] <= voices[into] for out in outside for into in inside):
            found.add(frozenset(f"c{place}" for place in inside))
    return found


@given(ballots, seat_counts, some.integers(0, 30), some.booleans())
def test_who_is_elected_follows_from_the_numbers(voices: list[int], seats: int, cast: int, last_round: bool) -> None:
    sets = possible(voices, cast, seats, last_round)
    candidates = standing(voices)
    if len(sets) == 1:
        found = elected(candidates, cast, seats=seats, last_round=last_round, given=None)
        assert {frozenset(found)} == sets
        assert len(found) == len(set(found)) <= seats
        by_name = {each.name: each.voices for each in candidates}
        assert [by_name[name] for name in found] == sorted((by_name[name] for name in found), reverse=True)
        assert elected(candidates, cast, seats=seats, last_round=last_round, given=found) == found
    else:
        asked = code_of(lambda: elected(candidates, cast, seats=seats, last_round=last_round, given=None))
        assert asked == "vote_tie_elected"


@given(ballots, seat_counts, some.integers(0, 30), some.booleans(), some.data())
def test_what_is_given_holds_exactly_where_the_numbers_allow_it(
    voices: list[int], seats: int, cast: int, last_round: bool, data: some.DataObject
) -> None:
    sets = possible(voices, cast, seats, last_round)
    names = [f"c{place}" for place in range(len(voices))] + ["nobody"]
    chosen = data.draw(some.lists(some.sampled_from(names), max_size=6) | some.sampled_from(sorted(map(sorted, sets))))
    fits = len(chosen) == len(set(chosen)) and frozenset(chosen) in sets
    if fits:
        found = elected(standing(voices), cast, seats=seats, last_round=last_round, given=chosen)
        assert found == tuple(chosen)
    else:
        refusal = code_of(lambda: elected(standing(voices), cast, seats=seats, last_round=last_round, given=chosen))
        assert refusal == ("vote_elected" if len(sets) == 1 else "vote_tie_elected")


@given(ballots, seat_counts, some.integers(0, 30), some.booleans(), some.data())
def test_the_order_of_the_candidates_changes_nobody(
    voices: list[int], seats: int, cast: int, last_round: bool, data: some.DataObject
) -> None:
    assume(len(possible(voices, cast, seats, last_round)) == 1)
    candidates = standing(voices)
    found = elected(candidates, cast, seats=seats, last_round=last_round, given=None)
    mixed = data.draw(some.permutations(candidates))
    assert set(elected(mixed, cast, seats=seats, last_round=last_round, given=None)) == set(found)


@given(ballots, some.booleans())
def test_one_seat_in_a_first_round_needs_more_than_half_of_the_votes_cast(voices: list[int], last_round: bool) -> None:
    cast = sum(voices)
    sets = possible(voices, cast, 1, last_round)
    if not last_round:
        # Two cannot both have more than half.
        assert len(sets) == 1
        found = elected(standing(voices), cast, seats=1, last_round=False, given=None)
        assert found == tuple(f"c{place}" for place, each in enumerate(voices) if 2 * each > cast)
    elif max(voices) > 0 and voices.count(max(voices)) == 1:
        found = elected(standing(voices), cast, seats=1, last_round=True, given=None)
        assert found == (f"c{voices.index(max(voices))}",)


def test_the_members_in_office_can_be_what_the_majority_is_taken_of() -> None:
    candidates = standing([16, 14])
    assert elected(candidates, 30, seats=1, last_round=False, given=None) == ("c0",)
    # CGCT L3122-1: sixteen of thirty votes, but of forty members.
    assert elected(candidates, 40, seats=1, last_round=False, given=None) == ()
    assert elected(candidates, 40, seats=1, last_round=True, given=None) == ("c0",)


def test_a_refusal_says_who_is_level_or_who_is_elected() -> None:
    with pytest.raises(InputError) as caught:
        elected(standing([5, 5, 7]), 17, seats=2, last_round=True, given=("c0", "c1"))
    assert [(each.code, dict(each.params)) for each in caught.value.problems] == [
        ("vote-tie-elected", {"names": "c0, c1"})
    ]
    with pytest.raises(InputError) as caught:
        elected(standing([5, 3]), 8, seats=1, last_round=True, given=("c1",))
    assert [(each.code, dict(each.params)) for each in caught.value.problems] == [("vote-elected", {"elected": "c0"})]
    with pytest.raises(InputError) as caught:
        elected(standing([4, 4]), 8, seats=1, last_round=False, given=("c1",))
    assert [(each.code, dict(each.params)) for each in caught.value.problems] == [("vote-elected", {"elected": "–"})]


# Votes by group

ODD, EVEN = GroupId("odd"), GroupId("even")
COUNCIL = Assembly(
    groups=(Group(id=ODD, name="Impair"), Group(id=EVEN, name="Pair")),
    members=tuple(
        Member(
            id=MemberId(f"m{number}"), name=f"Membre {number}", group=(EVEN, ODD)[number % 2] if number < 5 else None
        )
        for number in range(1, 7)
    ),
)
VOTERS = {MemberId(f"m{number}"): MemberId(f"m{number}") for number in (1, 2, 3, 5, 6)}


def grouped(groups: dict[str, Choice], but: dict[str, Choice] | None = None) -> dict[str, Choice]:
    return {str(member): choice for member, choice in by_group(COUNCIL, VOTERS, groups, but or {}).items()}


def test_a_group_speaks_for_its_members_who_have_a_voice() -> None:
    assert grouped({"odd": "for", "even": "against"}) == {"m1": "for", "m3": "for", "m2": "against"}
    assert grouped({}) == {}


def test_the_rest_are_those_whom_no_group_speaks_for() -> None:
    expected = {"m1": "for", "m3": "for", "m2": "abstention", "m5": "abstention", "m6": "abstention"}
    assert grouped({"odd": "for", "*": "abstention"}) == expected
    assert grouped({"*": "abstention", "odd": "for"}) == expected


def test_who_departs_from_the_group_votes_alone() -> None:
    assert grouped({"odd": "for"}, {"m3": "against", "m5": "blank"}) == {"m1": "for", "m3": "against", "m5": "blank"}


def test_a_group_or_member_who_is_unknown_or_has_no_voice_is_refused() -> None:
    assert code_of(lambda: grouped({"blue": "for"})) == "group_unknown"
    assert code_of(lambda: grouped({"odd": "for"}, {"m9": "for"})) == "member_unknown"
    assert code_of(lambda: grouped({"odd": "for"}, {"m4": "for"})) == "member_without_voice"
    assert with_voice(COUNCIL, VOTERS, "m1", "data.votes") == MemberId("m1")
