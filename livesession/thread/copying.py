"""Moving an installation: every row of one database into another that is empty, and the proof that it is the same."""

from dataclasses import dataclass

from sqlalchemy import Integer, Table, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from livesession.errors import InputError, Problem
from livesession.store.engine import Store
from livesession.store.tables import metadata
from livesession.thread.sql import SqlLog
from livesession.thread.verify import verify_sitting

BATCH = 500
"""Rows read and written at once: bounds the memory that a copy takes."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A sitting that was copied and compared: its slug, its entries, and the hash of its head."""

    slug: str
    entries: int
    head: str


async def copy_database(source: Store, target: Store) -> list[Copied]:
    """Copy everything, in one transaction, and compare; returns every sitting.

    Nobody may write to ``source`` meanwhile. Raises InputError ``copy_target_used`` where the target
    holds anything, ``copy_altered`` where a thread of the source is not intact, ``copy_differs``
    where what was copied is not the same; the target is then empty again.
    """
    await target.upgrade()
    await _check_intact(source)
    async with source.read() as held, target.write() as made:
        for table in metadata.sorted_tables:
            if (await made.execute(select(func.count()).select_from(table))).scalar_one():
                raise InputError("copy_target_used", [Problem.of("copy-table", table.name)])
        for table in metadata.sorted_tables:
            await _copy_table(held, made, table)
            await _advance_sequences(target, made, table)
    return await _compared(source, target)


async def _check_intact(source: Store) -> None:
    # What is altered would be carried over as if it were the record.
    log = SqlLog(source)
    for row in await log.sittings(rehearsals=True):
        if (await verify_sitting(log, row)).findings:
            raise InputError("copy_altered", [Problem.of("copy-sitting", row.slug)])


async def _copy_table(held: AsyncConnection, made: AsyncConnection, table: Table) -> None:
    rows = await held.stream(select(table).order_by(*table.primary_key.columns))
    async for batch in rows.mappings().partitions(BATCH):
        await made.execute(insert(table), [dict(row) for row in batch])


async def _advance_sequences(target: Store, made: AsyncConnection, table: Table) -> None:
    """A number that the database gives itself goes on behind the highest that was copied."""
    key = table.autoincrement_column
    if target.is_sqlite or key is None or not isinstance(key.type, Integer):
        return
    highest = (await made.execute(select(func.max(key)))).scalar_one()
    if highest is not None:
        sequence = text("SELECT setval(pg_get_serial_sequence(:table, :key), :highest)")
        await made.execute(sequence.bindparams(table=table.name, key=key.name, highest=highest))


async def _compared(source: Store, target: Store) -> list[Copied]:
    before, after = SqlLog(source), SqlLog(target)
    compared = []
    for row in await before.sittings(rehearsals=True):
        same = await before.whole(row.id) == await after.whole(row.id)
        verdict = await verify_sitting(after, row)
        if not same or verdict.findings:
            await _empty(target)
            raise InputError("copy_differs", [Problem.of("copy-sitting", row.slug)])
        compared.append(Copied(verdict.slug, verdict.entries, verdict.head))
    return compared


async def _empty(target: Store) -> None:
    async with target.write() as connection:
        for table in reversed(metadata.sorted_tables):
            await connection.execute(table.delete())
