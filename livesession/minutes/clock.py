"""The council's clock: a date where the day is another, the zone where a clock that is put back shows a time twice."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from livesession.i18n import Words


def is_twofold(moment: datetime, zone: str) -> bool:
    """Whether the zone's clock shows this time a second time, in the hour after summer time ends."""
    local = moment.astimezone(ZoneInfo(zone))
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def time_of(moment: datetime, zone: str, said: Words) -> str:
    """``02:30``; ``02:30 (UTC+2)`` where that alone would say two instants."""
    shown = said.time(moment, zone)
    if not is_twofold(moment, zone):
        return shown
    offset = moment.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None, "a zone has an offset"
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    beside = f"{hours}:{rest:02d}" if rest else str(hours)
    return f"{shown} (UTC{'-' if minutes < 0 else '+'}{beside})"


class Clock:
    """How a page of a sitting writes an instant: ``11:26``, and ``00:21, 21 novembre`` on another day than the first.

    ``first`` is the sitting's first day, in its own zone; None where it is not known.
    """

    def __init__(self, said: Words, zone: str, first: date | None) -> None:
        self._said = said
        self._zone = zone
        self._first = first

    def __call__(self, moment: datetime) -> str:
        shown = time_of(moment, self._zone, self._said)
        day = moment.astimezone(ZoneInfo(self._zone)).date()
        if self._first in (None, day):
            return shown
        # The day and its month are one: no line parts them.
        return f"{shown}, " + self._said.day(day, "d\u00a0MMMM")
