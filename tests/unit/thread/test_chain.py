"""The chain: its bytes, and what an alteration looks like in it."""

import copy
import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livesession.errors import InputError
from livesession.thread.alterations import MAX_MISSING, Finding, verify
from livesession.thread.chain import canonical, entry_digest, first_prev, link
from livesession.thread.verify import Verdict, verify_export

SITTING = "01900000-0000-7000-8000-000000000001"
Entries = list[dict[str, Any]]


def fact(seq: int, **changes: Any) -> dict[str, Any]:
    return {
        "seq": seq, "pos": seq, "id": f"id-{seq}", "kind": "update.posted", "item": None,
        "at": "2026-11-20T09:00:00.000Z", "recorded_at": "2026-11-20T09:00:00.000Z", "author": None,
        "data": {"text": f"text {seq} é 👍"}, **changes,
    }  # fmt: skip


def chained(facts: Entries) -> Entries:
    """The facts with salt, digest, prev and hash, by hashlib and json alone."""
    prev, made = hashlib.sha256(SITTING.encode()).hexdigest(), []
    for each in facts:
        salt = hashlib.md5(str(each["seq"]).encode()).hexdigest()  # any 16 bytes
        plain = json.dumps(each, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest = hashlib.sha256(bytes.fromhex(salt) + plain.encode()).hexdigest()
        head = hashlib.sha256(bytes.fromhex(prev) + bytes.fromhex(digest)).hexdigest()
        made.append({**each, "salt": salt, "digest": digest, "prev": prev, "hash": head})
        prev = head
    return made


def thread() -> Entries:
    """Six entries; the third was erased by the fifth."""
    erasure = fact(5, kind="update.erased", data={"entry": "id-3", "also": [], "reason": "RGPD"})
    made = chained([fact(1), fact(2), fact(3), fact(4), erasure, fact(6)])
    made[2] |= {"data": None, "salt": None}
    return made


def findings(entries: Entries, seq: int = 6, head: str | None = None) -> list[tuple[int, str]]:
    found = verify(SITTING, entries, seq, thread()[-1]["hash"] if head is None else head)
    return [(each.seq, each.code) for each in found]


def test_the_bytes_are_as_documented() -> None:
    first = chained([fact(1)])[0]
    assert first_prev(SITTING) == first["prev"]
    assert entry_digest(first["salt"], fact(1)) == first["digest"]
    assert link(first["prev"], first["digest"]) == first["hash"]
    assert canonical({"b": 1, "a": "é\n", "c": [None, True]}) == '{"a":"é\\n","b":1,"c":[null,true]}'.encode()


def test_an_untouched_thread_is_intact() -> None:
    assert findings(thread()) == []
    assert verify(SITTING, [], 0, first_prev(SITTING)) == []


def changed(seq: int, **changes: Any) -> Callable[[Entries], Any]:
    return lambda entries: entries[seq - 1].update(changes)


def moved(entries: Entries, source: int, target: int) -> None:
    entries.insert(target - 1, entries.pop(source - 1))


@pytest.mark.parametrize(
    ("alter", "expected"),
    [
        # Changed
        (changed(2, data={"text": "another"}), [(2, "changed")]),
        (changed(2, data={"text": "text 2 é 👍", "more": 1}), [(2, "changed")]),
        (changed(2, pos=None), [(2, "changed")]),
        (changed(2, id="id-9"), [(2, "changed")]),
        (changed(2, kind="vote.recorded"), [(2, "changed")]),
        (changed(2, item="budget"), [(2, "changed")]),
        (changed(2, at="2026-11-20T09:00:00.001Z"), [(2, "changed")]),
        (changed(2, recorded_at="2026-11-20T09:00:00.000z"), [(2, "changed")]),
        (changed(2, author="me"), [(2, "changed")]),
        (changed(2, extra=1), [(2, "changed")]),
        (lambda entries: entries[1].pop("author"), [(2, "changed")]),
        (changed(2, salt="00" * 16), [(2, "changed")]),
        (changed(2, salt=None), [(2, "changed")]),
        (changed(2, salt="not hex"), [(2, "changed")]),
        (changed(2, data={"text": "\ud800"}), [(2, "changed")]),
        (changed(2, data={"text": float("nan")}), [(2, "changed")]),
        (changed(3, at="2026-11-20T09:00:00.001Z"), []),  # what was erased has nothing left to compare with
        # Hashes
        (changed(2, digest="0" * 64), [(2, "unlinked")]),
        (changed(2, hash="0" * 64), [(2, "unlinked")]),
        (changed(2, prev="0" * 64), [(2, "unlinked")]),
        (changed(2, prev=None), [(2, "unreadable")]),
        (changed(2, hash="x" * 64), [(2, "unreadable")]),
        (changed(2, digest=3), [(2, "unreadable")]),
        # Emptied, or not
        (changed(2, data=None), [(2, "emptied")]),
        (changed(2, data=None, salt=None), [(2, "emptied")]),
        (changed(3, data={"text": "back"}, salt="00" * 16), [(3, "not-erased")]),
        (changed(3, salt="00" * 16), [(3, "emptied")]),
        (changed(5, data={"entry": ["id-3"], "also": {}}), [(3, "emptied"), (5, "changed")]),
        (changed(5, data={"entry": "id-3", "also": None}), [(5, "changed")]),
        (changed(2, id=["id-3"]), [(2, "changed")]),
        # Missing, inserted, reordered
        (lambda entries: entries.pop(0), [(1, "missing")]),
        (lambda entries: entries.pop(3), [(4, "missing")]),
        (lambda entries: entries.pop(), [(6, "missing")]),
        (lambda entries: entries.clear(), [(seq, "missing") for seq in range(1, 7)]),
        (lambda entries: entries.insert(2, entries[1]), [(2, "inserted")]),
        (lambda entries: entries.insert(2, {**entries[1], "seq": 0}), [(3, "inserted")]),
        (lambda entries: entries.insert(2, {**entries[1], "seq": "3"}), [(3, "inserted")]),
        (lambda entries: entries.insert(2, {**entries[1], "seq": True}), [(3, "inserted")]),
        (lambda entries: entries.insert(2, {}), [(3, "inserted")]),
        (lambda entries: moved(entries, 4, 2), [(4, "reordered")]),
        (lambda entries: moved(entries, 6, 1), [(6, "reordered")]),
        # The tail
        (lambda entries: entries.append(chained([*map(fact, range(1, 8))])[6]), [(7, "beyond-head")]),
    ],
)  # fmt: skip
def test_an_alteration_is_found_and_named(alter: Callable[[Entries], Any], expected: list[tuple[int, str]]) -> None:
    entries = thread()
    alter(entries)
    found = findings(entries)
    assert found == expected


def test_a_whole_new_chain_does_not_have_the_head_that_was_stated() -> None:
    forged = chained([fact(seq, data={"text": "forged"}) for seq in range(1, 7)])
    assert findings(forged) == [(6, "head")]
    assert findings(forged, head=forged[-1]["hash"]) == []


def test_a_thread_of_another_sitting_is_not_linked() -> None:
    assert verify("another", thread(), 6, thread()[-1]["hash"]) == [Finding(1, "unlinked")]


def test_a_head_far_away_does_not_take_for_ever() -> None:
    assert findings(thread(), seq=10**15) == [(6, "head")]
    assert len(findings(thread(), seq=10**15, head="0" * 64)) <= MAX_MISSING + 6


def exported(held: Entries, **changes: Any) -> bytes:
    form: dict[str, Any] = {
        "format": "livesession/1", "sitting": {"id": SITTING, "slug": "plenary"}, "epoch": "e",
        "head": {"seq": 6, "hash": thread()[-1]["hash"]}, "entries": held,
    }  # fmt: skip
    return json.dumps({**form, **changes}).encode()


def test_an_exported_file_is_verified() -> None:
    assert verify_export(exported(thread())) == Verdict("plenary", 6, thread()[-1]["hash"], ())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 9) | st.text(max_size=3) | st.just("id-3"),
    lambda children: st.lists(children, max_size=2) | st.dictionaries(st.sampled_from(["entry", "also"]), children),
    max_leaves=3,
)


@given(st.integers(1, 6), st.sampled_from(sorted(thread()[0])), json_values)
def test_any_other_value_anywhere_is_found(seq: int, name: str, value: Any) -> None:
    entries = thread()
    kept = copy.deepcopy(entries[seq - 1])
    entries[seq - 1][name] = value
    verdict = verify_export(exported(entries))
    if repr(value) == repr(kept[name]) or (
        seq == 3 and name not in ("seq", "id", "salt", "data", "prev", "digest", "hash")
    ):
        assert verdict.findings == ()
    else:
        assert verdict.findings != ()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "export-json"),
        (b"\xff", "export-json"),
        (b"{", "export-json"),
        (b"[" * 100_000, "export-json"),
        (b"[]", "export-field"),
        (b"{}", "export-field"),
        (exported(thread(), head=3), "export-field"),
        (exported(thread(), head={"seq": "x", "hash": ""}), "export-field"),
        (exported(thread(), sitting=None), "export-field"),
        (exported(thread(), entries={}), "export-field"),
        (exported(thread(), entries=[1]), "export-field"),
    ],
    ids=range(11),
)
def test_what_is_no_export_is_refused(content: bytes, problem: str) -> None:

    with pytest.raises(InputError) as caught:
        verify_export(content)
    assert caught.value.code == "export_unreadable"
    assert [each.code for each in caught.value.problems] == [problem]
