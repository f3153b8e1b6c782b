"""Assemblies from a file: which format it is, and what was found in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from livesession.agendas.decoding import decode
from livesession.agendas.findings import Findings
from livesession.agendas.members_columns import looks_people
from livesession.agendas.members_findings import reworded
from livesession.agendas.members_oparl import looks_oparl_people, read_oparl_assembly
from livesession.agendas.members_own import ASSEMBLY_KEYS, SCHEMA_KEY, looks_own_assembly, read_own_assembly
from livesession.agendas.members_table import NAMES, read_members_table
from livesession.agendas.table_columns import CsvOptions
from livesession.agendas.table_rows import MAX_HEADER
from livesession.agendas.trees import json_tree, yaml_tree
from livesession.domain.assembly import Assembly, assembly_problems
from livesession.errors import InputError, Problem

_OWN_LINE = re.compile(rf"({re.escape(SCHEMA_KEY)}|{'|'.join(ASSEMBLY_KEYS)})\s*:(\s|$)")
_YAML_LINE = re.compile(r"""(["']?)[\w$-]+\1\s*:(\s|$)|- |---(\s|$)|%YAML""")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyReading:
    """What a file gave, and what was odd about it.

    None of the ``problems`` is fatal; each says what was made of the oddity. ``form`` is the format
    read: ``yaml``, ``json``, ``oparl`` or ``csv``. ``says_rules`` is False where the format, or the
    file, says nothing of rules: those that held go on to hold.
    """

    assembly: Assembly
    problems: tuple[Problem, ...]
    form: str
    says_rules: bool


def read_assembly(
    content: bytes, *, options: CsvOptions | None = None, name: str = "", on: date | None = None
) -> AssemblyReading:
    """The assembly in a file: our YAML or JSON, a table (CSV), or OParl objects.

    ``name`` is the assembly's where the file says none, and tells which of several OParl
    organizations is meant. ``on`` is the day on which OParl memberships must be in force, today if
    not given. Raises InputError ``assembly_unreadable`` with every problem and its place.
    """
    findings = Findings()
    try:
        text = decode(content, findings, encoding=options.encoding if options else None)
        tree: Any = None
        match _form(text):
            case "json":
                tree, form = json_tree(text, findings), "json"
            case "yaml":
                tree, form = yaml_tree(text, findings), "yaml"
            case "csv":
                assembly, places = read_members_table(text, findings, options=options or CsvOptions())
                return _reading(assembly, findings, "csv", name, False, places)
            case _:
                raise findings.stop("people-format-unknown", found=" ".join(text[:80].split())[:60])
        return _from_tree(tree, findings, form, name, on)
    except InputError as error:
        raise InputError("assembly_unreadable", reworded(error.problems)) from None


def _form(text: str) -> str:
    if text.lstrip()[:1] in ("{", "["):
        return "json"
    if text.lstrip()[:1] == "<":
        return ""
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    if _OWN_LINE.match(first):
        return "yaml"
    if len(first) <= MAX_HEADER and looks_people(first, NAMES):
        return "csv"
    return "yaml" if _YAML_LINE.match(first) else "csv"


def _from_tree(tree: Any, findings: Findings, form: str, name: str, on: date | None) -> AssemblyReading:
    findings.stop_if_refused()
    if looks_own_assembly(tree):
        says_rules = tree.get("rules") is not None
        return _reading(read_own_assembly(tree, findings), findings, form, name, says_rules, {})
    if looks_oparl_people(tree):
        read = read_oparl_assembly(tree, findings, wanted=name, on=on or date.today())
        return _reading(read, findings, "oparl", name, False, {})
    raise findings.stop("people-format-unknown", found=_top(tree))


def _reading(
    assembly: Assembly, findings: Findings, form: str, name: str, says_rules: bool, places: Mapping[str, str]
) -> AssemblyReading:
    # Every problem of the file at once: those of its form, then those of what it says.
    findings.extend(_placed(problem, places) for problem in assembly_problems(assembly))
    findings.stop_if_refused()
    if not assembly.members:
        findings.note("people-none", "members")
    if name and assembly.name and assembly.name != name:
        findings.note("people-named-otherwise", "name", said=assembly.name[:80], name=name[:80])
    return AssemblyReading(
        assembly=replace(assembly, name=name or assembly.name),
        problems=tuple(reworded(findings.listed())),
        form=form,
        says_rules=says_rules,
    )


def _placed(problem: Problem, places: Mapping[str, str]) -> Problem:
    """A problem at the line of the table where its member stands."""
    head, _, rest = problem.place.partition(".")
    if head not in places:
        return problem
    return replace(problem, place=f"{places[head]}, {rest}" if rest else places[head])


def _top(tree: Any) -> str:
    first = tree[0] if isinstance(tree, list) and tree else tree
    if isinstance(first, dict):
        return ", ".join(str(key)[:40] for key in list(first)[:6]) or "{}"
    return str(first)[:60]
