"""What a phone needs to keep the site on its home screen: a manifest and an icon. iPhones notify only from there."""

import io
from functools import lru_cache, partial

from aiohttp import web
from PIL import Image, ImageDraw

from livesession.i18n import words
from livesession.web.imprint import Imprint
from livesession.web.public.drawing import drawn, paste_logo
from livesession.web.rendering import language_for
from livesession.web.services import services

SIZES = (192, 512)
"""Pixels: what the manifest's readers ask for (W3C Web Application Manifest)."""

A_DAY = "public, max-age=86400"
MAX_SHORT = 12
"""Characters below an icon."""


async def manifest(request: web.Request) -> web.Response:
    said = words(language_for(request))
    face = await services(request).faces.current()
    body = {
        "name": face.name or _name(services(request).imprint, said("public-sittings")),
        "short_name": said("public-sittings")[:MAX_SHORT],
        "lang": said.language,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#FFFFFF",
        "theme_color": face.accent,
        "icons": [{"src": f"/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"} for size in SIZES],
    }
    headers = {"Cache-Control": A_DAY, "Vary": "Accept-Language"}
    return web.json_response(body, content_type="application/manifest+json", headers=headers)


def _name(imprint: Imprint, sittings: str) -> str:
    publisher = imprint.publisher.split(",")[0].strip()
    return f"{sittings}, {publisher}" if publisher else sittings


LOGO_SHARE = 0.62
"""Of an icon's edge: what the circle leaves that phones cut icons to (W3C Web Application Manifest, safe zone)."""


@lru_cache(maxsize=2 * len(SIZES))
def icon_png(size: int, accent: str, picture: bytes = b"") -> bytes:
    """The council's logo on white, else the register's mark: lines on its colour; within the circle of phones."""
    image = Image.new("RGB", (size, size), "#FFFFFF" if picture else accent)
    if picture:
        paste_logo(image, picture, (size * (1 - LOGO_SHARE) / 2,) * 2, (size * LOGO_SHARE,) * 2)
    else:
        _mark(ImageDraw.Draw(image), size)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _mark(draw: ImageDraw.ImageDraw, size: int) -> None:
    unit = size / 24
    for row in (8, 12, 16):
        draw.ellipse((6.2 * unit, (row - 0.9) * unit, 8 * unit, (row + 0.9) * unit), fill="#FFFFFF")
        draw.rounded_rectangle((10 * unit, (row - 0.9) * unit, 18 * unit, (row + 0.9) * unit), 0.9 * unit, "#FFFFFF")


async def icon(request: web.Request) -> web.Response:
    faces = services(request).faces
    face = await faces.current()
    picture = await faces.picture() if face.logo else None
    body = await drawn(request, partial(icon_png, int(request.match_info["size"]), face.accent, picture or b""))
    return web.Response(body=body, content_type="image/png", headers={"Cache-Control": A_DAY})


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    sizes = "|".join(map(str, SIZES))
    return [web.get("/manifest.webmanifest", manifest), web.get(f"/icon-{{size:{sizes}}}.png", icon)]
