"""A table with a header, as spreadsheets and open data portals write it (CSV).

Each row is an item; rows of one date are one sitting. A row's place is the line of the file on
which it begins.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from livesession.agendas.findings import Findings, lines_place
from livesession.agendas.finishing import finish
from livesession.agendas.moments import check_timezone
from livesession.agendas.numbering import MAX_DEPTH, MAX_ITEMS, depths_by_number, nest
from livesession.agendas.own import MAX_SITTINGS
from livesession.agendas.table_cells import kind_of, papers, unescape
from livesession.agendas.table_columns import Columns, CsvOptions, read_header
from livesession.agendas.table_public import read_public
from livesession.agendas.table_rows import Row, read_rows
from livesession.agendas.table_sittings import Head, grouped, heads, sitting
from livesession.domain.agenda import Agenda, AgendaItem, Document
from livesession.domain.ids import ItemId

_ITEM_FIELDS = ("number", "title", "kind", "rapporteur", "documents", "public_title", "level", "item_id")


@dataclass(slots=True)
class Record:
    """A row by field, escapes undone."""

    line: int
    cells: dict[str, str]

    def text(self, name: str) -> str | None:
        """The cell as it is; None where it is blank."""
        value = self.cells.get(name, "")
        return value if value.strip() else None

    @property
    def has_item(self) -> bool:
        return any(self.text(name) is not None for name in _ITEM_FIELDS)


@dataclass(slots=True)
class _Seen:
    """Lines by what was odd about them, so that each oddity is said once."""

    lines: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def add(self, code: str, line: int, what: str = "") -> None:
        self.lines.setdefault((code, what), []).append(line)

    def note(self, findings: Findings) -> None:
        for (code, what), lines in self.lines.items():
            params: dict[str, str | int] = {"count": len(lines)}
            if what:
                params["what"] = what
            findings.note(code, lines_place(lines), **params)


def read_table(text: str, findings: Findings, *, options: CsvOptions, timezone: str) -> list[Agenda]:
    """The agendas of a table, in the file's order. What is refused is left in ``findings``."""
    check_timezone(timezone, "timezone", findings)
    rows = read_rows(text, options, findings)
    columns = read_header(rows[0].cells, rows[0].line, options, findings)
    seen = _Seen()
    records = _records(rows[1:] if columns.has_header else rows, columns, seen, findings)
    if not records:
        raise findings.stop("table-no-rows", f"line {rows[0].line}")
    if "number" not in columns.at:
        findings.note("agenda-numbers-missing", f"line {rows[0].line}")
    public = dict(zip((record.line for record in records), _public(records, columns, findings), strict=True))
    groups = grouped(heads((record.line, record.cells) for record in records), findings)
    if len(groups) > MAX_SITTINGS:
        findings.refuse("agenda-too-many-sittings", count=len(groups), limit=MAX_SITTINGS)
    by_line = {record.line: record for record in records}
    agendas = [
        _agenda(group, [by_line[head.line] for head in group], public, seen, findings, options, timezone)
        for group in groups[:MAX_SITTINGS]
    ]
    seen.note(findings)
    return agendas


def _records(rows: Iterable[Row], columns: Columns, seen: _Seen, findings: Findings) -> list[Record]:
    records = []
    for row in rows:
        count = len(row.cells)
        if columns.has_header and count > columns.width:
            if any(cell.strip() for cell in row.cells[columns.width :]):
                findings.refuse("table-row-long", f"line {row.line}", count=count, width=columns.width)
                continue
            seen.add("table-rows-padded", row.line)
        elif columns.has_header and count < columns.width:
            seen.add("table-rows-short", row.line)
        cells = {}
        for name in columns.at:
            cells[name], escapes = unescape(columns.cell(row.cells, name))
            for escape in dict.fromkeys(escapes):
                seen.add("table-escapes", row.line, escape)
        records.append(Record(row.line, cells))
    return records


def _public(records: Sequence[Record], columns: Columns, findings: Findings) -> list[bool]:
    def column(name: str) -> list[str] | None:
        return [record.cells[name] for record in records] if name in columns.at else None

    return read_public([record.line for record in records], column("public"), column("closed"), findings)


def _agenda(
    group: Sequence[Head],
    records: Sequence[Record],
    public: dict[int, bool],
    seen: _Seen,
    findings: Findings,
    options: CsvOptions,
    timezone: str,
) -> Agenda:
    with_item = [record for record in records if record.has_item]
    for record in records:
        if not record.has_item:
            seen.add("table-rows-no-item", record.line)
    if len(with_item) > MAX_ITEMS:
        findings.refuse("agenda-too-many-items", f"line {with_item[MAX_ITEMS].line}", limit=MAX_ITEMS)
    numbered = any(record.text("number") for record in with_item)
    items = [_item(record, public[record.line], numbered, seen, findings) for record in with_item]
    agenda = sitting(group, nest(items, _depths(items, with_item, findings)), findings, options, timezone)
    places = [f"line {record.line}" for record in with_item]
    within = f"line {group[0].line}, "
    return finish(agenda, places, findings, within=within, gaps=True)


def _item(record: Record, public: bool, numbered: bool, seen: _Seen, findings: Findings) -> AgendaItem:
    title = record.text("title")
    if title is None:
        findings.refuse("table-title-blank", f"line {record.line}")
    number = (record.text("number") or "").strip()
    documents = []
    for paper in papers(record.cells.get("documents", "")):
        if isinstance(paper, Document):
            documents.append(paper)
        else:
            seen.add("table-document-unusable", record.line, paper[:80])
    return AgendaItem(
        title=title or "?",  # refused above; a stand-in, so that it is said once
        id=ItemId((record.text("item_id") or "").strip()),
        number=number,
        kind=_kind(record, plain_item=bool(number or not numbered or not public), seen=seen),
        public=public,
        public_title=record.text("public_title"),
        rapporteur=record.text("rapporteur"),
        documents=tuple(documents),
    )


def _kind(record: Record, *, plain_item: bool, seen: _Seen) -> str:
    said = record.text("kind")
    if said is not None:
        if (kind := kind_of(said)) is not None:
            return kind
        seen.add("table-kind-unknown", record.line, said.strip()[:60])
    # Among numbered rows one without number groups those that follow it.
    if plain_item or record.text("rapporteur") or record.text("documents"):
        return "item"
    seen.add("table-headings", record.line)
    return "heading"


def _depths(items: Sequence[AgendaItem], records: Sequence[Record], findings: Findings) -> list[int]:
    if not any(record.text("level") for record in records):
        return depths_by_number(items)
    depths: list[int] = []
    for record in records:
        said = (record.text("level") or "1").strip()
        level = int(said) if said.isascii() and said.isdigit() and len(said) < 3 else 0
        deepest = min(depths[-1] + 2 if depths else 1, MAX_DEPTH)
        if not 1 <= level <= deepest:
            findings.refuse("table-level", f"line {record.line}", text=said[:20], deepest=deepest)
            level = 1
        depths.append(level - 1)
    return depths
