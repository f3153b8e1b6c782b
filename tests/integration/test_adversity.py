"""What goes wrong on a machine: a full disk, damaged or foreign files, ports and settings that do not serve."""

import asyncio
import json
import os
import resource
import socket
import sqlite3
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.integration.running import AGENDA, COMMAND, Client, Server, client_of, serving


async def posted(client: Client, slug: str, number: int) -> tuple[int, dict[str, Any]]:
    return await client.post(slug, "update.posted", "un", f"update-{number}", text=f"{number} " + "é" * 5_000)


async def test_a_full_disk_refuses_whole_and_loses_nothing(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(AGENDA)
        await client.post(slug, "sitting.opened")
        await client.post(slug, "item.opened", "un")
        assert server.process is not None
        # A file that may not grow is to SQLite what a disk is that has no room.
        grown = max(file.stat().st_size for file in tmp_path.glob("thread.db*"))
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (grown + 200_000, resource.RLIM_INFINITY))
        answers = [await posted(client, slug, number) for number in range(40)]
        refused = [number for number, (status, _) in enumerate(answers) if status != 201]
        assert 0 < len(refused) < 40
        assert {(status, body["status"]) for status, body in answers if status != 201} == {(503, 503)}
        status, page = await client.get(f"/s/{slug}/entries")
        assert (status, len(page["entries"])) == (200, 44 - len(refused))
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, unlimited)
        assert [(await posted(client, slug, number))[0] for number in refused] == [201] * len(refused)
        entries = json.loads(server.command("export", slug, "json").stdout)["entries"]
        assert [entry["seq"] for entry in entries] == list(range(1, 45))
        assert server.command("verify", slug).returncode == 0
        # What is understood takes a line of the journal, not a page of it.
        assert "Traceback" not in (tmp_path / "server.log").read_text()


async def test_what_is_no_whole_backup_is_not_restored(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.command("user", "add", "Alice", "--role", "clerk", stdin="a long passphrase\na long passphrase\n")
    held = tmp_path / "thread.db"
    held.chmod(0o600)
    server.command("db", "backup", "copy.db")
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    before = held.read_bytes()
    broken = bytearray((tmp_path / "copy.db").read_bytes())
    # The header and the schema stay whole; most of what they lead to does not.
    broken[len(broken) // 2 :] = bytes(len(broken) - len(broken) // 2)
    (tmp_path / "broken.db").write_bytes(broken)
    (tmp_path / "junk.db").write_bytes(b"junk" * 1_000)
    (tmp_path / "empty.db").touch()
    (tmp_path / "link.db").symlink_to(held)
    for arguments in (
        ("restore", "broken.db"),
        ("restore", "junk.db"),
        ("restore", "empty.db"),
        ("restore", "absent.db"),
        ("restore", "thread.db"),
        ("restore", "link.db"),
        ("backup", "thread.db"),
        ("backup", "link.db"),
        ("backup", "no/such/folder.db"),
    ):
        refused = server.command("db", *arguments, check=False)
        assert (refused.returncode, refused.stdout, "Traceback" in refused.stderr) == (2, "", False), arguments
        assert held.read_bytes() == before, arguments
    held.write_bytes(broken)
    refused = server.command("db", "backup", "second.db", check=False)
    assert (refused.returncode, (tmp_path / "second.db").exists()) == (2, False)


def started(folder: Path, **settings: str) -> tuple[int, str]:
    """The exit code of a server that cannot start, and what it said."""
    environment = {**os.environ, "LANG": "fr_FR.UTF-8", "LC_ALL": "", "HOST": "127.0.0.1", "PORT": "0"} | settings
    ended = subprocess.run(
        [*COMMAND, "serve"], cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    return ended.returncode, ended.stderr


def test_what_keeps_a_server_from_starting_is_said_in_a_sentence(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        code, said = started(tmp_path, PORT=port)
    assert (code, f"Le port {port} ne peut être pris" in said) == (2, True)
    code, said = started(tmp_path, HOST="no-such-host.invalid")
    assert (code, "L’adresse d’écoute no-such-host.invalid ne peut être prise" in said) == (2, True)
    database.write_bytes(b"junk" * 1_000)
    code, said = started(tmp_path, DATABASE_URL=f"sqlite:///{database}")
    assert (code, "La base est endommagée" in said) == (2, True)
    assert database.read_bytes() == b"junk" * 1_000
    code, said = started(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}")
    assert (code, "La base ne peut pas être ouverte ou écrite" in said) == (2, True)


def test_a_database_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.command("token", "create", "--role", "clerk")
    held = sqlite3.connect(tmp_path / "thread.db")
    held.execute("UPDATE alembic_version SET version_num = 'later'")
    held.commit()
    held.close()
    for arguments in (("serve",), ("sitting", "list"), ("doctor",), ("db", "upgrade")):
        ended = server.command(*arguments, check=False)
        said = ended.stdout + ended.stderr
        assert (ended.returncode in (1, 2), "version plus récente" in said, "Traceback" in said) == (True, True, False)


@pytest.mark.parametrize("role", ["web", "edge", "relay"])
async def test_a_single_role_on_sqlite_says_what_it_needs(tmp_path: Path, role: str, monkeypatch: Any) -> None:
    monkeypatch.setenv("LIVESESSION_ROLE", role)
    async with serving(tmp_path) as server:
        assert server.stop() == 0
    said = (tmp_path / "server.log").read_text()
    assert f"Avec SQLite, le rôle {role} n’est utile qu’à côté d’autres processus" in said
    assert ("console\u00a0:" in said) == (role == "web")


async def test_a_lone_surrogate_anywhere_in_an_agenda_is_a_problem(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        fields: tuple[dict[str, Any], ...] = (
            *({name: "a\ud800b"} for name in ("title", "assembly", "starts", "timezone", "language", "a\ud800b")),
            *({"items": [{"title": "Un", name: "a\ud800b"}]} for name in ("id", "number", "title", "kind")),
        )
        for field in fields:
            body = json.dumps(AGENDA | field)
            headers = client.headers | {"Content-Type": "application/json"}
            async with client.session.post(server.url + "/api/v1/sittings", data=body, headers=headers) as answer:
                problem = await answer.json(content_type="application/problem+json")
                assert (answer.status, problem["code"], len(problem["problems"])) == (422, "agenda_unreadable", 1)
        _, listed = await client.get("/api/v1/sittings")
        assert listed == {"sittings": []}


async def test_one_address_cannot_keep_a_clerk_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "1")
    async with serving(tmp_path) as server, client_of(server) as client:
        password = "a long passphrase"
        server.command("user", "add", "Alice", "--role", "clerk", stdin=f"{password}\n{password}\n")

        async def log_in(given: str, address: str) -> int:
            headers = {"Origin": server.url, "X-Forwarded-For": address}
            form = {"name": "Alice", "password": given}
            async with client.session.post(
                server.url + "/console/login", data=form, headers=headers, allow_redirects=False
            ) as answer:
                return answer.status

        tries = await asyncio.gather(*(log_in("wrong", "203.0.113.9") for _ in range(20)))
        assert (tries.count(401), tries.count(429)) == (10, 10)
        assert await log_in(password, "203.0.113.9") == 429
        assert await log_in(password, "198.51.100.1") == 303
