"""``livesession face show|set|reset``: the council's name, colours, font and logo."""

import argparse

from livesession.cli.agenda import read_bytes
from livesession.cli.opening import Opened, run_opened
from livesession.desk.faces import Faces
from livesession.domain.face import FONTS, Face, checked
from livesession.i18n import Words
from livesession.media.logo import clean_logo


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    parser = commands.add_parser("face", help="nom, couleurs, logo de l’assemblée / the council's name, colours, logo")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    show = actions.add_parser("show", help="ce qui est gardé / what is kept")
    show.set_defaults(run=run_show)
    keep = actions.add_parser("set", help="garder ce qui est donné / keep what is given")
    keep.add_argument("--name")
    keep.add_argument("--accent", metavar="#RRGGBB")
    keep.add_argument("--accent-dark", metavar="#RRGGBB")
    keep.add_argument("--font", choices=FONTS)
    keep.add_argument("--logo", metavar="FILE", help="SVG, PNG")
    keep.set_defaults(run=run_set)
    reset = actions.add_parser("reset", help="celui d’origine / the original one")
    reset.set_defaults(run=run_reset)


def _line(face: Face, words: Words) -> str:
    logo = face.logo or words("face-none")
    params = {"accent": face.accent, "dark": face.accent_dark, "font": words(f"face-font-{face.font}"), "logo": logo}
    return words("face-shown", name=face.name or "–", **params)


def run_show(args: argparse.Namespace, words: Words) -> int:
    """One line: name, colours, font, logo."""

    async def kept(parts: Opened) -> Face:
        return await Faces(parts.store).current()

    print(_line(run_opened(kept, create=True), words))
    return 0


def run_set(args: argparse.Namespace, words: Words) -> int:
    """Keep what is given beside what was kept; refused where a colour could not be read by everybody."""
    logo = clean_logo(read_bytes(args.logo)) if args.logo else None

    async def keep(parts: Opened) -> Face:
        faces = Faces(parts.store)
        face = await faces.current()
        # A new colour for light takes its dark one with it, unless that is given too.
        dark = args.accent_dark or ("" if args.accent else face.accent_dark)
        wanted = checked(
            name=face.name if args.name is None else args.name,
            accent=args.accent or face.accent,
            accent_dark=dark,
            font=args.font or face.font,
            logo=face.logo,
        )
        return await faces.keep(wanted, logo)

    print(_line(run_opened(keep, create=True), words))
    return 0


def run_reset(args: argparse.Namespace, words: Words) -> int:
    """Back to the face that is shipped."""

    async def forget(parts: Opened) -> None:
        await Faces(parts.store).forget()

    run_opened(forget, create=True)
    print(words("face-forgotten"))
    return 0
