"""Agendas of every shape, for properties."""

from hypothesis import strategies as st

from livesession.domain.agenda import Agenda, AgendaItem, Document, closed_below, with_ids
from livesession.domain.ids import ItemId
from livesession.domain.text import refused_character

_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x85").filter(
    lambda char: refused_character(char) is None
)
_HARD = st.sampled_from(
    [
        "no",
        "~",
        "null",
        "1.10",
        "- a: b",
        "#x",
        "_x0001_",
        '"',
        "=1+1",
        ";",
        "a\r\nb",
        "a\rb",
        " a ",
        "\u2028",
        "\u202e",
        "é",
    ]
)
LINES = st.one_of(_HARD, st.text(_CHARACTERS, min_size=1, max_size=20)).filter(lambda text: bool(text.strip()))
NUMBERS = st.one_of(st.sampled_from(["", "1", "1.10", "2.2(a)", "9:00 a.m.-"]), st.text(_CHARACTERS, max_size=8))
STARTS = st.one_of(
    st.none(),
    st.datetimes().filter(lambda moment: 1800 <= moment.year < 2200).map(lambda moment: f"{moment.isoformat()}+01:00"),
)
_ADDRESSES = st.sampled_from(["https://example.org/a.pdf", "http://b.fr/?x=1;y=2#z"])


def documents(titles: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Document, ...]]:
    return st.lists(st.builds(Document, title=titles, url=_ADDRESSES), max_size=2).map(tuple)


def items(
    lines: st.SearchStrategy[str] = LINES,
    numbers: st.SearchStrategy[str] = NUMBERS,
    papers: st.SearchStrategy[str] = LINES,
) -> st.SearchStrategy[tuple[AgendaItem, ...]]:
    def below(children: st.SearchStrategy[AgendaItem]) -> st.SearchStrategy[AgendaItem]:
        return st.builds(
            AgendaItem,
            title=lines,
            number=numbers,
            kind=st.sampled_from(["item", "heading"]),
            public=st.booleans(),
            public_title=st.none() | lines,
            rapporteur=st.none() | lines,
            documents=documents(papers),
            items=st.lists(children, max_size=2).map(tuple),
        )

    leaf = st.builds(AgendaItem, title=lines, number=numbers, id=st.just(ItemId("")))
    return st.lists(st.recursive(leaf, below, max_leaves=6).filter(lambda item: _depth(item) <= 8), max_size=3).map(
        tuple
    )


def _depth(item: AgendaItem) -> int:
    return 1 + max((_depth(child) for child in item.items), default=0)


@st.composite
def agendas(draw: st.DrawFn, **given: st.SearchStrategy[str]) -> Agenda:
    """Agendas as readers give them: with ids, and closed below what is closed."""
    lines = given.get("lines", LINES)
    agenda = Agenda(
        title=draw(lines),
        assembly=draw(st.just("") | lines),
        starts=draw(STARTS),
        timezone=draw(st.sampled_from(["Europe/Paris", "America/Guadeloupe", "UTC"])),
        language=draw(st.sampled_from(["fr", "en-GB", "de"])),
        location=draw(st.none() | lines),
        hashtag=draw(st.none() | lines),
        video=draw(st.none() | _ADDRESSES),
        public=draw(st.booleans()),
        items=draw(items(**given)),
    )
    return closed_below(with_ids(agenda))
