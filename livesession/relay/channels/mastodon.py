"""Mastodon, and servers that speak its API, through Mastodon.py in a thread."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

import regex
from mastodon import Mastodon
from mastodon.errors import (
    MastodonAPIError,
    MastodonError,
    MastodonNetworkError,
    MastodonNotFoundError,
    MastodonRatelimitError,
    MastodonServerError,
    MastodonUnauthorizedError,
)
from requests.exceptions import ConnectTimeout
from urllib3.exceptions import NewConnectionError

from livesession.relay.channels.base import AmbiguousError, ChannelError, PermanentError, Post, Sent, TransientError

T = TypeVar("T")

REQUEST_SECONDS = 30
DEFAULT_LIMIT = 500
DEFAULT_URL_LENGTH = 23
"""What every link counts for, until the instance says otherwise."""

_URL = regex.compile(r"https?://[^\s]+", regex.IGNORECASE)
_MENTION = regex.compile(r"(?<![\w/])@([\w]+(?:[\w.-]*[\w]+)?)@[\w.-]+[\w]")
_GRAPHEME = regex.compile(r"\X")


def mastodon_length(text: str, url_length: int = DEFAULT_URL_LENGTH) -> int:
    """Mastodon's count: graphemes, each link as ``url_length``, a mention without its server."""
    shown = _MENTION.sub(r"@\1", _URL.sub("x" * url_length, text))
    return len(_GRAPHEME.findall(shown))


class MastodonChannel:
    """One account on one instance. Posts are repeated safely: the instance knows their Idempotency-Key."""

    network = "mastodon"
    idempotent = True
    threads = True

    def __init__(self, base_url: str, access_token: str, *, seconds: float = REQUEST_SECONDS) -> None:
        self.limit = DEFAULT_LIMIT
        self._url_length = DEFAULT_URL_LENGTH
        self._knows_limits = False
        # One request at a time: the library keeps the rate limit's state on the client.
        self._lock = asyncio.Lock()
        self._client = Mastodon(
            api_base_url=base_url,
            access_token=access_token,
            ratelimit_method="throw",
            request_timeout=seconds,
            # Asking for the version at the wrong moment recurses without end (Mastodon.py issue 450).
            version_check_mode="none",
        )

    def length(self, text: str) -> int:
        return mastodon_length(text, self._url_length)

    async def post(self, post: Post) -> Sent:
        """Publish one post; a repetition with the same key gives the first one again."""
        status = await self._call(
            lambda: self._client.status_post(
                post.text,
                in_reply_to_id=post.reply_to,
                # The first post of a thread is for everybody's timeline, its continuation for those who open it.
                visibility="public" if post.reply_to is None else "unlisted",
                language=post.language,
                idempotency_key=post.key,
            )
        )
        return Sent(str(status["id"]), str(status["url"]))

    async def check(self) -> str:
        """The account's address there; learns the instance's limits on the way."""
        await self.learn_limits()
        account = await self._call(self._client.account_verify_credentials)
        return str(account["acct"])

    async def learn_limits(self) -> None:
        """Ask the instance, once, how long a post may be and what a link counts for."""
        if self._knows_limits:
            return
        try:
            # instance_v2(), not instance(): the latter recurses without end on a server that answers 502.
            instance = await self._call(self._client.instance_v2)
        except ChannelError:
            # It is asked again before the next post; until then the limits every instance has hold.
            return
        said = _statuses(instance)
        self.limit = int(said.get("max_characters") or DEFAULT_LIMIT)
        self._url_length = int(said.get("characters_reserved_per_url") or DEFAULT_URL_LENGTH)
        self._knows_limits = True

    async def close(self) -> None:
        """Let go of the connection."""
        await asyncio.to_thread(self._client.session.close)

    async def _call(self, call: Callable[[], T]) -> T:
        async with self._lock:
            try:
                return await asyncio.to_thread(call)
            except MastodonError as error:
                raise _sorted_out(error, self._client) from None
            except Exception as error:
                # An answer the library could not make sense of: whether it was posted is not known.
                raise AmbiguousError("ambiguous", type(error).__name__) from None


def _statuses(instance: Any) -> Mapping[str, Any]:
    configuration = instance.get("configuration") if hasattr(instance, "get") else None
    said = configuration.get("statuses") if configuration else None
    return said if isinstance(said, Mapping) else {}


def _sorted_out(error: MastodonError, client: Any) -> ChannelError:
    """What a failure means for a post: certainly not there, never will be, or nobody knows."""
    said = _said(error)
    if isinstance(error, MastodonRatelimitError):
        return TransientError("rate-limited", said, retry_after=_seconds_left(client))
    if isinstance(error, MastodonUnauthorizedError):
        return PermanentError("unauthorised", said)
    if isinstance(error, MastodonNotFoundError):
        return PermanentError("thread-gone", said)
    if isinstance(error, MastodonServerError):
        return AmbiguousError("server-error", said)
    if isinstance(error, MastodonNetworkError):
        return TransientError("unreachable", "") if _never_connected(error) else AmbiguousError("no-answer", "")
    if isinstance(error, MastodonAPIError):
        status = error.args[1] if len(error.args) > 1 else None
        if status == 429:
            return TransientError("rate-limited", said, retry_after=_seconds_left(client))
        if isinstance(status, int) and 400 <= status < 500:
            return PermanentError("unauthorised" if status in (401, 403) else "refused", said)
    return AmbiguousError("ambiguous", said)


def _said(error: MastodonError) -> str:
    """The instance's own sentence: the library gives (text, status, reason, body's error)."""
    return " ".join(str(part) for part in error.args[1:] if part)


def _never_connected(error: BaseException) -> bool:
    """Whether the request certainly never left: no connection was made.

    requests and urllib3 wrap the cause several times, as cause, context, argument or ``reason``.
    """
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        found = waiting.pop()
        if not isinstance(found, BaseException) or id(found) in seen:
            continue
        if isinstance(found, NewConnectionError | ConnectTimeout):
            return True
        seen.add(id(found))
        waiting += [found.__cause__, found.__context__, getattr(found, "reason", None), *found.args]
    return False


def _seconds_left(client: Any) -> float | None:
    reset = getattr(client, "ratelimit_reset", None)
    if not isinstance(reset, int | float):
        return None
    return max(1.0, float(reset) - datetime.now(UTC).timestamp())


def open_mastodon(settings: Mapping[str, Any]) -> MastodonChannel:
    """The channel of an account's settings."""
    return MastodonChannel(str(settings["base_url"]), str(settings["access_token"]))
