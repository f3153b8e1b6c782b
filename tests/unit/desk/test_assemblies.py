"""Kept assemblies: one by name, rules that stay, and what a change was."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import insert

from livesession.desk.assemblies import MAX_NAME, Assemblies
from livesession.domain.assembly import Assembly, Group, GroupId, Member, MemberId
from livesession.domain.rules import Rules
from livesession.errors import InputError, NotFoundError, Problem
from livesession.store import engine
from livesession.store.engine import Store
from livesession.store.tables import assemblies as table
from tests.clock import Clock
from tests.conftest import sqlite_url


def member(id_: str, **fields: object) -> Member:
    return Member(id=MemberId(id_), name=f"Mme {id_}", **fields)  # type: ignore[arg-type]  # the caller knows the fields


COUNCIL = Assembly(
    name="Conseil",
    rules=Rules(profile="commune", adjust={"secret_ballot": {"value": "1/4", "source": "Art. 3"}}),
    groups=(Group(id=GroupId("a"), name="Groupe A", short="A"),),
    members=(member("un", group="a", handles={"mastodon": "@un@social.fr"}), member("deux")),
)


@pytest.fixture
def kept(store: Store, clock: Clock) -> Assemblies:
    return Assemblies(store, clock)


async def test_what_was_kept_comes_back(kept: Assemblies) -> None:
    change = await kept.keep(COUNCIL)
    assert (change.assembly, change.created, change.new, change.gone) == (COUNCIL, True, COUNCIL.members, ())
    found = await kept.get("  Conseil ")
    assert (found.assembly, found.updated_at) == (COUNCIL, "2026-11-20T09:00:00.000Z")
    assert await kept.all() == [found]
    assert await kept.find("conseil") is None


async def test_a_change_says_who_came_who_went_and_whose_accounts_did(kept: Assemblies) -> None:
    await kept.keep(COUNCIL)
    after = replace(COUNCIL, rules=Rules(), members=(member("un"), member("trois")))
    change = await kept.keep(after, says_rules=False)
    assert (change.created, change.new, change.gone) == (False, (member("trois"),), (member("deux"),))
    assert change.handles_gone == (member("un"),)
    assert (await kept.get("Conseil")).assembly == replace(after, rules=COUNCIL.rules)
    await kept.keep(after)
    assert (await kept.get("Conseil")).assembly == after


@pytest.mark.parametrize("name", ["", " ", "x" * (MAX_NAME + 1), "a\x00b", "a\ud800"])
async def test_a_name_that_cannot_be_kept_is_refused_and_never_found(kept: Assemblies, name: str) -> None:
    with pytest.raises(InputError) as caught:
        await kept.keep(replace(COUNCIL, name=name))
    assert caught.value.problems == (Problem.of("assembly-name", "name", limit=MAX_NAME),)
    with pytest.raises(NotFoundError, match="assembly_unknown"):
        await kept.get(name)


async def test_an_assembly_that_no_entry_could_carry_is_refused(kept: Assemblies) -> None:
    with pytest.raises(InputError) as caught:
        await kept.keep(replace(COUNCIL, members=(member("un"), member("un"))))
    assert [problem.code for problem in caught.value.problems] == ["member-id-twice"]
    assert await kept.all() == []


async def test_kept_at_once_one_of_them_holds(kept: Assemblies) -> None:
    forms = [replace(COUNCIL, members=(member(f"m{number}"),)) for number in range(8)]
    changes = await asyncio.gather(*(kept.keep(form) for form in forms))
    assert sum(change.created for change in changes) == 1
    assert (await kept.get("Conseil")).assembly in forms


async def test_a_database_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    store = Store(sqlite_url(tmp_path / "old.db"))

    def first(connection: object) -> None:
        config = engine._alembic()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")

    async with store.write() as connection:
        await connection.run_sync(first)
    assert (await store.schema_version())[0] == "0001"
    await store.upgrade()
    async with store.write() as connection:
        await connection.execute(insert(table).values(name="a", form="{}", updated_at="2026"))
    await store.close()
