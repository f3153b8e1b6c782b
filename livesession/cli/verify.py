"""``livesession verify FILE|SLUG``: exit 0 intact, 1 altered, 2 unreadable."""

import argparse
from pathlib import Path

from livesession.cli.reading import read_sitting
from livesession.desk.desk import SLUG
from livesession.errors import InputError, NotFoundError, Problem
from livesession.i18n import Words
from livesession.thread.verify import Verdict, verify_export, verify_sitting


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("verify", help="contrôler un fil ou son export / check a thread or its export")
    parser.add_argument(
        "target", metavar="FILE|SLUG", help="export JSON ou nom d’une séance / JSON export or a sitting's slug"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, words: Words) -> int:
    """Say what was found, a line per altered entry. What exists as a path is a file, the rest a slug."""
    verdict = _verdict(args.target)
    told = {"slug": verdict.slug, "entries": str(verdict.entries), "head": verdict.head}
    if not verdict.findings:
        print(words("verify-intact", **told))
        return 0
    print(words("verify-altered", **told, findings=str(len(verdict.findings))))
    for finding in verdict.findings:
        # As text: Fluent would group the thousands of a number that people search for.
        print(words("verify-finding", seq=str(finding.seq), finding=words(f"finding-{finding.code}")))
    return 1


def _verdict(target: str) -> Verdict:
    path = Path(target)
    if path.exists():
        try:
            content = path.read_bytes()
        except OSError as error:
            reason = error.strerror or str(error)
            raise InputError("file_unreadable", [Problem.of("file", target, reason=reason)]) from None
        return verify_export(content)
    if SLUG.fullmatch(target) is None:
        raise NotFoundError("file_unknown", path=target)
    return read_sitting(target, verify_sitting)
