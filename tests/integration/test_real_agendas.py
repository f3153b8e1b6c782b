"""The agendas of real councils, which lie beside the project and are never part of it."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from livesession.agendas import CsvOptions, Reading, read_agendas
from livesession.agendas.writing import write_agendas
from livesession.domain.agenda import Agenda
from livesession.errors import InputError

REAL = Path(__file__).resolve().parents[3] / "shared" / "reference" / "agendas"

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the reference agendas are not beside this checkout")


def read(path: str, **options: Any) -> Reading:
    file = REAL / path
    return read_agendas(file.read_bytes(), file.name, options=CsvOptions(**options) if options else None)


def refused(path: str, **options: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        read(path, **options)
    return caught.value


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(problem.code, problem.place) for problem in reading.problems]


def source(path: str) -> list[tuple[str, str]]:
    form = json.loads((REAL / path).read_text("utf-8"))
    return [(each["number"], each["name"]) for each in sorted(form["agendaItem"], key=lambda each: each["order"])]


def shown(agenda: Agenda) -> list[tuple[str, str]]:
    return [(item.number, item.title) for item in agenda.walk()]


def test_394_items_keep_their_order_and_their_headings() -> None:
    path = "karlsruhe-oparl/meeting-10439-394-items.json"
    reading = read(path)
    (agenda,) = reading.agendas
    assert shown(agenda) == source(path)
    assert [item.title for item in agenda.walk() if item.kind == "heading"] == [
        title for number, title in source(path) if not number
    ]
    assert (len(agenda.items), agenda.starts, agenda.public) == (394, "2025-12-16T09:01:00+01:00", True)
    assert told(reading) == [
        ("oparl-field-not-taken", "agendaItem[*].consultation"),
        ("oparl-results", "agendaItem[*].result"),
        ("oparl-organization-address", "organization"),
        ("oparl-field-not-taken", "auxiliaryFile"),
        ("oparl-field-not-taken", "end"),
        ("oparl-field-not-taken", "invitation"),
        ("oparl-housekeeping", ""),
    ]


def test_111_items_keep_their_order_and_lie_below_their_number() -> None:
    path = "karlsruhe-oparl/meeting-9531-111-items.json"
    (agenda,) = read(path).agendas
    assert shown(agenda) == source(path)
    assert [(item.number, len(item.items)) for item in agenda.items if item.items] == [
        ("3", 40),
        ("8", 2),
        ("10", 14),
        ("15", 1),
        ("20", 3),
        ("25", 1),
    ]
    assert sum(len(item.documents) for item in agenda.walk()) == 5


def test_closed_meeting_without_items_is_closed_and_says_why() -> None:
    reading = read("karlsruhe-oparl/meeting-10086-closed-no-items.json")
    (agenda,) = reading.agendas
    assert agenda == Agenda(
        title="Personalausschuss (nicht öffentlich)",
        assembly="",
        starts="2025-02-11T16:30:00+01:00",
        language="de",
        location="Bürgersaal, Rathaus am Marktplatz",
        public=False,
    )
    assert told(reading)[:2] == [("oparl-no-items", "agendaItem"), ("oparl-closed-meeting", "name")]


def test_item_marked_as_not_public_is_closed_from_the_start() -> None:
    # None of the real files has one: one is made of a real meeting.
    form = json.loads((REAL / "karlsruhe-oparl/meeting-9531-111-items.json").read_text("utf-8"))
    form["agendaItem"][5]["public"] = False
    (agenda,) = read_agendas(json.dumps(form).encode()).agendas
    closed = [item for item in agenda.walk() if not item.public]
    assert [item.number for item in closed] == ["3.3"]
    assert closed[0].title not in json.dumps(agenda.as_json(public=True), ensure_ascii=False)


def test_two_sittings_of_one_table_keep_every_title() -> None:
    path = "montpellier/VilleMTP_MTP_Delibs.csv"
    reading = read(path)
    assert [(agenda.title, agenda.starts, len(agenda.items)) for agenda in reading.agendas] == [
        ("Séance du 25 novembre 2013", "2013-11-25T00:00:00+01:00", 102),
        ("Séance du 16 décembre 2013", "2013-12-16T00:00:00+01:00", 58),
    ]
    titles = [item.title for agenda in reading.agendas for item in agenda.walk()]
    text = (REAL / path).read_text("utf-8").replace('""', '"')
    assert not any("_x0001_" in title for title in titles)
    # What the file has between two escapes stands in the title, in order.
    flat = " ".join(text.replace("_x0001_", " ").split())
    assert all(" ".join(title.split()) in flat for title in titles)
    assert reading.agendas[0].items[4].title == (
        "Gestion Multimodale des Déplacements dans l'Agglomération de Montpellier "
        "Participation financière de la Ville de Montpellier"
    )
    assert reading.agendas[0].items[4].rapporteur == "Serge FLEURENCE"
    assert [problem for problem in told(reading) if problem[0] != "table-escapes"] == [
        ("table-columns-not-taken", "line 1"),
        ("agenda-time-missing", "line 2"),
        ("table-title-made", "line 2"),
        ("agenda-number-gap", "line 54"),
        ("agenda-time-missing", "line 104"),
        ("table-title-made", "line 104"),
        ("agenda-number-gap", "line 148"),
    ]
    (escapes,) = [problem for problem in reading.problems if problem.code == "table-escapes"]
    assert dict(escapes.params) == {"count": 125, "what": "_x0001_"}


def test_ragged_table_without_header_is_refused_with_its_line() -> None:
    began = time.monotonic()
    error = refused("montpellier/VilleMTP_MTP_Delibs_Archives.utf16.csv")
    assert time.monotonic() - began < 5
    assert [(problem.code, problem.place) for problem in error.problems if problem.fatal] == [
        ("table-no-header", "line 1")
    ]


def test_ragged_table_with_its_columns_given_is_refused_with_its_lines() -> None:
    began = time.monotonic()
    columns = {"date": "1", "title": "2"}
    error = refused("montpellier/VilleMTP_MTP_Delibs_Archives.utf16.csv", columns=columns)
    assert time.monotonic() - began < 10
    assert ("table-date", "line 2") in [(problem.code, problem.place) for problem in error.problems]
    assert len(error.problems) == 501


@pytest.mark.parametrize("form", ["yaml", "json", "csv"])
@pytest.mark.parametrize(
    "path",
    [
        "karlsruhe-oparl/meeting-10439-394-items.json",
        "karlsruhe-oparl/meeting-9531-111-items.json",
        "karlsruhe-oparl/meeting-10086-closed-no-items.json",
        "montpellier/VilleMTP_MTP_Delibs.csv",
    ],
)
def test_real_agenda_written_in_any_form_is_read_back_the_same(path: str, form: str) -> None:
    agendas = read(path).agendas
    assert read_agendas(write_agendas(agendas, form).encode()).agendas == agendas


@pytest.mark.parametrize(
    "path",
    [
        "openslides/example-data.json",
        "legistar-sanjose/sanjose-event-1080-41-items.json",
        "legistar-philadelphia-seattle/phila_event_6376_items.json",
        "legistar-philadelphia-seattle/phila_events.json",
        "magdeburg-stadtratwatch/registry.json",
        "magdeburg-stadtratwatch/session-scan-2025-11-06.json",
    ],
)
def test_other_formats_are_refused_with_what_was_found(path: str) -> None:
    error = refused(path)
    first = json.loads((REAL / path).read_text("utf-8"))
    key = next(iter(first[0] if isinstance(first, list) else first))
    assert [problem.code for problem in error.problems] == ["agenda-format-unknown"]
    assert str(dict(error.problems[0].params)["found"]).startswith(key)


def test_organizations_are_no_meeting() -> None:
    error = refused("karlsruhe-oparl/organizations.json")
    assert [(problem.code, problem.place) for problem in error.problems] == [("oparl-not-meeting", "[0].type")]
