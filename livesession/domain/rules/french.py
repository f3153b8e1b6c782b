"""Rules that French law words alike for communes, départements and régions."""

from livesession.domain.rules.profile import Reading, Rule


def recusal(article: str, *notes: str) -> Rule:
    """Whether who is recused leaves the number in office, or only the number present."""
    return Rule(
        "office",
        article=article,
        since="2025-12-24",
        notes=("recusal", *notes),
        readings=(
            Reading("office", f"{article}, loi n° 2025-1249 art. 32"),
            Reading("present", "Sénat, question écrite n° 24626"),
        ),
    )


def casting_vote(article: str) -> Rule:
    """What a tie means outside a secret ballot: the president's voice decides."""
    return Rule(
        "president", article=article, notes=("casting",), readings=(Reading("president", article), Reading("none", ""))
    )


def president_majority(value: str, article: str, *notes: str) -> Rule:
    """What the absolute majority is taken of in the first rounds when the body elects its president."""
    return Rule(value, article=article, notes=notes, readings=(Reading("cast", ""), Reading("members", "")))
