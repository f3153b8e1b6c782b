"""Which rows of a table make one sitting, and what they say of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from livesession.agendas.findings import Findings, lines_place
from livesession.agendas.moments import STARTS, check_timezone, local_start, read_starts
from livesession.agendas.table_cells import day_and_hour, hour, says_public
from livesession.agendas.table_columns import CsvOptions
from livesession.domain.agenda import Agenda, AgendaItem
from livesession.i18n import words

_FIELDS = ("assembly", "timezone", "language", "location", "hashtag", "video", "sitting_public")


@dataclass(frozen=True, slots=True)
class Head:
    """What one row says of its sitting, as written; empty where it says nothing."""

    line: int
    sitting: str
    date: str
    time: str
    fields: Mapping[str, str]

    @property
    def key(self) -> tuple[str, str, str]:
        return self.sitting, self.date, self.time


def heads(rows: Iterable[tuple[int, Mapping[str, str]]]) -> list[Head]:
    """The heads of rows given as (line, cells by field)."""
    return [
        Head(
            line,
            _said(cells, "sitting"),
            _said(cells, "date").strip(),
            _said(cells, "time").strip(),
            {name: value for name in _FIELDS if (value := _said(cells, name))},
        )
        for line, cells in rows
    ]


def grouped(rows: Sequence[Head], findings: Findings) -> list[list[Head]]:
    """The rows of each sitting, sittings in the order in which they first appear."""
    rows = _filled(rows, findings)
    groups: dict[tuple[str, str, str], list[Head]] = {}
    apart = []
    last = None
    for row in rows:
        if row.key in groups and row.key != last:
            apart.append(row.line)
        groups.setdefault(row.key, []).append(row)
        last = row.key
    if apart:
        findings.note("table-sittings-mixed", lines_place(apart), count=len(apart))
    return list(groups.values())


def _filled(rows: Sequence[Head], findings: Findings) -> list[Head]:
    """Rows without a date given the one of the row before: a spreadsheet's merged cells."""
    before = next((row for row in rows if row.date), None)
    if before is None:
        return list(rows)
    filled, changed = [], []
    for row in rows:
        if row.date:
            before = row
        elif not row.time and row.sitting in ("", before.sitting):
            changed.append(row.line)
            filled.append(replace(row, sitting=before.sitting, date=before.date, time=before.time))
            continue
        filled.append(row)
    if changed:
        findings.note("table-dates-missing", lines_place(changed), count=len(changed))
    return filled


def sitting(
    group: Sequence[Head], items: tuple[AgendaItem, ...], findings: Findings, options: CsvOptions, timezone: str
) -> Agenda:
    """The sitting of a group of rows, with its items."""
    said = _agreed(group, findings)
    place = f"line {group[0].line}"
    zone = check_timezone(said.get("timezone", timezone), place, findings)
    language = said.get("language", options.language)
    starts = _starts(group[0], zone, place, findings)
    public = says_public(said["sitting_public"], of_closed=False) if "sitting_public" in said else True
    if public is None:
        findings.refuse("table-public-unknown", place, text=said["sitting_public"][:60])
    title = group[0].sitting or options.title
    if not title:
        title = _made_title(starts, zone, language)
        findings.note("table-title-made", place, title=title)
    return Agenda(
        title=title,
        assembly=said.get("assembly", options.assembly),
        starts=starts,
        timezone=zone,
        language=language,
        location=said.get("location"),
        hashtag=said.get("hashtag"),
        video=said.get("video"),
        public=public is not False,
        items=items,
    )


def _agreed(group: Sequence[Head], findings: Findings) -> dict[str, str]:
    """What the rows say together: the first value of each field, those that differ noted."""
    said: dict[str, str] = {}
    other: dict[str, list[int]] = {}
    for row in group:
        for name, value in row.fields.items():
            if said.setdefault(name, value) != value:
                other.setdefault(name, []).append(row.line)
    for name, lines in other.items():
        findings.note("table-sitting-differs", lines_place(lines), field=name, kept=said[name][:80])
    return said


def _starts(head: Head, zone: str, place: str, findings: Findings) -> str | None:
    if not head.date:
        findings.note("table-start-missing", place)
        return None
    if STARTS.fullmatch(head.date) and len(head.date) > len("2026-11-20"):
        return read_starts(head.date, zone, place, findings)
    found = day_and_hour(head.date)
    clock = hour(head.time) if head.time else None
    if found is None or (head.time and clock is None):
        findings.refuse("table-date", place, text=f"{head.date} {head.time}".strip()[:60])
        return None
    day, with_day = found
    return local_start(day, clock or with_day, zone, place, findings)


def _made_title(starts: str | None, zone: str, language: str) -> str:
    said = words(language)
    if starts is None:
        return said("agenda-title-undated")
    moment = datetime.fromisoformat(starts).astimezone(ZoneInfo(zone))
    return said("agenda-title-dated", date=said.date(moment, zone, "long"))


def _said(cells: Mapping[str, str], name: str) -> str:
    value = cells.get(name, "")
    return value if value.strip() else ""
