"""The JSON Schema says what the reader accepts, no more and no less."""

import json
from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from livesession.agendas import read_agenda_form, read_agendas
from livesession.agendas.own import DOCUMENT_KEYS, ITEM_KEYS, SCHEMA_KEY, SITTING_KEYS
from livesession.domain.agenda import Agenda
from livesession.errors import InputError
from livesession.resources import folder
from tests.unit.agendas.generated import agendas

SCHEMA = json.loads((folder("agenda_templates") / "agenda.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
TEMPLATES = sorted(file.name for file in folder("agenda_templates").iterdir() if file.name.endswith(".yaml"))

# A whole number written with a point is an integer for JSON Schema, and not for us: see the
# schema's description, which says what else it cannot say.
_ODD = st.sampled_from(
    [None, True, False, 0, 7, -1, 1.5, 10**12, "", " ", "x", "item", "heading", "\x00", "a\x0bb", "\ud800", "\ufffe",
     "2026-11-20", "2026-11-20T09:00+01:00", "2026-11-20 09:00:00.25", "20261120", "fr", "x" * 41, "x" * 2001,
     "https://a.fr", "javascript:0", "a b", "-a", [], [3], {}, {"title": "A"}, [{"title": "A"}], [{"title": ""}],
     [{"title": "A", "url": "https://a.fr"}]]
)  # fmt: skip


def accepted(form: Any) -> bool:
    try:
        read_agenda_form(form)
    except InputError as error:
        # What a schema cannot say, and the values above never break: ids are all given once.
        return all(problem.code == "agenda-timezone" and form for problem in error.problems)
    return True


def test_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_schema_has_the_reader_s_keys() -> None:
    definitions = SCHEMA["$defs"]
    assert set(definitions["sitting"]["properties"]) == {*SITTING_KEYS, SCHEMA_KEY}
    assert set(definitions["item"]["properties"]) == set(ITEM_KEYS)
    assert set(definitions["document"]["properties"]) == set(DOCUMENT_KEYS)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_is_read_without_a_remark_and_fits_the_schema(name: str) -> None:
    content = (folder("agenda_templates") / name).read_bytes()
    reading = read_agendas(content, name)
    assert reading.problems == ()
    assert len(list(reading.agendas[0].walk())) > 8
    VALIDATOR.validate(yaml.safe_load(content))
    VALIDATOR.validate(reading.agendas[0].as_json())


@given(agendas())
def test_every_agenda_fits_the_schema(agenda: Agenda) -> None:
    VALIDATOR.validate(agenda.as_json())


@given(agendas(), st.data())
def test_reader_and_schema_agree_on_what_is_wrong(agenda: Agenda, data: st.DataObject) -> None:
    form = deepcopy(agenda.as_json())
    target = data.draw(st.sampled_from(_mappings(form)))
    key = data.draw(st.sampled_from([*SITTING_KEYS, *ITEM_KEYS, *DOCUMENT_KEYS, "unknown", SCHEMA_KEY]))
    if data.draw(st.booleans()):
        target.pop(key, None)
    else:
        target[key] = data.draw(_ODD)
    assert VALIDATOR.is_valid(form) == accepted(form), form


def _mappings(form: dict[str, Any]) -> list[dict[str, Any]]:
    found = [form]
    for key in ("items", "documents"):
        for child in form.get(key, ()):
            found += _mappings(child)
    return found
