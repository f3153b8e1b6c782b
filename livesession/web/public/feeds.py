"""Feeds: a sitting's thread, one item, one word or its votes as Atom and JSON Feed, and the list of sittings."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from feedgen.feed import FeedGenerator
from markupsafe import Markup, escape

from livesession.domain.sitting import State
from livesession.errors import NotFoundError
from livesession.i18n import LANGUAGES, Words, language_of, words
from livesession.live.hub import Room
from livesession.telling import place_of
from livesession.thread.log import SittingRow
from livesession.web.public.conditional import answer, is_known, tag_of
from livesession.web.public.pages import public_view
from livesession.web.public.plain import Plain, chosen, plain
from livesession.web.public.showing import Showing
from livesession.web.services import services

MOST = 100
"""Entries of a feed, the last changed first; ``minutes.json`` has them all."""

MAX_WORD = 100
"""Characters of a word to follow."""

ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed in no format yet. Addresses are whole; ``id`` stays the same wherever the feed is read from."""

    id: str
    title: str
    author: str
    language: str
    page: str
    address: str
    updated: datetime
    entries: Sequence["FeedEntry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry of a feed. ``id`` is a URI that never changes, ``images``: address and words of each."""

    id: str
    title: str
    text: str
    url: str
    at: datetime
    updated: datetime
    tags: tuple[str, ...] = ()
    images: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are asked for: of an item (its id), with a word, votes only."""

    item: str | None
    word: str | None
    votes: bool

    def query(self, language: str | None) -> str:
        """The query that asks for the same again; empty where all is wanted."""
        given = {"item": self.item, "word": self.word, "votes": "1" if self.votes else None, "lang": language}
        text = urlencode({name: value for name, value in given.items() if value})
        return f"?{text}" if text else ""


async def atom(request: web.Request) -> web.Response:
    return await _thread(request, "feed.atom", ATOM)


async def json_feed(request: web.Request) -> web.Response:
    return await _thread(request, "feed.json", JSON_FEED)


async def _thread(request: web.Request, name: str, content_type: str) -> web.Response:
    held = services(request)
    room = await held.hub.room(request.match_info["slug"])
    said = feed_words(request, room.state.agenda.language)
    wanted = wanted_of(request, room.state)
    tag = tag_of(held.base_url, name, room.slug, room.epoch, room.pos, room.rev, said.language, wanted)
    newest = await held.log.read_public(room.id, max(0, room.pos - 1), 1)
    modified = newest[-1].recorded_at if newest else None
    if is_known(request, tag, modified):
        return answer(request, None, content_type, tag=tag, modified=modified)
    view = await public_view(held.log, room)
    showing = Showing(room.state, said)
    told = chosen([plain(each, showing, said) for each in view["entries"]], **_filters(wanted))
    asked = request.query.get("lang") in LANGUAGES
    feed = _feed_of(room, told, wanted, said, f"{held.base_url}/s/{room.slug}", name, asked=asked)
    return answer(request, written(feed, content_type), content_type, tag=tag, modified=modified)


def feed_words(request: web.Request, language: str) -> Words:
    """The words of a feed: the language asked for, else the sitting's own; a program has none of its own."""
    asked = request.query.get("lang", "")
    return words(asked if asked in LANGUAGES else language_of(language))


def wanted_of(request: web.Request, state: State) -> Wanted:
    """What the query asks for. Raises NotFoundError ``item_not_listed``."""
    return Wanted(
        item=_item(state, request.query["item"]) if request.query.get("item") else None,
        word=request.query.get("word", "")[:MAX_WORD].strip() or None,
        votes=request.query.get("votes", "") not in ("", "0"),
    )


def _item(state: State, asked: str) -> str:
    """An item by its id or by the number that the convocation prints. Raises NotFoundError."""
    found = [item.id for item in state.agenda.walk() if asked in (item.id, item.number) and item.kind == "item"]
    if asked in found:
        return asked
    if not found:
        raise NotFoundError("item_not_listed", item=asked[:60])
    return found[0]


def _filters(wanted: Wanted) -> dict[str, Any]:
    return {"item": wanted.item, "word": wanted.word, "votes": wanted.votes}


def _feed_of(
    room: Room, told: Sequence[Plain], wanted: Wanted, said: Words, page: str, name: str, *, asked: bool
) -> Feed:
    agenda = room.state.agenda
    # The last changed first: what is corrected comes back to a reader, however long ago it was said.
    newest = sorted(told, key=lambda entry: entry.updated, reverse=True)[:MOST]
    titles = [agenda.title]
    if wanted.item is not None:
        item = room.state.items[wanted.item]  # type: ignore[index]  # an id that was found among them
        titles.append(" ".join(filter(None, (item.number, item.shown_title or said("public-untitled")))))
    titles += [said("feed-votes")] if wanted.votes else []
    titles += [said("feed-word", word=wanted.word)] if wanted.word else []
    return Feed(
        id=page + wanted.query(None),
        title=", ".join(titles),
        author=room.state.assembly.name or agenda.assembly,
        language=said.language,
        page=page,
        address=f"{page}/{name}{wanted.query(said.language if asked else None)}",
        updated=max((entry.updated for entry in told), default=room.state.opened_at) or EPOCH,
        entries=[
            FeedEntry(
                id=f"urn:uuid:{entry.id}",
                title=entry.title,
                text=entry.text,
                url=page + place_of(entry.id),
                at=entry.at,
                updated=entry.updated,
                tags=_tags(entry, said),
                images=tuple((f"{page}/media/{image}", alt) for image, alt in entry.images),
            )
            for entry in newest
        ],
    )


EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
"""When nothing was published yet: a feed must name an instant (RFC 4287 §4.2.15)."""


def _tags(entry: Plain, said: Words) -> tuple[str, ...]:
    tags = [said("public-vote")] if entry.vote else []
    if entry.item is not None:
        tags.append(" ".join(filter(None, (entry.item["number"], entry.item["title"]))) or said("public-untitled"))
    return tuple(tags)


async def sittings_atom(request: web.Request) -> web.Response:
    return await _sittings(request, "feed.atom", ATOM)


async def sittings_json(request: web.Request) -> web.Response:
    return await _sittings(request, "feed.json", JSON_FEED)


async def _sittings(request: web.Request, name: str, content_type: str) -> web.Response:
    held = services(request)
    rows = (await held.log.sittings())[:MOST]
    asked = request.query.get("lang", "")
    said = words(asked if asked in LANGUAGES else "fr")
    tag = tag_of(held.base_url, name, said.language, *((row.slug, row.title, row.starts) for row in rows))
    if is_known(request, tag, None):
        return answer(request, None, content_type, tag=tag)
    entries = [_sitting_entry(row, held.base_url, said) for row in rows]
    feed = Feed(
        id=held.base_url + "/",
        title=said("public-home-title"),
        author=", ".join(sorted({row.assembly for row in rows})) or said("public-home-title"),
        language=said.language,
        page=held.base_url + "/",
        address=f"{held.base_url}/{name}" + (f"?lang={asked}" if asked in LANGUAGES else ""),
        updated=max((entry.updated for entry in entries), default=EPOCH),
        entries=entries,
    )
    return answer(request, written(feed, content_type), content_type, tag=tag)


def _sitting_entry(row: SittingRow, base: str, said: Words) -> FeedEntry:
    created = datetime.fromisoformat(row.created_at)
    parts = [row.assembly]
    if row.starts is not None:
        starts = datetime.fromisoformat(row.starts)
        # The list does not know the zones: the day is the one the convocation gave, by its own offset.
        parts.append(said.date(starts + (starts.utcoffset() or starts - starts), "UTC"))
    return FeedEntry(
        id=f"{base}/s/{row.slug}",
        title=row.title,
        text=", ".join(parts),
        url=f"{base}/s/{row.slug}",
        at=created,
        updated=created,
    )


def written(feed: Feed, content_type: str) -> bytes:
    """The feed in one of the two formats."""
    return _as_atom(feed) if content_type == ATOM else json.dumps(_as_json(feed), ensure_ascii=False).encode()


def _as_atom(feed: Feed) -> bytes:
    """Atom 1.0 (RFC 4287)."""
    form = FeedGenerator()
    form.id(feed.id)
    form.title(feed.title)
    form.author({"name": feed.author})
    form.language(feed.language)
    form.link(href=feed.page, rel="alternate", type="text/html")
    form.link(href=feed.address, rel="self", type=ATOM)
    form.updated(feed.updated)
    form.generator("livesession")
    for entry in feed.entries:
        added = form.add_entry(order="append")
        added.id(entry.id)
        added.title(entry.title)
        added.link(href=entry.url, rel="alternate", type="text/html")
        added.content(_html(entry), type="html")
        added.published(entry.at)
        added.updated(entry.updated)
        for tag in entry.tags:
            added.category(term=tag)
    return bytes(form.atom_str(pretty=False))


def _as_json(feed: Feed) -> Mapping[str, Any]:
    """JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [
            {
                "id": entry.id,
                "url": entry.url,
                "title": entry.title,
                "content_text": "\n".join((entry.text, *(alt for _, alt in entry.images))),
                "content_html": _html(entry),
                "date_published": entry.at.isoformat(),
                "date_modified": entry.updated.isoformat(),
                **({"tags": list(entry.tags)} if entry.tags else {}),
                **({"image": entry.images[0][0]} if entry.images else {}),
            }
            for entry in feed.entries
        ],
    }


def _html(entry: FeedEntry) -> str:
    """The text as HTML that keeps its lines, the images below it."""
    lines = Markup("<br>").join(map(escape, entry.text.split("\n")))
    images = (Markup('<p><img src="{}" alt="{}"></p>').format(*image) for image in entry.images)
    return str(Markup("<p>{}</p>").format(lines) + Markup("").join(images))


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [
        web.get("/s/{slug}/feed.atom", atom),
        web.get("/s/{slug}/feed.json", json_feed),
        web.get("/feed.atom", sittings_atom),
        web.get("/feed.json", sittings_json),
    ]
