"""What a rule profile is: named thresholds, each with its article and its date."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

Value = Fraction | int | bool | str | None
"""A share, a number, whether something holds, one of several readings; None: the law knows no such thing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a rule that the law leaves in doubt; ``source`` says who reads it so."""

    value: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cited:
    article: str
    since: str | None
    note: str | None = None
    readings: tuple[Reading, ...] = ()
    adjusted: bool = False


@dataclass(frozen=True, slots=True)
class Rule(_Cited):
    """A threshold.

    ``article`` is where it stands; ``since`` the ISO date from which that wording holds, None where
    nobody of us could read it. ``note`` says what is doubtful; ``readings`` are the choices then.
    """

    value: Value

    @property
    def sort(self) -> type:
        """What a value of this rule must be."""
        return type(self.value) if self.value is not None else Fraction

    @property
    def optional(self) -> bool:
        """Whether a council may do without: shares and numbers, but never a switch or a reading."""
        return not isinstance(self.value, bool | str)

    def written(self) -> str:
        """The value as a file has it."""
        return "null" if self.value is None else str(self.value).lower() if self.sort is bool else str(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The rules of one kind of body. ``name`` by language."""

    id: str
    name: Mapping[str, str]
    rules: Mapping[str, Rule]
