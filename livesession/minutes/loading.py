"""Reading a sitting's log up to one head, and the record made of it."""

from livesession.domain.entry import Entry
from livesession.minutes.compiling import public_record, whole_record
from livesession.minutes.document import Head, Record
from livesession.thread.log import Log, SittingRow

PAGE = 1000
"""Entries read at once: what one query of the log gives."""


def head_of(sitting: SittingRow) -> Head:
    """The head a document states as its commitment."""
    return Head(sitting.seq, sitting.head, sitting.epoch)


async def public_entries(log: Log, sitting: SittingRow) -> list[Entry]:
    """Every public entry up to the row's head, in order. The row is read first, so the head covers them all."""
    found: list[Entry] = []
    while page := await log.read_public(sitting.id, found[-1].pos or 0 if found else 0, PAGE):
        found += page
    return [entry for entry in found if entry.seq <= sitting.seq]


async def all_entries(log: Log, sitting: SittingRow) -> list[Entry]:
    """Every entry up to the row's head, in order."""
    found: list[Entry] = []
    while page := await log.read(sitting.id, found[-1].seq if found else 0, PAGE):
        found += page
    return [entry for entry in found if entry.seq <= sitting.seq]


async def load_record(log: Log, sitting: SittingRow, *, whole: bool = False) -> Record:
    """The record of a sitting: for the public, or ``whole`` for an account with the right ``read_record``."""
    head = head_of(sitting)
    if whole:
        return whole_record(await all_entries(log, sitting), sitting.slug, head)
    return public_record(await public_entries(log, sitting), sitting.slug, head)
