"""The chain of hashes that proves the order and the wholeness of a thread.

``digest = SHA-256(salt ‖ canonical JSON of the entry without salt, digest, prev and hash)`` and
``hash = SHA-256(prev ‖ digest)``, over bytes, written in lower-case hex. Canonical JSON is
RFC 8785. The first ``prev`` is SHA-256 of the sitting's id.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

SALT_BYTES = 16
"""128 random bits per entry: nobody can guess a short text from its digest."""


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
