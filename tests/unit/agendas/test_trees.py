"""JSON and YAML as trees: what parsers would lose or choke on is refused with its place."""

import time

import pytest

from tests.unit.agendas.reading_it import read, refused


def test_keys_given_twice_are_refused_in_both() -> None:
    assert refused("title: A\ntitle: B\nitems:\n- title: C\n  number: 1\n  number: 2\n") == [
        ("agenda-key-twice", "title"),
        ("agenda-key-twice", "items[0].number"),
    ]
    assert refused('{"title": "A", "items": [{"title": "B", "title": "C"}]}') == [
        ("agenda-key-twice", "items[0].title")
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"title": "A",\n "items": [}', ("agenda-json", "line 2, column 12")),
        ('{"title": NaN}', ("agenda-json-number", "")),
        ('{"title": ' + "9" * 5000 + "}", ("agenda-json-number", "")),
        ("[" * 100_000, ("agenda-too-deep", "")),
        ("title: A\nitems:\n  - title: B: C\n", ("agenda-yaml", "line 3, column 13")),
        ("title: A\n---\ntitle: B\n", ("agenda-yaml-documents", "line 2")),
        ("title: !!python/object/apply:os.system [ls]\n", ("agenda-yaml-tag", "line 1")),
        ("title: !!int 3\n", ("agenda-yaml-tag", "line 1")),
        ("title: *a\n", ("agenda-yaml", "line 1")),
        ("title: A\nitems: &a [*a]\n", ("agenda-yaml", "line 2")),
        ("title: A\nitems: " + "[" * 100 + "]" * 100, ("agenda-too-deep", "line 2")),
        ("- title: A\n", ("agenda-format-unknown", "")),
        ("? [a, b]\n: c\n", ("table-no-header", "line 1")),
    ],
)
def test_what_is_no_tree_is_refused_with_its_place(text: str, problem: tuple[str, str]) -> None:
    assert refused(text) == [problem]


def test_alias_repeats_a_value() -> None:
    (agenda,), _ = read("title: &t A\nitems:\n- title: *t\n")
    assert agenda.items[0].title == "A"


def test_alias_bomb_is_refused_at_once() -> None:
    lines = ["title: T", "a: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"b{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    began = time.monotonic()
    assert refused("\n".join(lines)) == [("agenda-too-many-values", "line 7")]
    assert time.monotonic() - began < 1
