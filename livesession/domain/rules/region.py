"""The conseil régional: CGCT, fourth part, book I, title III, chapters II and III."""

from fractions import Fraction

from livesession.domain.rules.french import casting_vote, president_majority, recusal
from livesession.domain.rules.profile import Profile, Rule

REGION = Profile(
    id="region",
    name={"fr": "Région", "en": "Région (France)"},
    rules={
        "quorum": Rule(Fraction(1, 2), article="CGCT L4132-13", notes=("quorum-when",)),
        "quorum_president": Rule(Fraction(2, 3), article="CGCT L4133-1", notes=("president-second",)),
        "quorum_recusal": recusal("CGCT L4142-5", "recusal-new"),
        "second_call_days": Rule(3, article="CGCT L4132-13", notes=("second-call-by-right",)),
        "proxies_per_holder": Rule(1, article="CGCT L4132-15", notes=("proxy-one-meeting",)),
        "casting_vote": casting_vote("CGCT L4132-14"),
        "public_ballot": Rule(Fraction(1, 6), article="CGCT L4132-14", notes=("videoconference-region",)),
        "secret_ballot": Rule(None, article="CGCT L4132-14", notes=("secret-silent",)),
        "secret_appointments": Rule(True, article="CGCT L4132-14"),
        "rounds": Rule(3, article="CGCT L4133-1", notes=("rounds-president", "not-read")),
        "president_majority": president_majority("members", "CGCT L4133-1", "not-read"),
        "closed_part_members": Rule(5, article="CGCT L4132-10", notes=("closed-part",)),
        "closed_part_president": Rule(True, article="CGCT L4132-10"),
        "decisions_days": Rule(7, article="CGCT L4132-16", notes=("not-read",)),
    },
)
