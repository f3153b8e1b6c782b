"""The conseil départemental: CGCT, third part, book I, title II, chapter I."""

from fractions import Fraction

from livesession.domain.rules.profile import Profile, Reading, Rule

DEPARTEMENT = Profile(
    id="departement",
    name={"fr": "Département", "en": "Département (France)"},
    rules={
        "quorum": Rule(Fraction(1, 2), article="CGCT L3121-14", since="2015-04-02"),
        "quorum_recusal": Rule(
            "office",
            article="CGCT L3132-5",
            since="2025-12-24",
            note="Before, doctrine took them off the number present and left the number in office whole.",
            readings=(
                Reading("office", "CGCT L3132-5, loi n° 2025-1249 art. 32"),
                Reading("present", "Sénat, question écrite n° 24626"),
            ),
        ),
        "second_call_days": Rule(3, article="CGCT L3121-14", since="2015-04-02"),
        "proxies_per_holder": Rule(1, article="CGCT L3121-16", since="2015-04-02"),
        "casting_vote": Rule(
            "president",
            article="CGCT L3121-15",
            since="2015-04-02",
            readings=(Reading("president", "CGCT L3121-15"), Reading("none", "")),
        ),
        "public_ballot": Rule(Fraction(1, 6), article="CGCT L3121-15", since="2015-04-02"),
        "secret_ballot": Rule(None, article="CGCT L3121-15", since="2015-04-02"),
        "secret_appointments": Rule(True, article="CGCT L3121-15", since="2015-04-02"),
        "rounds": Rule(3, article="CGCT L3121-15", since="2015-04-02"),
        "closed_part_members": Rule(5, article="CGCT L3121-11", since="2015-04-02"),
        "closed_part_president": Rule(True, article="CGCT L3121-11", since="2015-04-02"),
        "decisions_days": Rule(7, article="CGCT L3121-17", since="2022-07-01"),
    },
)
