"""The relay: reads the log with its cursor, and carries each public entry to each channel, in order, once.

One task per channel, so that a slow network holds up no other. What is promised:

- an entry makes at most one delivery per channel, noted in the same transaction as the cursor;
- ``sending`` is durable before the network hears anything, so that a crash is seen afterwards;
- a doubtful outcome, ours or one that a relay that died left behind, is tried again where the network itself
  recognises the repetition; elsewhere the account's own timeline is read first, and only what is not there is sent
  again. Where the timeline cannot be read, a clerk decides;
- a thread whose last post was deleted there is begun anew, so that the item goes on;
- nothing leaves while the doors are closed, nor what was retracted or erased meanwhile;
- what the council's budget does not leave room for is withheld, and a clerk decides.
"""

import asyncio
import contextlib
import logging
import random
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from livesession.domain.entry import Entry
from livesession.domain.sitting import State
from livesession.domain.times import read_instant, write_instant
from livesession.errors import LivesessionError
from livesession.media.media import Media
from livesession.relay.channels.base import AmbiguousError, Channel, ChannelError, Post, Sent, TransientError
from livesession.relay.connections import Connection, Connections
from livesession.relay.deliveries import Deliveries, Delivery
from livesession.relay.deliveries import State as DeliveryState
from livesession.relay.drafting import Drafting, is_for, is_void
from livesession.relay.only_one import Lease, LeaseLostError
from livesession.relay.opening import open_channel
from livesession.relay.reconciling import LOOKS, Reconciling, UnclearError
from livesession.relay.spending import Prices, Spending, cost_of_post
from livesession.thread.log import Log, SittingRow
from livesession.thread.signals import wait_any

logger = logging.getLogger(__name__)

POLL_SECONDS = 2.0
RECHECK_SECONDS = 5.0
"""How soon a channel connected by a command, beside the server, takes part. What is changed in one that takes part
counts for whatever has not left yet."""

PAGE = 200
FIRST_RETRY_SECONDS = 2.0
LONGEST_RETRY_SECONDS = 300.0
GIVE_UP_AFTER = timedelta(hours=2)
"""An update that could not be posted for so long is no news any more: the clerk decides."""

SAME_KEY_FOR = timedelta(minutes=55)
"""Mastodon keeps an Idempotency-Key for 3600 s; after that a repetition would be a second post."""

LEAVING_SECONDS = 5.0
"""How long a post that is under way may take when the server stops: a known outcome beats a doubtful one."""


class _ChangedError(Exception):
    """The channel is not connected any more as its task knows it."""


class Relay:
    """Carries every sitting to every connected channel. ``run`` until cancelled."""

    def __init__(
        self,
        log: Log,
        deliveries: Deliveries,
        connections: Connections,
        base_url: str,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        opener: Callable[[Connection], Channel] = open_channel,
        media: Media | None = None,
        spending: Spending | None = None,
        prices: Prices | None = None,
        looks: Sequence[float] = LOOKS,
    ) -> None:
        self._log = log
        self._deliveries = deliveries
        self._connections = connections
        self._drafting = Drafting(log, base_url, media)
        self._clock = clock
        self._open = opener
        self._spending = spending
        self._prices = prices or Prices()
        self._reconciling = Reconciling(log, deliveries, self._drafting, looks)
        self._lease: Lease | None = None
        self._changed = asyncio.Event()

    async def run(self, lease: Lease | None = None) -> None:
        """One task per connected channel; looks for new ones now and then. ``lease``: None where no other can be."""
        self._lease = lease
        tasks: dict[str, asyncio.Task[None]] = {}
        carried: dict[str, Connection] = {}
        try:
            while True:
                wanted = {known.id: known for known in await self._connections.all() if known.enabled}
                # Also one whose settings changed: it starts again with the new ones.
                for identity in [each for each in tasks if wanted.get(each) != carried[each]]:
                    await _end(tasks.pop(identity))
                for identity, connection in wanted.items():
                    if identity not in tasks or tasks[identity].done():
                        carried[identity] = connection
                        tasks[identity] = asyncio.create_task(self._carry(connection), name=f"relay-{connection.name}")
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(RECHECK_SECONDS):
                        await self._changed.wait()
                self._changed.clear()
        finally:
            await asyncio.gather(*(_end(task) for task in tasks.values()))

    async def _carry(self, connection: Connection) -> None:
        channel = self._open(connection)
        try:
            await self._take_over(connection, channel)
            while True:
                try:
                    await self._round(connection, channel)
                except LivesessionError as error:
                    logger.warning("relay to %s waits: %s", connection.name, error)
                    await asyncio.sleep(POLL_SECONDS)
        except LeaseLostError:
            # Whoever took over goes on from here.
            return
        except _ChangedError:
            self._changed.set()
        except Exception:
            logger.exception("relay to %s failed; it starts again", connection.name)
        finally:
            await channel.close()

    async def _take_over(self, connection: Connection, channel: Channel) -> None:
        """Deal with what a relay that died left as ``sending``: the network may have it, or not."""
        for delivery in await self._deliveries.inherited(connection.id):
            row, entry, state = await self._subject(delivery)
            if row is None or entry is None or is_void(entry, state):
                # Whether it is there matters all the more now; and its words are for nobody to look for any more.
                await self._settle(delivery, "failed", reason="ambiguous")
            elif self._is_repeatable(channel, entry):
                await self._settle(delivery, "waiting")
            else:
                before = await self._continued(delivery, channel)
                reply_to = None if before is None else before.remote_id
                texts = await self._reconciling.texts(delivery, row, entry, state, connection, channel, reply_to)
                await self._reconcile(delivery, channel, entry, texts, AmbiguousError("ambiguous"))

    async def _round(self, connection: Connection, channel: Channel) -> None:
        signals = (self._log.signal, self._deliveries.signal)
        seen = [signal.version for signal in signals]
        await self._check_connected(connection)
        await self._plan(connection)
        wait = POLL_SECONDS
        sent_any = False
        for delivery in await self._deliveries.next_of(connection.id):
            due_in = self._due_in(delivery)
            if due_in > 0:
                wait = min(wait, due_in)
                continue
            await self._deliver(delivery, connection, channel)
            sent_any = True
        if not sent_any:
            await wait_any(signals, seen, wait)

    async def _check_connected(self, connection: Connection) -> None:
        known = next((one for one in await self._connections.all() if one.id == connection.id), None)
        if known is None or not known.enabled or known != connection:
            raise _ChangedError

    def _due_in(self, delivery: Delivery) -> float:
        if delivery.next_try_at is None:
            return 0.0
        return (read_instant(delivery.next_try_at) - self._clock()).total_seconds()

    async def _plan(self, connection: Connection) -> None:
        cursors = await self._deliveries.cursors(connection.id)
        for row in await self._log.sittings():
            cursor = cursors.get(row.id, 0)
            while cursor < row.seq:
                page = await self._log.read(row.id, cursor, PAGE)
                if not page:
                    break
                cursor = page[-1].seq
                chosen = [entry for entry in page if is_for(entry, connection)]
                await self._deliveries.plan(connection.id, row.id, chosen, cursor)

    async def _deliver(
        self, delivery: Delivery, connection: Connection, channel: Channel, *, new_thread: bool = False
    ) -> None:
        row, entry, state = await self._subject(delivery)
        if row is None or entry is None:
            await self._settle(delivery, "withheld", reason="retracted")
            return
        if (why := _why_withheld(entry, state)) is not None:
            await self._settle(delivery, "withheld", reason=why)
            return
        before = None if new_thread else await self._continued(delivery, channel)
        reply_to = None if before is None else before.remote_id
        post = await self._drafting.draft(row, entry, state, connection, channel, reply_to)
        cost = cost_of_post(connection.network, post, self._prices)
        if cost and not await self._affordable(delivery, connection, cost):
            await self._settle(delivery, "withheld", reason="budget")
            return
        # Asked after it was planned: what was posted once the channel was paused does not leave.
        await self._check_connected(connection)
        if not await self._deliveries.claim(delivery, cost or None, self._lease):
            return
        # Drafting may have waited for the network's limits: what the doors and the clerk did meanwhile counts too.
        if (why := _why_withheld(entry, await self._log.state(delivery.sitting))) is not None:
            await self._settle(delivery, "withheld", reason=why)
            return
        if self._lease is not None:
            # Stopped since the claim, we would post what another has dealt with.
            await self._lease.check()
        gone = await self._finish(delivery, channel, entry, post, asyncio.ensure_future(channel.post(post)))
        if gone:
            # Delivered anew as a whole, because the doors may have closed meanwhile. With the same key: where the
            # answer to the new thread's post is lost, the next try is found out here again, and repeats that post.
            await self._deliver(delivery, connection, channel, new_thread=True)

    async def _subject(self, delivery: Delivery) -> tuple[SittingRow | None, Entry | None, State]:
        rows = await self._log.heads([delivery.sitting])
        entries = await self._log.read(delivery.sitting, delivery.seq - 1, 1)
        # Last, so that it is the newest of the three: a closed part that began while we read is seen.
        state = await self._log.state(delivery.sitting)
        entry = entries[0] if entries and entries[0].data is not None else None
        return (rows[0] if rows else None), entry, state

    async def _continued(self, delivery: Delivery, channel: Channel) -> Delivery | None:
        """The post that a delivery is to follow in its item's thread; None where it is the first, or none has any."""
        if not channel.threads:
            return None
        return await self._deliveries.last_sent(delivery.channel, delivery.sitting, delivery.item, delivery.seq)

    async def _affordable(self, delivery: Delivery, connection: Connection, cost: int) -> bool:
        """Whether the council's budget leaves room for a post, or a clerk has said that it goes all the same."""
        if self._spending is None or delivery.reason == "budget":
            # Withheld for it before, and given free by hand since.
            return True
        # Read anew: a budget that was set just now counts for what leaves just now.
        known = await self._connections.by_name(connection.name)
        spent = await self._spending.on(known, delivery.sitting, write_instant(self._clock()))
        return spent.allows(cost)

    async def _finish(
        self, delivery: Delivery, channel: Channel, entry: Entry, post: Post, posting: asyncio.Future[Sent]
    ) -> bool:
        """Note what becomes of a post. True where it waits again because what it was to follow is gone."""
        try:
            sent = await asyncio.shield(posting)
        except asyncio.CancelledError:
            # The server stops: wait a little for the answer, so that the outcome is known.
            with contextlib.suppress(Exception):
                async with asyncio.timeout(LEAVING_SECONDS):
                    await self._settle_sent(delivery, await posting)
            raise
        except ChannelError as error:
            if error.reason == "thread-gone" and post.reply_to is not None:
                await self._settle(delivery, "waiting")
                return True
            await self._settle_failed(delivery, channel, entry, post, error)
        except Exception as error:
            logger.exception("posting to %s failed in an unforeseen way", delivery.channel_name)
            unforeseen = AmbiguousError("ambiguous", type(error).__name__)
            await self._settle_failed(delivery, channel, entry, post, unforeseen)
        else:
            await self._settle_sent(delivery, sent)
        return False

    async def _settle(self, delivery: Delivery, state: DeliveryState, **changes: Any) -> None:
        await self._deliveries.settle(delivery, state, self._lease, **changes)

    async def _settle_sent(self, delivery: Delivery, sent: Sent) -> None:
        await self._settle(delivery, "sent", remote_id=sent.remote_id, remote_url=sent.url)

    async def _settle_failed(
        self, delivery: Delivery, channel: Channel, entry: Entry, post: Post, error: ChannelError
    ) -> None:
        if isinstance(error, AmbiguousError) and not self._is_repeatable(channel, entry):
            await self._reconcile(delivery, channel, entry, {post.text}, error)
        elif isinstance(error, TransientError | AmbiguousError):
            await self._settle_waiting(delivery, entry, error)
        elif error.reason == "duplicate" and (
            there := await self._reconciling.find_likely(delivery, channel, entry, post.text)
        ):
            # An earlier try of ours: its answer was lost, and the timeline was late to show it.
            await self._settle_sent(delivery, there)
        else:
            await self._settle(delivery, "failed", reason=error.reason, detail=error.detail)

    async def _reconcile(
        self, delivery: Delivery, channel: Channel, entry: Entry, texts: Collection[str], error: AmbiguousError
    ) -> None:
        """Settle what may or may not be posted. It stays ``sending`` meanwhile, so that a crash is reconciled too."""
        try:
            there = await self._reconciling.find(delivery, channel, entry, texts)
        except UnclearError as unclear:
            logger.warning("whether %s has a post stays unknown: %s", delivery.channel_name, unclear)
            await self._settle(delivery, "failed", reason=error.reason, detail=error.detail)
            return
        if there is None:
            await self._settle_waiting(delivery, entry, error)
        else:
            await self._settle_sent(delivery, there)

    async def _settle_waiting(self, delivery: Delivery, entry: Entry, error: ChannelError) -> None:
        """Certainly not posted, or safe to repeat: try again later, as long as it is news."""
        said = {"reason": error.reason, "detail": error.detail}
        if self._clock() - entry.recorded_at > GIVE_UP_AFTER:
            await self._settle(delivery, "given up", **said)
            return
        due = self._clock() + timedelta(seconds=_pause(delivery.attempts, error.retry_after))
        await self._settle(delivery, "waiting", next_try_at=write_instant(due), **said)

    def _is_repeatable(self, channel: Channel, entry: Entry) -> bool:
        """Whether the network would recognise a repetition: no key can be older there than the entry is."""
        return channel.idempotent and self._clock() - entry.recorded_at < SAME_KEY_FOR


def _why_withheld(entry: Entry, state: State) -> str | None:
    """The reason for which an entry does not leave now; None where it may."""
    if state.in_closed_part:
        return "closed-part"
    return "retracted" if is_void(entry, state) else None


def _pause(attempts: int, retry_after: float | None) -> float:
    """Seconds before the next try: what the network asked for, else doubling, with jitter so that channels spread."""
    if retry_after is not None:
        return min(max(retry_after, 1.0), 3600.0)
    pause: float = min(FIRST_RETRY_SECONDS * 2 ** min(attempts, 10), LONGEST_RETRY_SECONDS)
    return pause * random.uniform(0.7, 1.0)  # noqa: S311 - spreads load, protects nothing


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
