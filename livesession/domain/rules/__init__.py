"""The rules that bind an assembly: a profile by law, and what the council adjusted of its own.

Every threshold is data, with its article and the day from which that wording holds. Where the law
leaves doubt the profile says so and offers the readings; a council chooses one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from livesession.domain.rules.commune import COMMUNE
from livesession.domain.rules.departement import DEPARTEMENT
from livesession.domain.rules.epci import EPCI
from livesession.domain.rules.neutral import NEUTRAL
from livesession.domain.rules.profile import SORTS, Profile, Reading, Rule, Value, written
from livesession.domain.rules.region import REGION
from livesession.domain.text import MAX_LINE, text_problem
from livesession.errors import Problem

PROFILES: Mapping[str, Profile] = {profile.id: profile for profile in (COMMUNE, DEPARTEMENT, REGION, EPCI, NEUTRAL)}
"""Every profile, by id."""

MAX_NUMBER = 10_000
"""More than any number that a rule counts: members, days, rounds."""

_SHARE = re.compile(r"([0-9]{1,5})/([0-9]{1,5})", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """A profile's id and the council's adjustments, by the rule's name.

    An adjustment is ``{"value": …, "source": …}``: what holds instead, and where the council's
    rules of procedure say so. Shares are written ``"1/4"``.
    """

    profile: str = "neutral"
    adjust: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """Every rule by name, as it holds here."""
        known = dict(PROFILES[self.profile].rules)
        for name, change in self.adjust.items():
            # The article's date is not the date of what the council decided.
            known[name] = replace(
                known[name],
                value=read_value(name, change["value"]),
                article=str(change.get("source") or known[name].article),
                since=None,
                adjusted=True,
            )
        return known

    def __getitem__(self, name: str) -> Value:
        return self.rules[name].value

    def fraction(self, name: str) -> Fraction | None:
        """A rule that is a share, or None where the law knows no such thing."""
        value = self[name]
        assert value is None or isinstance(value, Fraction), name
        return value

    def number(self, name: str) -> int | None:
        """A rule that is a number, or None where there is no limit."""
        value = self[name]
        assert value is None or (isinstance(value, int) and not isinstance(value, bool)), name
        return value

    def choice(self, name: str) -> str:
        """A rule that is one of several readings."""
        value = self[name]
        assert isinstance(value, str), name
        return value

    def holds(self, name: str) -> bool:
        """A rule that holds or does not."""
        value = self[name]
        assert isinstance(value, bool), name
        return value

    def as_json(self) -> dict[str, Any]:
        form: dict[str, Any] = {"profile": self.profile}
        if self.adjust:
            form["adjust"] = {name: dict(change) for name, change in self.adjust.items()}
        return form

    @classmethod
    def from_json(cls, form: Mapping[str, Any]) -> "Rules":
        """Back from :meth:`as_json`; a profile that this version does not know is the neutral one."""
        profile = form.get("profile", "neutral")
        if profile not in PROFILES:
            return cls()
        known = PROFILES[profile].rules
        return cls(
            profile=profile,
            adjust={name: change for name, change in form.get("adjust", {}).items() if name in known},
        )


def read_value(name: str, value: object) -> Value:
    """A rule's value as JSON has it: shares are text."""
    if SORTS[name] is Fraction and isinstance(value, str):
        return Fraction(value)
    assert value is None or isinstance(value, str | int | bool), value
    return value


def rule_problems(rules: Rules) -> list[Problem]:
    """What is wrong with a profile's name or an adjustment: unknown, of another sort, out of range."""
    if rules.profile not in PROFILES:
        known = ", ".join(PROFILES)
        return [Problem.of("profile-unknown", "rules.profile", profile=rules.profile[:40], known=known)]
    found: list[Problem | None] = []
    for name, change in rules.adjust.items():
        place = f"rules.adjust.{name[:40]}"
        rule = PROFILES[rules.profile].rules.get(name)
        if rule is None:
            found.append(Problem.of("rule-unknown", place, known=", ".join(PROFILES[rules.profile].rules)))
        elif not _fits(change.get("value"), SORTS[name], rule):
            found.append(Problem.of("rule-value", f"{place}.value", example=_example(SORTS[name], rule)))
        elif change.get("source") is not None:
            found.append(text_problem(str(change["source"]), f"{place}.source", limit=MAX_LINE))
    return [problem for problem in found if problem is not None]


def _fits(value: object, sort: type, rule: Rule) -> bool:
    if value is None:
        return rule.optional
    if sort is str:
        return isinstance(value, str) and value in {reading.value for reading in rule.readings}
    if sort is bool:
        return isinstance(value, bool)
    if sort is int:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_NUMBER
    shape = _SHARE.fullmatch(value) if isinstance(value, str) else None
    return shape is not None and 0 < int(shape[1]) <= int(shape[2])


def _example(sort: type, rule: Rule) -> str:
    if rule.value is not None:
        return rule.written()
    return "1/3" if sort is Fraction else "1"


__all__ = [
    "PROFILES",
    "SORTS",
    "Profile",
    "Reading",
    "Rule",
    "Rules",
    "Value",
    "read_value",
    "rule_problems",
    "written",
]
