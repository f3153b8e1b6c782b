"""Sends notifications to browsers that asked for them (Web Push: RFC 8030, 8291, 8292).

Only the active relay runs it, so that each is sent once; after a crash one may come twice, with the
same tag, which shows it once. News that are half an hour old are no news: they are passed over.
"""

import asyncio
import base64
import hashlib
import json
import logging
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import aiohttp
import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02, VapidException

from livesession.domain.entry import Entry
from livesession.domain.fold import PublicFact, evolve
from livesession.domain.ids import SittingId
from livesession.domain.sitting import State
from livesession.errors import UnavailableError
from livesession.i18n import words
from livesession.relay.notifications import Notification, concerns, notification
from livesession.relay.only_one import Lease, LeaseLostError
from livesession.relay.subscriptions import Subscription, Subscriptions, is_served
from livesession.thread.log import Log

logger = logging.getLogger(__name__)

POLL_SECONDS = 2.0
TIDY_SECONDS = 600.0
PAGE = 200
AT_ONCE = 50
"""Requests under way at once: twenty thousand phones are told within minutes, and no socket is short."""

FRESH = timedelta(minutes=30)
AFTER_CLOSING = timedelta(days=1)
"""How long subscriptions outlive the sitting: what the data notice promises."""

LIVES = 3_600
"""Seconds a push service keeps a notification for a phone that is off."""

TRIES = 3
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 30.0
TIMEOUT = aiohttp.ClientTimeout(total=15)
TOKEN_LIVES = 6 * 3_600
"""Seconds that a signed token serves: at most 24 hours (RFC 8292 §2)."""


class Gone(Exception):
    """The push service knows this subscription no more."""


class Push:
    """Tells subscribers. ``run`` until cancelled. ``contact`` is where a push service may complain."""

    def __init__(
        self,
        log: Log,
        subscriptions: Subscriptions,
        services: Sequence[str],
        contact: str,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._log = log
        self._subscriptions = subscriptions
        self._services = services
        self._contact = contact
        self._clock = clock
        self._tokens: dict[str, tuple[float, str]] = {}
        self._states: dict[SittingId, tuple[int, State]] = {}
        self._lease: Lease | None = None

    async def run(self, lease: Lease | None = None) -> None:
        """Follow the log: on every signal, and every two seconds besides. ``lease``: None where no other can be."""
        self._lease = lease
        seen, tidied = -1, 0.0
        async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
            while True:
                seen = await self._log.signal.wait(seen, POLL_SECONDS)
                try:
                    for sitting, slug, pos in await self._subscriptions.behind():
                        await self._tell(session, sitting, slug, pos)
                    if time.monotonic() - tidied > TIDY_SECONDS or not tidied:
                        await self.tidy()
                        tidied = time.monotonic()
                except UnavailableError:
                    await asyncio.sleep(POLL_SECONDS)
                except LeaseLostError:
                    # Whoever took over tells the rest.
                    return

    async def tidy(self) -> None:
        """Let go of what no longer serves: a day after the sitting nobody is to be told of anything."""
        for sitting in await self._subscriptions.closed():
            ended = (await self._log.state(sitting)).closed_at
            if ended is not None and ended < self._clock() - AFTER_CLOSING:
                await self._subscriptions.forget(sitting)
                self._states.pop(sitting, None)
        await self._subscriptions.forget_old()

    async def _tell(self, session: aiohttp.ClientSession, sitting: SittingId, slug: str, after: int) -> None:
        state = await self._public_state(sitting, after)
        for entry in await self._log.read_public(sitting, after, PAGE):
            assert entry.pos is not None, "read_public gives public entries"
            public = entry.as_public_json()
            state = evolve(state, PublicFact.of(entry.pos, public))
            if self._lease is not None:
                await self._lease.check()
            if entry.recorded_at > self._clock() - FRESH:
                await self._tell_of(session, sitting, slug, entry, state)
            await self._subscriptions.advance(sitting, entry.pos)
            self._states[sitting] = entry.pos, state

    async def _public_state(self, sitting: SittingId, upto: int) -> State:
        """The fold of what the public knows, up to a place: never of what it does not."""
        known = self._states.get(sitting)
        if known is not None and known[0] == upto:
            return known[1]
        state, pos = State(), 0
        while pos < upto:
            page = await self._log.read_public(sitting, pos, min(PAGE, upto - pos))
            if not page:
                break
            for entry in page:
                assert entry.pos is not None, "read_public gives public entries"
                state, pos = evolve(state, PublicFact.of(entry.pos, entry.as_public_json())), entry.pos
        return state

    async def _tell_of(
        self, session: aiohttp.ClientSession, sitting: SittingId, slug: str, entry: Entry, state: State
    ) -> None:
        public = entry.as_public_json()
        wanting = [one for one in await self._subscriptions.of(sitting) if concerns(public, one.wants)]
        if not wanting:
            return
        key = await self._subscriptions.key()
        free = asyncio.Semaphore(AT_ONCE)

        async def one(subscription: Subscription) -> None:
            async with free:
                said = words(subscription.language)
                told = notification(public, state, slug, said, word=subscription.wants.word)
                await self._deliver(session, sitting, slug, subscription, told, key)

        await asyncio.gather(*(one(subscription) for subscription in wanting))

    async def _deliver(
        self,
        session: aiohttp.ClientSession,
        sitting: SittingId,
        slug: str,
        subscription: Subscription,
        told: Notification,
        key: ec.EllipticCurvePrivateKey,
    ) -> None:
        stop = {"stop": f"/s/{slug}/push/stop", "id": subscription.id, "language": subscription.language}
        message = json.dumps({**told.as_json(), **stop}, ensure_ascii=False).encode()
        try:
            await self._try(session, subscription, message, told.tag, key)
        except Gone:
            await self._subscriptions.end(sitting, id=subscription.id)
        except (aiohttp.ClientError, TimeoutError, ValueError, VapidException) as error:
            # One phone that cannot be told keeps nobody else waiting; its address is no matter for a journal.
            logger.warning("a notification could not be sent: %s", type(error).__name__)

    async def _try(
        self,
        session: aiohttp.ClientSession,
        subscription: Subscription,
        message: bytes,
        tag: str,
        key: ec.EllipticCurvePrivateKey,
    ) -> None:
        """Send, and again where the service asks for patience. Raises Gone, ClientError, TimeoutError."""
        endpoint = str(subscription.info["endpoint"])
        if not is_served(endpoint, self._services):
            raise Gone
        pause = FIRST_PAUSE
        for attempt in range(1, TRIES + 1):
            try:
                async with session.post(
                    endpoint,
                    data=encrypted(message, subscription.info["keys"]),
                    headers=self._headers(endpoint, tag, key),
                    allow_redirects=False,
                ) as answer:
                    if answer.status in (404, 410):
                        raise Gone
                    if answer.status != 429 and answer.status < 500:
                        # Created, or refused for good: the same again would change nothing.
                        answer.raise_for_status()
                        return
                    pause = _patience(answer.headers.get("Retry-After"), pause)
                    answer.raise_for_status()
            except (aiohttp.ClientConnectionError, TimeoutError, aiohttp.ClientResponseError) as error:
                final = isinstance(error, aiohttp.ClientResponseError) and error.status != 429 and error.status < 500
                if final or attempt == TRIES:
                    raise
            await asyncio.sleep(pause)
            pause = min(pause * 4, LONGEST_PAUSE)

    def _headers(self, endpoint: str, tag: str, key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
        return {
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(LIVES),
            "Urgency": "high",
            # One that waits for a phone is replaced by the next with the same topic (RFC 8030 §5.4).
            "Topic": base64.urlsafe_b64encode(hashlib.sha256(tag.encode()).digest())[:32].decode("ascii"),
            "Authorization": self._token(endpoint, key),
        }

    def _token(self, endpoint: str, key: ec.EllipticCurvePrivateKey) -> str:
        """Signed for the service's origin, and used again while it serves: signing costs more than sending."""
        parts = urlsplit(endpoint)
        origin = f"{parts.scheme}://{parts.netloc}"
        known = self._tokens.get(origin)
        if known is None or known[0] < time.time():
            # A contact that it finds fault with is still the one we have.
            signer = Vapid02(private_key=key, conf={"no-strict": True})
            claims = {"aud": origin, "sub": self._contact, "exp": int(time.time()) + TOKEN_LIVES}
            known = (time.time() + TOKEN_LIVES / 2, str(signer.sign(claims)["Authorization"]))
            self._tokens[origin] = known
        return known[1]


def encrypted(message: bytes, keys: dict[str, str]) -> bytes:
    """A message that only the subscribed browser reads (RFC 8291)."""
    receiver, auth = (base64.urlsafe_b64decode(keys[name] + "==") for name in ("p256dh", "auth"))
    private = ec.generate_private_key(ec.SECP256R1())
    return bytes(http_ece.encrypt(message, private_key=private, dh=receiver, auth_secret=auth, version="aes128gcm"))


def _patience(asked: str | None, otherwise: float) -> float:
    """Seconds a service asks to wait, within reason; it may name a date, which we take for our own pause."""
    return min(float(asked), LONGEST_PAUSE) if asked is not None and asked.isdecimal() else otherwise
