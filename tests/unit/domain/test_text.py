"""Which characters the record keeps and which it refuses: every code point, and the borders."""

import sys
import unicodedata

import pytest

from livesession.domain.text import MAX_LINE, MAX_TEXT, check_text, refused_character, text_problem
from livesession.errors import InputError, Problem

CONTROLS_KEPT = {0x09, 0x0A, 0x0D}


def is_refused(point: int) -> bool:
    """The rule in words of Unicode rather than in ranges: an oracle of its own."""
    noncharacter = (point & 0xFFFE) == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
    return noncharacter or (unicodedata.category(chr(point)) in ("Cc", "Cs") and point not in CONTROLS_KEPT)


@pytest.mark.exhaustive
def test_every_code_point_is_kept_or_refused_by_the_rule() -> None:
    refused = [chr(point) for point in range(sys.maxunicode + 1) if is_refused(point)]
    kept = "".join(chr(point) for point in range(sys.maxunicode + 1) if not is_refused(point))
    assert refused_character(kept) is None
    assert [hex(ord(character)) for character in refused if refused_character(character) is None] == []


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000"), ("\x08", "U+0008"), ("\x0b", "U+000B"), ("\x1b", "U+001B"), ("\x7f", "U+007F"),
        ("\x85", "U+0085"), ("\x9f", "U+009F"), ("\ud800", "U+D800"), ("\udfff", "U+DFFF"), ("\ufdd0", "U+FDD0"),
        ("\ufffe", "U+FFFE"), ("\uffff", "U+FFFF"), ("\U0001ffff", "U+1FFFF"), ("\U0010fffe", "U+10FFFE"),
    ],
)  # fmt: skip
def test_a_refused_character_is_named_with_its_place(character: str, name: str) -> None:
    assert refused_character(f"aé👍{character}b{character}") == (4, name)
    with pytest.raises(InputError) as caught:
        check_text(f"aé👍{character}", "data.text")
    assert caught.value.code == "text_character"
    assert caught.value.params == {"place": "data.text", "where": 4, "character": name}
    assert caught.value.problems == (Problem.of("text-character", "data.text", where=4, character=name),)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert('1')</script> & \"quotes\" `${x}` {{ x }}",
        "👩‍👩‍👧‍👦 🏳️‍🌈 🇫🇷 é (e + \u0301) ﬁ",
        "שלום \u202eעברית\u202c العربية",
        "@everyone _x0001_ \\u0000 %00 &#0;",
        "  spaces before, a tab\t, lines\r\nand\n\nafter  \n",
        "\u00a0\u2028\u2029\ufeff\u200b",
        "private use \ue000, unassigned \u0378, last \U0010fffd",
    ],
)
def test_everything_else_is_kept_as_typed(text: str) -> None:
    assert check_text(text, "data.text") is text


def test_the_limit_is_counted_in_code_points() -> None:
    assert check_text("👍" * MAX_TEXT, "t") == "👍" * 10_000
    assert text_problem("é" * 10_001, "t") == Problem.of("text-too-long", "t", length=10_001, limit=10_000)
    assert text_problem("a" * (MAX_LINE + 1), "t", limit=MAX_LINE) == Problem.of(
        "text-too-long", "t", length=2_001, limit=2_000
    )


@pytest.mark.parametrize("blank", ["", " ", "\n\t ", "\u00a0\u2003"])
def test_a_blank_text_is_refused_unless_it_may_be(blank: str) -> None:
    assert text_problem(blank, "t") == Problem.of("text-blank", "t")
    assert text_problem(blank, "t", blank=True) is None
