"""What a person filled in, as the data of a command."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from multidict import MultiDict, MultiDictProxy

from livesession.desk.desk import COMMANDS
from livesession.domain.sitting import State
from livesession.errors import InputError, Problem
from livesession.web.console.fields import CANDIDATES, EXCEPTIONS, FORMS, Field

Given = MultiDictProxy[Any] | MultiDict[Any]


def envelope_of(kind: str, form: Given, state: State) -> dict[str, Any]:
    """The command that a filled form stands for. Raises InputError for a kind that has no form."""
    fields = next((family[kind] for family in FORMS.values() if kind in family), None)
    if fields is None:
        raise InputError("kind_unknown", [Problem.of("kind-unknown", "kind", kind=kind[:40])])
    envelope: dict[str, Any] = {"kind": kind, "data": dict(_data(fields, form, state))}
    if COMMANDS[kind].on_item != "none" and form.get("item"):
        envelope["item"] = str(form["item"])
    if form.get("at"):
        envelope["at"] = _moment(str(form["at"]), state, "at")
    if str(form.get("seen", "")).isdigit():
        envelope["seen"] = int(str(form["seen"]))
    return envelope


def _data(fields: tuple[Field, ...], form: Given, state: State) -> Iterator[tuple[str, Any]]:
    for field in fields:
        value = _READING.get(field.sort, _line)(field, form, state)
        if value is not None:
            yield field.name, value


def _line(field: Field, form: Given, _state: State) -> str | None:
    # A browser sends line breaks as CR LF (HTML Living Standard, form submission); nobody typed that.
    return str(form.get(field.name, "")).replace("\r\n", "\n") or None


def _number(field: Field, form: Given, _state: State) -> int | None:
    given = str(form.get(field.name, "")).strip()
    if not given:
        return None
    if not given.isascii() or not given.isdigit() or len(given) > 9:
        raise InputError("entry_ill_formed", [Problem.of("field-type", f"data.{field.name}", reason="integer ≥ 0")])
    return int(given)


def _check(field: Field, form: Given, _state: State) -> bool | None:
    if field.name == "names":
        return field.name in form
    return True if field.name in form else None


def _several(field: Field, form: Given, _state: State) -> list[str] | None:
    return [str(value) for value in form.getall(field.name, [])] or ([] if field.name == "members" else None)


def _lines(field: Field, form: Given, _state: State) -> list[str] | None:
    return [line.strip() for line in str(form.get(field.name, "")).splitlines() if line.strip()] or None


def _chosen(field: Field, form: Given, _state: State) -> dict[str, str] | None:
    prefix = field.name + "."
    return {
        name.removeprefix(prefix): str(value) for name, value in form.items() if name.startswith(prefix) and value
    } or None


def _exceptions(field: Field, form: Given, _state: State) -> dict[str, str] | None:
    pairs = [(str(form.get(f"except-{n}", "")), str(form.get(f"except-{n}-choice", ""))) for n in range(EXCEPTIONS)]
    return {member: choice for member, choice in pairs if member and choice} or None


def _candidates(field: Field, form: Given, state: State) -> list[dict[str, Any]] | None:
    found = []
    for n in range(CANDIDATES):
        if name := str(form.get(f"candidate-{n}", "")).strip():
            found.append({"name": name, "voices": _number(Field(f"candidate-{n}-voices"), form, state) or 0})
    return found or None


def _instant(field: Field, form: Given, state: State) -> str | None:
    given = str(form.get(field.name, ""))
    return _moment(given, state, f"data.{field.name}") if given else None


def _moment(given: str, state: State, place: str) -> str:
    """What a ``datetime-local`` field says, on the council's clock."""
    try:
        return datetime.fromisoformat(given).replace(tzinfo=ZoneInfo(state.agenda.timezone)).isoformat()
    except ValueError:
        raise InputError("entry_ill_formed", [Problem.of("field-type", place, reason="2026-11-20T09:00")]) from None


_READING: Mapping[str, Callable[[Field, Given, State], Any]] = {
    "number": _number, "check": _check, "members": _several, "items": _several, "lines": _lines, "groups": _chosen,
    "votes": _chosen, "exceptions": _exceptions, "candidates": _candidates, "moment": _instant,
}  # fmt: skip
