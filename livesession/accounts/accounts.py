"""Accounts: people who log in, programs that carry a token, and the opaque tokens of both."""

import asyncio
import contextlib
import hashlib
import hmac
import math
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

import uuid_utils
from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from livesession.accounts.passwords import hash_password, verify_password
from livesession.domain.ids import AccountId
from livesession.domain.text import check_text, refused_character
from livesession.domain.times import write_instant
from livesession.errors import (
    InputError,
    NotFoundError,
    NotLoggedInError,
    Problem,
    RefusedError,
    ThrottledError,
    UnavailableError,
)
from livesession.store.engine import Store, insert_new
from livesession.store.tables import accounts, login_failures, logins, tokens

Role = Literal["admin", "clerk", "moderator", "archivist"]
ROLES: tuple[Role, ...] = get_args(Role)

LOGIN_LIFETIME = timedelta(hours=14)
"""Longer than the longest sittings seen (14 h), so that nobody is logged out in the middle of one."""

SEEN_EVERY = timedelta(minutes=5)
"""How often a login's last use is written: often enough to be true, rarely enough to cost nothing."""

FAILURE_WINDOW = timedelta(minutes=15)
FAILURES_PER_NAME = 10
FAILURES_PER_ADDRESS = 50
"""Wrong passwords in the window before one must wait: for one name from one address, and from one address in all.

A town hall shares an address. No number closes a name to every address: whoever knows it could keep its
owner out of a sitting. What bounds guessing from many addresses is how few passwords are hashed at once.
"""

TOKEN_PREFIX = "lst_"  # noqa: S105 - not a secret: it lets scanners recognise a leaked token
MAX_NAME = 80
# With every command one of the two is asked: put together once.
_BY_TOKEN = (
    select(accounts)
    .join(tokens, tokens.c.account == accounts.c.id)
    .where(tokens.c.token_hash == bindparam("hash"), ~accounts.c.disabled)
)
_BY_LOGIN = (
    select(accounts, logins.c.seen_at)
    .join(logins, logins.c.account == accounts.c.id)
    .where(logins.c.token_hash == bindparam("hash"), logins.c.expires_at > bindparam("now"), ~accounts.c.disabled)
)
_LINE_BREAK = re.compile("[\t\n\r\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Account:
    """An account that may act."""

    id: AccountId
    name: str
    role: Role


class Accounts:
    """The accounts of one installation. ``secret`` keys the fingerprints of names and addresses that failed."""

    def __init__(self, store: Store, secret: bytes, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._store = store
        self._clock = clock
        self._counting = asyncio.Lock()
        self._failure_key = hmac.digest(secret, b"livesession login failures", "sha256")

    async def add(self, name: str, role: str, password: str | None) -> Account:
        """A new account; a program's has no password. Raises InputError, RefusedError ``account_exists``."""
        check_text(name, "name", limit=MAX_NAME)
        if (broken := _LINE_BREAK.search(name)) is not None:
            # No field of a login has a second line: nobody could type it again.
            where, character = broken.start() + 1, f"U+{ord(broken.group()):04X}"
            problem = Problem.of("text-character", "name", where=where, character=character)
            raise InputError("text_character", [problem], place="name", where=where, character=character)
        if role not in ROLES:
            raise InputError("role_unknown", [Problem.of("role-unknown", "role", role=role[:20])])
        row = {
            "id": str(uuid_utils.uuid7()),
            "name": name,
            "role": role,
            "password": None if password is None else await hash_password(password),
            "created_at": self._now(),
            "disabled": False,
        }
        if not await self._store.transact(insert_new, insert(accounts).values(row)):
            raise RefusedError("account_exists", name=name)
        return Account(AccountId(row["id"]), name, role)  # type: ignore[arg-type]  # checked against ROLES above

    async def set_password(self, name: str, password: str) -> None:
        """Change a password, and end every login that was made with the old one."""
        hashed = await hash_password(password)
        named = select(accounts.c.id).where(accounts.c.name == name).scalar_subquery()
        ended = delete(logins).where(logins.c.account == named)
        if not await self._store.change(ended, update(accounts).where(accounts.c.name == name).values(password=hashed)):
            raise NotFoundError("account_unknown", name=name[:80])

    async def any(self) -> bool:
        """Whether there is any account a person can log in with."""
        query = select(accounts.c.id).where(accounts.c.password.is_not(None)).limit(1)
        return await self._store.ask_one(query) is not None

    async def names(self) -> dict[AccountId, str]:
        """The name of every account, to show who did what."""
        rows = await self._store.ask(select(accounts.c.id, accounts.c.name))
        return {AccountId(row.id): row.name for row in rows}

    # Logins

    async def log_in(self, name: str, password: str, address: str) -> tuple[Account, str]:
        """The account and a fresh login token. Raises NotLoggedInError ``login_wrong`` or ThrottledError."""
        tried = await self._try(
            (self._subject("name", f"{address} {name}"), FAILURES_PER_NAME),
            (self._subject("address", address), FAILURES_PER_ADDRESS),
        )
        row = None
        # No account has such a name, and no database takes it in a query.
        if refused_character(name) is None:
            row = await self._store.ask_one(select(accounts).where(accounts.c.name == name))
        good = await verify_password(None if row is None or row.disabled else row.password, password)
        if row is None or not good:
            raise NotLoggedInError("login_wrong")
        token = secrets.token_urlsafe(32)
        now = self._clock()
        await self._store.change(
            delete(login_failures).where(login_failures.c.id.in_(tried)),
            delete(logins).where(logins.c.expires_at < write_instant(now)),
            insert(logins).values(
                token_hash=_hash(token),
                account=row.id,
                created_at=write_instant(now),
                seen_at=write_instant(now),
                expires_at=write_instant(now + LOGIN_LIFETIME),
            ),
        )
        return _account(row), token

    async def by_login(self, token: str) -> Account:
        """Who a login token belongs to. Raises NotLoggedInError ``login_needed``."""
        now = self._clock()
        asked = {"hash": _hash(token), "now": write_instant(now)}
        row = await self._store.ask_one(_BY_LOGIN, asked)
        if row is None:
            raise NotLoggedInError("login_needed")
        if row.seen_at < write_instant(now - SEEN_EVERY):
            # Kept alive by use: a clerk at work is not logged out. A full disk must not keep her from reading.
            with contextlib.suppress(UnavailableError):
                await self._keep_alive(token, now)
        return _account(row)

    async def _keep_alive(self, token: str, now: datetime) -> None:
        await self._store.change(
            update(logins)
            .where(logins.c.token_hash == _hash(token))
            .values(seen_at=write_instant(now), expires_at=write_instant(now + LOGIN_LIFETIME))
        )

    async def log_out(self, token: str) -> None:
        """End a login."""
        await self._store.change(delete(logins).where(logins.c.token_hash == _hash(token)))

    async def _try(self, *subjects: tuple[str, int]) -> list[int]:
        """Count a try before it is judged, so that many at once are no way round; the ids of what was counted.

        Raises ThrottledError with the seconds until the next one.
        """
        now = self._clock()
        # A rush of tries that are refused anyway must not stand in the clerks' way to the database.
        await self._store.look(_refuse_throttled, subjects, now)
        counting = insert(login_failures).returning(login_failures.c.id)

        def count(connection: Connection) -> list[int]:
            connection.execute(delete(login_failures).where(login_failures.c.at <= write_instant(now - FAILURE_WINDOW)))
            _refuse_throttled(connection, subjects, now)
            rows = [
                connection.execute(counting.values(subject=subject, at=write_instant(now))) for subject, _ in subjects
            ]
            return [row.scalar_one() for row in rows]

        # PostgreSQL would let tries at once each count without the others.
        async with self._counting:
            return await self._store.transact(count)

    def _subject(self, kind: str, value: str) -> str:
        return hmac.new(self._failure_key, f"{kind}:{value}".encode(errors="replace"), hashlib.sha256).hexdigest()

    # Tokens of programs

    async def create_token(self, role: str, name: str | None = None) -> str:
        """A new token for a program, shown once; only its hash is kept."""
        token = TOKEN_PREFIX + secrets.token_urlsafe(32)
        account = await self.add(name or f"token-{token[4:10]}", role, None)
        await self._store.change(
            insert(tokens).values(token_hash=_hash(token), account=account.id, created_at=self._now())
        )
        return token

    async def by_token(self, token: str) -> Account:
        """Who a program's token belongs to. Raises NotLoggedInError ``token_unknown``."""
        row = await self._store.ask_one(_BY_TOKEN, {"hash": _hash(token)})
        if row is None:
            raise NotLoggedInError("token_unknown")
        return _account(row)

    def _now(self) -> str:
        return write_instant(self._clock())


def _refuse_throttled(connection: Connection, subjects: Iterable[tuple[str, int]], now: datetime) -> None:
    since = write_instant(now - FAILURE_WINDOW)
    for subject, limit in subjects:
        failures = login_failures.c
        query = select(failures.at).where(failures.subject == subject, failures.at > since)
        held = connection.execute(query.order_by(failures.at.desc()).limit(limit)).all()
        if len(held) >= limit:
            wait = datetime.fromisoformat(held[-1].at) + FAILURE_WINDOW - now
            raise ThrottledError("login_throttled", seconds=math.ceil(wait.total_seconds()))


def _hash(token: str) -> str:
    # 256 random bits need no slow hash; the table alone must not let anybody in.
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _account(row: Row[Any]) -> Account:
    return Account(AccountId(row.id), row.name, row.role)
