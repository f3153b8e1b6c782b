"""Agendas from a file or from a decoded form: which format it is, and what was found in it."""

import re
from dataclasses import dataclass
from typing import Any

from livesession.agendas.decoding import decode
from livesession.agendas.findings import Findings
from livesession.agendas.oparl import looks_oparl, read_oparl
from livesession.agendas.own import SCHEMA_KEY, SITTING_KEYS, looks_own, read_own
from livesession.agendas.table import read_table
from livesession.agendas.table_columns import CsvOptions
from livesession.agendas.table_rows import MAX_HEADER, looks_table
from livesession.agendas.trees import json_tree, yaml_tree
from livesession.domain.agenda import Agenda
from livesession.errors import Problem

_OWN_LINE = re.compile(rf"(sittings|{re.escape(SCHEMA_KEY)}|{'|'.join(SITTING_KEYS)})\s*:(\s|$)")
_YAML_LINE = re.compile(r"""(["']?)[\w$-]+\1\s*:(\s|$)|- |-$|---(\s|$)|%YAML""")
_YAML_NAMES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a file gave: its sittings in the file's order, and what was odd about it.

    None of the ``problems`` is fatal; each says what was made of the oddity. ``form`` is the
    format read: ``yaml``, ``json``, ``oparl`` or ``csv``.
    """

    agendas: tuple[Agenda, ...]
    problems: tuple[Problem, ...]
    form: str


def read_agendas(
    content: bytes, filename: str = "", *, options: CsvOptions | None = None, timezone: str = "Europe/Paris"
) -> Reading:
    """The sittings in a file: our YAML or JSON, an OParl meeting, or a table (CSV).

    The format is told by the content; ``filename`` decides only where that leaves a doubt.
    ``timezone`` is for times without an offset. Raises :class:`InputError` with every problem
    and its place when the file cannot be read.
    """
    findings = Findings()
    text = decode(content, findings, encoding=options.encoding if options else None)
    match _form(text, filename):
        case "json":
            return _from_tree(json_tree(text, findings), "json", findings, timezone)
        case "yaml":
            return _from_tree(yaml_tree(text, findings), "yaml", findings, timezone)
        case "csv":
            agendas = read_table(text, findings, options=options or CsvOptions(), timezone=timezone)
            return _reading(agendas, findings, "csv")
        case _:
            raise findings.stop("agenda-format-unknown", found=_beginning(text))


def read_agenda_form(form: dict[str, Any], *, timezone: str = "Europe/Paris") -> Reading:
    """The sittings in a decoded JSON object: our own form, or an OParl meeting.

    Raises :class:`InputError` as :func:`read_agendas` does.
    """
    findings = Findings()
    if looks_oparl(form) and not looks_own(form):
        return _reading(read_oparl(form, findings, timezone=timezone), findings, "oparl")
    return _reading(read_own(form, findings, timezone=timezone), findings, "json")


def _reading(agendas: list[Agenda], findings: Findings, form: str) -> Reading:
    findings.stop_if_refused()
    return Reading(agendas=tuple(agendas), problems=tuple(findings.listed()), form=form)


def _form(text: str, filename: str) -> str:
    if text.lstrip()[:1] in ("{", "["):
        return "json"
    if text.lstrip()[:1] == "<":
        return ""
    meant = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    first = next(meant, "")
    if _OWN_LINE.match(first):
        return "yaml"
    if len(first) <= MAX_HEADER and looks_table(first):
        return "csv"
    if _YAML_LINE.match(first) or filename.lower().endswith(_YAML_NAMES):
        return "yaml"
    return "csv"


def _from_tree(tree: Any, form: str, findings: Findings, timezone: str) -> Reading:
    if looks_oparl(tree) and not looks_own(tree):
        return _reading(read_oparl(tree, findings, timezone=timezone), findings, "oparl")
    if looks_own(tree):
        return _reading(read_own(tree, findings, timezone=timezone), findings, form)
    raise findings.stop("agenda-format-unknown", found=_top(tree))


def _top(tree: Any) -> str:
    """The first keys of a document, by which a person recognises it."""
    first = tree[0] if isinstance(tree, list) and tree else tree
    if isinstance(first, dict):
        return ", ".join(str(key)[:40] for key in list(first)[:6]) or "{}"
    return str(first)[:60]


def _beginning(text: str) -> str:
    return " ".join(text[:80].split())[:60]
