"""What is posted for an entry: which entries are, as corrected before they left, and told apart from their likes."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from livesession.domain.entry import Entry, public_data
from livesession.domain.ids import SittingId
from livesession.domain.sitting import State
from livesession.domain.times import write_instant
from livesession.media.media import Media
from livesession.relay.channels.base import Attachment, Channel, Post
from livesession.relay.compose import ComposeContext, compose, goes_out, refuses_duplicates
from livesession.relay.connections import Connection
from livesession.relay.mentions import account
from livesession.telling import place_of
from livesession.thread.log import Log, SittingRow

NEAR = 200
"""How many entries back likes are looked for: far more than one item gets in the minute that its posts name."""

_CORRECTION_ALONE = frozenset({"entry", "reason"})
"""What a correction says of itself, and not of what it corrects."""


def is_for(entry: Entry, connection: Connection) -> bool:
    """Whether an entry goes out on a channel: public, of a kind it carries, meant for it, and not from before it."""
    if entry.pos is None or entry.data is None or write_instant(entry.recorded_at) < connection.created_at:
        return False
    chosen = entry.data.get("channels")
    return carried_by(connection, entry.kind) and (chosen is None or connection.name in chosen)


def carried_by(connection: Connection, kind: str) -> bool:
    """Whether entries of a kind go out on a channel: its network carries them, and the council sends them there."""
    return goes_out(connection.network, kind) and (connection.carries is None or kind in connection.carries)


def is_void(entry: Entry, state: State) -> bool:
    """Whether an entry was taken back or erased, or corrects one that was: then there is nothing to post."""
    named = [entry.id, *([entry.data["entry"]] if entry.data is not None and "entry" in entry.data else [])]
    return any((known := state.entries.get(name)) is not None and (known.retracted or known.erased) for name in named)


def accounts_on(network: str, state: State) -> dict[str, str]:
    """The members' own accounts on a network, by their ids: of those who agreed to be named by them."""
    found = {str(member.id): account(member.handles.get(network, ""), network) for member in state.assembly.members}
    return {member: its_own for member, its_own in found.items() if its_own is not None}


class Drafting:
    """Makes posts of entries; reads the log and changes nothing."""

    def __init__(self, log: Log, base_url: str, media: Media | None = None) -> None:
        self._log = log
        self._media = media
        self._base_url = base_url

    async def draft(
        self,
        row: SittingRow,
        entry: Entry,
        state: State,
        connection: Connection,
        channel: Channel,
        reply_to: str | None,
    ) -> Post:
        """The post of an entry on a channel, the same at every try; ``reply_to`` is the network's id or None."""
        public = await self._as_corrected(row.id, entry, state)
        await channel.learn_limits()
        context = ComposeContext(
            network=connection.network,
            agenda=state.agenda,
            permalink=f"{self._base_url}/s/{row.slug}{place_of(entry.id)}",
            first=reply_to is None,
            accounts=accounts_on(connection.network, state),
        )
        text = compose(public, context, channel.length, channel.limit)
        if refuses_duplicates(connection.network):
            likes = await self._likes(row.id, entry, state, connection, channel, context, text)
            if likes:
                numbered = replace(context, nth=_place(entry, state, likes))
                text = compose(public, numbered, channel.length, channel.limit)
        return Post(
            text=text,
            key=f"{connection.id}-{entry.id}",
            reply_to=reply_to,
            language=state.agenda.language,
            images=await self._images(row.id, public["data"]),
        )

    async def _images(self, sitting: SittingId, data: Mapping[str, Any]) -> tuple[Attachment, ...]:
        """The images of a text; one that is gone is left out, the text goes without it."""
        found = []
        for named in data.get("media", ()) if self._media is not None else ():
            assert self._media is not None, "asked just now"
            held = await self._media.get(sitting, named["id"])
            if held is not None:
                found.append(Attachment(held.content, held.type, named["alt"]))
        return tuple(found)

    async def _as_corrected(self, sitting: SittingId, entry: Entry, state: State) -> dict[str, Any]:
        """The entry's public form, as corrected before it went out: readers need not see a mistake first."""
        public = entry.as_public_json()
        amended_by = state.entries[entry.id].amended_by
        found = await self._log.read(sitting, state.entries[amended_by[-1]].seq - 1, 1) if amended_by else ()
        if not found or found[0].data is None:
            return public
        said = public_data(found[0].kind, found[0].data)
        # A vote is given anew as a whole, its subject too; of a text the correction says the text alone.
        kept = {} if entry.kind == "vote.recorded" else public["data"]
        public["data"] = kept | {name: value for name, value in said.items() if name not in _CORRECTION_ALONE}
        return public

    async def _likes(
        self,
        sitting: SittingId,
        entry: Entry,
        state: State,
        connection: Connection,
        channel: Channel,
        context: ComposeContext,
        text: str,
    ) -> int:
        """How many earlier entries make the very same post on the channel, as they were or as corrected since.

        Read from the log alone, so that a repeated try gives the same post again, and the network's refusal of
        duplicates still protects from posting it twice.
        """
        likes = 0
        for earlier in await self._log.read(sitting, max(0, entry.seq - 1 - NEAR), NEAR):
            if earlier.seq >= entry.seq or not _comparable(earlier, entry) or not is_for(earlier, connection):
                continue
            forms: Sequence[dict[str, Any]] = [earlier.as_public_json()]
            if state.entries[earlier.id].amended_by:
                forms = [*forms, await self._as_corrected(sitting, earlier, state)]
            likes += any(compose(form, context, channel.length, channel.limit) == text for form in forms)
            # Composing takes milliseconds, and there may be many: the loop carries everything else meanwhile.
            await asyncio.sleep(0)
        return likes


def _comparable(one: Entry, other: Entry) -> bool:
    """Whether two posts would begin alike: with the same item and the same minute."""
    minute = len("2026-11-20T10:26")
    return (one.kind, one.item, write_instant(one.at)[:minute]) == (
        other.kind,
        other.item,
        write_instant(other.at)[:minute],
    )


def _place(entry: Entry, state: State, likes: int) -> int:
    """The number that tells an entry from its likes: of a vote its place among its item's public votes."""
    if entry.kind != "vote.recorded":
        return likes + 1
    known = state.entries.values()
    return 1 + sum(
        one.kind == entry.kind and one.item == entry.item and one.pos is not None and one.seq < entry.seq
        for one in known
    )
