"""Where the files lie that ship beside the code: overlays and agenda templates.

They are at the top of a checkout so that people find them; the wheel carries them inside the
package, under ``_resources``.
"""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from livesession.errors import NotFoundError

SHIPPED = ("overlays", "agenda_templates")
"""The folders that ship, by their names at the top of a checkout."""


def folder(name: str) -> Traversable:
    """The folder ``overlays`` or ``agenda_templates``, wherever this installation has it.

    Raises :class:`NotFoundError` where neither the package nor a checkout holds it: then the
    installation is incomplete.
    """
    shipped = resources.files("livesession") / "_resources" / name
    if shipped.is_dir():
        return shipped
    checkout = Path(__file__).resolve().parent.parent
    # In site-packages a stranger's folder could have the name; only a checkout has them all.
    if all((checkout / each).is_dir() for each in (*SHIPPED, name)):
        return checkout / name
    raise NotFoundError("resources_missing", name=name)
