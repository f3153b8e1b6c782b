"""An older copy put back: refused under a running server, told to readers afterwards."""

import json
from pathlib import Path

from websockets.asyncio.client import connect

from tests.integration.running import AGENDA, client_of, serving


async def test_restore_waits_for_the_server_to_stop_and_readers_start_again(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(AGENDA)
        assert server.command("db", "backup", "copy.db").returncode == 0
        await client.post(slug, "sitting.opened")
        _, page = await client.get(f"/s/{slug}/entries")
        assert len(page["entries"]) == 3
        refused = server.command("db", "restore", "copy.db", check=False)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "Arrêtez-le" in refused.stderr
        assert (await client.post(slug, "item.opened", "un"))[0] == 201
        assert server.stop() == 0
        assert server.command("db", "restore", "copy.db").returncode == 0
        await server.start()
        address = f"ws://127.0.0.1:{server.port}/s/{slug}/ws?after=2&epoch={page['epoch']}"
        async with connect(address) as connection:
            told = [json.loads(await connection.recv()) for _ in range(4)]
        assert [(message["type"], message.get("pos")) for message in told] == [
            ("reset", None),
            ("hello", 2),
            ("entry", 1),
            ("entry", 2),
        ]
        assert server.command("verify", slug).returncode == 0
        # What was damaged can be replaced too.
        assert server.stop() == 0
        (tmp_path / "thread.db").write_bytes(b"no database")
        assert server.command("db", "restore", "copy.db").returncode == 0
        assert server.command("verify", slug).returncode == 0
