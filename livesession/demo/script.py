"""The demonstration's sitting, as data: what happens when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the clerk, ``seconds`` after the start at speed 1."""

    seconds: float
    kind: str
    item: str | None
    data: Mapping[str, Any]
    label: str | None
    corrects: str | None


def agenda_file() -> bytes:
    """The agenda of the demonstration, in our own YAML form."""
    return (resources.files(__package__) / "agenda.yaml").read_bytes()


def assembly() -> Mapping[str, Any]:
    """The assembly of the demonstration, as an ``assembly.set`` command takes it."""
    form: Mapping[str, Any] = yaml.safe_load((resources.files(__package__) / "assembly.yaml").read_text("utf-8"))
    return form


def steps() -> Sequence[Step]:
    """Every step, in order."""
    listed = yaml.safe_load((resources.files(__package__) / "script.yaml").read_text("utf-8"))
    return [
        Step(
            seconds=float(form["at"]),
            kind=form.get("kind", "update.posted"),
            item=form.get("item"),
            data={name: form[name] for name in ("text", "quote") if name in form} or form.get("data", {}),
            label=form.get("as"),
            corrects=form.get("entry"),
        )
        for form in listed
    ]
