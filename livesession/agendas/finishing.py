"""What every reader does last: ids, what cannot be recorded, what numbers tell, what closes with its parent."""

from collections.abc import Sequence

from livesession.agendas.findings import Findings
from livesession.agendas.numbering import note_numbers
from livesession.domain.agenda import Agenda, agenda_problems, closed_below, with_ids
from livesession.errors import InputError


def finish(agenda: Agenda, places: Sequence[str], findings: Findings, *, within: str, gaps: bool) -> Agenda:
    """The agenda as it may be recorded, its problems in ``findings``.

    ``places`` says where the source has each item, in the order of ``agenda.walk()``; ``within``
    comes before the sitting's own fields; ``gaps`` asks for numbers that are left out.
    """
    findings.extend(agenda_problems(agenda, places, within=within))
    try:
        agenda = with_ids(agenda, places)
    except InputError as error:
        findings.extend(error.problems)
        return agenda
    note_numbers(agenda, places, findings, gaps=gaps)
    closed = closed_below(agenda)
    for before, after, place in zip(agenda.walk(), closed.walk(), places, strict=True):
        if before.public and not after.public:
            findings.note("agenda-closed-below", place)
    return closed
