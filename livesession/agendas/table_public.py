"""Which rows of a table are public, where blank cells have to be understood with care."""

from collections.abc import Sequence

from livesession.agendas.findings import Findings, lines_place
from livesession.agendas.table_cells import says_public


def read_public(
    lines: Sequence[int], public: Sequence[str] | None, closed: Sequence[str] | None, findings: Findings
) -> list[bool]:
    """For each row whether it is public, by the column that says so, or its opposite, or both.

    None for a column that the table does not have.
    """
    by_public = _column(lines, public, findings, of_closed=False) if public is not None else None
    by_closed = _column(lines, closed, findings, of_closed=True) if closed is not None else None
    if by_public is None or by_closed is None:
        return by_public or by_closed or [True] * len(lines)
    for line, one, other in zip(lines, by_public, by_closed, strict=True):
        if one != other:
            findings.refuse("table-public-contradiction", f"line {line}")
    return [one and other for one, other in zip(by_public, by_closed, strict=True)]


def _column(lines: Sequence[int], cells: Sequence[str], findings: Findings, *, of_closed: bool) -> list[bool]:
    said = [says_public(cell, of_closed=of_closed) if cell.strip() else None for cell in cells]
    blank = [line for line, cell in zip(lines, cells, strict=True) if not cell.strip()]
    for line, cell, value in zip(lines, cells, said, strict=True):
        if value is None and cell.strip():
            findings.refuse("table-public-unknown", f"line {line}", text=cell.strip()[:60])
    used = {value for value in said if value is not None}
    rest = True
    if blank and len(used) == 1:
        # Who marks only some rows leaves the others blank: they are the opposite.
        rest = not used.pop()
        if not rest:
            findings.note("table-blank-closed", lines_place(blank), count=len(blank))
    elif blank and len(used) == 2:
        for line in blank:
            findings.refuse("table-public-blank", f"line {line}")
    return [rest if value is None else value for value in said]
