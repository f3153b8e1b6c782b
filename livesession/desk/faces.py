"""The council's face as it is kept: one for an installation, read by every page and therefore remembered a moment."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from livesession.domain.face import FONTS, Face
from livesession.domain.times import write_instant
from livesession.errors import NotFoundError
from livesession.media.logo import TYPES, Logo
from livesession.store.engine import Store
from livesession.store.tables import faces

REMEMBERED_S = 5.0
"""Seconds after which a face that another process changed is seen here."""

_ONE = 1


class Faces:
    """The face of one installation; the default one until somebody chose."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._clock = clock
        self._now = now
        self._known = Face()
        self._read_at: float | None = None
        self._reading = asyncio.Lock()

    async def current(self) -> Face:
        """The face now, a few seconds old at most."""
        if self._fresh():
            return self._known
        async with self._reading:
            if not self._fresh():
                self._known = await self._read()
                self._read_at = self._now()
        return self._known

    def _fresh(self) -> bool:
        return self._read_at is not None and self._now() - self._read_at < REMEMBERED_S

    async def _read(self) -> Face:
        columns = (faces.c.name, faces.c.accent, faces.c.accent_dark, faces.c.font, faces.c.logo)
        row = await self._store.ask_one(select(*columns))
        if row is None:
            return Face()
        default = Face()
        font = next((one for one in FONTS if one == row.font), default.font)
        return Face(name=row.name, accent=row.accent, accent_dark=row.accent_dark, font=font, logo=row.logo)

    async def keep(self, face: Face, logo: Logo | None = None) -> Face:
        """Keep a face, with a new logo if there is one; without one, and ``face.logo`` empty, the old logo goes.

        Raises NotFoundError where ``face.logo`` names a logo that is not the kept one.
        """
        if logo is not None:
            face = replace(face, logo=logo.file)
        row = {
            "id": _ONE,
            "name": face.name,
            "accent": face.accent,
            "accent_dark": face.accent_dark,
            "font": face.font,
            "logo": face.logo,
            "updated_at": write_instant(self._clock()),
        }

        def keep(connection: Connection) -> None:
            drawn: Logo | Row[Any] | None = logo
            if logo is None and face.logo:
                drawn = connection.execute(select(faces).where(faces.c.logo == face.logo)).first()
                if drawn is None:
                    raise NotFoundError("not_found")
            content, picture = (None, None) if drawn is None else (drawn.content, drawn.picture)
            connection.execute(delete(faces))
            connection.execute(insert(faces).values(**row, content=content, picture=picture))

        await self._store.transact(keep)
        self._known, self._read_at = face, self._now()
        return face

    async def forget(self) -> None:
        """Back to the face that is shipped."""
        await self._store.change(delete(faces))
        self._known, self._read_at = Face(), self._now()

    async def logo(self, file: str) -> tuple[str, bytes]:
        """The logo of that name: its media type and its bytes. Raises NotFoundError."""
        row = await self._store.ask_one(select(faces.c.logo, faces.c.content))
        if row is None or not file or row.logo != file or row.content is None:
            raise NotFoundError("not_found")
        return TYPES[file.rpartition(".")[2]], row.content

    async def picture(self) -> bytes | None:
        """The logo as PNG, for what is drawn here; None where there is none."""
        row = await self._store.ask_one(select(faces.c.picture))
        return None if row is None else row.picture
