"""An assembly in our own form, as YAML, as JSON or decoded: what ``Assembly.as_json`` writes.

More than that: ids may be left out, which are then made of the names. A key we do not know is
refused. The form is described for programs in ``agenda_templates/assembly.schema.json``.
"""

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from livesession.agendas.findings import Findings
from livesession.agendas.members_names import made_ids
from livesession.domain.assembly import MAX_MEMBERS, Assembly, Group, GroupId, Member, MemberId
from livesession.domain.rules import SORTS, Rules

SCHEMA_KEY = "$schema"
ASSEMBLY_KEYS = ("name", "rules", "groups", "members")
RULES_KEYS = ("profile", "adjust")
ADJUST_KEYS = ("value", "source")
GROUP_KEYS = ("id", "name", "short")
MEMBER_KEYS = ("id", "name", "group", "office", "constituency", "handles")
_STAND_IN = "?"  # for a value already refused, so that the rest is still examined


def looks_own_assembly(form: Any) -> bool:
    """Whether a tree has one of the keys that only our form has at its top."""
    return isinstance(form, dict) and any(key in form for key in ("members", "groups", "rules")) and "type" not in form


def read_own_assembly(form: Any, findings: Findings) -> Assembly:
    """The assembly of a decoded form. What is refused is left in ``findings``."""
    if not isinstance(form, dict):
        raise findings.stop("agenda-type", "", expected="mapping")
    _known(form, (*ASSEMBLY_KEYS, SCHEMA_KEY), "", findings)
    groups = _mappings(form, "groups", GROUP_KEYS, findings)
    members = _mappings(form, "members", MEMBER_KEYS, findings)
    if len(members) > MAX_MEMBERS or len(groups) > MAX_MEMBERS:
        raise findings.stop("members-many", "members", limit=MAX_MEMBERS)
    group_ids = made_ids(_identified(groups, "short", findings), "groupe")
    member_ids = made_ids(_identified(members, "name", findings), "membre")
    return Assembly(
        name=_text(form, "name", "", findings) or "",
        rules=_rules(form, findings),
        groups=tuple(
            Group(id=GroupId(id_), name=_required(group, place, findings), short=_text(group, "short", place, findings))
            for id_, (group, place) in zip(group_ids, groups, strict=True)
        ),
        members=tuple(
            _member(id_, member, place, findings) for id_, (member, place) in zip(member_ids, members, strict=True)
        ),
    )


def _member(id_: str, form: Mapping[str, Any], place: str, findings: Findings) -> Member:
    group = _text(form, "group", place, findings)
    return Member(
        id=MemberId(id_),
        name=_required(form, place, findings),
        group=None if group is None else GroupId(group),
        office=_text(form, "office", place, findings),
        constituency=_text(form, "constituency", place, findings),
        handles=_handles(form, place, findings),
    )


def _handles(form: Mapping[str, Any], place: str, findings: Findings) -> dict[str, str]:
    given = form.get("handles")
    if given is None:
        return {}
    if not isinstance(given, dict):
        findings.refuse("agenda-type", f"{place}handles", expected="mapping")
        return {}
    read = {str(network): _text(given, network, f"{place}handles.", findings) for network in given}
    return {network: handle for network, handle in read.items() if handle is not None}


def _rules(form: Mapping[str, Any], findings: Findings) -> Rules:
    given = form.get("rules")
    if given is None:
        return Rules()
    if not isinstance(given, dict):
        findings.refuse("agenda-type", "rules", expected="mapping")
        return Rules()
    _known(given, RULES_KEYS, "rules.", findings)
    profile = _text(given, "profile", "rules.", findings)
    adjust = {} if given.get("adjust") is None else given["adjust"]
    if not isinstance(adjust, dict):
        findings.refuse("agenda-type", "rules.adjust", expected="mapping")
        adjust = {}
    changes = {}
    for name, change in adjust.items():
        place = f"rules.adjust.{str(name)[:40]}"
        if not isinstance(change, dict):
            findings.refuse("agenda-type", place, expected="mapping")
            continue
        _known(change, ADJUST_KEYS, f"{place}.", findings)
        if "value" not in change:
            findings.refuse("agenda-missing", f"{place}.value", key="value")
            continue
        changes[str(name)] = _change(str(name), change, f"{place}.", findings)
    return Rules(profile="neutral" if profile is None else profile, adjust=changes)


def _change(name: str, change: Mapping[str, Any], place: str, findings: Findings) -> dict[str, Any]:
    value = change["value"]
    # YAML is read for its structure: a number arrives as the digits that were typed.
    if SORTS.get(name) is int and isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        value = int(value)
    source = _text(change, "source", place, findings)
    return {"value": value} | ({} if source is None else {"source": source})


def _identified(forms: Sequence[tuple[Mapping[str, Any], str]], by: str, findings: Findings) -> list[tuple[str, str]]:
    pairs = []
    for form, place in forms:
        id_ = _text(form, "id", place, findings)
        if id_ == "":
            findings.refuse("member-id-form", f"{place}id", id="")
        name = form.get(by) or form.get("name")
        pairs.append((id_ or "", name if isinstance(name, str) else ""))
    return pairs


def _mappings(
    form: Mapping[str, Any], key: str, known: tuple[str, ...], findings: Findings
) -> list[tuple[Mapping[str, Any], str]]:
    given = form.get(key)
    if given is None:
        return []
    if not isinstance(given, list):
        findings.refuse("agenda-type", key, expected="list")
        return []
    found: list[tuple[Mapping[str, Any], str]] = []
    for index, each in enumerate(given):
        if not isinstance(each, dict):
            findings.refuse("agenda-type", f"{key}[{index}]", expected="mapping")
            continue
        place = f"{key}[{index}]."
        _known(each, known, place, findings)
        found.append((each, place))
    return found


def _text(form: Mapping[str, Any], key: str, place: str, findings: Findings) -> str | None:
    value = form.get(key)
    if value is None or isinstance(value, str):
        return value
    findings.refuse("agenda-type", f"{place}{str(key)[:40]}", expected="text")
    return None


def _required(form: Mapping[str, Any], place: str, findings: Findings) -> str:
    if form.get("name") is None:
        findings.refuse("agenda-missing", f"{place}name", key="name")
        return _STAND_IN
    value = _text(form, "name", place, findings)
    return _STAND_IN if value is None else value


def _known(form: Mapping[str, Any], known: tuple[str, ...], path: str, findings: Findings) -> None:
    for key in form:
        if key not in known:
            near = difflib.get_close_matches(str(key)[:80], known, 1)
            findings.refuse(
                "agenda-key-unknown",
                f"{path}{str(key)[:80]}",
                key=str(key)[:80],
                near=near[0] if near else "none",
                known=", ".join(key for key in known if key != SCHEMA_KEY),
            )
