"""``livesession demo``: everything at once, with stand-in networks and a sitting that plays by itself."""

import argparse
import asyncio
import importlib.util
import sys

from livesession.cli.starting import why_not_started
from livesession.i18n import Words
from livesession.journal import set_up_logging


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("demo", help="démonstration / demonstration")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--speed", type=_speed, default=1.0)
    parser.set_defaults(run=run)


def _speed(text: str) -> float:
    speed = float(text)
    if not 0.01 <= speed <= 1000:
        raise argparse.ArgumentTypeError("0.01 … 1000")
    return speed


def run(args: argparse.Namespace, words: Words) -> int:
    """Run the demonstration until Ctrl-C."""
    if any(importlib.util.find_spec(name) is None for name in ("mastodon_mock", "oauthlib")):
        print(words("demo-missing"), file=sys.stderr)
        return 2
    # Only here: these modules need what the extra "demo" installs.
    from livesession.demo import running  # noqa: PLC0415 - see the line above

    set_up_logging("WARNING")
    try:
        asyncio.run(running.run(args.port, args.speed, words, lambda text: print(text, flush=True)))
    except OSError as error:
        print(why_not_started(error, "", args.port, words), file=sys.stderr)
        return 2
    return 0
