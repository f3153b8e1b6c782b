"""Feeds and calendars of a real server, read by the libraries that readers use."""

import io
import json
from pathlib import Path
from typing import Any

import aiohttp
import feedparser
import icalendar
import jsonschema
import pytest
from PIL import Image

from tests.integration.running import AGENDA, Client, Server, client_of, serving

JSON_FEED_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": {"type": "string", "format": "uri"},
        "feed_url": {"type": "string", "format": "uri"},
        "language": {"type": "string"},
        "authors": {"type": "array", "minItems": 1, "items": {"required": ["name"]}},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_text"],
                "properties": {
                    "id": {"type": "string", "pattern": "^urn:uuid:[0-9a-f-]{36}$"},
                    "url": {"type": "string", "format": "uri"},
                    "date_published": {"type": "string", "format": "date-time"},
                    "date_modified": {"type": "string", "format": "date-time"},
                    "tags": {"type": "array", "items": {"type": "string", "minLength": 1}},
                },
            },
        },
    },
}
"""What jsonfeed.org/version/1.1 demands of a feed, and what we promise of ours."""


class Reader:
    """A feed reader of one sitting."""

    def __init__(self, server: Server, session: aiohttp.ClientSession, slug: str) -> None:
        self.base = f"{server.url}/s/{slug}"
        self.session = session

    async def get(self, path: str, status: int = 200, **headers: str) -> tuple[str, Any]:
        async with self.session.get(self.base + path, headers=headers) as answer:
            assert answer.status == status, await answer.text()
            return (await answer.read()).decode("utf-8"), answer.headers

    async def atom(self, query: str = "") -> Any:
        text, headers = await self.get("/feed.atom" + query)
        assert headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        found = feedparser.parse(text.encode())
        assert (found.bozo, found.version) == (False, "atom10")
        return found

    async def json(self, query: str = "") -> Any:
        text, headers = await self.get("/feed.json" + query)
        assert headers["Content-Type"] == "application/feed+json"
        found = json.loads(text)
        jsonschema.validate(found, JSON_FEED_SCHEMA, format_checker=jsonschema.FormatChecker())
        return found

    async def texts(self, query: str = "") -> list[str]:
        return [each["content_text"] for each in (await self.json(query))["items"]]


async def posted(client: Client, slug: str, kind: str, item: str | None = None, **data: Any) -> str:
    status, answer = await client.post(slug, kind, item, **data)
    assert status == 201, answer
    return str(answer["id"])


async def test_feeds_tell_what_is_public_as_it_holds_now(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(AGENDA)
        reader = Reader(server, client.session, slug)
        await posted(client, slug, "sitting.opened")
        await posted(client, slug, "item.opened", "un")
        kept = await posted(client, slug, "update.posted", text="Les collèges <b>rouvrent</b> &\nen mars.")
        wrong = await posted(client, slug, "update.posted", text="Le budget est de 12 millions.")
        gone = await posted(client, slug, "update.posted", text="TEXTE-RETIRÉ")
        erased = await posted(client, slug, "update.posted", text="TEXTE-EFFACÉ")
        await posted(
            client, slug, "update.corrected", entry=wrong, text="Le budget est de 13 millions.", reason="Erreur"
        )
        await posted(client, slug, "update.retracted", entry=gone, reason="Doublon")
        await posted(client, slug, "vote.recorded", "un", **{"for": 5, "against": 2, "abstention": 1})
        await posted(client, slug, "item.opened", "clos")
        await posted(client, slug, "update.posted", text="TEXTE-CLOS")
        await posted(client, slug, "closed_part.ended")

        before = await reader.atom()
        await _erase(server, slug, erased)
        atom, feed = await reader.atom(), await reader.json()
        whole = json.dumps(feed, ensure_ascii=False) + str(atom)
        assert [word for word in ("TEXTE-RETIRÉ", "TEXTE-EFFACÉ", "TEXTE-CLOS", "Prix négocié") if word in whole] == []
        assert {each.id for each in before.entries} == {each.id for each in atom.entries}
        assert [each.id for each in atom.entries] == [each["id"] for each in feed["items"]]

        by_id = {each.id.removeprefix("urn:uuid:"): each for each in atom.entries}
        assert by_id[kept].content[0].value == "<p>Les collèges &lt;b&gt;rouvrent&lt;/b&gt; &amp;<br />en mars.</p>"
        assert by_id[kept].link == f"http://localhost:{server.port}/s/{slug}?entry={kept}#e-{kept}"
        assert by_id[kept].updated == by_id[kept].published
        assert by_id[wrong].updated > by_id[wrong].published
        assert by_id[wrong].title == "Le budget est de 13 millions."
        assert by_id[gone].title.startswith("Retiré à ")
        assert by_id[gone].updated > by_id[gone].published
        assert by_id[erased].title.startswith("Effacé à ")
        assert atom.feed.title == "Séance plénière"
        assert atom.feed.language == "fr"
        assert atom.feed.updated == max(each.updated for each in atom.entries)

        assert (await reader.texts("?votes=1"))[0].split("\n")[:2] == [
            "Adopté\u00a0: Ouverture",
            "5 pour, 2 contre, 1 abstention",
        ]
        assert len(await reader.texts("?votes=1")) == 1
        # The former text had the word: whoever was told it learns what holds now.
        by_word = await reader.json("?word=12 MILLIONS")
        assert wrong in str(by_word)
        assert kept not in str(by_word)
        assert gone in str(by_word)
        assert len(await reader.texts("?word=COLLEGES")) == 3
        assert (await reader.json("?item=1&lang=en"))["title"] == "Séance plénière, 1 Ouverture"
        assert await reader.texts("?item=2") == []
        english = await reader.json("?lang=en&votes=1")
        assert (english["title"], english["items"][0]["title"]) == ("Séance plénière, votes", "Adopted: Ouverture")
        await reader.get("/feed.atom?item=99", status=404)


async def _erase(server: Server, slug: str, entry: str) -> None:
    async with client_of(server, "admin") as admin:
        await posted(admin, slug, "update.erased", entry=entry, reason="Ordonnance")


async def test_feeds_are_asked_for_anew_without_being_sent_again(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(AGENDA)
        reader = Reader(server, client.session, slug)
        await posted(client, slug, "sitting.opened")
        for path in ("/feed.atom", "/feed.json", "/calendar.ics"):
            _, headers = await reader.get(path)
            assert headers["Cache-Control"] == "public, max-age=60"
            assert headers["Access-Control-Allow-Origin"] == "*"
            assert await reader.get(path, 304, **{"If-None-Match": headers["ETag"]})
            await reader.get(path, 200, **{"If-None-Match": 'W/"other"'})
        _, headers = await reader.get("/feed.atom")
        await posted(client, slug, "item.opened", "un")
        await reader.get("/feed.atom", 200, **{"If-None-Match": headers["ETag"]})
        # A date in the future is no promise of ours, a past one is older than the last entry.
        await reader.get("/feed.atom", 200, **{"If-Modified-Since": "Thu, 01 Jan 2026 00:00:00 GMT"})
        await reader.get("/feed.atom", 304, **{"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"})


async def test_a_calendar_says_when_where_and_what(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create({**AGENDA, "location": "Hôtel du Département, salle Érable; 2e étage, " + "x" * 90})
        undated = await client.create({**AGENDA, "starts": None, "title": "Sans date"})
        reader = Reader(server, client.session, slug)
        text, headers = await reader.get("/calendar.ics")
        assert headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
        (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
        assert str(event["SUMMARY"]) == "Séance plénière, Conseil départemental du Val-Clair"
        assert event.decoded("DTSTART").isoformat() == "2026-11-20T08:00:00+00:00"
        assert str(event["LOCATION"]).startswith("Hôtel du Département, salle Érable; 2e étage, xxx")
        assert "Collèges" in str(event["DESCRIPTION"])
        assert "Prix négocié" not in text
        assert str(event["UID"]) == f"{slug}@localhost"
        before = int(event["SEQUENCE"])
        await posted(client, slug, "sitting.opened")
        await posted(client, slug, "sitting.closed")
        (event,) = icalendar.Calendar.from_ical((await reader.get("/calendar.ics"))[0]).walk("VEVENT")
        assert event.decoded("DTEND") >= event.decoded("DTSTART")
        assert int(event["SEQUENCE"]) > before
        await Reader(server, client.session, undated).get("/calendar.ics", 404)
        async with client.session.get(server.url + "/calendar.ics") as answer:
            whole = icalendar.Calendar.from_ical(await answer.read())
        assert [str(each["UID"]) for each in whole.walk("VEVENT")] == [f"{slug}@localhost"]


@pytest.mark.parametrize("name", ["feed.atom", "feed.json"])
async def test_the_list_of_sittings_is_a_feed(tmp_path: Path, name: str) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        await Reader(server, client.session, "nothing").get("/" + name, 404)
        slug = await client.create(AGENDA)
        async with client.session.get(f"{server.url}/{name}") as answer:
            assert answer.status == 200
            text = await answer.text()
            headers = {"If-None-Match": answer.headers["ETag"]}
        found = feedparser.parse(text.encode())
        if name == "feed.json":
            (item,) = json.loads(text)["items"]
            assert item["content_text"] == "Conseil départemental du Val-Clair, vendredi 20 novembre 2026"
            assert item["url"] == f"http://localhost:{server.port}/s/{slug}"
        else:
            assert [(each.title, each.link) for each in found.entries] == [
                ("Séance plénière", f"http://localhost:{server.port}/s/{slug}")
            ]
        async with client.session.get(f"{server.url}/{name}", headers=headers) as answer:
            assert answer.status == 304


async def test_images_come_with_the_entry_and_their_words(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(AGENDA)
        await posted(client, slug, "sitting.opened")
        content = io.BytesIO()
        Image.new("RGB", (40, 30), "white").save(content, "PNG")
        form = aiohttp.FormData()
        form.add_field("file", content.getvalue(), filename="plan.png", content_type="image/png")
        address = f"{server.url}/api/v1/sittings/{slug}/media"
        async with client.session.post(address, data=form, headers=client.headers) as answer:
            assert answer.status == 201, await answer.text()
            image = (await answer.json())["id"]
        media = [{"id": image, "alt": 'Plan "A"'}]
        entry = await posted(client, slug, "update.posted", text="Le plan.", media=media)
        reader = Reader(server, client.session, slug)
        item = (await reader.json())["items"][0]
        shown = f"http://localhost:{server.port}/s/{slug}/media/{image}"
        assert item["content_html"] == f'<p>Le plan.</p><p><img src="{shown}" alt="Plan &#34;A&#34;"></p>'
        assert (item["content_text"], item["image"]) == ('Le plan.\nPlan "A"', shown)
        await posted(client, slug, "update.retracted", entry=entry)
        assert image not in str(await reader.json())
