"""Markdown of a record, for renderers of CommonMark: what was typed shows as typed, and does nothing."""

import re
from collections.abc import Iterator

from livesession.i18n import Words
from livesession.minutes.document import ClosedDoors, Event, Line, Record, Section, Update, Vote
from livesession.minutes.phrases import Phrases, words_for

_LINE_BREAK = re.compile(r"\r\n|\r|\n")

_ALWAYS = frozenset("\\`*_{}[]<>#+=|~^$&@")
"""Signs that open something in CommonMark or in its common extensions, wherever they stand."""

_NUMBERING = re.compile(r"\d{1,9}(?=[.)](?:\s|$))")
"""What makes a line the item of a list, up to the sign that does."""


def escape(text: str) -> str:
    """``text`` so that a renderer of CommonMark shows exactly it, its line breaks included.

    Made for a paragraph of its own or the end of one. The result never holds a blank line, so the
    paragraph does not end within the text. CR LF and CR become the line break that HTML has. What no
    escape can prevent: GitHub makes a link of an e-mail address, without changing its letters.
    """
    lines = _LINE_BREAK.split(text)
    # A backslash at a line's end is a hard break, but not at the paragraph's: there a reference stands.
    trailing = 0
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
        trailing += 1
    return "\\\n".join(_line(line) for line in lines) + "&#10;" * trailing


def escape_inline(text: str) -> str:
    """As :func:`escape`, on one line, as a heading needs it."""
    return "&#10;".join(_line(line) for line in _LINE_BREAK.split(text))


def _line(line: str) -> str:
    numbering = _NUMBERING.match(line)
    marker = numbering.end() if numbering else -1
    first = len(line) - len(line.lstrip())
    last = len(line.rstrip())
    return "".join(
        _space(sign, edge=not first <= place < last) if sign.isspace() else _sign(line, place, place == marker)
        for place, sign in enumerate(line)
    )


def _space(sign: str, *, edge: bool) -> str:
    # Renderers trim a line and take four spaces or a tab for code; a reference is neither.
    return f"&#{ord(sign)};" if edge or sign not in " \u00a0" else sign


def _sign(line: str, place: int, is_marker: bool) -> str:
    sign = line[place]
    before, following = line[place - 1 : place], line[place + 1 : place + 2]
    if sign in _ALWAYS or is_marker:
        return "\\" + sign
    if sign == "-" and not (before.isalnum() and following.isalnum()):
        return "\\-"
    within_number = before.isdigit() and following.isdigit()
    if sign == "." and following.strip() and not within_number:
        # www.example.org becomes a link with some renderers.
        return "\\."
    if sign == ":" and (not before or following.strip()) and not within_number:
        # https://…, :names: of pictures, and a colon that begins a definition.
        return "\\:"
    return sign


def minutes_markdown(record: Record, said: Words | None = None) -> str:
    """The record as Markdown, in the sitting's language unless ``said`` is another's."""
    phrases = Phrases(record, said or words_for(record))
    blocks = [*_opening(record, phrases), *_general(record, phrases)]
    for section in record.sections:
        blocks += _section(section, phrases)
    blocks += ["---", *_closing(record, phrases)]
    return "\n\n".join(blocks) + "\n"


def _opening(record: Record, phrases: Phrases) -> Iterator[str]:
    yield f"# {escape_inline(record.title)}"
    yield f"**{escape_inline(phrases('heading'))}**"
    if record.whole:
        yield f"**{escape_inline(phrases('whole'))}**"
    if record.assembly:
        yield escape(record.assembly)
    for label, value in phrases.facts():
        yield f"**{escape_inline(label)}** {escape(value)}"
    for label, people in phrases.presence():
        yield f"**{escape_inline(label)}** {escape(people)}"
    if record.decisions:
        yield f"## {escape_inline(phrases('decisions'))}"
        for number, title, result in phrases.decisions():
            yield f"**{escape_inline(number)}** {escape(title)}\\\n{escape(result)}"


def _general(record: Record, phrases: Phrases) -> Iterator[str]:
    yield f"## {escape_inline(phrases('general'))}"
    if not record.lines:
        yield escape(phrases("empty"))
    for line in record.lines:
        yield from _blocks(line, phrases)


def _section(section: Section, phrases: Phrases) -> Iterator[str]:
    level = "#" * min(section.depth + 1, 6)
    title = escape_inline(phrases.title(section))
    yield f"{level} {escape_inline(section.number)} — {title}" if section.number else f"{level} {title}"
    for sentence in (phrases.closed(section), phrases.periods(section), phrases.joined(section)):
        if sentence:
            yield escape(sentence)
    if section.rapporteur:
        yield f"{escape_inline(phrases('rapporteur'))} {escape(section.rapporteur)}"
    for document in section.documents:
        yield f"{escape_inline(phrases('documents'))} {escape(f'{document.title}, {document.url}')}"
    for line in section.lines:
        yield from _blocks(line, phrases)


def _blocks(line: Line, phrases: Phrases) -> Iterator[str]:
    lead = f"**{escape_inline(phrases.clock(line.at))}** "
    if line.restricted:
        lead += f"({escape_inline(phrases('restricted'))}) "
    match line:
        case Update():
            yield from _update(line, lead, phrases)
        case Vote():
            yield from _vote(line, lead, phrases)
        case Event():
            yield from _event(line, lead, phrases)
        case ClosedDoors():
            yield lead + escape(phrases.doors(line))
            if asked := phrases.asked(line):
                yield _quoted(escape(asked))
            yield from _reason(line.data.get("reason"), phrases)


def _event(event: Event, lead: str, phrases: Phrases) -> Iterator[str]:
    if event.retracted is not None:
        yield lead + escape(phrases.retraction(event.retracted))
        yield from _reason(event.retracted.reason, phrases)
        if not phrases.shows_retracted:
            return
    told = phrases.event(event)
    yield lead + escape(told.sentence)
    if told.typed:
        yield _quoted(escape(told.typed))
    for sentence in phrases.beside(event):
        yield _quoted(escape(sentence))
    if told.people:
        yield _quoted(escape(", ".join(told.people)))
    yield from _corrections(event, phrases)


def _vote(vote: Vote, lead: str, phrases: Phrases) -> Iterator[str]:
    if vote.retracted is not None:
        yield lead + escape(phrases.retraction(vote.retracted))
        yield from _reason(vote.retracted.reason, phrases)
        if not phrases.shows_retracted:
            return
    told = phrases.vote(vote)
    subject = f" {escape(told.subject)}" if told.subject else ""
    yield f"{lead}**{escape_inline(told.result)}**{subject}"
    yield f"> {escape(' '.join((f'{told.numbers}. {told.kind}.', *told.notes)))}"
    if told.quorum_reason:
        yield _quoted(f"{escape_inline(phrases('quorum-passed'))} {escape(told.quorum_reason)}")
    for choice, names in told.names:
        yield _quoted(f"**{escape_inline(choice)}** {escape(', '.join(names))}")
    for correction in reversed(vote.corrections):
        yield _quoted(escape(phrases.vote_correction(correction)))
        yield from _reason(correction.reason, phrases)


def _update(update: Update, lead: str, phrases: Phrases) -> Iterator[str]:
    if update.text is None:
        yield lead + escape(phrases.erasure(update))
        yield from _reason(update.erasure.reason if update.erasure else None, phrases)
        return
    if update.retracted is not None:
        yield lead + escape(phrases.retraction(update.retracted))
        yield from _reason(update.retracted.reason, phrases)
        if not phrases.shows_retracted:
            return
        yield _quoted(escape(phrases("retracted-text")))
        yield _quoted(escape(update.text))
    else:
        quoted = phrases.quoted(update)
        yield lead + (f"{escape(quoted)} " if quoted else "") + escape(update.text)
        for alt in update.images:
            yield _quoted(escape(phrases.image(alt)))
    yield from _corrections(update, phrases)


def _corrections(line: Update | Event, phrases: Phrases) -> Iterator[str]:
    for correction in reversed(line.corrections):
        mark = f" ({escape_inline(phrases('restricted'))})" if correction.restricted else ""
        yield "\n>\n".join(
            _quoted(block)
            for block in (
                escape(phrases.correction(correction)) + mark,
                *([escape(correction.before)] if correction.before else []),
                *_reason_text(correction.reason, phrases),
            )
        )


def _reason(reason: str | None, phrases: Phrases) -> Iterator[str]:
    for text in _reason_text(reason, phrases):
        yield _quoted(text)


def _reason_text(reason: str | None, phrases: Phrases) -> Iterator[str]:
    if reason:
        yield f"{escape_inline(phrases('reason'))} {escape(reason)}"


def _quoted(block: str) -> str:
    return "\n".join(f"> {line}" for line in block.split("\n"))


def _closing(record: Record, phrases: Phrases) -> Iterator[str]:
    yield f"{escape(phrases('head', seq=str(record.head.seq)))} `{record.head.hash}`"
    yield escape(phrases("verify"))
