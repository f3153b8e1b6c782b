"""A stand-in for a Mastodon instance: mastodon_mock, in a process of its own that ends with ours."""

import asyncio
import ctypes
import datetime as dt
import html
import os
import re
import signal
import socket
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

TOKEN = "stand-in-access-token"  # noqa: S105 - opens nothing but this stand-in
USERNAME = "valclair"
START_SECONDS = 30.0

_CONFIG = """
[server]
host = "127.0.0.1"
port = {port}

[database]
path = {path}

[[seed.accounts]]
username = "{username}"
display_name = "Val-Clair"
access_token = "{token}"
"""


@dataclass(frozen=True, slots=True)
class MastodonPost:
    """A post as followers see it; ``depth`` says how far down a thread it stands."""

    id: str
    text: str
    created_at: dt.datetime
    depth: int


class StandinMastodon:
    """The stand-in; use inside ``async with``. ``file`` keeps its database from one start to the next."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self.port = 0
        self._process: asyncio.subprocess.Process | None = None

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> dict[str, Any]:
        """What connects a channel to this stand-in."""
        return {"base_url": self.base_url, "access_token": TOKEN}

    async def __aenter__(self) -> "StandinMastodon":
        self._folder = tempfile.TemporaryDirectory(prefix="livesession-mastodon-")
        self.port = self.port or _free_port()
        config = Path(self._folder.name) / "config.toml"
        path = '":memory:"' if self._file is None else f'"{self._file}"'
        _write(config, _CONFIG.format(port=self.port, path=path, username=USERNAME, token=TOKEN))
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "mastodon_mock", "serve"),
            *("--config", str(config), "--port", str(self.port), "--log-level", "error"),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            preexec_fn=_end_with_parent,
            # Ctrl-C at the terminal is for us; we end it.
            start_new_session=True,
        )
        await self._answers()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), 5)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        self._folder.cleanup()

    async def _answers(self) -> None:
        assert self._process is not None, "started above"
        async with aiohttp.ClientSession() as session:
            for _ in range(int(START_SECONDS / 0.1)):
                if self._process.returncode is not None:
                    raise RuntimeError(f"mastodon_mock ended with {self._process.returncode}")
                try:
                    async with session.get(self.base_url + "/api/v2/instance") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.1)
        raise RuntimeError("mastodon_mock does not answer")

    async def timeline(self) -> list[MastodonPost]:
        """The account's posts, the newest last."""
        headers = {"Authorization": f"Bearer {TOKEN}"}
        listed: list[dict[str, Any]] = []
        async with aiohttp.ClientSession(headers=headers) as session:
            async with session.get(self.base_url + "/api/v1/accounts/verify_credentials") as answer:
                account = (await answer.json())["id"]
            address = f"{self.base_url}/api/v1/accounts/{account}/statuses"
            while True:
                query = {"limit": "40"} | ({"max_id": listed[-1]["id"]} if listed else {})
                async with session.get(address, params=query) as answer:
                    page = await answer.json()
                if not page:
                    break
                listed += page
        return _posts(list(reversed(listed)))


def _posts(statuses: list[dict[str, Any]]) -> list[MastodonPost]:
    depths: dict[str, int] = {}
    posts: list[MastodonPost] = []
    for status in statuses:
        depth = depths.get(status["in_reply_to_id"], -1) + 1 if status["in_reply_to_id"] else 0
        depths[status["id"]] = depth
        moment = dt.datetime.fromisoformat(status["created_at"])
        posts.append(MastodonPost(str(status["id"]), plain(status["content"]), moment, min(depth, 1)))
    return posts


def plain(content: str) -> str:
    """A status's HTML as the text a follower reads."""
    broken = re.sub(r"<br\s*/?>", "\n", re.sub(r"</p>\s*<p>", "\n\n", content))
    return html.unescape(re.sub(r"<[^>]+>", "", broken))


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end_with_parent() -> None:
    # PR_SET_PDEATHSIG (prctl(2)): killed with us, however we end. Elsewhere than on Linux, terminate() must do.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
        if os.getppid() == 1:
            os._exit(1)
