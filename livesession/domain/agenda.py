"""The agenda: a tree of items, as the convocation gives it.

The same form serves our YAML, our JSON, the ``agenda.set`` entry and the API; its JSON Schema
is ``agenda_templates/agenda.schema.json``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from livesession.domain.ids import ItemId
from livesession.domain.text import MAX_LINE, MAX_TEXT, text_problem
from livesession.errors import InputError, Problem

ITEM_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

ITEM_KINDS = ("item", "heading")
"""What an item may be: something that is taken up, or a heading that groups such."""

MAX_NUMBER = 40
"""Characters in an item's number; the longest seen are like « 2.2(a) » and « 9:00 a.m.- »."""

WEB_ADDRESS = re.compile(r"https?://\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A paper that belongs to an item: a report, an annex, an amendment's text."""

    title: str
    url: str

    def as_json(self) -> dict[str, Any]:
        return {"title": self.title, "url": self.url}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item, or a heading that groups the items below or after it.

    ``number`` is what the convocation prints and is empty for a heading; ``id`` is ours.
    ``public`` is False where the source says that the item is debated behind closed doors:
    its ``title`` then stays inside, and the public reads ``public_title`` if there is one.
    ``drafts`` are texts prepared for it, which the clerk alone sees until one is posted.
    """

    title: str
    id: ItemId = ItemId("")
    number: str = ""
    kind: str = "item"
    public: bool = True
    public_title: str | None = None
    rapporteur: str | None = None
    documents: tuple[Document, ...] = ()
    drafts: tuple[str, ...] = ()
    items: tuple["AgendaItem", ...] = ()

    @property
    def shown_title(self) -> str | None:
        """What the public may read as title; None where there is nothing it may read."""
        if self.public_title is not None:
            return self.public_title
        return self.title if self.public else None

    def as_json(self) -> dict[str, Any]:
        """The whole item, for the record and for those who may see it."""
        form: dict[str, Any] = {
            "id": self.id,
            "number": self.number,
            "title": self.title,
            "kind": self.kind,
            "public": self.public,
        }
        if self.public_title is not None:
            form["public_title"] = self.public_title
        if self.rapporteur is not None:
            form["rapporteur"] = self.rapporteur
        if self.documents:
            form["documents"] = [document.as_json() for document in self.documents]
        if self.drafts:
            form["drafts"] = list(self.drafts)
        if self.items:
            form["items"] = [item.as_json() for item in self.items]
        return form

    def as_public_json(self) -> dict[str, Any]:
        """What any reader may see of the item: of a closed one its number and public title only."""
        form: dict[str, Any] = {"id": self.id, "number": self.number, "kind": self.kind, "public": self.public}
        if self.shown_title is not None:
            form["title"] = self.shown_title
        if self.public_title is not None:
            # Readers fold this form: of a closed item they would not show what is its title alone.
            form["public_title"] = self.public_title
        if self.public:
            if self.rapporteur is not None:
                form["rapporteur"] = self.rapporteur
            if self.documents:
                form["documents"] = [document.as_json() for document in self.documents]
        if self.items:
            form["items"] = [item.as_public_json() for item in self.items]
        return form


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What is known of a sitting before it begins.

    ``starts`` is RFC 3339 with an offset, or None when nobody said; ``timezone`` an IANA name;
    ``language`` a BCP 47 tag; ``public`` is False for a sitting held wholly behind closed doors.
    """

    title: str
    assembly: str
    starts: str | None = None
    timezone: str = "Europe/Paris"
    language: str = "fr"
    location: str | None = None
    hashtag: str | None = None
    video: str | None = None
    public: bool = True
    items: tuple[AgendaItem, ...] = field(default=())

    def walk(self) -> Iterator[AgendaItem]:
        """Every item, parents before their children, in the source's order."""

        def down(items: tuple[AgendaItem, ...]) -> Iterator[AgendaItem]:
            for item in items:
                yield item
                yield from down(item.items)

        return down(self.items)

    def as_json(self, *, public: bool = False) -> dict[str, Any]:
        """The agenda's own form; with ``public`` what any reader may see of it."""
        form: dict[str, Any] = {"title": self.title, "assembly": self.assembly}
        for name in ("starts", "timezone", "language", "location", "hashtag", "video"):
            value = getattr(self, name)
            if value is not None:
                form[name] = value
        form["public"] = self.public
        if public:
            form["items"] = [item.as_public_json() for item in self.items] if self.public else []
        else:
            form["items"] = [item.as_json() for item in self.items]
        return form

    @classmethod
    def from_json(cls, form: Mapping[str, Any]) -> "Agenda":
        """Back from :meth:`as_json`; trusts its input, which came out of the log."""
        return cls(**{**form, "items": tuple(_item_from_json(item) for item in form.get("items", ()))})


def _item_from_json(form: Mapping[str, Any]) -> AgendaItem:
    return AgendaItem(
        **{
            **form,
            "title": form.get("title", ""),
            "documents": tuple(Document(**document) for document in form.get("documents", ())),
            "drafts": tuple(form.get("drafts", ())),
            "items": tuple(_item_from_json(item) for item in form.get("items", ())),
        }
    )


def with_ids(agenda: Agenda, places: Sequence[str] = ()) -> Agenda:
    """The agenda with an id on every item: the given ones kept, ``i1``, ``i2`` … for the rest.

    ``places`` are as in :func:`agenda_problems`. Raises :class:`InputError` when two items carry
    the same id, or one is ill-formed.
    """
    problems: list[Problem] = []
    taken: set[str] = set()
    for item, place in zip(agenda.walk(), places or item_places(agenda), strict=True):
        if not item.id:
            continue
        if ITEM_ID.fullmatch(item.id) is None:
            problems.append(Problem.of("agenda-id-form", place, id=item.id[:80]))
        if item.id in taken:
            problems.append(Problem.of("agenda-id-twice", place, id=item.id[:80]))
        taken.add(item.id)
    if problems:
        raise InputError("agenda_unreadable", problems)

    count = 0

    def number(item: AgendaItem) -> AgendaItem:
        nonlocal count
        count += 1
        fresh = item.id
        while not fresh:
            fresh = ItemId(f"i{count}")
            if fresh in taken:
                fresh = ItemId("")
                count += 1
        taken.add(fresh)
        return replace(item, id=fresh, items=tuple(number(child) for child in item.items))

    return replace(agenda, items=tuple(number(item) for item in agenda.items))


def agenda_with(agenda: Agenda, item: AgendaItem, after: ItemId | None) -> Agenda:
    """The agenda with one more item behind ``after`` and on its level; at the end where that is None or unknown."""
    placed = _placed(agenda.items, item, after)
    return replace(agenda, items=(*agenda.items, item) if placed is None else placed)


def moved_item(agenda: Agenda, item: ItemId, after: ItemId | None) -> Agenda:
    """The agenda with an item, and all below it, taken behind ``after``; to the very front where that is None.

    Nothing changes where one of the two is unknown, or ``after`` lies below the item itself.
    """
    found = next((known for known in agenda.walk() if known.id == item), None)
    if found is None:
        return agenda
    rest = _without_item(agenda.items, item)
    if after is None:
        return replace(agenda, items=(found, *rest))
    placed = _placed(rest, found, after)
    return agenda if placed is None else replace(agenda, items=placed)


def _placed(items: tuple[AgendaItem, ...], item: AgendaItem, after: ItemId | None) -> tuple[AgendaItem, ...] | None:
    """``items`` with one more behind ``after``, wherever that is; None where it is nowhere."""
    for index, known in enumerate(items):
        if known.id == after:
            return (*items[: index + 1], item, *items[index + 1 :])
        if (below := _placed(known.items, item, after)) is not None:
            return (*items[:index], replace(known, items=below), *items[index + 1 :])
    return None


def _without_item(items: tuple[AgendaItem, ...], item: ItemId) -> tuple[AgendaItem, ...]:
    return tuple(replace(known, items=_without_item(known.items, item)) for known in items if known.id != item)


def closed_below(agenda: Agenda) -> Agenda:
    """The agenda with everything below a closed item closed too: its parts would betray what it is about."""

    def down(item: AgendaItem, closed: bool) -> AgendaItem:
        closed = closed or not item.public
        return replace(item, public=not closed, items=tuple(down(child, closed) for child in item.items))

    return replace(agenda, items=tuple(down(item, False) for item in agenda.items))


def item_places(agenda: Agenda) -> list[str]:
    """The path of every item in the agenda's own form, in the order of :meth:`Agenda.walk`."""

    def down(items: tuple[AgendaItem, ...], path: str) -> Iterator[str]:
        for index, item in enumerate(items):
            place = f"{path}items[{index}]"
            yield place
            yield from down(item.items, f"{place}.")

    return list(down(agenda.items, ""))


def agenda_problems(agenda: Agenda, places: Sequence[str] = (), *, within: str = "") -> list[Problem]:
    """What keeps the agenda from being recorded: texts that are blank, too long or unprintable.

    ``places`` says where the source has each item, in the order of :meth:`Agenda.walk`; without
    it the places are paths in the agenda's own form. ``within`` comes before the agenda's own
    fields: ``sittings[1].``
    """
    found = [
        text_problem(agenda.title, f"{within}title", limit=MAX_LINE),
        text_problem(agenda.assembly, f"{within}assembly", limit=MAX_LINE, blank=True),
    ]
    for name in ("location", "hashtag", "video"):
        if (value := getattr(agenda, name)) is not None:
            found.append(text_problem(value, f"{within}{name}", limit=MAX_LINE))
    if agenda.video is not None:
        found.append(_address_problem(agenda.video, f"{within}video"))
    for item, place in zip(agenda.walk(), places or item_places(agenda), strict=True):
        found += _item_problems(item, place)
    return [problem for problem in found if problem is not None]


def _item_problems(item: AgendaItem, place: str) -> Iterator[Problem | None]:
    # A place that is a path goes on as a path, one that is a line goes on as words.
    dot = "." if place.endswith("]") else ", "
    yield text_problem(item.title, f"{place}{dot}title", limit=MAX_LINE * 5)
    yield text_problem(item.number, f"{place}{dot}number", limit=MAX_NUMBER, blank=True)
    for name in ("public_title", "rapporteur"):
        if (value := getattr(item, name)) is not None:
            yield text_problem(value, f"{place}{dot}{name}", limit=MAX_LINE)
    for index, document in enumerate(item.documents):
        paper = f"{place}{dot}documents[{index}]"
        yield text_problem(document.title, f"{paper}.title", limit=MAX_LINE)
        yield text_problem(document.url, f"{paper}.url", limit=MAX_LINE)
        yield _address_problem(document.url, f"{paper}.url")
    for index, draft in enumerate(item.drafts):
        yield text_problem(draft, f"{place}{dot}drafts[{index}]", limit=MAX_TEXT)


def _address_problem(url: str, place: str) -> Problem | None:
    # Anything but http would run or open something else than a page when a reader follows it.
    return None if WEB_ADDRESS.match(url) else Problem.of("agenda-url", place, url=url[:80])
