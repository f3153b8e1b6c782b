"""``/metrics``: closed to the public, and its numbers are those of what happened."""

import asyncio
import re
from pathlib import Path

from websockets.asyncio.client import connect

from tests.integration.running import AGENDA, Client, client_of, serving


async def read(client: Client, token: str | None = None) -> tuple[int, dict[str, float]]:
    headers = {"Authorization": f"Bearer {token}"} if token else client.headers
    async with client.session.get(client.server.url + "/metrics", headers=headers) as answer:
        text = await answer.text()
    return answer.status, {name: float(value) for name, value in re.findall(r"^(livesession_\S+) (\S+)$", text, re.M)}


async def test_metrics_are_for_who_may_see_them_and_count_what_happened(tmp_path: Path) -> None:
    async with (
        serving(tmp_path) as server,
        client_of(server) as clerk,
        client_of(server, "admin") as admin,
    ):
        async with clerk.session.get(server.url + "/metrics") as answer:
            assert answer.status == 401
        assert (await read(clerk))[0] == 403
        slug = await clerk.create(AGENDA)
        address = f"ws://127.0.0.1:{server.port}/s/{slug}/ws"
        async with connect(address) as first, connect(address) as second:
            for socket in (first, second):
                for _ in range(3):
                    await socket.recv()
            before = (await read(admin))[1]
            assert before['livesession_readers{transport="websocket"}'] == 2
            await clerk.post(slug, "sitting.opened")
            await clerk.post(slug, "sitting.opened")
            for socket in (first, second):
                assert "sitting.opened" in str(await socket.recv())
            await asyncio.sleep(0.1)
            after = (await read(admin))[1]
        grown = {name: after[name] - before.get(name, 0) for name in after}
        assert grown['livesession_commands_total{outcome="recorded"}'] == 1
        assert grown['livesession_commands_total{outcome="refused"}'] == 1
        assert grown["livesession_publish_seconds_count"] == 1
        assert 0 < grown["livesession_publish_seconds_sum"] < 5
        assert after["livesession_log_unreadable"] == 0
        assert after["livesession_relay_active"] == 1
        assert after['livesession_deliveries{state="waiting"}'] == 0
        for _ in range(50):
            if (await read(admin))[1]['livesession_readers{transport="websocket"}'] == 0:
                return
            await asyncio.sleep(0.1)
        raise AssertionError("readers that left are still counted")


async def test_prometheus_has_a_token_of_its_own(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("METRICS_TOKEN=un jeton pour Prometheus\n", "utf-8")
    async with serving(tmp_path) as server, client_of(server) as client:
        assert (await read(client, "un jeton pour Prometheus"))[0] == 200
        assert (await read(client, "un autre"))[0] == 401
