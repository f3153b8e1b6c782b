"""What a sitting's page says to search engines, networks and embedders, by a real server."""

import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lxml import etree, html
from PIL import Image

from tests.integration.running import AGENDA, Client, client_of, serving


class Head:
    """The head of a page, as a machine reads it."""

    def __init__(self, text: str) -> None:
        self.tree = html.fromstring(text)

    def link(self, rel: str, **attributes: str) -> list[str]:
        found = self.tree.xpath(f"//head/link[@rel='{rel}']")
        return [one.get("href") for one in found if all(one.get(name) == value for name, value in attributes.items())]

    def meta(self, name: str) -> str:
        (found,) = self.tree.xpath(f"//head/meta[@property='{name}' or @name='{name}']/@content")
        return str(found)

    def graph(self) -> dict[str, Any]:
        (found,) = self.tree.xpath("//script[@type='application/ld+json']/text()")
        form = json.loads(found)
        assert form["@context"] == "https://schema.org"
        return {node["@type"]: node for node in form["@graph"]}


async def read(client: Client, path: str) -> bytes:
    async with client.session.get(client.server.url + path) as answer:
        assert answer.status == 200, await answer.text()
        return bytes(await answer.read())


async def test_a_sittings_page_tells_machines_what_it_tells_people(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        title = "Séance </script><b>plénière"
        slug = await client.create({**AGENDA, "title": title, "location": "Hôtel du Département"})
        base = f"http://localhost:{server.port}"
        page = f"{base}/s/{slug}"
        head = Head((await read(client, f"/s/{slug}")).decode())
        assert set(head.graph()) == {"Event"}
        event = head.graph()["Event"]
        assert (event["name"], event["startDate"]) == (title, "2026-11-20T09:00:00+01:00")
        assert event["location"][0] == {
            "@type": "Place",
            "name": "Hôtel du Département",
            "address": "Hôtel du Département",
        }

        for kind, item, data in (
            ("sitting.opened", None, {}),
            ("item.opened", "un", {}),
            ("update.posted", None, {"text": "Nous commençons."}),
            ("item.opened", "clos", {}),
            ("update.posted", None, {"text": "TEXTE-CLOS"}),
            ("closed_part.ended", None, {}),
            ("sitting.closed", None, {}),
        ):
            status, answer = await client.post(slug, kind, item, **data)
            assert status == 201, answer
        text = (await read(client, f"/s/{slug}")).decode()
        head = Head(text)
        graph = head.graph()
        thread = graph["LiveBlogPosting"]
        assert "endDate" in graph["Event"]
        assert thread["about"] == {"@id": graph["Event"]["@id"]}
        assert thread["coverageStartTime"] <= thread["coverageEndTime"]
        bodies = [one["articleBody"] for one in thread["liveBlogUpdate"]]
        assert "Nous commençons." in bodies
        assert "TEXTE-CLOS" not in text
        assert all(one["url"].startswith(f"{page}?entry=") for one in thread["liveBlogUpdate"])
        anchors = {one["url"].partition("#")[2] for one in thread["liveBlogUpdate"]}
        assert anchors <= set(head.tree.xpath("//@id"))

        assert head.link("canonical") == [page]
        assert head.link("alternate", hreflang="en") == [page + "?lang=en"]
        assert head.link("alternate", hreflang="x-default") == [page]
        english = Head((await read(client, f"/s/{slug}?lang=en")).decode())
        assert english.link("canonical") == [page + "?lang=en"]
        assert english.meta("og:locale") == "en_GB"
        for type_ in ("application/atom+xml", "application/feed+json", "text/calendar"):
            (address,) = head.link("alternate", type=type_)
            await read(client, address)
        assert head.meta("og:title") == title
        assert head.meta("twitter:card") == "summary_large_image"
        assert head.meta("og:image") == f"{page}/card.png"
        with Image.open(io.BytesIO(await read(client, f"/s/{slug}/card.png"))) as image:
            assert (image.format, image.size) == ("PNG", (1200, 630))

        (oembed,) = head.link("alternate", type="application/json+oembed")
        form = json.loads(await read(client, oembed.removeprefix(base)))
        assert oembed == f"{base}/oembed?url={quote(page, safe='/')}"
        assert (form["type"], form["version"], form["author_url"]) == ("rich", "1.0", page)
        assert form["thumbnail_url"] == f"{page}/card.png"
        assert re.search(r'src="([^"]+)"', form["html"]).group(1) == f"{page}/embed"  # type: ignore[union-attr]
        assert 'width="640" height="720"' in form["html"]
        assert "max-width" not in form["html"]
        # oEmbed 1.0 §2.2: the asker's bounds hold, also where the tag is as wide as its column.
        form = json.loads(await read(client, oembed.removeprefix(base) + "&maxwidth=400&maxheight=500"))
        assert (form["width"], form["height"]) == (400, 500)
        assert 'width="400" height="500"' in form["html"]
        assert "max-width: 400px" in form["html"]


async def test_search_engines_find_what_is_public(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(AGENDA)
        base = f"http://localhost:{server.port}"
        robots = (await read(client, "/robots.txt")).decode()
        assert "Disallow: /console/" in robots
        assert robots.endswith(f"Sitemap: {base}/sitemap.xml\n")
        tree = etree.fromstring(await read(client, "/sitemap.xml"))
        space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
        assert tree.tag == space + "urlset"
        found = [str(one.text) for one in tree.iter(space + "loc")]
        assert f"{base}/s/{slug}" in found
        for address in found:
            assert address.startswith(base)
            await read(client, address.removeprefix(base))
        home = Head((await read(client, "/")).decode())
        assert home.link("canonical") == [base + "/"]
        assert home.link("alternate", type="application/atom+xml") == ["/feed.atom"]


async def test_the_site_can_be_kept_on_a_home_screen(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        (address,) = Head((await read(client, "/")).decode()).link("manifest")
        manifest = json.loads(await read(client, address))
        assert (manifest["display"], manifest["start_url"]) == ("standalone", "/")
        for one in manifest["icons"]:
            with Image.open(io.BytesIO(await read(client, one["src"]))) as image:
                assert f"{image.width}x{image.height}" == one["sizes"]
