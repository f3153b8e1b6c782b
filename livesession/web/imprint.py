"""Who answers for what is published here, as the settings say it."""

from dataclasses import dataclass
from typing import Literal

Conformity = Literal["none", "partial", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """The publisher, the director of publication, the host and the contacts; empty where the operator said nothing.

    ``contact`` is an e-mail address or a web address. ``accessibility`` is what an audit found,
    ``audit`` says by whom, when, and at what rate: without one a site counts as not compliant.
    """

    publisher: str = ""
    director: str = ""
    hosting: str = ""
    contact: str = ""
    data_protection: str = ""
    accessibility: Conformity = "none"
    audit: str = ""


def address_of(contact: str) -> str | None:
    """What a contact links to: an e-mail address or a web address; None where it is neither."""
    if contact.startswith(("https://", "http://")):
        return contact
    if "@" in contact and " " not in contact and ":" not in contact:
        return f"mailto:{contact}"
    return None
