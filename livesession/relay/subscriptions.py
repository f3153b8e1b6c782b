"""Who asked to be told of what, without an account: browsers' push subscriptions (W3C Push API), encrypted."""

import base64
import hashlib
import hmac
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection, Executable, delete, func, insert, select, update

from livesession.domain.ids import Pos, SittingId
from livesession.domain.text import refused_character
from livesession.domain.times import write_instant
from livesession.errors import InputError, NotFoundError, Problem, ThrottledError, UnavailableError
from livesession.store.engine import Store, insert_new
from livesession.store.tables import push_cursors, push_keys, push_subscriptions, sittings

MOST_PER_SITTING = 20_000
MOST_ITEMS = 500
MAX_WORD = 100
MAX_ENDPOINT = 2_000
"""Characters of an address that a browser gives; the longest seen have some 600."""

KEPT = timedelta(days=120)
"""How long a subscription waits for a sitting that never comes."""

_KEY = select(push_keys.c.secret)

# Asked at every commit: put together once.
_BEHIND = (
    select(sittings.c.id, sittings.c.slug, push_cursors.c.pos)
    .join(push_cursors, push_cursors.c.sitting == sittings.c.id)
    .where(sittings.c.pos > push_cursors.c.pos, ~sittings.c.rehearsal)
)


@dataclass(frozen=True, slots=True)
class Wants:
    """What somebody wants to be told: beginning and end, every vote, what happens to certain items, a word."""

    sitting: bool = True
    votes: bool = False
    items: tuple[str, ...] = ()
    word: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"sitting": self.sitting, "votes": self.votes, "items": list(self.items), "word": self.word}

    @classmethod
    def of(cls, form: Any) -> "Wants":
        """Read from what a browser sends. Raises InputError ``push_unreadable``."""
        items = form.get("items", []) if isinstance(form, dict) else None
        if not isinstance(items, list) or len(items) > MOST_ITEMS or not all(isinstance(item, str) for item in items):
            raise unreadable("wants")
        word = form.get("word", "")
        if not isinstance(word, str) or len(word) > MAX_WORD or refused_character(word) is not None:
            raise unreadable("wants.word")
        return cls(form.get("sitting") is True, form.get("votes") is True, tuple(items), word.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One browser for one sitting. ``info`` is an address that whoever has it may write to: never in a repr."""

    id: str
    info: Mapping[str, Any]
    wants: Wants
    language: str

    def __repr__(self) -> str:
        return f"Subscription({self.id!r})"


def unreadable(place: str) -> InputError:
    """A subscription that is none."""
    return InputError("push_unreadable", [Problem.of("push-unreadable", place)])


def check_info(info: Any, services: Sequence[str]) -> dict[str, Any]:
    """A browser's subscription as we keep it. Raises InputError ``push_unreadable``.

    ``services``: host names that we send to, those below them included, or whole origins. Without this
    list anybody could have the server knock at any door of its own network.
    """
    if not isinstance(info, dict) or not isinstance(info.get("keys"), dict):
        raise unreadable("subscription")
    endpoint, keys = info.get("endpoint"), info["keys"]
    if not isinstance(endpoint, str) or len(endpoint) > MAX_ENDPOINT or not is_served(endpoint, services):
        raise unreadable("endpoint")
    try:
        key, auth = (_decoded(keys.get(name)) for name in ("p256dh", "auth"))
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
    except (ValueError, TypeError):
        raise unreadable("keys") from None
    if len(auth) != 16:
        raise unreadable("keys")
    return {"endpoint": endpoint, "keys": {"p256dh": keys["p256dh"], "auth": keys["auth"]}}


def is_served(endpoint: str, services: Sequence[str]) -> bool:
    """Whether an address belongs to one of the push services that we send to."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if f"{parts.scheme}://{parts.netloc}" in services:
        return True
    if parts.scheme != "https" or port not in (None, 443) or "@" in parts.netloc:
        return False
    return any(host == service or host.endswith("." + service) for service in services if "://" not in service)


def _decoded(text: Any) -> bytes:
    if not isinstance(text, str):
        raise ValueError("no text")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Subscriptions:
    """The subscriptions of one installation, and the key that push services know it by (VAPID, RFC 8292)."""

    def __init__(self, store: Store, secret: bytes, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._store = store
        self._clock = clock
        derived = HKDF(SHA256(), length=64, salt=None, info=b"livesession push").derive(secret)
        self._fernet = Fernet(base64.urlsafe_b64encode(derived[:32]))
        self._hashing = derived[32:]

    async def key(self) -> ec.EllipticCurvePrivateKey:
        """The private key, made at first need. A new one ends the subscriptions made under the former.

        Raises UnavailableError.
        """
        row = await self._store.ask_one(_KEY)
        known = None if row is None else self._opened(row.secret)
        return known if known is not None else await self._store.transact(self._made_key)

    def _made_key(self, connection: Connection) -> ec.EllipticCurvePrivateKey:
        row = connection.execute(_KEY).one_or_none()
        if row is not None and (known := self._opened(row.secret)) is not None:
            return known
        former: list[Executable] = []
        if row is not None:
            # Only the key that was read: another process may have replaced it meanwhile, and given the new one out.
            former = [delete(push_keys).where(push_keys.c.secret == row.secret), delete(push_subscriptions)]
        fresh = ec.generate_private_key(ec.SECP256R1())
        kept = insert(push_keys).values(id=1, created_at=self._now(), secret=self._fernet.encrypt(_pem(fresh)))
        if insert_new(connection, *former, kept):
            return fresh
        known = self._opened(connection.execute(_KEY).one().secret)
        if known is None:
            # Two secrets in use at once, as while a new one is deployed: the next to ask makes it.
            raise UnavailableError("store_unavailable")
        return known

    def _opened(self, secret: bytes) -> ec.EllipticCurvePrivateKey | None:
        try:
            key = serialization.load_pem_private_key(self._fernet.decrypt(secret), None)
        except InvalidToken:
            # Another SECRET_KEY: what it closed is lost, and browsers must be asked anew.
            return None
        assert isinstance(key, ec.EllipticCurvePrivateKey), "it is the one we made"
        return key

    async def put(self, sitting: SittingId, info: Mapping[str, Any], wants: Wants, language: str) -> str:
        """Subscribe a browser, or change what it wants; the subscription's id. Raises ThrottledError."""
        endpoint = self._hashed(info["endpoint"])
        here = (push_subscriptions.c.sitting == sitting, push_subscriptions.c.endpoint == endpoint)
        values = {
            "wants": json.dumps(wants.as_json()),
            "language": language,
            "secret": self._fernet.encrypt(json.dumps(info).encode()),
        }
        counted = select(func.count()).where(push_subscriptions.c.sitting == sitting)

        def changed(connection: Connection) -> str | None:
            row = connection.execute(select(push_subscriptions.c.id).where(*here)).one_or_none()
            if row is None:
                return None
            connection.execute(update(push_subscriptions).where(*here).values(**values))
            return str(row.id)

        def put(connection: Connection) -> str:
            if (known := changed(connection)) is not None:
                return known
            if connection.execute(counted).scalar_one() >= MOST_PER_SITTING:
                raise ThrottledError("push_full", seconds=3_600)
            # Nobody guesses it, so that it alone ends the subscription.
            fresh = str(uuid.uuid4())
            made = {"id": fresh, "sitting": sitting, "endpoint": endpoint, "created_at": self._now()}
            if insert_new(connection, insert(push_subscriptions).values(**made, **values)):
                _begin(connection, sitting)
                return fresh
            # The same browser asked twice at once: what the other made is there now.
            if (known := changed(connection)) is not None:
                return known
            raise UnavailableError("store_unavailable")

        return await self._store.transact(put)

    async def of_endpoint(self, sitting: SittingId, endpoint: str) -> Wants:
        """What a browser asked to be told of a sitting. Raises NotFoundError ``push_unknown``."""
        query = select(push_subscriptions.c.wants).where(
            push_subscriptions.c.sitting == sitting, push_subscriptions.c.endpoint == self._hashed(endpoint)
        )
        row = await self._store.ask_one(query)
        if row is None:
            raise NotFoundError("push_unknown")
        return Wants.of(json.loads(row.wants))

    async def end(self, sitting: SittingId, *, id: str = "", endpoint: str = "") -> None:
        """End a subscription, by its id or by the browser's address. One that is not there has ended already."""
        found = push_subscriptions.c.id == id if id else push_subscriptions.c.endpoint == self._hashed(endpoint)
        await self._store.change(delete(push_subscriptions).where(push_subscriptions.c.sitting == sitting, found))

    # What the one who sends asks for

    async def behind(self) -> list[tuple[SittingId, str, Pos]]:
        """Sittings with subscribers and something to tell: id, slug, and how far it was told."""
        return [(SittingId(row.id), row.slug, Pos(row.pos)) for row in await self._store.ask(_BEHIND)]

    async def advance(self, sitting: SittingId, pos: int) -> None:
        """So far it was told."""
        await self._store.change(update(push_cursors).where(push_cursors.c.sitting == sitting).values(pos=pos))

    async def of(self, sitting: SittingId) -> list[Subscription]:
        """Every subscription of a sitting that can be read."""
        query = select(push_subscriptions).where(push_subscriptions.c.sitting == sitting)
        rows = await self._store.ask(query)
        found = []
        for row in rows:
            try:
                info = json.loads(self._fernet.decrypt(row.secret))
            except InvalidToken:
                continue
            wants = Wants.of(json.loads(row.wants))
            found.append(Subscription(id=row.id, info=info, wants=wants, language=row.language))
        return found

    async def closed(self) -> list[SittingId]:
        """Closed sittings that somebody still subscribes to."""
        query = select(push_cursors.c.sitting).join(sittings, sittings.c.id == push_cursors.c.sitting)
        rows = await self._store.ask(query.where(sittings.c.status == "closed"))
        return [SittingId(row.sitting) for row in rows]

    async def forget(self, sitting: SittingId) -> None:
        """Everybody's subscription to a sitting."""
        await self._store.change(
            *(delete(table).where(table.c.sitting == sitting) for table in (push_subscriptions, push_cursors))
        )

    async def forget_old(self) -> None:
        """What was subscribed to so long ago that nothing is to be expected."""
        oldest = write_instant(self._clock() - KEPT)
        await self._store.change(delete(push_subscriptions).where(push_subscriptions.c.created_at < oldest))

    def _hashed(self, endpoint: str) -> str:
        return hmac.new(self._hashing, endpoint.encode(errors="replace"), hashlib.sha256).hexdigest()

    def _now(self) -> str:
        return write_instant(self._clock())


def _begin(connection: Connection, sitting: SittingId) -> None:
    """Whoever is first is told what happens from now on, not what happened before."""
    known = connection.execute(select(push_cursors.c.pos).where(push_cursors.c.sitting == sitting))
    if known.one_or_none() is None:
        head = connection.execute(select(sittings.c.pos).where(sittings.c.id == sitting)).scalar_one()
        # Where another was first meanwhile, it was at the same.
        insert_new(connection, insert(push_cursors).values(sitting=sitting, pos=head))


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def public_key(key: ec.EllipticCurvePrivateKey) -> str:
    """The public key as browsers take it: uncompressed point, base64url without padding."""
    point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode("ascii")
