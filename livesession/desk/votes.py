"""Votes: recorded, by numbers, by group or by name; corrected when they were recorded wrongly."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any, ClassVar, Literal

import msgspec

from livesession.desk.commands import Ask, Command, check_reason, entry_of, item_of, require_status
from livesession.domain.assembly import MemberId
from livesession.domain.attendance import Attendance, attendance
from livesession.domain.ids import EntryId
from livesession.domain.quorum import Quorum, quorum
from livesession.domain.sitting import State, VoteOutcome
from livesession.domain.text import MAX_LINE, check_text
from livesession.domain.vote import (
    CHOICES,
    CONFIRMED_FIRST,
    Ballot,
    Candidate,
    Choice,
    Majority,
    Result,
    Source,
    Tally,
    by_group,
    check_total,
    elected,
    outcome,
    with_voice,
)
from livesession.errors import InputError, Problem, RefusedError
from livesession.thread.log import Proposal

MAX_VOICES = 10_000
MAX_CANDIDATES = 200
_NUMBERS = {
    "in_favour": "for",
    "against": "against",
    "abstention": "abstention",
    "not_voting": "not_voting",
    "blank": "blank",
    "null": "null",
}
_NAMES = ("votes", "groups", "but", "source")


class CandidateForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who stands for an appointment, and the ballots with that name."""

    name: str
    voices: int


class _Vote(Command, frozen=True, kw_only=True, rename={"in_favour": "for", "but": "except"}):
    """A vote as it is given: numbers, or groups, or names, or one word for all; the desk works out the rest.

    ``unanimous`` is everybody who has a voice, in favour. ``groups`` maps a group's id, or ``*`` for
    all others, to what it does, ``except`` a member's id to something else. ``votes`` maps members'
    ids. Who has a voice and is not named in ``votes`` takes no part. ``motion`` is the entry of the
    motion that is voted; without it, and without ``subject`` and ``matter``, the item itself is
    decided and the decision numbered. ``majority`` of what, and ``share`` for a qualified one
    (``"2/3"``). For an appointment ``candidates``, ``round``, ``seats``.
    """

    subject: str | None = None
    matter: Literal["closed_part"] | None = None
    motion: str | None = None
    ballot: Ballot = "show_of_hands"
    unanimous: bool = False
    in_favour: int | None = None
    against: int | None = None
    abstention: int | None = None
    not_voting: int | None = None
    blank: int | None = None
    null: int | None = None
    groups: dict[str, Choice] | None = None
    but: dict[str, Choice] | None = None
    votes: dict[str, Choice] | None = None
    source: Source | None = None
    confirmed: bool = False
    majority: Literal["simple", "absolute", "qualified"] = "simple"
    of: Literal["cast", "voices", "in_office"] = "cast"
    share: str | None = None
    candidates: tuple[CandidateForm, ...] = ()
    round: int = 1
    seats: int = 1
    elected: tuple[str, ...] | None = None
    secrecy_waived: bool = False
    result: Result | None = None
    quorum_reason: str | None = None

    def check_shape(self) -> None:
        """What cannot be meant, whatever the room. Names in a secret ballot are refused before anything is kept."""
        if self.ballot == "secret" and any(getattr(self, name) is not None for name in _NAMES):
            raise InputError("secret_with_names", [Problem.of("secret-with-names", "data")])
        if self.subject is not None:
            check_text(self.subject, "data.subject", limit=MAX_LINE)
        check_reason(self.quorum_reason)
        for name, shown in _NUMBERS.items():
            if (voices := getattr(self, name)) is not None and not 0 <= voices <= MAX_VOICES:
                raise InputError("vote_number", [Problem.of("vote-number", f"data.{shown}", limit=MAX_VOICES)])
        counted = any(getattr(self, name) is not None for name in ("in_favour", "against", "abstention"))
        given = [self.unanimous, counted, self.groups is not None, self.votes is not None, bool(self.candidates)]
        if sum(given) != 1:
            raise InputError("vote_form", [Problem.of("vote-form", "data")])
        if self.but is not None and self.groups is None:
            raise InputError("vote_form", [Problem.of("vote-form", "data.except")])
        self._check_names()
        self._check_majority()
        self._check_candidates()

    def _check_names(self) -> None:
        named = self.ballot == "public" and not self.candidates and not self.unanimous
        if self.votes is not None and self.ballot != "public":
            raise InputError("names_need_public", [Problem.of("names-need-public", "data.ballot")])
        if not named:
            return
        if self.votes is None and self.groups is None:
            raise InputError("public_needs_names", [Problem.of("public-needs-names", "data.votes")])
        if self.source is None:
            raise InputError("source_needed", [Problem.of("source-needed", "data.source")])
        if self.source in CONFIRMED_FIRST and not self.confirmed:
            raise InputError("names_unconfirmed", [Problem.of("names-unconfirmed", "data.confirmed")])

    def _check_majority(self) -> None:
        if (self.share is not None) != (self.majority == "qualified"):
            raise InputError("vote_share", [Problem.of("vote-share", "data.share")])
        if self.share is None:
            return
        try:
            share = Fraction(self.share)
        except (ValueError, ZeroDivisionError):
            share = Fraction(0)
        if not 0 < share <= 1:
            raise InputError("vote_share", [Problem.of("vote-share", "data.share")])

    def _check_candidates(self) -> None:
        if not self.candidates and (self.elected is not None or self.round != 1 or self.seats != 1):
            raise InputError("vote_form", [Problem.of("vote-form", "data.candidates")])
        if len(self.candidates) > MAX_CANDIDATES or not 1 <= self.seats <= MAX_CANDIDATES or not 1 <= self.round <= 20:
            raise InputError("candidates_many", [Problem.of("candidates-many", "data", limit=MAX_CANDIDATES)])
        names = [candidate.name for candidate in self.candidates]
        if len(set(names)) != len(names):
            raise InputError("candidate_twice", [Problem.of("candidate-twice", "data.candidates")])
        for index, candidate in enumerate(self.candidates):
            check_text(candidate.name, f"data.candidates[{index}].name", limit=MAX_LINE)
            if not 0 <= candidate.voices <= MAX_VOICES:
                place = f"data.candidates[{index}].voices"
                raise InputError("vote_number", [Problem.of("vote-number", place, limit=MAX_VOICES)])

    def counted(self, state: State, ask: Ask, there: Attendance, before: VoteOutcome | None = None) -> dict[str, Any]:
        """The vote as its entry carries it, judged on who is ``there``. Raises InputError or RefusedError."""
        rules = state.assembly.rules
        voters = state.electorate(ask.item, there) if state.attendance_facts and state.assembly.members else None
        held = quorum(state.assembly, there, ask.item, second_call=state.second_call) if voters is not None else None
        self._check_quorum(held)
        self._check_ballot(state, ask)
        data: dict[str, Any] = {"ballot": self.ballot}
        for name in ("subject", "matter", "motion", "quorum_reason"):
            if (value := getattr(self, name)) is not None:
                data[name] = value
        if self.secrecy_waived:
            data["secrecy_waived"] = True
        if self.candidates:
            data |= self._election(state, ask, voters, before)
        else:
            data |= self._division(state, voters, held)
        if voters is not None and held is not None:
            data |= {"voices": len(voters), "represented": held.represented, "quorum": held.as_json()}
        if not (self.subject or self.motion or self.matter) and data["result"] != "no_majority":
            data["decision"] = _decision(state, ask, before)
        return data | ({"rules": rules.profile} if rules.profile != "neutral" else {})

    def _check_quorum(self, held: Quorum | None) -> None:
        if held is not None and not held.met and self.quorum_reason is None:
            raise RefusedError("quorum_lost", present=held.present, required=held.required)

    def _check_ballot(self, state: State, ask: Ask) -> None:
        if self.matter is not None:
            return
        rules = state.assembly.rules
        if self.candidates and rules.holds("secret_appointments") and self.ballot != "secret":
            if not self.secrecy_waived:
                raise RefusedError("appointment_secret", article=rules.rules["secret_appointments"].article)
            return
        asked = {
            motion.type
            for motion in state.motions.values()
            if motion.item == ask.item and motion.reached and not motion.withdrawn
        }
        # A secret ballot that was asked for comes before a public one (CGCT L2121-21).
        if "secret_ballot" in asked and self.ballot != "secret":
            raise RefusedError("secret_ballot_requested")
        if "public_ballot" in asked and self.ballot == "show_of_hands":
            raise RefusedError("public_ballot_requested")

    def _division(
        self, state: State, voters: Mapping[MemberId, MemberId] | None, held: Quorum | None
    ) -> dict[str, Any]:
        votes = self._votes(state, voters)
        tally = self._tally(voters, votes)
        majority = Majority(kind=self.majority, of=self.of, share=Fraction(self.share or "1/2"))
        voices = len(voters) if voters is not None else tally.total
        needed = majority.needed(tally, voices, held.in_office if held is not None else voices)
        tie_rule = "none" if self.ballot == "secret" else state.assembly.rules.choice("casting_vote")
        result, casting = outcome(tally, needed, tie=majority.ties(tally), tie_rule=tie_rule, proclaimed=self.result)
        data: dict[str, Any] = {**tally.as_json(), "result": result}
        if self.unanimous or (result == "adopted" and tally.in_favour == tally.total > 0 and self.ballot != "secret"):
            data["unanimous"] = True
        if casting:
            data["casting"] = True
        if self.majority != "simple":
            data |= {"majority": self.majority, "of": self.of, "needed": needed}
            data |= {"share": self.share} if self.share is not None else {}
        if votes is not None:
            data |= self._by_name(state, votes)
        return data

    def _votes(self, state: State, voters: Mapping[MemberId, MemberId] | None) -> dict[MemberId, Choice] | None:
        if self.groups is None and self.votes is None and not (self.unanimous and self.ballot == "public"):
            return None
        if voters is None and self.votes is not None and state.assembly.members:
            # Where nobody called the roll, a ballot by name says itself who was there.
            voters = {member: member for member in state.assembly.by_id if member in self.votes}
        if voters is None:
            raise RefusedError("attendance_unknown")
        if self.unanimous:
            return dict.fromkeys(voters, "for")
        if self.groups is not None:
            votes = by_group(state.assembly, voters, self.groups, self.but or {})
            check_total(len(votes), len(voters))
            return votes
        given = {
            with_voice(state.assembly, voters, member, "data.votes"): choice
            for member, choice in (self.votes or {}).items()
        }
        return {member: given.get(member, "not_voting") for member in voters}

    def _tally(self, voters: Mapping[MemberId, MemberId] | None, votes: Mapping[MemberId, Choice] | None) -> Tally:
        if votes is not None:
            return Tally.of(votes)
        if self.unanimous:
            if voters is None:
                raise RefusedError("attendance_unknown")
            return Tally(in_favour=len(voters))
        tally = Tally(
            in_favour=self.in_favour or 0,
            against=self.against or 0,
            abstention=self.abstention or 0,
            not_voting=self.not_voting or 0,
            blank=self.blank or 0,
            null=self.null or 0,
        )
        check_total(tally.total, None if voters is None else len(voters))
        return tally

    def _by_name(self, state: State, votes: Mapping[MemberId, Choice]) -> dict[str, Any]:
        """Who voted what, in the order of the call; of a show of hands only what each group did."""
        if self.ballot != "public":
            return {"groups": _group_totals(state, votes)}
        listed: dict[str, list[dict[str, str]]] = {}
        for choice in CHOICES:
            if chosen := [
                state.assembly.named(member) for member in state.assembly.by_id if votes.get(member) == choice
            ]:
                listed[choice] = chosen
        return {"votes": listed, "source": self.source or "secretary"}

    def _election(
        self, state: State, ask: Ask, voters: Mapping[MemberId, MemberId] | None, before: VoteOutcome | None
    ) -> dict[str, Any]:
        self._check_round(state, ask, before)
        candidates = [Candidate(name=each.name, voices=each.voices) for each in self.candidates]
        named = sum(candidate.voices for candidate in candidates)
        aside = (self.blank or 0) + (self.null or 0) + (self.not_voting or 0)
        cast = named if self.seats == 1 else (len(voters) - aside if voters is not None else named)
        if self.seats == 1:
            check_total(named + aside, None if voters is None else len(voters))
        elif named > cast * self.seats or cast < 0:
            check_total(named, cast * self.seats)
        rounds = state.assembly.rules.number("rounds")
        last = rounds is not None and self.round >= rounds
        chosen = elected(candidates, cast, seats=self.seats, last_round=last, given=self.elected)
        result: Result = "elected" if len(chosen) == self.seats else "no_majority"
        if self.result is not None and self.result != result:
            votes = ", ".join(str(candidate.voices) for candidate in candidates)
            raise InputError(
                "vote_result", [Problem.of("vote-result", "data.result", votes=votes, needed=cast // 2 + 1)]
            )
        rare = {"blank": self.blank, "null": self.null, "not_voting": self.not_voting}
        return {
            "candidates": [candidate.as_json() for candidate in candidates],
            "round": self.round,
            "seats": self.seats,
            "cast": cast,
            "elected": list(chosen),
            "result": result,
            **{name: number for name, number in rare.items() if number},
        }

    def _check_round(self, state: State, ask: Ask, before: VoteOutcome | None) -> None:
        if self.round == 1:
            return
        held = [
            vote for vote in state.votes.values() if vote.item == ask.item and vote.data.get("subject") == self.subject
        ]
        done = {vote.data.get("round") for vote in held if vote.data["result"] == "no_majority" and vote != before}
        if self.round - 1 not in done:
            raise RefusedError("round_before", round=self.round - 1)


def _group_totals(state: State, votes: Mapping[MemberId, Choice]) -> list[dict[str, Any]]:
    totals = []
    for group in state.assembly.groups:
        own = {member: votes[member] for member in state.assembly.in_group(group.id) if member in votes}
        if own:
            tally = {name: number for name, number in Tally.of(own).as_json().items() if number}
            totals.append({"group": group.short or group.name, **tally})
    return totals


def _decision(state: State, ask: Ask, before: VoteOutcome | None) -> int:
    """The decision's number: the one that the item has already, or the next."""
    if before is not None and before.decision is not None:
        return before.decision
    held = [vote.decision for vote in state.votes.values() if vote.item == ask.item and vote.decision is not None]
    return held[0] if held and ask.item is not None else state.last_decision + 1


def there_at(state: State, at: datetime | None) -> Attendance:
    """Who was there at an instant: a vote that is noted late is judged on the room as it was."""
    return state.attendance if at is None else attendance(state.attendance_facts, until=at)


class VoteRecorded(_Vote, frozen=True, kw_only=True, rename={"in_favour": "for", "but": "except"}):
    """A vote and what it decided, judged on the room at its instant."""

    kind: ClassVar[str] = "vote.recorded"
    on_item: ClassVar[str] = "required"
    is_text: ClassVar[bool] = True

    def check_state(self, state: State, ask: Ask) -> None:
        require_status(state, "open")
        if ask.item is not None and ask.item in state.information_only:
            raise RefusedError("item_information_only")
        if self.motion is not None:
            self._check_motion(state, self.motion, ask)

    def _check_motion(self, state: State, motion: str, ask: Ask) -> None:
        known = state.motions.get(EntryId(motion))
        if known is None:
            raise InputError("motion_unknown", [Problem.of("motion-unknown", "data.motion")])
        if known.withdrawn or entry_of(state, motion).retracted:
            raise RefusedError("motion_withdrawn")
        public = not state.in_closed_part and (ask.item is None or item_of(state, ask.item).public)
        if public and entry_of(state, motion).pos is None:
            raise RefusedError("motion_not_public")

    def own(self, state: State, ask: Ask) -> Proposal:
        return self.proposal(state, ask)

    def proposal(self, state: State, ask: Ask) -> Proposal:
        """The vote's entry, judged on ``state``."""
        data = self.counted(state, ask, there_at(state, ask.at))
        return Proposal(kind="vote.recorded", item=ask.item, at=ask.at, data=data)


class VoteCorrected(_Vote, frozen=True, kw_only=True, rename={"in_favour": "for", "but": "except"}):
    """A vote as it should have been recorded; ``entry`` is the vote, ``reason`` what was wrong.

    Judged on the room as it was at the vote. What was a secret ballot stays one.
    """

    kind: ClassVar[str] = "vote.corrected"
    is_text: ClassVar[bool] = True
    entry: str
    reason: str

    def check_shape(self) -> None:
        check_reason(self.reason)
        super().check_shape()

    def check_state(self, state: State, ask: Ask) -> None:
        if state.status == "scheduled":
            raise RefusedError("sitting_scheduled")
        known = entry_of(state, self.entry)
        vote = state.votes.get(EntryId(self.entry))
        if vote is None:
            raise InputError("entry_no_vote", [Problem.of("entry-no-vote", "data.entry", kind=known.kind)])
        if known.pos is not None and state.in_closed_part:
            raise RefusedError("closed_part_hides")
        if (vote.data["ballot"] == "secret") != (self.ballot == "secret"):
            raise RefusedError("vote_ballot_changed")

    def own(self, state: State, ask: Ask) -> Proposal:
        vote = state.votes[EntryId(self.entry)]
        where = Ask(item=vote.item, at=vote.at)
        data = self.counted(state, where, there_at(state, vote.at), before=vote)
        return Proposal(
            kind=self.kind, item=vote.item, at=ask.at, data={"entry": self.entry, "reason": self.reason, **data}
        )
