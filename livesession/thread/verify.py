"""Verifying a thread: in the database, or in an exported JSON file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from livesession.errors import InputError, Problem
from livesession.thread.alterations import Finding, verify
from livesession.thread.log import Log, SittingRow

EXPORT_FORMAT = "livesession/1"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was checked and found. Intact where ``findings`` is empty."""

    slug: str
    entries: int
    head: str
    findings: tuple[Finding, ...]


async def verify_sitting(log: Log, sitting: SittingRow) -> Verdict:
    """Check a sitting's thread as the database holds it."""
    row, entries = await log.whole(sitting.id)
    findings = verify(row.id, entries, row.seq, row.head)
    return Verdict(row.slug, len(entries), row.head, tuple(findings))


async def export_form(log: Log, sitting: SittingRow) -> dict[str, Any]:
    """The whole thread as JSON: every entry whole, with the head that shows a cut tail."""
    row, entries = await log.whole(sitting.id)
    return {
        "format": EXPORT_FORMAT,
        "sitting": {"id": row.id, "slug": row.slug, "title": row.title, "assembly": row.assembly},
        "epoch": row.epoch,
        "head": {"seq": row.seq, "hash": row.head},
        "entries": entries,
    }


def verify_export(content: bytes) -> Verdict:
    """Check an exported file. Raises InputError ``export_unreadable`` where it is none."""
    form = _decode(content)
    try:
        sitting, head, entries = form["sitting"], form["head"], form["entries"]
        identity, slug = str(sitting["id"]), str(sitting["slug"])
        seq, hashed = int(head["seq"]), str(head["hash"])
        # Lone surrogates, which JSON can name, can be neither hashed nor printed.
        f"{identity}{slug}{hashed}".encode()
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise InputError("export_unreadable", [Problem.of("export-field", "", reason=str(error))]) from None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError("export_unreadable", [Problem.of("export-field", "entries", reason="entries")])
    return Verdict(slug, len(entries), hashed, tuple(verify(identity, entries, seq, hashed)))


def _decode(content: bytes) -> Mapping[str, Any]:
    try:
        form = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InputError("export_unreadable", [Problem.of("export-json", "", reason=str(error)[:200])]) from None
    if not isinstance(form, dict):
        raise InputError("export_unreadable", [Problem.of("export-field", "", reason="{…}")])
    return form
