"""The results of a voting device: a table with a row for each member, read against the assembly.

Nothing is guessed: who or what cannot be told for certain is refused with its line, and then
nothing of the file is taken.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from livesession.agendas.decoding import decode
from livesession.agendas.findings import Findings, lines_place
from livesession.agendas.members_columns import NAME, Line, Names, full_name, lines_of, read_people
from livesession.agendas.members_findings import reworded
from livesession.agendas.members_names import civility, untitled, words_of
from livesession.agendas.table_columns import CsvOptions, plain
from livesession.domain.assembly import MAX_MEMBERS, Assembly, Member, MemberId
from livesession.domain.vote import CHOICES, Choice
from livesession.errors import InputError, Problem, RefusedError

NAMES: Names = {
    **{field: names for field, names in NAME.items() if field != "sex"},
    "choice": (
        "vote", "votes", "choix", "sens du vote", "choice", "position", "suffrage", "expression", "ballot", "stimme",
        "votum", "abstimmung", "stimmabgabe", "abstimmungsverhalten",
    ),
}  # fmt: skip
"""The columns of a device's table."""

_WORDS: Mapping[Choice, tuple[str, ...]] = {
    "for": ("pour", "oui", "favorable", "for", "yes", "yea", "aye", "in favour", "in favor", "ja", "dafur", "dafuer"),
    "against": ("contre", "non", "defavorable", "against", "no", "nay", "nein", "dagegen"),
    "abstention": (
        "abstention", "abstenu", "abstenue", "s abstient", "abs", "abstain", "abstained", "abstaining", "enthaltung",
        "enthalten",
    ),
    "not_voting": (
        "ne prend pas part", "ne prend pas part au vote", "ne participe pas", "ne participe pas au vote", "nppv",
        "n a pas vote", "non votant", "not voting", "did not vote", "no vote", "not taking part", "nicht abgestimmt",
        "nicht teilgenommen", "ohne stimmabgabe",
    ),
    "blank": ("blanc", "vote blanc", "blank", "leer", "leere stimme"),
}  # fmt: skip

_ABSENT = frozenset(
    {"absent", "absente", "excuse", "excusee", "not present", "apologies", "abwesend", "nicht anwesend", "entschuldigt"}
)

_ALPHABETS: tuple[Mapping[str, Choice], ...] = (
    {"j": "for", "n": "against", "e": "abstention", "o": "not_voting"},  # Ja, Nein, Enthaltung, Ohne
    {"p": "for", "c": "against", "a": "abstention", "b": "blank"},  # pour, contre
    {"o": "for", "n": "against", "a": "abstention", "b": "blank"},  # oui, non
    {"y": "for", "n": "against", "a": "abstention"},  # yes, no
    {"f": "for", "a": "against"},  # for, against
    {"+": "for", "-": "against", "0": "abstention"},
    {"0": "against"},  # beside 1: by itself it could be either
)
"""What single signs mean, by who writes them: the same letter is « oui » here and no vote there."""

SUGGESTED = 20
"""Unknown names for which a like one is looked for: beyond it the file is another body's, and each costs time."""

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


@dataclass(frozen=True, slots=True)
class BallotsReading:
    """What each member named in the file did, by id, in the file's order; and what was odd about it."""

    votes: Mapping[MemberId, Choice]
    problems: tuple[Problem, ...]


def read_ballots(
    content: bytes,
    assembly: Assembly,
    *,
    options: CsvOptions | None = None,
    choices: Mapping[str, str] | None = None,
) -> BallotsReading:
    """The votes of a device's table.

    ``choices`` maps what the device writes to what it means, one of :data:`CHOICES`, before anything
    else. Raises InputError ``ballots_unreadable`` with every line that is unknown, ambiguous or
    given twice, RefusedError ``assembly_without_members`` where there is nobody to match.
    """
    if not assembly.members:
        raise RefusedError("assembly_without_members")
    options = options or CsvOptions()
    findings = Findings()
    try:
        text = decode(content, findings, encoding=options.encoding)
        table = read_people(text, NAMES, options, findings)
        if "choice" not in table.fields:
            raise findings.stop("ballots-no-choice-column")
        if len(table.lines) > MAX_MEMBERS:
            raise findings.stop("members-many", table.lines[MAX_MEMBERS].place, limit=MAX_MEMBERS)
        known = _configured(choices or {}, findings)
        said = _choices(table.lines, known, findings)
        votes = _votes(table.lines, said, _Roll(assembly), findings)
        findings.stop_if_refused()
        if not votes:
            raise findings.stop("ballots-none")
    except InputError as error:
        raise InputError("ballots_unreadable", reworded(error.problems)) from None
    return BallotsReading(votes, tuple(reworded(findings.listed())))


class _Roll:
    """The members by their ids and by the words of their names."""

    def __init__(self, assembly: Assembly) -> None:
        self.by_id = assembly.by_id
        self.unknown = 0
        self.by_words: dict[tuple[str, ...], list[Member]] = {}
        for member in assembly.members:
            for key in _keys(member.name):
                self.by_words.setdefault(key, []).append(member)

    def of(self, line: Line, findings: Findings) -> Member | None:
        """The member of a row; None where it is refused."""
        name = full_name(line)
        by_name = self.named(name) if name else []
        by_id = self.by_id.get(MemberId(line["id"]))
        if by_id is not None and name and by_id not in by_name:
            findings.refuse("ballots-member-differs", line.place, id=line["id"][:64], name=name[:80])
            return None
        if by_id is not None:
            return by_id
        if len(by_name) > 1:
            shown = ", ".join(f"{member.name} ({member.id})" for member in by_name)
            findings.refuse("ballots-member-ambiguous", line.place, name=name[:80], found=shown)
            return None
        if not by_name:
            findings.refuse(
                "ballots-member-unknown", line.place, name=(name or line["id"] or "?")[:80], near=self._near(name)
            )
            return None
        return by_name[0]

    def named(self, name: str) -> list[Member]:
        """Everybody whom a name may mean: whatever its accents, case, titles and order of words."""
        found = {member.id: member for key in _keys(name) for member in self.by_words.get(key, ())}
        if (by_id := self.by_id.get(MemberId(name))) is not None:
            found[by_id.id] = by_id
        said = civility(words_of(name))
        if not said:
            return list(found.values())
        fitting = [member for member in found.values() if civility(words_of(member.name)) in ("", said)]
        same = [member for member in fitting if civility(words_of(member.name)) == said]
        return same or fitting

    def _near(self, name: str) -> str:
        self.unknown += 1
        if self.unknown > SUGGESTED:
            return "none"
        names = {" ".join(untitled(words_of(member.name))): member.name for member in self.by_id.values()}
        near = difflib.get_close_matches(" ".join(untitled(words_of(name)))[:80], names, 1)
        return names[near[0]] if near else "none"


def _keys(name: str) -> set[tuple[str, ...]]:
    # « DURAND Camille » and « Camille Durand »; « Bühler » and « Buehler ».
    return {tuple(sorted(untitled(words_of(name, umlauts=umlauts)))) for umlauts in (False, True)} - {()}


def _votes(
    lines: Iterable[Line], said: Mapping[int, Choice | None], roll: _Roll, findings: Findings
) -> dict[MemberId, Choice]:
    votes: dict[MemberId, Choice] = {}
    where: dict[MemberId, list[Line]] = {}
    absent = []
    for line in lines:
        member = roll.of(line, findings)
        if member is None:
            continue
        where.setdefault(member.id, []).append(line)
        if line.number not in said:
            continue
        choice = said[line.number]
        if choice is None:
            absent.append(line)
        else:
            votes[member.id] = choice
    for id_, same in where.items():
        if len(same) > 1:
            findings.refuse("ballots-member-twice", lines_of(same), name=roll.by_id[id_].name)
    if absent:
        findings.note("ballots-absent", lines_of(absent), count=len(absent))
    return votes


def _choices(lines: Iterable[Line], known: Mapping[str, Choice], findings: Findings) -> dict[int, Choice | None]:
    """What each row says, by its line; None for who was not there. What cannot be told is refused and left out."""
    rows = [(line, _word(line["choice"])) for line in lines]
    signs = {word for _, word in rows if len(word) == 1 and word not in known}
    fitting = [alphabet for alphabet in _ALPHABETS if signs <= alphabet.keys()]
    said: dict[int, Choice | None] = {}
    doubtful: dict[str, list[int]] = {}
    for line, word in rows:
        meant = {known[word]} if word in known else {alphabet[word] for alphabet in fitting if word in alphabet}
        if word in _ABSENT and word not in known:
            said[line.number] = None
        elif len(meant) == 1:
            (said[line.number],) = meant
        elif meant:
            doubtful.setdefault(line["choice"], []).append(line.number)
        elif not word:
            findings.refuse("ballots-choice-blank", line.place)
        else:
            findings.refuse("ballots-choice-unknown", line.place, text=line["choice"][:60])
    for text, numbers in doubtful.items():
        findings.refuse("ballots-choice-ambiguous", lines_place(numbers), text=text)
    return said


def _configured(choices: Mapping[str, str], findings: Findings) -> dict[str, Choice]:
    """What each word means: ours, then what was given, which goes before."""
    known: dict[str, Choice] = {word: choice for choice, words in _WORDS.items() for word in words}
    known |= {choice.replace("_", " "): choice for choice in CHOICES}
    for text, meant in choices.items():
        chosen = next((choice for choice in CHOICES if choice == meant), None)
        if chosen is None or not _word(text):
            findings.refuse(
                "ballots-choice-setting", "choices", text=text[:40], meant=meant[:40], known=", ".join(CHOICES)
            )
        else:
            known[_word(text)] = chosen
    findings.stop_if_refused()
    return known


def _word(cell: str) -> str:
    raw = cell.strip().casefold().translate(_DASHES)
    # A sign before a number is all that tells it from its opposite.
    return raw if raw[:1] in ("+", "-") else plain(raw) or raw
