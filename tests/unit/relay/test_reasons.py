"""Every reason for which a delivery stops or waits has its sentence."""

import ast
import re
from pathlib import Path

import livesession.relay
from livesession.i18n import LANGUAGES, words

RELAY = Path(livesession.relay.__file__).parent
ERRORS = {"TransientError", "PermanentError", "AmbiguousError"}


def codes() -> set[str]:
    """The reasons that the relay's source gives: arguments of its errors, of ``reason=``, and what it picks from."""
    found: set[str] = set()
    for file in RELAY.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            given: list[ast.expr] = []
            if isinstance(node, ast.Call):
                if ast.unparse(node.func) in ERRORS:
                    given += node.args[:1]
                given += [keyword.value for keyword in node.keywords if keyword.arg in ("reason", "absent")]
            if isinstance(node, ast.FunctionDef) and node.name in ("_why_forbidden", "_why_withheld"):
                given += [inner.value for inner in ast.walk(node) if isinstance(inner, ast.Return) and inner.value]
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                given += [value for value in node.args.kw_defaults if isinstance(value, ast.Constant)]
            for expression in given:
                found |= strings(expression)
    return found


def strings(expression: ast.expr) -> set[str]:
    """The codes an expression may come to; a condition's own words are none."""
    if isinstance(expression, ast.IfExp):
        return strings(expression.body) | strings(expression.orelse)
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        return {expression.value} if re.fullmatch(r"[a-z]+(-[a-z]+)*", expression.value) else set()
    return set()


def test_every_reason_has_a_sentence_in_both_languages_and_every_sentence_a_reason() -> None:
    given = codes()
    assert {"rate-limited", "thread-gone", "duplicate", "no-answer", "closed-part"} <= given
    for language in LANGUAGES:
        said = words(language)
        assert [code for code in sorted(given) if not said.has(f"reason-{code}")] == []
        for code in given:
            sentences = said(f"reason-{code}").replace("\u00a0", " ")
            assert sentences.endswith("."), code
            assert not re.search(r"error|erreur|HTTP|[0-9]|!", sentences), code


def test_no_sentence_is_for_a_reason_that_nobody_gives() -> None:
    for language in LANGUAGES:
        file = RELAY.parent / "i18n" / language / "relay.ftl"
        there = set(re.findall(r"^reason-([a-z-]+)", file.read_text("utf-8"), re.MULTILINE))
        assert there - codes() == set()
