"""The phrases of an installation: ours, the council's own beside them or in their place, filled in for a sitting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import delete, insert, select

from livesession.domain.sitting import State
from livesession.i18n import Words
from livesession.phrases.reading import Phrase, read_phrases
from livesession.phrases.templates import PhraseError, compile_phrase, fill
from livesession.phrases.values import values_of
from livesession.resources import folder
from livesession.store.engine import Store
from livesession.store.tables import phrases as table


@dataclass(frozen=True, slots=True)
class Filled:
    """A phrase as it reads now; ``text`` is None where it cannot be filled in, and ``error`` says why."""

    id: str
    title: str
    text: str | None
    own: bool
    error: str | None = None


class Phrases:
    """Ours and the council's own, by language."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def own(self, language: str) -> list[Phrase]:
        """The council's own phrases, in its order."""
        query = select(table).where(table.c.language == language).order_by(table.c.place)
        return [Phrase(row.id, row.title, row.text, own=True) for row in await self._store.ask(query)]

    async def keep(self, language: str, own: Sequence[Phrase]) -> None:
        """Keep the council's phrases of a language in place of those that were; none to remove them."""
        rows = [
            {"language": language, "id": each.id, "place": place, "title": each.title, "text": each.text}
            for place, each in enumerate(own, 1)
        ]
        added = [insert(table).values(rows)] if rows else []
        await self._store.change(delete(table).where(table.c.language == language), *added)

    async def filled(self, state: State, words: Words, now: datetime) -> list[Filled]:
        """Every phrase as it reads now: ours, the council's of the same id in their place, then the council's others.

        A template that fails gives its sentence, with its line, in place of its text; the others are there.
        """
        own = {phrase.id: phrase for phrase in await self.own(words.language)}
        chosen = [own.pop(phrase.id, phrase) for phrase in shipped(words.language)] + list(own.values())
        values = values_of(state, words, now)
        return [_filled(phrase, values, words) for phrase in chosen]


def _filled(phrase: Phrase, values: dict[str, object], words: Words) -> Filled:
    try:
        text = fill(compile_phrase(phrase.text), values)
    except PhraseError as error:
        return Filled(phrase.id, phrase.title, None, phrase.own, words.problem(error.problem()))
    return Filled(phrase.id, phrase.title, text, phrase.own)


@cache
def shipped(language: str) -> tuple[Phrase, ...]:
    """Our phrases in a language."""
    content = (folder("agenda_templates") / "phrases" / f"{language}.yaml").read_bytes()
    return tuple(read_phrases(content, own=False)[1])
