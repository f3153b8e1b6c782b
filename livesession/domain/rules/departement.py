"""The conseil départemental: CGCT, third part, book I, title II, chapters I and II."""

from fractions import Fraction

from livesession.domain.rules.french import casting_vote, president_majority, recusal
from livesession.domain.rules.profile import Profile, Rule

DEPARTEMENT = Profile(
    id="departement",
    name={"fr": "Département", "en": "Département (France)"},
    rules={
        "quorum": Rule(Fraction(1, 2), article="CGCT L3121-14", notes=("quorum-when",)),
        "quorum_president": Rule(Fraction(2, 3), article="CGCT L3122-1", notes=("president-second",)),
        "quorum_recusal": recusal("CGCT L3132-5", "recusal-new"),
        "second_call_days": Rule(3, article="CGCT L3121-14", notes=("second-call-by-right",)),
        "proxies_per_holder": Rule(1, article="CGCT L3121-16", notes=("proxy-one-meeting",)),
        "casting_vote": casting_vote("CGCT L3121-15"),
        "public_ballot": Rule(Fraction(1, 6), article="CGCT L3121-15"),
        "secret_ballot": Rule(None, article="CGCT L3121-15", notes=("secret-silent",)),
        "secret_appointments": Rule(True, article="CGCT L3121-15", notes=("appointments",)),
        "rounds": Rule(3, article="CGCT L3122-1", notes=("rounds-president",)),
        "president_majority": president_majority("members", "CGCT L3122-1"),
        "closed_part_members": Rule(5, article="CGCT L3121-11", notes=("closed-part",)),
        "closed_part_president": Rule(True, article="CGCT L3121-11"),
        "decisions_days": Rule(7, article="CGCT L3121-17", notes=("not-read",)),
    },
)
