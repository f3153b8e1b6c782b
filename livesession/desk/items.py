"""Items of the agenda, called and closed."""

from collections.abc import Sequence
from typing import ClassVar

from livesession.desk.commands import Ask, Command, item_of, require_status
from livesession.domain.sitting import State
from livesession.errors import RefusedError
from livesession.thread.log import Proposal


class ItemOpened(Command, frozen=True):
    """The president calls an item. It closes the one that was open; a closed item begins a closed part."""

    kind: ClassVar[str] = "item.opened"
    on_item: ClassVar[str] = "required"
    moves_sitting: ClassVar[bool] = True

    def check_state(self, state: State, ask: Ask) -> None:
        require_status(state, "open")
        assert ask.item is not None, "required above"
        if state.current == ask.item:
            raise RefusedError("item_already_open")

    def before(self, state: State, ask: Ask) -> Sequence[Proposal]:
        assert ask.item is not None, "required above"
        if item_of(state, ask.item).public or state.in_closed_part or not state.agenda.public:
            return ()
        return [Proposal(kind="closed_part.begun", at=ask.at)]


class ItemClosed(Command, frozen=True):
    """The debate on the open item ends."""

    kind: ClassVar[str] = "item.closed"
    on_item: ClassVar[str] = "required"
    moves_sitting: ClassVar[bool] = True

    def check_state(self, state: State, ask: Ask) -> None:
        require_status(state, "open", "suspended")
        if state.current != ask.item:
            raise RefusedError("item_not_open")
