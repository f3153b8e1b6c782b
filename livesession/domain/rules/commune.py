"""The conseil municipal: CGCT, second part, book I, title II, chapter I."""

from fractions import Fraction

from livesession.domain.rules.profile import Profile, Reading, Rule

RECUSAL = (
    Reading("office", "CGCT L2131-11, loi n° 2025-1249 art. 32"),
    Reading("present", "Sénat, question écrite n° 24626"),
)
"""Whether who is recused leaves the number in office, or only the number present."""

COMMUNE = Profile(
    id="commune",
    name={"fr": "Commune", "en": "Commune (France)"},
    rules={
        "quorum": Rule(Fraction(1, 2), article="CGCT L2121-17", since="1996-02-24"),
        "quorum_recusal": Rule(
            "office",
            article="CGCT L2131-11",
            since="2025-12-24",
            note="Before, doctrine took them off the number present and left the number in office whole.",
            readings=RECUSAL,
        ),
        "second_call_days": Rule(3, article="CGCT L2121-17", since="1996-02-24"),
        "proxies_per_holder": Rule(1, article="CGCT L2121-20", since="1996-02-24"),
        "casting_vote": Rule(
            "president",
            article="CGCT L2121-20",
            since="1996-02-24",
            readings=(Reading("president", "CGCT L2121-20"), Reading("none", "")),
        ),
        "public_ballot": Rule(Fraction(1, 4), article="CGCT L2121-21", since="2004-08-17"),
        "secret_ballot": Rule(Fraction(1, 3), article="CGCT L2121-21", since="2004-08-17"),
        "secret_appointments": Rule(True, article="CGCT L2121-21", since="2004-08-17"),
        "rounds": Rule(3, article="CGCT L2121-21", since="2004-08-17"),
        "closed_part_members": Rule(3, article="CGCT L2121-18", since="1996-02-24"),
        "closed_part_president": Rule(True, article="CGCT L2121-18", since="1996-02-24"),
        "decisions_days": Rule(7, article="CGCT L2121-25", since="2022-07-01"),
    },
)
