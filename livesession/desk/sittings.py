"""The frame of a sitting: opened, suspended, resumed, closed, reopened; and its closed parts."""

from collections.abc import Sequence
from typing import ClassVar

from livesession.desk.commands import Ask, Command, check_reason, require_status
from livesession.domain.sitting import State
from livesession.errors import InputError, Problem, RefusedError
from livesession.thread.log import Proposal


class _WithReason(Command, frozen=True):
    """A step of the sitting, with the reason that may be given for it."""

    on_item: ClassVar[str] = "none"
    moves_sitting: ClassVar[bool] = True
    reason: str | None = None

    def check_state(self, state: State, ask: Ask) -> None:
        check_reason(self.reason)


class SittingOpened(_WithReason, frozen=True):
    """The president declares the sitting open."""

    kind: ClassVar[str] = "sitting.opened"

    def check_state(self, state: State, ask: Ask) -> None:
        super().check_state(state, ask)
        if state.status != "scheduled":
            raise RefusedError("sitting_already_opened")


class SittingSuspended(_WithReason, frozen=True):
    """A pause in the sitting."""

    kind: ClassVar[str] = "sitting.suspended"

    def check_state(self, state: State, ask: Ask) -> None:
        super().check_state(state, ask)
        require_status(state, "open")


class SittingResumed(_WithReason, frozen=True):
    """The end of a pause."""

    kind: ClassVar[str] = "sitting.resumed"

    def check_state(self, state: State, ask: Ask) -> None:
        super().check_state(state, ask)
        if state.status != "suspended":
            raise RefusedError("sitting_not_suspended")


class SittingClosed(_WithReason, frozen=True):
    """The president closes the sitting. A closed part ends first, so that the public sees the end."""

    kind: ClassVar[str] = "sitting.closed"

    def check_state(self, state: State, ask: Ask) -> None:
        super().check_state(state, ask)
        require_status(state, "open", "suspended")

    def before(self, state: State, ask: Ask) -> Sequence[Proposal]:
        return [closed_part_ended(state, ask)] if state.in_closed_part else ()


class SittingReopened(_WithReason, frozen=True):
    """A sitting that was closed too early goes on."""

    kind: ClassVar[str] = "sitting.reopened"

    def check_state(self, state: State, ask: Ask) -> None:
        super().check_state(state, ask)
        require_status(state, "closed")


class ClosedPartBegun(_WithReason, frozen=True):
    """The doors close (huis clos): from here on nothing reaches any public reader."""

    kind: ClassVar[str] = "closed_part.begun"

    def check_state(self, state: State, ask: Ask) -> None:
        super().check_state(state, ask)
        require_status(state, "open", "suspended")
        # A sitting held behind closed doors as a whole has no doors left to close.
        if state.in_closed_part or not state.agenda.public:
            raise RefusedError("closed_part_begun_already")


class ClosedPartEnded(_WithReason, frozen=True):
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
    data = {"status": state.status} | ({"reason": reason} if reason is not None else {})
    shown = current is not None and current.public
    return Proposal(kind="closed_part.ended", item=state.current if shown else None, at=ask.at, data=data)
