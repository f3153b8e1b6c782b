"""The council's face as citizens get it: style sheets of a few tokens, and the logo."""

import io
import re
from collections.abc import Iterator
from functools import lru_cache, partial

from aiohttp import web
from PIL import Image

from livesession.domain.face import Face, overlay_css, page_css, tokens
from livesession.web.services import services
from livesession.web.widget import widget_source

LOGO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'"
"""Whatever a logo may hold, opened by itself it is drawn and can do nothing (CSP 3 §6.3.2)."""

A_WHILE = "public, max-age=300"
FOR_GOOD = "public, max-age=31536000, immutable"
_PLACES = 3
"""How often the widget's style says each token: light, dark by wish, dark by attribute."""


async def page_style(request: web.Request) -> web.Response:
    face = await services(request).faces.current()
    return _css(page_css(face))


async def overlay_style(request: web.Request) -> web.Response:
    held = services(request)
    face = await held.faces.current()
    picture = await held.faces.picture() if face.logo else None
    if picture is None:
        return _css(overlay_css(face, None))
    with Image.open(io.BytesIO(picture), formats=("PNG",)) as opened:
        wide = opened.width / opened.height
    # Relative to the style sheet: an overlay on a disk asks this server as well.
    return _css(overlay_css(face, f"/face/{face.logo}", wide))


def _css(text: str) -> web.Response:
    return web.Response(text=text, content_type="text/css", charset="utf-8", headers={"Cache-Control": A_WHILE})


async def logo(request: web.Request) -> web.Response:
    kind, content = await services(request).faces.logo(request.match_info["file"])
    headers = {"Cache-Control": FOR_GOOD, "Content-Security-Policy": LOGO_POLICY, "X-Content-Type-Options": "nosniff"}
    return web.Response(body=content, content_type=kind, headers=headers)


@lru_cache(maxsize=4)
def widget_in(face: Face) -> str:
    """The widget's script with the council's colours among its own: no request more, and no policy of a host's in
    the way. Raises ValueError where the script carries its styles otherwise than it did."""
    source = widget_source()
    if face.is_default:
        return source
    light, dark = tokens(face)
    for name in light:
        # The first is that of the light theme; those of the dark one follow, by the reader's wish and by attribute.
        places = iter((light[name], dark[name], dark[name]))
        source, count = re.subn(rf"(?<=[{{;]){name}:#[0-9a-f]{{3,6}}", partial(_set, name, places), source)
        # A token that nothing in the widget uses is not in its style.
        if count != _PLACES and (count or name == "--accent"):
            raise ValueError(name)
    return source


def _set(name: str, values: Iterator[str], _: re.Match[str]) -> str:
    return f"{name}:{next(values)}"


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [
        web.get("/face/page.css", page_style),
        web.get("/face/overlay.css", overlay_style),
        web.get(r"/face/{file:[0-9a-f]{12}\.(?:svg|png)}", logo),
    ]
