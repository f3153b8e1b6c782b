"""Readers and callers that misbehave, leave or do not read, up to the end of the server."""

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedError

from tests.integration.running import AGENDA, Client, Server, client_of, serving

UPGRADE = (
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Client]:
    """One server for all; the test that ends it is the last."""
    async with serving(tmp_path_factory.mktemp("leaving")) as server, client_of(server) as made:
        yield made


async def opened(client: Client) -> str:
    slug = await client.create(AGENDA)
    await client.post(slug, "sitting.opened")
    await client.post(slug, "item.opened", "un")
    return slug


def deaf(server: Server, path: str, headers: str = "") -> socket.socket:
    """A reader that asks and never reads."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", server.port))
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n{headers}\r\n".encode())
    return line


async def close_code(address: str) -> int | None:
    async with connect(address) as connection:
        try:
            while True:
                await connection.recv()
        except ConnectionClosedError:
            return connection.close_code


async def test_streams_that_are_left_leave_no_error_and_give_their_seat_back(client: Client) -> None:
    server = client.server
    slug = await opened(client)
    for _ in range(20):
        deaf(server, f"/s/{slug}/sse").close()
    async with client.session.get(f"{server.url}/s/{slug}/sse") as stream:
        await stream.content.readline()
    for number in range(3):
        await client.post(slug, "update.posted", "un", text=f"Texte {number}")
        await asyncio.sleep(0.2)
    _, ready = await client.get("/readyz")
    assert ready == {"status": "ready", "readers": 0, "relay": "active"}
    assert " ERROR " not in (server.folder / "server.log").read_text()


async def test_a_cursor_past_every_number_gets_reset(client: Client) -> None:
    slug = await opened(client)
    path = f"/s/{slug}/%s?after=99999999999"
    async with connect(f"ws://127.0.0.1:{client.server.port}{path % 'ws'}") as connection:
        first = [json.loads(await connection.recv())["type"], json.loads(await connection.recv())["type"]]
    assert first == ["reset", "hello"]
    async with client.session.get(client.server.url + path % "sse") as stream:
        assert json.loads((await stream.content.readline()).removeprefix(b"data: "))["type"] == "reset"


async def test_bodies_that_are_none_are_refused_as_problems(client: Client) -> None:
    address = client.server.url + "/api/v1/sittings"
    part = b'--abc\r\nContent-Disposition: form-data; name="file"\r\n'
    tries = [
        ({"Content-Type": "multipart/form-data"}, b"x", (422, "multipart_unreadable")),
        ({"Content-Type": "multipart/form-data; boundary=abc"}, b"x", (422, "multipart_unreadable")),
        ({"Content-Type": "multipart/form-data; boundary=abc"}, part + b"\r\ncut", (422, "multipart_unreadable")),
        ({"Content-Encoding": "gzip"}, b"not compressed", (415, "body_encoded")),
    ]
    for headers, body, expected in tries:
        async with client.session.post(address, data=body, headers=client.headers | headers) as answer:
            problem = await answer.json(content_type="application/problem+json")
            assert (answer.status, problem["code"]) == expected


async def test_answers_carry_what_their_status_asks_for(client: Client) -> None:
    slug = await opened(client)
    async with client.session.post(f"{client.server.url}/s/{slug}") as answer:
        assert (answer.status, answer.headers["Allow"]) == (405, "GET,HEAD")
    async with client.session.get(f"{client.server.url}/s/{slug}/ws") as answer:
        problem = await answer.json(content_type="application/problem+json")
        assert (answer.status, answer.headers["Upgrade"], problem["code"]) == (426, "websocket", "upgrade_required")
    async with client.session.get(f"{client.server.url}/s/{slug}/entries") as answer:
        tag = answer.headers["ETag"]
    for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        async with client.session.get(
            f"{client.server.url}/s/{slug}/entries", headers={"If-None-Match": held}
        ) as answer:
            assert answer.status == 304


async def test_sigterm_sends_readers_away_and_does_not_wait_for_those_that_do_not_read(client: Client) -> None:
    server = client.server
    slug = await opened(client)
    posts = (client.post(slug, "update.posted", "un", text="é" * 10_000) for _ in range(200))
    assert {status for status, _ in await asyncio.gather(*posts)} == {201}
    lines = [deaf(server, f"/s/{slug}/ws", UPGRADE), deaf(server, f"/s/{slug}/sse"), deaf(server, f"/s/{slug}")]
    reading = [
        asyncio.create_task(close_code(f"ws://127.0.0.1:{server.port}/s/{slug}/ws?after=204")) for _ in range(10)
    ]
    async with client.session.get(f"{server.url}/s/{slug}/sse", params={"after": 204}) as stream:
        assert (await stream.content.readline()).startswith(b"data: ")
        await asyncio.sleep(1)
        begun = time.monotonic()
        code = await asyncio.to_thread(server.stop)
        took = time.monotonic() - begun
        # A line's turn to be kept alive may come at any time.
        assert (await stream.content.read()).replace(b": \n\n", b"") == b"\n"
    assert await asyncio.gather(*reading) == [1012] * 10
    for line in lines:
        line.close()
    assert code == 0
    # Twice three seconds for WebSocket, twice two for the rest at the worst; without bounds it was thirty.
    assert took < 12
    assert " ERROR " not in (server.folder / "server.log").read_text()
