"""The sentences of a record, as plain text: every format escapes them its own way."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from livesession.domain.ids import ItemId
from livesession.i18n import Words, language_of, words
from livesession.minutes.clock import time_of
from livesession.minutes.document import (
    ClosedDoors,
    Correction,
    Event,
    Mark,
    Period,
    Record,
    Section,
    Update,
    Vote,
    VoteCorrection,
)
from livesession.minutes.relations import beside, motion_subject, names_by_choice, speech_lasted
from livesession.telling import Told, VoteTold, asked_for, named, told, vote_numbers, vote_result, vote_told


def words_for(record: Record) -> Words:
    """The words of the sitting's language; French where it is none of ours."""
    return words(language_of(record.language))


class Phrases:
    """What a record says in one language, on the council's clock."""

    def __init__(self, record: Record, said: Words) -> None:
        self._record = record
        self._said = said

    def __call__(self, message: str, **params: object) -> str:
        return self._said(f"minutes-{message}", **params)

    def clock(self, moment: datetime) -> str:
        """``11:26``; with its date on another day than the one on which the sitting began."""
        time = time_of(moment, self._record.timezone, self._said)
        if self._record.day in (None, self._record.local(moment).date()):
            return time
        return self("other-day", time=time, date=self._said.date(moment, self._record.timezone, "long"))

    def facts(self) -> Iterator[tuple[str, str]]:
        """The sitting's facts, each a label and a value."""
        record = self._record
        first = record.opened_at or record.starts
        if first is not None:
            yield self("fact-date"), self._said.date(first, record.timezone)
        if record.location:
            yield self("fact-location"), record.location
        yield self("fact-sitting"), ", ".join(self._course())
        for label, periods in (("suspensions", record.suspensions), ("closed-parts", record.closed_parts)):
            if spans := [span for period in periods if (span := self._span("period", period))]:
                yield self(f"fact-{label}"), ", ".join(spans)

    def _course(self) -> Iterator[str]:
        record = self._record
        yield self("sitting-public" if record.public else "sitting-closed-doors")
        if record.opened_at is None:
            yield self("status-scheduled")
        else:
            yield self("status-opened", at=self.clock(record.opened_at))
        if record.closed_at is not None:
            yield self("status-closed", at=self.clock(record.closed_at))

    def _span(self, message: str, period: Period) -> str:
        known = {
            name: self.clock(moment)
            for name, moment in (("begun", period.begun), ("ended", period.ended))
            if moment is not None
        }
        if len(known) == 2:
            return self(message, **known)
        return "".join(self(f"{message}-{name}", **known) for name in known)

    def title(self, section: Section) -> str:
        """What stands in a section's heading beside its number."""
        return self("item-closed") if section.title is None else section.title

    def closed(self, section: Section) -> str | None:
        """The words under a closed item that has a title; without one the heading says it."""
        return self("item-closed") if not section.public and section.title is not None else None

    def periods(self, section: Section) -> str:
        """When an item was open: ``Ouvert de 09:02 à 09:31``. Empty where nothing is known."""
        return ", ".join(span for period in section.periods if (span := self._span("item-period", period)))

    def event(self, event: Event) -> Told:
        """What an event says."""
        found = told(event.kind, event.data, self._said, self.clock)
        assert found is not None, "compiled only where there are words"
        return found

    def beside(self, event: Event) -> list[str]:
        """What else belongs to an event: what a motion led to, how long a speech took, which items are meant."""
        found = beside(event.id, event.kind, event.data, self._record.state, self._said)
        if event.ended is not None:
            found.append(speech_lasted(event.at, event.ended, self._said))
        return found

    def vote(self, vote: Vote) -> VoteTold:
        """What a vote says, in full."""
        data, said = vote.data, self._said
        found = vote_told(data, said)
        return replace(
            found,
            subject=data.get("subject") or motion_subject(self._record.state, data, said) or found.subject,
            notes=(*((said("entry-released"),) if vote.released else ()), *found.notes),
            names=tuple(names_by_choice(data, vote.proxies, said)),
        )

    def joined(self, section: Section) -> str | None:
        """With which items one was taken, in a sentence; None where it was taken alone."""
        state = self._record.state
        lead = state.items.get(state.joined.get(section.id, section.id))
        if lead is None or lead.id == section.id:
            return None
        return self("joined-to", items=lead.number or lead.title or self("item-closed"))

    def asked(self, doors: ClosedDoors) -> str:
        """Who asked for a closed part; empty where nobody said."""
        return " ".join(asked_for(doors.data, self._said))

    def quoted(self, update: Update) -> str | None:
        """Whose words a text gives."""
        return None if update.quote is None else self._said("entry-quote", name=named(update.quote, self._said))

    def image(self, alt: str) -> str:
        """What an image shows."""
        return self._said("media-shown", alt=alt)

    def doors(self, doors: ClosedDoors) -> str:
        if doors.ended is None:
            return self("doors-open", begun=self.clock(doors.at))
        return self("doors", begun=self.clock(doors.at), ended=self.clock(doors.ended))

    def correction(self, correction: Correction) -> str:
        return self("corrected", at=self.clock(correction.at))

    def retraction(self, mark: Mark) -> str:
        return self("retracted", at=self.clock(mark.at))

    def erasure(self, update: Update) -> str:
        if update.erasure is None:
            return self("erased-later")
        return self("erased", at=self.clock(update.erasure.at))

    def vote_correction(self, correction: VoteCorrection) -> str:
        """What a vote had been recorded as."""
        before = f"{vote_result(correction.before, self._said)}, {vote_numbers(correction.before, self._said)}"
        return self._said("entry-vote-corrected", time=self.clock(correction.at), before=before)

    def presence(self) -> Iterator[tuple[str, str]]:
        """Who was there, each list with its label; nothing where the members are not known."""
        held = self._record.presence
        if held is None:
            return
        rows = [
            ("president", [held.president] if held.president else []),
            ("secretaries", held.secretaries),
            ("present", held.present),
            ("represented", [self("represented-by", who=who, by=by) for who, by in held.represented]),
            ("excused", held.excused),
            ("absent", held.absent),
        ]
        for name, people in rows:
            if people:
                yield self(f"presence-{name}", count=len(people)), ", ".join(people)

    def decisions(self) -> Iterator[tuple[str, str, str]]:
        """Each decision: its number, what it was on, what was decided by which voices."""
        titles = {section.id: self.title(section) for section in self._record.sections}
        for vote in self._record.decisions:
            title = vote.data.get("title") or titles.get(vote.item or ItemId(""), "")
            numbers = vote_numbers(vote.data, self._said)
            yield str(vote.decision), str(title), f"{vote_result(vote.data, self._said)}, {numbers}"

    @property
    def shows_retracted(self) -> bool:
        """Whether a retracted text is shown: to those who read the whole record, not to the public."""
        return self._record.whole
