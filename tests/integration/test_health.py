"""Whether the process says the truth of itself: draining, a full disk, a database that is away; and its journal."""

import json
import re
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import aiohttp
import pytest

from livesession.errors import UnavailableError
from livesession.store.engine import Store
from tests.conftest import sqlite_url
from tests.integration.running import AGENDA, Server, client_of, serving
from tests.services import Absent, small_disk


@pytest.fixture
def disk() -> Iterator[Path]:
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(small_disk())
        except Absent as error:
            pytest.skip(str(error))
        yield folder


async def test_a_full_disk_is_told_and_nothing_acknowledged_is_lost(disk: Path) -> None:
    async with serving(disk) as server, client_of(server) as client:
        slug = await client.create(AGENDA)
        await client.post(slug, "sitting.opened")
        assert (await client.get("/readyz"))[0] == 200
        filler = disk / "filler"
        with filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(1 << 12))
            except OSError:
                pass
        assert await client.get("/readyz") == (503, {"status": "unready", "database": "store_full"})
        acknowledged = []
        for number in range(200):
            status, answer = await client.post(slug, "update.posted", text=f"{number} " + "x" * 5000)
            if status != 201:
                assert (status, answer["code"]) == (503, "store_full")
                break
            acknowledged.append(answer["id"])
        else:
            pytest.fail("the disk was not full")
        # Readers read on.
        assert (await client.get(f"/s/{slug}/entries"))[0] == 200
        filler.unlink()
        assert (await client.get("/readyz"))[0] == 200
        status, answer = await client.post(slug, "update.posted", text="again")
        assert status == 201
        _, page = await client.get(f"/s/{slug}/entries?limit=500")
        held = [entry["entry"]["id"] for entry in page["entries"] if entry["entry"]["kind"] == "update.posted"]
        assert held == [*acknowledged, answer["id"]]
        assert server.command("verify", slug).returncode == 0


async def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(sqlite_url(tmp_path / "thread.db"))
    await store.check_writable()

    def refuse(**_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr("livesession.store.engine.tempfile.TemporaryFile", refuse)
    with pytest.raises(UnavailableError) as caught:
        await store.check_writable()
    assert caught.value.code == "store_unwritable"
    await store.close()


async def test_a_process_that_ends_says_so_on_what_is_still_open(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(AGENDA)
        async with client.session.get(server.url + "/readyz") as answer:
            assert (await answer.json())["status"] == "ready"
        # A reader keeps the process draining for a moment; the session's connection is kept from before.
        async with client.session.ws_connect(f"{server.url}/s/{slug}/ws", autoclose=False, autoping=False) as line:
            await line.receive()
            assert server.process is not None
            server.process.send_signal(signal.SIGTERM)
            await line.receive()
            try:
                async with client.session.get(server.url + "/readyz") as answer:
                    assert (answer.status, await answer.json()) == (503, {"status": "draining"})
            except aiohttp.ClientConnectionError:
                # The connection was already closed, which says it too.
                pass
        assert server.process.wait(timeout=15) == 0
        server.process = None


class TestJournal:
    """What is written of requests."""

    async def test_lines_are_objects_with_request_and_sitting_and_nothing_typed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LOG_FORMAT", "json")
        async with serving(tmp_path) as server, client_of(server) as client:
            slug = await client.create(AGENDA)
            url = f"{server.url}/api/v1/sittings/{slug}/entries?secret=query"
            body = {"kind": "sitting.opened", "data": {}}
            for given, kept in (("edge-7.a_1", True), ("two words", False), ("x" * 65, False)):
                headers = client.headers | {"X-Request-ID": given}
                async with client.session.post(url, json=body, headers=headers) as answer:
                    assert (answer.headers["X-Request-ID"] == given) is kept
            async with client.session.get(f"{server.url}/s/{slug}") as answer:
                assert "X-Request-ID" not in answer.headers
            await client.post(slug, "update.posted", text="what was typed")
            lines = written(server)
            posts = [line for line in lines if line.get("path") == f"/api/v1/sittings/{slug}/entries"]
            assert [(line["method"], line["status"], line["sitting"]) for line in posts] == [
                ("POST", 201, slug), ("POST", 409, slug), ("POST", 409, slug), ("POST", 201, slug),
            ]  # fmt: skip
            assert posts[0]["request"] == "edge-7.a_1"
            assert all(re.fullmatch("[0-9a-f]{32}", line["request"]) for line in posts[1:])
            journal = (tmp_path / "server.log").read_text()
            token = client.headers["Authorization"].removeprefix("Bearer ")
            assert [said for said in ("what was typed", "secret=query", token) if said in journal] == []

    async def test_lines_for_people_name_request_and_sitting_too(self, tmp_path: Path) -> None:
        async with serving(tmp_path) as server, client_of(server) as client:
            slug = await client.create(AGENDA)
            headers = client.headers | {"X-Request-ID": "r-1"}
            url = f"{server.url}/api/v1/sittings/{slug}/entries"
            async with client.session.post(url, json={"kind": "sitting.opened", "data": {}}, headers=headers) as answer:
                assert answer.status == 201
            assert f"[request=r-1 sitting={slug}]" in (tmp_path / "server.log").read_text()


def written(server: Server) -> list[dict[str, object]]:
    """The lines of the journal that are objects."""
    lines = (server.folder / "server.log").read_text().splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]
