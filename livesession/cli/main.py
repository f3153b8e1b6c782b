"""The command ``livesession``: one module per command, errors as sentences, exit codes that scripts can rely on."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from livesession import __version__
from livesession.errors import LivesessionError, UnavailableError
from livesession.i18n import Words, language_of, words

Run = Callable[[argparse.Namespace, Words], int]

COMMANDS = (
    "demo",
    "serve",
    "agenda",
    "assembly",
    "rules",
    "phrases",
    "face",
    "sitting",
    "export",
    "verify",
    "user",
    "token",
    "channel",
    "db",
    "settings",
    "doctor",
)
"""Each is a module beside this one."""


def terminal_words() -> Words:
    """The terminal's language by its locale; French where that names none of ours."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return words(language_of(next((name for name in names if name), "")))


def parser(commands: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """The parser of these commands."""
    top = argparse.ArgumentParser(
        prog="livesession", description="Le fil en direct d’une séance. / The live thread of a sitting."
    )
    top.add_argument("--version", action="version", version=f"livesession {__version__}")
    actions = top.add_subparsers(required=True, metavar="COMMAND")
    for name in commands:
        import_module(f"livesession.cli.{name}").register(actions)
    return top


def _asked_for(arguments: Sequence[str]) -> Sequence[str]:
    """The commands whose modules must be there: what one of them needs, others do not wait for."""
    if arguments[:1] == ["--version"]:
        return ()
    return arguments[:1] if arguments[:1] and arguments[0] in COMMANDS else COMMANDS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. 2 where the command or its input cannot be read."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    args = parser(_asked_for(given)).parse_args(given)
    said = terminal_words()
    run: Run = args.run
    try:
        return run(args, said)
    except LivesessionError as error:
        print("\n".join(said.error_lines(error)), file=sys.stderr)
        if isinstance(error, UnavailableError) and error.__cause__ is not None:
            # The driver's own reason, without the statement: whoever stands at the terminal can act on it.
            print(getattr(error.__cause__, "orig", error.__cause__), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output left: nothing more can be said.
        sys.stderr.close()
        return 1
