"""``livesession channel connect`` as an operator uses it: from a file, and at a terminal."""

import os
import pty
import subprocess
from pathlib import Path

from livesession.relay.connections import Connections
from livesession.store.engine import Store
from tests.integration.running import COMMAND, Server

SECRET = b"a key for tests only, long enough"
"""As in Server's environment."""


async def kept(folder: Path) -> dict[str, dict[str, str]]:
    """The settings that were kept, by the account's name."""
    store = Store(f"sqlite+aiosqlite:///{folder}/thread.db")
    try:
        return {known.name: dict(known.settings) for known in await Connections(store, SECRET).all()}
    finally:
        await store.close()


def typed(server: Server, answers: list[str]) -> int:
    """Connect an X account at a terminal, one answer to each question; returns the exit status."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "channel", "connect", "x"],
        env=server.environment,
        cwd=server.folder,
        stdin=theirs,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        # Without a terminal of its own it asks on standard input.
        start_new_session=True,
    )
    os.close(theirs)
    assert process.stderr is not None
    try:
        for answer in answers:
            # A question ends with a colon and a space; what is typed before it is asked is thrown away.
            while not (read := os.read(process.stderr.fileno(), 4096)).endswith(b": "):
                assert read, "it ended before it had asked everything"
            os.write(ours, answer.encode() + b"\n")
        process.stderr.read()
        return process.wait(30)
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
        os.close(ours)


async def test_x_is_connected_by_token_or_by_keys_and_not_by_half_of_them(tmp_path: Path) -> None:
    server = Server(tmp_path)
    connect = ("channel", "connect", "x", "--name")
    assert server.command(*connect, "jeton", stdin="bearer_token=t\n").returncode == 0
    half = server.command(*connect, "moitié", stdin="consumer_key=a\naccess_token=b\n", check=False)
    both = server.command(*connect, "deux", stdin="bearer_token=t\naccess_token=b\n", check=False)
    assert (half.returncode, both.returncode) == (2, 2)
    assert "consumer_secret\u00a0: ce réglage est attendu" in half.stderr
    assert "un seul de ces jeux de réglages" in both.stderr
    assert await kept(tmp_path) == {"jeton": {"bearer_token": "t"}}


async def test_terminal_asks_for_the_token_and_only_without_it_for_the_keys(tmp_path: Path) -> None:
    server = Server(tmp_path)
    assert typed(server, ["", "a", "b", "c", "d"]) == 0
    keys = {"consumer_key": "a", "consumer_secret": "b", "access_token": "c", "access_token_secret": "d"}
    assert await kept(tmp_path) == {"x": keys}
    (tmp_path / "thread.db").unlink()
    assert typed(server, ["t"]) == 0
    assert await kept(tmp_path) == {"x": {"bearer_token": "t"}}
