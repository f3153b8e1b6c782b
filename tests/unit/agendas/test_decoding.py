"""Encodings: recognised, given, and damaged."""

import pytest

from livesession.agendas.decoding import MAX_BYTES
from tests.unit.agendas.reading_it import item, read, refused

TABLE = "numéro;titre\r\n1;Été à Sète\r\n2;Œuvres\r\n"
ITEMS = (item("i1", "Été à Sète", number="1"), item("i2", "Œuvres", number="2"))
QUIET = [("table-start-missing", "line 2"), ("table-title-made", "line 2")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (TABLE.encode("utf-8"), []),
        (TABLE.encode("utf-8-sig"), []),
        (TABLE.encode("utf-16"), []),
        (b"\xfe\xff" + TABLE.encode("utf-16-be"), []),
        (b"\xff\xfe\x00\x00" + TABLE.encode("utf-32-le"), []),
        (TABLE.encode("utf-16-le"), [("agenda-encoding-taken", "")]),
        (TABLE.encode("utf-16-be"), [("agenda-encoding-taken", "")]),
        (TABLE.encode("cp1252"), [("agenda-encoding-taken", "")]),
    ],
)
def test_encoding_is_recognised_and_said_where_assumed(content: bytes, said: list[tuple[str, str]]) -> None:
    (agenda,), problems = read(content)
    assert (agenda.items, problems) == (ITEMS, said + QUIET)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "UTF-8", "utf_16_le"])
def test_encoding_may_be_given(encoding: str) -> None:
    (agenda,), problems = read(TABLE.encode(encoding), encoding=encoding)
    assert (agenda.items, problems) == (ITEMS, QUIET)


def test_windows_signs_in_the_place_of_controls_are_restored() -> None:
    (agenda,), problems = read("titre\nl\x92été\nun\x85\n")
    assert [each.title for each in agenda.items] == ["l’été", "un…"]
    assert problems[0] == ("agenda-controls-taken", "line 2")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", ("agenda-empty", "")),
        (b" \n\n", ("agenda-empty", "")),
        ("\ufeff \n".encode("utf-16-le"), ("agenda-empty", "")),
        (b"title: A\nassembly: B\x00C\n", ("agenda-character", "line 2, column 12")),
        (TABLE.encode() + b"3;Caf\xe9\n", ("agenda-bytes", "line 4, column 6")),
        (b"\xff\xfe" + TABLE.encode("utf-16-le")[:-1], ("agenda-bytes", "line 4, column 1")),
        (b"titre\n\x81\n", ("agenda-bytes", "line 2, column 1")),
        (b"%PDF-1.7 ...", ("agenda-binary", "")),
        (b"PK\x03\x04 ...", ("agenda-binary", "")),
        (b"<html></html>", ("agenda-format-unknown", "")),
        (b"a" * (MAX_BYTES + 1), ("agenda-too-large", "")),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(content: bytes, problem: tuple[str, str]) -> None:
    assert refused(content) == [problem]


def test_every_line_with_a_refused_character_is_named() -> None:
    assert refused("titre\na\x01\nb\nc\x02d\x03\n") == [
        ("agenda-character", "line 2, column 2"),
        ("agenda-character", "line 4, column 2"),
    ]


def test_unknown_encoding_is_refused() -> None:
    assert refused(TABLE, encoding="klingon") == [("agenda-encoding-unknown", "")]
    assert refused(TABLE, encoding="base64") == [("agenda-encoding-unknown", "")]
