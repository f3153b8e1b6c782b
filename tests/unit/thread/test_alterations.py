"""Finding alterations: each code once, on a thread in memory. Every place and column: the integration tests."""

from collections.abc import Callable
from typing import Any

import pytest

from livesession.thread.alterations import MAX_MISSING, Finding, verify
from livesession.thread.chain import entry_digest, first_prev, link

SITTING = "01900000-0000-7000-8000-000000000001"
Form = dict[str, Any]


def sealed(seq: int, prev: str, **facts: Any) -> Form:
    """An entry as the log would write it."""
    form = {
        "seq": seq,
        "pos": seq,
        "id": f"e{seq}",
        "kind": "update.posted",
        "item": None,
        "at": "2026-11-20T09:00:00.000Z",
        "recorded_at": "2026-11-20T09:00:00.000Z",
        "author": None,
        "data": {"text": f"Texte {seq}"},
        **facts,
    }
    salt = f"{seq:032x}"
    digest = entry_digest(salt, form)
    return {**form, "salt": salt, "digest": digest, "prev": prev, "hash": link(prev, digest)}


def thread(count: int = 6) -> list[Form]:
    """Entries 1 … count; the last erases the second."""
    held: list[Form] = []
    for seq in range(1, count + 1):
        facts = {"kind": "update.erased", "data": {"entry": "e2", "also": []}} if seq == count else {}
        held.append(sealed(seq, held[-1]["hash"] if held else first_prev(SITTING), **facts))
    held[1] |= {"data": None, "salt": None}
    return held


def found(held: list[Form], *, seq: int = 6, hashed: str = "") -> list[tuple[int, str]]:
    """What verification says, with the head of the untouched thread unless another is given."""
    findings = verify(SITTING, held, seq, hashed or thread()[-1]["hash"])
    assert all(isinstance(finding, Finding) for finding in findings)
    return [(finding.seq, finding.code) for finding in findings]


def test_untouched_thread_has_no_findings() -> None:
    assert found(thread()) == []
    assert verify(SITTING, [], 0, first_prev(SITTING)) == []


def rewrite(held: list[Form]) -> None:
    held[2] = sealed(3, held[1]["hash"], data={"text": "Autre"})


def turn_round(held: list[Form]) -> None:
    held.reverse()


ALTERATIONS: dict[str, tuple[Callable[[list[Form]], object], list[tuple[int, str]]]] = {
    "content": (lambda held: held[2]["data"].update(text="x"), [(3, "changed")]),
    "salt": (lambda held: held[2].update(salt="00" * 16), [(3, "changed")]),
    "a salt that is none": (lambda held: held[2].update(salt="zz"), [(3, "changed")]),
    "content no canonical form has": (lambda held: held[2].update(data={"n": float("nan")}), [(3, "changed")]),
    "a field more": (lambda held: held[2].update(more=1), [(3, "changed")]),
    "a field more on what is erased": (lambda held: held[1].update(more=1), [(2, "changed")]),
    "its number": (lambda held: held[2].update(seq=9), [(3, "changed")]),
    "prev": (lambda held: held[2].update(prev="00" * 32), [(3, "unlinked")]),
    "digest": (lambda held: held[2].update(digest="00" * 32), [(3, "unlinked")]),
    "digest of what is erased": (lambda held: held[1].update(digest="00" * 32), [(2, "unlinked")]),
    "hash": (lambda held: held[2].update(hash="00" * 32), [(3, "unlinked")]),
    "the first prev": (lambda held: held[0].update(prev="00" * 32), [(1, "unlinked")]),
    "all of it, hashes made anew": (rewrite, [(3, "unlinked")]),
    "a hash that is none": (lambda held: held[2].update(hash="00"), [(3, "unreadable")]),
    "a digest that is none": (lambda held: held[2].update(digest=None), [(3, "unreadable")]),
    "emptied": (lambda held: held[2].update(data=None, salt=None), [(3, "emptied")]),
    "salt kept where erased": (lambda held: held[1].update(salt="00" * 16), [(2, "emptied")]),
    "filled again": (lambda held: held[1].update(data={"text": "x"}), [(2, "not-erased")]),
    "missing": (lambda held: held.pop(2), [(3, "missing")]),
    "all missing": (lambda held: held.clear(), [(seq, "missing") for seq in range(1, 7)]),
    "copied": (lambda held: held.insert(5, dict(held[2])), [(3, "inserted")]),
    "one without a number": (lambda held: held.insert(3, {}), [(4, "inserted")]),
    "one after the end": (lambda held: held.append(sealed(7, held[-1]["hash"])), [(7, "beyond-head")]),
    "moved": (lambda held: held.insert(0, held.pop(4)), [(5, "reordered")]),
    "exchanged": (lambda held: held.insert(2, held.pop(3)), [(3, "reordered"), (4, "reordered")]),
    "turned round": (turn_round, [(seq, "reordered") for seq in range(1, 7)]),
}


@pytest.mark.parametrize(("alter", "expected"), ALTERATIONS.values(), ids=ALTERATIONS)
def test_alteration_is_named(alter: Callable[[list[Form]], object], expected: list[tuple[int, str]]) -> None:
    held = thread()
    alter(held)
    assert found(held) == expected


def test_two_alterations_are_both_named() -> None:
    held = thread()
    held[2]["hash"] = "00" * 32
    held[4]["data"] = {"text": "x"}
    del held[0]
    assert found(held) == [(1, "missing"), (3, "unlinked"), (5, "changed")]


def test_head_of_another_thread_is_told_from_an_altered_entry() -> None:
    assert found(thread(), hashed="00" * 32) == [(6, "head")]
    assert found(thread(), hashed="nothing") == [(6, "head")]
    assert found(thread(), seq=5) == [(6, "head")]
    assert found(thread(), seq=8) == [(6, "head")]
    assert verify("another sitting", thread(), 6, thread()[-1]["hash"]) == [Finding(1, "unlinked")]


def test_head_that_claims_a_huge_thread_is_answered_in_time() -> None:
    findings = found(thread()[2:-1], seq=10**15)
    assert len(findings) == MAX_MISSING
    assert {code for _, code in findings} == {"missing"}


def test_erasure_that_names_nothing_readable_excuses_nothing() -> None:
    held = thread()
    held[5] = sealed(6, held[4]["hash"], kind="update.erased", data={"entry": ["e2"], "also": "e2"})
    assert found(held, hashed=held[5]["hash"]) == [(2, "emptied")]
