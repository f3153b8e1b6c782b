"""A rehearsal on the running server: played whole, seen by no public reader, carried to no network, wiped at last."""

import sqlite3
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from livesession.app import build
from livesession.settings import load_settings
from tests.integration.running import AGENDA, Client, client_of, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

SAID = "PAROLE-DE-REPETITION"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Client]:
    """One server for all, with a network connected that nobody listens behind."""
    async with serving(tmp_path_factory.mktemp("rehearsal")) as server:
        settings = "base_url=http://127.0.0.1:9\naccess_token=token\n"
        server.command("channel", "connect", "mastodon", "--name", "toots", stdin=settings)
        async with client_of(server) as made:
            yield made


async def rehearsal(client: Client) -> str:
    async with client.session.post(
        client.server.url + "/api/v1/sittings?rehearsal=1", json=AGENDA, headers=client.headers
    ) as answer:
        assert answer.status == 201
        slug = str((await answer.json())["slug"])
    assert (await client.post(slug, "sitting.opened"))[0] == 201
    assert (await client.post(slug, "item.opened", "un"))[0] == 201
    status, entry = await client.post(slug, "update.posted", "un", text=SAID)
    assert (status, entry["pos"]) == (201, 5)
    return slug


def public_paths() -> list[str]:
    """Every address that a citizen may ask, with the sitting's place left open."""
    app = build(load_settings())
    found = {
        resource.canonical
        for resource in app.router.resources()
        if resource.canonical.startswith("/s/{slug}") or "{slug}" in resource.canonical
    }
    return sorted(path for path in found if not path.startswith(("/console", "/api")))


async def test_no_public_path_knows_of_a_rehearsal(client: Client) -> None:
    slug = await rehearsal(client)
    paths = public_paths()
    assert len(paths) > 15
    for path in paths:
        filled = path
        for name in ("item", "entry", "number", "id", "format", "ending", "name", "word", "decision", "media"):
            filled = filled.replace("{" + name + "}", "1")
        for method in ("GET", "POST"):
            answers = []
            for asked in (slug, "never-heard-of"):
                address = client.server.url + filled.replace("{slug}", asked)
                async with client.session.request(method, address) as answer:
                    answers.append((answer.status, (await answer.text()).replace(asked, "…")))
            # Not even that it exists can be told from the answer.
            assert answers[0] == answers[1], (method, path)
            assert answers[0][0] >= 400, (method, path)


async def test_ws_sse_and_oembed_know_of_no_rehearsal(client: Client) -> None:
    slug = await rehearsal(client)
    async with client.session.ws_connect(f"{client.server.url}/s/{slug}/ws") as line:
        message = await line.receive()
        assert (message.type, line.close_code) == (aiohttp.WSMsgType.CLOSE, 4404)
    async with client.session.get(f"{client.server.url}/s/{slug}/sse") as answer:
        assert answer.status == 404
    async with client.session.get(
        f"{client.server.url}/oembed", params={"url": f"{client.server.url}/s/{slug}"}
    ) as answer:
        assert answer.status == 404


async def test_no_list_for_the_public_names_a_rehearsal(client: Client) -> None:
    slug = await rehearsal(client)
    for path in ("/", "/feed.atom", "/feed.json", "/calendar.ics", "/sitemap.xml"):
        async with client.session.get(client.server.url + path) as answer:
            body = await answer.text()
            assert answer.status == 200, path
            assert slug not in body, path
            assert "pétition" not in body, path


async def test_a_rehearsal_is_marked_for_clerks_and_goes_to_no_network(client: Client) -> None:
    slug = await rehearsal(client)
    _, form = await client.get(f"/api/v1/sittings/{slug}")
    assert (form["rehearsal"], form["title"]) == (True, "Répétition\u00a0: Séance plénière")
    assert slug.startswith("seance-pleniere-2026-11-20-repetition")
    real = await client.create(AGENDA)
    assert (await client.post(real, "sitting.opened"))[0] == 201
    for _ in range(100):
        if (await deliveries(client, real)) != []:
            break
        await client.get(f"/api/v1/sittings/{real}/deliveries")
    assert await deliveries(client, slug) == []


async def deliveries(client: Client, slug: str) -> list[Any]:
    return list((await client.get(f"/api/v1/sittings/{slug}/deliveries"))[1]["deliveries"])


async def test_a_rehearsal_is_wiped_with_every_trace_and_nothing_else_can_be(client: Client) -> None:
    slug = await rehearsal(client)
    _, record = await client.get(f"/api/v1/sittings/{slug}/record")
    identity = record["sitting"]["id"] if "sitting" in record and isinstance(record["sitting"], dict) else None
    status, _ = await wiped(client, slug)
    assert status == 204
    assert (await client.get(f"/api/v1/sittings/{slug}"))[0] == 404
    assert (await client.post(slug, "update.posted", "un", text="encore"))[0] == 404
    assert (await wiped(client, slug))[0] == 404
    with sqlite3.connect(client.server.folder / "thread.db") as held:
        tables = [name for (name,) in held.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert "entries" in tables
        for table in tables:
            assert identity is None or identity not in str(held.execute(f"SELECT * FROM {table}").fetchall())
    real = await client.create(AGENDA)
    status, problem = await wiped(client, real)
    assert (status, problem["code"]) == (409, "sitting_no_rehearsal")
    refused = client.server.command("sitting", "wipe", real, check=False)
    assert (refused.returncode, refused.stderr.strip()) == (
        2,
        "Cette séance n’est pas une répétition\u00a0: elle ne s’efface pas.",
    )


async def wiped(client: Client, slug: str) -> tuple[int, Any]:
    async with client.session.delete(f"{client.server.url}/api/v1/sittings/{slug}", headers=client.headers) as answer:
        return answer.status, None if answer.status == 204 else await answer.json(content_type=None)


async def test_nothing_of_a_wiped_rehearsal_lies_in_the_file(client: Client) -> None:
    _, listed = await client.get("/api/v1/sittings")
    for row in listed["sittings"]:
        if row["rehearsal"]:
            client.server.command("sitting", "wipe", row["slug"])
    for name in ("thread.db", "thread.db-wal"):
        file = client.server.folder / name
        assert not file.exists() or SAID.encode() not in file.read_bytes(), name


async def test_a_rehearsal_is_created_by_command(client: Client) -> None:
    file = client.server.folder / "agenda.yaml"
    file.write_text("title: Conseil\nitems: [{title: Budget}]\n", "utf-8")
    slug = client.server.command("sitting", "create", "--rehearsal", str(file)).stdout.split()[-1]
    assert slug == "conseil-repetition"
    assert client.server.command("sitting", "wipe", slug).stdout == "Répétition effacée\u00a0: conseil-repetition.\n"
