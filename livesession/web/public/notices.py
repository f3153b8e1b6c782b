"""Legal notice, data notice and accessibility declaration: written here, completed by the operator's settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from aiohttp import web

from livesession import __version__
from livesession.i18n import Words, words
from livesession.web.imprint import Imprint, address_of
from livesession.web.rendering import language_for, render
from livesession.web.services import services

CHECKED = date(2026, 11, 23)
"""When what the declaration says was checked last; changed together with the checks."""

CHECKS = ("axe", "widths", "script", "keyboard", "announcer", "contrast")
UNCHECKED = ("audit", "readers", "documents")

OMBUDSMAN = "https://formulaire.defenseurdesdroits.fr/"
AUTHORITY = "https://www.cnil.fr/fr/plaintes"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a notice; ``label`` before it, ``href`` where it is a link; ``setting``: it is not filled in."""

    text: str
    label: str = ""
    href: str | None = None
    setting: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it; a list where ``listed``."""

    title: str
    lines: tuple[Line, ...]
    listed: bool = False


def given(value: str, setting: str, said: Words) -> Line:
    """What a setting says, or that it says nothing, for the operator to see."""
    if value:
        return Line(value, href=address_of(value))
    return Line(said("notice-missing", setting=setting), setting=setting)


def legal(imprint: Imprint, said: Words) -> Iterator[Section]:
    """Who publishes, who answers for it, who hosts (law 2004-575, article 1-1)."""
    yield Section(said("notice-publisher"), (given(imprint.publisher, "PUBLISHER", said),))
    director = given(imprint.director, "PUBLICATION_DIRECTOR", said)
    yield Section(said("notice-director"), (director, Line(said("notice-director-more"))))
    yield Section(said("notice-hosting"), (given(imprint.hosting, "HOSTING", said),))
    yield Section(said("notice-contact"), (given(imprint.contact, "CONTACT", said), Line(said("notice-reply"))))
    yield Section(said("notice-value"), (Line(said("notice-value-text")),))
    yield Section(said("notice-software"), (Line(said("notice-software-text", version=__version__)),))


def privacy(imprint: Imprint, said: Words) -> Iterator[Section]:
    """What is known of whom, why, for how long, and what they may ask (GDPR, article 13)."""
    yield Section(said("privacy-controller"), (given(imprint.publisher, "PUBLISHER", said),))
    officer = given(imprint.data_protection, "DATA_PROTECTION_OFFICER", said)
    yield Section(said("privacy-officer"), (officer,))
    for name in ("reading", "published", "reports", "notifications", "clerks", "kept"):
        yield Section(said(f"privacy-{name}"), (Line(said(f"privacy-{name}-text")),))
    authority = Line(said("privacy-authority"), href=AUTHORITY)
    contact = given(imprint.contact, "CONTACT", said)
    yield Section(said("privacy-rights"), (Line(said("privacy-rights-text")), contact, authority))


def accessibility(imprint: Imprint, base: str, said: Words) -> Iterator[Section]:
    """The declaration that article 47 of law 2005-102 asks for, in the order of RGAA's model."""
    publisher = imprint.publisher or said("accessibility-publisher")
    yield Section(said("accessibility-about"), (Line(said("accessibility-promise", publisher=publisher, site=base)),))
    state = [Line(said(f"accessibility-is-{imprint.accessibility}"))]
    state.append(Line(imprint.audit or said("accessibility-no-audit")))
    yield Section(said("accessibility-state"), tuple(state))
    checked = tuple(Line(said(f"accessibility-checked-{name}")) for name in CHECKS)
    yield Section(said("accessibility-checked"), checked, listed=True)
    unchecked = tuple(Line(said(f"accessibility-unchecked-{name}")) for name in UNCHECKED)
    yield Section(said("accessibility-unchecked"), unchecked, listed=True)
    day = datetime.combine(CHECKED, datetime.min.time(), UTC)
    made = Line(said("accessibility-made-text", date=said.date(day, "UTC", "long"), version=__version__))
    yield Section(said("accessibility-made"), (made, Line(said("accessibility-technologies"))))
    contact = given(imprint.contact, "CONTACT", said)
    yield Section(said("accessibility-contact"), (Line(said("accessibility-contact-text")), contact))
    form = Line(said("accessibility-ombudsman"), href=OMBUDSMAN)
    post = Line(said("accessibility-ombudsman-post"))
    yield Section(said("accessibility-appeal"), (Line(said("accessibility-appeal-text")), form, post))


async def legal_page(request: web.Request) -> web.Response:
    said = words(language_for(request))
    return await _page(request, "legal", list(legal(services(request).imprint, said)))


async def privacy_page(request: web.Request) -> web.Response:
    said = words(language_for(request))
    return await _page(request, "privacy", list(privacy(services(request).imprint, said)))


async def accessibility_page(request: web.Request) -> web.Response:
    said, held = words(language_for(request)), services(request)
    return await _page(request, "accessibility", list(accessibility(held.imprint, held.base_url, said)))


async def _page(request: web.Request, name: str, sections: list[Section]) -> web.Response:
    context = {"name": name, "sections": sections, "page_url": f"{services(request).base_url}/{name}"}
    response = await render(request, "public/notice.html", context)
    response.headers["Cache-Control"] = "no-cache"
    return response


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [
        web.get("/legal", legal_page),
        web.get("/privacy", privacy_page),
        web.get("/accessibility", accessibility_page),
    ]
