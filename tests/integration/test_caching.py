"""Pages that citizens ask for again and again: sent once, asked for each time, never shown stale."""

from pathlib import Path

import aiohttp
import pytest

from tests.integration.running import AGENDA, client_of, serving

FRENCH = {"Accept-Language": "fr"}


async def test_a_page_is_sent_again_only_where_it_shows_something_else(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client, aiohttp.ClientSession() as reader:
        slug = await client.create(AGENDA)
        await client.post(slug, "sitting.opened")
        pages = [
            f"/s/{slug}",
            f"/s/{slug}?only=votes",
            f"/s/{slug}/embed",
            f"/s/{slug}/fragment",
            f"/s/{slug}/minutes.html",
        ]
        for path in [*pages, "/", "/legal", "/overlays/"]:
            async with reader.get(server.url + path, headers=FRENCH) as first:
                assert (first.status, first.headers.get("ETag", "")[:3]) == (200, 'W/"'), path
                assert {"Accept-Encoding", "Accept-Language"} >= set(first.headers["Vary"].split(", ")) - {"Origin"}, (
                    path
                )
            known = FRENCH | {"If-None-Match": first.headers["ETag"]}
            async with reader.get(server.url + path, headers=known) as again:
                assert (again.status, await again.read()) == (304, b""), path
                for name in ("ETag", "Cache-Control", "Vary"):
                    assert again.headers[name] == first.headers[name], path
            # Uncompressed it is the same page.
            plain = {"Accept-Encoding": "identity"} | known
            async with reader.get(server.url + path, headers=plain) as again:
                assert again.status == 304, path
        for path in ("/", "/legal"):
            async with reader.get(server.url + path, headers=FRENCH) as french:
                tag = french.headers["ETag"]
            # In another language it is another page.
            async with reader.get(
                server.url + path, headers={"Accept-Language": "en", "If-None-Match": tag}
            ) as english:
                assert english.status == 200, path
        async with reader.get(server.url + pages[0], headers=FRENCH) as before:
            tag = before.headers["ETag"]
        await client.post(slug, "update.posted", text="La séance reprend.")
        async with reader.get(server.url + pages[0], headers=FRENCH | {"If-None-Match": tag}) as after:
            assert after.status == 200
            assert "La séance reprend." in await after.text()
            assert after.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/console/", "/api/v1/sittings", "/s/{slug}/report", "/metrics", "/readyz"])
async def test_what_is_for_one_person_is_never_held(tmp_path: Path, path: str) -> None:
    async with serving(tmp_path) as server, client_of(server, "admin") as client:
        slug = await client.create(AGENDA)
        async with client.session.get(server.url + path.format(slug=slug), headers=client.headers) as answer:
            assert "ETag" not in answer.headers
            assert "no-store" in answer.headers["Cache-Control"]


async def test_the_other_language_shows_the_same_part_of_the_page(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client, aiohttp.ClientSession() as reader:
        slug = await client.create(AGENDA)
        await client.post(slug, "sitting.opened")
        asked = f"{server.url}/s/{slug}?only=votes&q=%22%3Cb%3E&lang=fr"
        async with reader.get(asked) as answer:
            assert 'href="?only=votes&amp;q=%22%3Cb%3E&amp;lang=en"' in await answer.text()
