"""The chain of hashes that proves the order and the wholeness of a thread.

``digest = SHA-256(salt ‖ canonical JSON of the entry without salt, digest, prev and hash)`` and
``hash = SHA-256(prev ‖ digest)``, over bytes, written in lower-case hex. Canonical JSON is
RFC 8785. The first ``prev`` is SHA-256 of the sitting's id.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import rfc8785

SALT_BYTES = 16
"""128 random bits per entry: nobody can guess a short text from its digest."""

MAX_MISSING = 1_000
"""Missing entries named one by one: an altered head may claim any number of them."""

_UNCOVERED = frozenset({"salt", "digest", "prev", "hash"})


def canonical(facts: Mapping[str, Any]) -> bytes:
    """RFC 8785 bytes of ``facts``."""
    return rfc8785.dumps(dict(facts))


def first_prev(sitting_id: str) -> str:
    """What stands before a sitting's first entry."""
    return hashlib.sha256(sitting_id.encode()).hexdigest()


def entry_digest(salt: str, facts: Mapping[str, Any]) -> str:
    """The digest of an entry's facts under its salt."""
    return hashlib.sha256(bytes.fromhex(salt) + canonical(facts)).hexdigest()


def link(prev: str, digest: str) -> str:
    """The hash that joins an entry to those before it."""
    return hashlib.sha256(bytes.fromhex(prev) + bytes.fromhex(digest)).hexdigest()


@dataclass(frozen=True, slots=True)
class Finding:
    """An alteration: ``code`` has a sentence in ``i18n`` (``finding-<code>``); ``seq`` names the entry."""

    seq: int
    code: str


def verify(sitting_id: str, entries: Iterable[Mapping[str, Any]], head_seq: int, head_hash: str) -> list[Finding]:
    """Every alteration in ``entries`` (whole forms, in the order found); empty when the thread is intact.

    ``head_seq`` and ``head_hash`` are what the store or the export states, so that a cut tail shows.
    One altered entry gives one finding: what follows from it is not reported again.
    """
    checker = _Checker(sitting_id)
    held = list(entries)
    erased = {name for entry in held if entry.get("kind") == "update.erased" for name in _erased_by(entry.get("data"))}
    for entry in held:
        checker.check(entry, erased)
    checker.finish(head_seq, head_hash)
    return sorted(checker.findings, key=lambda finding: finding.seq)


def _erased_by(data: object) -> Iterator[str]:
    if isinstance(data, Mapping):
        also = data.get("also")
        for name in (data.get("entry"), *(also if isinstance(also, list) else ())):
            if isinstance(name, str):
                yield name


class _Checker:
    def __init__(self, sitting_id: str) -> None:
        self.findings: list[Finding] = []
        self._seen: dict[int, str] = {}
        self._last = 0
        self._prev: str | None = first_prev(sitting_id)

    def check(self, entry: Mapping[str, Any], erased: set[str]) -> None:
        seq = entry.get("seq")
        if not isinstance(seq, int) or isinstance(seq, bool) or seq < 1:
            self._find(self._last + 1, "inserted")
            return
        if seq in self._seen:
            self._find(seq, "inserted")
            return
        self._seen[seq] = str(entry.get("hash"))
        if seq < self._last:
            self._find(seq, "reordered")
            return
        if seq > self._last + 1:
            # Judged at the end: the missing may still come, out of order.
            self._prev = None
        self._last = seq
        if (code := self._fault(entry, erased)) is not None:
            self._find(seq, code)
        self._prev = _hex(entry.get("hash"))

    def _fault(self, entry: Mapping[str, Any], erased: set[str]) -> str | None:
        prev, digest, stated = _hex(entry.get("prev")), _hex(entry.get("digest")), _hex(entry.get("hash"))
        if prev is None or digest is None or stated is None:
            return "unreadable"
        if self._prev is not None and prev != self._prev:
            return "unlinked"
        if link(prev, digest) != stated:
            return "unlinked"
        named = isinstance(entry.get("id"), str) and entry["id"] in erased
        if entry.get("data") is None:
            return None if named and entry.get("salt") is None else "emptied"
        if named:
            return "not-erased"
        if not self._digest_matches(entry, digest):
            return "changed"
        return None

    @staticmethod
    def _digest_matches(entry: Mapping[str, Any], digest: str) -> bool:
        facts = {name: value for name, value in entry.items() if name not in _UNCOVERED}
        try:
            return entry_digest(str(entry.get("salt")), facts) == digest
        except (ValueError, RecursionError, rfc8785.CanonicalizationError):
            return False

    def _find(self, seq: int, code: str) -> None:
        self.findings.append(Finding(seq, code))

    def finish(self, head_seq: int, head_hash: str) -> None:
        missing = (seq for seq in range(1, max(self._last, head_seq) + 1) if seq not in self._seen)
        for seq in islice(missing, MAX_MISSING):
            self._find(seq, "missing")
        if self._last > head_seq:
            self._find(self._last, "beyond-head")
        elif self._seen.get(head_seq) not in (None, head_hash) and not self.findings:
            self._find(head_seq, "head")


def _hex(value: object) -> str | None:
    if isinstance(value, str) and len(value) == 64:
        try:
            bytes.fromhex(value)
        except ValueError:
            return None
        return value
    return None
