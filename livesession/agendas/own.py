"""Our own form, as YAML, as JSON or already decoded: what ``Agenda.as_json`` writes, and a little more.

More: a ``number`` may be an integer, everything but ``title`` may be left out, and ``sittings``
holds several. Nothing is dropped: a key we do not know is refused, not passed over. The form
is described for programs in ``agenda_templates/agenda.schema.json``.
"""

import difflib
import re
from collections.abc import Mapping
from typing import Any

from livesession.agendas.findings import Findings
from livesession.agendas.finishing import finish
from livesession.agendas.moments import check_timezone, read_starts
from livesession.agendas.numbering import MAX_DEPTH, MAX_ITEMS
from livesession.domain.agenda import (
    ITEM_ID,
    ITEM_KINDS,
    Agenda,
    AgendaItem,
    Document,
    item_places,
)
from livesession.domain.ids import ItemId

SITTING_KEYS = (
    "title", "assembly", "starts", "timezone", "language", "location", "hashtag", "video", "public", "items",
)  # fmt: skip
ITEM_KEYS = ("id", "number", "title", "kind", "public", "public_title", "rapporteur", "documents", "drafts", "items")
DOCUMENT_KEYS = ("title", "url")
SCHEMA_KEY = "$schema"
"""Where editors find the schema; it says nothing about the sitting."""

MAX_SITTINGS = 500
"""Sittings in one file: more than a council holds in ten years."""

MAX_NUMBER_VALUE = 999_999_999
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_MISSING = "?"  # stands in for a value already refused, so that the rest is still examined


def looks_own(form: Any) -> bool:
    """Whether a tree has one of the keys that only our form has at its top."""
    return isinstance(form, dict) and any(key in form for key in ("title", "items", "sittings"))


def read_own(form: Any, findings: Findings, *, timezone: str) -> list[Agenda]:
    """The agendas of a decoded form. What is refused is left in ``findings``."""
    if not isinstance(form, dict):
        raise findings.stop("agenda-type", "", expected="mapping")
    if "sittings" not in form:
        return _checked([(form, "")], findings, timezone)
    _unknown(form, ("sittings", SCHEMA_KEY), "", findings)
    sittings = form["sittings"]
    if not isinstance(sittings, list):
        raise findings.stop("agenda-type", "sittings", expected="list")
    if not sittings:
        raise findings.stop("agenda-no-sittings", "sittings")
    if len(sittings) > MAX_SITTINGS:
        raise findings.stop("agenda-too-many-sittings", "sittings", count=len(sittings), limit=MAX_SITTINGS)
    return _checked([(each, f"sittings[{index}].") for index, each in enumerate(sittings)], findings, timezone)


def _checked(forms: list[tuple[Any, str]], findings: Findings, timezone: str) -> list[Agenda]:
    agendas = []
    for form, within in forms:
        agenda = _Sitting(form, within, findings, timezone).read()
        places = [within + place for place in item_places(agenda)]
        # A clerk who writes the numbers by hand means the gaps.
        agendas.append(finish(agenda, places, findings, within=within, gaps=False))
    return agendas


class _Form:
    """One mapping of the form: its values by key, each with its type and place."""

    def __init__(self, form: Mapping[str, Any], path: str, findings: Findings) -> None:
        self.form = form
        self.path = path
        self.findings = findings

    def text(self, key: str) -> str | None:
        value = self.form.get(key)
        if value is None or isinstance(value, str):
            return value
        self.findings.refuse("agenda-type", self.path + key, expected="text")
        return None

    def required(self, key: str) -> str:
        if self.form.get(key) is None:
            self.findings.refuse("agenda-missing", self.path + key, key=key)
            return _MISSING
        return self.text(key) or (_MISSING if not isinstance(self.form[key], str) else "")

    def boolean(self, key: str, default: bool) -> bool:
        # Left empty, it could be meant either way, and the wrong guess would publish.
        value = self.form.get(key, default)
        if not isinstance(value, bool):
            self.findings.refuse("agenda-type", self.path + key, expected="boolean")
        return value is True

    def many(self, key: str) -> list[Any]:
        value = self.form.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.findings.refuse("agenda-type", self.path + key, expected="list")
            return []
        return value

    def number(self) -> str:
        value = self.form.get("number")
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_NUMBER_VALUE:
            return str(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            # 1.10 has become 1.1 before we see it.
            self.findings.refuse("agenda-number-type", self.path + "number")
            return ""
        return self.text("number") or ""


class _Sitting:
    def __init__(self, form: Any, within: str, findings: Findings, timezone: str) -> None:
        self.form = form
        self.within = within
        self.findings = findings
        self.timezone = timezone
        self.count = 0

    def read(self) -> Agenda:
        if not isinstance(self.form, dict):
            self.findings.refuse("agenda-type", self.within.rstrip("."), expected="mapping")
            return Agenda(title=_MISSING, assembly="")
        _unknown(self.form, (*SITTING_KEYS, SCHEMA_KEY), self.within, self.findings)
        form = _Form(self.form, self.within, self.findings)
        timezone = check_timezone(form.text("timezone") or self.timezone, f"{self.within}timezone", self.findings)
        if form.form.get("timezone") == "":
            self.findings.refuse("agenda-timezone", f"{self.within}timezone", timezone="")
        starts = form.text("starts")
        return Agenda(
            title=form.required("title"),
            assembly=form.text("assembly") or "",
            starts=None if starts is None else read_starts(starts, timezone, f"{self.within}starts", self.findings),
            timezone=timezone,
            language=self._language(form),
            location=form.text("location"),
            hashtag=form.text("hashtag"),
            video=form.text("video"),
            public=form.boolean("public", True),
            items=self._items(form, 1),
        )

    def _language(self, form: _Form) -> str:
        language = form.text("language")
        if language is None:
            return "fr"
        if _LANGUAGE.fullmatch(language) is None:
            self.findings.refuse("agenda-language", f"{self.within}language", language=language[:60])
        return language

    def _items(self, above: _Form, depth: int) -> tuple[AgendaItem, ...]:
        items = []
        forms = above.many("items")
        if forms and depth > MAX_DEPTH:
            raise self.findings.stop("agenda-items-too-deep", f"{above.path}items", limit=MAX_DEPTH)
        for index, form in enumerate(forms):
            self.count += 1
            if self.count > MAX_ITEMS:
                raise self.findings.stop("agenda-too-many-items", f"{above.path}items", limit=MAX_ITEMS)
            items.append(self._item(form, f"{above.path}items[{index}]", depth))
        return tuple(items)

    def _item(self, tree: Any, place: str, depth: int) -> AgendaItem:
        if not isinstance(tree, dict):
            self.findings.refuse("agenda-type", place, expected="mapping")
            return AgendaItem(title=_MISSING)
        form = _Form(tree, f"{place}.", self.findings)
        _unknown(tree, ITEM_KEYS, form.path, self.findings)
        kind = form.text("kind") or ("item" if tree.get("kind") != "" else "")
        if kind not in ITEM_KINDS:
            self.findings.refuse("agenda-kind", f"{place}.kind", kind=kind[:60])
        given = form.text("id")
        if given is not None and ITEM_ID.fullmatch(given) is None:
            self.findings.refuse("agenda-id-form", f"{place}.id", id=given[:80])
            given = None
        return AgendaItem(
            title=form.required("title"),
            id=ItemId(given or ""),
            number=form.number(),
            kind=kind,
            public=form.boolean("public", True),
            public_title=form.text("public_title"),
            rapporteur=form.text("rapporteur"),
            documents=self._documents(form),
            drafts=self._drafts(form),
            items=self._items(form, depth + 1),
        )

    def _drafts(self, above: _Form) -> tuple[str, ...]:
        drafts = []
        for index, text in enumerate(above.many("drafts")):
            if isinstance(text, str):
                drafts.append(text)
            else:
                self.findings.refuse("agenda-type", f"{above.path}drafts[{index}]", expected="text")
        return tuple(drafts)

    def _documents(self, above: _Form) -> tuple[Document, ...]:
        documents = []
        for index, tree in enumerate(above.many("documents")):
            place = f"{above.path}documents[{index}]"
            if not isinstance(tree, dict):
                self.findings.refuse("agenda-type", place, expected="mapping")
                continue
            form = _Form(tree, f"{place}.", self.findings)
            _unknown(tree, DOCUMENT_KEYS, form.path, self.findings)
            # A stand-in that is an address: what is missing is then said once.
            url = form.required("url")
            documents.append(Document(title=form.required("title"), url="http://?" if url == _MISSING else url))
        return tuple(documents)


def _unknown(form: Mapping[str, Any], known: tuple[str, ...], path: str, findings: Findings) -> None:
    for key in form:
        if key not in known:
            near = difflib.get_close_matches(str(key)[:80], known, 1)
            findings.refuse(
                "agenda-key-unknown",
                f"{path}{str(key)[:80]}",
                key=str(key)[:80],
                near=near[0] if near else "none",
                known=", ".join(key for key in known if key != SCHEMA_KEY),
            )
