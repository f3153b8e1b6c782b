"""The desk: takes a command from an account, has it judged and appended, and keeps what was refused."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import rfc8785

from livesession.accounts.accounts import Account
from livesession.desk import (
    assembly,
    attendance,
    closed_parts,
    items,
    motions,
    sittings,
    speeches,
    updates,
    votes,
)
from livesession.desk.assemblies import Assemblies
from livesession.desk.commands import Ask, Command, check_key, judge
from livesession.desk.drafts import Drafts
from livesession.desk.policy import require
from livesession.domain.agenda import Agenda, agenda_problems, closed_below, with_ids
from livesession.domain.ids import ItemId, Slug
from livesession.domain.sitting import State
from livesession.domain.text import MAX_LINE, refused_character
from livesession.domain.times import read_instant
from livesession.errors import InputError, Problem, RefusedError
from livesession.media.media import Media
from livesession.store.engine import Store
from livesession.thread.log import Appended, Log, Proposal, SittingRow

COMMANDS: dict[str, type[Command]] = {
    command.kind: command
    for command in (
        assembly.AssemblySet,
        assembly.PresidentNamed,
        assembly.SecretaryNamed,
        sittings.SittingOpened,
        sittings.SittingSuspended,
        sittings.SittingResumed,
        sittings.SittingClosed,
        sittings.SittingReopened,
        closed_parts.ClosedPartBegun,
        closed_parts.ClosedPartEnded,
        closed_parts.DecisionReleased,
        attendance.MemberArrived,
        attendance.MemberLeft,
        attendance.MemberExcused,
        attendance.MemberRecused,
        attendance.MemberCorrected,
        attendance.ProxyGiven,
        attendance.ProxyRevoked,
        attendance.QuorumChecked,
        items.ItemOpened,
        items.ItemClosed,
        items.ItemPostponed,
        items.ItemWithdrawn,
        items.ItemAdded,
        items.ItemReordered,
        items.ItemJoined,
        items.ItemCorrected,
        items.DocumentAttached,
        updates.UpdatePosted,
        updates.UpdateCorrected,
        updates.UpdateRetracted,
        updates.UpdatePinned,
        updates.UpdateUnpinned,
        updates.UpdateErased,
        speeches.SpeechRequested,
        speeches.SpeechWaived,
        speeches.SpeechBegun,
        speeches.SpeechEnded,
        motions.MotionTabled,
        motions.MotionWithdrawn,
        votes.VoteRecorded,
        votes.VoteCorrected,
    )
}
"""Every kind of entry that can be sent, with the shape of its data."""

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
MAX_NUMBER = 2**53 - 1
MAX_DEPTH = 20
_SURROGATE = re.compile("[\ud800-\udfff]")
_ENVELOPE = frozenset({"kind", "item", "at", "seen", "data"})


class Desk:
    """Commands in, entries out."""

    def __init__(self, log: Log, store: Store, secret: bytes) -> None:
        self.log = log
        self.drafts = Drafts(store)
        self.assemblies = Assemblies(store)
        self.media = Media(store)
        self._mac_key = hmac.digest(secret, b"livesession requests", "sha256")

    async def create(
        self, agenda: Agenda, author: Account, *, slug: str | None = None, rehearsal: bool = False
    ) -> SittingRow:
        """A new sitting from an agenda, with the kept assembly of that name, if there is one.

        A ``rehearsal`` says so in its title and its slug, so that nothing of it is taken for a sitting.

        Raises InputError naming every problem.
        """
        require(author.role, "create_sitting")
        agenda = closed_below(with_ids(agenda))
        if problems := agenda_problems(agenda):
            raise InputError("agenda_unreadable", problems)
        if slug is not None and SLUG.fullmatch(slug) is None:
            raise InputError("slug_form", [Problem.of("slug-form", "slug")])
        chosen = Slug(slug or slug_of(agenda))
        if rehearsal:
            chosen, agenda = rehearsed(chosen, agenda, named=slug is not None)
        kept = await self.assemblies.find(agenda.assembly)
        first = [
            Proposal(kind="agenda.set", data=agenda.as_json()),
            Proposal(kind="assembly.set", data={"name": agenda.assembly} if kept is None else kept.assembly.as_json()),
        ]
        return await self.log.create(chosen, first, author.id, rehearsal=rehearsal)

    async def wipe(self, slug: str, author: Account) -> None:
        """Delete a rehearsal, all of it. Raises RefusedError ``sitting_no_rehearsal`` for any other sitting."""
        require(author.role, "create_sitting")
        row = await self.log.sitting(slug, rehearsals=True)
        await self.log.wipe(row.id)

    async def post(
        self, slug: str, envelope: Mapping[str, Any], author: Account, *, key: str | None = None
    ) -> Appended:
        """One command from an account. The answer is the command's own entry, durable.

        Raises InputError, RefusedError, NotAllowedError, NotFoundError or UnavailableError. A text
        that is refused because a closed part began unseen is kept as its author's draft.
        """
        require(author.role, "post")
        if key is not None:
            check_key(key)
        command, ask = read_envelope(envelope)
        sitting = await self.log.sitting(slug, rehearsals=True)
        missing = await self._missing_media(sitting, command)

        def decide(state: State, now: datetime) -> Sequence[Proposal]:
            # In here, not before: a repetition is answered as the first time, even if the image is gone since.
            if missing:
                raise InputError("media_unknown", [Problem.of("media-unknown", "data.media")])
            return judge(command, ask, state, now)

        try:
            return await self.log.append(
                sitting.id,
                author.id,
                decide,
                key=key,
                mac=None if key is None else self._mac(envelope),
            )
        except RefusedError as error:
            if error.code == "closed_part_unseen":
                await self.drafts.keep(sitting.id, author.id, envelope, error.code)
            raise

    async def _missing_media(self, sitting: SittingRow, command: Command) -> list[str]:
        named = command.media if isinstance(command, updates.UpdatePosted) else None
        return await self.media.missing(sitting.id, [image.id for image in named]) if named else []

    def _mac(self, envelope: Mapping[str, Any]) -> str:
        return hmac.new(self._mac_key, rfc8785.dumps(dict(envelope)), hashlib.sha256).hexdigest()


def read_envelope(envelope: Mapping[str, Any]) -> tuple[Command, Ask]:
    """A command and its envelope from decoded JSON. Raises InputError with the place of what is wrong."""
    check_json(envelope, "")
    if unknown := sorted(set(envelope) - _ENVELOPE):
        raise InputError("entry_ill_formed", [Problem.of("field-unknown", unknown[0][:80])])
    kind = envelope.get("kind")
    if not isinstance(kind, str) or kind not in COMMANDS:
        raise InputError("kind_unknown", [Problem.of("kind-unknown", "kind", kind=str(kind)[:40])])
    item, at, seen = envelope.get("item"), envelope.get("at"), envelope.get("seen")
    if item is not None and not isinstance(item, str):
        raise InputError("entry_ill_formed", [Problem.of("field-type", "item", reason="string")])
    if at is not None and not isinstance(at, str):
        raise InputError("entry_ill_formed", [Problem.of("field-type", "at", reason="string")])
    if seen is not None and (not isinstance(seen, int) or isinstance(seen, bool) or seen < 0):
        raise InputError("entry_ill_formed", [Problem.of("field-type", "seen", reason="integer ≥ 0")])
    try:
        command = msgspec.convert(envelope.get("data", {}), COMMANDS[kind])
    except msgspec.ValidationError as error:
        raise InputError("entry_ill_formed", [_shape_problem(str(error))]) from None
    command.check_shape()
    ask = Ask(item=None if item is None else ItemId(item), at=None if at is None else read_instant(at), seen=seen)
    return command, ask


_FIELD = re.compile(r"Object (missing required|contains unknown) field `([^`]*)`")


def _shape_problem(message: str) -> Problem:
    # msgspec ends its sentence with the place: "Expected `str`, got `int` - at `$.text`".
    reason, _, place = message.partition(" - at `$")
    place = f"data{place.rstrip('`')}"
    if (field := _FIELD.fullmatch(reason)) is not None:
        code = "field-missing" if field[1] == "missing required" else "field-unknown"
        return Problem.of(code, f"{place}.{field[2][:80]}")
    return Problem.of("field-type", place, reason=reason)


def check_json(value: object, place: str, depth: int = 0) -> None:
    """Refuse what canonical JSON cannot carry, wherever it hides: lone surrogates, numbers past 2^53.

    Raises InputError with the place. RFC 8785 §3.2.2.3 bounds integers to what a double holds exactly.
    """
    if depth > MAX_DEPTH:
        raise InputError("entry_ill_formed", [Problem.of("json-deep", place[:80], limit=MAX_DEPTH)])
    if isinstance(value, str):
        if (bad := refused_character(value)) is not None and _SURROGATE.search(value):
            where, character = bad
            problem = Problem.of("text-character", place, where=where, character=character)
            raise InputError("text_character", [problem], place=place, where=where, character=character)
    elif isinstance(value, bool):
        return
    elif isinstance(value, int | float):
        if abs(value) > MAX_NUMBER:
            raise InputError("entry_ill_formed", [Problem.of("number-range", place)])
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            check_json(name, place, depth + 1)
            check_json(inner, f"{place}.{name}" if place else str(name), depth + 1)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            check_json(inner, f"{place}[{index}]", depth + 1)


def rehearsed(slug: Slug, agenda: Agenda, *, named: bool) -> tuple[Slug, Agenda]:
    """The slug and the agenda of a rehearsal; a slug that was ``named`` by hand stays."""
    french = agenda.language.lower().startswith("fr")
    word, mark = ("repetition", "Répétition\u00a0: ") if french else ("rehearsal", "Rehearsal: ")
    titled = replace(agenda, title=(mark + agenda.title)[:MAX_LINE])
    return slug if named else Slug(f"{slug[:80].rstrip('-')}-{word}"), titled


def slug_of(agenda: Agenda) -> str:
    """A name for addresses out of the title and the day: ``seance-pleniere-2026-11-20``."""
    split = unicodedata.normalize("NFKD", agenda.title.replace("œ", "oe").replace("Œ", "oe"))
    plain = "".join(letter for letter in split if not unicodedata.combining(letter)).lower()
    title = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    day = ""
    if agenda.starts is not None:
        day = datetime.fromisoformat(agenda.starts).astimezone(ZoneInfo(agenda.timezone)).strftime("%Y-%m-%d")
    return "-".join(part for part in (title or "seance", day if day not in title else "") if part)
