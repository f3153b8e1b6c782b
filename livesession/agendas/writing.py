"""Agendas out: our own form as YAML or JSON, and a table for spreadsheets."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from livesession.agendas.findings import Findings
from livesession.agendas.table import read_table
from livesession.agendas.table_cells import escape
from livesession.agendas.table_columns import CsvOptions
from livesession.domain.agenda import Agenda, AgendaItem
from livesession.errors import InputError, Problem

FORMS = ("yaml", "json", "csv")

_ITEM_COLUMNS = ("number", "title", "kind", "public", "public_title", "rapporteur", "documents", "level", "item_id")
_SITTING_COLUMNS = (
    "sitting", "assembly", "starts", "timezone", "language", "location", "hashtag", "video", "sitting_public",
)  # fmt: skip


def write_agenda(agenda: Agenda, form: str) -> str:
    """One agenda as ``yaml``, ``json`` or ``csv``; what :func:`read_agendas` reads back the same."""
    return write_agendas([agenda], form)


def write_agendas(agendas: Sequence[Agenda], form: str) -> str:
    """Several agendas in one file.

    Raises :class:`InputError` where a table cannot hold what the agenda says, rather than lose it.
    """
    match form:
        case "yaml":
            return yaml.safe_dump(_form(agendas), allow_unicode=True, sort_keys=False, width=1000)
        case "json":
            return json.dumps(_form(agendas), ensure_ascii=False, indent=2) + "\n"
        case "csv":
            return _table(agendas)
        case _:
            known = ", ".join(FORMS)
            raise InputError("agenda_form_unknown", form=form[:40], known=known)


def _form(agendas: Sequence[Agenda]) -> dict[str, Any]:
    if len(agendas) == 1:
        return agendas[0].as_json()
    return {"sittings": [agenda.as_json() for agenda in agendas]}


def _table(agendas: Sequence[Agenda]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([*_ITEM_COLUMNS, *_SITTING_COLUMNS])
    for agenda in agendas:
        writer.writerows(_rows(agenda))
    text = out.getvalue()
    if (place := _lost(text, agendas)) is not None:
        raise InputError("agenda_not_in_table", [Problem.of("agenda-not-in-table", place)])
    return text


def _lost(text: str, agendas: Sequence[Agenda]) -> str | None:
    """The first sitting that does not come back from its table as it went in."""
    findings = Findings()
    try:
        back = read_table(text, findings, options=CsvOptions(), timezone="UTC")
        findings.stop_if_refused()
    except InputError:
        back = []
    for index, agenda in enumerate(agendas):
        if index >= len(back) or back[index] != agenda:
            return agenda.title[:80]
    return None


def _rows(agenda: Agenda) -> Iterator[list[str]]:
    head = [
        agenda.title, agenda.assembly, agenda.starts, agenda.timezone, agenda.language, agenda.location,
        agenda.hashtag, agenda.video, _word(agenda.public),
    ]  # fmt: skip
    if not agenda.items:
        yield [escape(cell or "") for cell in [*[""] * len(_ITEM_COLUMNS), *head]]
    for item, level in _levels(agenda.items, 1):
        papers = "\n".join(f"{document.title} | {document.url}" for document in item.documents)
        row = [
            item.number, item.title, item.kind, _word(item.public), item.public_title, item.rapporteur,
            papers, str(level), item.id,
        ]  # fmt: skip
        yield [escape(cell or "") for cell in [*row, *head]]


def _levels(items: Sequence[AgendaItem], level: int) -> Iterator[tuple[AgendaItem, int]]:
    for item in items:
        yield item, level
        yield from _levels(item.items, level + 1)


def _word(value: bool) -> str:
    return "yes" if value else "no"
