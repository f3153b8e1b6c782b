"""``livesession sitting create|list|wipe``."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from livesession.accounts.accounts import Account
from livesession.agendas.reading import Reading, read_agendas
from livesession.cli.agenda import read_bytes
from livesession.cli.opening import Opened, run_opened
from livesession.domain.ids import AccountId
from livesession.domain.times import read_instant
from livesession.errors import InputError, Problem
from livesession.i18n import Words

OPERATOR = Account(AccountId("operator"), "operator", "admin")
"""Whoever can run commands beside the database: attributed as such in the record."""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    parser = commands.add_parser("sitting", help="séances / sittings")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    create = actions.add_parser("create", help="depuis un ordre du jour / from an agenda")
    create.add_argument("file")
    create.add_argument("--slug")
    create.add_argument("--starts", metavar="ISO")
    create.add_argument("--rehearsal", action="store_true", help="répétition, rien n’est public / nothing is public")
    create.set_defaults(run=run_create)
    listing = actions.add_parser("list", help="toutes les séances / every sitting")
    listing.set_defaults(run=run_list)
    wiping = actions.add_parser("wipe", help="effacer une répétition / delete a rehearsal")
    wiping.add_argument("slug")
    wiping.set_defaults(run=run_wipe)


def run_create(args: argparse.Namespace, words: Words) -> int:
    """Create the sittings of an agenda file; the last line is the slug (of the first one)."""
    reading = read_agendas(read_bytes(args.file), Path(args.file).name)
    agendas = reading.agendas
    if len(agendas) > 1 and (args.slug or args.starts):
        raise InputError("several_sittings", [Problem.of("several-sittings", args.file, count=len(agendas))])
    if args.starts:
        read_instant(args.starts, "--starts")
        agendas = tuple(replace(agenda, starts=args.starts) for agenda in agendas)
    say_oddities(reading, words)

    async def create(parts: Opened) -> list[str]:
        return [
            (await parts.desk.create(agenda, OPERATOR, slug=args.slug, rehearsal=args.rehearsal)).slug
            for agenda in agendas
        ]

    slugs = run_opened(create, create=True)
    for slug in slugs[1:]:
        print(words("sitting-also", slug=slug), file=sys.stderr)
    print(slugs[0])
    return 0


def say_oddities(reading: Reading, words: Words) -> None:
    """What was odd in the file, and what was made of it, on standard error."""
    for problem in reading.problems:
        print(words.problem(problem), file=sys.stderr)


def run_list(args: argparse.Namespace, words: Words) -> int:
    """One sitting a line: slug, status, start, title."""

    async def rows(parts: Opened) -> list[str]:
        return [
            f"{row.slug}\t{words('status-' + row.status)}\t{row.starts or ''}\t{row.title}"
            for row in await parts.log.sittings(rehearsals=True)
        ]

    for line in run_opened(rows):
        print(line)
    return 0


def run_wipe(args: argparse.Namespace, words: Words) -> int:
    """Delete a rehearsal and everything that belongs to it; any other sitting is refused."""

    async def wipe(parts: Opened) -> None:
        await parts.desk.wipe(args.slug, OPERATOR)

    run_opened(wipe)
    print(words("rehearsal-wiped", slug=args.slug))
    return 0
