"""What helps the clerk while typing: the room as the console counts it, and what each network would get."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.consoles import Installation, installation, refusing_mastodon

MEMBERS = [
    {"id": "m1", "name": "Mme Tréval", "handles": {"mastodon": "treval@social.example"}},
    {"id": "m2", "name": "M. Galbrune"},
]


@pytest.fixture
async def held(tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(tmp_path) as running:
        await running.post("assembly.set", name="Conseil", rules={"profile": "commune"}, members=MEMBERS)
        yield running


async def _preview(held: Installation, **body: Any) -> tuple[int, dict[str, Any]]:
    path = f"{held.server.url}/console/s/{held.slug}/preview"
    async with held.program.session.post(path, json=body, headers=held.program.headers) as response:
        return response.status, await response.json()


async def test_room_tells_who_is_there_and_who_votes_for_whom(held: Installation) -> None:
    await held.post("member.arrived", members=["m2"])
    await held.post("proxy.given", **{"from": "m1", "to": "m2"})
    await held.post("member.recused", "deux", members=["m2"])
    status, room = await held.program.get(f"/console/s/{held.slug}/room")
    assert status == 200
    assert room == {
        "seq": 8,
        "counted": True,
        "groups": [],
        "members": [
            {
                "id": "m1",
                "name": "Mme Tréval",
                "group": None,
                "office": None,
                "presence": None,
                "networks": ["mastodon"],
            },
            {"id": "m2", "name": "M. Galbrune", "group": None, "office": None, "presence": "present", "networks": []},
        ],
        "proxies": {"m1": "m2"},
        "recused": {"deux": ["m2"]},
    }


async def test_preview_is_what_the_network_would_get_and_nothing_is_kept(held: Installation) -> None:
    async with refusing_mastodon(held) as took:
        data = {"text": "Question de Mme Tréval.", "mentions": ["m1", "nobody"]}
        status, body = await _preview(held, kind="update.posted", item="un", data=data)
        (found,) = body["previews"]
        assert (status, found["channel"], found["text"]) == (
            200,
            "Mastodon",
            "Point 1, Ouverture, appel\n\nQuestion de @treval@social.example.",
        )
        assert found["needed"] <= found["limit"]
        _, body = await _preview(held, kind="update.posted", item="un", data={"text": "mot " * 300})
        (found,) = body["previews"]
        assert found["needed"] > found["limit"]
        assert found["text"].startswith("Point 1\n\nmot mot")
        assert took == []
    assert await held.texts() == []


async def test_nothing_is_previewed_that_would_not_leave(held: Installation) -> None:
    async with refusing_mastodon(held):
        data = {"text": "Le prix est de 40 000 €"}
        assert await _preview(held, kind="update.posted", item="quatre", data=data) == (200, {"previews": []})
        await held.post("closed_part.begun")
        assert await _preview(held, kind="update.posted", item="un", data=data) == (200, {"previews": []})


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "sitting.closed", "data": {}},
        {"kind": "vote.recorded", "item": "un", "data": {"for": "3"}},
        {"kind": "update.posted", "item": 3, "data": {"text": "a"}},
        {"kind": "update.posted", "data": None},
    ],
)
async def test_preview_of_something_else_is_refused(held: Installation, body: dict[str, Any]) -> None:
    status, answer = await _preview(held, **body)
    assert (status, answer["code"]) == (422, "preview_form")
