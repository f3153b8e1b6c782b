"""``livesession serve``: everything on one port."""

import argparse
import asyncio
import sys
from functools import partial
from typing import get_args

from livesession.app import serve
from livesession.cli.opening import run_opened
from livesession.cli.starting import why_not_started
from livesession.cli.workers import WorkerNotStartedError, keep_workers
from livesession.errors import InputError, Problem
from livesession.i18n import Words
from livesession.journal import set_up_logging
from livesession.settings import Role, Settings, load_settings


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("serve", help="serveur / server")
    parser.add_argument("--role", choices=get_args(Role))
    parser.add_argument("--host")
    parser.add_argument("--port", type=int)
    parser.add_argument("--workers", type=int, help="processus sur ce port / processes on this port")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, words: Words) -> int:
    """Serve until told to stop."""
    settings = load_settings(
        livesession_role=args.role, host=args.host, port=args.port, workers=1 if args.worker else args.workers
    )
    set_up_logging(settings.log_level, settings.log_format)
    try:
        if args.worker:
            asyncio.run(serve(settings, started=lambda _: print("ready", flush=True), supervised=True))
        elif settings.workers > 1:
            return _supervise(settings, words)
        else:
            say_assumptions(settings, words)
            asyncio.run(serve(settings, started=partial(_say_started, settings, words)))
    except OSError as error:
        print(why_not_started(error, settings.host, settings.port, words), file=sys.stderr)
        return 2
    return 0


def _supervise(settings: Settings, words: Words) -> int:
    if settings.database_file is not None and settings.livesession_role in ("all", "web"):
        raise InputError("settings_unreadable", [Problem.of("workers-sqlite", "WORKERS")])
    say_assumptions(settings, words)
    arguments = ["--host", settings.host, "--role", settings.livesession_role]
    started = partial(_say_started, settings, words)
    try:
        asyncio.run(keep_workers(settings.workers, settings.host, settings.port, arguments, started=started))
    except WorkerNotStartedError as error:
        return error.code
    return 0


def _say_started(settings: Settings, words: Words, port: int) -> None:
    # The roles without a console must not be said to have one.
    message = "serve-started" if settings.livesession_role in ("all", "web") else "serve-started-role"
    url, role = settings.public_url or f"http://localhost:{port}", settings.livesession_role
    print(words(message, url=url, role=role), file=sys.stderr, flush=True)


def say_assumptions(settings: Settings, words: Words) -> None:
    """Which settings were not given and what was taken instead; how to make the first user."""
    given = settings.model_fields_set
    assumed = [
        f"{name.upper()}={getattr(settings, name)}" for name in ("database_url", "host", "port") if name not in given
    ]
    if not settings.public_url:
        assumed.append(f"PUBLIC_URL={settings.base_url}")
    if assumed:
        print(words("serve-assumed", settings=", ".join(assumed)), file=sys.stderr)
    file = settings.database_file
    if file is not None and not settings.secret_key.get_secret_value():
        print(words("serve-key", path=f"{file}.key"), file=sys.stderr)
    if file is None:
        return
    if settings.livesession_role != "all":
        print(words("serve-role-sqlite", role=settings.livesession_role), file=sys.stderr)
    if not run_opened(lambda parts: parts.accounts.any(), create=True):
        print(words("serve-first-user"), file=sys.stderr, flush=True)
