"""Attendance: who is in the room at an instant, who votes for whom, who takes no part in an item.

It is replayed from the facts in the order of their time, not of their recording: a departure that
is noticed late counts from the minute it happened.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from immutables import Map

from livesession.domain.assembly import MemberId
from livesession.domain.ids import EntryId, ItemId, Seq

Presence = Literal["present", "left", "excused"]

KINDS = frozenset({"member.arrived", "member.left", "member.excused", "member.recused", "proxy.given", "proxy.revoked"})
"""The entries that say something about who is there."""

SNAPSHOT = "closed_part.ended"
"""It tells readers who is there by now, because what moved behind closed doors was hidden from them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceFact:
    """One entry on attendance, as it holds: after its correction, if there was one."""

    seq: Seq
    entry: EntryId
    kind: str
    at: datetime
    item: ItemId | None = None
    members: tuple[MemberId, ...] = ()
    proxies: tuple[tuple[MemberId, MemberId], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Who is there at an instant.

    ``presence`` holds those of whom something was said; ``since`` from when. ``proxies`` are giver
    → holder. ``recused`` are the members who take no part, by item.
    """

    presence: Map[MemberId, Presence] = field(default_factory=Map)
    since: Map[MemberId, datetime] = field(default_factory=Map)
    proxies: Map[MemberId, MemberId] = field(default_factory=Map)
    recused: Map[ItemId, frozenset[MemberId]] = field(default_factory=Map)

    @property
    def present(self) -> frozenset[MemberId]:
        """Those who are in the room."""
        return frozenset(member for member, presence in self.presence.items() if presence == "present")

    def recused_from(self, item: ItemId | None) -> frozenset[MemberId]:
        """Those who take no part in an item (déport)."""
        return frozenset() if item is None else self.recused.get(item, frozenset())

    def electorate(self, item: ItemId | None) -> dict[MemberId, MemberId]:
        """Whose voice can be given on an item, and by whom: a member present for oneself, a holder for a giver.

        Who is recused gives no voice, neither the own nor another's, and has none given. Who is
        present votes in person, whatever a proxy says that a correction left standing.
        """
        present, away = self.present, self.recused_from(item)
        voting = present - away
        by_proxy = {
            giver: holder
            for giver, holder in self.proxies.items()
            if holder in voting and giver not in away and giver not in present
        }
        return {**{member: member for member in voting}, **by_proxy}


def in_order(facts: Iterable[AttendanceFact]) -> tuple[AttendanceFact, ...]:
    """Facts in the order in which they hold: by their time, then by their place in the record.

    What was told after a closed part stands for all that was recorded before it, hidden or not, so
    that readers and the record come to the same.
    """
    found = list(facts)
    told = [fact.seq for fact in found if fact.kind == SNAPSHOT]

    def place(fact: AttendanceFact) -> tuple[int, bool, datetime, Seq]:
        return sum(seq <= fact.seq for seq in told), fact.kind != SNAPSHOT, fact.at, fact.seq

    return tuple(sorted(found, key=place))


def attendance(facts: Iterable[AttendanceFact], until: datetime | None = None) -> Attendance:
    """Who is there after ``facts``, given :func:`in_order`; ``until`` leaves out what happened later."""
    there = Attendance()
    for fact in facts:
        if until is None or fact.at <= until:
            there = after(there, fact)
    return there


def after(there: Attendance, fact: AttendanceFact) -> Attendance:
    """Who is there after one more fact, later than all before it."""
    match fact.kind:
        case "member.arrived":
            # A proxy ends when the giver arrives: from then on the voice is the giver's own.
            kept = Map({giver: holder for giver, holder in there.proxies.items() if giver not in fact.members})
            return _moved(replace(there, proxies=kept), fact, "present")
        case "member.left":
            return _moved(there, fact, "left")
        case "member.excused":
            return _moved(there, fact, "excused")
        case "member.recused":
            assert fact.item is not None, "a recusal names its item"
            recused = there.recused_from(fact.item) | frozenset(fact.members)
            return replace(there, recused=there.recused.set(fact.item, recused))
        case "proxy.given":
            return replace(there, proxies=there.proxies.update(dict(fact.proxies)))
        case "proxy.revoked":
            return replace(
                there, proxies=Map({giver: to for giver, to in there.proxies.items() if giver not in fact.members})
            )
        case _:
            return _as_told(there, fact)


def _moved(there: Attendance, fact: AttendanceFact, presence: Presence) -> Attendance:
    return replace(
        there,
        presence=there.presence.update(dict.fromkeys(fact.members, presence)),
        since=there.since.update(dict.fromkeys(fact.members, fact.at)),
    )


def _as_told(there: Attendance, fact: AttendanceFact) -> Attendance:
    told = frozenset(fact.members)
    gone = [member for member in there.present if member not in told]
    come = [member for member in told if member not in there.present]
    changes: dict[MemberId, Presence] = {**dict.fromkeys(gone, "left"), **dict.fromkeys(come, "present")}
    return replace(
        there,
        presence=there.presence.update(changes),
        since=there.since.update(dict.fromkeys(changes, fact.at)),
        proxies=Map(dict(fact.proxies)),
    )


def fact_of(
    seq: Seq, entry: EntryId, kind: str, item: ItemId | None, at: datetime, data: Mapping[str, Any]
) -> AttendanceFact:
    """What an entry says about attendance; an emptied one says nothing about anybody."""
    members = tuple(MemberId(member["id"]) for member in data.get("members", ()))
    proxies = tuple((MemberId(proxy["from"]["id"]), MemberId(proxy["to"]["id"])) for proxy in data.get("proxies", ()))
    return AttendanceFact(seq=seq, entry=entry, kind=kind, at=at, item=item, members=members, proxies=proxies)
