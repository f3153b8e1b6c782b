"""One phrase as a template: jinja2, cut down to what fills in a sentence, so that none can hang or fill the server."""

from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from livesession.domain.text import MAX_TEXT, refused_character
from livesession.errors import Problem

MAX_TEMPLATE = 4_000
"""Characters of a template."""

MAX_NESTED = 1
"""Loops one in the other: a list holds up to 2,000 members, and its square would hold the server up."""

FILTERS = ("join", "first", "last", "length", "upper", "lower", "capitalize", "trim", "default", "sort", "count")

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem,
    nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.If, nodes.For,
    nodes.CondExpr, nodes.Concat,
)  # fmt: skip
"""What a phrase needs. Without calls, assignments and arithmetic nothing grows beyond what is given."""


class _Environment(ImmutableSandboxedEnvironment):
    def is_safe_callable(self, obj: Any) -> bool:
        return False


# Plain text: whoever shows a phrase escapes it. A loop that is written over several lines leaves no blank ones.
_ENVIRONMENT = _Environment(
    undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=False
)
_ENVIRONMENT.globals.clear()
_ENVIRONMENT.filters = {name: _ENVIRONMENT.filters[name] for name in FILTERS}


class PhraseError(Exception):
    """A template that cannot be used: ``problem`` says why, ``line`` where in it, from 1."""

    def __init__(self, line: int, code: str, **params: str | int) -> None:
        super().__init__(code, line)
        self.line = line
        self.code = code
        self.params = params

    def problem(self, place: str = "", first_line: int = 1) -> Problem:
        """The problem with its line; ``first_line`` is where the template begins in its file."""
        return Problem(self.code, place or f"line {first_line + self.line - 1}", tuple(self.params.items()))


def compile_phrase(text: str) -> Template:
    """A template, checked. Raises :class:`PhraseError`."""
    if len(text) > MAX_TEMPLATE:
        raise PhraseError(1, "phrase-long", length=len(text), limit=MAX_TEMPLATE)
    if (bad := refused_character(text)) is not None:
        line = text[: bad[0]].count("\n") + 1
        raise PhraseError(line, "phrase-character", character=bad[1])
    try:
        tree = _ENVIRONMENT.parse(text)
        _check(tree, 0)
        return _ENVIRONMENT.from_string(text)
    except TemplateSyntaxError as error:
        raise PhraseError(error.lineno, "phrase-syntax", reason=_plain(error.message or "")) from None
    except RecursionError:
        raise PhraseError(1, "phrase-syntax", reason="too deep") from None


def fill(template: Template, values: Mapping[str, Any]) -> str:
    """The phrase filled in, its spaces and blank lines tidied. Raises :class:`PhraseError`."""
    try:
        text = template.render(values)
    except UndefinedError as error:
        raise PhraseError(_line(error), "phrase-unknown", reason=_plain(error.message or "")) from None
    except SecurityError:
        raise PhraseError(1, "phrase-forbidden", what="…") from None
    except Exception as error:
        # Whatever a filter makes of a value of another kind: the template is at fault, not the server.
        raise PhraseError(_line(error), "phrase-failed", reason=_plain(str(error))) from None
    lines = (" ".join(part for part in line.split(" ") if part) for line in text.splitlines())
    tidy = "\n".join(line for line in lines if line)
    if len(tidy) > MAX_TEXT:
        raise PhraseError(1, "phrase-long", length=len(tidy), limit=MAX_TEXT)
    return tidy


def _check(node: nodes.Node, depth: int) -> None:
    if not isinstance(node, _ALLOWED):
        raise PhraseError(node.lineno, "phrase-forbidden", what=type(node).__name__)
    if isinstance(node, nodes.Filter):
        if node.name not in FILTERS:
            raise PhraseError(node.lineno, "phrase-filter", name=str(node.name)[:40], known=", ".join(FILTERS))
        # A list joined by a list joined by a list would grow without bound.
        given = [*node.args, *(pair.value for pair in node.kwargs)]
        if node.dyn_args or node.dyn_kwargs or not all(isinstance(each, nodes.Const) for each in given):
            raise PhraseError(node.lineno, "phrase-forbidden", what=str(node.name))
        if node.node is not None:
            _check(node.node, depth)
        return
    if isinstance(node, nodes.For):
        depth += 1
        if depth > MAX_NESTED or node.recursive:
            raise PhraseError(node.lineno, "phrase-nested", limit=MAX_NESTED)
    for child in node.iter_child_nodes():
        _check(child, depth)


def _line(error: BaseException) -> int:
    """The line of a template at which rendering failed: jinja2 writes it into the trace."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _plain(reason: str) -> str:
    return reason.replace("'", "’")[:200]
