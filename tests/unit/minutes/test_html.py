"""The record as a page: everything typed is text, and the page stands alone or with its style sheets."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from livesession.cli.export import style_sheet
from livesession.domain.agenda import AgendaItem, Document
from livesession.domain.ids import ItemId
from livesession.i18n import words
from livesession.minutes.html import minutes_html
from tests.unit.minutes.test_markdown import NASTY
from tests.unit.minutes.threads import at, opened, post, public, whole

VOID = {"meta", "link", "br", "hr"}


class Page(HTMLParser):
    """A page taken apart: its elements with their attributes, and the text within those of a class."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[list[str]] = []
        self._open: list[tuple[str, list[str]]] = []
        self.feed(source)
        self.close()
        assert self._open == [], "every element that is opened is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.texts.append([dict(attrs).get("class") or tag, ""])
            self._open.append((tag, self.texts[-1]))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1][1][1] += data

    def of(self, name: str) -> list[str]:
        """The texts of the elements of a class, or of a tag without class."""
        return [text for found, text in self.texts if found == name]


def test_every_text_is_shown_as_typed_and_none_becomes_an_element() -> None:
    thread = opened(title="<b>Titre</b>", location="<i>Lieu</i>", assembly="A & B")
    plain = len(Page(minutes_html(public(thread))).elements)
    given = [text for text in NASTY if text.strip()]
    for minute, text in enumerate(given, 2):
        said = post(thread, minute, text)
    page = Page(minutes_html(public(thread)))
    # HTML knows one kind of line break.
    given = [re.sub(r"\r\n?", "\n", text) for text in given]
    assert [re.sub(r"\r\n?", "\n", text) for text in page.of("text")] == given
    # A time, what was said, and the row of both: nothing out of the texts themselves. And the list, once.
    assert len(page.elements) == plain + 1 + 4 * len(given)
    thread.send("update.corrected", at(90), data={"entry": said.id, "text": "<u>neuf</u>", "reason": "<s>motif</s>"})
    page = Page(minutes_html(public(thread)))
    assert page.of("text")[-2:] == ["<u>neuf</u>", given[-1]]
    assert "<s>motif</s>" in page.of("bdi")
    assert page.of("bdi")[:3] == ["A & B", "<b>Titre</b>", "vendredi 20 novembre 2026"]
    assert page.of("title")[0] == "<b>Titre</b> · Relevé du direct, sans valeur de procès-verbal"


def test_page_for_the_web_names_its_style_sheets_and_holds_nothing_inline() -> None:
    page = Page(minutes_html(public(opened()), stylesheet_urls=["/static/tokens.css", "/static/minutes.css?a=1&b"]))
    links = [attributes["href"] for tag, attributes in page.elements if tag == "link"]
    assert links == ["/static/tokens.css", "/static/minutes.css?a=1&b"]
    assert {tag for tag, _ in page.elements} & {"style", "script", "img", "iframe"} == set()
    inline = [
        name for _, attributes in page.elements for name in attributes if name == "style" or name.startswith("on")
    ]
    assert inline == []


def test_page_that_stands_alone_allows_its_own_style_and_nothing_else() -> None:
    css = style_sheet()
    source = minutes_html(public(opened()), css=css)
    inline = re.search(r"<style>(.*?)</style>", source, re.DOTALL)
    assert inline is not None
    assert inline[1] == css
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policies = [attributes["content"] for _, attributes in Page(source).elements if "http-equiv" in attributes]
    assert policies == [f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"]
    assert "url(" not in css
    assert "@import" not in css
    assert "margin: 20mm" in css
    assert "font-size: 10pt" in css


def test_style_that_would_end_its_element_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        minutes_html(public(opened()), css="a{} </style><script>")


def test_times_are_the_council_s_with_the_instant_beside_them() -> None:
    thread = opened()
    post(thread, 2, "texte")
    post(thread, 14 * 60, "après minuit")
    page = Page(minutes_html(public(thread)))
    times = [attributes["datetime"] for tag, attributes in page.elements if tag == "time"]
    assert times == ["2026-11-20T10:00:00+01:00", "2026-11-20T10:02:00+01:00", "2026-11-21T00:00:00+01:00"]
    assert page.of("time") == ["10:00", "10:02", "00:00 (21 novembre 2026)"]


def test_council_far_away_has_its_own_clock_and_summer_time() -> None:
    thread = opened(timezone="Indian/Reunion")
    assert Page(minutes_html(public(thread))).of("time") == ["13:00"]


def test_public_page_hides_what_was_retracted_and_the_whole_one_strikes_it() -> None:
    thread = opened()
    said = post(thread, 2, "trop tôt")
    thread.send("update.retracted", at(3), data={"entry": said.id, "reason": "Doublon."})
    seen = minutes_html(public(thread))
    assert "trop tôt" not in seen
    assert "Retiré à 10:03." in seen
    struck = Page(minutes_html(whole(thread)))
    assert ("del", "text") in [(tag, attributes.get("class")) for tag, attributes in struck.elements]
    assert struck.of("text") == ["trop tôt"]


def test_whole_page_says_that_it_is_not_for_release_and_marks_each_restricted_line() -> None:
    thread = opened()
    thread.send("item.opened", at(31), item="closed")
    post(thread, 35, "SECRET", "closed")
    assert "SECRET" not in minutes_html(public(thread))
    page = Page(minutes_html(whole(thread)))
    assert page.of("whole") == ["Exemplaire intégral, à ne pas diffuser\xa0: ce qui est restreint est signalé."]
    assert "restreint" in page.of("chip closed")


def test_heading_and_commitment_are_on_every_page() -> None:
    page = Page(minutes_html(public(opened())))
    assert page.of("standing") == ["Relevé du direct, sans valeur de procès-verbal"]
    assert page.of("code") == ["ab" * 32]
    english = Page(minutes_html(public(opened()), words("en")))
    assert english.of("standing") == ["Record of the live thread, not the minutes"]
    assert english.elements[0] == ("html", {"lang": "en", "class": "minutes"})


def test_documents_are_links_that_tell_their_site_nothing() -> None:
    papers = (Document(title='Rapport "1" <a>', url='https://example.org/?a=1&b="2"'),)
    items = (AgendaItem(id=ItemId("one"), number="1", title="Un", documents=papers),)
    page = Page(minutes_html(public(opened("one", items=items))))
    (link,) = [attributes for tag, attributes in page.elements if tag == "a"]
    assert link == {"href": 'https://example.org/?a=1&b="2"', "rel": "noopener noreferrer nofollow"}
    assert 'Rapport "1" <a>' in page.of("bdi")


def test_headings_go_no_deeper_than_html_has_them() -> None:
    item = AgendaItem(id=ItemId("i9"), number="9", title="Neuf")
    for level in range(8, 0, -1):
        item = AgendaItem(id=ItemId(f"i{level}"), number=str(level), title=str(level), items=(item,))
    page = Page(minutes_html(public(opened("i1", items=(item,)))))
    levels = [tag for tag, _ in page.elements if re.fullmatch(r"h\d", tag)]
    assert levels == ["h1", "h2", "h2", "h3", "h4", "h5", "h6", "h6", "h6", "h6", "h6"]
