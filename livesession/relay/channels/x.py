"""X, through tweepy's AsyncClient. It has no idempotency: after a doubtful outcome one's own timeline is read."""

import base64
import logging
import ssl
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime
from typing import Any, TypeVar

import aiohttp
import tweepy
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver
from tweepy.asynchronous import AsyncClient

from livesession.relay.channels.base import (
    AmbiguousError,
    Attachment,
    ChannelError,
    PermanentError,
    Post,
    Sent,
    TransientError,
)
from livesession.relay.channels.hiding import hide
from livesession.relay.channels.x_length import LIMIT, x_length
from livesession.relay.channels.x_text import says

T = TypeVar("T")

REQUEST_SECONDS = 30.0
CONNECT_SECONDS = 10.0
"""Shorter than the whole, so that a connection never made is known for one, and tried again."""

LOOKED_AT = 25
"""Posts looked at to find one, the newest: X takes money for each that it gives (0.001 to 0.005 dollars), and one
that is in doubt is among the last."""

API_HOST = "api.twitter.com"
"""The host tweepy 4.17 calls; it cannot be set there."""

_WINDOWS = ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour")
"""The limits X counts, each with a ``-remaining`` and a ``-reset``."""

# At DEBUG tweepy writes the Authorization header of every request into the log.
logging.getLogger("tweepy").setLevel(logging.INFO)


class XChannel:
    """One account on X, by the four keys of OAuth 1.0a or by an OAuth 2 user token (``bearer_token``).

    ``elsewhere`` is a stand-in's host, port and certificate file; ``seconds`` bounds a whole request.
    """

    network = "x"
    limit = LIMIT
    idempotent = False
    threads = False

    def __init__(
        self,
        *,
        consumer_key: str = "",
        consumer_secret: str = "",
        access_token: str = "",
        access_token_secret: str = "",
        bearer_token: str = "",
        elsewhere: tuple[str, int, str] | None = None,
        seconds: float = REQUEST_SECONDS,
    ) -> None:
        keys = {
            "consumer_key": consumer_key.strip(),
            "consumer_secret": consumer_secret.strip(),
            "access_token": access_token.strip(),
            "access_token_secret": access_token_secret.strip(),
            "bearer_token": bearer_token.strip(),
        }
        self._secrets = tuple(keys.values())
        self._by_user_keys = not keys["bearer_token"]
        self._client = AsyncClient(**keys, wait_on_rate_limit=False)
        self._elsewhere = elsewhere
        self._seconds = seconds
        self._user_id: str | None = None

    def length(self, text: str) -> int:
        return x_length(text)

    async def learn_limits(self) -> None:
        """Nothing to ask: X's limit is the same for every account without a subscription."""

    async def post(self, post: Post) -> Sent:
        """Publish one stand-alone post. ``post.key`` cannot be told to X."""

        images = [await self._upload(image) for image in post.images]

        async def publish() -> Sent:
            answer = await self._client.create_tweet(
                text=post.text, media_ids=images or None, user_auth=self._by_user_keys
            )
            identity = str(answer.data["id"])
            return _sent(identity)

        return await self._call(publish)

    async def _upload(self, image: Attachment) -> str:
        """Send an image ahead of its post, then what it shows in words; its id there."""

        async def send() -> str:
            body = {
                "media": base64.b64encode(image.content).decode("ascii"),
                "media_category": "tweet_image",
                "media_type": image.type,
            }
            identity = str((await self._request("/2/media/upload", body))["data"]["id"])
            await self._request("/2/media/metadata", {"id": identity, "metadata": {"alt_text": {"text": image.alt}}})
            return identity

        try:
            return await self._call(send)
        except AmbiguousError as error:
            # Nothing is posted yet, whatever became of the image: one that no post names goes by itself there.
            raise TransientError(error.reason, error.detail) from None

    async def _request(self, route: str, body: Mapping[str, Any]) -> Any:
        # tweepy has no calls for media of API v2; its own request signs and reports as for the others.
        answer = await self._client.request("POST", route, params={}, json=body, user_auth=self._by_user_keys)
        return await answer.json()

    async def find(self, texts: Collection[str], since: datetime) -> list[Sent]:
        """The account's own posts since then that say one of ``texts``, the newest first."""

        async def look() -> tuple[list[Sent], bool]:
            if self._user_id is None:
                self._user_id = str((await self._client.get_me(user_auth=self._by_user_keys)).data["id"])
            # Not ``created_at``, which X need not say for that: tweepy takes it in one form only.
            answer = await self._client.get_users_tweets(
                self._user_id,
                start_time=since,
                max_results=LOOKED_AT,
                exclude=["retweets"],
                tweet_fields=["entities"],
                user_auth=self._by_user_keys,
            )
            if answer.data is None and answer.errors:
                raise LookupError("the timeline is not shown")
            found = [
                _sent(str(tweet.id))
                for tweet in answer.data or ()
                if any(says(tweet.text, (tweet.entities or {}).get("urls", ()), text) for text in texts)
            ]
            return found, "next_token" in answer.meta

        found, there_are_more = await self._call(look)
        if there_are_more and not found:
            raise AmbiguousError("ambiguous", "more posts than are looked at")
        return found

    async def check(self) -> str:
        """The account's name there."""

        async def ask() -> str:
            answer = await self._client.get_me(user_auth=self._by_user_keys)
            return str(answer.data["username"])

        return await self._call(ask)

    async def close(self) -> None:
        """Let go of the connection."""
        session = self._client.session
        if session is not None:
            self._client.session = None
            await session.close()

    async def _call(self, call: Callable[[], Awaitable[T]]) -> T:
        if self._client.session is None:
            # A session of our own: tweepy leaves its own open when an exception passes.
            self._client.session = self._session()
        try:
            return await call()
        except Exception as error:
            raise self._sorted_out(error) from None

    def _session(self) -> aiohttp.ClientSession:
        timeout = aiohttp.ClientTimeout(total=self._seconds, connect=min(CONNECT_SECONDS, self._seconds / 2))
        # A connection for each post: one kept open may have been closed by X just now, and a post that is lost on it
        # cannot be told from one whose answer was.
        if self._elsewhere is None:
            connector = aiohttp.TCPConnector(force_close=True)
            return aiohttp.ClientSession(timeout=timeout, connector=connector, trust_env=True)
        host, port, certificate = self._elsewhere
        context = ssl.create_default_context(cafile=certificate)
        connector = aiohttp.TCPConnector(resolver=_Elsewhere(host, port), ssl=context, force_close=True)
        return aiohttp.ClientSession(timeout=timeout, connector=connector)

    def _sorted_out(self, error: Exception) -> ChannelError:
        """What a failure means for a post: certainly not there, never will be, or nobody knows."""
        if isinstance(error, tweepy.errors.HTTPException):
            # tweepy writes the status on the first line, and what X says after it.
            said = hide(" ".join(str(error).splitlines()[1:]), self._secrets)
            return _by_status(error.response.status, said, error.response.headers)
        if isinstance(error, aiohttp.ContentTypeError):
            # An answer that is no JSON (an HTML page, plain text): tweepy reads it before it looks at the status.
            return _by_status(error.status, f"HTTP {error.status}", error.headers or {})
        if isinstance(error, aiohttp.ClientConnectorCertificateError):
            return TransientError("certificate")
        if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
            return TransientError("unreachable")
        if isinstance(error, aiohttp.ClientError | TimeoutError | OSError):
            return AmbiguousError("no-answer", type(error).__name__)
        # An answer that tweepy could make nothing of; its text may quote the answer whole.
        return AmbiguousError("ambiguous", type(error).__name__)


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


def _by_status(status: int, said: str, headers: Mapping[str, str]) -> ChannelError:
    if status == 429:
        return TransientError("rate-limited", said, retry_after=_seconds_left(headers))
    if status == 401:
        return PermanentError("unauthorised", said)
    if status == 402:
        return PermanentError("payment", said)
    if status == 403:
        return PermanentError(_why_forbidden(said.lower()), said)
    if 400 <= status < 500:
        return PermanentError("refused", said)
    # Overloaded before it looked, or after it posted: a server error does not say which.
    return AmbiguousError("server-error" if status >= 500 else "ambiguous", said)


def _why_forbidden(said: str) -> str:
    """X answers 403 for the text, for the app's rights and for the account's state; only its words tell which."""
    if "duplicate" in said:
        return "duplicate"
    return "unauthorised" if any(word in said for word in ("permission", "suspended", "locked")) else "refused"


def _seconds_left(headers: Mapping[str, str]) -> float | None:
    """Seconds until the last of the exhausted limits is reset; where none says so, until the short one's."""
    exhausted = [name for name in _WINDOWS if headers.get(f"{name}-remaining", "").strip() == "0"]
    resets = [_integer(headers.get(f"{name}-reset", "")) for name in exhausted or _WINDOWS[:1]]
    known = [reset for reset in resets if reset is not None]
    return max(1.0, max(known) - time.time()) if known else None


def _integer(written: str) -> int | None:
    try:
        return int(written)
    except ValueError:
        return None


def _sent(identity: str) -> Sent:
    return Sent(identity, f"https://x.com/i/status/{identity}")


def open_x(settings: Mapping[str, Any]) -> XChannel:
    """The channel of an account's settings. ``elsewhere`` is the demonstration's: host, port, certificate file."""
    elsewhere = settings.get("elsewhere")
    return XChannel(
        consumer_key=str(settings.get("consumer_key", "")),
        consumer_secret=str(settings.get("consumer_secret", "")),
        access_token=str(settings.get("access_token", "")),
        access_token_secret=str(settings.get("access_token_secret", "")),
        bearer_token=str(settings.get("bearer_token", "")),
        elsewhere=None if elsewhere is None else (str(elsewhere[0]), int(elsewhere[1]), str(elsewhere[2])),
    )
