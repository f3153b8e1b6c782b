"""``livesession rules [PROFILE]``: every threshold the program knows, where it stands and what is doubtful."""

import argparse
from collections.abc import Iterator
from datetime import date

from livesession.domain.rules import PROFILES, SORTS, Profile, Rule
from livesession.domain.rules.neutral import OWN
from livesession.errors import NotFoundError
from livesession.i18n import Words


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("rules", help="règles des assemblées / rules of assemblies")
    parser.add_argument("profile", nargs="?", metavar="PROFILE", help=", ".join(PROFILES))
    parser.add_argument("--table", action="store_true", help="tableau Markdown / Markdown table")
    parser.set_defaults(run=lambda args, words: run(args.profile, words, table=args.table))


def run(name: str | None, words: Words, *, table: bool = False) -> int:
    """Print one profile, or all of them. Raises NotFoundError on a name that no profile has."""
    if name is not None and name not in PROFILES:
        raise NotFoundError("profile_unknown", name=name[:40], known=", ".join(PROFILES))
    chosen = PROFILES.values() if name is None else (PROFILES[name],)
    print("\n\n".join("\n".join((_table if table else _listed)(profile, words)) for profile in chosen))
    return 0


def _listed(profile: Profile, words: Words) -> Iterator[str]:
    yield f"{profile.name[words.language]} ({profile.id})"
    for name in SORTS:
        rule = profile.rules[name]
        yield ""
        yield f"  {name} = {rule.written()}"
        yield f"    {_meaning(name, words)}"
        yield f"    {_article(rule.article, words)} – {_date(rule, words)}"
        yield from (f"    {line}" for line in (*_notes(rule, words), *_readings(rule, words)))


def _table(profile: Profile, words: Words) -> Iterator[str]:
    heads = [words(f"rules-head-{head}") for head in ("rule", "value", "article", "since", "notes")]
    yield _row(heads)
    yield _row(["---"] * len(heads))
    for name in SORTS:
        rule = profile.rules[name]
        told = [*_notes(rule, words), *_readings(rule, words)]
        yield _row(
            [
                f"`{name}`<br>{_meaning(name, words)}",
                f"`{rule.written()}`",
                _article(rule.article, words),
                _date(rule, words),
                "<br>".join(told),
            ]
        )


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |".replace("|  |", "| |")


def _meaning(name: str, words: Words) -> str:
    return words(f"rule-{name.replace('_', '-')}")


def _article(article: str, words: Words) -> str:
    return words("rules-own") if article == OWN else article


def _date(rule: Rule, words: Words) -> str:
    if rule.since is not None:
        day = words.day(date.fromisoformat(rule.since), "d MMMM y")
        return words("rules-since", day=day)
    return words("rules-date-own" if rule.article == OWN else "rules-date-not-read")


def _notes(rule: Rule, words: Words) -> list[str]:
    return [words(f"rule-note-{note}") for note in rule.notes]


def _readings(rule: Rule, words: Words) -> list[str]:
    told = []
    for reading in rule.readings:
        said = words("rules-reading", value=reading.value, meaning=words(f"rule-reading-{reading.value}"))
        told.append(f"{said} ({_article(reading.source, words)})" if reading.source else said)
    return told
