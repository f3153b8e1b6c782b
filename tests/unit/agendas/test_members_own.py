"""An assembly in our own form, and its JSON Schema."""

import json
from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from livesession.agendas.members import AssemblyReading, read_assembly
from livesession.agendas.members_own import (
    ADJUST_KEYS,
    ASSEMBLY_KEYS,
    GROUP_KEYS,
    MEMBER_KEYS,
    RULES_KEYS,
    SCHEMA_KEY,
)
from livesession.domain.assembly import Assembly
from livesession.domain.rules import PROFILES, SORTS
from livesession.errors import InputError
from livesession.resources import folder
from tests.unit.agendas.reading_it import told

SCHEMA = json.loads((folder("agenda_templates") / "assembly.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)

FORM: dict[str, Any] = {
    "name": "Conseil départemental",
    "rules": {"profile": "departement", "adjust": {"closed_part_members": {"value": 4, "source": "Art. 9"}}},
    "groups": [{"id": "soc", "name": "Socialistes", "short": "SOC"}, {"id": "ni", "name": "Non inscrits"}],
    "members": [
        {"id": "durand", "name": "Mme Durand", "group": "soc", "office": "Présidente", "constituency": "Val",
         "handles": {"mastodon": "@d@social.fr"}},
        {"id": "morel", "name": "M. Morel"},
    ],
}  # fmt: skip


def read(form: Any) -> AssemblyReading:
    return read_assembly(json.dumps(form).encode())


def refused(form: Any) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        read(form)
    assert caught.value.code == "assembly_unreadable"
    return told(caught.value.problems)


def test_the_form_comes_back_as_it_was() -> None:
    found = read(FORM)
    assert found.assembly.as_json() == FORM
    assert (found.problems, found.form, found.says_rules) == ((), "json", True)


def test_yaml_and_json_are_read_alike() -> None:
    as_yaml = yaml.safe_dump(FORM, allow_unicode=True, sort_keys=False).encode()
    expected = AssemblyReading(assembly=Assembly.from_json(FORM), problems=(), form="yaml", says_rules=True)
    assert read_assembly(as_yaml) == expected
    assert read_assembly(json.dumps(FORM).encode()).assembly == expected.assembly


def test_ids_may_be_left_out() -> None:
    content = b"members:\n  - name: Mme Camille Durand\n  - {id: durand, name: M. Durand}\n  - name: M. Durand\n"
    found = read_assembly(content, name="Conseil")
    assert [each.id for each in found.assembly.members] == ["camille-durand", "durand", "durand-2"]
    assert (found.assembly.name, found.says_rules) == ("Conseil", False)


@pytest.mark.parametrize(
    ("form", "problems"),
    [
        ({"members": [{}]}, [("agenda-missing", "members[0].name")]),
        ({"members": [{"name": ""}]}, [("text-blank", "members[0].name")]),
        ({"members": [{"name": 3, "id": 4}]}, [("agenda-type", "members[0].id"), ("agenda-type", "members[0].name")]),
        ({"members": [{"name": "A", "grup": "x"}]}, [("agenda-key-unknown", "members[0].grup")]),
        ({"members": [{"name": "A", "group": "x"}]}, [("member-group-unknown", "members[0].group")]),
        ({"members": [{"name": "A", "handles": {"X": "@a"}}]}, [("member-network", "members[0].handles")]),
        ({"members": {}}, [("agenda-type", "members")]),
        ({"members": [3]}, [("agenda-type", "members[0]")]),
        ({"rules": {"profile": "village"}}, [("profile-unknown", "rules.profile")]),
        ({"rules": {"adjust": {"quorum": {"value": "2"}}}}, [("rule-value", "rules.adjust.quorum.value")]),
        ({"rules": {"adjust": {"quorum": {}}}}, [("agenda-missing", "rules.adjust.quorum.value")]),
        ({"rules": {"adjust": {"tea": {"value": 1}}}}, [("rule-unknown", "rules.adjust.tea")]),
        ({"name": "A"}, [("people-format-unknown", "")]),
        ([], [("people-format-unknown", "")]),
    ],
)
def test_what_is_wrong_is_named_with_its_place(form: Any, problems: list[tuple[str, str]]) -> None:
    assert refused(form) == problems


def test_a_key_given_twice_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        read_assembly(b'{"members": [], "members": [{"name": "A"}]}')
    assert told(caught.value.problems) == [("agenda-key-twice", "members")]


# The schema


def test_schema_has_the_reader_s_keys() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    definitions = SCHEMA["$defs"]
    assert set(SCHEMA["properties"]) == {*ASSEMBLY_KEYS, SCHEMA_KEY}
    assert set(definitions["rules"]["properties"]) == set(RULES_KEYS)
    assert set(definitions["adjustment"]["properties"]) == set(ADJUST_KEYS)
    assert set(definitions["group"]["properties"]) == set(GROUP_KEYS)
    assert set(definitions["member"]["properties"]) == set(MEMBER_KEYS)
    assert set(definitions["rules"]["properties"]["profile"]["enum"]) == {*PROFILES, None}
    assert set(definitions["rules"]["properties"]["adjust"]["properties"]) == set(SORTS)


@pytest.mark.parametrize("name", ["assembly.json", "assembly.csv"])
def test_example_is_read_without_a_remark(name: str) -> None:
    content = (folder("agenda_templates") / name).read_bytes()
    found = read_assembly(content)
    assert found.problems == ()
    assert len(found.assembly.members) > 5
    VALIDATOR.validate(found.assembly.as_json())
    if name.endswith(".json"):
        VALIDATOR.validate(json.loads(content))


def test_examples_say_the_same() -> None:
    by_name = {
        name: read_assembly((folder("agenda_templates") / name).read_bytes())
        for name in ("assembly.json", "assembly.csv")
    }
    as_json, as_csv = by_name["assembly.json"].assembly, by_name["assembly.csv"].assembly
    assert (as_json.name, as_json.groups, as_json.members) == (as_csv.name, as_csv.groups, as_csv.members)


_ODD = st.sampled_from(
    [None, True, 0, 1.5, "", " ", "x", "soc", "departement", "\x00", "\ud800", "é", "-a", "x" * 65, "x" * 2001, [], {},
     [3], {"x": "@a"}, {"X": "@a"}, {"mastodon": ""}, [{"name": "A"}], [{"name": ""}]]
)  # fmt: skip


@given(st.data())
def test_reader_and_schema_agree_on_what_is_wrong(data: st.DataObject) -> None:
    form = deepcopy(FORM)
    targets = [form, form["rules"], *form["groups"], *form["members"]]
    target = data.draw(st.sampled_from(targets))
    key = data.draw(st.sampled_from([*ASSEMBLY_KEYS, *GROUP_KEYS, *MEMBER_KEYS, "profile", "unknown"]))
    if data.draw(st.booleans()):
        target.pop(key, None)
    else:
        target[key] = data.draw(_ODD)
    try:
        read(form)
    except InputError as error:
        # What a schema cannot say: ids are given once, and groups are those of the list.
        found = {problem.code for problem in error.problems}
        unsaid = {"member-group-unknown", "member-id-twice"}
        if found <= unsaid:
            return
        assert not VALIDATOR.is_valid(form), (form, found)
    else:
        assert VALIDATOR.is_valid(form), form
