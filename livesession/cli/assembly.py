"""``livesession assembly import|list|show``: assemblies kept from one sitting to the next."""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace

import yaml

from livesession.agendas.members import AssemblyReading, read_assembly
from livesession.agendas.members_table import NAMES
from livesession.agendas.table_columns import CsvOptions
from livesession.cli.agenda import read_bytes
from livesession.cli.opening import Opened, run_opened
from livesession.desk.assemblies import Change
from livesession.domain.assembly import Assembly, Member
from livesession.domain.rules import PROFILES
from livesession.i18n import Words

SHOWN = 20
"""Members named one by one when an assembly changed."""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    parser = commands.add_parser("assembly", help="assemblées gardées / kept assemblies")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    taking = actions.add_parser("import", help="garder une assemblée / keep an assembly")
    taking.add_argument("file", help="YAML, JSON, CSV, OParl")
    taking.add_argument("--name", default="", help="nom, tel que l’ordre du jour le dit / name, as agendas say it")
    taking.add_argument("--profile", choices=tuple(PROFILES))
    table = taking.add_argument_group("CSV")
    table.add_argument("--encoding", help="utf-8, cp1252, utf-16…")
    table.add_argument("--separator", help="; , | tab")
    table.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FIELD=NAME",
        type=_column,
        help=f"par exemple / for example full=Nom. {', '.join(NAMES)}",
    )
    taking.set_defaults(run=run_import)
    listing = actions.add_parser("list", help="toutes / every one")
    listing.set_defaults(run=run_list)
    showing = actions.add_parser("show", help="une, en YAML / one, as YAML")
    showing.add_argument("name")
    showing.set_defaults(run=run_show)


def run_import(args: argparse.Namespace, words: Words) -> int:
    """Keep the assembly of a file; what is odd in it goes to standard error, the last line is its name."""
    options = CsvOptions(encoding=args.encoding, separator=args.separator, columns=dict(args.column))
    reading = read_assembly(read_bytes(args.file), options=options, name=args.name)
    for problem in reading.problems:
        print(words.problem(problem), file=sys.stderr)
    assembly = _under(reading.assembly, args.profile)

    async def keep(parts: Opened) -> Change:
        return await parts.desk.assemblies.keep(assembly, says_rules=_says_rules(reading, args.profile))

    _say(run_opened(keep, create=True), words)
    return 0


def _under(assembly: Assembly, profile: str | None) -> Assembly:
    if profile is None:
        return assembly
    return replace(assembly, rules=replace(assembly.rules, profile=profile))


def _says_rules(reading: AssemblyReading, profile: str | None) -> bool:
    return reading.says_rules or profile is not None


def _say(change: Change, words: Words) -> None:
    assembly = change.assembly
    print(
        words(
            "assembly-kept-numbers",
            members=len(assembly.members),
            groups=len(assembly.groups),
            profile=PROFILES[assembly.rules.profile].name[words.language],
        ),
        file=sys.stderr,
    )
    if not change.created:
        changed = {
            "assembly-kept-new": change.new,
            "assembly-kept-gone": change.gone,
            "assembly-kept-handles-gone": change.handles_gone,
        }
        for message, members in changed.items():
            if members:
                print(words(message, count=len(members), names=_named(members)), file=sys.stderr)
    print(words("assembly-kept", name=assembly.name))


def _named(members: Iterable[Member]) -> str:
    names = [member.name for member in members]
    return ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "")


def run_list(args: argparse.Namespace, words: Words) -> int:
    """One assembly a line: name, profile, number of members, when it was kept."""

    async def rows(parts: Opened) -> list[str]:
        return [
            f"{kept.assembly.name}\t{kept.assembly.rules.profile}\t{len(kept.assembly.members)}\t{kept.updated_at}"
            for kept in await parts.desk.assemblies.all()
        ]

    for line in run_opened(rows):
        print(line)
    return 0


def run_show(args: argparse.Namespace, words: Words) -> int:
    """A kept assembly in our own form, which ``import`` reads again. Raises NotFoundError."""

    async def form(parts: Opened) -> str:
        kept = await parts.desk.assemblies.get(args.name)
        return yaml.safe_dump(kept.assembly.as_json(), allow_unicode=True, sort_keys=False, width=120)

    print(run_opened(form), end="")
    return 0


def _column(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not (field and equals and column):
        raise argparse.ArgumentTypeError("FIELD=NAME")
    return field, column
