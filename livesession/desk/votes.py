"""Votes: recorded when they are taken, corrected when they were recorded wrongly."""

from datetime import datetime
from typing import ClassVar

from livesession.desk.commands import Ask, check_reason, entry_of, item_of, require_status
from livesession.desk.counting import counted
from livesession.desk.vote_form import VoteForm
from livesession.domain.attendance import Attendance, attendance
from livesession.domain.ids import EntryId
from livesession.domain.sitting import State
from livesession.errors import InputError, Problem, RefusedError
from livesession.thread.log import Proposal


def there_at(state: State, at: datetime | None) -> Attendance:
    """Who was there at an instant: a vote that is noted late is judged on the room as it was."""
    return state.attendance if at is None else attendance(state.attendance_facts, until=at)


class VoteRecorded(VoteForm, frozen=True, kw_only=True, rename={"in_favour": "for", "but": "except"}):
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
        data = counted(self, state, ask, there_at(state, ask.at))
        return Proposal(kind="vote.recorded", item=ask.item, at=ask.at, data=data)


class VoteCorrected(VoteForm, frozen=True, kw_only=True, rename={"in_favour": "for", "but": "except"}):
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
        data = counted(self, state, where, there_at(state, vote.at), before=vote)
        return Proposal(
            kind=self.kind, item=vote.item, at=ask.at, data={"entry": self.entry, "reason": self.reason, **data}
        )
