"""What search engines may read: robots.txt and the site map (sitemaps.org); languages are each page's own to say."""

from collections.abc import Iterator, Sequence

from aiohttp import web
from lxml import etree

from livesession.web.public.conditional import answer, is_known, tag_of
from livesession.web.services import services

_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"

MOST = 10_000
"""Sittings listed, the newest first; a site map holds 50 000 addresses."""

PER_SITTING = ("", "/decisions", "/minutes.html")
STANDING = ("/", "/legal", "/privacy", "/accessibility")

_DISALLOWED = ("/console/", "/api/", "/oembed", "/s/*/ws", "/s/*/sse", "/s/*/entries", "/s/*/embed", "/s/*/report")


async def robots(request: web.Request) -> web.Response:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _DISALLOWED)]
    text = "\n".join([*lines, "", f"Sitemap: {services(request).base_url}/sitemap.xml", ""])
    return web.Response(text=text, content_type="text/plain", headers={"Cache-Control": "public, max-age=3600"})


async def sitemap(request: web.Request) -> web.Response:
    held = services(request)
    slugs = [row.slug for row in (await held.log.sittings())[:MOST]]
    tag = tag_of(held.base_url, *slugs)
    if is_known(request, tag, None):
        return answer(request, None, "application/xml", tag=tag)
    return answer(request, sitemap_xml(held.base_url, slugs), "application/xml", tag=tag)


def sitemap_xml(base: str, slugs: Sequence[str]) -> bytes:
    """The site map of these sittings and the pages that always stand."""
    root = etree.Element(f"{{{_MAP}}}urlset", nsmap={None: _MAP})
    for path in _paths(slugs):
        url = etree.SubElement(root, f"{{{_MAP}}}url")
        etree.SubElement(url, f"{{{_MAP}}}loc").text = base + path
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def _paths(slugs: Sequence[str]) -> Iterator[str]:
    yield from STANDING
    for slug in slugs:
        yield from (f"/s/{slug}{path}" for path in PER_SITTING)


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/robots.txt", robots), web.get("/sitemap.xml", sitemap)]
