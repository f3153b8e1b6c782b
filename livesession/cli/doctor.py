"""``livesession doctor``: what a person would check when something is wrong."""

import argparse
import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

from livesession.cli.opening import opened
from livesession.errors import LivesessionError
from livesession.i18n import Words
from livesession.resources import folder
from livesession.settings import Settings, load_settings
from livesession.thread.verify import verify_sitting

FREE_BYTES = 500 * 1024 * 1024
"""Below this a long sitting with media could fill the disk."""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    commands.add_parser("doctor", help="vérifier l’installation / check the installation").set_defaults(run=run)


def run(args: argparse.Namespace, words: Words) -> int:
    """A line per check; exit 1 where one failed."""
    settings = load_settings()

    async def gather() -> bool:
        good = True
        async for passed, sentence in checks(settings, words):
            print(words("doctor-good" if passed else "doctor-bad", sentence=sentence))
            good = good and passed
        return good

    return 0 if asyncio.run(gather()) else 1


def shipped(name: str) -> bool:
    """Whether a folder that belongs to the program is there."""
    return Path(str(folder(name))).is_dir()


def free_bytes(file: Path) -> int:
    """What is left on the disk that holds the database."""
    return shutil.disk_usage(file.resolve().parent).free


async def checks(settings: Settings, words: Words) -> AsyncIterator[tuple[bool, str]]:
    """Each check's outcome and its sentence."""
    for name in ("overlays", "agenda_templates"):
        yield shipped(name), words("doctor-folder", name=name)
    file = settings.database_file
    if file is not None:
        free = free_bytes(file)
        yield free > FREE_BYTES, words("doctor-disk", megabytes=free // 1_000_000)
    yield bool(settings.public_url), words("doctor-public-url", url=settings.base_url)
    try:
        async with opened() as parts:
            yield True, words("doctor-database", url=parts.store.url.rpartition("@")[2])
            yield await parts.accounts.any(), words("doctor-users")
            channels = await parts.connections.all()
            yield True, words("doctor-channels", count=len(channels))
            for row in await parts.log.sittings(rehearsals=True):
                verdict = await verify_sitting(parts.log, row)
                yield not verdict.findings, words("doctor-sitting", slug=row.slug, count=verdict.entries)
    except LivesessionError as error:
        yield False, " ".join(words.error_lines(error))
