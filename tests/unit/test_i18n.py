"""The sentences: complete in both languages, with the same parameters, in French typography."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import livesession
from livesession import errors
from livesession.errors import InputError, NotAllowedError, Problem, ThrottledError
from livesession.i18n import LANGUAGES, catalogues, language_of, words
from livesession.store.engine import _SQLITE_CODES
from livesession.web.problems import _HTTP_CODES

PACKAGE = Path(livesession.__file__).parent
ERRORS = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
NBSP = "\u00a0"

# Codes that the source composes, by the file that does.
COMPOSED_ERRORS = {
    "desk/commands.py": {f"sitting_{status}" for status in ("scheduled", "open", "suspended", "closed")},
    "domain/text.py": {"text_blank", "text_too_long", "text_character"},
    "store/engine.py": {*_SQLITE_CODES.values(), "store_unavailable"},
    "thread/sql.py": {*_SQLITE_CODES.values(), "store_unavailable"},
    "web/problems.py": {*_HTTP_CODES.values(), "http"},
}


PROBLEMS = ("Problem.of", "Problem")
FINDINGS = ("findings.note", "findings.refuse", "findings.stop")
"""What makes a problem: its code comes first."""

QUOTING = {"problem-table-separator"}
"""Sentences that show a sign as itself."""


class Parameters(Visitor):  # type: ignore[misc]  # the library is untyped
    """Collects the parameters of a pattern."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.found.add(node.id.name)


class Texts(Visitor):  # type: ignore[misc]  # the library is untyped
    """Collects the texts of a pattern, parameters shown as « x »."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def visit_Pattern(self, node: ftl.Pattern) -> None:
        parts = [each.value if isinstance(each, ftl.TextElement) else _shown(each) for each in node.elements]
        self.found.append("".join(parts))
        self.generic_visit(node)


def _shown(placeable: ftl.Placeable) -> str:
    inner = placeable.expression
    return inner.value if isinstance(inner, ftl.StringLiteral) else "x"


@cache
def messages(language: str) -> list[tuple[str, ftl.Message]]:
    """Every message with the file it is in."""
    found = []
    for part, catalogue in catalogues(language).items():
        for entry in catalogue.body:
            assert not isinstance(entry, ftl.Junk), f"{language}/{part}.ftl: {entry.content}"
            if isinstance(entry, ftl.Message):
                found.append((part, entry))
    return found


def parameters(message: ftl.Message) -> set[str]:
    visitor = Parameters()
    visitor.visit(message)
    return visitor.found


FRENCH = {message.id.name: message for _, message in messages("fr")}
ENGLISH = {message.id.name: message for _, message in messages("en")}


def test_both_languages_have_the_same_sentences_in_the_same_files() -> None:
    french, english = ([(file, each.id.name) for file, each in messages(language)] for language in LANGUAGES)
    assert sorted(set(french) ^ set(english)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_is_there_once(language: str) -> None:
    counted = Counter(message.id.name for _, message in messages(language))
    assert [name for name, count in counted.items() if count > 1] == []


def test_both_languages_use_the_same_parameters() -> None:
    differing = {
        name: (parameters(FRENCH[name]), parameters(ENGLISH[name]))
        for name in FRENCH.keys() & ENGLISH.keys()
        if parameters(FRENCH[name]) != parameters(ENGLISH[name])
    }
    assert differing == {}


# What the source raises


@cache
def calls() -> list[tuple[str, ast.Call, str]]:
    """Every call in the source, with its file and the name called, its class before it if it has one."""
    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                found.append((str(file.relative_to(PACKAGE)), node, dotted(node.func)))
    return found


def dotted(called: ast.expr) -> str:
    """The name that is called, as written; nothing for what is not a name."""
    if isinstance(called, ast.Attribute):
        return f"{dotted(called.value)}.{called.attr}"
    return called.id if isinstance(called, ast.Name) else ""


def literal(call: ast.Call) -> str | None:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def raised() -> Iterator[tuple[str, str, set[str]]]:
    """Every code of an error or a problem: file, id of its sentence, parameters given by name."""
    for file, call, name in calls():
        given = {keyword.arg for keyword in call.keywords if keyword.arg is not None}
        code = literal(call)
        if name in ERRORS:
            if code is not None:
                yield file, "error-" + code.replace("_", "-"), given
        elif code is not None and (name in PROBLEMS or name.endswith(FINDINGS)):
            yield file, f"problem-{code}", given - {"fatal"}
    for file, codes in COMPOSED_ERRORS.items():
        for code in codes:
            given = {"place", "where", "character", "length", "limit"} if code.startswith("text") else {"status"}
            yield file, "error-" + code.replace("_", "-"), given


def test_everything_that_is_raised_has_its_sentence() -> None:
    missing = sorted({f"{file}: {name}" for file, name, _ in raised() if name not in FRENCH})
    assert missing == []


def test_every_sentence_gets_the_parameters_it_speaks_of() -> None:
    # A call that passes parameters as a whole (**found) is not judged here.
    whole = {
        (file, literal(call)) for file, call, _ in calls() if any(keyword.arg is None for keyword in call.keywords)
    }
    lacking = sorted(
        f"{file}: {name} lacks {sorted(lack)}"
        for file, name, given in raised()
        if name in FRENCH
        and (lack := parameters(FRENCH[name]) - given)
        and (file, name.removeprefix("problem-")) not in whole
        and (file, name.removeprefix("error-").replace("-", "_")) not in whole
    )
    assert lacking == []


def test_every_error_that_is_composed_is_composed_where_the_table_says() -> None:
    composing = {file for file, call, name in calls() if name in ERRORS and call.args and literal(call) is None}
    assert composing == set(COMPOSED_ERRORS)


def test_every_finding_of_verification_has_its_sentence() -> None:
    source = (PACKAGE / "thread" / "alterations.py").read_text("utf-8")
    codes = {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z]+(-[a-z]+)*", node.value)
    }
    spoken = {name.removeprefix("finding-") for name in FRENCH if name.startswith("finding-")}
    assert {"changed", "missing", "inserted", "reordered"} <= codes & spoken
    entry_fields = {
        "seq", "pos", "id", "kind", "item", "at", "author", "data", "salt", "digest", "prev", "hash", "entry", "also",
            "kept",
    }  # fmt: skip
    assert codes - spoken - entry_fields == set()
    assert spoken - codes == set()


# French typography


def french_texts() -> Iterator[tuple[str, str]]:
    for name, message in FRENCH.items():
        visitor = Texts()
        visitor.visit(message)
        for text in visitor.found:
            yield name, text


FAULTS = {
    "a narrow space, which many fonts lack": re.compile("\u202f"),
    "a straight apostrophe": re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"),
    "straight quotation marks": re.compile(r'"[^"{}]*"'),
    "an exclamation mark": re.compile("!"),
    "no NBSP before a high sign": re.compile(
        rf"(?<=[\w)»’…])[;?!%](?!\w)|(?<=[\w)»’…]):(?=\s|$)|[^\S{NBSP}][;:?!%»](?=\s|$)"
    ),
    "no NBSP inside « »": re.compile(rf"«(?!{NBSP})|(?<!{NBSP})»"),
    "three dots for an ellipsis": re.compile(r"\.\.\."),
    "two spaces": re.compile(r"[^\n] {2}\S"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_french_is_set_as_french_is(fault: str) -> None:
    found = [f"{name}: {text}" for name, text in french_texts() if name not in QUOTING and FAULTS[fault].search(text)]
    assert found == []


def test_english_has_its_own_typography() -> None:
    wrong = []
    for name, message in ENGLISH.items():
        visitor = Texts()
        visitor.visit(message)
        wrong += [
            f"{name}: {text}"
            for text in visitor.found
            if re.search(rf"[«»!\u202f]|{NBSP}[:;?]|[^\W\d_]'[^\W\d_]", text)
        ]
    assert wrong == []


# Composing


def test_an_error_is_composed_last_in_the_readers_language() -> None:
    error = InputError("item_unknown", [Problem.of("item-unknown", "item", item="x")], item="x")
    assert words("fr").error_lines(error) == [
        f"Ce point n’est pas à l’ordre du jour. Rien n’a été enregistré{NBSP}; choisissez un point de la liste.",
        f"item{NBSP}: «{NBSP}x{NBSP}» n’est pas à l’ordre du jour",
    ]
    assert words("en").error_lines(error) == [
        "This item is not on the agenda. Nothing was recorded; choose one from the list.",
        "item: “x” is not on the agenda",
    ]


@pytest.mark.parametrize(("role", "said"), [("clerk", "secrétariat"), ("archivist", "archives"), ("mayor", "mayor")])
def test_a_role_is_named_as_people_name_it(role: str, said: str) -> None:
    assert f"({said})" in words("fr").error(NotAllowedError("not_allowed", role=role))


def test_numbers_are_plain() -> None:
    assert "dans 900 secondes." in words("fr").error(ThrottledError("login_throttled", seconds=900))
    problem = Problem.of("text-too-long", "data.text", length=12_345, limit=10_000)
    assert "12345" in words("fr").problem(problem)


def test_what_is_inserted_is_not_read_as_a_pattern() -> None:
    error = InputError("item_unknown", [Problem.of("item-unknown", "item", item="{ $evil } <b>")], item="x")
    assert "{ $evil } <b>" in words("en").error_lines(error)[1]


def test_an_unknown_sentence_is_a_mistake_of_ours() -> None:
    with pytest.raises(LookupError, match="no message"):
        words("fr")("no-such-sentence")
    with pytest.raises(LookupError, match="item-unknown"):
        words("fr").format("problem-item-unknown", {})
    assert not words("fr").has("no-such-sentence")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "fr"), ("fr-FR,fr;q=0.9,en;q=0.8", "fr"), ("en-GB,en;q=0.9", "en"), ("de-DE,de;q=0.9,en;q=0.5", "en"),
        ("de", "fr"), ("en_US.UTF-8", "en"), ("C.UTF-8", "fr"), ("*", "fr"), (" EN ;q=1", "en"),
    ],
)  # fmt: skip
def test_the_language_is_the_first_of_ours(accepted: str, language: str) -> None:
    assert language_of(accepted) == language
    assert words(language).language == language


def test_a_language_we_do_not_have_is_french() -> None:
    assert words("de").language == "fr"


def test_english_is_spaced_and_quoted_as_english_is() -> None:
    for file in sorted((PACKAGE / "i18n" / "en").glob("*.ftl")):
        for line in file.read_text("utf-8").splitlines():
            # A date of a template's own, or « name » around a placeable: what a reader sees is searched.
            said = line.partition(" = ")[2] or line
            assert re.findall(r"[\u00a0 ][:;?!](?=\s|$)|[«»]", said) == [], f"{file.name}: {line}"


def test_the_first_of_a_month_is_written_as_french_writes_it() -> None:
    french, english = words("fr"), words("en")
    assert [french.day(date(2027, month, day)) for month, day in ((1, 1), (1, 11), (8, 21))] == [
        "vendredi 1er janvier 2027",
        "lundi 11 janvier 2027",
        "samedi 21 août 2027",
    ]
    assert french.day(date(2027, 5, 1), "d\u00a0MMMM") == "1er\u00a0mai"
    assert french.date_time(datetime(2027, 5, 31, 23, 30, tzinfo=UTC), "Europe/Paris") == "1er juin 2027, 01:30"
    assert english.day(date(2027, 1, 1), "d MMMM y") == "1 January 2027"
