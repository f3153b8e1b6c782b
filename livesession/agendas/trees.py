"""JSON and YAML text as plain trees, with nothing lost on the way.

YAML is read for its structure only: a plain scalar stays the text that was typed, but for
``true``, ``false`` and ``null``. So ``number: 1.10`` keeps its zero, and a date its form. Keys
given twice, of which parsers keep the last, are reported with their path.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import yaml

from livesession.agendas.findings import Findings

MAX_NODES = 400_000
"""Values in one file, those repeated by an alias counted each time."""

MAX_NESTING = 64
"""Levels of lists and mappings; an agenda needs two for each level of items."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_STRING_TAG = "tag:yaml.org,2002:str"


class TwiceDict(dict[str, Any]):
    """A mapping that remembers which keys its source gave more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        times = Counter(key for key, _ in pairs)
        self.twice = [key for key, count in times.items() if count > 1]


def json_tree(text: str, findings: Findings) -> Any:
    """The value of a JSON text. Raises :class:`InputError` with line and column."""
    try:
        tree = json.loads(text, object_pairs_hook=TwiceDict, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise findings.stop("agenda-json", f"line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise findings.stop("agenda-too-deep", limit=MAX_NESTING) from None
    except ValueError:
        # NaN and its like, or a number of thousands of digits.
        raise findings.stop("agenda-json-number") from None
    _examine(tree, findings)
    return tree


def yaml_tree(text: str, findings: Findings) -> Any:
    """The value of a YAML text of one document. Raises :class:`InputError` with the line."""
    builder = _Builder(findings)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise findings.stop("agenda-yaml", place) from None
    except yaml.YAMLError:
        raise findings.stop("agenda-yaml") from None
    _examine(builder.root, findings)
    return builder.root


def _no_constant(name: str) -> Any:
    raise ValueError(name)


class _Builder:
    """Builds the tree from YAML's events, without recursion and within bounds."""

    def __init__(self, findings: Findings) -> None:
        self.root: Any = None
        self.findings = findings
        self.open: list[tuple[str | None, list[Any]]] = []
        self.kinds: list[bool] = []
        self.anchored: dict[str, tuple[Any, int]] = {}
        self.starts: list[int] = []
        self.nodes = 0
        self.documents = 0

    def take(self, event: Any) -> None:
        line = f"line {event.start_mark.line + 1}"
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    raise self.findings.stop("agenda-yaml-documents", line)
            case yaml.ScalarEvent():
                self._count(1, line)
                self._put(self._scalar(event, line), event.anchor, 1)
            case yaml.AliasEvent():
                if event.anchor not in self.anchored:
                    raise self.findings.stop("agenda-yaml", line)
                value, size = self.anchored[event.anchor]
                self._count(size, line)
                self._put(value, None, size)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._begin(event, line)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end()
            case _:
                pass  # the stream's and the document's ends hold nothing

    def _begin(self, event: Any, line: str) -> None:
        self._count(1, line)
        if len(self.open) >= MAX_NESTING:
            raise self.findings.stop("agenda-too-deep", line, limit=MAX_NESTING)
        if event.tag is not None:
            raise self.findings.stop("agenda-yaml-tag", line, tag=event.tag[:80])
        self.open.append((event.anchor, []))
        self.kinds.append(isinstance(event, yaml.MappingStartEvent))
        self.starts.append(self.nodes)

    def _end(self) -> None:
        anchor, values = self.open.pop()
        size = self.nodes - self.starts.pop() + 1
        made: Any = values
        if self.kinds.pop():
            # A key may be any value in YAML; ours are words, and another kind is reported as unknown.
            made = TwiceDict([(_key(key), value) for key, value in zip(values[::2], values[1::2], strict=True)])
        self._put(made, anchor, size)

    def _put(self, value: Any, anchor: str | None, size: int) -> None:
        if anchor is not None:
            self.anchored[anchor] = (value, size)
        if self.open:
            self.open[-1][1].append(value)
        else:
            self.root = value

    def _scalar(self, event: yaml.ScalarEvent, line: str) -> Any:
        plain, _ = event.implicit
        if event.tag not in (None, "!", _STRING_TAG):
            raise self.findings.stop("agenda-yaml-tag", line, tag=event.tag[:80])
        if plain and event.tag is None and event.style in (None, ""):
            word = event.value if event.value in ("", "~") else event.value.lower()
            if word in _WORDS and event.value in (word, word.upper(), word.capitalize()):
                return _WORDS[word]
        return event.value

    def _count(self, size: int, line: str) -> None:
        self.nodes += size
        if self.nodes > MAX_NODES:
            raise self.findings.stop("agenda-too-many-values", line, limit=MAX_NODES)


def _key(key: Any) -> str:
    if isinstance(key, str):
        return key
    return "?" if isinstance(key, dict | list) else json.dumps(key)


def _examine(tree: Any, findings: Findings) -> None:
    """Refuse keys given twice, and trees too large or deep to be an agenda."""
    waiting: list[tuple[Any, str, int]] = [(tree, "", 0)]
    count = 0
    while waiting:
        node, path, depth = waiting.pop()
        count += len(node) if isinstance(node, dict | list) else 1
        if count > MAX_NODES:
            raise findings.stop("agenda-too-many-values", limit=MAX_NODES)
        if depth > MAX_NESTING:
            raise findings.stop("agenda-too-deep", path[:200], limit=MAX_NESTING)
        if isinstance(node, TwiceDict):
            for key in node.twice:
                findings.refuse("agenda-key-twice", _below(path, key), key=key[:80])
        waiting += reversed([(value, _below(path, key), depth + 1) for key, value in _children(node)])


def _children(node: Any) -> Iterator[tuple[str | int, Any]]:
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return ((key, value) for key, value in pairs if isinstance(value, dict | list))


def _below(path: str, key: str | int) -> str:
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key[:80]}" if path else key[:80]
