"""The quorum: whether the body may decide, at opening and for each item.

Members in office physically present, without proxies: CGCT L2121-17, L3121-14, L4132-13. Who is
recused (déport): CGCT L2131-11, L3132-5, L4142-5 since loi n° 2025-1249.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any, Literal

from livesession.domain.assembly import Assembly
from livesession.domain.attendance import Attendance
from livesession.domain.ids import ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """Every number that says whether the body may decide.

    ``present`` are the members in the room who may take part; ``represented`` those who vote by
    proxy, and do not count. ``waived`` is True at a second call, which needs no quorum.
    """

    in_office: int
    present: int
    represented: int
    recused: int
    required: int
    waived: bool = False

    @property
    def met(self) -> bool:
        """Whether enough are present, or none are needed."""
        return self.waived or self.present >= self.required

    def as_json(self) -> dict[str, Any]:
        """The numbers as an entry carries them."""
        form: dict[str, Any] = {
            "in_office": self.in_office,
            "present": self.present,
            "represented": self.represented,
            "recused": self.recused,
            "required": self.required,
            "met": self.met,
        }
        return form | ({"waived": True} if self.waived else {})


QuorumRule = Literal["quorum", "quorum_president"]
"""The rule that says how many are needed: the ordinary one, or the one for the election of the president."""


def quorum(
    assembly: Assembly,
    there: Attendance,
    item: ItemId | None = None,
    *,
    second_call: bool = False,
    rule: QuorumRule = "quorum",
) -> Quorum | None:
    """The quorum for an item, or for the sitting as a whole; None where the members are not known.

    The profile's share of those in office must be present, without proxies. Under the reading
    ``office`` who is recused leaves both numbers; under ``present`` only the number present.
    """
    if not assembly.members:
        return None
    in_office = assembly.by_id.keys()
    recused = there.recused_from(item) & in_office
    present = (there.present & in_office) - recused
    represented = sum(voice != by for voice, by in there.electorate(item).items())
    base = len(in_office) - (len(recused) if assembly.rules.choice("quorum_recusal") == "office" else 0)
    return Quorum(
        in_office=len(in_office),
        present=len(present),
        represented=represented,
        recused=len(recused),
        required=_required(base, assembly.rules.fraction(rule)),
        waived=second_call,
    )


def _required(base: int, share: Fraction | None) -> int:
    if share is None:
        return 0
    # « La majorité » is more than half; « les deux tiers », « le tiers » are at least that many. Nobody is no quorum.
    return base // 2 + 1 if share == Fraction(1, 2) else max(1, ceil(base * share))
