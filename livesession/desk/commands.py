"""What a command is: a kind, the shape of its data, and a pure decision on the sitting's state."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

import msgspec

from livesession.domain.agenda import AgendaItem
from livesession.domain.assembly import MemberId
from livesession.domain.ids import ItemId
from livesession.domain.sitting import EntryRef, State
from livesession.domain.text import MAX_LINE, check_text
from livesession.errors import InputError, Problem, RefusedError
from livesession.thread.log import Proposal

CLOCK_TOLERANCE = timedelta(hours=24)
"""How far ahead of ours a clerk's clock may be: a wrong zone passes, a wrong year does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """The envelope of a command: where, when, and the last ``seq`` its author had seen."""

    item: ItemId | None = None
    at: datetime | None = None
    seen: int | None = None


class Command(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The data of one kind of entry, as a person or a program sends it."""

    kind: ClassVar[str] = ""
    on_item: ClassVar[str] = "optional"
    """Whether the command names an item: ``required``, ``optional`` or ``none``."""
    is_text: ClassVar[bool] = False
    """A text written in knowledge of the thread: refused where a closed part began unseen."""
    before_public: ClassVar[bool] = False
    """Readers must know of it to follow the sitting: not done behind closed doors, but on a closed item."""
    moves_sitting: ClassVar[bool] = False
    """It moves the sitting on: dated where the public sees it, and never ahead of its recording."""

    @property
    def is_public(self) -> bool:
        """Whether it is meant for the public at all."""
        return True

    def check_shape(self) -> None:
        """Raise InputError where the data contradict themselves, whatever the state: before anything is kept."""

    def decide(self, state: State, ask: Ask, now: datetime) -> Sequence[Proposal]:
        """The entries to append, the command's own last. Raises RefusedError or InputError."""
        self.check_state(state, ask)
        return [*self.before(state, ask), self.own(state, ask)]

    def check_state(self, state: State, ask: Ask) -> None:
        """Raise RefusedError where the state forbids the command."""

    def before(self, state: State, ask: Ask) -> Sequence[Proposal]:
        """Entries that must come first."""
        return ()

    def own(self, state: State, ask: Ask) -> Proposal:
        """The command's own entry."""
        return Proposal(kind=self.kind, item=ask.item, at=ask.at, data=self.as_data())

    def as_data(self) -> Mapping[str, Any]:
        """The entry's ``data``: what was given, defaults left out."""
        data: dict[str, Any] = msgspec.to_builtins(self)
        return data


class WithReason(Command, frozen=True):
    """A step of the sitting, with the reason that may be given for it."""

    on_item: ClassVar[str] = "none"
    moves_sitting: ClassVar[bool] = True
    reason: str | None = None

    def check_state(self, state: State, ask: Ask) -> None:
        check_reason(self.reason)


def judge(command: Command, ask: Ask, state: State, now: datetime) -> Sequence[Proposal]:
    """What every command is held to, then its own rules."""
    if ask.at is not None and ask.at > now + CLOCK_TOLERANCE:
        raise InputError("time_ahead", [Problem.of("time-ahead", "at")])
    if command.moves_sitting:
        ask = _moved(state, ask, now)
    # Doors that closed, or opened again: what its author meant for one side must not go to the other.
    if command.is_text and ask.seen is not None and any(part.unseen_by(ask.seen) for part in state.closed_parts):
        raise RefusedError("closed_part_unseen")
    if ask.item is not None:
        item_of(state, ask.item)
    if ask.item is None and command.on_item == "required":
        raise InputError("item_needed", [Problem.of("item-needed", "item")])
    if ask.item is not None and command.on_item == "none":
        raise InputError("item_not_taken", [Problem.of("item-not-taken", "item")], kind=command.kind)
    if command.before_public:
        _check_before_public(command, state, ask)
    return command.decide(state, ask, now)


def _check_before_public(command: Command, state: State, ask: Ask) -> None:
    item = None if ask.item is None else state.items.get(ask.item)
    if not state.agenda.public or not command.is_public or (item is not None and not item.public):
        return
    if state.in_closed_part or (ask.at is not None and any(part.covers(ask.at) for part in state.closed_parts)):
        raise RefusedError("closed_part_hides")


def _moved(state: State, ask: Ask, now: datetime) -> Ask:
    if ask.at is None:
        return ask
    # Dated into a closed part that is over it would be hidden: readers would never learn where the sitting is.
    if any(part.ended is not None and part.covers(ask.at) for part in state.closed_parts):
        raise RefusedError("closed_part_hides")
    # A door dated ahead would keep hiding what is posted after it opened, or not hide what was written before it shut.
    return replace(ask, at=min(ask.at, now))


def item_of(state: State, item: ItemId, place: str = "item") -> AgendaItem:
    """The agenda's item of that id. Raises InputError ``item_unknown``."""
    found = state.items.get(item)
    if found is None:
        raise InputError("item_unknown", [Problem.of("item-unknown", place, item=item[:64])], item=item[:64])
    return found


def entry_of(state: State, entry: str) -> EntryRef:
    """The entry of that id. Raises InputError ``entry_unknown``."""
    found = state.entries.get(entry)  # type: ignore[call-overload]  # any string may be looked up
    if found is None:
        raise InputError("entry_unknown", [Problem.of("entry-unknown", "data.entry")])
    return found  # type: ignore[no-any-return]  # Map.get is untyped where its key is


def named(state: State, members: Sequence[str], place: str) -> list[dict[str, str]]:
    """Members as an entry names them: id, name, group. Raises InputError ``member_unknown``, ``member_twice``."""
    found = []
    for index, member in enumerate(members):
        if MemberId(member) not in state.assembly.by_id:
            problem = Problem.of("member-unknown", f"{place}[{index}]", member=member[:64])
            raise InputError("member_unknown", [problem], member=member[:64])
        found.append(state.assembly.named(MemberId(member)))
    if len(set(members)) != len(members):
        raise InputError("member_twice", [Problem.of("member-twice", place)])
    return found


def require_status(state: State, *allowed: str) -> None:
    """Raise RefusedError unless the sitting's status is one of ``allowed``."""
    if state.status not in allowed:
        raise RefusedError(f"sitting_{state.status}")


def check_reason(reason: str | None) -> None:
    """A reason, where given, is a line of text."""
    if reason is not None:
        check_text(reason, "data.reason", limit=MAX_LINE)


_KEY = re.compile(r"[\x20-\x7e]{1,255}")


def check_key(key: str) -> str:
    """An idempotency key: 1 to 255 printable ASCII characters. Raises InputError."""
    if _KEY.fullmatch(key) is None:
        raise InputError("idempotency_key_form", [Problem.of("idempotency-key-form", "Idempotency-Key")])
    return key
