"""What each network would get of a text that is still being written, in the network's own count of characters."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from livesession.domain.assembly import MemberId
from livesession.domain.ids import ItemId
from livesession.domain.sitting import State
from livesession.domain.times import write_instant
from livesession.relay.channels.base import Channel
from livesession.relay.compose import ComposeContext, composed
from livesession.relay.connections import Connection, Connections
from livesession.relay.deliveries import Deliveries
from livesession.relay.drafting import accounts_on, carried_by
from livesession.relay.opening import open_channel
from livesession.relay.spending import Prices, cost_of
from livesession.telling import place_of
from livesession.thread.log import SittingRow

_ANY_ID = "00000000-0000-7000-8000-000000000000"
"""The entry has none yet; in an address it counts for what every id counts for."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A post as it would read. ``needed`` is what the whole text counts for: above ``limit`` it is cut to ``text``.

    ``cost`` is in thousandths of a dollar, 0 where nothing is paid.
    """

    channel: str
    network: str
    text: str
    needed: int
    limit: int
    cost: int = 0


class Previews:
    """Composes posts and sends nothing. Holds one channel per connected account, for the limits it has learnt."""

    def __init__(
        self, connections: Connections, deliveries: Deliveries, base_url: str, prices: Prices | None = None
    ) -> None:
        self._connections = connections
        self._deliveries = deliveries
        self._base_url = base_url
        self._prices = prices or Prices()
        self._opened: dict[str, Channel] = {}
        self._learning: set[asyncio.Task[None]] = set()

    async def of(
        self, row: SittingRow, state: State, kind: str, item: ItemId | None, data: Mapping[str, Any]
    ) -> list[Preview]:
        """What each enabled network would post for an entry of ``kind`` with ``data``; unknown members are no one."""
        entry = {"kind": kind, "item": item, "at": write_instant(datetime.now(UTC)), "data": _public(data, state)}
        chosen = data.get("channels")
        return [
            await self._preview(row, state, connection, entry)
            for connection in await self._connections.all()
            if connection.enabled
            and carried_by(connection, kind)
            and (not isinstance(chosen, list) or connection.name in chosen)
        ]

    async def _preview(
        self, row: SittingRow, state: State, connection: Connection, entry: Mapping[str, Any]
    ) -> Preview:
        channel = self._channel(connection)
        before = None
        if channel.threads:
            before = await self._deliveries.last_sent(connection.id, row.id, entry["item"], row.seq + 1)
        context = ComposeContext(
            network=connection.network,
            agenda=state.agenda,
            permalink=f"{self._base_url}/s/{row.slug}{place_of(_ANY_ID)}",
            first=before is None,
            accounts=accounts_on(connection.network, state),
        )
        made = composed(entry, context, channel.length, channel.limit)
        media = entry["data"].get("media")
        images = len(media) if isinstance(media, list) else 0
        cost = cost_of(connection.network, made.text, images, self._prices)
        return Preview(connection.name, connection.network, made.text, made.needed, channel.limit, cost)

    def _channel(self, connection: Connection) -> Channel:
        if (held := self._opened.get(connection.id)) is not None:
            return held
        channel = self._opened[connection.id] = open_channel(connection)
        # Not waited for: until the network says otherwise, its usual limit holds.
        learning = asyncio.create_task(_learn(channel))
        self._learning.add(learning)
        learning.add_done_callback(self._learning.discard)
        return channel


async def _learn(channel: Channel) -> None:
    await channel.learn_limits()
    # Nothing is ever posted by it: the connection that asked is not kept.
    await channel.close()


def _public(data: Mapping[str, Any], state: State) -> dict[str, Any]:
    """Data as its entry would carry it: members by name."""
    people = state.assembly.by_id
    found = dict(data)
    quoted = data.get("quote")
    found["quote"] = state.assembly.named(MemberId(quoted)) if isinstance(quoted, str) and quoted in people else None
    mentions = data.get("mentions")
    ids = mentions if isinstance(mentions, list) else []
    found["mentions"] = [
        state.assembly.named(MemberId(each)) for each in ids if isinstance(each, str) and each in people
    ]
    return found
