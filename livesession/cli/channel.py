"""``livesession channel connect|list|test|carry``: accounts on outside networks."""

import argparse
import getpass
import sys

from livesession.cli.opening import Opened, run_opened
from livesession.errors import InputError, Problem
from livesession.i18n import Words
from livesession.relay.channels.base import ChannelError
from livesession.relay.compose import KINDS
from livesession.relay.networks import NETWORKS
from livesession.relay.opening import open_channel


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    parser = commands.add_parser("channel", help="comptes sur les réseaux / accounts on networks")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    connect = actions.add_parser("connect", help="relier un compte / connect an account")
    connect.add_argument("network", choices=sorted(NETWORKS))
    connect.add_argument("--name")
    connect.set_defaults(run=run_connect)
    listing = actions.add_parser("list", help="comptes reliés / connected accounts")
    listing.set_defaults(run=run_list)
    test = actions.add_parser("test", help="demander au réseau qui nous sommes / ask the network who we are")
    test.add_argument("name")
    test.set_defaults(run=run_test)
    carry = actions.add_parser("carry", help="ce qui y part / what goes there")
    carry.add_argument("name")
    carry.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(sorted(KINDS)))
    carry.add_argument("--all", action="store_true", help="tout, comme au départ / everything, as at first")
    carry.set_defaults(run=run_carry)


def ask_settings(network: str, words: Words) -> dict[str, str]:
    """The account's settings, asked for at a terminal, or read as lines ``name=value``: never from the command line."""
    fields = NETWORKS[network].fields
    if sys.stdin.isatty():
        return _asked(network, words)
    given: dict[str, str] = {}
    for number, line in enumerate(sys.stdin, 1):
        name, equals, value = line.strip().partition("=")
        if not line.strip():
            continue
        if not equals or name not in fields:
            raise InputError("channel_settings", [Problem.of("channel-line", str(number), known=", ".join(fields))])
        given[name] = value
    return given


def _asked(network: str, words: Words) -> dict[str, str]:
    """What is answered at the terminal, for the first way of connecting of which anything is."""
    asked: dict[str, str] = {}
    for way in NETWORKS[network].ways:
        for name in way:
            ask = getpass.getpass if NETWORKS[network].fields[name] else input
            asked[name] = ask(f"{words('channel-field-' + name.replace('_', '-'))} ")
        if any(asked.values()):
            break
    return {name: value for name, value in asked.items() if value}


def run_connect(args: argparse.Namespace, words: Words) -> int:
    """Keep an account, encrypted. It takes part from the next entry on."""
    settings = ask_settings(args.network, words)
    name = args.name or args.network

    async def connect(parts: Opened) -> None:
        await parts.connections.add(args.network, name, settings)

    run_opened(connect, create=True)
    print(words("channel-connected", name=name, network=args.network))
    return 0


def run_list(args: argparse.Namespace, words: Words) -> int:
    """One account a line: name, network, whether it takes part."""

    async def lines(parts: Opened) -> list[str]:
        return [
            f"{known.name}\t{known.network}\t{words('channel-on' if known.enabled else 'channel-off')}"
            for known in await parts.connections.all()
        ]

    for line in run_opened(lines):
        print(line)
    return 0


def run_carry(args: argparse.Namespace, words: Words) -> int:
    """Say which kinds of entry go to an account; without any, print them, one a line."""

    async def carry(parts: Opened) -> list[str]:
        if args.all or args.kinds:
            known = await parts.connections.set_carries(args.name, None if args.all else args.kinds)
        else:
            known = await parts.connections.by_name(args.name)
        return sorted(KINDS if known.carries is None else known.carries)

    for kind in run_opened(carry):
        print(f"{kind}\t{words('carry-' + kind.replace('.', '-').replace('_', '-'))}")
    return 0


def run_test(args: argparse.Namespace, words: Words) -> int:
    """Ask the network who we are; posts nothing."""

    async def check(parts: Opened) -> str:
        channel = open_channel(await parts.connections.by_name(args.name))
        try:
            return await channel.check()
        finally:
            await channel.close()

    try:
        account = run_opened(check)
    except ChannelError as error:
        print(words(f"reason-{error.reason}"), error.detail, file=sys.stderr)
        return 1
    print(words("channel-tested", name=args.name, account=account))
    return 0
