"""What is said of a sitting wherever it is announced in a few words: on its poster, its badge, its shared image."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from livesession.domain.face import ACCENT, Face
from livesession.i18n import Words
from livesession.live.hub import Room


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A sitting in a few words, in one language. ``when`` and ``where`` are empty where nobody said.

    ``picture`` is the council's logo as PNG, empty where it has none.
    """

    title: str
    assembly: str
    when: str
    where: str
    follow: str
    url: str
    host: str
    items: int
    language: str
    accent: str = ACCENT
    picture: bytes = b""


def announced(room: Room, base: str, said: Words, face: Face, picture: bytes | None) -> Announced:
    """The words for a sitting as it is announced now, and the face of who announces it."""
    agenda = room.state.agenda
    starts = room.state.opened_at or (None if agenda.starts is None else datetime.fromisoformat(agenda.starts))
    when = ""
    if starts is not None:
        day = said.date(starts, agenda.timezone)
        when = said("announced-when", date=day[:1].upper() + day[1:], time=said.time(starts, agenda.timezone))
    return Announced(
        title=agenda.title,
        assembly=room.state.assembly.name or agenda.assembly,
        when=when,
        where=agenda.location or "",
        follow=said("announced-follow"),
        url=f"{base}/s/{room.slug}",
        host=urlsplit(base).netloc,
        items=sum(item.kind == "item" for item in agenda.walk()),
        language=said.language,
        accent=face.accent,
        picture=picture or b"",
    )
