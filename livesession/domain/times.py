"""Instants: aware, in UTC, to the millisecond, written as RFC 3339 with a ``Z``."""

from datetime import UTC, datetime

from livesession.errors import InputError, Problem

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
"""Nothing earlier is read: no sitting is meant by it, and near the year 1 some zones have no time at all."""


def to_instant(moment: datetime) -> datetime:
    """``moment`` in UTC, cut to the millisecond. Raises ValueError on a naive one."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs an offset from UTC")
    utc = moment.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)


def write_instant(moment: datetime) -> str:
    """``2026-11-20T08:02:13.250Z``. Always 24 characters, so that text order is time order."""
    return to_instant(moment).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_instant(text: str, place: str = "at") -> datetime:
    """An RFC 3339 instant with its offset. Raises :class:`InputError` that names ``place``."""
    try:
        moment = to_instant(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        moment = None
    if moment is None or moment < EARLIEST:
        raise InputError("time_unreadable", [Problem.of("time-unreadable", place, text=text[:60])])
    return moment
