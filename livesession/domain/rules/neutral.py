"""A body that no profile describes: only what arithmetic says, for the council to adjust."""

from fractions import Fraction

from livesession.domain.rules.profile import Profile, Reading, Rule, Value

OWN = "règlement intérieur"
"""Stands for an article: what holds is for the council's own rules to say."""


def _own(value: Value, *readings: str, notes: tuple[str, ...] = ()) -> Rule:
    return Rule(value, article=OWN, notes=notes, readings=tuple(Reading(reading, "") for reading in readings))


NEUTRAL = Profile(
    id="neutral",
    name={"fr": "Autre assemblée", "en": "Other assembly"},
    rules={
        "quorum": _own(Fraction(1, 2)),
        "quorum_president": _own(Fraction(1, 2)),
        "quorum_recusal": _own("office", "office", "present"),
        "second_call_days": _own(None),
        "proxies_per_holder": _own(None),
        "casting_vote": _own("either", "president", "none", "either", notes=("tie-own",)),
        "public_ballot": _own(None),
        "secret_ballot": _own(None),
        "secret_appointments": _own(False),
        "rounds": _own(3),
        "president_majority": _own("cast", "cast", "members"),
        "closed_part_members": _own(None),
        "closed_part_president": _own(True),
        "decisions_days": _own(None),
    },
)
