"""``livesession agenda check|new|convert``: an agenda before it becomes a sitting."""

import argparse
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from livesession.agendas.decoding import MAX_BYTES
from livesession.agendas.reading import Reading, read_agendas
from livesession.agendas.table_columns import NAMES, CsvOptions
from livesession.agendas.writing import FORMS, write_agendas
from livesession.domain.agenda import Agenda
from livesession.errors import InputError, NotFoundError, Problem
from livesession.i18n import Words
from livesession.resources import folder


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    parser = commands.add_parser("agenda", help="ordres du jour / agendas")
    actions = parser.add_subparsers(required=True, metavar="ACTION")

    checking = actions.add_parser("check", help="lire et dire ce qui surprend / read, and say what is odd")
    _add_reading_arguments(checking)
    checking.set_defaults(run=lambda args, words: check(args.file, words, _options(args), args.timezone))

    starting = actions.add_parser("new", help="partir d’un modèle / start from a template")
    starting.add_argument("template", nargs="?", metavar="TEMPLATE", help="sans nom : la liste / without: the list")
    starting.set_defaults(run=lambda args, words: new(args.template, words))

    converting = actions.add_parser("convert", help="écrire dans un autre format / write in another format")
    _add_reading_arguments(converting)
    converting.add_argument("--to", required=True, choices=FORMS)
    converting.set_defaults(run=lambda args, words: convert(args.file, args.to, words, _options(args), args.timezone))


def check(file: str, words: Words, options: CsvOptions | None = None, timezone: str = "Europe/Paris") -> int:
    """Print what a file holds and what is odd in it. 0: it can be read; 1: it cannot, and why."""
    try:
        reading = read_agendas(read_bytes(file), Path(file).name, options=options, timezone=timezone)
    except InputError as error:
        if error.code != "agenda_unreadable":
            raise
        print(words.error(error))
        _print_problems(error.problems, words)
        return 1
    print(words("agenda-check-good", form=reading.form, sittings=len(reading.agendas)))
    for agenda in reading.agendas:
        _print_sitting(agenda, words)
    if reading.problems:
        print(words("agenda-check-notes"))
        _print_problems(reading.problems, words)
    return 0


def new(template: str | None, words: Words) -> int:
    """Print a template, comments and all; without a name, the names there are."""
    templates = {
        Path(file.name).stem: file for file in folder("agenda_templates").iterdir() if file.name.endswith(".yaml")
    }
    if template is None:
        print(words("agenda-templates"))
        print("\n".join(f"  {name}" for name in sorted(templates)))
        return 0
    if template not in templates:
        raise NotFoundError("agenda_template_unknown", name=template[:60], known=", ".join(sorted(templates)))
    print(templates[template].read_text("utf-8"), end="")
    return 0


def convert(file: str, to: str, words: Words, options: CsvOptions | None = None, timezone: str = "Europe/Paris") -> int:
    """Print the agendas of a file in another form; what was odd goes to standard error."""
    reading: Reading = read_agendas(read_bytes(file), Path(file).name, options=options, timezone=timezone)
    text = write_agendas(reading.agendas, to)
    for line in _problem_lines(reading.problems, words):
        print(line, file=sys.stderr)
    # Spreadsheets take a table without the mark for the machine's old encoding.
    mark = "\ufeff" if to == "csv" else ""
    sys.stdout.flush()
    sys.stdout.buffer.write((mark + text).encode("utf-8"))
    sys.stdout.buffer.flush()
    return 0


def read_bytes(path: str) -> bytes:
    """A file's bytes, never more than an agenda may have and one. Raises NotFoundError or InputError."""
    try:
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise NotFoundError("file_unknown", path=path) from None
    except OSError as error:
        raise InputError("file_unreadable", [Problem.of("file", path, reason=error.strerror or str(error))]) from None


def _add_reading_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file")
    parser.add_argument("--timezone", default="Europe/Paris", metavar="ZONE")
    table = parser.add_argument_group("CSV")
    table.add_argument("--encoding", help="utf-8, cp1252, utf-16…")
    table.add_argument("--separator", help="; , | tab")
    table.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FIELD=NAME",
        type=_column,
        help=f"par exemple / for example title=Objet, date=3. {', '.join(NAMES)}",
    )
    table.add_argument("--title", help="titre de la séance / title of the sitting")
    table.add_argument("--assembly", default="", help="assemblée / assembly")
    table.add_argument("--language", default="fr")


def _column(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not (field and equals and column):
        raise argparse.ArgumentTypeError("FIELD=NAME")
    return field, column


def _options(args: argparse.Namespace) -> CsvOptions:
    return CsvOptions(
        encoding=args.encoding,
        separator=args.separator,
        columns=dict(args.column),
        title=args.title,
        assembly=args.assembly,
        language=args.language,
    )


def _print_sitting(agenda: Agenda, words: Words) -> None:
    items = list(agenda.walk())
    headings = sum(item.kind == "heading" for item in items)
    closed = sum(not item.public for item in items)
    told = [words("agenda-check-items", items=len(items) - headings)]
    if headings:
        told.append(words("agenda-check-headings", headings=headings))
    if closed:
        told.append(words("agenda-check-closed", closed=closed))
    if not agenda.public:
        told.append(words("agenda-check-sitting-closed"))
    print(f"  {agenda.title}")
    if agenda.starts is None:
        print("    " + words("agenda-check-no-start"))
    else:
        when = words.date_time(datetime.fromisoformat(agenda.starts), agenda.timezone)
        print("    " + words("agenda-check-starts", when=when, zone=agenda.timezone))
    print("    " + ", ".join(told))


def _print_problems(problems: Iterable[Problem], words: Words) -> None:
    for line in _problem_lines(problems, words):
        print(f"  {line}")


def _problem_lines(problems: Iterable[Problem], words: Words) -> list[str]:
    return [words.problem(problem) for problem in problems]
