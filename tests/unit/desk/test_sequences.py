"""Any sequence of commands, sensible or not: what must hold of the thread it leaves.

One machine plays the clerks. It keeps no model of the program's own, but reads from the finished
thread what was said behind closed doors, by the rule of DESIGN.md in its plainest form.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from livesession.domain.agenda import AgendaItem
from livesession.domain.entry import Entry
from livesession.domain.fold import PublicFact, evolve, fold
from livesession.domain.sitting import State
from livesession.errors import InputError, RefusedError
from tests.clock import NINE
from tests.sittings import CLERK, CLOSED_CHILD_TITLE, CLOSED_TITLE, PureThread, agenda

ITEMS = ("budget", "roads", "social", "care", "closed", "closed-part")
CLOSED_ITEMS = ("closed", "closed-part")
FRAME = (
    "sitting.opened", "sitting.suspended", "sitting.resumed", "sitting.closed", "sitting.reopened",
    "closed_part.begun", "closed_part.ended",
)  # fmt: skip
ABOUT_UPDATES = ("update.corrected", "update.retracted", "update.pinned", "update.unpinned", "update.erased")

STEPS = {
    "scheduled": ("sitting.opened",),
    "open": ("sitting.suspended", "closed_part.begun", "closed_part.ended", "sitting.closed"),
    "suspended": ("sitting.resumed", "closed_part.begun", "closed_part.ended"),
    "closed": ("sitting.reopened",),
}
"""What a clerk may do in each status: chosen more often than mistakes, or sequences would get nowhere."""

offsets = st.sampled_from([None, None, None, -60, -20, -10, -5, -1, 5, 30, 60 * 30])
"""Minutes between the server's clock and what a command says; a step takes three."""


@dataclass(frozen=True)
class Spoken:
    """A text that was taken: what it says is unlike anything else in the thread."""

    marker: str
    entry: str


class Clerks(RuleBasedStateMachine):
    """Clerks at work, now and then by mistake, with clocks that are wrong."""

    @initialize(public=st.sampled_from([True, True, True, False]))
    def begin(self, public: bool) -> None:
        self.thread = PureThread(agenda(public=public))
        self.now = NINE
        self.spoken: list[Spoken] = []
        self.names: dict[str, list[str]] = {}
        self._send("sitting.opened", None)

    def _send(self, kind: str, offset: int | None, **envelope: Any) -> Entry | None:
        self.now += timedelta(minutes=3)
        before = (list(self.thread.entries), self.thread.state)
        at = {} if offset is None else {"at": (self.now + timedelta(minutes=offset)).isoformat()}
        try:
            entry = self.thread.send(kind, self.now, **at, **envelope)
        except (InputError, RefusedError):
            assert (self.thread.entries, self.thread.state) == before
            return None
        # Noted now: an erasure takes it away.
        data = entry.data or {}
        self.names[entry.id] = [name for name in (data.get("entry"), *data.get("also", ())) if name is not None]
        return entry

    def _say(self, kind: str, offset: int | None, *, also: dict[str, Any], **envelope: Any) -> None:
        marker = f"⟦{len(self.thread.entries)}-{kind}⟧"
        field = {"vote.recorded": "subject"}.get(kind, "text")
        entry = self._send(kind, offset, data={field: marker, **also}, **envelope)
        if entry is not None:
            self.spoken.append(Spoken(marker, entry.id))

    @rule(kind=st.sampled_from(FRAME), offset=offsets, reason=st.booleans())
    def move(self, kind: str, offset: int | None, reason: bool) -> None:
        self._send(kind, offset, data={"reason": "motif"} if reason else {})

    @rule(which=st.integers(0, 3), offset=offsets)
    def step(self, which: int, offset: int | None) -> None:
        steps = STEPS[self.thread.state.status]
        self._send(steps[which % len(steps)], offset)

    @rule(offset=offsets)
    def doors(self, offset: int | None) -> None:
        self._send("closed_part.ended" if self.thread.state.in_closed_part else "closed_part.begun", offset)

    @rule(kind=st.sampled_from(["item.opened", "item.closed"]), item=st.sampled_from(ITEMS), offset=offsets)
    def call(self, kind: str, item: str, offset: int | None) -> None:
        self._send(kind, offset, item=item)

    @rule(item=st.none() | st.sampled_from(ITEMS), offset=offsets, lag=st.none() | st.integers(0, 6))
    def post(self, item: str | None, offset: int | None, lag: int | None) -> None:
        seen = {} if lag is None else {"seen": max(0, self.thread.state.seq - lag)}
        self._say("update.posted", offset, also={"channels": ["x"]}, item=item, **seen)

    @rule(item=st.sampled_from(ITEMS), offset=offsets, votes=st.tuples(st.integers(0, 9), st.integers(0, 9)))
    def vote(self, item: str, offset: int | None, votes: tuple[int, int]) -> None:
        result = "adopted" if votes[0] >= votes[1] else "rejected"
        numbers = {"for": votes[0], "against": votes[1], "abstention": 1, "result": result}
        self._say("vote.recorded", offset, also=numbers, item=item)

    @precondition(lambda self: self.spoken)
    @rule(kind=st.sampled_from(ABOUT_UPDATES), which=st.integers(0, 50), offset=offsets)
    def amend(self, kind: str, which: int, offset: int | None) -> None:
        named = self.spoken[which % len(self.spoken)].entry
        if kind == "update.corrected":
            self._say(kind, offset, also={"entry": named})
        else:
            self._send(kind, offset, data={"entry": named, "reason": "motif"})

    # What must hold, judged once at the end: every prefix of the sequence is a cut of its thread.

    def teardown(self) -> None:
        if not hasattr(self, "thread"):
            return
        self._counters()
        self._visibility()
        self._folds()
        self._readers_know()
        self._secrecy()

    def _counters(self) -> None:
        entries = self.thread.entries
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
        public = [entry.pos for entry in entries if entry.pos is not None]
        assert public == list(range(1, len(public) + 1))

    def _visibility(self) -> None:
        for entry, hidden in zip(self.thread.entries, self._hidden(), strict=True):
            assert (entry.pos is None) == hidden, f"{entry.seq} {entry.kind} at {entry.at}"

    def _hidden(self) -> list[bool]:
        """Whether each entry was said behind closed doors: by the thread itself, entry by entry."""
        spans: list[tuple[datetime, datetime | None]] = []
        hidden: dict[str, bool] = {}
        wholly_closed = not self.thread.agenda.public
        for entry in self.thread.entries:
            shut = bool(spans) and spans[-1][1] is None
            covered = any(begun <= entry.at and (ended is None or entry.at < ended) for begun, ended in spans)
            names = any(hidden[name] for name in self.names.get(entry.id, ()))
            if entry.kind == "closed_part.begun":
                spans.append((entry.at, None))
                hidden[entry.id] = False
            elif entry.kind == "closed_part.ended":
                spans[-1] = (spans[-1][0], entry.at)
                hidden[entry.id] = False
            elif wholly_closed:
                hidden[entry.id] = not entry.kind.startswith(("agenda.", "assembly.", "sitting."))
            else:
                hidden[entry.id] = shut or covered or entry.item in CLOSED_ITEMS or names
        return [hidden[entry.id] for entry in self.thread.entries]

    def _folds(self) -> None:
        facts = [PublicFact.of(pos, entry) for pos, entry in self.thread.public()]
        for kept, head in ((self.thread.entries, self.thread.state), (facts, fold(facts))):
            snapshot = State()
            for cut, fact in enumerate(kept):
                assert fold(kept[cut:], snapshot) == head
                snapshot = evolve(snapshot, fact)
            assert snapshot == head

    def _readers_know(self) -> None:
        """At every moment with open doors readers see the sitting where it is."""
        whole, public = State(), State()
        for entry in self.thread.entries:
            whole = evolve(whole, entry)
            if entry.pos is not None:
                public = evolve(public, PublicFact.of(entry.pos, entry.as_public_json()))
            assert public.in_closed_part == whole.in_closed_part
            if whole.in_closed_part:
                continue
            assert public.status == whole.status
            assert (public.opened_at, public.closed_at) == (whole.opened_at, whole.closed_at)
            assert public.pinned == whole.pinned
            if self.thread.agenda.public:
                assert public.current == whole.current

    def _secrecy(self) -> None:
        shown = json.dumps([entry for _, entry in self.thread.public()], ensure_ascii=False)
        summary = json.dumps(self.thread.public_state().summary(), ensure_ascii=False)
        hidden = {entry.id for entry in self.thread.entries if entry.pos is None}
        erased = {entry.id for entry in self.thread.entries if entry.data is None}
        for spoken in self.spoken:
            if spoken.entry in hidden | erased:
                assert spoken.marker not in shown + summary
            else:
                assert spoken.marker in shown
        for never in (CLOSED_TITLE, CLOSED_CHILD_TITLE, "RAPPORTEUR-CLOS", CLERK.id, "author", '"seq"', "channels"):
            assert never not in shown + summary
        assert not any(name in shown for name in hidden), "no public entry names one that is not"


Clerks.TestCase.settings = settings(stateful_step_count=40)
TestClerks = Clerks.TestCase


def test_the_agenda_of_the_machine_has_what_it_speaks_of() -> None:
    walked: list[AgendaItem] = list(agenda().walk())
    assert tuple(item.id for item in walked) == ITEMS
    assert tuple(item.id for item in walked if not item.public) == CLOSED_ITEMS
