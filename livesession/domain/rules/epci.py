"""The public body of inter-communal cooperation: CGCT L5211-1 sends it to the commune's rules, but for a few."""

from livesession.domain.rules.commune import COMMUNE
from livesession.domain.rules.profile import Profile, Rule

EPCI = Profile(
    id="epci",
    name={"fr": "EPCI (communauté, métropole, syndicat)", "en": "Inter-communal body (France)"},
    rules={
        **COMMUNE.rules,
        "closed_part_members": Rule(5, article="CGCT L5211-11", since="1999-07-13"),
        "closed_part_president": Rule(True, article="CGCT L5211-11", since="1999-07-13"),
        "decisions_days": Rule(7, article="CGCT L5211-1, L2121-25", since="2022-07-01"),
    },
)
