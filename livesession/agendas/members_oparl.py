"""An OParl 1.1 Organization with its memberships and persons, as council information systems publish them.

Source: OParl specification 1.1, https://oparl.org/spezifikation/. The objects may lie in one file
in any way: one inside the other, side by side in lists, or as pages of a list. Addresses are not
followed: what is needed and stands there only by its address is refused.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from livesession.agendas.findings import Findings
from livesession.agendas.members_names import made_id, made_ids, words_of
from livesession.agendas.members_oparl_objects import Membership, Objects, collect, note_fields, ref, text
from livesession.agendas.table_columns import plain
from livesession.domain.assembly import MAX_MEMBERS, Assembly, Group, GroupId, Member, MemberId

_PLAIN_ROLES = frozenset(
    {"mitglied", "ordentliches mitglied", "stadtrat", "stadtratin", "ratsmitglied", "ratsherr", "ratsfrau", "member"}
)
"""Roles that say no more than that somebody is a member."""

_GROUP = re.compile(r"fraktion|faction|ratsgruppe|gruppe|political group", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SHOWN = 20


@dataclass(slots=True)
class _Seat:
    """A person's seat: every membership in force, in the file's order."""

    person: Mapping[str, Any]
    memberships: list[Membership] = field(default_factory=list)


def looks_oparl_people(form: Any) -> bool:
    """Whether a tree holds an OParl organization, membership or person."""
    return collect(form).any


def read_oparl_assembly(form: Any, findings: Findings, *, wanted: str, on: date) -> Assembly:
    """The members of an organization on a day. ``wanted`` is its name, short name or id, empty where there is one.

    What is refused is left in ``findings``; raises :class:`InputError` where no assembly can be told.
    """
    objects = collect(form)
    organization = _chosen(objects, wanted, findings)
    place = objects.places[id(organization)]
    address = text(organization, "id")
    own = [each for each in objects.memberships if each.of(address, organization)]
    missing = [each for each in objects.addresses.get(address, ()) if each not in objects.membership_ids]
    if missing:
        raise findings.stop("oparl-memberships-addresses", f"{place}membership", count=len(missing))
    if not own:
        raise findings.stop("oparl-no-memberships", f"{place}membership")
    seats = _seats(own, objects, findings, on)
    if len(seats) > MAX_MEMBERS:
        raise findings.stop("members-many", f"{place}membership", limit=MAX_MEMBERS)
    names = [_name(seat, objects, findings) for seat in seats]
    ids = made_ids([("", name) for name in names], "membre")
    groups: dict[str, Group] = {}
    members = [
        Member(
            id=MemberId(id_),
            name=name,
            group=_group(seat, objects, groups, organization, findings, on),
            office=_office(seat),
        )
        for id_, name, seat in zip(ids, names, seats, strict=True)
    ]
    _note_same_names(names, findings)
    _note_left(objects, organization, set(groups), own, findings)
    note_fields(objects, findings)
    return Assembly(name=text(organization, "name"), groups=tuple(groups.values()), members=tuple(members))


def _chosen(objects: Objects, wanted: str, findings: Findings) -> Mapping[str, Any]:
    organizations = [each for each in objects.organizations.values() if each.get("deleted") is not True]
    found = ", ".join(text(each, "name")[:60] for each in organizations[:_SHOWN] if text(each, "name")) or "-"
    if not organizations:
        raise findings.stop("oparl-no-organization")
    if wanted:
        said = words_of(wanted)
        named = [
            each
            for each in organizations
            if text(each, "id") == wanted or said in (words_of(text(each, "name")), words_of(text(each, "shortName")))
        ]
        if len(named) == 1:
            return named[0]
        if named:
            raise findings.stop("oparl-organization-unknown", "", wanted=wanted[:80], found=found)
    bodies = [each for each in organizations if not is_group(each)] or organizations
    with_members = [
        each
        for each in bodies
        if any(one.of(text(each, "id"), each) for one in objects.memberships) or text(each, "id") in objects.addresses
    ]
    chosen = with_members or bodies
    if len(chosen) > 1 and wanted:
        raise findings.stop("oparl-organization-unknown", "", wanted=wanted[:80], found=found)
    if len(chosen) > 1:
        raise findings.stop("oparl-organizations-several", "", count=len(chosen), found=found)
    return chosen[0]


def is_group(organization: Mapping[str, Any]) -> bool:
    """Whether an organization is a political group, by its kind."""
    return any(_GROUP.search(text(organization, key)) for key in ("organizationType", "classification"))


def _seats(own: Sequence[Membership], objects: Objects, findings: Findings, on: date) -> list[_Seat]:
    seats: dict[str, _Seat] = {}
    over, voiceless = [], []
    for membership in own:
        person = objects.person_of(membership)
        if person is None:
            findings.refuse("oparl-person-address", f"{membership.place}person", person=ref(membership.person)[:120])
            continue
        name = text(person, "name") or ref(person)[:60]
        if membership.form.get("deleted") is True or person.get("deleted") is True:
            findings.note("oparl-membership-deleted", membership.place.rstrip("."), name=name[:80])
        elif not _in_force(membership, findings, on):
            over.append(name)
        elif membership.form.get("votingRight") is False:
            voiceless.append(name)
        else:
            key = ref(person) or str(id(person))
            seats.setdefault(key, _Seat(person)).memberships.append(membership)
    if over:
        shown = ", ".join(over[:_SHOWN])
        findings.note("oparl-memberships-over", "membership", count=len(over), day=on.isoformat(), names=shown)
    if voiceless:
        findings.note(
            "oparl-memberships-voiceless", "membership", count=len(voiceless), names=", ".join(voiceless[:_SHOWN])
        )
    for seat in seats.values():
        if len(seat.memberships) > 1:
            place = seat.memberships[1].place.rstrip(".")
            findings.note("oparl-person-twice", place, name=text(seat.person, "name")[:80])
    return list(seats.values())


def _in_force(membership: Membership, findings: Findings, on: date) -> bool:
    days = {}
    for key in ("startDate", "endDate"):
        said = text(membership.form, key)
        if said and _DAY.match(said) is None:
            findings.refuse("oparl-date", f"{membership.place}{key}", text=said[:40])
            return True
        days[key] = said[:10]
    today = on.isoformat()
    return days["startDate"] <= today and (not days["endDate"] or today <= days["endDate"])


def _name(seat: _Seat, objects: Objects, findings: Findings) -> str:
    person = seat.person
    titles = person.get("title")
    parts = [each for each in titles if isinstance(each, str)] if isinstance(titles, list) else []
    made = " ".join([*parts, text(person, "givenName"), text(person, "affix"), text(person, "familyName")])
    name = text(person, "name") or " ".join(made.split())
    if not name:
        findings.refuse("people-name-blank", f"{objects.places[id(person)]}name")
    return name or "?"


def _office(seat: _Seat) -> str | None:
    roles = dict.fromkeys(text(membership.form, "role") for membership in seat.memberships)
    return ", ".join(role for role in roles if role and plain(role) not in _PLAIN_ROLES) or None


def _group(
    seat: _Seat,
    objects: Objects,
    groups: dict[str, Group],
    assembly: Mapping[str, Any],
    findings: Findings,
    on: date,
) -> GroupId | None:
    """The group a person sits for: the one the membership names, else the one the person belongs to."""
    held = [membership.form["onBehalfOf"] for membership in seat.memberships if membership.form.get("onBehalfOf")]
    if not held:
        own = [each for each in objects.memberships if objects.person_of(each) is seat.person]
        # What is odd about the dates of other seats is no matter of this assembly.
        bodies = [objects.organization_of(each) for each in own if _in_force(each, Findings(), on)]
        held = [each for each in bodies if each is not None and each is not assembly and is_group(each)]
    named = list(dict.fromkeys(ref(each) for each in held))
    place = seat.memberships[0].place
    if not named:
        return None
    if len(named) > 1:
        findings.note("oparl-groups-several", place.rstrip("."), name=text(seat.person, "name")[:80], count=len(named))
    first = held[0]
    organization = first if isinstance(first, dict) else objects.organizations.get(named[0])
    if organization is None or not text(organization, "name"):
        findings.note("oparl-group-address", f"{place}onBehalfOf", name=text(seat.person, "name")[:80])
        return None
    if named[0] not in groups:
        groups[named[0]] = _made_group(organization, {group.id for group in groups.values()})
    return groups[named[0]].id


def _made_group(organization: Mapping[str, Any], taken: set[GroupId]) -> Group:
    name, short = text(organization, "name"), text(organization, "shortName")
    return Group(
        id=GroupId(made_id(short or name, "groupe", taken)), name=name, short=short if short and short != name else None
    )


def _note_left(
    objects: Objects,
    organization: Mapping[str, Any],
    groups: set[str],
    own: Sequence[Membership],
    findings: Findings,
) -> None:
    """Say which organizations and persons of the file have no part in the assembly."""
    bodies = [
        each for address, each in objects.organizations.items() if each is not organization and address not in groups
    ]
    if bodies:
        shown = ", ".join(text(each, "name")[:60] for each in bodies[:_SHOWN])
        findings.note("oparl-organizations-left", "", count=len(bodies), names=shown)
    seated = {id(objects.person_of(membership)) for membership in own}
    if left := [each for each in objects.persons.values() if id(each) not in seated]:
        shown = ", ".join(text(each, "name")[:60] for each in left[:_SHOWN])
        findings.note("oparl-persons-left", "", count=len(left), names=shown)


def _note_same_names(names: Sequence[str], findings: Findings) -> None:
    times: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        times.setdefault(words_of(name), []).append(name)
    for same in times.values():
        if len(same) > 1:
            findings.note("people-name-twice", "membership", name=same[0][:80], count=len(same))
