"""``livesession phrases list|check|set|remove``: stock phrases, ours and the council's own."""

import argparse

from livesession.cli.agenda import read_bytes
from livesession.cli.opening import Opened, run_opened
from livesession.i18n import LANGUAGES, Words
from livesession.phrases.phrases import Phrases, shipped
from livesession.phrases.reading import read_phrases


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    parser = commands.add_parser("phrases", help="phrases toutes prêtes / stock phrases")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="les nôtres et les vôtres / ours and yours")
    listing.add_argument("--language", choices=LANGUAGES, default="fr")
    listing.set_defaults(run=run_list)
    check = actions.add_parser("check", help="lire un fichier / read a file")
    check.add_argument("file")
    check.set_defaults(run=run_check)
    keep = actions.add_parser("set", help="garder les vôtres / keep yours")
    keep.add_argument("file")
    keep.set_defaults(run=run_set)
    remove = actions.add_parser("remove", help="retirer les vôtres / remove yours")
    remove.add_argument("--language", choices=LANGUAGES, default="fr")
    remove.set_defaults(run=run_remove)


def run_list(args: argparse.Namespace, words: Words) -> int:
    """One phrase a line: id, whose it is, title."""

    async def own(parts: Opened) -> list[str]:
        kept = {phrase.id: phrase for phrase in await Phrases(parts.store).own(args.language)}
        chosen = [kept.pop(phrase.id, phrase) for phrase in shipped(args.language)] + list(kept.values())
        return [
            f"{phrase.id}\t{words('phrases-own' if phrase.own else 'phrases-ours')}\t{phrase.title}"
            for phrase in chosen
        ]

    print("\n".join(run_opened(own, create=True)))
    return 0


def run_check(args: argparse.Namespace, words: Words) -> int:
    """Read a file of phrases and say what is wrong with it, by line. Keeps nothing."""
    language, phrases = read_phrases(read_bytes(args.file))
    print(words("phrases-good", count=len(phrases), language=language))
    return 0


def run_set(args: argparse.Namespace, words: Words) -> int:
    """Keep the phrases of a file in place of those kept before in its language."""
    language, phrases = read_phrases(read_bytes(args.file))

    async def keep(parts: Opened) -> None:
        await Phrases(parts.store).keep(language, phrases)

    run_opened(keep, create=True)
    print(words("phrases-kept", count=len(phrases), language=language))
    return 0


def run_remove(args: argparse.Namespace, words: Words) -> int:
    """Remove the council's phrases of a language; ours stay."""

    async def remove(parts: Opened) -> None:
        await Phrases(parts.store).keep(args.language, [])

    run_opened(remove)
    print(words("phrases-removed", language=args.language))
    return 0
