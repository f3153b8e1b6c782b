"""Several clerks on the running server: who writes on what, the counts per group, the president's desk, the sheet."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.integration.running import Client, client_of, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

AGENDA: dict[str, Any] = {
    "title": "Conseil",
    "starts": "2026-11-20T18:30:00+01:00",
    "items": [
        {"id": "un", "number": "1", "title": "Budget", "rapporteur": "Mme Diallo"},
        {"id": "clos", "number": "2", "title": "TITRE-CLOS", "public": False},
        {"id": "trois", "number": "3", "title": "Voirie"},
    ],
}
ASSEMBLY = {
    "name": "Conseil",
    "rules": {"profile": "neutral"},
    "groups": [{"id": "a", "name": "Groupe A", "short": "GA"}, {"id": "b", "name": "Groupe B"}],
    "members": [
        {"id": "m1", "name": "Mme Un", "group": "a"},
        {"id": "m2", "name": "M. Deux", "group": "a"},
        {"id": "m3", "name": "Mme Trois", "group": "b"},
    ],
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Client]:
    """One server for all."""
    async with serving(tmp_path_factory.mktemp("clerks")) as server, client_of(server) as made:
        yield made


async def opened(client: Client) -> str:
    slug = await client.create(AGENDA)
    assert (await client.post(slug, "assembly.set", **ASSEMBLY))[0] == 201
    assert (await client.post(slug, "sitting.opened"))[0] == 201
    assert (await client.post(slug, "member.arrived", members=["m1", "m2"]))[0] == 201
    return slug


async def write(client: Client, slug: str, **form: Any) -> int:
    address = f"{client.server.url}/console/s/{slug}/writing"
    async with client.session.post(address, json=form, headers=client.headers) as answer:
        return answer.status


async def messages(client: Client, slug: str, kind: str) -> AsyncIterator[dict[str, Any]]:
    """What a console hears, of one kind."""
    address = f"{client.server.url}/console/s/{slug}/events"
    async with client.session.get(address, headers=client.headers) as answer:
        async for line in answer.content:
            if line.startswith(b"data: "):
                message = json.loads(line[6:])
                if message["type"] == kind:
                    yield message


async def test_each_clerk_hears_who_writes_on_what_until_it_ends(client: Client) -> None:
    slug = await opened(client)
    async with asyncio.timeout(30):
        heard = messages(client, slug, "presence")
        first = await anext(heard)
        while not first["here"]:
            first = await anext(heard)
        assert first["writing"] == []
        assert await write(client, slug, tab="t1", doing="vote", item="un") == 204
        second = await anext(heard)
        assert [{**mark, "name": ""} for mark in second["writing"]] == [
            {"tab": "t1", "name": "", "doing": "vote", "item": "un"}
        ]
        assert await write(client, slug, tab="t1", doing="gone") == 204
        assert (await anext(heard))["writing"] == []
        await heard.aclose()


async def test_a_ping_at_fault_is_refused_and_nothing_of_it_is_recorded(client: Client) -> None:
    slug = await opened(client)
    _, before = await client.get(f"/api/v1/sittings/{slug}")
    for form in ({}, {"tab": "", "doing": "text"}, {"tab": "t", "doing": "x"}, {"tab": "t" * 41, "doing": "text"}):
        assert await write(client, slug, **form) == 422
    assert await write(client, slug, tab="t", doing="text", item="nowhere") == 204
    _, after = await client.get(f"/api/v1/sittings/{slug}")
    assert after["seq"] == before["seq"]


async def test_counts_are_per_group_and_forget_what_was_taken_back(client: Client) -> None:
    slug = await opened(client)
    assert (await client.post(slug, "update.posted", text="Un mot", quote="m1"))[0] == 201
    assert (await client.post(slug, "update.posted", text="Mmes Un et Trois", mentions=["m1", "m3"]))[0] == 201
    _, gone = await client.post(slug, "update.posted", text="Erreur", quote="m3")
    assert (await client.post(slug, "update.retracted", entry=gone["id"]))[0] == 201
    assert (await client.post(slug, "item.opened", "un"))[0] == 201
    assert (await client.post(slug, "speech.begun", "un", member="m2"))[0] == 201
    _, counts = await client.get(f"/api/v1/sittings/{slug}/counts")
    assert counts["groups"] == [
        {"id": "a", "name": "Groupe A", "short": "GA", "members": 2, "posts": 2, "quotes": 1, "speeches": 1},
        {"id": "b", "name": "Groupe B", "short": "Groupe B", "members": 1, "posts": 1, "quotes": 0, "speeches": 0},
    ]
    async with client.session.get(f"{client.server.url}/api/v1/sittings/{slug}/counts") as answer:
        assert answer.status == 401


async def test_the_presidents_desk_says_where_the_sitting_is(client: Client) -> None:
    slug = await opened(client)
    assert (await client.post(slug, "item.opened", "un"))[0] == 201
    assert (await client.post(slug, "speech.begun", "un", member="m2", allotted=180))[0] == 201
    status, entry = await client.post(slug, "vote.recorded", "un", **{"for": 2, "against": 0, "abstention": 0})
    assert status == 201, entry
    _, shown = await client.get(f"/console/s/{slug}/president.json")
    assert {name: shown[name] for name in ("status", "number", "title", "rapporteur", "next", "allotted")} == {
        "status": "open", "number": "1", "title": "Budget", "rapporteur": "Mme Diallo",
        "next": ["2 TITRE-CLOS", "3 Voirie"], "allotted": 180,
    }  # fmt: skip
    assert shown["speaker"] == "M. Deux (GA)"
    assert shown["vote_on"] == "1 Budget"
    assert shown["quorum_met"] is True
    for page in ("president", "sheet", "president.json"):
        async with client.session.get(f"{client.server.url}/console/s/{slug}/{page}", allow_redirects=False) as answer:
            assert answer.status in (303, 401)
            assert "TITRE-CLOS" not in await answer.text()


async def test_what_a_channel_carries_is_the_councils_setting(client: Client) -> None:
    settings = "base_url=http://127.0.0.1:9\naccess_token=token\n"
    client.server.command("channel", "connect", "mastodon", "--name", "toots", stdin=settings)
    command = client.server.command
    assert len(command("channel", "carry", "toots").stdout.splitlines()) == 9
    assert command("channel", "carry", "toots", "vote.recorded").stdout == "vote.recorded\tVotes\n"
    refused = command("channel", "carry", "toots", "member.arrived", check=False)
    assert refused.returncode == 2
    _, listed = await client.get("/api/v1/channels")
    assert [each["carries"] for each in listed["channels"]] == [["vote.recorded"]]
    slug = await opened(client)
    assert (await client.post(slug, "item.opened", "un"))[0] == 201
    assert (await client.post(slug, "update.posted", "un", text="Un mot"))[0] == 201
    assert (await client.post(slug, "vote.recorded", "un", **{"for": 2, "against": 0, "abstention": 0}))[0] == 201
    planned: list[Any] = []
    async with asyncio.timeout(30):
        while not planned:
            planned = (await client.get(f"/api/v1/sittings/{slug}/deliveries"))[1]["deliveries"]
            await asyncio.sleep(0.1)
    _, record = await client.get(f"/api/v1/sittings/{slug}/record")
    kinds = {entry["seq"]: entry["kind"] for entry in record["entries"]}
    assert {kinds[delivery["seq"]] for delivery in planned} == {"vote.recorded"}


async def test_the_page_of_channels_keeps_what_is_ticked(client: Client) -> None:
    settings = "base_url=http://127.0.0.1:9\naccess_token=token\n"
    client.server.command("channel", "connect", "mastodon", "--name", "Mairie & co", stdin=settings)
    address = f"{client.server.url}/console/channels"
    async with client.session.get(address, headers=client.headers) as answer:
        assert answer.status == 403
    async with client_of(client.server, "admin") as admin:
        async with admin.session.get(address, headers=admin.headers) as answer:
            page = await answer.text()
            assert (answer.status, "Mairie &amp; co" in page, page.count("checkbox")) == (
                200,
                True,
                9 * page.count("<form"),
            )
        form = [("name", "Mairie & co"), ("kind", "vote.recorded"), ("kind", "update.posted")]
        async with admin.session.post(address, data=form, headers=admin.headers) as answer:
            assert answer.status == 200
        _, listed = await admin.get("/api/v1/channels")
        kept = {each["name"]: each["carries"] for each in listed["channels"]}
        assert kept["Mairie & co"] == ["update.posted", "vote.recorded"]
        async with admin.session.put(
            f"{client.server.url}/api/v1/channels/Mairie%20%26%20co", json={"carries": None}, headers=admin.headers
        ) as answer:
            assert (answer.status, (await answer.json())["carries"]) == (200, None)
