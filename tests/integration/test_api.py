"""The API as a program meets it, on the running server."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from tests.integration.running import AGENDA, Client, client_of, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Client]:
    """One server for all: each test makes a sitting of its own."""
    async with serving(tmp_path_factory.mktemp("api")) as server, client_of(server) as made:
        yield made


async def opened(client: Client) -> str:
    slug = await client.create(AGENDA)
    assert (await client.post(slug, "sitting.opened"))[0] == 201
    assert (await client.post(slug, "item.opened", "un"))[0] == 201
    return slug


async def test_posting_through_twenty_connections_keeps_every_entry_once_in_order(client: Client) -> None:
    slug = await opened(client)
    gate = asyncio.Semaphore(20)

    async def one(number: int) -> dict[str, Any]:
        async with gate:
            status, entry = await client.post(slug, "update.posted", "un", f"k{number}", text=f"Texte {number}")
            assert status == 201, entry
            return entry

    posted = await asyncio.gather(*(one(number) for number in range(300)))
    _, record = await client.get(f"/api/v1/sittings/{slug}/record")
    held = record["entries"]
    assert [entry["seq"] for entry in held] == list(range(1, 305))
    assert sorted(posted, key=lambda entry: entry["seq"]) == held[4:]
    assert client.server.command("verify", slug).returncode == 0


async def test_one_key_fifty_times_at_once_makes_one_entry(client: Client) -> None:
    slug = await opened(client)
    answers = await asyncio.gather(
        *(client.post(slug, "update.posted", "un", "same", text="Une fois") for _ in range(50))
    )
    assert sorted(status for status, _ in answers) == [200] * 49 + [201]
    assert len({entry["id"] for _, entry in answers}) == 1
    status, problem = await client.post(slug, "update.posted", "un", "same", text="Autre chose")
    assert (status, problem["code"]) == (409, "idempotency_key_reused")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "json_unreadable"),
        (b"[]", "json_unreadable"),
        (b'{"kind": "update.posted", "data": {"text": "\\u0000"}}', "text_character"),
        (b'{"kind": "update.posted", "data": {"text": "\\ud800"}}', "text_character"),
        (b'{"kind": "update.posted", "data": {"text": "\xff"}}', "json_unreadable"),
        (b'{"kind": "update.posted", "data": {"text": NaN}}', "json_unreadable"),
        (b'{"kind": "update.posted", "data": {"text": 5}}', "entry_ill_formed"),
        (b'{"kind": "update.posted", "data": {}}', "entry_ill_formed"),
        (b'{"kind": "update.posted", "data": {"text": "a", "other": 1}}', "entry_ill_formed"),
        (b'{"kind": "update.posted", "data": {"text": " "}}', "text_blank"),
        (b'{"kind": "nothing.known", "data": {}}', "kind_unknown"),
        (b'{"kind": "update.posted", "at": "yesterday", "data": {"text": "a"}}', "time_unreadable"),
        (b'{"kind": "update.posted", "item": "nowhere", "data": {"text": "a"}}', "item_unknown"),
        (b"[" * 100_000, "json_unreadable"),
    ],
)
async def test_ill_formed_entries_are_refused_with_422_and_a_code(client: Client, body: bytes, code: str) -> None:
    slug = await opened(client)
    async with client.session.post(
        f"{client.server.url}/api/v1/sittings/{slug}/entries", data=body, headers=client.headers
    ) as answer:
        problem = await answer.json(content_type="application/problem+json")
    assert (answer.status, problem["code"], problem["status"]) == (422, code, 422)
    assert problem["detail"]
    _, record = await client.get(f"/api/v1/sittings/{slug}/record")
    assert len(record["entries"]) == 4


HOSTILE = [
    "<script>alert(1)</script>",
    "\"quotes\" & 'apostrophes' </textarea>",
    "a" * 10_000,
    "👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301",
    "\u202eשלום عليكم",
    "@everyone @here @[email protected]",
    "_x0001_",
    "  spaces kept  \n\ttabs too\r\n",
    "{{ 7*7 }} {% raw %} ${x}",
    "[link](javascript:alert(1)) **bold** `code` &amp; &lt;",
]


async def test_hostile_text_is_kept_as_typed(client: Client) -> None:
    slug = await opened(client)
    for number, text in enumerate(HOSTILE):
        status, entry = await client.post(slug, "update.posted", "un", f"h{number}", text=text)
        assert (status, entry["data"]["text"]) == (201, text)
    _, page = await client.get(f"/s/{slug}/entries")
    assert [message["entry"]["data"]["text"] for message in page["entries"][4:]] == HOSTILE
    async with client.session.get(f"{client.server.url}/s/{slug}") as answer:
        html = await answer.text()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


async def test_closed_item_leaves_nothing_in_any_public_answer(client: Client) -> None:
    slug = await opened(client)
    assert (await client.post(slug, "item.opened", "clos"))[1]["pos"] is None
    assert (await client.post(slug, "update.posted", "clos", text="SECRET du prix"))[1]["pos"] is None
    assert (await client.post(slug, "update.posted", "un", text="SECRET aussi"))[1]["pos"] is None
    assert (await client.post(slug, "closed_part.ended"))[0] == 201
    paths = [f"/s/{slug}", f"/s/{slug}/entries", f"/s/{slug}/embed", "/", "/s/" + slug + "/minutes.html"]
    paths += [f"/s/{slug}/minutes.md", f"/s/{slug}/minutes.json"]
    for path in paths:
        async with client.session.get(client.server.url + path) as answer:
            text = await answer.text()
            assert answer.status == 200, path
        assert "SECRET" not in text, path
        assert "Prix négocié" not in text, path
    _, page = await client.get(f"/s/{slug}/entries")
    kinds = [message["entry"]["kind"] for message in page["entries"]]
    assert kinds[-2:] == ["closed_part.begun", "closed_part.ended"]
    assert all(set(m["entry"]) <= {"id", "kind", "item", "at", "data", "said", "erased"} for m in page["entries"])


async def test_forged_and_unauthorised_requests_are_refused(client: Client) -> None:
    slug = await opened(client)
    address = f"{client.server.url}/api/v1/sittings/{slug}/entries"
    async with aiohttp.ClientSession() as stranger:
        async with stranger.post(address, json={}) as answer:
            assert (answer.status, (await answer.json(content_type=None))["code"]) == (403, "forged")
        async with stranger.post(address, json={}, headers={"Sec-Fetch-Site": "same-origin"}) as answer:
            assert (answer.status, (await answer.json(content_type=None))["code"]) == (401, "login_needed")
        async with stranger.post(address, json={}, headers={"Authorization": "Bearer nonsense"}) as answer:
            assert (answer.status, (await answer.json(content_type=None))["code"]) == (401, "token_unknown")
    async with client_of(client.server, "archivist") as archivist:
        status, problem = await archivist.post(slug, "update.posted", text="a")
        assert (status, problem["code"]) == (403, "not_allowed")


async def test_state_forbids_with_409_and_a_code(client: Client) -> None:
    slug = await client.create(AGENDA)
    status, problem = await client.post(slug, "update.posted", text="trop tôt")
    assert (status, problem["code"]) == (409, "sitting_scheduled")
    await client.post(slug, "sitting.opened")
    status, problem = await client.post(slug, "sitting.opened")
    assert (status, problem["code"]) == (409, "sitting_already_opened")


async def test_entries_are_paged_and_cacheable_only_when_full(client: Client) -> None:
    slug = await opened(client)
    address = f"{client.server.url}/s/{slug}/entries"
    async with client.session.get(address, params={"limit": 3}) as answer:
        first = await answer.json()
    assert (len(first["entries"]), first["more"], first["rev"]) == (3, True, 0)
    cursor = {"limit": 3, "epoch": first["epoch"], "rev": 0}
    async with client.session.get(address, params={**cursor, "after": 0}) as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=600"
    async with client.session.get(address, params={**cursor, "after": 3}) as answer:
        head = await answer.json()
        assert answer.headers["Cache-Control"] == "public, no-cache"
        tag = answer.headers["ETag"]
    assert ([m["pos"] for m in head["entries"]], head["more"]) == ([4], False)
    async with client.session.get(address, params={**cursor, "after": 3}, headers={"If-None-Match": tag}) as answer:
        assert answer.status == 304


async def test_file_with_two_sittings_makes_two(client: Client) -> None:
    form = aiohttp.FormData()
    form.add_field("file", b"numero;titre;date\n1;Un;25/11/2026\n1;Deux;16/12/2026\n", filename="deux.csv")
    async with client.session.post(client.server.url + "/api/v1/sittings", data=form, headers=client.headers) as answer:
        body = await answer.json()
    assert (answer.status, len(body["slugs"]), body["slug"]) == (201, 2, body["slugs"][0])


async def test_public_text_travels_compressed_and_says_so(client: Client) -> None:
    headers = {"Accept-Encoding": "gzip"}
    async with client.session.get(client.server.url + "/widget.js", headers=headers) as answer:
        assert (answer.headers["Content-Encoding"], answer.headers["Vary"]) == ("gzip", "Accept-Encoding")
        assert "live-session" in await answer.text()
    async with client.session.get(client.server.url + "/widget.js", headers={"Accept-Encoding": "identity"}) as answer:
        assert ("Content-Encoding" in answer.headers, answer.headers["Vary"]) == (False, "Accept-Encoding")
