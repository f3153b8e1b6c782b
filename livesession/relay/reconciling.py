"""Whether a network has a post whose outcome is in doubt: read in the account's own timeline, before it is sent again.

Nothing here posts or settles. Who asks gets the post that is there, or that there is none and it may be sent, or
UnclearError: then a clerk has to look.
"""

import asyncio
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import timedelta

from livesession.domain.entry import Entry
from livesession.domain.ids import Seq, SittingId
from livesession.domain.sitting import State
from livesession.domain.times import read_instant
from livesession.relay.channels.base import Channel, ChannelError, Sent
from livesession.relay.connections import Connection
from livesession.relay.deliveries import Deliveries, Delivery
from livesession.relay.drafting import Drafting
from livesession.thread.log import Log, SittingRow

LOOKS = (3.0, 12.0)
"""Seconds before each look. A timeline shows a post within a second or two as a rule: the first look finds it. The
second is for a network that was slow to take it, or away just now; only what this one does not see is not there."""

CLOCKS = timedelta(minutes=2)
"""How far the network's clock may be behind ours."""

DRAFTING = timedelta(minutes=1)
"""The most that lies between the drafting of a post and its being marked as sending."""

MOST_DOUBTS = 3
"""A post whose outcome stays in doubt, and which the timeline does not show, is sent no more often than this."""

PAGE = 200

_REWORDING = frozenset({"update.corrected", "vote.corrected", "item.corrected", "member.corrected", "assembly.set"})
"""Kinds that may change the post of an entry before them."""


class UnclearError(Exception):
    """Whether the post is there cannot be found out, or not often enough to send it once more."""


class Reconciling:
    """Looks for posts in the accounts' own timelines. ``looks`` are the seconds before each look, one at least."""

    def __init__(self, log: Log, deliveries: Deliveries, drafting: Drafting, looks: Sequence[float] = LOOKS) -> None:
        self._log = log
        self._deliveries = deliveries
        self._drafting = drafting
        self._looks = looks
        self._doubts: Counter[tuple[str, SittingId, Seq]] = Counter()

    async def find(self, delivery: Delivery, channel: Channel, entry: Entry, texts: Collection[str]) -> Sent | None:
        """The post that says one of ``texts``; None where there is none, and it may be sent again.

        Raises UnclearError where the timeline cannot be read, where no texts are known, and at the third doubt about
        the same delivery. Cancelled, it has changed nothing.
        """
        if not texts:
            raise UnclearError("its words may have been others")
        doubted = (delivery.channel, delivery.sitting, delivery.seq)
        try:
            found = await self._looked_for(delivery, channel, entry, texts)
        except ChannelError as error:
            del self._doubts[doubted]
            raise UnclearError(error.reason) from None
        if found is None:
            self._doubts[doubted] += 1
            if self._doubts[doubted] < MOST_DOUBTS:
                return None
        del self._doubts[doubted]
        if found is None:
            raise UnclearError("not there, time after time")
        return found

    async def find_likely(self, delivery: Delivery, channel: Channel, entry: Entry, text: str) -> Sent | None:
        """The post that the network says it has, in one look; None also where it cannot be seen."""
        await asyncio.sleep(self._looks[0])
        try:
            return await self._look(delivery, channel, entry, (text,))
        except ChannelError:
            return None

    async def texts(
        self,
        delivery: Delivery,
        row: SittingRow,
        entry: Entry,
        state: State,
        connection: Connection,
        channel: Channel,
        reply_to: str | None,
    ) -> set[str]:
        """What an inherited delivery may have said; nothing where it may have been worded in another way since."""
        if await self._is_reworded(delivery, entry):
            return set()
        # Where the post it was to follow was gone, it was sent as the first of a new thread.
        follows = {None, reply_to}
        drafts = [await self._drafting.draft(row, entry, state, connection, channel, one) for one in follows]
        return {post.text for post in drafts}

    async def _is_reworded(self, delivery: Delivery, entry: Entry) -> bool:
        drafted = read_instant(delivery.updated_at) - DRAFTING
        after = int(entry.seq)
        while page := await self._log.read(delivery.sitting, after, PAGE):
            if any(_rewords(later, entry) and later.recorded_at >= drafted for later in page):
                return True
            after = page[-1].seq
        return False

    async def _looked_for(
        self, delivery: Delivery, channel: Channel, entry: Entry, texts: Collection[str]
    ) -> Sent | None:
        trouble: ChannelError | None = None
        for pause in self._looks:
            await asyncio.sleep(pause)
            try:
                found = await self._look(delivery, channel, entry, texts)
            except ChannelError as error:
                # Also one that is said to last: aiohttp repeats a request whose line drops with the signature it had,
                # which X then refuses.
                trouble = error
                continue
            if found is not None:
                return found
            trouble = None
        if trouble is not None:
            raise trouble
        return None

    async def _look(self, delivery: Delivery, channel: Channel, entry: Entry, texts: Collection[str]) -> Sent | None:
        found = await channel.find(texts, entry.recorded_at - CLOCKS)
        # Another entry may read the same: its post is not this one's.
        taken = await self._deliveries.taken(delivery, [sent.remote_id for sent in found])
        return next((sent for sent in found if sent.remote_id not in taken), None)


def _rewords(later: Entry, entry: Entry) -> bool:
    if later.kind not in _REWORDING:
        return False
    # A correction that was erased since does not say any more what it was of.
    return later.data is None or later.data.get("entry", entry.id) == entry.id
