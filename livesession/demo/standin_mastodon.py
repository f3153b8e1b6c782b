"""A stand-in for a Mastodon instance: mastodon_mock, in a process of its own that ends with ours."""

import asyncio
import datetime as dt
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import aiohttp

from livesession.demo.standin import StandinPost
from livesession.relay.channels.mastodon_text import plain

TOKEN = "stand-in-access-token"  # noqa: S105 - opens nothing but this stand-in
USERNAME = "valclair"
START_SECONDS = 30.0
PAGE = 40
"""The most statuses that Mastodon gives at once."""


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
    def access_token(self) -> str:
        """The token of the one account there is."""
        return TOKEN

    @property
    def settings(self) -> dict[str, Any]:
        """What connects a channel to this stand-in."""
        return {"base_url": self.base_url, "access_token": TOKEN}

    async def __aenter__(self) -> "StandinMastodon":
        """Start; a second start of the same stand-in has the port of the first. Raises RuntimeError."""
        self._folder = tempfile.TemporaryDirectory(prefix="livesession-mastodon-")
        account = {"username": USERNAME, "display_name": "Val-Clair", "access_token": TOKEN}
        settings = {
            "port": self.port,
            "config": {
                "database": {"path": ":memory:" if self._file is None else str(self._file)},
                "media_storage_path": self._folder.name,
                "seed": {"accounts": [account]},
            },
        }
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "livesession.demo.mastodon_process", json.dumps(settings)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            # Ctrl-C at the terminal is for us; it ends when we let go of its standard input.
            start_new_session=True,
        )
        assert self._process.stdout is not None, "asked for above"
        try:
            async with asyncio.timeout(START_SECONDS):
                line = await self._process.stdout.readline()
        except BaseException:
            await self._end()
            raise
        if not line.strip().isdigit():
            await self._end()
            raise RuntimeError(f"mastodon_mock does not start (it ended with {self._process.returncode})")
        self.port = int(line)
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self._end()

    async def _end(self) -> None:
        process = self._process
        assert process is not None, "started"
        assert process.stdin is not None, "asked for when it was started"
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 5)
        except TimeoutError:
            process.kill()
            await process.wait()
        self._folder.cleanup()

    async def timeline(self) -> list[StandinPost]:
        """The account's posts, the newest last."""
        listed: list[dict[str, Any]] = []
        async with aiohttp.ClientSession(self.base_url, headers={"Authorization": f"Bearer {TOKEN}"}) as session:
            async with session.get("/api/v1/accounts/verify_credentials") as answer:
                account = (await answer.json())["id"]
            page: list[dict[str, Any]] = []
            while not listed or len(page) == PAGE:
                query = {"limit": str(PAGE)} | ({"max_id": listed[-1]["id"]} if listed else {})
                async with session.get(f"/api/v1/accounts/{account}/statuses", params=query) as answer:
                    page = await answer.json()
                if not page:
                    break
                listed += page
        return [_post(status) for status in reversed(listed)]


def _post(status: dict[str, Any]) -> StandinPost:
    reply_to = status["in_reply_to_id"]
    return StandinPost(
        id=str(status["id"]),
        text=plain(status["content"]),
        created_at=dt.datetime.fromisoformat(status["created_at"]),
        reply_to=None if reply_to is None else str(reply_to),
        url=str(status["url"]),
        depth=0 if reply_to is None else 1,
    )
