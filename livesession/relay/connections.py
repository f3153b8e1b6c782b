"""Connected accounts on networks, kept encrypted."""

import base64
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import uuid_utils
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import insert, select, update

from livesession.domain.text import check_text
from livesession.domain.times import write_instant
from livesession.errors import InputError, NotFoundError, Problem, RefusedError
from livesession.relay.compose import KINDS
from livesession.relay.networks import NETWORKS
from livesession.store.engine import Store
from livesession.store.tables import channels

MAX_BUDGET = 1_000_000_000
"""A million dollars, in thousandths: more is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class Connection:
    """A connected account. ``settings`` hold its secrets and never appear in a repr.

    ``carries`` are the kinds of entry that the council sends there; None for all that its network carries.
    ``budget_sitting`` and ``budget_month`` say what may be spent there, in thousandths of a dollar; None: no limit.
    """

    id: str
    network: str
    name: str
    created_at: str
    enabled: bool
    settings: Mapping[str, Any]
    carries: frozenset[str] | None = None
    budget_sitting: int | None = None
    budget_month: int | None = None

    def __repr__(self) -> str:
        return f"Connection({self.network}, {self.name!r})"


class Connections:
    """The connected accounts of one installation, encrypted with a key derived from SECRET_KEY."""

    def __init__(self, store: Store, secret: bytes, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._store = store
        self._clock = clock
        key = HKDF(SHA256(), length=32, salt=None, info=b"livesession channels").derive(secret)
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    async def add(self, network: str, name: str, settings: Mapping[str, Any]) -> Connection:
        """Keep an account. Raises InputError on a network or settings we do not know, RefusedError on a taken name."""
        check_text(name, "name", limit=80)
        if network not in NETWORKS:
            raise InputError("network_unknown", [Problem.of("network-unknown", "network", known=", ".join(NETWORKS))])
        NETWORKS[network].check_settings(settings)
        if any(known.name == name for known in await self.all()):
            raise RefusedError("channel_exists", name=name)
        connection = Connection(
            str(uuid_utils.uuid7()), network, name, write_instant(self._clock()), True, dict(settings)
        )
        await self._store.change(
            insert(channels).values(
                id=connection.id,
                network=network,
                name=name,
                created_at=connection.created_at,
                enabled=True,
                secret=self._fernet.encrypt(json.dumps(connection.settings).encode()),
            )
        )
        return connection

    async def all(self) -> list[Connection]:
        """Every connected account. Raises InputError ``secret_key_wrong`` when SECRET_KEY has changed."""
        rows = await self._store.ask(select(channels).order_by(channels.c.created_at))
        return [
            Connection(
                row.id,
                row.network,
                row.name,
                row.created_at,
                row.enabled,
                self._open(row.secret, row.name),
                None if row.carries is None else frozenset(json.loads(row.carries)),
                row.budget_sitting,
                row.budget_month,
            )
            for row in rows
        ]

    async def by_name(self, name: str) -> Connection:
        """A connected account by its name. Raises NotFoundError."""
        for connection in await self.all():
            if connection.name == name:
                return connection
        raise NotFoundError("channel_unknown", name=name[:80])

    async def set_carries(self, name: str, kinds: Collection[str] | None) -> Connection:
        """Say which kinds of entry go to an account; None for all that its network carries.

        Raises InputError on a kind that goes to no network, NotFoundError.
        """
        known = await self.by_name(name)
        if unknown := sorted(set(kinds or ()) - KINDS):
            problem = Problem.of("channel-kind", unknown[0][:40], known=", ".join(sorted(KINDS)))
            raise InputError("channel_kinds", [problem])
        carries = None if kinds is None else json.dumps(sorted(kinds))
        await self._store.change(update(channels).where(channels.c.id == known.id).values(carries=carries))
        return replace(known, carries=None if kinds is None else frozenset(kinds))

    async def set_budget(self, name: str, sitting: int | None, month: int | None) -> Connection:
        """Say what an account may cost in a sitting and in a month, in thousandths of a dollar; None: no limit.

        Raises InputError on an amount out of bounds, NotFoundError.
        """
        known = await self.by_name(name)
        for place, amount in (("budget_sitting", sitting), ("budget_month", month)):
            if amount is not None and not 0 <= amount <= MAX_BUDGET:
                raise InputError("channel_budget", [Problem.of("channel-budget", place)])
        await self._store.change(
            update(channels).where(channels.c.id == known.id).values(budget_sitting=sitting, budget_month=month)
        )
        return replace(known, budget_sitting=sitting, budget_month=month)

    async def set_enabled(self, name: str, enabled: bool) -> None:
        """Pause an account, or take it up again."""
        await self._store.change(update(channels).where(channels.c.name == name).values(enabled=enabled))

    def _open(self, secret: bytes, name: str) -> dict[str, Any]:
        try:
            settings: dict[str, Any] = json.loads(self._fernet.decrypt(secret))
        except InvalidToken:
            raise InputError("secret_key_wrong", name=name) from None
        return settings
