"""Columns of tables that are about people: recognised by their names in French, English and German, or given."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from livesession.agendas.findings import Findings, lines_place
from livesession.agendas.table_cells import unescape
from livesession.agendas.table_columns import SEPARATORS, CsvOptions, plain
from livesession.agendas.table_rows import read_rows

Names = Mapping[str, Sequence[str]]
"""For each field the names of its column, the better first, written as ``plain`` leaves them."""

NAME: Names = {
    "full": (
        "nom complet", "nom et prenom", "nom prenom", "nom prenoms", "prenom et nom", "prenom nom", "membre", "elu",
        "elue", "elu e", "conseiller", "conseillere", "full name", "fullname", "display name", "member", "member name",
        "councillor", "mitglied", "vollstandiger name", "vollstaendiger name", "ratsmitglied",
    ),
    "bare": ("nom", "name"),
    "family": (
        "nom de famille", "nom de l elu", "nom usuel", "nom d usage", "last name", "lastname", "surname",
        "family name", "familyname", "nachname", "familienname",
    ),
    "given": (
        "prenom", "prenoms", "prenom de l elu", "first name", "firstname", "given name", "givenname", "forename",
        "vorname",
    ),
    "civility": ("civilite", "civ", "titre", "anrede", "salutation", "title", "form of address", "titel"),
    "sex": ("code sexe", "sexe"),
    "id": ("id", "identifiant", "identifiant du membre", "member id", "kennung", "mitglieds id"),
}  # fmt: skip
"""The columns that say who somebody is."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row by field, trimmed; ``number`` is the line of the file where it begins, from 1."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, field: str) -> str:
        return self.cells.get(field, "")

    @property
    def place(self) -> str:
        return f"line {self.number}"


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """The rows of a table below its header, and the fields it has columns for."""

    fields: frozenset[str]
    lines: tuple[Line, ...]


def read_people(text: str, names: Names, options: CsvOptions, findings: Findings) -> PeopleTable:
    """The rows of a table whose columns are ``names``. Raises :class:`InputError` where no column says who it is."""
    every = {name: name for known in names.values() for name in known}
    rows = read_rows(text, _for_separator(options, every), findings)
    header = rows[0].cells
    at = recognised(header, names)
    by_position = not at and bool(options.columns) and all(each.isdecimal() for each in options.columns.values())
    at |= _given(header if not by_position else (), names, options, rows[0].line, findings)
    if not {"full", "bare", "family", "id"} & at.keys():
        found = ", ".join(cell.strip()[:60] for cell in header[:20] if cell.strip()) or "-"
        raise findings.stop("people-no-name-column", f"line {rows[0].line}", found=found)
    if not by_position:
        _note_left(header, at, rows[0].line, findings)
        rows = rows[1:]
    if not rows:
        raise findings.stop("table-no-rows", "line 1")
    width = 0 if by_position else len(header)
    lines, short = [], []
    for row in rows:
        if width and any(cell.strip() for cell in row.cells[width:]):
            findings.refuse("table-row-long", f"line {row.line}", count=len(row.cells), width=width)
            continue
        if len(row.cells) < width:
            short.append(row.line)
        cells = {field: _cell(row.cells, position) for field, position in at.items()}
        lines.append(Line(row.line, cells))
    if short:
        findings.note("table-rows-short", lines_place(short), count=len(short))
    return PeopleTable(frozenset(at), tuple(lines))


def looks_people(first_line: str, names: Names) -> bool:
    """Whether a line is a header that names people: some separator parts it into known columns."""
    return any(
        {"full", "bare", "family"} & recognised(first_line.replace('"', "").split(separator), names).keys()
        for separator in SEPARATORS
    )


def recognised(header: Sequence[str], names: Names) -> dict[str, int]:
    """The fields that a header tells: for each the position of its best name, the leftmost of equals."""
    ranked = {name: (field, rank) for field, known in names.items() for rank, name in enumerate(known)}
    best: dict[str, tuple[int, int]] = {}
    for position, cell in enumerate(header):
        if (found := ranked.get(plain(cell))) is not None:
            field, rank = found
            best[field] = min(best.get(field, (rank, position)), (rank, position))
    return {field: position for field, (_, position) in best.items()}


def full_name(line: Line) -> str:
    """The name as it is called out: civility, first name, family name, or the one column that has it all."""
    family, bare = line["family"], line["bare"]
    name = line["full"]
    if not name:
        # Beside a column of first names, « nom » is the family's.
        name = " ".join(part for part in (line["given"], family or bare) if part)
    said = _CIVILITIES.get(line["civility"].casefold().rstrip("."), line["civility"])
    if not said and line["sex"]:
        said = _SEXES.get(line["sex"].casefold(), "")
    return f"{said} {name}" if said and name and not name.startswith(f"{said} ") else name


def sex_unknown(line: Line) -> bool:
    """Whether the column of sexes says something that no civility is made of."""
    return bool(line["sex"]) and not line["civility"] and line["sex"].casefold() not in _SEXES


_CIVILITIES = {"m": "M.", "monsieur": "M.", "mme": "Mme", "madame": "Mme"}
_SEXES = {"m": "M.", "h": "M.", "f": "Mme"}


def _cell(cells: Sequence[str], position: int) -> str:
    # A line break inside a cell is a spreadsheet's, not part of a name.
    return " ".join(unescape(cells[position])[0].split()) if position < len(cells) else ""


def _for_separator(options: CsvOptions, every: Mapping[str, str]) -> CsvOptions:
    """Options by which the rows' reader knows our columns when it looks for the separator."""
    wanted = {**every, **{column: column for column in options.columns.values()}}
    return CsvOptions(encoding=options.encoding, separator=options.separator, columns=wanted)


def _given(header: Sequence[str], names: Names, options: CsvOptions, line: int, findings: Findings) -> dict[str, int]:
    at = {}
    for field, column in options.columns.items():
        wanted = [position for position, name in enumerate(header) if plain(name) == plain(column) or name == column]
        if field not in names:
            findings.refuse("table-field-unknown", "", field=field[:60], known=", ".join(names))
        elif wanted:
            at[field] = wanted[0]
        elif column.isdecimal() and 0 < int(column) <= 1000:
            at[field] = int(column) - 1
        else:
            found = ", ".join(name.strip()[:60] for name in header[:20]) or "-"
            findings.refuse("table-column-missing", f"line {line}", field=field, column=column[:60], found=found)
    findings.stop_if_refused()
    return at


def _note_left(header: Sequence[str], at: Mapping[str, int], line: int, findings: Findings) -> None:
    left = [name.strip() or f"({index})" for index, name in enumerate(header, 1) if index - 1 not in at.values()]
    if left:
        shown = ", ".join(name[:60] for name in left[:20])
        findings.note("table-columns-not-taken", f"line {line}", count=len(left), columns=shown)


def lines_of(lines: Iterable[Line]) -> str:
    """The place of several rows."""
    return lines_place([line.number for line in lines])
