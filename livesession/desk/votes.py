"""Votes: a result by numbers, as a show of hands gives it."""

from typing import ClassVar, Literal

import msgspec

from livesession.desk.commands import Ask, Command, require_status
from livesession.domain.sitting import State
from livesession.domain.text import MAX_LINE, check_text
from livesession.errors import InputError, Problem

MAX_VOICES = 10_000


class VoteRecorded(Command, frozen=True, kw_only=True, rename={"in_favour": "for"}, omit_defaults=False):
    """A vote and what it decided. The result is what the president proclaimed; the numbers must allow it."""

    kind: ClassVar[str] = "vote.recorded"
    on_item: ClassVar[str] = "required"
    is_text: ClassVar[bool] = True
    subject: str | msgspec.UnsetType | None = msgspec.UNSET
    ballot: Literal["show_of_hands"] = "show_of_hands"
    in_favour: int
    against: int
    abstention: int
    result: Literal["adopted", "rejected"]

    def check_state(self, state: State, ask: Ask) -> None:
        if isinstance(self.subject, str):
            check_text(self.subject, "data.subject", limit=MAX_LINE)
        for name, voices in (("for", self.in_favour), ("against", self.against), ("abstention", self.abstention)):
            if not 0 <= voices <= MAX_VOICES:
                raise InputError("vote_number", [Problem.of("vote-number", f"data.{name}", limit=MAX_VOICES)])
        # A tie may go either way: the president's voice decides it (CGCT L2121-20, L3121-16).
        if self.in_favour != self.against and (self.in_favour > self.against) != (self.result == "adopted"):
            raise InputError(
                "vote_result",
                [Problem.of("vote-result", "data.result", votes=f"{self.in_favour} / {self.against}")],
            )
        require_status(state, "open")
