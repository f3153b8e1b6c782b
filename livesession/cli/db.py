"""``livesession db upgrade|backup|restore|new-epoch|copy``."""

import argparse
import asyncio
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import select, update

from livesession.cli.opening import Opened, run_opened
from livesession.errors import InputError, NotFoundError, Problem
from livesession.i18n import Words
from livesession.settings import load_settings
from livesession.store.engine import Store
from livesession.store.tables import sittings
from livesession.thread.copying import Copied, copy_database
from livesession.thread.group import new_epoch


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    parser = commands.add_parser("db", help="base de données / database")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    actions.add_parser("upgrade", help="mettre le schéma à jour / upgrade the schema").set_defaults(run=run_upgrade)
    for name, run in (("backup", run_backup), ("restore", run_restore)):
        action = actions.add_parser(name)
        action.add_argument("file")
        action.set_defaults(run=run)
    moving = actions.add_parser("copy", help="vers une autre base, vide / into another database, empty")
    moving.add_argument("to", metavar="DATABASE_URL")
    moving.set_defaults(run=run_copy)
    epoch = actions.add_parser("new-epoch", help="après une restauration / after a restore")
    epoch.set_defaults(run=run_new_epoch)


def run_upgrade(args: argparse.Namespace, words: Words) -> int:
    """Bring the schema to the newest version."""

    async def upgrade() -> None:
        store = Store(load_settings().database_url)
        try:
            await store.upgrade()
        finally:
            await store.close()

    asyncio.run(upgrade())
    print(words("db-upgraded"))
    return 0


def sqlite_file() -> Path:
    """The SQLite file of the settings. Raises InputError on PostgreSQL, whose own tools do this better."""
    file = load_settings().database_file
    if file is None:
        raise InputError("db_postgresql", [Problem.of("db-postgresql")])
    return file


def run_backup(args: argparse.Namespace, words: Words) -> int:
    """A copy of the database, whole and consistent, also while the server runs."""
    source, target = sqlite_file(), Path(args.file)
    if not source.is_file():
        raise NotFoundError("database_missing", path=str(source))
    copy(source, target)
    print(words("db-backed-up", file=str(target)))
    return 0


def copy(source: Path, target: Path) -> None:
    """Copy a SQLite database page by page, then put the copy in place at once.

    Raises InputError; ``target`` is then what it was before: ``db_same_file``, ``db_damaged`` where what was
    copied is no whole database, ``db_copy``.
    """
    if target.exists() and source.samefile(target):
        # It would take the file from under a server that writes to it, or wait for itself for ever.
        raise InputError("db_same_file", [Problem.of("file", str(target), reason=str(source))])
    fresh = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        # Passwords' hashes and closed parts are in it: no more people may read the copy than the original.
        fresh.touch(mode=source.stat().st_mode & 0o777)
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as held,
            closing(sqlite3.connect(fresh)) as made,
        ):
            held.backup(made)
            made.execute("PRAGMA journal_mode=DELETE")
            found = str(made.execute("PRAGMA integrity_check(1)").fetchone()[0])
        if found != "ok":
            raise InputError("db_damaged", [Problem.of("file", str(source), reason=found)])
        os.replace(fresh, target)
    except (sqlite3.Error, OSError) as error:
        raise InputError("db_copy", [Problem.of("file", str(target), reason=str(error))]) from error
    finally:
        fresh.unlink(missing_ok=True)


def run_copy(args: argparse.Namespace, words: Words) -> int:
    """Move a SQLite installation into an empty database, PostgreSQL as a rule, and prove the threads equal."""
    source = sqlite_file()
    if not source.is_file():
        raise NotFoundError("database_missing", path=str(source))
    with alone(source):
        # Nobody serves it: what would be acknowledged meanwhile would be lost.
        pass

    async def moved() -> list[Copied]:
        held, made = Store(load_settings().database_url), Store(args.to)
        try:
            return await copy_database(held, made)
        finally:
            await held.close()
            await made.close()

    found = asyncio.run(moved())
    for sitting in found:
        print(words("db-copied-sitting", slug=sitting.slug, entries=sitting.entries, head=sitting.head))
    print(words("db-copied", count=len(found)))
    return 0


def run_restore(args: argparse.Namespace, words: Words) -> int:
    """Put a copy in place of the database, and mint new epochs. Refused while a server has the database open."""
    target, source = sqlite_file(), Path(args.file)
    if not source.is_file():
        raise NotFoundError("file_unknown", path=str(source))
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as held:
        try:
            held.execute("SELECT count(*) FROM sittings").fetchone()
        except sqlite3.DatabaseError as error:
            raise InputError("db_no_backup", [Problem.of("file", str(source), reason=str(error))]) from error
    if target.exists() and source.samefile(target):
        raise InputError("db_same_file", [Problem.of("file", str(target), reason=str(source))])
    with alone(target):
        copy(source, target)
        for leftover in ("-wal", "-shm"):
            target.with_name(target.name + leftover).unlink(missing_ok=True)
    count = run_opened(mint)
    print(words("db-restored", count=count))
    return 0


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Nobody else has the database open for as long as the block runs. Raises InputError ``db_in_use``.

    A server would go on writing to the file that was replaced, and lose what it acknowledged.
    """
    if not file.is_file():
        yield
        return
    with closing(sqlite3.connect(file, timeout=1.0, isolation_level=None)) as held:
        try:
            # Only the last connection may leave the write-ahead log (sqlite.org/wal.html).
            held.execute("PRAGMA journal_mode=DELETE")
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise InputError("db_in_use", [Problem.of("file", str(file), reason=str(error))]) from None
            # A damaged database is what a restore is for.
        yield


async def mint(parts: Opened) -> int:
    """Give every sitting a new epoch, so that no reader takes its cursor for this history's."""
    async with parts.store.write() as connection:
        rows = list(await connection.execute(select(sittings.c.id)))
        for row in rows:
            await connection.execute(update(sittings).where(sittings.c.id == row.id).values(epoch=new_epoch()))
    return len(rows)


def run_new_epoch(args: argparse.Namespace, words: Words) -> int:
    """New epochs after a restore that was done by other means."""
    print(words("db-new-epoch", count=run_opened(mint)))
    return 0
