"""A body that no profile describes: only what arithmetic says, for the council to adjust."""

from fractions import Fraction

from livesession.domain.rules.profile import Profile, Reading, Rule

_OWN = "rules of procedure"

NEUTRAL = Profile(
    id="neutral",
    name={"fr": "Autre assemblée", "en": "Other assembly"},
    rules={
        "quorum": Rule(Fraction(1, 2), article=_OWN, since=None),
        "quorum_recusal": Rule(
            "office",
            article=_OWN,
            since=None,
            readings=(Reading("office", _OWN), Reading("present", _OWN)),
        ),
        "second_call_days": Rule(None, article=_OWN, since=None),
        "proxies_per_holder": Rule(None, article=_OWN, since=None),
        "casting_vote": Rule(
            "either",
            article=_OWN,
            since=None,
            note="What a tie means is for the council's own rules: the result that is proclaimed is recorded.",
            readings=(Reading("president", _OWN), Reading("none", _OWN), Reading("either", _OWN)),
        ),
        "public_ballot": Rule(None, article=_OWN, since=None),
        "secret_ballot": Rule(None, article=_OWN, since=None),
        "secret_appointments": Rule(False, article=_OWN, since=None),
        "rounds": Rule(3, article=_OWN, since=None),
        "closed_part_members": Rule(None, article=_OWN, since=None),
        "closed_part_president": Rule(True, article=_OWN, since=None),
        "decisions_days": Rule(None, article=_OWN, since=None),
    },
)
