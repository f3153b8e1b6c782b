"""How a vote is given: numbers, one word for all, groups, names or candidates; and what no room could make right."""

from fractions import Fraction
from typing import Literal

import msgspec

from livesession.desk.commands import Command, check_reason
from livesession.domain.text import MAX_LINE, check_text
from livesession.domain.vote import CONFIRMED_FIRST, Ballot, Choice, Result, Source
from livesession.errors import InputError, Problem

MAX_VOICES = 10_000
MAX_CANDIDATES = 200
_NUMBERS = {
    "in_favour": "for",
    "against": "against",
    "abstention": "abstention",
    "not_voting": "not_voting",
    "blank": "blank",
    "null": "null",
}
_NAMES = ("votes", "groups", "but", "source")


class CandidateForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who stands for an appointment, and the ballots with that name."""

    name: str
    voices: int


class VoteForm(Command, frozen=True, kw_only=True, rename={"in_favour": "for", "but": "except"}):
    """A vote as it is given: numbers, or groups, or names, or one word for all; the desk works out the rest.

    ``unanimous`` is everybody who has a voice, in favour. ``groups`` maps a group's id, or ``*`` for
    all others, to what it does, ``except`` a member's id to something else. ``votes`` maps members'
    ids. Who has a voice and is not named in ``votes`` takes no part. ``motion`` is the entry of the
    motion that is voted; without it, and without ``subject`` and ``matter``, the item itself is
    decided and the decision numbered. ``majority`` of what, and ``share`` for a qualified one
    (``"2/3"``). For an appointment ``candidates``, ``round`` (None: the one after what was
    voted without result on the same), ``seats``; ``matter`` is
    ``president`` where the body elects who presides it, with a quorum and a majority that may be others.
    """

    subject: str | None = None
    matter: Literal["closed_part", "president"] | None = None
    motion: str | None = None
    ballot: Ballot = "show_of_hands"
    unanimous: bool = False
    in_favour: int | None = None
    against: int | None = None
    abstention: int | None = None
    not_voting: int | None = None
    blank: int | None = None
    null: int | None = None
    groups: dict[str, Choice] | None = None
    but: dict[str, Choice] | None = None
    votes: dict[str, Choice] | None = None
    source: Source | None = None
    confirmed: bool = False
    majority: Literal["simple", "absolute", "qualified"] = "simple"
    of: Literal["cast", "voices", "in_office"] = "cast"
    share: str | None = None
    candidates: tuple[CandidateForm, ...] = ()
    round: int | None = None
    seats: int = 1
    elected: tuple[str, ...] | None = None
    secrecy_waived: bool = False
    result: Result | None = None
    quorum_reason: str | None = None

    def check_shape(self) -> None:
        """What cannot be meant, whatever the room. Names in a secret ballot are refused before anything is kept."""
        if self.ballot == "secret" and any(getattr(self, name) is not None for name in _NAMES):
            raise InputError("secret_with_names", [Problem.of("secret-with-names", "data")])
        if self.subject is not None:
            check_text(self.subject, "data.subject", limit=MAX_LINE)
        check_reason(self.quorum_reason)
        for name, shown in _NUMBERS.items():
            if (voices := getattr(self, name)) is not None and not 0 <= voices <= MAX_VOICES:
                raise InputError("vote_number", [Problem.of("vote-number", f"data.{shown}", limit=MAX_VOICES)])
        counted = any(getattr(self, name) is not None for name in ("in_favour", "against", "abstention"))
        given = [self.unanimous, counted, self.groups is not None, self.votes is not None, bool(self.candidates)]
        if sum(given) != 1:
            raise InputError("vote_form", [Problem.of("vote-form", "data")])
        if self.but is not None and self.groups is None:
            raise InputError("vote_form", [Problem.of("vote-form", "data.except")])
        self._check_names()
        self._check_majority()
        self._check_candidates()

    def _check_names(self) -> None:
        named = self.ballot == "public" and not self.candidates and not self.unanimous
        if self.votes is not None and self.ballot != "public":
            raise InputError("names_need_public", [Problem.of("names-need-public", "data.ballot")])
        if not named:
            return
        if self.votes is None and self.groups is None:
            raise InputError("public_needs_names", [Problem.of("public-needs-names", "data.votes")])
        if self.source is None:
            raise InputError("source_needed", [Problem.of("source-needed", "data.source")])
        if self.source in CONFIRMED_FIRST and not self.confirmed:
            raise InputError("names_unconfirmed", [Problem.of("names-unconfirmed", "data.confirmed")])

    def _check_majority(self) -> None:
        if (self.share is not None) != (self.majority == "qualified"):
            raise InputError("vote_share", [Problem.of("vote-share", "data.share")])
        if self.share is None:
            return
        try:
            share = Fraction(self.share)
        except (ValueError, ZeroDivisionError):
            share = Fraction(0)
        if not 0 < share <= 1:
            raise InputError("vote_share", [Problem.of("vote-share", "data.share")])

    def _check_candidates(self) -> None:
        if self.matter == "president" and not self.candidates:
            raise InputError("vote_form", [Problem.of("vote-form", "data.candidates")])
        if not self.candidates and (self.elected is not None or self.round is not None or self.seats != 1):
            raise InputError("vote_form", [Problem.of("vote-form", "data.candidates")])
        numbers_hold = 1 <= self.seats <= MAX_CANDIDATES and (self.round is None or 1 <= self.round <= 20)
        if len(self.candidates) > MAX_CANDIDATES or not numbers_hold:
            raise InputError("candidates_many", [Problem.of("candidates-many", "data", limit=MAX_CANDIDATES)])
        names = [candidate.name for candidate in self.candidates]
        if len(set(names)) != len(names):
            raise InputError("candidate_twice", [Problem.of("candidate-twice", "data.candidates")])
        for index, candidate in enumerate(self.candidates):
            check_text(candidate.name, f"data.candidates[{index}].name", limit=MAX_LINE)
            if not 0 <= candidate.voices <= MAX_VOICES:
                place = f"data.candidates[{index}].voices"
                raise InputError("vote_number", [Problem.of("vote-number", place, limit=MAX_VOICES)])
