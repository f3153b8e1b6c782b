"""``livesession user add|password``."""

import argparse
import getpass
import sys

from livesession.accounts.accounts import ROLES
from livesession.cli.opening import Opened, run_opened
from livesession.errors import InputError, Problem
from livesession.i18n import Words


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    parser = commands.add_parser("user", help="comptes / accounts")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser("add", help="créer un compte / add an account")
    add.add_argument("name")
    add.add_argument("--role", required=True, choices=ROLES)
    add.set_defaults(run=run_add)
    password = actions.add_parser("password", help="changer un mot de passe / change a password")
    password.add_argument("name")
    password.set_defaults(run=run_password)


def ask_password(words: Words) -> str:
    """A password, asked for twice at a terminal, or the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(words("user-password"))
    if getpass.getpass(words("user-password-again")) != first:
        raise InputError("password_differs", [Problem.of("password-differs")])
    return first


def run_add(args: argparse.Namespace, words: Words) -> int:
    """Create an account a person logs in with."""
    password = ask_password(words)

    async def add(parts: Opened) -> None:
        await parts.accounts.add(args.name, args.role, password)

    run_opened(add, create=True)
    print(words("user-added", name=args.name, role=args.role))
    return 0


def run_password(args: argparse.Namespace, words: Words) -> int:
    """Change a password; every login made with the old one ends."""
    password = ask_password(words)

    async def change(parts: Opened) -> None:
        await parts.accounts.set_password(args.name, password)

    run_opened(change)
    print(words("user-password-changed", name=args.name))
    return 0
