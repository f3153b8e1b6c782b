"""Closed parts (huis clos): asked for, decided, begun, ended; and a decision released afterwards.

In the sitting, on request of three members or the maire, by absolute majority, without debate (CGCT
L2121-18; five members or the president: L3121-11, L4132-10, L5211-11). Who asked and what was
decided is public; so is the decision taken behind the doors, but never the discussion.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from livesession.desk.attendance import who_is_there
from livesession.desk.commands import Ask, Command, WithReason, check_reason, entry_of, named, require_status
from livesession.desk.votes import VoteRecorded
from livesession.domain.ids import EntryId
from livesession.domain.sitting import State
from livesession.domain.text import MAX_LINE, check_text
from livesession.errors import InputError, Problem, RefusedError
from livesession.thread.log import Proposal


class ClosedPartBegun(WithReason, frozen=True, rename={"in_favour": "for"}):
    """The doors close: from here on nothing reaches any public reader.

    It never waits for papers: who asked (``requested_by``, or ``by_president``) and the vote (``for``,
    ``against``, ``abstention``) may be given with it, and are then public and checked.
    """

    kind: ClassVar[str] = "closed_part.begun"
    requested_by: tuple[str, ...] = ()
    by_president: bool = False
    in_favour: int | None = None
    against: int | None = None
    abstention: int | None = None

    def check_shape(self) -> None:
        check_reason(self.reason)
        if self.in_favour is None and (self.against is not None or self.abstention is not None):
            raise InputError("closed_part_vote", [Problem.of("closed-part-vote", "data.for")])

    def check_state(self, state: State, ask: Ask) -> None:
        require_status(state, "open", "suspended")
        # A sitting held behind closed doors as a whole has no doors left to close.
        if state.in_closed_part or not state.agenda.public:
            raise RefusedError("closed_part_begun_already")
        named(state, self.requested_by, "data.requested_by")
        least = state.assembly.rules.number("closed_part_members")
        asked = bool(self.requested_by) or self.by_president
        alone = self.by_president and state.assembly.rules.holds("closed_part_president")
        if asked and not alone and least is not None and len(self.requested_by) < least:
            article = state.assembly.rules.rules["closed_part_members"].article
            raise RefusedError("closed_part_requesters", least=least, article=article)

    def before(self, state: State, ask: Ask) -> Sequence[Proposal]:
        if self.in_favour is None:
            return ()
        vote = VoteRecorded(
            in_favour=self.in_favour,
            against=self.against or 0,
            abstention=self.abstention or 0,
            matter="closed_part",
        )
        found = vote.proposal(state, ask)
        if found.data["result"] != "adopted":
            raise RefusedError("closed_part_rejected")
        return [found]

    def own(self, state: State, ask: Ask) -> Proposal:
        data: dict[str, Any] = {} if self.reason is None else {"reason": self.reason}
        if self.requested_by:
            data["requested_by"] = named(state, self.requested_by, "data.requested_by")
        if self.by_president:
            data["by_president"] = True
        return Proposal(kind=self.kind, at=ask.at, data=data)


class ClosedPartEnded(WithReason, frozen=True):
    """The doors open again."""

    kind: ClassVar[str] = "closed_part.ended"

    def check_state(self, state: State, ask: Ask) -> None:
        super().check_state(state, ask)
        if not state.in_closed_part:
            raise RefusedError("closed_part_none")

    def own(self, state: State, ask: Ask) -> Proposal:
        return closed_part_ended(state, ask, self.reason)


def closed_part_ended(state: State, ask: Ask, reason: str | None = None) -> Proposal:
    """The entry that ends a closed part; it tells readers where the sitting is by now."""
    if ask.at is not None and ask.at < state.closed_parts[-1].begun:
        raise InputError("time_before_closed_part", [Problem.of("time-before-closed-part", "at")])
    current = state.items.get(state.current) if state.current is not None else None
    data: dict[str, Any] = {"status": state.status, **who_is_there(state)}
    if reason is not None:
        data["reason"] = reason
    shown = current is not None and current.public
    return Proposal(kind="closed_part.ended", item=state.current if shown else None, at=ask.at, data=data)


class DecisionReleased(Command, frozen=True):
    """A decision taken behind closed doors, made public: its title, its result, its named ballots; no more.

    ``vote`` is the entry of the vote. ``title`` is what the public reads; without it the item's
    public title. ``names`` says whether the names of a public ballot come with it.
    """

    kind: ClassVar[str] = "decision.released"
    is_text: ClassVar[bool] = True
    on_item: ClassVar[str] = "none"
    vote: str
    title: str | None = None
    names: bool = True

    def check_shape(self) -> None:
        if self.title is not None:
            check_text(self.title, "data.title", limit=MAX_LINE)

    def check_state(self, state: State, ask: Ask) -> None:
        if state.in_closed_part:
            raise RefusedError("closed_part_hides")
        known = entry_of(state, self.vote)
        if known.kind != "vote.recorded" or known.retracted:
            raise InputError("entry_no_vote", [Problem.of("entry-no-vote", "data.vote", kind=known.kind)])
        if known.pos is not None:
            raise RefusedError("decision_public_already")
        if any(released.data.get("vote") == self.vote for released in state.released.values()):
            raise RefusedError("decision_released_already")
        if self.title is None and _public_title(state, self.vote) is None:
            raise InputError("release_title_needed", [Problem.of("release-title-needed", "data.title")])

    def own(self, state: State, ask: Ask) -> Proposal:
        vote = state.votes[EntryId(self.vote)]
        return Proposal(kind=self.kind, item=vote.item, at=ask.at, data=self._released(state, vote.data))

    def _released(self, state: State, vote: Mapping[str, Any]) -> dict[str, Any]:
        # The subject was typed for those inside, and who took part in a secret ballot is no part of the decision.
        kept = {name: value for name, value in vote.items() if name not in ("subject", "motion", "votes", "quorum")}
        if self.names and vote["ballot"] == "public" and "votes" in vote:
            kept["votes"] = vote["votes"]
        return {"vote": self.vote, "title": self.title or _public_title(state, self.vote), **kept}


def _public_title(state: State, vote: str) -> str | None:
    item = state.votes[EntryId(vote)].item
    known = None if item is None else state.items.get(item)
    return None if known is None else known.shown_title
