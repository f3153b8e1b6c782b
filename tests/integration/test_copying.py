"""A SQLite installation moved to PostgreSQL by command: the same chains, and it goes on from there."""

import sqlite3
from contextlib import closing
from pathlib import Path

from livesession.store.engine import Store
from livesession.thread.sql import SqlLog
from livesession.thread.verify import verify_sitting
from tests.contract.log_contract import opened, posts
from tests.integration.running import AGENDA, Server, client_of, serving
from tests.integration.test_log_postgresql import database  # noqa: F401 - a fixture


async def installation(folder: Path) -> Server:
    """A sitting with a correction, an erasure, a closed part and a login that failed; its server is stopped."""
    async with serving(folder) as server, client_of(server) as client:
        server.command("user", "add", "Alice", "--role", "clerk", stdin="correct horse battery\n")
        slug = await client.create(AGENDA)
        await client.post(slug, "sitting.opened")
        _, entry = await client.post(slug, "update.posted", text="à effacer")
        await client.post(slug, "update.erased", entry=entry["id"], reason="CNIL")
        await client.post(slug, "item.opened", "clos")
        for number in range(30):
            await client.post(slug, "update.posted", key=f"k{number}", text=f"texte {number} é👍")
        server.stop()
        return server


async def test_everything_is_moved_and_proved_the_same(tmp_path: Path, database: str) -> None:  # noqa: F811 - fixture
    server = await installation(tmp_path)
    moved = server.command("db", "copy", database)
    assert "séance copiée" in moved.stdout
    async with opened(f"sqlite+aiosqlite:///{tmp_path}/thread.db") as (before, _), opened(database) as (after, store):
        (row,) = await before.sittings()
        assert row.head in moved.stdout
        assert await after.whole(row.id) == await before.whole(row.id)
        await after.append(row.id, None, posts("on the other side"))
        (there,) = await after.sittings()
        verdict = await verify_sitting(after, there)
        assert (verdict.findings, verdict.entries) == ((), row.seq + 1)
        assert await store.schema_version() is not None
    again = server.command("db", "copy", database, check=False)
    assert again.returncode == 2
    assert "n’est pas vide" in again.stderr


async def test_an_altered_thread_is_not_moved_and_a_served_one_is_refused(
    tmp_path: Path,
    database: str,  # noqa: F811 - fixture
) -> None:
    server = await installation(tmp_path)
    await server.start()
    served = server.command("db", "copy", database, check=False)
    assert served.returncode == 2
    assert "tient la base ouverte" in served.stderr
    server.stop()
    with closing(sqlite3.connect(tmp_path / "thread.db")) as connection, connection:
        connection.execute("UPDATE entries SET data = replace(data, 'texte 3', 'texte 4') WHERE data LIKE '%texte 3 %'")
    altered = server.command("db", "copy", database, check=False)
    assert altered.returncode == 2
    assert "altéré" in altered.stderr
    store = Store(database)
    assert await SqlLog(store).sittings() == []
    await store.close()
