"""X, through tweepy's AsyncClient. It has no idempotency: a doubtful outcome is never repeated by itself."""

import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import aiohttp
import tweepy
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver
from tweepy.asynchronous import AsyncClient
from twitter_text import extract_urls, parse_tweet

from livesession.relay.channels.base import AmbiguousError, ChannelError, PermanentError, Post, Sent, TransientError

LIMIT = 280
REQUEST_SECONDS = 30.0
API_HOST = "api.twitter.com"
"""The host tweepy 4.17 calls; it cannot be set there."""


def x_length(text: str) -> int:
    """X's weighted count (twitter-text configuration 3): links 23, CJK 2, an emoji 2 whatever it is made of."""
    return int(parse_tweet(text).weightedLength)


def has_link(text: str) -> bool:
    """Whether X would see a link, bare domain names included: such a post costs thirteen times as much."""
    return bool(extract_urls(text))


class XChannel:
    """One account on X."""

    network = "x"
    limit = LIMIT
    idempotent = False
    threads = False

    def __init__(
        self,
        consumer_key: str,
        consumer_secret: str,
        access_token: str,
        access_token_secret: str,
        *,
        elsewhere: tuple[str, int, str] | None = None,
        seconds: float = REQUEST_SECONDS,
    ) -> None:
        self._client = AsyncClient(
            consumer_key=consumer_key,
            consumer_secret=consumer_secret,
            access_token=access_token,
            access_token_secret=access_token_secret,
            wait_on_rate_limit=False,
        )
        self._elsewhere = elsewhere
        self._seconds = seconds

    def length(self, text: str) -> int:
        return x_length(text)

    async def learn_limits(self) -> None:
        """Nothing to ask: X's limit is the same for every account without a subscription."""

    async def post(self, post: Post) -> Sent:
        """Publish one stand-alone post. ``post.key`` cannot be told to X."""
        answer = await self._call(self._client.create_tweet, text=post.text)
        identity = str(answer.data["id"])
        return Sent(identity, f"https://x.com/i/status/{identity}")

    async def check(self) -> str:
        """The account's name there."""
        answer = await self._call(self._client.get_me)
        return str(answer.data["username"])

    async def close(self) -> None:
        """Let go of the connection."""
        session = self._client.session
        if session is not None:
            await session.close()
            self._client.session = None

    async def _call(self, call: Any, **arguments: Any) -> Any:
        if self._client.session is None:
            # A session of our own: tweepy leaves its own open when an exception passes.
            self._client.session = self._session()
        try:
            return await call(user_auth=True, **arguments)
        except (tweepy.errors.TweepyException, aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise _sorted_out(error) from None

    def _session(self) -> aiohttp.ClientSession:
        timeout = aiohttp.ClientTimeout(total=self._seconds)
        if self._elsewhere is None:
            return aiohttp.ClientSession(timeout=timeout)
        host, port, certificate = self._elsewhere
        connector = aiohttp.TCPConnector(
            resolver=_Elsewhere(host, port), ssl=ssl.create_default_context(cafile=certificate)
        )
        return aiohttp.ClientSession(timeout=timeout, connector=connector)


class _Elsewhere(AbstractResolver):
    """Finds X's host at another address: a stand-in for tests and the demonstration, signatures and TLS intact."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port
        self._default = DefaultResolver()

    async def resolve(self, host: str, port: int = 0, family: Any = 0) -> list[ResolveResult]:
        if host != API_HOST:
            return await self._default.resolve(host, port, family)
        found = await self._default.resolve(self._host, self._port, family)
        return [{**result, "hostname": host, "port": self._port} for result in found]

    async def close(self) -> None:
        await self._default.close()


def _sorted_out(error: Exception) -> ChannelError:
    """What a failure means for a post: certainly not there, never will be, or nobody knows."""
    if isinstance(error, tweepy.errors.HTTPException):
        return _by_status(error.response.status, _said(error), error)
    if isinstance(error, aiohttp.ContentTypeError):
        # An answer that is no JSON (an HTML page, plain text): tweepy reads it before it looks at the status.
        return _by_status(error.status, "", error)
    if isinstance(error, aiohttp.ClientConnectorError):
        return TransientError("unreachable")
    if isinstance(error, aiohttp.ClientError | TimeoutError | OSError):
        return AmbiguousError("no-answer", type(error).__name__)
    return AmbiguousError("ambiguous", type(error).__name__)


def _by_status(status: int, said: str, error: Exception) -> ChannelError:
    if status == 429:
        return TransientError("rate-limited", said, retry_after=_seconds_left(error))
    if status == 401:
        return PermanentError("unauthorised", said)
    if status == 402:
        return PermanentError("payment", said)
    if status == 403:
        return PermanentError("duplicate" if "duplicate" in said.lower() else "refused", said)
    if 400 <= status < 500:
        return PermanentError("refused", said)
    # Overloaded before it looked, or after it posted: a server error does not say which.
    return AmbiguousError("server-error", said)


def _said(error: tweepy.errors.HTTPException) -> str:
    """X's own words: tweepy writes the status on the first line, and what X says after it."""
    return " ".join(str(error).splitlines()[1:])


def _seconds_left(error: Exception) -> float | None:
    response = getattr(error, "response", None)
    headers = getattr(response, "headers", None) or getattr(error, "headers", None) or {}
    reset = headers.get("x-rate-limit-reset", "")
    if not str(reset).isdigit():
        return None
    return max(1.0, int(reset) - datetime.now(UTC).timestamp())


def open_x(settings: Mapping[str, Any]) -> XChannel:
    """The channel of an account's settings. ``elsewhere`` is the demonstration's: host, port, certificate file."""
    elsewhere = settings.get("elsewhere")
    return XChannel(
        str(settings["consumer_key"]),
        str(settings["consumer_secret"]),
        str(settings["access_token"]),
        str(settings["access_token_secret"]),
        elsewhere=None if elsewhere is None else (str(elsewhere[0]), int(elsewhere[1]), str(elsewhere[2])),
    )
