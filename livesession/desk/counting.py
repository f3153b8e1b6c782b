"""The count: a vote as it was given, judged on the room and the rules, becomes what its entry says."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from livesession.desk.commands import Ask
from livesession.desk.vote_form import VoteForm
from livesession.domain.assembly import MemberId
from livesession.domain.attendance import Attendance
from livesession.domain.ids import EntryId
from livesession.domain.quorum import Quorum, QuorumRule, quorum
from livesession.domain.sitting import State, VoteOutcome
from livesession.domain.vote import (
    CHOICES,
    Candidate,
    Choice,
    Majority,
    Result,
    Tally,
    by_group,
    check_total,
    elected,
    outcome,
    with_voice,
)
from livesession.errors import InputError, Problem, RefusedError

Voters = Mapping[MemberId, MemberId] | None
"""Whose voice can be given, and by whom; None where nobody knows who is there."""


def counted(
    form: VoteForm, state: State, ask: Ask, there: Attendance, before: VoteOutcome | None = None
) -> dict[str, Any]:
    """The vote as its entry carries it, judged on who is ``there``. Raises InputError or RefusedError."""
    rules = state.assembly.rules
    voters = state.electorate(ask.item, there) if state.attendance_facts and state.assembly.members else None
    rule: QuorumRule = "quorum_president" if form.matter == "president" else "quorum"
    held = None
    if voters is not None:
        held = quorum(state.assembly, there, ask.item, second_call=state.second_call, rule=rule)
    _check_quorum(form, held)
    _check_ballot(form, state, ask)
    data: dict[str, Any] = {"ballot": form.ballot}
    for name in ("subject", "matter", "motion", "quorum_reason"):
        if (value := getattr(form, name)) is not None:
            data[name] = value
    if form.motion is not None and (motion := state.motions.get(EntryId(form.motion))) and motion.type is not None:
        data["motion_type"] = motion.type
    if form.secrecy_waived:
        data["secrecy_waived"] = True
    if form.candidates:
        data |= _election(form, state, ask, voters, before)
    else:
        data |= _division(form, state, voters, held)
    if voters is not None and held is not None:
        data |= {"voices": len(voters), "represented": held.represented, "quorum": held.as_json()}
    if not (form.subject or form.motion or form.matter == "closed_part") and data["result"] != "no_majority":
        data["decision"] = _decision(state, ask, before)
    return data | ({"rules": rules.profile} if rules.profile != "neutral" else {})


def _check_quorum(form: VoteForm, held: Quorum | None) -> None:
    if held is not None and not held.met and form.quorum_reason is None:
        raise RefusedError("quorum_lost", present=held.present, required=held.required)


def _check_ballot(form: VoteForm, state: State, ask: Ask) -> None:
    if form.matter == "closed_part":
        return
    rules = state.assembly.rules
    if form.candidates and rules.holds("secret_appointments") and form.ballot != "secret":
        if not form.secrecy_waived:
            raise RefusedError("appointment_secret", article=rules.rules["secret_appointments"].article)
        return
    asked = {
        motion.type
        for motion in state.motions.values()
        if motion.item == ask.item and motion.reached and not motion.withdrawn
    }
    # A secret ballot that was asked for comes before a public one (CGCT L2121-21).
    if "secret_ballot" in asked and form.ballot != "secret":
        raise RefusedError("secret_ballot_requested")
    if "public_ballot" in asked and form.ballot == "show_of_hands":
        raise RefusedError("public_ballot_requested")


def _division(form: VoteForm, state: State, voters: Voters, held: Quorum | None) -> dict[str, Any]:
    votes = _votes(form, state, voters)
    tally = _tally(form, voters, votes)
    majority = Majority(kind=form.majority, of=form.of, share=Fraction(form.share or "1/2"))
    voices = len(voters) if voters is not None else tally.total
    needed = majority.needed(tally, voices, held.in_office if held is not None else voices)
    tie_rule = "none" if form.ballot == "secret" else state.assembly.rules.choice("casting_vote")
    result, casting = outcome(tally, needed, tie=majority.ties(tally), tie_rule=tie_rule, proclaimed=form.result)
    data: dict[str, Any] = {**tally.as_json(), "result": result}
    if form.unanimous or (result == "adopted" and tally.in_favour == tally.total > 0 and form.ballot != "secret"):
        data["unanimous"] = True
    if casting:
        data["casting"] = True
    if form.majority != "simple":
        data |= {"majority": form.majority, "of": form.of, "needed": needed}
        data |= {"share": form.share} if form.share is not None else {}
    if votes is not None:
        data |= _by_name(form, state, votes)
    return data


def _votes(form: VoteForm, state: State, voters: Voters) -> dict[MemberId, Choice] | None:
    if form.groups is None and form.votes is None and not (form.unanimous and form.ballot == "public"):
        return None
    if voters is None and form.votes is not None and state.assembly.members:
        # Where nobody called the roll, a ballot by name says itself who was there.
        voters = {member: member for member in state.assembly.by_id if member in form.votes}
    if voters is None:
        raise RefusedError("attendance_unknown")
    if form.unanimous:
        return dict.fromkeys(voters, "for")
    if form.groups is not None:
        votes = by_group(state.assembly, voters, form.groups, form.but or {})
        check_total(len(votes), len(voters))
        return votes
    given = {
        with_voice(state.assembly, voters, member, "data.votes"): choice
        for member, choice in (form.votes or {}).items()
    }
    return {member: given.get(member, "not_voting") for member in voters}


def _tally(form: VoteForm, voters: Voters, votes: Mapping[MemberId, Choice] | None) -> Tally:
    if votes is not None:
        return Tally.of(votes)
    if form.unanimous:
        if voters is None:
            raise RefusedError("attendance_unknown")
        return Tally(in_favour=len(voters))
    tally = Tally(
        in_favour=form.in_favour or 0,
        against=form.against or 0,
        abstention=form.abstention or 0,
        not_voting=form.not_voting or 0,
        blank=form.blank or 0,
        null=form.null or 0,
    )
    check_total(tally.total, None if voters is None else len(voters))
    return tally


def _by_name(form: VoteForm, state: State, votes: Mapping[MemberId, Choice]) -> dict[str, Any]:
    """Who voted what, in the order of the call; of a show of hands only what each group did."""
    if form.ballot != "public":
        return {"groups": _group_totals(state, votes)}
    listed: dict[str, list[dict[str, str]]] = {}
    for choice in CHOICES:
        if chosen := [state.assembly.named(member) for member in state.assembly.by_id if votes.get(member) == choice]:
            listed[choice] = chosen
    return {"votes": listed, "source": form.source or "secretary"}


def _election(form: VoteForm, state: State, ask: Ask, voters: Voters, before: VoteOutcome | None) -> dict[str, Any]:
    number = _round(form, state, ask, before)
    candidates = [Candidate(name=each.name, voices=each.voices) for each in form.candidates]
    named = sum(candidate.voices for candidate in candidates)
    aside = (form.blank or 0) + (form.null or 0) + (form.not_voting or 0)
    cast = named if form.seats == 1 else (len(voters) - aside if voters is not None else named)
    if form.seats == 1:
        check_total(named + aside, None if voters is None else len(voters))
    elif named > cast * form.seats or cast < 0:
        check_total(named, cast * form.seats)
    rules = state.assembly.rules
    rounds = rules.number("rounds")
    last = rounds is not None and number >= rounds
    of = cast
    if form.matter == "president" and state.assembly.members and rules.choice("president_majority") == "members":
        of = len(state.assembly.members)
    chosen = elected(candidates, of, seats=form.seats, last_round=last, given=form.elected)
    result: Result = "elected" if len(chosen) == form.seats else "no_majority"
    if form.result is not None and form.result != result:
        votes = ", ".join(str(candidate.voices) for candidate in candidates)
        raise InputError("vote_result", [Problem.of("vote-result", "data.result", votes=votes, needed=of // 2 + 1)])
    rare = {"blank": form.blank, "null": form.null, "not_voting": form.not_voting}
    return {
        "candidates": [candidate.as_json() for candidate in candidates],
        "round": number,
        "seats": form.seats,
        "cast": cast,
        "elected": list(chosen),
        "result": result,
        **{name: number for name, number in rare.items() if number},
    }


def _round(form: VoteForm, state: State, ask: Ask, before: VoteOutcome | None) -> int:
    """The round that was said, or the one that comes next. Raises RefusedError where the one before was not voted."""
    if form.round is None and before is not None:
        return int(before.data.get("round", 1))
    held = [
        vote
        for vote in sorted(state.votes.values(), key=lambda vote: vote.seq)
        if vote.item == ask.item and vote != before and "round" in vote.data
        if vote.data.get("subject") == form.subject and vote.data.get("matter") == form.matter
    ]
    done = [int(vote.data["round"]) for vote in held if vote.data["result"] == "no_majority"]
    if form.round is None:
        rounds = state.assembly.rules.number("rounds")
        following = done[-1] + 1 if done and held[-1].data["result"] == "no_majority" else 1
        return following if rounds is None else min(following, rounds)
    if form.round > 1 and form.round - 1 not in done:
        raise RefusedError("round_before", round=form.round - 1)
    return form.round


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
