"""The desk on a real log: creating, posting, drafts, addresses."""

from pathlib import Path
from typing import Any

import pytest

from livesession.accounts.accounts import Account
from livesession.desk.desk import Desk, slug_of
from livesession.desk.drafts import Draft
from livesession.domain.agenda import Agenda, AgendaItem
from livesession.domain.ids import AccountId
from livesession.errors import InputError, NotAllowedError, NotFoundError, Problem, RefusedError
from livesession.store.engine import Store
from livesession.thread.sql import SqlLog
from tests.clock import Clock
from tests.sittings import ADMIN, CLERK, CLOSED_CHILD_TITLE, agenda

ARCHIVIST = Account(AccountId("01900000-0000-7000-8000-00000000000f"), "Archives", "archivist")


@pytest.fixture
def desk(log: SqlLog, store: Store) -> Desk:
    return Desk(log, store, b"a secret for tests, long enough")


async def test_a_sitting_is_created_from_an_agenda(desk: Desk) -> None:
    row = await desk.create(agenda(), CLERK)
    assert (row.slug, row.title, row.status) == ("seance-pleniere-2026-11-20", "Séance plénière", "scheduled")
    first, second = await desk.log.read(row.id)
    assert (first.kind, first.data, first.author) == ("agenda.set", agenda().as_json(), CLERK.id)
    assert (second.kind, second.data) == ("assembly.set", {"name": "Conseil départemental"})


async def test_the_parts_of_a_closed_item_are_closed_when_a_sitting_is_created(desk: Desk) -> None:
    parts = (AgendaItem(title=CLOSED_CHILD_TITLE),)
    bare = Agenda(title="t", assembly="a", items=(AgendaItem(title="Clos", public=False, items=parts),))
    row = await desk.create(bare, CLERK)
    public = (await desk.log.read_public(row.id))[0].as_public_json()
    assert public["data"]["items"] == [
        {
            "id": "i1", "number": "", "kind": "item", "public": False,
            "items": [{"id": "i2", "number": "", "kind": "item", "public": False}],
        }
    ]  # fmt: skip


async def test_an_agenda_that_cannot_be_recorded_names_every_problem(desk: Desk) -> None:
    with pytest.raises(InputError) as caught:
        await desk.create(Agenda(title="", assembly="a", items=(AgendaItem(title="\x00"),)), CLERK)
    assert caught.value.code == "agenda_unreadable"
    assert caught.value.problems == (
        Problem.of("text-blank", "title"),
        Problem.of("text-character", "items[0].title", where=1, character="U+0000"),
    )
    assert await desk.log.sittings() == []


@pytest.mark.parametrize("slug", ["", "-a", "A", "é", "a_b", "a b", "a/b", "a\n", "a" * 101])
async def test_an_address_of_another_form_is_refused(desk: Desk, slug: str) -> None:
    with pytest.raises(InputError) as caught:
        await desk.create(agenda(), CLERK, slug=slug)
    assert (caught.value.code, caught.value.problems) == ("slug_form", (Problem.of("slug-form", "slug"),))


@pytest.mark.parametrize(
    ("title", "starts", "slug"),
    [
        ("Séance plénière", "2026-11-20T09:00:00+01:00", "seance-pleniere-2026-11-20"),
        ("Conseil du 2026-11-20", "2026-11-20T09:00:00+01:00", "conseil-du-2026-11-20"),
        ("Nuit", "2026-11-20T23:30:00Z", "nuit-2026-11-21"),
        ("Œuvres & cœur – l’été", None, "oeuvres-coeur-l-ete"),
        ("会議", None, "seance"),
        ("---", None, "seance"),
        ("x" * 200, None, "x" * 60),
        ("a" * 59 + " b", "2026-11-20T09:00:00Z", "a" * 59 + "-2026-11-20"),
    ],
)
def test_an_address_is_made_of_title_and_day(title: str, starts: str | None, slug: str) -> None:
    assert slug_of(Agenda(title=title, assembly="a", starts=starts)) == slug


async def test_a_role_without_the_right_changes_nothing(desk: Desk) -> None:
    with pytest.raises(NotAllowedError, match="not_allowed"):
        await desk.create(agenda(), ARCHIVIST)
    row = await desk.create(agenda(), ADMIN)
    with pytest.raises(NotAllowedError, match="not_allowed"):
        await desk.post(row.slug, {"kind": "sitting.opened"}, ARCHIVIST)
    assert await desk.log.sitting(row.slug) == row


async def test_posting_to_no_sitting_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFoundError) as caught:
        await desk.post("nowhere", {"kind": "sitting.opened"}, CLERK)
    assert (caught.value.code, caught.value.params) == ("sitting_unknown", {"slug": "nowhere"})


async def test_hard_texts_are_kept_as_typed(desk: Desk) -> None:
    row = await desk.create(agenda(), CLERK)
    await desk.post(row.slug, {"kind": "sitting.opened"}, CLERK)
    texts = [
        "<script>alert(1)</script>",
        "👩‍👩‍👧‍👦 e\u0301",
        "\u200fעברית\u200f",
        "@everyone",
        "_x0001_",
        "a" * 10_000,
        " \t b \r\n",
    ]
    for text in texts:
        answer = await desk.post(row.slug, {"kind": "update.posted", "data": {"text": text}}, CLERK)
        assert answer.entry.data == {"text": text}
    held = await desk.log.read(row.id, 3)
    assert [entry.data for entry in held] == [{"text": text} for text in texts]


async def test_a_text_that_did_not_see_the_closed_part_becomes_one_draft(desk: Desk, clock: Clock) -> None:
    row = await desk.create(agenda(), CLERK)
    for kind in ("sitting.opened", "closed_part.begun", "closed_part.ended"):
        await desk.post(row.slug, {"kind": kind}, CLERK)
    envelope: dict[str, Any] = {"kind": "update.posted", "seen": 3, "data": {"text": "à huis clos"}, "item": "budget"}
    for _ in range(3):
        with pytest.raises(RefusedError, match=r"^closed_part_unseen$"):
            await desk.post(row.slug, envelope, CLERK, key="key")
    with pytest.raises(RefusedError, match=r"^closed_part_unseen$"):
        await desk.post(row.slug, {**envelope, "data": {"text": "autre"}}, CLERK)

    first, second = await desk.drafts.of(row.id, CLERK.id)
    assert first == Draft(first.id, first.written_at, "closed_part_unseen", envelope)
    assert second.command["data"] == {"text": "autre"}
    assert await desk.drafts.of(row.id, ADMIN.id) == []
    assert await desk.log.sitting(row.slug) == (await desk.log.heads([row.id]))[0]
    assert (await desk.log.sitting(row.slug)).seq == 5

    # Nobody drops another's draft.
    await desk.drafts.drop(first.id, ADMIN.id)
    assert len(await desk.drafts.of(row.id, CLERK.id)) == 2
    await desk.drafts.drop(first.id, CLERK.id)
    assert await desk.drafts.of(row.id, CLERK.id) == [second]

    # Having seen the closed part, the clerk sends it again, and the key was not used up.
    answer = await desk.post(row.slug, {**envelope, "seen": 5}, CLERK, key="key")
    assert (answer.entry.pos, answer.repeated) == (6, False)


async def test_other_refusals_leave_no_draft(desk: Desk) -> None:
    row = await desk.create(agenda(), CLERK)
    with pytest.raises(RefusedError, match=r"^sitting_scheduled$"):
        await desk.post(row.slug, {"kind": "update.posted", "data": {"text": "a"}}, CLERK)
    assert await desk.drafts.of(row.id, CLERK.id) == []


async def test_an_error_of_the_database_does_not_repeat_what_was_typed(
    desk: Desk, database_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    import sqlite3

    row = await desk.create(agenda(), CLERK)
    await desk.post(row.slug, {"kind": "sitting.opened"}, CLERK)
    with sqlite3.connect(database_file) as connection:
        connection.execute("ALTER TABLE entries RENAME COLUMN salt TO pepper")
    connection.close()
    with pytest.raises(Exception, match="store_unavailable") as caught:
        await desk.post(row.slug, {"kind": "update.posted", "data": {"text": "NOM-SECRET"}}, CLERK)
    assert "NOM-SECRET" not in caplog.text + repr(caught.value) + repr(caught.value.__cause__)
