"""The arithmetic of a vote: voices, majorities, ties, rounds; and what they decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any, Literal

from livesession.domain.assembly import Assembly, GroupId, MemberId
from livesession.errors import InputError, Problem

Ballot = Literal["show_of_hands", "public", "secret"]
"""How a vote is taken: by hands, by name (scrutin public), in secret (scrutin secret)."""

Choice = Literal["for", "against", "abstention", "not_voting", "blank"]
CHOICES: tuple[Choice, ...] = ("for", "against", "abstention", "not_voting", "blank")
"""What a member may do. Only ``for`` and ``against`` are votes cast (suffrages exprimés)."""

Source = Literal["roll_call", "device", "group_declaration", "secretary"]
"""Where the names come from: called one by one, a voting device, a group that spoke for its members, the secretary."""

CONFIRMED_FIRST: frozenset[Source] = frozenset({"group_declaration", "secretary"})
"""Sources that are not the member's own act: their names are recorded once somebody confirmed them."""

Result = Literal["adopted", "rejected", "elected", "no_majority"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many voices did what; ``null`` are ballots that count for nothing (bulletins nuls)."""

    in_favour: int = 0
    against: int = 0
    abstention: int = 0
    not_voting: int = 0
    blank: int = 0
    null: int = 0

    @property
    def cast(self) -> int:
        """Votes cast: abstentions, blank and null ballots are none (CGCT L2121-20)."""
        return self.in_favour + self.against

    @property
    def total(self) -> int:
        """Every voice that is accounted for."""
        return self.cast + self.abstention + self.not_voting + self.blank + self.null

    def as_json(self) -> dict[str, int]:
        """The numbers as an entry carries them; what is rare is left out where it is nothing."""
        form = {"for": self.in_favour, "against": self.against, "abstention": self.abstention}
        rare = {"not_voting": self.not_voting, "blank": self.blank, "null": self.null}
        return form | {name: number for name, number in rare.items() if number}

    @classmethod
    def of(cls, votes: Mapping[MemberId, Choice]) -> "Tally":
        """The tally of a vote by name."""
        counted = dict.fromkeys(CHOICES, 0)
        for choice in votes.values():
            counted[choice] += 1
        return cls(
            in_favour=counted["for"],
            against=counted["against"],
            abstention=counted["abstention"],
            not_voting=counted["not_voting"],
            blank=counted["blank"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Majority:
    """What a proposal needs. ``of`` is what a share is taken of: votes cast, every voice there, members in office."""

    kind: Literal["simple", "absolute", "qualified"] = "simple"
    of: Literal["cast", "voices", "in_office"] = "cast"
    share: Fraction = Fraction(1, 2)

    def needed(self, tally: Tally, voices: int, in_office: int) -> int:
        """The least number of votes in favour that adopts."""
        if self.kind == "simple":
            return tally.against + 1
        base = {"cast": tally.cast, "voices": voices, "in_office": in_office}[self.of]
        # More than half, but at least two thirds.
        return base // 2 + 1 if self.kind == "absolute" else max(1, ceil(base * self.share))

    def ties(self, tally: Tally) -> bool:
        """Whether the votes are equal where equality is all that stands in the way."""
        counts_cast = self.kind == "simple" or (self.kind == "absolute" and self.of == "cast")
        return counts_cast and tally.in_favour == tally.against


def outcome(tally: Tally, needed: int, *, tie: bool, tie_rule: str, proclaimed: str | None) -> tuple[Result, bool]:
    """What the numbers decide, and whether the president's voice did.

    ``tie_rule`` is ``president`` (casting vote), ``none`` (a tie rejects) or ``either``. Raises
    InputError where what was proclaimed is not what the numbers say, or a tie leaves it open.
    """
    # Where nobody voted, the president did not either: there is no voice that could count twice.
    if tie and (tie_rule == "either" or (tie_rule == "president" and tally.cast > 0)):
        if proclaimed is None:
            raise InputError("vote_tie", [Problem.of("vote-tie", "data.result", votes=tally.in_favour)])
        return _proclaimed(proclaimed), tie_rule == "president"
    result: Result = "adopted" if tally.in_favour >= needed and not tie else "rejected"
    if proclaimed is not None and proclaimed != result:
        votes = f"{tally.in_favour} / {tally.against}"
        raise InputError("vote_result", [Problem.of("vote-result", "data.result", votes=votes, needed=needed)])
    return result, False


def _proclaimed(result: str) -> Result:
    if result not in ("adopted", "rejected"):
        raise InputError("vote_result_form", [Problem.of("vote-result-form", "data.result", result=result[:40])])
    return "adopted" if result == "adopted" else "rejected"


def check_total(noted: int, voices: int | None) -> None:
    """Refuse a tally that does not add up to the voices in the room; None: nobody knows how many there are."""
    if voices is not None and noted != voices:
        raise InputError("vote_total", [Problem.of("vote-total", "data", noted=noted, voices=voices)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who stands for an appointment, and the ballots with that name."""

    name: str
    voices: int

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "voices": self.voices}


def elected(
    candidates: Sequence[Candidate], cast: int, *, seats: int, last_round: bool, given: Sequence[str] | None
) -> tuple[str, ...]:
    """Who is elected: an absolute majority of the votes cast, in the last round the most votes (CGCT L2121-21).

    ``cast`` is what the majority is taken of: the members in office instead, where the profile's
    ``president_majority`` says so. Candidates in no order; at most ``seats`` (at least 1) of them.
    At a tie for the last seat of the last round the eldest is elected: ``given`` says who that is.
    Raises InputError where ``given`` contradicts the numbers, or is needed and missing.
    """
    ranked = sorted(candidates, key=lambda candidate: -candidate.voices)
    if last_round:
        ahead = [candidate for candidate in ranked if candidate.voices > 0]
    else:
        ahead = [candidate for candidate in ranked if 2 * candidate.voices > cast]
    if len(ahead) <= seats:
        sure, level = ahead, []
    else:
        border = ahead[seats - 1].voices
        sure = [candidate for candidate in ahead if candidate.voices > border]
        level = [candidate for candidate in ahead if candidate.voices == border]
        if len(sure) + len(level) == seats:
            sure, level = sure + level, []
    names = [candidate.name for candidate in sure]
    if given is None:
        if level:
            raise InputError("vote_tie_elected", [_level_problem(level)])
        return tuple(names)
    chosen = [name for name in given if name not in names]
    fits = set(chosen) <= {candidate.name for candidate in level} and set(names) <= set(given)
    if not fits or len(given) != len(set(given)) or len(given) != min(seats, len(ahead)):
        if level:
            raise InputError("vote_tie_elected", [_level_problem(level)])
        raise InputError("vote_elected", [Problem.of("vote-elected", "data.elected", elected=", ".join(names) or "–")])
    return tuple(given)


def _level_problem(level: Sequence[Candidate]) -> Problem:
    return Problem.of("vote-tie-elected", "data.elected", names=", ".join(candidate.name for candidate in level))


def by_group(
    assembly: Assembly, voters: Mapping[MemberId, MemberId], groups: Mapping[str, Choice], but: Mapping[str, Choice]
) -> dict[MemberId, Choice]:
    """The votes of whoever has a voice, from what each group declared and who departs from it.

    The group ``*`` stands for all who are not spoken for otherwise. A voice nobody speaks for is
    left out. Raises InputError where a group or a member is unknown, or a member has no voice.
    """
    votes: dict[MemberId, Choice] = {}
    if (rest := groups.get("*")) is not None:
        votes = dict.fromkeys(voters, rest)
    for group, choice in groups.items():
        if group == "*":
            continue
        if group not in assembly.groups_by_id:
            raise InputError("group_unknown", [Problem.of("group-unknown", "data.groups", group=group[:80])])
        votes |= dict.fromkeys((member for member in assembly.in_group(GroupId(group)) if member in voters), choice)
    for member, choice in but.items():
        votes[with_voice(assembly, voters, member, "data.except")] = choice
    return votes


def with_voice(assembly: Assembly, voters: Mapping[MemberId, MemberId], member: str, place: str) -> MemberId:
    """A member who has a voice now. Raises InputError ``member_unknown`` or ``member_without_voice``."""
    known = assembly.by_id.get(MemberId(member))
    if known is None:
        raise InputError("member_unknown", [Problem.of("member-unknown", place, member=member[:64])])
    if known.id not in voters:
        raise InputError("member_without_voice", [Problem.of("member-without-voice", place, member=known.name)])
    return known.id
