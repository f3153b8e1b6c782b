"""Every problem that a reader can report has its sentence in both languages."""

import ast
from pathlib import Path

import pytest

import livesession
from livesession.agendas.members_findings import REWORDED
from livesession.errors import Problem
from livesession.i18n import LANGUAGES, words
from livesession.i18n.places import shown_place

_CALLS = {"note", "refuse", "stop", "of", "add"}


def codes() -> set[str]:
    """The codes that stand as first argument of a report, in the sources."""
    found = set()
    root = Path(livesession.__file__).parent
    for file in [*(root / "agendas").glob("*.py"), root / "domain" / "agenda.py", root / "domain" / "text.py"]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CALLS:
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found


# Every parameter that any sentence names, so that each can be formatted.
_PARAMS: dict[str, str | int] = {
    "count": 12_345, "limit": 20_000, "length": 20_001, "where": 3, "width": 7, "size": 21, "deepest": 2,
    **dict.fromkeys(
        ("after", "before", "bytes", "character", "column", "columns", "day", "encoding", "end", "example", "expected",
         "field", "fields", "found", "group", "held", "id", "key", "kept", "kind", "known", "language", "meant",
         "member", "name", "names", "near", "network", "number", "person", "profile", "said", "separator", "starts",
         "tag", "text", "timezone", "title", "type", "url", "wanted", "what"),
        "«x»",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_its_sentence(language: str) -> None:
    found = codes() | set(REWORDED.values())
    assert len(found) > 80
    for code in found:
        sentence = words(language).problem(Problem.of(code, "line 2", **_PARAMS))
        assert sentence.startswith(("line 2", "ligne 2"))
        assert "\u202f" not in sentence
        assert "{" not in sentence


@pytest.mark.parametrize("code", ["text_blank", "text_too_long", "text_character", "time_unreadable"])
def test_errors_of_text_and_time_have_their_sentence(code: str) -> None:
    for language in LANGUAGES:
        said = words(language).format(f"error-{code.replace('_', '-')}", {**_PARAMS, "place": "data.text"})
        assert "\u202f" not in said


def test_reader_sees_lines_in_his_language() -> None:
    french = words("fr")
    assert [
        shown_place(place, french)
        for place in ("line 3", "lines 3, 5-8, …", "line 3, column 7", "line 3, title", "items[3].title", "linear", "")
    ] == ["ligne 3", "lignes 3, 5-8, …", "ligne 3, colonne 7", "ligne 3, title", "items[3].title", "linear", ""]
    assert shown_place("lines 3, 5, column 2", words("en")) == "lines 3, 5, column 2"
