"""The conseil municipal: CGCT, second part, book I, title II, chapter I."""

from fractions import Fraction

from livesession.domain.rules.french import casting_vote, president_majority, recusal
from livesession.domain.rules.profile import Profile, Rule

COMMUNE = Profile(
    id="commune",
    name={"fr": "Commune", "en": "Commune (France)"},
    rules={
        "quorum": Rule(Fraction(1, 2), article="CGCT L2121-17", notes=("quorum-when",)),
        "quorum_president": Rule(Fraction(1, 2), article="CGCT L2121-17", notes=("mayor",)),
        "quorum_recusal": recusal("CGCT L2131-11", "recusal-commune"),
        "second_call_days": Rule(3, article="CGCT L2121-17", notes=("second-call-least",)),
        "proxies_per_holder": Rule(1, article="CGCT L2121-20", notes=("proxy-three",)),
        "casting_vote": casting_vote("CGCT L2121-20"),
        "public_ballot": Rule(Fraction(1, 4), article="CGCT L2121-21"),
        "secret_ballot": Rule(Fraction(1, 3), article="CGCT L2121-21", notes=("secret-first",)),
        "secret_appointments": Rule(True, article="CGCT L2121-21", notes=("appointments",)),
        "rounds": Rule(3, article="CGCT L2121-21", notes=("rounds",)),
        "president_majority": president_majority("cast", "CGCT L2122-7", "not-read"),
        "closed_part_members": Rule(3, article="CGCT L2121-18", notes=("closed-part",)),
        "closed_part_president": Rule(True, article="CGCT L2121-18"),
        "decisions_days": Rule(7, article="CGCT L2121-25", since="2022-07-01"),
    },
)
