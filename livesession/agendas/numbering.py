"""What items' numbers tell: which belongs under which, which are doubled, where one is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from livesession.agendas.findings import Findings
from livesession.domain.agenda import Agenda, AgendaItem
from livesession.domain.ids import ItemId

MAX_DEPTH = 8
"""Levels of items; no agenda seen has more than three."""

MAX_ITEMS = 5_000
"""Items in one sitting; the longest agenda known to us has 394."""


def nest(items: Sequence[AgendaItem], depths: Sequence[int]) -> tuple[AgendaItem, ...]:
    """The tree of ``items`` in the order given, each at its depth from 0.

    A depth exceeds the one before by at most 1, so that the tree, walked, gives the list again.
    """
    waiting: dict[int, list[AgendaItem]] = {}
    for item, depth in zip(reversed(items), reversed(depths), strict=True):
        below = waiting.pop(depth + 1, [])
        waiting.setdefault(depth, []).append(replace(item, items=tuple(reversed(below))))
    return tuple(reversed(waiting.get(0, [])))


def depths_by_number(items: Sequence[AgendaItem]) -> list[int]:
    """The depths that dotted numbers say: 3.1 lies under 3 where nothing else came between.

    A heading, or an item without number, ends what was open: to put 3.1 under a 3 that lies
    before the heading would change the order.
    """
    depths = []
    chain: list[str] = []
    for item in items:
        number = item.number.rstrip(".")
        parent = number.rpartition(".")[0]
        depth = chain.index(parent) + 1 if parent in chain else 0
        depth = min(depth, MAX_DEPTH - 1)
        chain = [*chain[:depth], number] if number and item.kind != "heading" else []
        depths.append(depth)
    return depths


def note_numbers(agenda: Agenda, places: Sequence[str], findings: Findings, *, gaps: bool) -> None:
    """Note the numbers that siblings share and, with ``gaps``, those that are left out.

    ``places`` in the order of ``agenda.walk()``.
    """
    where = {item.id: place for item, place in zip(agenda.walk(), places, strict=True)}
    _note_siblings(agenda.items, where, findings, gaps)
    for item in agenda.walk():
        _note_siblings(item.items, where, findings, gaps)


def _note_siblings(items: tuple[AgendaItem, ...], where: Mapping[ItemId, str], findings: Findings, gaps: bool) -> None:
    seen: set[str] = set()
    last: int | None = None
    for item in items:
        if not item.number:
            continue
        if item.number in seen:
            findings.note("agenda-number-twice", where[item.id], number=item.number)
        seen.add(item.number)
        value = _last_part(item.number)
        if gaps and value is not None and last is not None and value > last + 1:
            findings.note("agenda-number-gap", where[item.id], before=str(last), after=str(value))
        last = value


def _last_part(number: str) -> int | None:
    # Siblings share what stands before the last dot, so the last part alone counts up.
    part = number.rstrip(".").rpartition(".")[2]
    return int(part) if part.isascii() and part.isdigit() and len(part) < 10 else None
