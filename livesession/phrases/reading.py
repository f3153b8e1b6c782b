"""A file of phrases, ours or the council's: YAML, each template with the line at which it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from livesession.domain.agenda import ITEM_ID
from livesession.domain.text import MAX_LINE
from livesession.errors import InputError, Problem
from livesession.i18n import LANGUAGES
from livesession.phrases.templates import PhraseError, compile_phrase

MAX_BYTES = 400_000
MAX_PHRASES = 200
KEYS = ("id", "title", "text")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as written; ``own`` is True for the council's, ``line`` where its template begins in its file."""

    id: str
    title: str
    text: str
    own: bool = False
    line: int = 1


def read_phrases(content: bytes, *, own: bool = True) -> tuple[str, list[Phrase]]:
    """The language of a file, and its phrases. Raises InputError ``phrases_unreadable`` naming every line at fault."""
    if len(content) > MAX_BYTES:
        raise _refusal(Problem.of("phrases-large", "", limit=MAX_BYTES // 1000))
    try:
        root = yaml.compose(content.decode("utf-8-sig"), yaml.SafeLoader)
    except UnicodeDecodeError:
        raise _refusal(Problem.of("phrases-encoding", "")) from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = "" if mark is None else f"line {mark.line + 1}"
        reason = str(getattr(error, "problem", None) or "YAML")[:200]
        raise _refusal(Problem.of("phrases-yaml", place, reason=reason)) from None
    top = dict(_pairs(root)) if isinstance(root, yaml.MappingNode) else {}
    language, listed = top.get("language"), top.get("phrases")
    if not isinstance(language, yaml.ScalarNode) or language.value not in LANGUAGES:
        raise _refusal(Problem.of("phrases-language", "language", known=", ".join(LANGUAGES)))
    if not isinstance(listed, yaml.SequenceNode) or not 0 < len(listed.value) <= MAX_PHRASES:
        raise _refusal(Problem.of("phrases-list", "phrases", limit=MAX_PHRASES))
    problems: list[Problem] = []
    phrases = [phrase for node in listed.value if (phrase := _phrase(node, own, problems)) is not None]
    seen: set[str] = set()
    for phrase in phrases:
        if phrase.id in seen:
            problems.append(Problem.of("phrases-twice", f"line {phrase.line}", id=phrase.id))
        seen.add(phrase.id)
    if problems:
        raise InputError("phrases_unreadable", problems)
    return language.value, phrases


def _phrase(node: yaml.Node, own: bool, problems: list[Problem]) -> Phrase | None:
    place = f"line {node.start_mark.line + 1}"
    found = dict(_pairs(node)) if isinstance(node, yaml.MappingNode) else {}
    texts = {name: value.value for name, value in found.items() if isinstance(value, yaml.ScalarNode)}
    wrong = [name for name in KEYS if not texts.get(name, "").strip()] + sorted(set(found) - set(KEYS))
    if wrong:
        problems.append(Problem.of("phrases-key", place, key=wrong[0][:40], known=", ".join(KEYS)))
        return None
    if ITEM_ID.fullmatch(texts["id"]) is None or len(texts["title"]) > MAX_LINE:
        problems.append(Problem.of("phrases-id", place, id=texts["id"][:60]))
        return None
    text = found["text"]
    # A block begins on the line below its sign.
    line = text.start_mark.line + (2 if getattr(text, "style", None) in ("|", ">") else 1)
    try:
        compile_phrase(texts["text"])
    except PhraseError as error:
        problems.append(error.problem(first_line=line))
        return None
    return Phrase(texts["id"], texts["title"], texts["text"], own, line)


def _pairs(node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
    for key, value in node.value:
        yield str(key.value), value


def _refusal(problem: Problem) -> InputError:
    return InputError("phrases_unreadable", [problem])
