"""The frame of a sitting: opened, suspended, resumed, closed, reopened."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from livesession.desk.closed_parts import closed_part_ended
from livesession.desk.commands import Ask, WithReason, require_status
from livesession.domain.sitting import State
from livesession.domain.times import read_instant
from livesession.errors import RefusedError
from livesession.thread.log import Proposal


class SittingOpened(WithReason, frozen=True):
    """The president declares the sitting open.

    ``second_call`` is True where it meets again because the quorum failed, and needs none now (CGCT L2121-17).
    """

    kind: ClassVar[str] = "sitting.opened"
    second_call: bool = False

    def check_state(self, state: State, ask: Ask) -> None:
        super().check_state(state, ask)
        if state.status != "scheduled":
            raise RefusedError("sitting_already_opened")

    def own(self, state: State, ask: Ask) -> Proposal:
        found = replace(state, second_call=self.second_call).quorum()
        data = {**self.as_data()} | ({} if found is None else {"quorum": found.as_json()})
        return Proposal(kind=self.kind, at=ask.at, data=data)


class SittingSuspended(WithReason, frozen=True):
    """A pause in the sitting; ``until`` is when it is to go on, an RFC 3339 instant, be it the next day."""

    kind: ClassVar[str] = "sitting.suspended"
    until: str | None = None

    def check_shape(self) -> None:
        if self.until is not None:
            read_instant(self.until)

    def check_state(self, state: State, ask: Ask) -> None:
        super().check_state(state, ask)
        require_status(state, "open")


class SittingResumed(WithReason, frozen=True):
    """The end of a pause."""

    kind: ClassVar[str] = "sitting.resumed"

    def check_state(self, state: State, ask: Ask) -> None:
        super().check_state(state, ask)
        if state.status != "suspended":
            raise RefusedError("sitting_not_suspended")


class SittingClosed(WithReason, frozen=True):
    """The president closes the sitting. A closed part ends first, so that the public sees the end.

    ``want_of_quorum`` is True where it closes because too few are there to decide.
    """

    kind: ClassVar[str] = "sitting.closed"
    want_of_quorum: bool = False

    def check_state(self, state: State, ask: Ask) -> None:
        super().check_state(state, ask)
        require_status(state, "open", "suspended")

        if self.want_of_quorum and (found := state.quorum(state.current)) is not None and found.met:
            raise RefusedError("quorum_is_met", present=found.present, required=found.required)

    def before(self, state: State, ask: Ask) -> Sequence[Proposal]:
        return [closed_part_ended(state, ask)] if state.in_closed_part else ()

    def own(self, state: State, ask: Ask) -> Proposal:
        data = self.as_data()
        if self.want_of_quorum and (found := state.quorum(state.current)) is not None:
            data = {**data, "quorum": found.as_json()}
        return Proposal(kind=self.kind, at=ask.at, data=data)


class SittingReopened(WithReason, frozen=True):
    """A sitting that was closed too early goes on."""

    kind: ClassVar[str] = "sitting.reopened"

    def check_state(self, state: State, ask: Ask) -> None:
        super().check_state(state, ask)
        require_status(state, "closed")
