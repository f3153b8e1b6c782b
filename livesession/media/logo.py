"""A council's logo as it comes in: an SVG that can do nothing but be drawn, or a PNG; and its picture for print."""

import io
import re
from dataclasses import dataclass
from hashlib import sha256

import py_svg_hush
from lxml import etree
from PIL import Image

from livesession.errors import InputError, Problem
from livesession.media.draw_logo import png_of
from livesession.media.images import clean
from livesession.media.logo_cost import is_bearable

MAX_LOGO = 200_000
"""Bytes of a file: a logo is on every page."""

PICTURE = 640
"""Pixels of the picture's longer edge: sharp on a poster at the size it has there."""

KEPT_TYPES = {"image": ["png", "jpeg"]}
"""What an SVG may carry inside itself as data."""

TYPES = {"svg": "image/svg+xml", "png": "image/png"}

_SVG = "{http://www.w3.org/2000/svg}"
# What moves is not printed; a filter may take minutes to draw.
_DROPPED = frozenset(f"{_SVG}{name}" for name in ("set", "animate", "animateMotion", "animateTransform", "filter"))
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")
_FILTER = re.compile(r"filter\s*:", re.IGNORECASE)
_ADDRESS = re.compile(r"url\(\s*['\"]?(?!#)|@import|https?:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo as it is kept. ``ending`` is ``svg`` or ``png``; ``picture`` the same as PNG, for what is drawn here."""

    ending: str
    content: bytes
    picture: bytes

    @property
    def file(self) -> str:
        """The name it is asked for by, which changes with its content."""
        return f"{sha256(self.content).hexdigest()[:12]}.{self.ending}"


def clean_logo(content: bytes) -> Logo:
    """The logo, cleaned. Takes a second: not on the loop.

    Raises InputError ``media_unreadable`` where it is neither, is too large, would take too long to draw, or
    declares entities of its own.
    """
    if len(content) > MAX_LOGO:
        raise InputError("media_unreadable", [Problem.of("logo-large", "logo", limit=MAX_LOGO // 1_000)])
    if content.lstrip()[:4] in (b"\x89PNG", b"\x89PNG\r"):
        picture = _small(clean(content).content)
        return Logo("png", picture, picture)
    cleaned = _clean_svg(content)
    return Logo("svg", cleaned, _drawn(cleaned))


def _clean_svg(content: bytes) -> bytes:
    # Entities of its own could unfold into a memory full, and no program that draws logos writes any.
    if b"<!entity" in content.lower() or b"\0" in content:
        raise _refused()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        # First by whoever bounds depth and size: the filter takes long over a thousand parts within one another.
        etree.fromstring(content, parser)
        root = etree.fromstring(py_svg_hush.filter_svg(content, KEPT_TYPES), parser)
    except (ValueError, etree.XMLSyntaxError):
        raise _refused() from None
    if root.tag != f"{_SVG}svg":
        raise _refused()
    _drop_addresses(root)
    if not is_bearable(root):
        raise InputError("media_unreadable", [Problem.of("logo-heavy", "logo")])
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _drop_addresses(root: "etree._Element") -> None:
    """Nothing of it may ask for another file: what is left names only parts of itself and data inside it."""
    for node in list(root.iter()):
        parent = node.getparent()
        styled = node.tag == f"{_SVG}style" and (_ADDRESS.search(node.text or "") or _FILTER.search(node.text or ""))
        if not isinstance(node.tag, str) or node.tag in _DROPPED or styled:
            if parent is not None:
                parent.remove(node)
            continue
        for name, value in list(node.attrib.items()):
            own = str(value).strip().startswith(("#", "data:image/png", "data:image/jpeg"))
            named = "" if name in _HREF else str(value)
            slow = name == "filter" or _FILTER.search(named)
            if (name in _HREF and not own) or slow or _ADDRESS.search(named):
                del node.attrib[name]


def _drawn(svg: bytes) -> bytes:
    try:
        made = png_of(svg, PICTURE)
    except ValueError:
        raise InputError("media_unreadable", [Problem.of("logo-heavy", "logo")]) from None
    try:
        return _small(made)
    except OSError:
        raise _refused() from None


def _small(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as opened:
        image = opened.convert("RGBA")
    image.thumbnail((PICTURE, PICTURE))
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _refused() -> InputError:
    return InputError("media_unreadable", [Problem.of("logo-unreadable", "logo")])
