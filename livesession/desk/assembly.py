"""The assembly of a sitting, and who presides it and writes its minutes."""

from collections.abc import Mapping
from typing import Any, ClassVar

import msgspec

from livesession.desk.attendance import require_attendance
from livesession.desk.commands import Ask, Command, named, require_status
from livesession.domain.assembly import Assembly, Group, GroupId, Member, MemberId, assembly_problems
from livesession.domain.rules import Rules
from livesession.domain.sitting import State
from livesession.domain.text import MAX_LINE, check_text
from livesession.errors import InputError, Problem
from livesession.thread.log import Proposal


class GroupForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A group, as a person or a program sends it."""

    id: str
    name: str
    short: str | None = None


class MemberForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member, as a person or a program sends it."""

    id: str
    name: str
    group: str | None = None
    office: str | None = None
    constituency: str | None = None
    handles: dict[str, str] = {}


class AdjustForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a council adjusted: the value that holds, and where its rules of procedure say so."""

    value: str | int | bool | None
    source: str | None = None


class RulesForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rules that bind an assembly."""

    profile: str = "neutral"
    adjust: dict[str, AdjustForm] = {}


class AssemblySet(Command, frozen=True):
    """The body as it is from here on: its members, groups and rules, whole."""

    kind: ClassVar[str] = "assembly.set"
    on_item: ClassVar[str] = "none"
    before_public: ClassVar[bool] = True
    name: str
    rules: RulesForm = RulesForm()
    groups: tuple[GroupForm, ...] = ()
    members: tuple[MemberForm, ...] = ()

    def check_shape(self) -> None:
        if problems := assembly_problems(self.assembly()):
            raise InputError("assembly_unreadable", problems)

    def assembly(self) -> Assembly:
        """The assembly it describes, not yet checked."""
        return Assembly(
            name=self.name,
            rules=Rules(profile=self.rules.profile, adjust=msgspec.to_builtins(self.rules.adjust)),
            groups=tuple(Group(id=GroupId(each.id), name=each.name, short=each.short) for each in self.groups),
            members=tuple(
                Member(
                    id=MemberId(each.id),
                    name=each.name,
                    group=None if each.group is None else GroupId(each.group),
                    office=each.office,
                    constituency=each.constituency,
                    handles=each.handles,
                )
                for each in self.members
            ),
        )

    def check_state(self, state: State, ask: Ask) -> None:
        require_status(state, "scheduled", "open", "suspended")

    def as_data(self) -> Mapping[str, Any]:
        return self.assembly().as_json()


class _Named(Command, frozen=True):
    """Members, or one person by name who is none."""

    on_item: ClassVar[str] = "none"
    before_public: ClassVar[bool] = True
    member: str | None = None
    members: tuple[str, ...] = ()
    name: str | None = None

    def check_shape(self) -> None:
        if self.name is not None:
            check_text(self.name, "data.name", limit=MAX_LINE)
        elif self.member is None and not self.members:
            raise InputError("members_needed", [Problem.of("members-needed", "data.members")])

    def check_state(self, state: State, ask: Ask) -> None:
        require_status(state, "scheduled", "open", "suspended")
        if self.name is None:
            require_attendance(state)

    def own(self, state: State, ask: Ask) -> Proposal:
        ids = [*self.members, *([self.member] if self.member is not None else [])]
        people = named(state, ids, "data.members")
        if self.name is not None:
            people = [*people, {"name": self.name}]
        return Proposal(kind=self.kind, at=ask.at, data={"members": people})


class PresidentNamed(_Named, frozen=True):
    """Who presides from here on: one person."""

    kind: ClassVar[str] = "president.named"

    def check_shape(self) -> None:
        super().check_shape()
        if len(self.members) + (self.member is not None) + (self.name is not None) > 1:
            raise InputError("president_one", [Problem.of("president-one", "data")])


class SecretaryNamed(_Named, frozen=True):
    """Who writes the minutes, one or several, auxiliaries from outside included (CGCT L2121-15)."""

    kind: ClassVar[str] = "secretary.named"
