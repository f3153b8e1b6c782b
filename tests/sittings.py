"""Agendas and accounts that tests share, and a thread without a database."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from livesession.accounts.accounts import Account
from livesession.desk.commands import judge
from livesession.desk.desk import read_envelope
from livesession.domain.agenda import Agenda, AgendaItem, closed_below, with_ids
from livesession.domain.entry import Entry
from livesession.domain.fold import PublicFact, evolve, fold
from livesession.domain.ids import AccountId, EntryId, ItemId, Pos, Seq
from livesession.domain.sitting import State
from livesession.domain.visibility import is_public
from livesession.thread.log import Proposal
from tests.clock import NINE

ADMIN = Account(AccountId("01900000-0000-7000-8000-00000000000a"), "Administration", "admin")
CLERK = Account(AccountId("01900000-0000-7000-8000-00000000000c"), "Secrétariat", "clerk")

CLOSED_TITLE = "TITRE-CLOS Marché de gré à gré"
CLOSED_CHILD_TITLE = "TITRE-CLOS Annexe du marché"


def agenda(**changes: Any) -> Agenda:
    """Two public items, a heading with one below it, and a closed item with one below it."""
    given: dict[str, Any] = {
        "title": "Séance plénière",
        "assembly": "Conseil départemental",
        "starts": "2026-11-20T09:00:00+01:00",
        "items": (
            AgendaItem(id=ItemId("budget"), number="1", title="Budget primitif", rapporteur="Mme Diallo"),
            AgendaItem(id=ItemId("roads"), number="2", title="Voirie"),
            AgendaItem(
                id=ItemId("social"),
                title="Solidarités",
                kind="heading",
                items=(AgendaItem(id=ItemId("care"), number="3", title="Aide à domicile"),),
            ),
            AgendaItem(
                id=ItemId("closed"),
                number="4",
                title=CLOSED_TITLE,
                public=False,
                rapporteur="RAPPORTEUR-CLOS",
                items=(AgendaItem(id=ItemId("closed-part"), number="4.1", title=CLOSED_CHILD_TITLE),),
            ),
        ),
    }
    return closed_below(with_ids(Agenda(**{**given, **changes})))


def first_proposals(of: Agenda) -> list[Proposal]:
    """What a sitting begins with."""
    return [
        Proposal(kind="agenda.set", data=of.as_json()),
        Proposal(kind="assembly.set", data={"name": of.assembly}),
    ]


def entry_id(number: int) -> EntryId:
    """A well-formed id that says which entry it is."""
    return EntryId(f"01920000-0000-7000-8000-{number:012x}")


@dataclass
class PureThread:
    """A sitting's thread in memory: judged, made visible and folded by the domain's own functions."""

    agenda: Agenda = field(default_factory=agenda)
    entries: list[Entry] = field(default_factory=list)
    state: State = field(default_factory=State)

    def __post_init__(self) -> None:
        for proposal in first_proposals(self.agenda):
            self._append(proposal, NINE)

    def send(self, kind: str, now: datetime = NINE, **envelope: Any) -> Entry:
        """A command as it comes in; the answer is its own entry. Raises what judging it raises."""
        command, ask = read_envelope({"kind": kind, **envelope})
        for proposal in judge(command, ask, self.state, now):
            self._append(proposal, now)
        return self.entries[-1]

    def _append(self, proposal: Proposal, now: datetime) -> None:
        at = now if proposal.at is None else proposal.at
        public = is_public(self.state, proposal.kind, proposal.item, at, proposal.data)
        number = len(self.entries) + 1
        entry = Entry(
            seq=Seq(number),
            pos=Pos(self.state.pos + 1) if public else None,
            id=entry_id(number),
            kind=proposal.kind,
            item=proposal.item,
            at=at,
            recorded_at=now,
            author=CLERK.id,
            data=dict(proposal.data),
            salt="00" * 16,
            digest="11" * 32,
            prev="22" * 32,
            hash="33" * 32,
        )
        if entry.kind == "update.erased":
            self._empty({proposal.data["entry"], *proposal.data["also"]})
        self.entries.append(entry)
        self.state = evolve(self.state, entry)

    def _empty(self, erased: set[str]) -> None:
        self.entries = [replace(held, data=None, salt=None) if held.id in erased else held for held in self.entries]

    def public(self) -> list[tuple[Pos, Mapping[str, Any]]]:
        """The public thread: what every reader gets."""
        return [(held.pos, held.as_public_json()) for held in self.entries if held.pos is not None]

    def public_state(self) -> State:
        """The state as a reader folds it."""
        return fold(PublicFact.of(pos, entry) for pos, entry in self.public())
