"""kill -9 in the middle of posting, again and again: nothing acknowledged is lost, nothing comes twice."""

import asyncio
import json
import random
from pathlib import Path
from typing import Any

import websockets

from livesession.demo.standin_mastodon import StandinMastodon
from tests.integration.running import AGENDA, Server, client_of, serving


async def follow(
    server: Server, slug: str, seen: list[tuple[int, str]], stop: asyncio.Event, head: dict[str, int]
) -> None:
    """A reader that resumes by its cursor through every crash."""
    pos, epoch = 0, ""
    while not stop.is_set() or pos < head["pos"]:
        try:
            async with websockets.connect(
                f"ws://127.0.0.1:{server.port}/s/{slug}/ws?after={pos}&epoch={epoch}", open_timeout=2
            ) as socket:
                while not stop.is_set() or pos < head["pos"]:
                    message = json.loads(await asyncio.wait_for(socket.recv(), 1))
                    assert message["type"] != "reset"
                    if message["type"] == "hello":
                        epoch = message["epoch"]
                    else:
                        assert message["pos"] == pos + 1
                        pos = message["pos"]
                        seen.append((pos, message["entry"]["id"]))
        except (OSError, TimeoutError, websockets.exceptions.WebSocketException):
            await asyncio.sleep(0.05)


async def test_kill_loses_nothing_acknowledged_and_repeats_nothing(tmp_path: Path) -> None:
    chance = random.Random(20261123)
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(AGENDA)
        assert (await client.post(slug, "sitting.opened"))[0] == 201
        assert (await client.post(slug, "item.opened", "un"))[0] == 201

        acknowledged: dict[str, Any] = {}
        seen: list[tuple[int, str]] = []
        stop, head = asyncio.Event(), {"pos": 0}
        reader = asyncio.create_task(follow(server, slug, seen, stop, head))
        numbers = iter(range(200))

        async def worker() -> None:
            for number in numbers:
                key = f"update-{number}"
                acknowledged[key] = await client.insist(slug, "update.posted", "un", key, text=f"Texte {number}")

        workers = [asyncio.create_task(worker()) for _ in range(10)]
        for _ in range(5):
            await asyncio.sleep(chance.uniform(0.1, 0.5))
            server.kill()
            await server.start()
        await asyncio.gather(*workers)

        exported = json.loads(server.command("export", slug, "json").stdout)
        entries = exported["entries"]
        head["pos"] = max(entry["pos"] or 0 for entry in entries)
        stop.set()
        await asyncio.wait_for(reader, 20)

        assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
        by_id = {entry["id"]: entry for entry in entries}
        assert {key: by_id[entry["id"]] for key, entry in acknowledged.items()} == acknowledged
        assert sorted(e["data"]["text"] for e in entries if e["kind"] == "update.posted") == sorted(
            f"Texte {number}" for number in range(200)
        )
        assert seen == [(entry["pos"], entry["id"]) for entry in entries]
        assert server.command("verify", slug).returncode == 0
        assert server.stop() == 0


async def test_kill_leaves_each_update_once_and_in_order_on_mastodon(tmp_path: Path) -> None:
    chance = random.Random(20261124)
    async with StandinMastodon() as standin, serving(tmp_path) as server, client_of(server) as client:
        settings = "".join(f"{name}={value}\n" for name, value in standin.settings.items())
        server.command("channel", "connect", "mastodon", "--name", "mastodon", stdin=settings)
        slug = await client.create(AGENDA)
        await client.post(slug, "sitting.opened")
        await client.post(slug, "item.opened", "un")
        acknowledged: dict[str, Any] = {}

        async def clerk() -> None:
            for number in range(40):
                key = f"update-{number}"
                acknowledged[key] = await client.insist(slug, "update.posted", "un", key, text=f"Texte {number}")
                await asyncio.sleep(0.05)

        writing = asyncio.create_task(clerk())
        for _ in range(4):
            await asyncio.sleep(chance.uniform(0.4, 1.2))
            server.kill()
            await server.start()
        await writing

        wanted = [f"Texte {number}" for number in range(40)]
        posted: list[str] = []
        for _ in range(300):
            posted = [post.text.splitlines()[-1] for post in await standin.timeline()]
            if wanted[-1] in posted:
                break
            await asyncio.sleep(0.1)
        assert [text for text in posted if text.startswith("Texte")] == wanted
        _, listed = await client.get(f"/api/v1/sittings/{slug}/deliveries")
        assert {one["state"] for one in listed["deliveries"]} == {"sent"}
