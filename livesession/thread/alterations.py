"""Finding what was altered in a thread, and naming each entry by its place.

The head's hash is the one thing that is taken as given. From it the chain is walked back: a hash
that fits authenticates an entry's ``prev`` and ``digest``, its ``prev`` the entry before. Where no
entry fits, the one whose ``seq`` says that it belongs there is the altered one, and the walk
takes up again below it; so an alteration is not reported a second time at its neighbours.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import rfc8785

from livesession.thread.chain import entry_digest, first_prev, link

MAX_MISSING = 1_000
"""Missing entries named one by one: an altered head may claim any number of them."""

_UNCOVERED = frozenset({"salt", "digest", "prev", "hash"})
_COVERED = frozenset({"seq", "pos", "id", "kind", "item", "at", "recorded_at", "author", "data"})
_HEX = re.compile(r"(?:[0-9a-f]{2})+")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Finding:
    """An alteration: ``code`` has a sentence in ``i18n`` (``finding-<code>``); ``seq`` names the entry."""

    seq: int
    code: str


def verify(sitting_id: str, entries: Iterable[Mapping[str, Any]], head_seq: int, head_hash: str) -> list[Finding]:
    """Every alteration in ``entries`` (whole forms, in the order found); empty when the thread is intact.

    ``head_seq`` and ``head_hash`` are what the store or the export states, so that a cut tail shows.
    Findings are in the order of their ``seq``, one per ``seq``.
    """
    held = [_Held(entry, index) for index, entry in enumerate(entries)]
    # SQLite keeps anything in a column of numbers.
    stated = _number(head_seq)
    walk = _Walk(held, first_prev(sitting_id), len(held) if stated is None else stated, head_hash)
    walk.run()
    found = _Findings()
    _judge_strays(held, walk.last, found)
    for seq in walk.missing:
        found.add(seq, "missing")
    placed = [node for node in held if node.place]
    erased = {name for node in placed for name in _erased_by(node.entry)}
    resealed: dict[str, object] = {}
    for node in sorted(placed, key=lambda node: node.place):
        # What was rewritten twice is as the last one left it.
        resealed.update(_resealed_by(node.entry))
    for node in placed:
        if (code := node.fault or _fault(node, erased, resealed)) is not None:
            found.add(node.place, code)
    for node in _out_of_order(placed):
        found.add(node.place, "reordered")
    if not found:
        # Without another finding nothing shifted the entries: who is numbered otherwise was renumbered.
        for node in placed:
            if node.seq != node.place:
                found.add(node.place, "changed")
    if not found and (walk.last != head_seq or walk.last != len(placed)):
        found.add(walk.last, "head")
    return found.in_order()


class _Held:
    """An entry as found, at ``index`` of what was given.

    ``place`` is the ``seq`` that the chain gives it, 0 while it has none.
    """

    def __init__(self, entry: Mapping[str, Any], index: int) -> None:
        self.entry = entry
        self.index = index
        self.seq = _number(entry.get("seq")) or None
        self.prev, self.digest, self.hash = (_hash(entry.get(name)) for name in ("prev", "digest", "hash"))
        self.linked = None if self.prev is None or self.digest is None else link(self.prev, self.digest)
        self.place = 0
        self.fault: str | None = None

    def computed(self, seq: int | None) -> str | None:
        """The digest of its facts, were its number ``seq``; None where it has none."""
        salt = self.entry.get("salt")
        if not isinstance(salt, str) or _HEX.fullmatch(salt) is None or self.entry.get("data") is None:
            return None
        facts = {name: value for name, value in self.entry.items() if name not in _UNCOVERED}
        try:
            return entry_digest(salt, {**facts, "seq": seq})
        except (ValueError, RecursionError, rfc8785.CanonicalizationError):
            return None

    def numbered(self, seq: int | None) -> bool:
        """Whether its digest says that it was written as number ``seq``."""
        return self.digest is not None and self.computed(seq) == self.digest

    @property
    def consistent(self) -> bool:
        """Whether it agrees with itself, whatever stands around it."""
        return self.linked is not None and self.linked == self.hash and self.numbered(self.seq)


class _Walk:
    """From the head back to the beginning: gives every entry of the chain its ``place``.

    ``last`` is the place of the last entry, ``missing`` the places that nothing stands in.
    """

    def __init__(self, held: Sequence[_Held], first: str, head_seq: int, head_hash: str) -> None:
        self.missing: list[int] = []
        self._first = first
        self._head = head_hash
        self._by_link: dict[str, list[_Held]] = defaultdict(list)
        self._by_seq: dict[int, list[_Held]] = defaultdict(list)
        for node in held:
            if node.linked is not None:
                self._by_link[node.linked].append(node)
            if node.seq is not None:
                self._by_seq[node.seq].append(node)
        self._held = held
        self.last = self._true_last(head_seq)

    def _true_last(self, head_seq: int) -> int:
        # The head's number may be what was altered. Its entry's digest tells the number it was given.
        top = next(iter(self._by_link.get(self._head, ())), None)
        if top is None or top.numbered(head_seq):
            return head_seq
        near = (top.seq, *range(head_seq + 1, head_seq + 10), *range(head_seq - 1, max(head_seq - 10, 0), -1))
        return next((seq for seq in near if seq is not None and top.numbered(seq)), head_seq)

    def run(self) -> None:
        if not self._whole_chain():
            self._slot_by_slot()

    def _whole_chain(self) -> bool:
        """Place everything if the chain holds from the head to the beginning, and nothing otherwise."""
        chain: list[str] = []
        wanted: str | None = self._head
        while wanted is not None and wanted != self._first:
            # Copies of an entry share its hash, and so its prev. A circle nobody can build: a hash decides.
            node = next(iter(self._by_link.get(wanted, ())), None)
            if node is None or len(chain) > len(self._held):
                return False
            chain.append(wanted)
            wanted = node.prev
        self.last = len(chain)
        for place, hashed in enumerate(reversed(chain), 1):
            node = self._best(self._by_link[hashed], place)
            assert node is not None, "found above"
            node.place = place
        return True

    def _slot_by_slot(self) -> None:
        wanted: str | None = self._head
        start = min(self.last, len(self._held) + MAX_MISSING)
        self.missing += [self.last] if start < self.last else []
        for place in range(start, 0, -1):
            node = self._authentic(wanted, place)
            fits = node is not None
            if node is None:
                node = self._numbered(place)
            if node is None:
                self.missing.append(place)
                wanted = None
                continue
            node.place = place
            if fits:
                wanted = node.prev
                if place == 1 and wanted != self._first:
                    node.fault = "unlinked"
            elif wanted is not None:
                wanted = self._past_altered(node, wanted)
            else:
                wanted = node.prev if node.consistent or node.prev in self._by_link else None
        del self.missing[MAX_MISSING:]

    def _best(self, copies: Sequence[_Held], place: int) -> _Held | None:
        """Of several candidates for a place the one that was written there, else the one whose neighbours are."""

        def fitness(node: _Held) -> tuple[bool, int]:
            before = self._held[node.index - 1].seq if node.index else 0
            after = self._held[node.index + 1].seq if node.index + 1 < len(self._held) else self.last + 1
            return node.numbered(place), (before == place - 1) + (after == place + 1)

        free = [node for node in copies if not node.place]
        return max(free, key=fitness, default=None) if len(free) > 1 else next(iter(free), None)

    def _authentic(self, wanted: str | None, place: int) -> _Held | None:
        return self._best(self._by_link.get(wanted or "", ()), place)

    def _numbered(self, place: int) -> _Held | None:
        return self._best(self._by_seq.get(place, ()), place)

    def _past_altered(self, node: _Held, wanted: str) -> str | None:
        """Blame ``node``, which should hash to ``wanted``; the hash of the one before it, if it can be told."""
        if node.linked is None or node.hash is None:
            node.fault = "unreadable"
        below = self._by_seq.get(node.place - 1, ())
        prevs = [node.prev, *(each.hash for each in below), *(each.linked for each in below), self._first]
        for digest in (node.digest, node.computed(node.seq)):
            for prev in prevs:
                if prev is not None and digest is not None and link(prev, digest) == wanted:
                    # One of its hashes was altered, and this is what it was.
                    node.fault = node.fault or "unlinked"
                    return prev
        if node.consistent:
            node.fault = "head" if node.place == self.last else "unlinked"
        return node.prev if node.prev in self._by_link else None


class _Findings:
    """The findings, one per ``seq``: the first that was added says the most."""

    def __init__(self) -> None:
        self._by_seq: dict[int, str] = {}

    def __bool__(self) -> bool:
        return bool(self._by_seq)

    def add(self, seq: int, code: str) -> None:
        self._by_seq.setdefault(seq, code)

    def in_order(self) -> list[Finding]:
        return [Finding(seq, code) for seq, code in sorted(self._by_seq.items())]


def _judge_strays(held: Sequence[_Held], last: int, found: _Findings) -> None:
    """Entries that the chain does not hold; one without a number is named by where it stands."""
    before = 0
    for node in held:
        if not node.place:
            seq = before + 1 if node.seq is None else node.seq
            found.add(seq, "beyond-head" if seq > last else "inserted")
        before = node.seq or node.place or before


def _fault(node: _Held, erased: set[str], resealed: Mapping[str, object]) -> str | None:
    if node.prev is None or node.digest is None or node.hash is None:
        return "unreadable"
    if set(node.entry) != _COVERED | _UNCOVERED:
        return "changed"
    name = node.entry["id"]
    named = isinstance(name, str) and name in erased
    if node.entry["data"] is None:
        if not named or node.entry["salt"] is not None:
            return "emptied"
    elif named:
        return "not-erased"
    elif isinstance(name, str) and name in resealed:
        # Its wording was erased in part by order of law: what is left is vouched for by the entry that did it.
        if node.computed(node.seq) != resealed[name]:
            return "changed"
    elif not node.numbered(node.seq) and not (node.seq != node.place and node.numbered(node.place)):
        return "changed"
    return None if node.linked == node.hash else "unlinked"


def _erased_by(entry: Mapping[str, Any]) -> Iterator[str]:
    data = entry.get("data")
    if entry.get("kind") == "update.erased" and isinstance(data, Mapping):
        also = data.get("also")
        for name in (data.get("entry"), *(also if isinstance(also, list) else ())):
            if isinstance(name, str):
                yield name


def _resealed_by(entry: Mapping[str, Any]) -> Mapping[str, object]:
    data = entry.get("data")
    if entry.get("kind") != "item.corrected" or not isinstance(data, Mapping):
        return {}
    kept = data.get("kept")
    return kept if isinstance(kept, Mapping) else {}


def _out_of_order(placed: Sequence[_Held]) -> Iterator[_Held]:
    """The entries that were moved: the fewest that explain the order.

    Of one moved far all between are displaced, and of two exchanged none between rises: what is
    fewer tells which it was. Two neighbours exchanged are both named, since either may have moved.
    """
    places = [node.place for node in placed]
    displaced = [place != rank for place, rank in zip(places, sorted(places), strict=True)]
    movable = _not_surely_still(places)
    yield from compress(placed, displaced if sum(displaced) < sum(movable) else movable)


def _not_surely_still(places: Sequence[int]) -> list[bool]:
    """For each place whether some way of putting the fewest back in order would move it."""
    rising = _longest_rising(places)
    # The same from the other end, with the order turned round.
    falling = _longest_rising([-place for place in reversed(places)])[::-1]
    longest = max(rising, default=0)
    kept = [up + down - 1 == longest for up, down in zip(rising, falling, strict=True)]
    rivals = Counter(compress(rising, kept))
    return [not may_stay or rivals[length] > 1 for length, may_stay in zip(rising, kept, strict=True)]


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """For each number the length of the longest rising series that ends with it."""
    tails: list[int] = []
    lengths = []
    for number in numbers:
        at = bisect_left(tails, number)
        tails[at : at + 1] = [number]
        lengths.append(at + 1)
    return lengths


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _hash(value: object) -> str | None:
    return value if isinstance(value, str) and _HASH.fullmatch(value) else None
