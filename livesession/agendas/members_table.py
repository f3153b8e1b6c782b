"""An assembly from a table with a header (CSV): a row for each member."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from livesession.agendas.findings import Findings, lines_place
from livesession.agendas.members_columns import NAME, Line, Names, full_name, lines_of, read_people, sex_unknown
from livesession.agendas.members_names import made_id, made_ids, words_of
from livesession.agendas.table_columns import CsvOptions, plain
from livesession.domain.assembly import MAX_MEMBERS, Assembly, Group, GroupId, Member, MemberId

NETWORKS = ("mastodon", "x", "bluesky")
"""The networks that a table may have a column of accounts for."""

NAMES: Names = {
    **NAME,
    "group": (
        "groupe", "groupe politique", "groupe d elus", "groupe d appartenance", "nom du groupe", "group",
        "political group", "group name", "faction", "fraktion", "gruppe",
    ),
    "short": (
        "sigle", "sigle du groupe", "groupe sigle", "abreviation", "groupe court", "short", "short name",
        "group short name", "group short", "abbreviation", "kurzel", "kuerzel", "kurzname", "abkurzung", "abkuerzung",
    ),
    "group_id": ("id du groupe", "identifiant du groupe", "group id", "fraktions id"),
    "office": (
        "fonction", "mandat", "libelle de la fonction", "fonctions", "office", "role", "function", "position",
        "funktion", "amt",
    ),
    "constituency": (
        "circonscription", "canton", "libelle du canton", "section", "section departementale", "constituency", "ward",
        "district", "division", "electoral area", "wahlkreis", "wahlbezirk", "commune", "commune representee",
    ),
    "x": ("x", "twitter", "compte x", "compte twitter", "x handle", "twitter handle", "x account"),
    "mastodon": ("mastodon", "compte mastodon", "mastodon handle", "mastodon account"),
    "bluesky": ("bluesky", "compte bluesky", "bluesky handle", "bluesky account"),
    "consent": (
        "accord", "consentement", "accord pour les comptes", "consent", "opt in", "optin", "einwilligung", "zustimmung",
    ),
    "assembly": ("assemblee", "instance", "collectivite", "assembly", "council", "body", "gremium"),
}  # fmt: skip
"""The columns of a list of members."""

_YES = frozenset({"oui", "o", "yes", "y", "ja", "j", "true", "vrai", "wahr", "1", "x"})
_NO = frozenset({"", "non", "n", "no", "nein", "false", "faux", "falsch", "0"})


@dataclass(slots=True)
class _Group:
    """A group as rows have told it so far; empty where none did."""

    id: GroupId
    name: str
    short: str


@dataclass(slots=True)
class _Groups:
    """The groups as they turn up, by what names them: their id, their name or their short name."""

    found: list[_Group] = field(default_factory=list)
    by_key: dict[tuple[str, ...], _Group] = field(default_factory=dict)

    def of(self, line: Line, findings: Findings) -> GroupId | None:
        """The group of a row; None where it has none."""
        id_, name, short = line["group_id"], line["group"], line["short"]
        keys = [(kind, *words_of(text)) for kind, text in (("id", id_), ("said", name), ("said", short)) if text]
        if not keys:
            return None
        group = next((self.by_key[key] for key in keys if key in self.by_key), None)
        if group is None:
            taken = {each.id for each in self.found}
            group = _Group(GroupId(id_ or made_id(short or name, "groupe", taken)), name, short)
            self.found.append(group)
        else:
            self._learn(group, line, findings)
        for key in keys:
            if self.by_key.setdefault(key, group) is not group:
                findings.refuse("people-group-differs", line.place, said=short or name, held=self.by_key[key].name)
        return group.id

    @staticmethod
    def _learn(group: _Group, line: Line, findings: Findings) -> None:
        name, short = line["group"], line["short"]
        if name and short and not group.short and words_of(group.name) == words_of(short):
            # What stood for the name so far was the short one.
            group.name = ""
        for said, held in ((name, group.name), (short, group.short)):
            if said and held and words_of(said) not in (words_of(held), words_of(group.short)):
                findings.refuse("people-group-differs", line.place, said=said[:80], held=held[:80])
        group.name = group.name or name
        group.short = group.short or short

    def made(self) -> tuple[Group, ...]:
        """The groups, in the order in which they turned up."""
        return tuple(
            Group(id=each.id, name=each.name or each.short or each.id, short=each.short if each.name else None)
            if each.short
            else Group(id=each.id, name=each.name or each.id)
            for each in self.found
        )


def read_members_table(text: str, findings: Findings, *, options: CsvOptions) -> tuple[Assembly, dict[str, str]]:
    """The assembly of a table, and where each member stands in it. What is refused is left in ``findings``."""
    table = read_people(text, NAMES, options, findings)
    if len(table.lines) > MAX_MEMBERS:
        raise findings.stop("members-many", table.lines[MAX_MEMBERS].place, limit=MAX_MEMBERS)
    lines = []
    for line in table.lines:
        if full_name(line):
            lines.append(line)
        else:
            findings.refuse("people-name-blank", line.place)
    _note_names(lines, findings)
    groups = _Groups()
    ids = made_ids([(line["id"], _id_name(line)) for line in lines], "membre")
    handles = _handles(lines, table.fields, findings)
    members = tuple(
        Member(
            id=MemberId(id_),
            name=full_name(line),
            group=groups.of(line, findings),
            office=line["office"] or None,
            constituency=line["constituency"] or None,
            handles=handles[line.number],
        )
        for id_, line in zip(ids, lines, strict=True)
    )
    name = options.assembly or _assembly_name(lines, findings)
    assembly = Assembly(name=name, groups=groups.made(), members=members)
    return assembly, {f"members[{index}]": line.place for index, line in enumerate(lines)}


def _id_name(line: Line) -> str:
    # The id does not change where somebody is called by another civility.
    return line["full"] or " ".join(part for part in (line["given"], line["family"] or line["bare"]) if part)


def _note_names(lines: Sequence[Line], findings: Findings) -> None:
    by_name: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        by_name.setdefault(words_of(_id_name(line)), []).append(line)
    for same in by_name.values():
        if len(same) > 1:
            findings.note("people-name-twice", lines_of(same), name=full_name(same[0])[:80], count=len(same))
    if odd := [line for line in lines if sex_unknown(line)]:
        findings.note("people-sex-unknown", lines_of(odd), count=len(odd))


def _handles(lines: Sequence[Line], fields: frozenset[str], findings: Findings) -> Mapping[int, Mapping[str, str]]:
    """The accounts of each row, only where its member agreed to be named by them."""
    given = {line.number: {name: line[name] for name in NETWORKS if line[name]} for line in lines}
    with_accounts = [number for number, accounts in given.items() if accounts]
    if not with_accounts:
        return given
    if "consent" not in fields:
        findings.note("people-handles-taken", lines_place(with_accounts), count=len(with_accounts))
        return given
    without = []
    for line in lines:
        word = plain(line["consent"])
        if word not in _YES | _NO:
            findings.refuse("people-consent-unknown", line.place, text=line["consent"][:60])
        if word not in _YES and given[line.number]:
            given[line.number] = {}
            without.append(line)
    if without:
        findings.note("people-handles-left", lines_of(without), count=len(without))
    return given


def _assembly_name(lines: Sequence[Line], findings: Findings) -> str:
    named = {line["assembly"]: line for line in lines if line["assembly"]}
    if len(named) > 1:
        place = lines_of(sorted(named.values(), key=lambda line: line.number))
        findings.refuse("people-assemblies-several", place, found=", ".join(name[:60] for name in list(named)[:5]))
    return next(iter(named), "")
