"""A sitting with its relay, beside stand-ins for networks, for tests of what goes out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from livesession.accounts.accounts import Account
from livesession.demo.standin_mastodon import TOKEN, StandinMastodon
from livesession.desk.desk import Desk
from livesession.domain.agenda import Agenda, AgendaItem
from livesession.domain.entry import Entry
from livesession.domain.ids import AccountId, ItemId
from livesession.relay.connections import Connections
from livesession.relay.deliveries import Deliveries, Delivery
from livesession.relay.spending import Spending
from livesession.relay.worker import Relay
from livesession.store.engine import Store
from livesession.thread.log import SittingRow
from livesession.thread.sql import SqlLog

CLERK = Account(AccountId("clerk"), "clerk", "clerk")
SECRET = b"a key for tests only"
LOOKS = (0.05, 0.2)
"""Seconds: the stand-ins show at once what they took."""


@dataclass
class Hall:
    """A sitting that is open, its relay, and what became of each delivery."""

    store: Store
    log: SqlLog
    desk: Desk
    deliveries: Deliveries
    connections: Connections
    sitting: SittingRow
    relay: Relay
    task: asyncio.Task[None] | None = None
    at: str | None = None
    """When what is posted is said to have happened; None for now."""

    async def post(self, kind: str, item: str | None = None, **data: Any) -> Entry:
        envelope = {"kind": kind, "data": data} | ({"item": item} if item else {})
        if self.at is not None:
            envelope["at"] = self.at
        return (await self.desk.post(self.sitting.slug, envelope, CLERK)).entry

    def start(self) -> None:
        self.task = asyncio.create_task(self.relay.run())

    async def stop(self) -> None:
        if self.task is not None:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)
            self.task = None

    async def until(
        self, *states: str, entry: Entry | None = None, count: int = 1, seconds: float = 15
    ) -> list[Delivery]:
        """Wait until there are ``count`` deliveries (of an entry) at least, and every one is in one of the states."""
        for _ in range(int(seconds / 0.05)):
            found = [one for one in await self.deliveries.of(self.sitting.id) if entry is None or one.entry == entry.id]
            if len(found) >= count and all(one.state in states for one in found):
                return found
            await asyncio.sleep(0.05)
        raise AssertionError(f"not in {states}: {await self.deliveries.of(self.sitting.id)}")


@asynccontextmanager
async def hall(folder: Path, **accounts: dict[str, Any]) -> AsyncIterator[Hall]:
    store = Store(f"sqlite+aiosqlite:///{folder}/thread.db")
    await store.upgrade()
    async with SqlLog(store) as log:
        desk = Desk(log, store, SECRET)
        connections = Connections(store, SECRET)
        for name, settings in accounts.items():
            await connections.add(name, name, settings)
        items = (
            AgendaItem(id=ItemId("un"), number="1", title="Un"),
            AgendaItem(id=ItemId("deux"), number="2", title="Deux"),
        )
        sitting = await desk.create(Agenda(title="Séance", assembly="Val-Clair", items=items), CLERK)
        deliveries = Deliveries(store)
        relay = Relay(log, deliveries, connections, "http://localhost", spending=Spending(store), looks=LOOKS)
        held = Hall(store, log, desk, deliveries, connections, sitting, relay)
        await held.post("sitting.opened")
        await held.post("item.opened", "un")
        held.start()
        try:
            yield held
        finally:
            await held.stop()
    await store.close()


def last_lines(posts: list[Any]) -> list[str]:
    """What was written, without what names item and time; the sitting's opening left out."""
    return [post.text.splitlines()[-1] for post in posts][1:]


async def add_fault(standin: StandinMastodon, effect: dict[str, Any], count: int | None = 1) -> None:
    """Make posting fail on the instance, ``count`` times or (None) until taken back."""
    rule = {"match": {"methods": ["POST"], "path": "/api/v1/statuses"}, "effect": effect, "count": count}
    async with aiohttp.ClientSession() as session:
        async with session.post(standin.base_url + "/api/v1/_mock/faults", json=rule) as answer:
            assert answer.status < 300, await answer.text()


async def delete(standin: StandinMastodon, identity: str) -> None:
    """As somebody who deletes a post in the account's own timeline."""
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {TOKEN}"}) as session:
        async with session.delete(f"{standin.base_url}/api/v1/statuses/{identity}") as answer:
            assert answer.status == 200, await answer.text()


@asynccontextmanager
async def strict(
    standin: StandinMastodon,
    asked: asyncio.Event | None = None,
    answer_limits: asyncio.Event | None = None,
    lose_answer: asyncio.Event | None = None,
) -> AsyncIterator[tuple[dict[str, Any], list[str | None]]]:
    """The stand-in behind the one check that Mastodon makes and mastodon_mock does not: what one replies to exists.

    Gives an account's settings there, and what each post was a reply to, in order. With the two events it says when it
    was asked for its limits, and answers once it is told to. ``lose_answer``, once set, cuts the line after the next
    post is made: mastodon_mock's own faults all come before it does anything.
    """
    replied_to: list[str | None] = []

    async def pass_on(request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if asked is not None and answer_limits is not None and request.path.startswith("/api/v2/instance"):
            asked.set()
            await answer_limits.wait()
        kept = {name: value for name, value in request.headers.items() if name not in ("Host", "Content-Length")}
        async with aiohttp.ClientSession(standin.base_url, headers=kept) as session:
            if request.method == "POST":
                reply_to = (await request.post()).get("in_reply_to_id")
                replied_to.append(None if reply_to is None else str(reply_to))
                if reply_to is not None:
                    async with session.get(f"/api/v1/statuses/{replied_to[-1]}") as found:
                        if found.status == 404:
                            return web.json_response({"error": "Record not found"}, status=404)
            async with session.request(request.method, request.path_qs, data=body) as answer:
                if lose_answer is not None and lose_answer.is_set() and request.method == "POST":
                    lose_answer.clear()
                    assert answer.status == 200, await answer.text()
                    assert request.transport is not None, "the line is up while its request is handled"
                    request.transport.abort()
                return web.Response(body=await answer.read(), status=answer.status, content_type=answer.content_type)

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", pass_on)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield {**standin.settings, "base_url": f"http://127.0.0.1:{runner.addresses[0][1]}"}, replied_to
    finally:
        await runner.cleanup()
