"""An OParl 1.1 Meeting, as the council information systems of German towns publish it.

Source: OParl specification 1.1, https://oparl.org/spezifikation/. Addresses are not followed: an
object that stands there only by its address is reported, and what it holds is not taken.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from livesession.agendas.findings import Findings
from livesession.agendas.finishing import finish
from livesession.agendas.moments import check_timezone, read_starts
from livesession.agendas.numbering import MAX_ITEMS, depths_by_number, nest
from livesession.agendas.oparl_parts import documents, place_name
from livesession.domain.agenda import Agenda, AgendaItem

_TAKEN = {"name", "start", "location", "organization", "agendaItem", "cancelled"}
_ITEM_TAKEN = {"name", "number", "order", "public", "auxiliaryFile", "resolutionFile", "result"}
_HOUSEKEEPING = {"id", "type", "created", "modified", "deleted", "meeting", "license"}
"""What describes the data set and not the sitting; said once, without counting."""

_CLOSED = re.compile(r"nicht[\s-]*öffentlich")


def looks_oparl(form: Any) -> bool:
    """Whether a tree is an OParl object, a list of such, or a page of an OParl list."""
    form = form.get("data") if isinstance(form, dict) and "data" in form else form
    first = form[0] if isinstance(form, list) and form else form
    if not isinstance(first, dict):
        return False
    kind = first.get("type")
    return "agendaItem" in first or (isinstance(kind, str) and "oparl" in kind.lower())


def read_oparl(form: Any, findings: Findings, *, timezone: str) -> list[Agenda]:
    """The agendas of one Meeting or of several. What is refused is left in ``findings``."""
    check_timezone(timezone, "timezone", findings)
    findings.stop_if_refused()
    if isinstance(form, dict) and isinstance(form.get("data"), list):
        form = form["data"]
    if isinstance(form, list):
        if form and not any(_is_meeting(each) for each in form):
            raise findings.stop("oparl-not-meeting", "[0].type", type=_kind(form[0]))
        return [_meeting(each, f"[{index}].", findings, timezone) for index, each in enumerate(form)]
    return [_meeting(form, "", findings, timezone)]


def _meeting(form: Any, within: str, findings: Findings, timezone: str) -> Agenda:
    if not isinstance(form, dict):
        findings.refuse("agenda-type", within.rstrip("."), expected="mapping")
        return Agenda(title="?", assembly="")
    if not _is_meeting(form):
        findings.refuse("oparl-not-meeting", f"{within}type", type=_kind(form))
        return Agenda(title="?", assembly="")
    items, places = _items(form, within, findings)
    title = _title(form, within, findings)
    public = _public(title, within, findings)
    agenda = Agenda(
        title=title,
        assembly=_assembly(form, within, findings),
        starts=_starts(form, within, findings, timezone),
        timezone=timezone,
        language="de",
        location=place_name(form.get("location"), f"{within}location", findings),
        public=public,
        items=nest(items, depths_by_number(items)),
    )
    if form.get("cancelled") is True:
        findings.note("oparl-cancelled", f"{within}cancelled")
    _note_fields([form], _TAKEN, within, findings)
    _note_housekeeping(form, within, findings)
    return finish(agenda, places, findings, within=within, gaps=True)


def _is_meeting(form: Any) -> bool:
    # Some exports leave the type out; what has agenda items is a meeting.
    return _kind(form).rstrip("/").rpartition("/")[2] == "Meeting" or (_kind(form) == "-" and "agendaItem" in form)


def _kind(form: Any) -> str:
    kind = form.get("type") if isinstance(form, dict) else None
    return kind[:120] if isinstance(kind, str) else "-"


def _title(form: Mapping[str, Any], within: str, findings: Findings) -> str:
    name = form.get("name")
    if name is not None and not isinstance(name, str):
        findings.refuse("agenda-type", f"{within}name", expected="text")
        return "?"
    if name is not None and name.strip():
        return name
    day = re.match(r"(\d{4})-(\d\d)-(\d\d)", str(form.get("start")), re.ASCII)
    made = f"Sitzung vom {day[3]}.{day[2]}.{day[1]}" if day else "Sitzung"
    findings.note("oparl-name-missing", f"{within}name", title=made)
    return made


def _public(title: str, within: str, findings: Findings) -> bool:
    """False where the name says « nicht öffentlich » and never « öffentlich » alone."""
    said = unicodedata.normalize("NFC", title).casefold()
    rest, times = _CLOSED.subn(" ", said)
    if times == 0 or "öffentlich" in rest:
        return True
    findings.note("oparl-closed-meeting", f"{within}name", title=title[:200])
    return False


def _starts(form: Mapping[str, Any], within: str, findings: Findings, timezone: str) -> str | None:
    start = form.get("start")
    if start is None:
        findings.note("oparl-start-missing", f"{within}start")
        return None
    if not isinstance(start, str):
        findings.refuse("agenda-type", f"{within}start", expected="text")
        return None
    return read_starts(start, timezone, f"{within}start", findings)


def _assembly(form: Mapping[str, Any], within: str, findings: Findings) -> str:
    given = form.get("organization")
    bodies = given if isinstance(given, list) else [given]
    named = [body["name"] for body in bodies if isinstance(body, dict) and isinstance(body.get("name"), str)]
    if any(isinstance(body, str) for body in bodies) and not named:
        findings.note("oparl-organization-address", f"{within}organization")
    elif not named:
        findings.note("oparl-organization-missing", f"{within}organization")
    return ", ".join(dict.fromkeys(named))


def _items(form: Mapping[str, Any], within: str, findings: Findings) -> tuple[list[AgendaItem], list[str]]:
    given = form.get("agendaItem")
    path = f"{within}agendaItem"
    if not given:
        findings.note("oparl-no-items", path)
        return [], []
    if not isinstance(given, list):
        findings.refuse("agenda-type", path, expected="list")
        return [], []
    if len(given) > MAX_ITEMS:
        raise findings.stop("agenda-too-many-items", path, limit=MAX_ITEMS)
    sources: list[tuple[Mapping[str, Any], str]] = []
    for index, form_ in enumerate(given):
        place = f"{path}[{index}]"
        if isinstance(form_, str):
            findings.refuse("oparl-item-address", place)
        elif not isinstance(form_, dict):
            findings.refuse("agenda-type", place, expected="mapping")
        elif form_.get("deleted") is True:
            findings.note("oparl-item-deleted", place)
        else:
            sources.append((form_, place))
    sources = _in_order(sources, path, findings)
    _note_fields([source for source, _ in sources], _ITEM_TAKEN, f"{path}[*].", findings)
    numbered = any(_number(source) for source, _ in sources)
    if sources and not numbered:
        findings.note("agenda-numbers-missing", path)
    said = any(source.get("public") is not None for source, _ in sources)
    items = [_item(source, place, findings, numbered, said) for source, place in sources]
    return items, [place for _, place in sources]


def _in_order(
    sources: list[tuple[Mapping[str, Any], str]], path: str, findings: Findings
) -> list[tuple[Mapping[str, Any], str]]:
    orders = [source.get("order") for source, _ in sources]
    if not all(isinstance(order, int) and not isinstance(order, bool) for order in orders):
        findings.note("oparl-order-missing", path)
        return sources
    ordered = sorted(sources, key=lambda each: each[0]["order"])
    if ordered != sources:
        findings.note("oparl-order-changed", path)
    return ordered


def _number(source: Mapping[str, Any]) -> str:
    number = source.get("number")
    if isinstance(number, int) and not isinstance(number, bool):
        return str(number)
    return number.strip() if isinstance(number, str) else ""


def _item(source: Mapping[str, Any], place: str, findings: Findings, numbered: bool, said: bool) -> AgendaItem:
    for key, kinds, expected in (("name", str, "text"), ("number", (str, int), "text"), ("public", bool, "boolean")):
        value = source.get(key)
        if value is not None and not isinstance(value, kinds):
            findings.refuse("agenda-type", f"{place}.{key}", expected=expected)
    number = _number(source)
    public = source.get("public") is not False
    if public and said and source.get("public") is None:
        # The others say it, so silence may well mean that this one is not.
        public = False
        findings.note("oparl-item-private", f"{place}.public")
    name = source.get("name")
    title = name if isinstance(name, str) else ""
    if not title.strip():
        title = f"TOP {number}".strip()
        findings.note("oparl-item-name-missing", f"{place}.name", title=title)
    # What was consulted or decided on, or is kept from the public, is an item even without a number.
    heading = numbered and not number and public and not source.get("consultation") and not source.get("result")
    return AgendaItem(
        title=title,
        number=number,
        kind="heading" if heading else "item",
        public=public,
        documents=documents(source, place, findings),
    )


def _note_fields(sources: Sequence[Mapping[str, Any]], taken: set[str], path: str, findings: Findings) -> None:
    """One note for each field that is not taken over, with how often it stands there."""
    counts = Counter(key for source in sources for key, value in source.items() if value not in (None, "", [], {}))
    for key in [key for key in counts if key not in taken | _HOUSEKEEPING]:
        findings.note("oparl-field-not-taken", f"{path}{key[:80]}", count=counts[key])
    if "agendaItem[*]" in path and counts["result"]:
        findings.note("oparl-results", f"{path}result", count=counts["result"])


def _note_housekeeping(form: Mapping[str, Any], within: str, findings: Findings) -> None:
    items = form.get("agendaItem")
    sources = [form, *(item for item in items if isinstance(item, dict))] if isinstance(items, list) else [form]
    if fields := sorted(_HOUSEKEEPING.intersection(key for source in sources for key in source)):
        findings.note("oparl-housekeeping", within.rstrip("."), fields=", ".join(fields))
