"""The conseil régional: CGCT, fourth part, book I, title III, chapter II."""

from fractions import Fraction

from livesession.domain.rules.profile import Profile, Reading, Rule

REGION = Profile(
    id="region",
    name={"fr": "Région", "en": "Région (France)"},
    rules={
        "quorum": Rule(Fraction(1, 2), article="CGCT L4132-13", since="1996-02-24"),
        "quorum_recusal": Rule(
            "office",
            article="CGCT L4142-5",
            since="2025-12-24",
            note="Before, doctrine took them off the number present and left the number in office whole.",
            readings=(
                Reading("office", "CGCT L4142-5, loi n° 2025-1249 art. 32"),
                Reading("present", "Sénat, question écrite n° 24626"),
            ),
        ),
        "second_call_days": Rule(3, article="CGCT L4132-13", since="1996-02-24"),
        "proxies_per_holder": Rule(1, article="CGCT L4132-15", since="1996-02-24"),
        "casting_vote": Rule(
            "president",
            article="CGCT L4132-14",
            since="1996-02-24",
            readings=(Reading("president", "CGCT L4132-14"), Reading("none", "")),
        ),
        "public_ballot": Rule(Fraction(1, 6), article="CGCT L4132-14", since="1996-02-24"),
        "secret_ballot": Rule(None, article="CGCT L4132-14", since="1996-02-24"),
        "secret_appointments": Rule(True, article="CGCT L4132-14", since="1996-02-24"),
        "rounds": Rule(3, article="CGCT L4132-14", since="1996-02-24"),
        "closed_part_members": Rule(5, article="CGCT L4132-10", since="1996-02-24"),
        "closed_part_president": Rule(True, article="CGCT L4132-10", since="1996-02-24"),
        "decisions_days": Rule(7, article="CGCT L4132-16", since="2022-07-01"),
    },
)
