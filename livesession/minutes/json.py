"""``minutes.json``: the public thread as data, for everyone, with the head's hash as a commitment."""

import json
from collections.abc import Iterable
from typing import Any

from livesession.domain.entry import Entry
from livesession.domain.times import write_instant
from livesession.i18n import Words
from livesession.minutes.compiling import public_record
from livesession.minutes.document import Head, Period

FORMAT = "livesession-minutes/1"


def minutes_form(entries: Iterable[Entry], slug: str, head: Head, words: Words) -> dict[str, Any]:
    """The public entries in their public form, each with its ``pos``, under the sitting's facts."""
    held = [entry for entry in entries if entry.pos is not None]
    record = public_record(held, slug, head)
    return {
        "format": FORMAT,
        "heading": words("minutes-heading"),
        "sitting": {
            "slug": record.slug,
            "title": record.title,
            "assembly": record.assembly,
            "location": record.location,
            "starts": None if record.starts is None else record.starts.isoformat(),
            "timezone": record.timezone,
            "language": record.language,
            "public": record.public,
            "status": record.status,
            "opened_at": None if record.opened_at is None else write_instant(record.opened_at),
            "closed_at": None if record.closed_at is None else write_instant(record.closed_at),
            "suspensions": [_period(period) for period in record.suspensions],
            "closed_parts": [_period(period) for period in record.closed_parts],
        },
        "epoch": head.epoch,
        "head": {"seq": head.seq, "hash": head.hash},
        "entries": [{"pos": entry.pos, **entry.as_public_json()} for entry in held],
    }


def minutes_json(entries: Iterable[Entry], slug: str, head: Head, words: Words) -> str:
    """:func:`minutes_form` as text: UTF-8 as typed, indented, with a line break at the end."""
    return json.dumps(minutes_form(entries, slug, head, words), ensure_ascii=False, indent=2) + "\n"


def _period(period: Period) -> dict[str, str | None]:
    return {
        "begun": None if period.begun is None else write_instant(period.begun),
        "ended": None if period.ended is None else write_instant(period.ended),
    }
