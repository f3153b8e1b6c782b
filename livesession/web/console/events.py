"""The whole record as it grows, for the console: Server-Sent Events behind a login."""

import asyncio
import json
import logging
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from livesession.accounts.accounts import Account
from livesession.desk.policy import may, require
from livesession.domain.agenda import AgendaItem
from livesession.domain.entry import Entry
from livesession.domain.ids import AccountId
from livesession.domain.sitting import State
from livesession.domain.times import read_instant, write_instant
from livesession.errors import NotAllowedError, NotFoundError, NotLoggedInError, UnavailableError
from livesession.i18n import Words
from livesession.live.hub import Room
from livesession.live.presence import Mark
from livesession.relay.spending import PAID
from livesession.telling import said_of
from livesession.thread.log import SittingRow
from livesession.web.api.deliveries import delivery_form
from livesession.web.rendering import words_of
from livesession.web.requests import query_number
from livesession.web.security import allowed, bearer, login_cookie
from livesession.web.services import Services, services

logger = logging.getLogger(__name__)

PING_SECONDS = 15.0
"""Below the idle limit of the strictest proxies known; the console calls a line dead after two missed."""

POLL_SECONDS = 2.0
"""Commits and deliveries of other processes give no signal here: they show within this."""

SPENDING_SECONDS = 10.0
"""A budget that an administrator has just changed shows within this."""

WRITE_SECONDS = 30.0
"""How long a console may refuse to read before it is cut; it comes back with its cursor."""

CLOCK_STEP = timedelta(minutes=2)
"""How far a server's clock may be set back without a change of a delivery being missed."""

PAGE = 500


async def events(request: web.Request) -> web.StreamResponse:
    """``hello``, then the record after the cursor, then what comes, until the reader leaves or the server ends."""
    account = await allowed(request, "read_record")
    held = services(request)
    row = await held.log.sitting(request.match_info["slug"], rehearsals=True)
    after = query_number(request, "after", 0) or 0
    # A rehearsal has no room: rooms are for the public.
    room = None if row.rehearsal else await held.hub.room(row.slug)
    last = request.headers.get("Last-Event-ID", "")
    if last.isascii() and last.isdigit() and len(last) <= 10:
        after = int(last)
    response = web.StreamResponse(
        headers={
            "Content-Type": "text/event-stream; charset=utf-8",
            # nginx would hold events back to fill its buffers.
            "X-Accel-Buffering": "no",
        }
    )
    await response.prepare(request)
    stream = _Stream(request, response, held, row, account, words_of(request))
    await stream.serve(after if after <= row.seq else 0, room)
    return response


@dataclass(slots=True)
class _Stream:
    """One console that listens. Several tasks write; whole events never mix."""

    request: web.Request
    response: web.StreamResponse
    services: Services
    row: SittingRow
    account: Account
    words: Words
    names: dict[AccountId, str] = field(default_factory=dict)
    told: dict[tuple[str, int], str] = field(default_factory=dict)
    stream: str = field(default_factory=lambda: secrets.token_hex(8))
    greeted: asyncio.Event = field(default_factory=asyncio.Event)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def serve(self, after: int, room: Room | None) -> None:
        """Until the room is gone (shutdown, restore), the login ends, or the line breaks."""
        following = [
            asyncio.create_task(self._follow_entries(after)),
            asyncio.create_task(self._follow_deliveries()),
            asyncio.create_task(self._follow_spending()),
            asyncio.create_task(self._ping()),
            asyncio.create_task(self._follow_clerks()),
            asyncio.create_task(self._follow_reports()),
            asyncio.create_task(self._until_wiped() if room is None else self._until_gone(room)),
        ]
        try:
            await asyncio.wait(following, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in following:
                task.cancel()
            await self._be_here("gone")
            ended = await asyncio.gather(*following, return_exceptions=True)
        for outcome in ended:
            # A reader that left or reads too slowly is no error, nor is a database that is away: it comes
            # back with its cursor. Nothing is raised: the answer has begun, no other can be given.
            if isinstance(outcome, Exception) and not isinstance(
                outcome, (ConnectionError, TimeoutError, UnavailableError, NotFoundError)
            ):
                logger.error("a console's stream of %s broke", self.row.slug, exc_info=outcome)

    async def _follow_entries(self, after: int) -> None:
        log = self.services.log
        seen = log.signal.version
        state = await log.state(self.row.id)
        await self._send(await self._hello(state))
        self.greeted.set()
        while True:
            after = await self._send_entries(after, state)
            seen = await log.signal.wait(seen, POLL_SECONDS)
            while (await log.sitting(self.row.slug, rehearsals=True)).seq == after:
                seen = await log.signal.wait(seen, POLL_SECONDS)
            state = await log.state(self.row.id)

    async def _send_entries(self, after: int, state: State) -> int:
        """Everything up to ``state``, in pages; the last page carries the state it leads to."""
        while after < state.seq:
            page = [entry for entry in await self.services.log.read(self.row.id, after, PAGE) if entry.seq <= state.seq]
            if not page or page[0].seq != after + 1:
                raise AssertionError(f"entry {after + 1} of {self.row.slug} is not there: the record has no gaps")
            after = page[-1].seq
            message: dict[str, Any] = {"type": "entries", "entries": [await self._form(entry) for entry in page]}
            if after == state.seq:
                message["state"] = state.summary()
            await self._send(message, cursor=after)
        return after

    async def _follow_deliveries(self) -> None:
        deliveries = self.services.deliveries
        newest, seen = "", -1
        while True:
            seen = await deliveries.signal.wait(seen, POLL_SECONDS)
            fresh = []
            since = write_instant(read_instant(newest) - CLOCK_STEP) if newest else ""
            for delivery in await deliveries.changed_since(self.row.id, since):
                key, mark = (delivery.channel, delivery.seq), f"{delivery.updated_at} {delivery.state}"
                newest = max(newest, delivery.updated_at)
                if self.told.get(key) != mark:
                    self.told[key] = mark
                    fresh.append(delivery_form(delivery, self.words))
            if fresh:
                await self._send({"type": "deliveries", "deliveries": fresh})

    async def _follow_spending(self) -> None:
        """What networks that are paid by the post have cost: sent where it changed, budgets included."""
        await self.greeted.wait()
        signal = self.services.deliveries.signal
        told: Mapping[str, Any] = {}
        while not self.row.rehearsal:
            seen = signal.version
            now = write_instant(datetime.now(UTC))
            connected = await self.services.connections.all()
            paid = [each for each in connected if each.enabled and each.network in PAID]
            found = {each.id: asdict(await self.services.spending.on(each, self.row.id, now)) for each in paid}
            if found != told:
                told = found
                await self._send({"type": "spending", "spending": found})
            await signal.wait(seen, SPENDING_SECONDS)
        await asyncio.Event().wait()

    async def _follow_clerks(self) -> None:
        """Who is there and who writes: sent where it changed, and looked at again where somebody fell silent."""
        await self.greeted.wait()
        presence = self.services.presence
        told: dict[str, Any] = {}
        seen = presence.signal.version
        while True:
            found = presence.of(self.row.id)
            if found != told:
                told = found
                await self._send({"type": "presence", **found})
            seen = await presence.signal.wait(seen, POLL_SECONDS)

    async def _follow_reports(self) -> None:
        """How many errors that readers reported wait: sent where it changed, to who may settle them."""
        await self.greeted.wait()
        reports, told = self.services.reports, 0
        while may(self.account.role, "post") and not self.row.rehearsal:
            seen = reports.signal.version
            found = await reports.count(self.row.id)
            if found != told:
                told = found
                await self._send({"type": "reports", "count": found})
            await reports.signal.wait(seen, PING_SECONDS)
        await asyncio.Event().wait()

    async def _be_here(self, doing: str = "here") -> None:
        account = self.account
        if may(account.role, "post"):
            mark = Mark(self.row.id, self.stream, account.id, account.name, doing)
            await self.services.presence.tell(mark)

    async def _ping(self) -> None:
        while True:
            await self._be_here()
            await asyncio.sleep(PING_SECONDS)
            try:
                await self._still_allowed()
            except (NotLoggedInError, NotAllowedError):
                return
            await self._send({"type": "ping", "now": write_instant(datetime.now(UTC))})

    async def _still_allowed(self) -> None:
        # Asked anew each time: a login may have ended meanwhile, and asking keeps one that is used alive.
        accounts = self.services.accounts
        token = bearer(self.request)
        if token is not None:
            account = await accounts.by_token(token)
        else:
            account = await accounts.by_login(self.request.cookies.get(login_cookie(self.request), ""))
        require(account.role, "read_record")

    async def _until_gone(self, room: Room) -> None:
        seen = room.signal.version
        while self.services.hub.is_current(room):
            seen = await room.signal.wait(seen, PING_SECONDS)

    async def _until_wiped(self) -> None:
        hub, log = self.services.hub, self.services.log
        seen = hub.ending.version
        while not hub.ended:
            seen = await hub.ending.wait(seen, POLL_SECONDS)
            try:
                row = await log.sitting(self.row.slug, rehearsals=True)
            except NotFoundError:
                await self._send({"type": "gone"})
                return
            if row.id != self.row.id or row.epoch != self.row.epoch:
                return

    async def _hello(self, state: State) -> Mapping[str, Any]:
        connected = [connection for connection in await self.services.connections.all() if connection.enabled]
        if self.row.rehearsal:
            # Nothing goes out: the console must not seem to have networks.
            connected = []
        return {
            "type": "hello",
            "seq": state.seq,
            "epoch": self.row.epoch,
            "rehearsal": self.row.rehearsal,
            "now": write_instant(datetime.now(UTC)),
            "state": state.summary(),
            "agenda": {
                **state.agenda.as_json(),
                "items": [_item(item, state) for item in state.agenda.items],
            },
            "account": {"name": self.account.name, "role": self.account.role},
            "channels": [{"id": each.id, "name": each.name, "network": each.network} for each in connected],
        }

    async def _form(self, entry: Entry) -> dict[str, Any]:
        if entry.author is not None and entry.author not in self.names:
            self.names = await self.services.accounts.names()
            self.names.setdefault(entry.author, "")
        author = None if entry.author is None else self.names[entry.author]
        form = {**entry.facts(), "author_name": author}
        if entry.data is not None and (said := said_of(form)) is not None:
            form["said"] = said
        return form

    async def _send(self, message: Mapping[str, Any], *, cursor: int | None = None) -> None:
        head = f"id: {cursor}\n" if cursor is not None else ""
        text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
        async with self.lock, asyncio.timeout(WRITE_SECONDS):
            await self.response.write(f"{head}data: {text}\n\n".encode())


def _item(item: AgendaItem, state: State) -> dict[str, Any]:
    form = {**item.as_json(), "status": state.item_status(item.id)}
    if item.items:
        form["items"] = [_item(child, state) for child in item.items]
    return form


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/console/s/{slug}/events", events, allow_head=False)]
