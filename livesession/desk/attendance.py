"""Who is there: arrivals, departures, excuses, recusals, proxies, and the quorum when it is checked."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import msgspec

from livesession.desk.commands import Ask, Command, check_reason, entry_of, named, require_status
from livesession.domain.assembly import MemberId
from livesession.domain.attendance import Attendance, Presence
from livesession.domain.sitting import State
from livesession.domain.times import read_instant, write_instant
from livesession.errors import InputError, Problem, RefusedError
from livesession.thread.log import Proposal


class _OfMembers(Command, frozen=True):
    """A fact about one ``member`` or several ``members``, by their ids."""

    on_item: ClassVar[str] = "none"
    moves_sitting: ClassVar[bool] = True
    becomes: ClassVar[Presence | None] = None
    member: str | None = None
    members: tuple[str, ...] = ()

    @property
    def ids(self) -> list[str]:
        """Everybody it is about."""
        return [*self.members, *([self.member] if self.member is not None else [])]

    def check_shape(self) -> None:
        if not self.ids:
            raise InputError("members_needed", [Problem.of("members-needed", "data.members")])

    def check_state(self, state: State, ask: Ask) -> None:
        require_attendance(state)
        require_status(state, "scheduled", "open", "suspended")
        named(state, self.ids, "data.members")
        if self.becomes is not None and all(_is(state.attendance, each, self.becomes) for each in self.ids):
            raise RefusedError("attendance_unchanged")

    def own(self, state: State, ask: Ask) -> Proposal:
        data = {"members": named(state, self.ids, "data.members")}
        return Proposal(kind=self.kind, item=ask.item, at=ask.at, data=data)


def _is(there: Attendance, member: str, presence: Presence) -> bool:
    return there.presence.get(MemberId(member)) == presence


def require_attendance(state: State) -> None:
    """Raise RefusedError where the members are not known: nobody can be there who is nobody."""
    if not state.assembly.members:
        raise RefusedError("members_unknown")


class MemberArrived(_OfMembers, frozen=True):
    """Members come in; the proxies they had given end."""

    kind: ClassVar[str] = "member.arrived"
    becomes: ClassVar[Presence | None] = "present"


class MemberLeft(_OfMembers, frozen=True):
    """Members leave the room."""

    kind: ClassVar[str] = "member.left"
    becomes: ClassVar[Presence | None] = "left"


class MemberExcused(_OfMembers, frozen=True):
    """Members let the sitting know that they do not come."""

    kind: ClassVar[str] = "member.excused"
    becomes: ClassVar[Presence | None] = "excused"


class MemberRecused(_OfMembers, frozen=True):
    """Members who take no part in an item, because they are interested in it (déport; CGCT L2131-11)."""

    kind: ClassVar[str] = "member.recused"
    on_item: ClassVar[str] = "required"

    def check_state(self, state: State, ask: Ask) -> None:
        super().check_state(state, ask)
        if state.attendance.recused_from(ask.item) >= set(map(MemberId, self.ids)):
            raise RefusedError("attendance_unchanged")


class MemberCorrected(Command, frozen=True):
    """What an entry on attendance should have said: its members, its time, or nobody at all (``members: []``)."""

    kind: ClassVar[str] = "member.corrected"
    entry: str
    reason: str
    members: list[str] | None = None
    time: str | None = None

    def check_shape(self) -> None:
        check_reason(self.reason)
        if self.members is None and self.time is None:
            raise InputError("correction_empty", [Problem.of("correction-empty", "data")])
        if self.time is not None:
            read_instant(self.time)

    def check_state(self, state: State, ask: Ask) -> None:
        known = entry_of(state, self.entry)
        if known.kind not in _CORRECTABLE:
            raise InputError("entry_no_attendance", [Problem.of("entry-no-attendance", "data.entry", kind=known.kind)])
        if known.pos is not None and state.in_closed_part:
            raise RefusedError("closed_part_hides")
        if known.pos is None and state.agenda.public and not state.in_closed_part:
            # Readers were told who is there when the doors opened, and would not see this.
            raise RefusedError("attendance_hidden")
        named(state, self.members or (), "data.members")

    def own(self, state: State, ask: Ask) -> Proposal:
        held = next(fact for fact in state.attendance_facts if fact.entry == self.entry)
        members = list(held.members) if self.members is None else self.members
        data: dict[str, Any] = {
            "entry": self.entry,
            "reason": self.reason,
            "members": named(state, members, "data.members"),
            "before": {
                "members": [state.assembly.named(member) for member in held.members if member in state.assembly.by_id],
                "time": write_instant(held.at),
            },
        }
        if self.time is not None:
            data["time"] = write_instant(read_instant(self.time))
        return Proposal(kind=self.kind, item=held.item, at=ask.at, data=data)


_CORRECTABLE = frozenset({"member.arrived", "member.left", "member.excused", "member.recused"})


class ProxyForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"giver": "from", "holder": "to"}):
    """One proxy, by the ids of two members."""

    giver: str
    holder: str


class ProxyGiven(Command, frozen=True, rename={"giver": "from", "holder": "to"}):
    """Written proxies (pouvoirs): ``to`` votes for ``from``, who is not in the room (CGCT L2121-20).

    One as ``from`` and ``to``, or several at the roll call as ``proxies``.
    """

    kind: ClassVar[str] = "proxy.given"
    on_item: ClassVar[str] = "none"
    moves_sitting: ClassVar[bool] = True
    giver: str | None = None
    holder: str | None = None
    proxies: tuple[ProxyForm, ...] = ()

    @property
    def pairs(self) -> list[ProxyForm]:
        """Every proxy that it gives."""
        alone = self.giver is not None and self.holder is not None
        return [*self.proxies, *([ProxyForm(self.giver or "", self.holder or "")] if alone else [])]

    def check_shape(self) -> None:
        if not self.pairs or (self.giver is None) != (self.holder is None):
            raise InputError("members_needed", [Problem.of("members-needed", "data.from")])
        if any(pair.giver == pair.holder for pair in self.pairs):
            raise InputError("proxy_to_oneself", [Problem.of("proxy-to-oneself", "data.to")])

    def check_state(self, state: State, ask: Ask) -> None:
        require_attendance(state)
        require_status(state, "scheduled", "open", "suspended")
        named(state, [pair.giver for pair in self.pairs], "data.from")
        held = dict(state.attendance.proxies)
        for pair in self.pairs:
            named(state, [pair.holder], "data.to")
            held[MemberId(pair.giver)] = MemberId(pair.holder)
        for pair in self.pairs:
            self._check_pair(state, held, pair)

    def _check_pair(self, state: State, held: Mapping[MemberId, MemberId], pair: ProxyForm) -> None:
        """One proxy, judged together with all that stand or are given with it."""
        if _is(state.attendance, pair.giver, "present"):
            raise RefusedError("proxy_giver_present")
        if pair.holder in held:
            raise RefusedError("proxy_holder_represented")
        rule = state.assembly.rules.rules["proxies_per_holder"]
        limit = state.assembly.rules.number("proxies_per_holder")
        if limit is not None and sum(to == pair.holder for to in held.values()) > limit:
            raise RefusedError("proxy_holder_full", limit=limit, article=rule.article)

    def own(self, state: State, ask: Ask) -> Proposal:
        name = state.assembly.named
        given = [{"from": name(MemberId(pair.giver)), "to": name(MemberId(pair.holder))} for pair in self.pairs]
        return Proposal(kind=self.kind, at=ask.at, data={"proxies": given})


class ProxyRevoked(_OfMembers, frozen=True):
    """Members take back the proxies they had given."""

    kind: ClassVar[str] = "proxy.revoked"

    def check_state(self, state: State, ask: Ask) -> None:
        super().check_state(state, ask)
        if any(MemberId(each) not in state.attendance.proxies for each in self.ids):
            raise RefusedError("proxy_none")


class QuorumChecked(Command, frozen=True):
    """The quorum counted and said, for an item or for the sitting; the numbers are the desk's own."""

    kind: ClassVar[str] = "quorum.checked"
    moves_sitting: ClassVar[bool] = True

    def check_state(self, state: State, ask: Ask) -> None:
        require_attendance(state)
        require_status(state, "scheduled", "open", "suspended")

    def own(self, state: State, ask: Ask) -> Proposal:
        return Proposal(kind=self.kind, item=ask.item, at=ask.at, data=quorum_data(state, ask))


def quorum_data(state: State, ask: Ask) -> Mapping[str, Any]:
    """The numbers of the quorum now. Raises RefusedError where nobody said who is there."""
    found = state.quorum(ask.item)
    if found is None:
        raise RefusedError("attendance_unknown")
    return found.as_json()


def who_is_there(state: State) -> Mapping[str, Sequence[Any]]:
    """Everybody present and every proxy, as readers are told when the doors open again."""
    if not state.attendance_facts:
        return {}
    name, there = state.assembly.named, state.attendance
    known = state.assembly.by_id
    return {
        "members": [name(member) for member in known if member in there.present],
        "proxies": [
            {"from": name(giver), "to": name(holder)}
            for giver, holder in sorted(there.proxies.items())
            if giver in known and holder in known
        ],
    }
