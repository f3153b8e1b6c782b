"""What a reader finds on its way: oddities it could deal with, and what it could not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from livesession.errors import InputError, Problem

MAX_PROBLEMS = 500
"""Problems handed back one by one; beyond it only their number helps anybody."""

SHOWN_RANGES = 12
"""Ranges of lines named in one place before it is cut short."""


@dataclass(slots=True)
class Findings:
    """Collects problems, so that a person learns of all of them at once."""

    problems: list[Problem] = field(default_factory=list)

    def note(self, code: str, place: str = "", **params: str | int) -> None:
        """An oddity; the sentence of ``code`` says what was made of it."""
        self.problems.append(Problem(code, place, tuple(params.items()), fatal=False))

    def refuse(self, code: str, place: str = "", **params: str | int) -> None:
        """Something that cannot be read; the reading goes on to find the others."""
        self.problems.append(Problem(code, place, tuple(params.items())))

    def extend(self, problems: Iterable[Problem]) -> None:
        self.problems.extend(problems)

    def stop_if_refused(self) -> None:
        """Raise :class:`InputError` with everything found so far, if any of it is fatal."""
        if any(problem.fatal for problem in self.problems):
            raise InputError("agenda_unreadable", self.listed())

    def stop(self, code: str, place: str = "", **params: str | int) -> InputError:
        """The error to raise where nothing more can be read."""
        self.refuse(code, place, **params)
        return InputError("agenda_unreadable", self.listed())

    def listed(self) -> list[Problem]:
        """The problems, what keeps the file from being read first; their number where they are too many."""
        ordered = sorted(self.problems, key=lambda problem: not problem.fatal)
        if len(ordered) <= MAX_PROBLEMS:
            return ordered
        return [*ordered[:MAX_PROBLEMS], self._rest(ordered[MAX_PROBLEMS:])]

    @staticmethod
    def _rest(left: Sequence[Problem]) -> Problem:
        fatal = any(problem.fatal for problem in left)
        return Problem.of("agenda-more-problems", fatal=fatal, count=len(left))


def lines_place(lines: Sequence[int]) -> str:
    """``line 3``, or ``lines 3, 5-8``: rising line numbers, from 1, as one place."""
    ranges: list[list[int]] = []
    for line in lines:
        if ranges and line == ranges[-1][1] + 1:
            ranges[-1][1] = line
        elif not ranges or line != ranges[-1][1]:
            ranges.append([line, line])
    shown = [f"{first}-{last}" if last > first else str(first) for first, last in ranges[:SHOWN_RANGES]]
    if len(ranges) > SHOWN_RANGES:
        shown.append("…")
    return ("line " if len(ranges) == 1 and ranges[0][0] == ranges[0][1] else "lines ") + ", ".join(shown)
