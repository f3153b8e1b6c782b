"""What a rule profile is: named thresholds, each with its article and its date."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

Value = Fraction | int | bool | str | None
"""A share, a number, whether something holds, one of several readings; None: the law knows no such thing."""

SORTS: Mapping[str, type] = MappingProxyType(
    {
        "quorum": Fraction,
        "quorum_president": Fraction,
        "quorum_recusal": str,
        "second_call_days": int,
        "proxies_per_holder": int,
        "casting_vote": str,
        "public_ballot": Fraction,
        "secret_ballot": Fraction,
        "secret_appointments": bool,
        "rounds": int,
        "president_majority": str,
        "closed_part_members": int,
        "closed_part_president": bool,
        "decisions_days": int,
    }
)
"""Every rule there is, in the order in which people are shown them, and what a value of it must be."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a rule that the law leaves in doubt; ``source`` says who reads it so."""

    value: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cited:
    article: str
    since: str | None = None
    notes: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    adjusted: bool = False


@dataclass(frozen=True, slots=True)
class Rule(_Cited):
    """A threshold.

    ``article`` is where it stands; ``since`` the ISO date from which that wording holds, None where
    nobody of us could read it. ``notes`` say what is doubtful or goes with it, by the ends of the
    ids of their sentences (``rule-note-…``); ``readings`` are the choices there are.
    """

    value: Value

    @property
    def optional(self) -> bool:
        """Whether a council may do without: shares and numbers, but never a switch or a reading."""
        return not isinstance(self.value, bool | str)

    def written(self) -> str:
        """The value as a file has it."""
        return written(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The rules of one kind of body. ``name`` by language."""

    id: str
    name: Mapping[str, str]
    rules: Mapping[str, Rule]


def written(value: Value) -> str:
    """A value as a file has it; shares keep their stroke (``1/1``)."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value.numerator}/{value.denominator}" if isinstance(value, Fraction) else str(value)
