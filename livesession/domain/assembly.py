"""The assembly: the body that meets, its members and groups, and the rules that bind it.

The same form serves the ``assembly.set`` entry, the assembly kept from one sitting to the next,
and the API; its JSON Schema is ``agenda_templates/assembly.schema.json``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, NewType

from livesession.domain.rules import Rules, rule_problems
from livesession.domain.text import MAX_LINE, text_problem
from livesession.errors import Problem

MemberId = NewType("MemberId", str)
"""A member's identifier, the same from one sitting to the next."""

GroupId = NewType("GroupId", str)
"""A group's identifier within its assembly."""

PERSON_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
NETWORK = re.compile(r"[a-z][a-z0-9_]{0,19}")
MAX_MEMBERS = 2_000
"""More than any elected body holds; a bound for what a file or a request may bring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A political group; ``short`` is what stands in brackets behind a name."""

    id: GroupId
    name: str
    short: str | None = None

    def as_json(self) -> dict[str, Any]:
        return _given(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member in office.

    ``name`` is as it is called out, title included; ``office`` is what the member holds besides
    the seat (president, vice-president); ``handles`` are the member's own accounts by network,
    there only where the member agreed to be named by them.
    """

    id: MemberId
    name: str
    group: GroupId | None = None
    office: str | None = None
    constituency: str | None = None
    handles: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return _given(self)


@dataclass(frozen=True, kw_only=True)
class Assembly:
    """A body: who is in office, in which group, under which rules.

    ``members`` in the order in which they are called. Empty where nobody gave them: then
    attendance, quorum and the number of voices are not known, and nothing is checked against them.
    """

    name: str = ""
    rules: Rules = field(default_factory=lambda: Rules(profile="neutral"))
    groups: tuple[Group, ...] = ()
    members: tuple[Member, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[MemberId, Member]:
        """Every member, by id."""
        return {member.id: member for member in self.members}

    @cached_property
    def groups_by_id(self) -> Mapping[GroupId, Group]:
        """Every group, by id."""
        return {group.id: group for group in self.groups}

    def in_group(self, group: GroupId) -> tuple[MemberId, ...]:
        """The members of a group, in the order in which they are called."""
        return tuple(member.id for member in self.members if member.group == group)

    def named(self, member: MemberId) -> dict[str, str]:
        """A member as an entry names one: id, name, and the group's short name if there is one."""
        known = self.by_id[member]
        form = {"id": str(member), "name": known.name}
        if known.group is not None and (group := self.groups_by_id.get(known.group)) is not None:
            form["group"] = group.short or group.name
        return form

    def as_json(self) -> dict[str, Any]:
        """The assembly's own form."""
        form: dict[str, Any] = {"name": self.name, "rules": self.rules.as_json()}
        if self.groups:
            form["groups"] = [group.as_json() for group in self.groups]
        if self.members:
            form["members"] = [member.as_json() for member in self.members]
        return form

    @classmethod
    def from_json(cls, form: Mapping[str, Any]) -> "Assembly":
        """Back from :meth:`as_json`; trusts its input, which came out of the log."""
        return cls(
            name=form.get("name", ""),
            rules=Rules.from_json(form.get("rules", {})),
            groups=tuple(Group(**group) for group in form.get("groups", ())),
            members=tuple(Member(**member) for member in form.get("members", ())),
        )


def assembly_problems(assembly: Assembly) -> list[Problem]:
    """What keeps an assembly from being recorded: ids twice, groups unknown, texts that cannot be kept."""
    found: list[Problem | None] = [text_problem(assembly.name, "name", limit=MAX_LINE, blank=True)]
    found += rule_problems(assembly.rules)
    if len(assembly.members) > MAX_MEMBERS:
        found.append(Problem.of("members-many", "members", limit=MAX_MEMBERS))
        return [problem for problem in found if problem is not None]
    seen: set[str] = set()
    for index, group in enumerate(assembly.groups):
        found += _person_problems(group.id, group.name, f"groups[{index}]", seen)
        if group.short is not None:
            found.append(text_problem(group.short, f"groups[{index}].short", limit=MAX_LINE))
    seen = set()
    for index, member in enumerate(assembly.members):
        place = f"members[{index}]"
        found += _person_problems(member.id, member.name, place, seen)
        for name in ("office", "constituency"):
            if (value := getattr(member, name)) is not None:
                found.append(text_problem(value, f"{place}.{name}", limit=MAX_LINE))
        if member.group is not None and member.group not in assembly.groups_by_id:
            found.append(Problem.of("member-group-unknown", f"{place}.group", group=member.group[:80]))
        found += _handle_problems(member, place)
    return [problem for problem in found if problem is not None]


def _person_problems(id_: str, name: str, place: str, seen: set[str]) -> Iterator[Problem | None]:
    if PERSON_ID.fullmatch(id_) is None:
        yield Problem.of("member-id-form", f"{place}.id", id=id_[:80])
    if id_ in seen:
        yield Problem.of("member-id-twice", f"{place}.id", id=id_[:80])
    seen.add(id_)
    yield text_problem(name, f"{place}.name", limit=MAX_LINE)


def _handle_problems(member: Member, place: str) -> Iterator[Problem | None]:
    for network, handle in member.handles.items():
        if NETWORK.fullmatch(network) is None:
            yield Problem.of("member-network", f"{place}.handles", network=network[:40])
        yield text_problem(handle, f"{place}.handles.{network[:40]}", limit=MAX_LINE)


def _given(part: Group | Member) -> dict[str, Any]:
    """The fields that say something."""
    found = {each.name: getattr(part, each.name) for each in fields(part)}
    return {
        name: dict(value) if isinstance(value, Mapping) else value
        for name, value in found.items()
        if value is not None and value != {}
    }
