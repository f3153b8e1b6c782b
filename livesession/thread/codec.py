"""Entries to rows and back, and what a sitting's row says."""

import json
from collections.abc import Mapping
from typing import Any

import rfc8785
from sqlalchemy import ColumnElement, LargeBinary, Row, String, cast

from livesession.domain.entry import Entry
from livesession.domain.ids import AccountId, EntryId, Epoch, ItemId, Pos, Seq, SittingId, Slug
from livesession.domain.times import read_instant, write_instant
from livesession.store.tables import entries
from livesession.thread.chain import canonical
from livesession.thread.log import SittingRow


def as_stored(data: Mapping[str, Any]) -> dict[str, Any]:
    """``data`` as it will be read back: a command's first answer and its repeat are the same to the byte."""
    stored: dict[str, Any] = json.loads(canonical(data))
    return stored


def write_row(sitting: str, entry: Entry) -> dict[str, Any]:
    """The columns of ``entries`` for one entry."""
    return {
        "sitting": sitting,
        "seq": entry.seq,
        "pos": entry.pos,
        "id": entry.id,
        "kind": entry.kind,
        "item": entry.item,
        "at": write_instant(entry.at),
        "recorded_at": write_instant(entry.recorded_at),
        "author": entry.author,
        "data": None if entry.data is None else canonical(entry.data).decode(),
        "salt": entry.salt,
        "digest": entry.digest,
        "prev": entry.prev,
        "hash": entry.hash,
    }


def read_sitting(row: Row[Any]) -> SittingRow:
    """A sitting from its row."""
    return SittingRow(
        id=SittingId(row.id),
        slug=Slug(row.slug),
        epoch=Epoch(row.epoch),
        seq=Seq(row.seq),
        pos=Pos(row.pos),
        rev=row.rev,
        head=row.head,
        title=row.title,
        assembly=row.assembly,
        starts=row.starts,
        status=row.status,
        created_at=row.created_at,
        rehearsal=bool(row.rehearsal),
    )


def read_row(row: Row[Any]) -> Entry:
    """An entry from its row. Raises InputError or ValueError on a row that was tampered with."""
    return Entry(
        seq=Seq(row.seq),
        pos=None if row.pos is None else Pos(row.pos),
        id=EntryId(row.id),
        kind=row.kind,
        item=None if row.item is None else ItemId(row.item),
        at=read_instant(row.at),
        recorded_at=read_instant(row.recorded_at),
        author=None if row.author is None else AccountId(row.author),
        data=None if row.data is None else json.loads(row.data),
        salt=row.salt,
        digest=row.digest,
        prev=row.prev,
        hash=row.hash,
    )


def raw_columns(*, is_sqlite: bool) -> list[ColumnElement[Any]]:
    """The columns of ``entries`` for :func:`raw_form`.

    SQLite keeps any bytes in a text column and its driver fails on those that are no UTF-8: they
    are read as bytes, so that an altered one is a finding and not a failure.
    """
    return [
        cast(column, LargeBinary).label(column.name) if is_sqlite and isinstance(column.type, String) else column
        for column in entries.c
    ]


def raw_form(row: Row[Any]) -> Mapping[str, Any]:
    """A row as the whole form of an entry, exactly as stored: what ``verify`` judges."""
    form = {
        name: value.decode(errors="backslashreplace") if isinstance(value, bytes) else value
        for name, value in row._mapping.items()
        if name != "sitting"
    }
    if form["data"] is not None:
        form["data"] = _raw_data(form["data"])
    return form


def _raw_data(stored: Any) -> Mapping[str, Any]:
    try:
        data: dict[str, Any] = json.loads(stored)
        if canonical(data).decode() == stored:
            return data
    except (ValueError, TypeError, RecursionError, rfc8785.CanonicalizationError):
        pass
    # Not the bytes that were written, though they may mean the same.
    return {"unreadable": str(stored)}


def media_ids(data: str | None) -> list[str]:
    """The images that an entry's stored data names."""
    form = json.loads(data) if data else {}
    return [image["id"] for image in form.get("media", ()) if isinstance(image, dict) and "id" in image]
