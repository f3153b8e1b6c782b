"""Instants: aware, in UTC, to the millisecond, written as RFC 3339 with a ``Z``."""

from datetime import UTC, datetime

from livesession.errors import InputError, Problem


def to_instant(moment: datetime) -> datetime:
    """``moment`` in UTC, cut to the millisecond. Raises ValueError on a naive one."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs an offset from UTC")
    utc = moment.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)


def write_instant(moment: datetime) -> str:
    """``2026-11-20T08:02:13.250Z``. Always 24 characters, so that text order is time order."""
    return to_instant(moment).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def read_instant(text: str, place: str = "at") -> datetime:
    """An RFC 3339 instant with its offset. Raises :class:`InputError` that names ``place``."""
    try:
        return to_instant(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        raise InputError("time_unreadable", [Problem.of("time-unreadable", place, text=text[:60])]) from None
