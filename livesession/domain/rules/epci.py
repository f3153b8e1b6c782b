"""The public body of inter-communal cooperation: CGCT L5211-1 sends it to the commune's rules, but for a few."""

from dataclasses import replace
from fractions import Fraction

from livesession.domain.rules.commune import COMMUNE
from livesession.domain.rules.french import president_majority, recusal
from livesession.domain.rules.profile import Profile, Rule


def _referred(rule: Rule) -> Rule:
    return replace(rule, article=rule.article.replace("CGCT ", "CGCT L5211-1, "))


EPCI = Profile(
    id="epci",
    name={"fr": "EPCI (communauté, métropole, syndicat)", "en": "Inter-communal body (France)"},
    rules={
        **{name: _referred(rule) for name, rule in COMMUNE.rules.items()},
        "quorum_president": Rule(Fraction(1, 2), article="CGCT L5211-1, L2121-17"),
        "quorum_recusal": recusal("CGCT L2131-11", "recusal-commune", "recusal-epci"),
        "public_ballot": Rule(Fraction(1, 4), article="CGCT L5211-1, L2121-21", notes=("videoconference-epci",)),
        "president_majority": president_majority("cast", "CGCT L5211-2, L2122-7", "not-read"),
        "closed_part_members": Rule(5, article="CGCT L5211-11", notes=("closed-part",)),
        "closed_part_president": Rule(True, article="CGCT L5211-11"),
        "decisions_days": Rule(
            7, article="CGCT L5211-1, L2121-25", since="2022-07-01", notes=("decisions-councillors",)
        ),
    },
)
