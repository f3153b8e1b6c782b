"""From text to rows: the separator, quoted cells, and the line on which each row begins."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from livesession.agendas.findings import Findings, lines_place
from livesession.agendas.table_columns import SEPARATORS, CsvOptions, plain, recognised

MAX_LINES = 200_000
"""Lines of a table; the longest real one known to us has 23,568."""

MAX_HEADER = 100_000
"""Characters of the first line: beyond it no header is looked for."""

_TAB_NAMES = ("tab", "\\t", "tabulation")
_EXCEL_HINT = re.compile(r'"?sep=(.)"?')


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells, and the line of the file where it begins, from 1."""

    line: int
    cells: Sequence[str]

    @property
    def blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


def read_rows(text: str, options: CsvOptions, findings: Findings) -> list[Row]:
    """Every row that is not blank, the header among them. Raises :class:`InputError` on open quotes."""
    first = next(line for line in text.splitlines() if line.strip())
    if len(first) > MAX_HEADER:
        raise findings.stop("table-header-long", "line 1", limit=MAX_HEADER)
    hint = _EXCEL_HINT.fullmatch(first.strip(" "))
    rows = _split(text, hint[1] if hint and not options.separator else _separator(first, options, findings), findings)
    findings.stop_if_refused()
    kept = [row for row in rows if not row.blank]
    if hint:
        kept = kept[1:]
    if not kept:
        raise findings.stop("agenda-empty")
    if between := [row.line for row in rows if row.blank and kept[0].line < row.line < kept[-1].line]:
        findings.note("table-rows-blank", lines_place(between), count=len(between))
    return kept


def looks_table(first_line: str) -> bool:
    """Whether a line is a header that names the column of titles."""
    return any("title" in recognised(_cells(first_line, separator)) for separator in SEPARATORS)


def _separator(first: str, options: CsvOptions, findings: Findings) -> str:
    given = options.separator
    if given is not None:
        given = "\t" if given.lower() in _TAB_NAMES else given
        if len(given) != 1 or given in '"\r\n' or given.isalnum():
            raise findings.stop("table-separator", "", separator=given[:20])
        return given
    wanted = {plain(column) for column in options.columns.values()}

    def score(separator: str) -> tuple[int, int]:
        cells = _cells(first, separator)
        named = sum(plain(cell) in wanted for cell in cells)
        return named + len(recognised(cells)), len(cells)

    # max keeps the first of equals, which is what spreadsheets write in French.
    return max(SEPARATORS, key=score)


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _split(text: str, separator: str, findings: Findings) -> list[Row]:
    rows: list[Row] = []
    # Without translation of line ends, which would change those inside quoted cells.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return rows
        except csv.Error:
            findings.refuse("table-quote", f"line {line}", end=str(reader.line_num))
            continue
        if line > MAX_LINES:
            raise findings.stop("table-too-many-lines", f"line {line}", limit=MAX_LINES)
        rows.append(Row(line, cells))
