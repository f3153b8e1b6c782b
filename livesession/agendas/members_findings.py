"""What readers of files say, in words that fit a list of people as well as an agenda."""

from collections.abc import Iterable
from dataclasses import replace

from livesession.errors import Problem

REWORDED: dict[str, str] = {
    "agenda-binary": "people-binary",
    "agenda-too-deep": "people-too-deep",
    "agenda-too-many-values": "people-too-many-values",
    "agenda-yaml-documents": "people-yaml-documents",
    "table-too-many-lines": "people-too-many-lines",
}
"""Sentences that speak of an agenda, and those that stand in for them."""


def reworded(problems: Iterable[Problem]) -> list[Problem]:
    """The same problems, those that speak of an agenda speaking of a file."""
    return [replace(problem, code=REWORDED.get(problem.code, problem.code)) for problem in problems]
