"""``livesession token create``: prints the token alone, once."""

import argparse

from livesession.accounts.accounts import ROLES
from livesession.cli.opening import Opened, run_opened
from livesession.i18n import Words


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("token", help="jetons d’API / API tokens")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    create = actions.add_parser("create", help="nouveau jeton / new token")
    create.add_argument("--role", required=True, choices=ROLES)
    create.add_argument("--name")
    create.set_defaults(run=run_create)


def run_create(args: argparse.Namespace, words: Words) -> int:
    """A token for a program. Works while the server runs."""

    async def create(parts: Opened) -> str:
        return await parts.accounts.create_token(args.role, args.name)

    print(run_opened(create, create=True))
    return 0
