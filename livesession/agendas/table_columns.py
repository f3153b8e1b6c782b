"""Which column of a table is what: names in French, English and German, or those given."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from livesession.agendas.findings import Findings

SEPARATORS = (";", ",", "\t", "|")

# Within a field the better name comes first: a file that has both a draft's and a decision's
# number is an agenda by the first. Written as `plain` leaves them.
NAMES: Mapping[str, Sequence[str]] = {
    "number": (
        "number", "numero", "n", "no", "num", "nr", "item number", "agenda number", "numero du point",
        "numero de point", "n du point", "n point", "point", "numero d ordre", "n d ordre", "ordre",
        "numero de projet de deliberation", "numero de projet", "n de projet", "numero de rapport", "n rapport",
        "item", "item no", "nummer", "top", "top nr", "top nummer", "tagesordnungspunkt", "lfd nr",
        "numero de deliberation", "n de deliberation", "numero deliberation", "delib id",
    ),
    "title": (
        "title", "titre", "intitule", "objet", "libelle", "sujet", "delib objet", "titre du point", "objet du point",
        "intitule du point", "titre de la deliberation", "objet de la deliberation", "ordre du jour", "item title",
        "agenda item", "subject", "description", "titel", "betreff", "bezeichnung", "gegenstand", "thema",
    ),
    "rapporteur": (
        "rapporteur", "rapporteure", "rapporteur e", "rapporteurs", "rapporteur trice", "elu", "elu s", "elus",
        "elue", "presente par", "reporter", "presenter", "presented by", "speaker", "sponsor", "member",
        "berichterstatter", "berichterstatterin", "berichterstattung", "referent", "vortragende r",
    ),
    "date": (
        "starts", "date", "date cm", "date de seance", "date seance", "date de la seance", "date du conseil",
        "date conseil", "delib date", "seance du", "sitting date", "meeting date", "date of meeting", "datum",
        "sitzungsdatum", "sitzungstag", "sitzung am",
    ),
    "time": ("time", "heure", "heure de debut", "heure de seance", "start time", "uhrzeit", "beginn"),
    "public": ("public", "publique", "seance publique", "point public", "offentlich", "oeffentlich"),
    "closed": (
        "closed", "huis clos", "non public", "a huis clos", "confidentiel", "closed part", "in private", "private",
        "confidential", "nicht offentlich", "nichtoffentlich", "nicht oeffentlich", "nichtoeffentlich",
    ),
    "kind": ("kind", "genre", "type", "nature", "type de point", "item type", "art", "typ"),
    "documents": (
        "documents", "document", "url", "lien", "delib url", "url du document", "lien du document", "document url",
        "piece jointe", "pieces jointes", "annexe", "annexes", "link", "attachment", "attachments", "dokument",
        "dokumente", "anlage", "anlagen",
    ),
    "public_title": ("public title", "titre public", "objet public", "offentlicher titel", "oeffentlicher titel"),
    "level": ("level", "niveau", "ebene"),
    "item_id": ("item id", "identifiant du point"),
    "sitting": ("sitting", "seance", "titre de la seance", "meeting", "meeting title", "sitzung"),
    "assembly": ("assembly", "assemblee", "coll nom", "collectivite", "instance", "body", "gremium"),
    "timezone": ("timezone", "fuseau horaire", "zeitzone"),
    "language": ("language", "langue", "sprache"),
    "location": ("location", "lieu", "salle", "ort"),
    "hashtag": ("hashtag", "mot diese"),
    "video": ("video",),
    "sitting_public": ("sitting public",),
}  # fmt: skip

_BY_NAME = {name: (field_, rank) for field_, names in NAMES.items() for rank, name in enumerate(names)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvOptions:
    """What a person says about a table where recognising it would go wrong. None: recognise it.

    ``columns`` says for our fields (the keys of :data:`NAMES`) which column holds them: by its
    name in the header, or by its position from 1 where digits alone are given. ``header`` says
    whether the first line holds names. ``title``, ``assembly`` and ``language`` are for
    sittings whose rows do not tell them.
    """

    encoding: str | None = None
    separator: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    header: bool | None = None
    title: str | None = None
    assembly: str = ""
    language: str = "fr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where each field stands, as positions from 0, and how wide the table is."""

    at: Mapping[str, int]
    width: int
    has_header: bool

    def cell(self, cells: Sequence[str], field_: str) -> str:
        """The cell of a field; empty where the row or the table has none."""
        position = self.at.get(field_, -1)
        return cells[position] if 0 <= position < len(cells) else ""


def plain(name: str) -> str:
    """A column's name without accents, case, signs and doubled spaces."""
    letters = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", " ", letters.casefold()).strip()


def recognised(names: Sequence[str]) -> dict[str, int]:
    """The fields that names tell: for each the position of its best name, the leftmost of equals."""
    best: dict[str, tuple[int, int]] = {}
    for position, name in enumerate(names):
        if (found := _BY_NAME.get(plain(name))) is not None:
            field_, rank = found
            best[field_] = min(best.get(field_, (rank, position)), (rank, position))
    return {field_: position for field_, (_, position) in best.items()}


def read_header(names: Sequence[str], line: int, options: CsvOptions, findings: Findings) -> Columns:
    """The columns by the first row. Refuses a table whose titles cannot be told."""
    place = f"line {line}"
    by_name = recognised(names)
    has_header = options.header if options.header is not None else bool(by_name) or not _positions_only(options)
    at = by_name if has_header else {}
    at.update(_given(names if has_header else (), place, options, findings))
    if "title" not in at:
        raise findings.stop(
            "table-no-title-column" if by_name else "table-no-header",
            place,
            found=_shown(names),
            expected="titre, intitulé, objet, title, Titel",
        )
    if has_header:
        left = [name.strip() or f"({index})" for index, name in enumerate(names, 1) if index - 1 not in at.values()]
        if left:
            findings.note("table-columns-not-taken", place, count=len(left), columns=_shown(left))
    return Columns(at=at, width=len(names), has_header=has_header)


def _positions_only(options: CsvOptions) -> bool:
    return bool(options.columns) and all(column.isdecimal() for column in options.columns.values())


def _given(names: Sequence[str], place: str, options: CsvOptions, findings: Findings) -> dict[str, int]:
    at = {}
    for field_, column in options.columns.items():
        wanted = [position for position, name in enumerate(names) if plain(name) == plain(column) or name == column]
        if field_ not in NAMES:
            findings.refuse("table-field-unknown", place, field=field_[:60], known=", ".join(NAMES))
        elif wanted:
            at[field_] = wanted[0]
        elif column.isdecimal() and 0 < int(column) <= 1000:
            at[field_] = int(column) - 1
        else:
            findings.refuse("table-column-missing", place, field=field_, column=column[:60], found=_shown(names))
    findings.stop_if_refused()
    return at


def _shown(names: Sequence[str]) -> str:
    return ", ".join(" ".join(name.split())[:60] for name in names[:20] if name.strip()) or "-"
