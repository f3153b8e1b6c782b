"""Markdown that shows what was typed, exactly, and does nothing else."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from livesession.minutes.markdown import escape, escape_inline, minutes_markdown
from tests.unit.minutes.threads import at, opened, post, public, whole

# Everything on that could turn text into something: HTML, and the tables and strikethrough of GitHub's dialect.
RENDERERS = [
    MarkdownIt("commonmark", {"html": True}),
    MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]),
]

NASTY = [
    "<script>alert(1)</script>",
    "<!-- x --> <?php ?> <![CDATA[x]]> &amp; &#38; &copy;",
    "*a* _b_ **c** __d__ ~~e~~ `f` ``g`` [h](http://i) ![j](k) [l]: m <http://n> <o@p.q>",
    "# titre\n## titre\ntitre\n=====\ntitre\n-----",
    "1. un\n2) deux\n- trois\n+ quatre\n* cinq\n12345. six",
    "> cité\n>> deux fois",
    "    quatre espaces\n\tune tabulation\n\n\n\nlignes vides",
    "```\ncode\n```\n~~~\ncode\n~~~",
    "---\n***\n___\n- - -",
    "| a | b |\n|---|---|\n| c | d |",
    "a\n-\n=\n:-:",
    "\\ à la fin \\\n\\\\\n\\",
    "  au bord  \n  au bord  ",
    "\n\nlignes d’abord",
    "lignes enfin\n\n",
    "\n",
    "fin de ligne\r\nautre\rautre",
    "[a][b]\n\n[b]: https://example.org",
    "https://example.org www.example.org a@b.example @everyone #12 :smile: $x$ ==y== ^z^ [^1]",
    "_x0001_ 👩‍👩‍👧 עברית \u202erenversé\u202c \u2028 \u2029 \u3000 fin",
    "1.\n1)\n10.5 m\n2026. ainsi",
    "\xa0insécable\xa0",
    "a  \nb",
    "% titre\n: définition\nterme\n: ~ définition",
]

# Long stretches of what means something, beside anything else that may be typed.
typed = st.lists(
    st.one_of(
        st.sampled_from(list("\\`*_{}[]()<>#+-.!|~=&:;\"'$^@%/ \t\n0123456789ab")),
        st.sampled_from(["\n\n", "    ", "1. ", "](", "<a>", "&lt;", "http://a.b", "\r\n", "---"]),
        st.characters(exclude_categories=("Cc", "Cs", "Cn")),
    ),
    max_size=60,
).map("".join)


def as_typed(text: str) -> str:
    """The text with the one kind of line break that HTML has."""
    return re.sub(r"\r\n?", "\n", text)


class _Text(HTMLParser):
    """The text of rendered HTML, and the elements it is in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.elements: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.elements.append("comment")


def rendered(source: str, renderer: MarkdownIt) -> _Text:
    """What a reader sees. A line break element is followed by a line feed in its source: one break, not two."""
    parser = _Text()
    parser.feed(renderer.render(source).removesuffix("\n"))
    parser.close()
    return parser


def tokens_of(source: str, renderer: MarkdownIt) -> Iterator[Token]:
    """Every token, those within blocks included."""
    for token in renderer.parse(source):
        yield token
        yield from token.children or ()


@pytest.mark.parametrize("renderer", RENDERERS, ids=["commonmark", "tables"])
@given(text=typed)
@example(text="")
def test_escaped_text_is_rendered_as_typed(renderer: MarkdownIt, text: str) -> None:
    seen = rendered(escape(text), renderer)
    assert seen.text == as_typed(text).removesuffix("" if text else "\n")
    assert set(seen.elements) <= {"p", "br"}
    assert seen.elements.count("p") == (1 if text else 0)


@pytest.mark.parametrize("renderer", RENDERERS, ids=["commonmark", "tables"])
@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_is_rendered_as_typed(renderer: MarkdownIt, text: str) -> None:
    seen = rendered(escape(text), renderer)
    assert (seen.text, seen.elements.count("p")) == (as_typed(text), 1)
    assert set(seen.elements) <= {"p", "br"}


@given(text=typed)
def test_escaped_text_stays_itself_after_words_and_in_a_quotation(text: str) -> None:
    quoted = "\n".join(f"> {line}" for line in f"**11:26** {escape(text)}".split("\n"))
    seen = rendered(quoted, RENDERERS[0])
    assert seen.text.strip("\n") == f"11:26 {as_typed(text)}".rstrip(" " if not text else "").strip("\n")
    assert set(seen.elements) <= {"blockquote", "p", "strong", "br"}


@given(text=typed.filter(lambda text: text.strip() != ""))
def test_escaped_title_is_a_heading_on_one_line(text: str) -> None:
    source = f"## {escape_inline(text)}"
    assert "\n" not in source
    seen = rendered(source, RENDERERS[1])
    assert (seen.text, seen.elements) == (as_typed(text), ["h2"])


def test_ordinary_sentences_stay_legible_in_the_source() -> None:
    said = "Mme Diallo (vice-présidente) : « 12,5 M€ ? Oui ; à 11:26, l’an prochain. »"
    assert escape(said) == said


@pytest.mark.parametrize("renderer", RENDERERS, ids=["commonmark", "tables"])
def test_whole_document_holds_every_text_as_typed_and_nothing_active(renderer: MarkdownIt) -> None:
    thread = opened(title="<b>Titre</b> # [x](y)", location="*Lieu*", assembly="_Assemblée_")
    for minute, text in enumerate(NASTY[:-1], 2):
        if text.strip():
            said = post(thread, minute, text)
    thread.send("update.corrected", at(90), data={"entry": said.id, "text": "<i>corrigé</i>", "reason": "`motif`"})
    thread.send("sitting.suspended", at(91), data={"reason": "1. [pause](x)"})
    for view in (public, whole):
        source = minutes_markdown(view(thread))
        kinds = {token.type for token in tokens_of(source, renderer)}
        assert kinds <= {
            *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "hr"),
            *("strong_open", "strong_close", "hardbreak", "softbreak", "blockquote_open", "blockquote_close"),
            "code_inline",
        }
        # The one piece of code is the head's hash.
        assert [token.content for token in tokens_of(source, renderer) if token.type == "code_inline"] == ["ab" * 32]
        assert [token for token in tokens_of(source, renderer) if token.type == "softbreak"] == []
        seen = rendered(source, renderer).text
        for text in (*NASTY[:-1], "<i>corrigé</i>", "`motif`", "1. [pause](x)", "<b>Titre</b> # [x](y)", "*Lieu*"):
            if text.strip():
                assert as_typed(text).strip("\n") in seen


def test_document_of_a_small_sitting_reads_as_a_person_would_write_it() -> None:
    thread = opened()
    said = post(thread, 2, "168 M€")
    thread.send("update.corrected", at(3), data={"entry": said.id, "text": "186 M€", "reason": "Saisie."})
    numbers = {"for": 51, "against": 0, "abstention": 0, "result": "adopted"}
    thread.send("vote.recorded", at(4), item="budget", data={"subject": "Le budget", **numbers})
    gone = post(thread, 5, "Trop tôt.")
    thread.send("update.retracted", at(6), data={"entry": gone.id, "reason": "Doublon."})
    lost = post(thread, 7, "Une adresse.")
    thread.send("update.erased", at(8), data={"entry": lost.id, "reason": "Demande."})
    thread.send("item.opened", at(31), item="closed")
    thread.send("closed_part.ended", at(52))
    thread.send("sitting.closed", at(60))
    source = minutes_markdown(public(thread)).replace("&#160;", "\xa0")
    expected = """\
# Séance plénière

**Relevé du direct, sans valeur de procès-verbal**

Conseil départemental

**Date** vendredi 20 novembre 2026

**Séance** publique, ouverte à 10:00, levée à 11:00

**Huis clos** de 10:31 à 10:52

## Séance

**10:00** La séance est ouverte.

**10:31** La séance s’est poursuivie à huis clos de 10:31 à 10:52.

**11:00** La séance est levée.

## 1 — Budget primitif

Ouvert à 10:01

Rapporteur_: Mme Diallo

**10:02** 186 M€

> Rectifié à 10:03. Il était écrit_:
>
> 168 M€
>
> Motif_: Saisie.

**10:04** **Adopté à l’unanimité** Le budget

> 51 pour, 0 contre, 0 abstention. Vote à main levée.

**10:05** Retiré à 10:06.

> Motif_: Doublon.

**10:07** Texte effacé à 10:08, comme la loi l’ordonne. Rien n’en est gardé.

> Motif_: Demande.

## 2 — Voirie

## Solidarités

### 3 — Aide à domicile

## 4 — Point examiné à huis clos

### 4.1 — Point examiné à huis clos

---

Relevé arrêté à l’entrée 12 du fil, dont l’empreinte est_: `HASH`

""".replace("_:", "\xa0:").replace("HASH", "ab" * 32)
    assert source.startswith(expected)
    assert source.count("\n") == expected.count("\n") + 1
    restricted = minutes_markdown(whole(thread))
    assert "Exemplaire intégral, à ne pas diffuser" in restricted
    assert "> Trop tôt." in restricted
    assert "Une adresse." not in restricted


def test_document_is_in_the_sitting_s_language() -> None:
    source = minutes_markdown(public(opened(language="en-GB", title="Plenary")))
    assert source.startswith("# Plenary\n\n**Record of the live thread, not the minutes**\n")
    assert "**10:00** The sitting is open." in source
