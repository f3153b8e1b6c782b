"""``livesession export SLUG FORMAT [-o FILE]``: a sitting out of the database, whole or as the public may have it."""

import argparse
import json
import os
import secrets
import sys
from importlib import resources
from pathlib import Path

from livesession.cli.reading import read_sitting
from livesession.errors import InputError, NotFoundError, Problem, UnavailableError
from livesession.i18n import Words
from livesession.minutes.document import Record
from livesession.minutes.html import minutes_html
from livesession.minutes.loading import load_record
from livesession.minutes.markdown import minutes_markdown
from livesession.thread.log import Log, SittingRow
from livesession.thread.verify import export_form

FORMATS = ("json", "html", "md")


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("export", help="le relevé d’une séance / the record of a sitting")
    parser.add_argument("slug", metavar="SLUG")
    parser.add_argument("format", metavar="FORMAT", choices=FORMATS, help=", ".join(FORMATS))
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="fichier à écrire, sinon la sortie standard / file, else standard output"
    )
    parser.add_argument(
        "--whole",
        action="store_true",
        help="html, md : avec ce qui est restreint / with what is restricted (json: always)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, words: Words) -> int:
    """Write the export; ``json`` is the whole log, ``html`` and ``md`` the public record unless ``--whole``."""
    whole = args.whole or args.format == "json"

    async def text(log: Log, sitting: SittingRow) -> str:
        if args.format == "json":
            return json.dumps(await export_form(log, sitting), ensure_ascii=False, indent=1) + "\n"
        record = await _record(log, sitting, whole=whole)
        if args.format == "html":
            return minutes_html(record, css=style_sheet())
        return minutes_markdown(record)

    content = read_sitting(args.slug, text).encode()
    if args.output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        # What is restricted is for its owner's eyes until they decide otherwise.
        write_file(args.output, content, mode=0o600 if whole else 0o666)
    return 0


async def _record(log: Log, sitting: SittingRow, *, whole: bool) -> Record:
    try:
        return await load_record(log, sitting, whole=whole)
    except (UnavailableError, NotFoundError):
        raise
    except Exception as error:
        # A row that was tampered with fails in whatever way its new content makes it fail.
        raise InputError("record_damaged") from error


def style_sheet() -> str:
    """The style of a page that stands alone: the web's own, whose colours hold without the tokens beside it."""
    return (resources.files("livesession.web") / "static" / "minutes.css").read_text("utf-8")


def write_file(name: str, content: bytes, *, mode: int) -> None:
    """Write whole or not at all. Raises InputError ``export_unwritable``; an older file then stays as it was."""
    path = Path(name)
    try:
        if path.exists() and not path.is_file():
            # A terminal, a pipe: nothing that could be replaced.
            path.write_bytes(content)
        else:
            _replace(path.resolve(), content, mode)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError("export_unwritable", [Problem.of("export-write", name, reason=reason)]) from None


def _replace(path: Path, content: bytes, mode: int) -> None:
    fresh = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
