"""``livesession settings``: every setting, from its one description in code."""

import argparse

from livesession.i18n import Words
from livesession.settings import Said, Settings, load_settings

SECRET = "***"  # noqa: S105 - what is shown instead of a secret


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    commands.add_parser("settings", help="tous les réglages / every setting").set_defaults(run=run)


def run(args: argparse.Namespace, words: Words) -> int:
    """Name, value in force, and what it is for."""
    settings = load_settings()
    for name, field in Settings.model_fields.items():
        said = next(part for part in field.metadata if isinstance(part, Said))
        value = getattr(settings, name)
        shown = value if name != "secret_key" else (SECRET if value.get_secret_value() else "")
        print(f"{name.upper()}={shown}\n    {said.fr if words.language == 'fr' else said.en}")
    return 0
