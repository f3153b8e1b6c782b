"""Mastodon, and servers that speak its API, through Mastodon.py in a thread."""

import asyncio
import ssl
import time
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from mastodon import Mastodon
from mastodon.errors import (
    MastodonAPIError,
    MastodonError,
    MastodonIllegalArgumentError,
    MastodonNetworkError,
    MastodonNotFoundError,
    MastodonRatelimitError,
    MastodonServerError,
    MastodonUnauthorizedError,
)
from requests.exceptions import InvalidHeader, InvalidURL, TooManyRedirects
from urllib3.exceptions import ConnectTimeoutError

from livesession.relay.channels.alike import squeezed
from livesession.relay.channels.base import (
    AmbiguousError,
    Attachment,
    ChannelError,
    PermanentError,
    Post,
    Sent,
    TransientError,
)
from livesession.relay.channels.blocking import in_thread
from livesession.relay.channels.hiding import hide
from livesession.relay.channels.mastodon_length import URL_LENGTH, mastodon_length
from livesession.relay.channels.mastodon_text import shows

T = TypeVar("T")

REQUEST_SECONDS = 30.0
LIMITS_SECONDS = 10.0
"""For the instance's limits: they can be asked again, and a post waits behind the question."""

LOOKED_AT = 20
"""Posts looked at to find one, the newest, each by a request of its own: an instance takes 300 in five minutes."""

DEFAULT_LIMIT = 500
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
NEVER_LOOKED_AT = frozenset({408, 421, 425})
"""4xx by which a server says that it did not read the request to its end, or not there, or not yet."""


class MastodonChannel:
    """One account on one instance. Posts are repeated safely: the instance knows their Idempotency-Key.

    ``seconds`` is how long the instance may be silent; a request ends after twice that, whatever trickles in.
    """

    network = "mastodon"
    idempotent = True
    threads = True

    def __init__(self, base_url: str, access_token: str, *, seconds: float = REQUEST_SECONDS) -> None:
        self.limit = DEFAULT_LIMIT
        self._url_length = URL_LENGTH
        self._knows_limits = False
        self._account: str | None = None
        self._base_url = base_url.strip()
        self._token = access_token.strip()
        self._seconds = seconds
        # One request at a time: the library keeps the rate limit's state on the client.
        self._lock = asyncio.Lock()
        self._client = self._new_client()

    def length(self, text: str) -> int:
        return mastodon_length(text, self._url_length)

    async def post(self, post: Post) -> Sent:
        """Publish one post; a repetition with the same key gives the first one again."""

        images = [await self._upload(image) for image in post.images]

        def publish(client: Any) -> Sent:
            status = client.status_post(
                post.text,
                media_ids=images or None,
                in_reply_to_id=post.reply_to,
                # The first post of a thread is for everybody's timeline, its continuation for those who open it.
                visibility="public" if post.reply_to is None else "unlisted",
                language=post.language,
                idempotency_key=post.key,
            )
            return self._sent(status)

        return await self._call(publish, absent="wrong-address" if post.reply_to is None else "thread-gone")

    async def _upload(self, image: Attachment) -> str:
        """Send an image ahead of its post; its id there."""

        def send(client: Any) -> str:
            return _identity(client.media_post(image.content, mime_type=image.type, description=image.alt))

        try:
            return await self._call(send)
        except AmbiguousError as error:
            # Nothing is posted yet, whatever became of the image: one that no post names goes by itself there.
            raise TransientError(error.reason, error.detail) from None

    async def find(self, texts: Collection[str], since: datetime) -> list[Sent]:
        """The account's own posts since then that say one of ``texts``, the newest first."""
        wanted = {squeezed(text) for text in texts}
        if self._account is None:
            self._account = await self._call(lambda client: _identity(client.account_verify_credentials()))
        account = self._account

        def newest(client: Any) -> list[tuple[Sent, bool, str]]:
            listed = client.account_statuses(account, exclude_reblogs=True, limit=LOOKED_AT)
            if not isinstance(listed, list):
                raise TypeError("no list in the answer")
            return [(self._sent(status), _is_since(status, since), str(status["content"])) for status in listed]

        listed = await self._call(newest)
        found = []
        for sent, is_since, content in listed:
            if not is_since:
                continue
            typed = await self._typed(sent.remote_id)
            if squeezed(typed) in wanted if typed is not None else any(shows(content, text) for text in texts):
                found.append(sent)
        if not found and len(listed) >= LOOKED_AT and all(is_since for _, is_since, _ in listed):
            raise AmbiguousError("ambiguous", "more posts than are looked at")
        return found

    async def _typed(self, identity: str) -> str | None:
        """A post's text as it was sent; None where the instance does not say (before 3.5, or not to this token)."""
        try:
            return await self._call(lambda client: _optional(client.status_source(identity)["text"]))
        except PermanentError:
            return None

    async def check(self) -> str:
        """The account's address there; learns the instance's limits on the way."""
        await self.learn_limits()
        return await self._call(lambda client: str(client.account_verify_credentials()["acct"]))

    async def learn_limits(self) -> None:
        """Ask the instance, once, how long a post may be and what a link counts for."""
        if self._knows_limits:
            return
        try:
            # instance_v2(), not instance(): the latter recurses without end on a server that answers 502.
            said = await self._call(lambda client: _statuses(client.instance_v2()), seconds=LIMITS_SECONDS)
        except PermanentError:
            # It does not say (an instance older than Mastodon 4): the limits every instance has hold.
            said = {}
        except ChannelError:
            # Not now: it is asked again before the next post.
            return
        self.limit = _positive(said.get("max_characters"), DEFAULT_LIMIT)
        self._url_length = _positive(said.get("characters_reserved_per_url"), URL_LENGTH)
        self._knows_limits = True

    async def close(self) -> None:
        """Let go of the connection."""
        self._client.session.close()

    def _sent(self, status: Any) -> Sent:
        return Sent(_identity(status), str(status["url"] or status["uri"] or self._base_url))

    def _new_client(self) -> Any:
        session = requests.Session()
        # A Mastodon never answers a POST by sending elsewhere; followed, it would become a GET that posts nothing.
        session.max_redirects = 0
        # A proxy is for the way out; it would look for an instance on this machine on its own.
        session.trust_env = urlsplit(self._base_url).hostname not in LOCAL
        client = Mastodon(
            api_base_url=self._base_url,
            ratelimit_method="throw",
            request_timeout=self._seconds,
            session=session,
            # Asking for the version at the wrong moment recurses without end (Mastodon.py issue 450).
            version_check_mode="none",
        )
        # Not through the constructor: it would read a file of that name, if there is one.
        client.access_token = self._token
        return client

    async def _call(
        self, call: Callable[[Any], T], *, seconds: float | None = None, absent: str = "wrong-address"
    ) -> T:
        """What the library gives; ``absent`` is the reason that an answer 404 stands for."""
        async with self._lock:
            client = self._client
            client.request_timeout = min(seconds or self._seconds, self._seconds)
            try:
                return await in_thread(lambda: call(client), 2 * client.request_timeout)
            except MastodonError as error:
                raise self._sorted_out(error, client, absent) from None
            except (TimeoutError, asyncio.CancelledError) as error:
                # The call may still be under way and keeps this client to itself.
                self._client = self._new_client()
                if isinstance(error, TimeoutError):
                    raise AmbiguousError("no-answer") from None
                raise
            except Exception as error:
                # An answer the library could not make sense of: whether it was posted is not known.
                raise AmbiguousError("ambiguous", type(error).__name__) from None

    def _sorted_out(self, error: MastodonError, client: Any, absent: str) -> ChannelError:
        """What a failure means for a post: certainly not there, never will be, or nobody knows."""
        if isinstance(error, MastodonNetworkError):
            # Its text may quote what was sent.
            return _by_connection(error)
        if isinstance(error, MastodonIllegalArgumentError):
            return PermanentError("refused", type(error).__name__)
        # The library gives (text, status, reason, what the body calls error).
        said = hide(" ".join(str(part) for part in error.args[1:] if part), [self._token])
        status = error.args[1] if len(error.args) > 1 else None
        if isinstance(error, MastodonRatelimitError) or status == 429:
            return TransientError("rate-limited", said, retry_after=_seconds_left(client))
        if isinstance(error, MastodonUnauthorizedError) or status == 403:
            return PermanentError("unauthorised", said)
        if isinstance(error, MastodonNotFoundError):
            return PermanentError(absent, said)
        if isinstance(error, MastodonServerError):
            return AmbiguousError("server-error", said)
        if status in NEVER_LOOKED_AT:
            return TransientError("unreachable", said)
        if isinstance(error, MastodonAPIError) and isinstance(status, int) and 400 <= status < 500:
            return PermanentError("refused", said)
        # Not JSON, or not what it should hold: a page of somebody in between, or an answer cut short.
        return AmbiguousError("ambiguous", type(error).__name__)


def _by_connection(error: BaseException) -> ChannelError:
    """What a failed exchange means: where no connection was made, nothing was sent."""
    causes = _causes(error)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return TransientError("certificate")
    if any(isinstance(cause, ConnectTimeoutError) for cause in causes):
        return TransientError("unreachable")
    if any(isinstance(cause, InvalidHeader) for cause in causes):
        # A token that cannot be written in a header is none.
        return PermanentError("unauthorised")
    if any(isinstance(cause, InvalidURL | TooManyRedirects) for cause in causes):
        return PermanentError("wrong-address")
    return AmbiguousError("no-answer")


def _causes(error: BaseException) -> list[BaseException]:
    """An error and all it came of: requests and urllib3 keep theirs as context, argument or ``reason``."""
    found: list[BaseException] = []
    open_ones: list[Any] = [error]
    while open_ones:
        one = open_ones.pop()
        if isinstance(one, BaseException) and one not in found:
            found.append(one)
            open_ones += [one.__cause__, one.__context__, getattr(one, "reason", None)]
            open_ones += [part for part in one.args if isinstance(part, BaseException)]
    return found


def _statuses(instance: Any) -> Mapping[str, Any]:
    configuration = instance.get("configuration") if isinstance(instance, Mapping) else None
    said = configuration.get("statuses") if isinstance(configuration, Mapping) else None
    return said if isinstance(said, Mapping) else {}


def _identity(answer: Any) -> str:
    # What an answer lacks, the library fills with None.
    if not answer["id"]:
        raise LookupError("no id in the answer")
    return str(answer["id"])


def _is_since(status: Any, since: datetime) -> bool:
    """Whether a post may be of that time; of one that does not say when it was made, it may."""
    made = status["created_at"]
    return not isinstance(made, datetime) or made >= since


def _optional(said: object) -> str | None:
    return said if isinstance(said, str) else None


def _positive(said: object, default: int) -> int:
    return said if isinstance(said, int) and not isinstance(said, bool) and said > 0 else default


def _seconds_left(client: Any) -> float | None:
    reset = client.ratelimit_reset
    return max(1.0, float(reset) - time.time()) if isinstance(reset, int | float) else None


def open_mastodon(settings: Mapping[str, Any]) -> MastodonChannel:
    """The channel of an account's settings."""
    return MastodonChannel(str(settings["base_url"]), str(settings["access_token"]))
