"""When a sitting starts: what agendas write, as RFC 3339 with an offset."""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from livesession.agendas.findings import Findings

STARTS = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)
"""A date, and if known the time, and if known the offset."""

YEARS = range(1800, 2200)
"""Beyond these a date is a slip of the hand, and arithmetic on it may overflow."""


def check_timezone(name: str, place: str, findings: Findings) -> str:
    """``name`` if it is an IANA time zone; otherwise it is refused, and UTC serves to go on."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        findings.refuse("agenda-timezone", place, timezone=name[:60])
        return "UTC"
    return name


def read_starts(text: str, timezone: str, place: str, findings: Findings) -> str | None:
    """The start as RFC 3339: in ``timezone`` where the text has no offset, at midnight where it
    has no time; either is noted. None when it was refused."""
    try:
        moment = datetime.fromisoformat(text) if STARTS.fullmatch(text) else None
    except ValueError:
        moment = None
    if moment is None or moment.year not in YEARS:
        findings.refuse("agenda-starts", place, text=text[:60])
        return None
    if moment.tzinfo is not None:
        return moment.isoformat()
    if len(text) == len("2026-11-20"):
        return local_start(moment.date(), None, timezone, place, findings)
    found = moment.replace(tzinfo=ZoneInfo(timezone)).isoformat()
    findings.note("agenda-offset-taken", place, timezone=timezone, starts=found)
    return found


def local_start(day: date, hour: time | None, timezone: str, place: str, findings: Findings) -> str:
    """The start from a day and an hour on the council's own clock."""
    if hour is None:
        findings.note("agenda-time-missing", place)
    return datetime.combine(day, hour or time(), tzinfo=ZoneInfo(timezone)).isoformat()
