"""The OParl objects of a file that are about people, wherever in it they lie."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from livesession.agendas.findings import Findings

_KINDS = {"Organization": "organization", "Membership": "membership", "Person": "person"}
_TAKEN = {
    "Organization": {"name", "shortName", "membership", "organizationType", "classification"},
    "Membership": {"person", "organization", "role", "votingRight", "startDate", "endDate", "onBehalfOf"},
    "Person": {"name", "title", "givenName", "familyName", "affix", "membership"},
}
_HOUSEKEEPING = {"id", "type", "body", "created", "modified", "deleted", "license", "keyword", "web", "meeting"}
"""What describes the data set and not the people; nobody expects it to be taken."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A membership, whose person and organization may be said by what it lies in."""

    form: Mapping[str, Any]
    person: Any
    organization: Any
    place: str

    def of(self, address: str, organization: Mapping[str, Any]) -> bool:
        """Whether it is a membership of that organization."""
        return self.organization is organization or (bool(address) and ref(self.organization) == address)


@dataclass(slots=True)
class Objects:
    """What was found: objects by their id, memberships in the file's order, and where each lies."""

    organizations: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    persons: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    memberships: list[Membership] = field(default_factory=list)
    membership_ids: set[str] = field(default_factory=set)
    addresses: dict[str, list[str]] = field(default_factory=dict)
    """For each organization's id the memberships that it names by address only."""
    places: dict[int, str] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        return bool(self.organizations or self.persons or self.memberships)

    def person_of(self, membership: Membership) -> Mapping[str, Any] | None:
        """The person of a membership, if the file holds it."""
        held = self.persons.get(ref(membership.person))
        return held if held is not None or not isinstance(membership.person, dict) else membership.person

    def organization_of(self, membership: Membership) -> Mapping[str, Any] | None:
        """The organization of a membership, if the file holds it."""
        held = self.organizations.get(ref(membership.organization))
        return held if held is not None or not isinstance(membership.organization, dict) else membership.organization


def collect(form: Any) -> Objects:
    """Every organization, membership and person of a tree, each once."""
    objects = Objects()
    for node, kind, place, within in _walk(form, "", None):
        objects.places[id(node)] = place
        address = text(node, "id")
        if kind == "Organization":
            objects.organizations.setdefault(address or f"#{place}", node)
            named = node.get("membership")
            if isinstance(named, list) and (given := [each for each in named if isinstance(each, str)]):
                objects.addresses[address] = given
        elif kind == "Person":
            objects.persons.setdefault(address or f"#{place}", node)
        elif not address or address not in objects.membership_ids:
            objects.membership_ids |= {address} if address else set()
            objects.memberships.append(
                Membership(
                    node,
                    node.get("person") or (within if kind_of(within) == "Person" else None),
                    node.get("organization") or (within if kind_of(within) == "Organization" else None),
                    place,
                )
            )
    return objects


def text(form: Any, key: str) -> str:
    """A text of an object, trimmed; empty where there is none."""
    value = form.get(key) if isinstance(form, dict) else None
    return " ".join(value.split()) if isinstance(value, str) else ""


def ref(given: Any) -> str:
    """The address of an object that is given whole or by its address."""
    return given if isinstance(given, str) else text(given, "id")


def kind_of(form: Any) -> str:
    """``Organization``, ``Membership``, ``Person``, or empty."""
    kind = text(form, "type").rstrip("/").rpartition("/")[2]
    return kind if kind in _KINDS else ""


def _walk(node: Any, place: str, within: Any) -> Iterator[tuple[dict[str, Any], str, str, Any]]:
    if isinstance(node, list):
        for index, each in enumerate(node):
            yield from _walk(each, f"{place.rstrip('.')}[{index}].", within)
        return
    if not isinstance(node, dict):
        return
    if kind := kind_of(node):
        yield node, kind, place, within
    for key, value in node.items():
        if isinstance(value, dict | list):
            yield from _walk(value, f"{place}{str(key)[:40]}.", node if kind else within)


def note_fields(objects: Objects, findings: Findings) -> None:
    """One note for each field that is not taken over, with how often it stands there."""
    held = {
        "Organization": list(objects.organizations.values()),
        "Membership": [each.form for each in objects.memberships],
        "Person": list(objects.persons.values()),
    }
    for kind, forms in held.items():
        filled = Counter(key for form in forms for key, value in form.items() if value not in (None, "", [], {}))
        for key in [key for key in filled if key not in _TAKEN[kind] | _HOUSEKEEPING]:
            findings.note("oparl-field-not-taken", f"{kind}.{key[:80]}", count=filled[key])
