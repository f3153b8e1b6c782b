"""What a channel is to the relay: it posts one text, and says exactly what became of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Attachment:
    """An image: its bytes, its media type, and what it shows in words."""

    content: bytes
    type: str
    alt: str


@dataclass(frozen=True, slots=True)
class Post:
    """One message ready for a network: its text fits, its mentions are the network's.

    ``key`` is stable for a delivery, and printable ASCII: the network's own idempotency is fed with it where it has
    one.
    ``reply_to`` is the network's id of the post that this one continues, or None.
    ``language`` is a BCP 47 tag. ``images`` go with it, each with its alternative text.
    """

    text: str
    key: str
    reply_to: str | None = None
    language: str = "fr"
    images: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """The network took it: its id there, and its address for people."""

    remote_id: str
    url: str


class ChannelError(Exception):
    """The network did not take it.

    ``reason`` is a stable code that has a sentence in ``i18n/*/relay.ftl`` (``reason-<code>``);
    ``detail`` what the network itself said, cut to 500 characters and free of secrets.
    ``retry_after`` is in seconds where the network said when to come back.
    """

    def __init__(self, reason: str, detail: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail[:500]
        self.retry_after = retry_after


class TransientError(ChannelError):
    """Certainly not posted, and worth another try (429, connection refused, no such host, no trusted certificate)."""


class PermanentError(ChannelError):
    """Certainly not posted, and the same will not pass until somebody changes something (401, 402, 403, 422)."""


class AmbiguousError(ChannelError):
    """May or may not be posted: the request left, no clear answer came (timeout, dropped line, 5xx).

    A channel with native idempotency may be tried again with the same key, while the network remembers it. Else
    :meth:`Channel.find` is asked first: only what the account's timeline does not show is sent again.
    """


class Channel(Protocol):
    """One connected account on one network.

    Guarantees asked of an implementation: ``post`` makes at most one post for one ``key`` if
    ``idempotent`` is True; it never blocks the event loop; it raises nothing but
    :class:`ChannelError`; no secret appears in what it raises.
    """

    network: str
    limit: int
    idempotent: bool
    threads: bool

    async def post(self, post: Post) -> Sent:
        """Publish one post, or raise :class:`ChannelError`.

        Cancelled, it lets go at once; whether the post is made then is not known.
        """

    async def find(self, texts: Collection[str], since: datetime) -> list[Sent]:
        """The account's own posts made at or after ``since`` that say exactly one of ``texts``, the newest first.

        What the network itself makes of a text (its short links, its HTML) is undone; images are not compared.
        Raises ChannelError where they cannot be seen, AmbiguousError also where there are more than are looked at and
        none of those is it: an empty list means that there is none. Posts nothing.
        """

    async def check(self) -> str:
        """Ask the network who we are; returns the account's name there. Posts nothing; raises ChannelError."""

    async def learn_limits(self) -> None:
        """Bring ``limit`` to what the network says, where it says so. Raises nothing."""

    def length(self, text: str) -> int:
        """The network's own count of ``text``, against ``limit``: never smaller, and quick whatever was typed."""

    async def close(self) -> None:
        """Let go of connections. The channel may be used again; it connects anew."""
