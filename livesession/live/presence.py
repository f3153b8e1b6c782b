"""Which clerks are there, and who is writing on what: told from one to the others, and kept by nobody."""

import asyncio
import json
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import asyncpg
from sqlalchemy import text

from livesession.domain.ids import SittingId
from livesession.errors import UnavailableError
from livesession.store.engine import Store
from livesession.thread.signals import Signal

logger = logging.getLogger(__name__)

CHANNEL = "livesession_presence"
"""The channel of NOTIFY by which processes tell each other; PostgreSQL keeps nothing of it."""

WRITING_SECONDS = 10.0
"""A console says every few seconds that its clerk is writing: one that fell silent is not."""

HERE_SECONDS = 40.0
"""A console that is open says so every 15 seconds."""

AGAIN_SECONDS = 1.0
MAX_MARKS = 200
"""Marks of a sitting: more is no council's secretariat."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a clerk does now. ``tab`` is one browser tab; ``doing`` is ``here``, ``text`` or ``vote``."""

    sitting: str
    tab: str
    account: str
    name: str
    doing: str
    item: str | None = None


class Presence:
    """The clerks of every sitting, as this process knows of them. ``run`` listens to other processes."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self.signal = Signal()
        self._store = store
        self._clock = clock
        self._process = secrets.token_hex(4)
        self._marks: dict[str, dict[str, tuple[float, Mark]]] = {}

    async def tell(self, mark: Mark) -> None:
        """Note what a clerk does, here and in the other processes. A database that is away is no matter."""
        self._take(mark)
        if self._store.is_sqlite:
            return
        payload = json.dumps({"from": self._process, "mark": asdict(mark)})
        try:
            await self._store.change(
                text("SELECT pg_notify(:channel, :payload)").bindparams(channel=CHANNEL, payload=payload)
            )
        except UnavailableError as error:
            logger.debug("nobody is told who writes: %s", error.__cause__)

    def of(self, sitting: SittingId) -> dict[str, Any]:
        """Who is there by name, and who writes, on what. Only what was said a moment ago."""
        now = self._clock()
        marks = self._marks.get(sitting, {})
        for tab, (until, _) in list(marks.items()):
            if until < now:
                del marks[tab]
        found = [mark for _, mark in marks.values()]
        writing = sorted((mark for mark in found if mark.doing != "here"), key=lambda mark: (mark.name, mark.tab))
        return {
            "here": sorted({mark.name for mark in found}),
            "writing": [
                {"tab": mark.tab, "name": mark.name, "doing": mark.doing, "item": mark.item} for mark in writing
            ],
        }

    def _take(self, mark: Mark) -> None:
        marks = self._marks.setdefault(mark.sitting, {})
        if mark.doing == "gone":
            marks.pop(mark.tab, None)
        elif mark.tab in marks or len(marks) < MAX_MARKS:
            kept = HERE_SECONDS if mark.doing == "here" else WRITING_SECONDS
            marks[mark.tab] = (self._clock() + kept, mark)
        if not marks:
            self._marks.pop(mark.sitting, None)
        self.signal.notify()

    async def run(self) -> None:
        """Listen to the other processes, until cancelled; on SQLite there are none."""
        while True:
            if self._store.is_sqlite:
                await asyncio.Event().wait()
            try:
                await self._until_lost()
            except (UnavailableError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                logger.debug("clerks of other processes are not heard of: %s", error)
            await asyncio.sleep(AGAIN_SECONDS)

    async def _until_lost(self) -> None:
        lost = asyncio.Event()
        async with self._store.direct() as connection:
            connection.add_termination_listener(lambda _: lost.set())
            await connection.add_listener(CHANNEL, lambda *heard: self._heard(str(heard[-1])))
            await lost.wait()

    def _heard(self, payload: str) -> None:
        try:
            form = json.loads(payload)
            if form["from"] != self._process:
                self._take(Mark(**form["mark"]))
        except (ValueError, KeyError, TypeError):
            logger.warning("what another process said of its clerks cannot be read")
