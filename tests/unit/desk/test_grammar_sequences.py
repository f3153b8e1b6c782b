"""Any sequence of the grammar's commands: attendance, proxies, votes, speeches, motions, items, closed parts.

What must hold is judged from the finished thread, by rules of the test's own: no vote has more
voices than members and proxies, readers and the record agree, and nothing hidden or erased shows.
"""

import json
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from livesession.domain.entry import Entry
from livesession.domain.fold import PublicFact, evolve, fold
from livesession.domain.sitting import State
from livesession.errors import InputError, RefusedError
from tests.clock import NINE
from tests.sittings import CLERK, PureThread, agenda

MEMBERS = tuple(f"m{number}" for number in range(1, 10))
GROUPS = {"left": ("m1", "m2", "m3", "m4"), "right": ("m5", "m6", "m7"), "alone": ("m8", "m9")}
ITEMS = ("budget", "roads", "care", "closed")
PROFILES = ("commune", "departement", "region", "epci", "neutral")
CHOICES = ("for", "against", "abstention", "not_voting", "blank")

member = st.sampled_from(MEMBERS)
some = st.lists(member, min_size=1, max_size=9, unique=True)
item = st.sampled_from(ITEMS)
offsets = st.sampled_from([None, None, None, None, -12, -4, -1, 30])
"""Minutes between the server's clock and what a command says; a step takes three."""


def assembly(profile: str) -> dict[str, Any]:
    return {
        "name": "Conseil",
        "rules": {"profile": profile},
        "groups": [{"id": group, "name": f"Groupe {group}"} for group in GROUPS],
        "members": [
            {"id": one, "name": f"NOM-{one}", "group": group} for group, members in GROUPS.items() for one in members
        ],
    }


class Room(RuleBasedStateMachine):
    """A clerk who notes all that happens in a room of nine."""

    @initialize(profile=st.sampled_from(PROFILES), present=st.lists(member, unique=True, min_size=3))
    def begin(self, profile: str, present: list[str]) -> None:
        self.thread = PureThread(agenda())
        self.now = NINE
        self.marked: dict[str, str] = {}
        self._send("assembly.set", data=assembly(profile))
        self._send("member.arrived", data={"members": present})
        self._send("sitting.opened")
        self._send("item.opened", item="budget")

    def _send(self, kind: str, *, offset: int | None = None, mark: str | None = None, **envelope: Any) -> Entry | None:
        """A command; ``mark`` names the field that gets a text unlike any other."""
        self.now += timedelta(minutes=3)
        at = {} if offset is None else {"at": (self.now + timedelta(minutes=offset)).isoformat()}
        marker = f"⟦{len(self.thread.entries)}-{kind}⟧"
        if mark is not None:
            envelope["data"] = {**envelope.get("data", {}), mark: marker}
        before = (list(self.thread.entries), self.thread.state)
        try:
            entry = self.thread.send(kind, self.now, **at, **envelope)
        except (InputError, RefusedError):
            assert (self.thread.entries, self.thread.state) == before
            return None
        if mark is not None:
            self.marked[entry.id] = marker
        return entry

    def _of_kind(self, *kinds: str) -> list[str]:
        return [entry.id for entry in self.thread.entries if entry.kind in kinds]

    @rule(kind=st.sampled_from(["member.arrived", "member.left", "member.excused"]), who=some, offset=offsets)
    def come_and_go(self, kind: str, who: list[str], offset: int | None) -> None:
        self._send(kind, offset=offset, data={"members": who})

    @rule(item=item, who=st.lists(member, min_size=1, max_size=3, unique=True))
    def recuse(self, item: str, who: list[str]) -> None:
        self._send("member.recused", item=item, data={"members": who})

    @rule(giver=member, holder=member, offset=offsets)
    def give(self, giver: str, holder: str, offset: int | None) -> None:
        self._send("proxy.given", offset=offset, data={"from": giver, "to": holder})

    @rule(who=member)
    def revoke(self, who: str) -> None:
        self._send("proxy.revoked", data={"member": who})

    @rule(which=st.integers(0, 9), who=st.lists(member, unique=True), time=st.none() | st.integers(-30, 0))
    def correct_attendance(self, which: int, who: list[str], time: int | None) -> None:
        facts = self._of_kind("member.arrived", "member.left", "member.excused", "member.recused")
        data: dict[str, Any] = {"entry": facts[which % len(facts)], "reason": "erreur", "members": who}
        if time is not None:
            data["time"] = (self.now + timedelta(minutes=time)).isoformat()
        self._send("member.corrected", data=data)

    @rule(doors=st.booleans(), count=st.integers(0, 6), votes=st.none() | st.integers(0, 9))
    def doors(self, doors: bool, count: int, votes: int | None) -> None:
        if self.thread.state.in_closed_part:
            self._send("closed_part.ended")
            return
        data: dict[str, Any] = {"requested_by": list(MEMBERS[:count])}
        if votes is not None:
            voices = len(self.thread.state.electorate(None))
            data |= {"for": min(votes, voices), "against": max(0, voices - votes)}
        self._send("closed_part.begun", data=data)

    @rule(item=item, kind=st.sampled_from(["item.opened", "item.opened", "item.postponed", "item.withdrawn"]))
    def call(self, item: str, kind: str) -> None:
        self._send(kind, item=item)

    @rule(after=st.none() | item, public=st.booleans(), informed=st.booleans())
    def add(self, after: str | None, public: bool, informed: bool) -> None:
        why = {"information_only": True} if informed else {"reason": "urgence", "article": "CGCT L2121-12"}
        self._send("item.added", mark="title", data={"public": public, "after": after, **why})

    @rule(item=item, after=st.none() | item, joined=st.none() | item)
    def arrange(self, item: str, after: str | None, joined: str | None) -> None:
        if joined is not None:
            self._send("item.joined", item=item, data={"items": [joined]})
        else:
            self._send("item.reordered", item=item, data={"after": after})

    @rule(item=item, field=st.sampled_from(["title", "number", "public_title", "rapporteur"]))
    def correct_item(self, item: str, field: str) -> None:
        self._send("item.corrected", item=item, mark=field)

    @rule(who=st.none() | member, asked=st.sampled_from(["speech.requested", "speech.waived", "speech.begun"]))
    def speak(self, who: str | None, asked: str) -> None:
        if who is not None:
            self._send(asked, data={"member": who})
        elif asked == "speech.begun":
            self._send(asked, mark="name")
        else:
            self._send("speech.ended")

    @rule(kind=st.sampled_from(["motion", "amendment", "public_ballot", "secret_ballot"]), by=some, item=item)
    def table(self, kind: str, by: list[str], item: str) -> None:
        self._send("motion.tabled", item=item, mark="title", data={"type": kind, "by": by})

    @rule(item=item, choices=st.dictionaries(member, st.sampled_from(CHOICES)), offset=offsets)
    def vote_by_name(self, item: str, choices: dict[str, str], offset: int | None) -> None:
        data = {"ballot": "public", "source": "roll_call", "votes": choices, "quorum_reason": "essai"}
        self._send("vote.recorded", item=item, offset=offset, mark="subject", data=data)

    @rule(item=item, groups=st.dictionaries(st.sampled_from([*GROUPS, "*"]), st.sampled_from(CHOICES), min_size=1))
    def vote_by_group(self, item: str, groups: dict[str, str]) -> None:
        self._send("vote.recorded", item=item, data={"groups": groups, "quorum_reason": "essai", "result": "adopted"})

    @rule(item=item, secret=st.booleans(), against=st.integers(0, 3), more=st.sampled_from([0, 0, 0, 1, -1]))
    def vote_by_number(self, item: str, secret: bool, against: int, more: int) -> None:
        voices = len(self.thread.state.electorate(item))  # type: ignore[arg-type]  # a plain string is an item's id
        data = {"for": max(0, voices - against + more), "against": min(against, voices)}
        ballot = {"ballot": "secret"} if secret else {}
        self._send("vote.recorded", item=item, data={**data, **ballot})

    @precondition(lambda self: self.thread.state.votes)
    @rule(which=st.integers(0, 20), release=st.booleans())
    def vote_again(self, which: int, release: bool) -> None:
        votes = self._of_kind("vote.recorded")
        entry = votes[which % len(votes)]
        if release:
            self._send("decision.released", data={"vote": entry, "title": "Titre public"})
        else:
            self._send("vote.corrected", data={"entry": entry, "reason": "erreur", "unanimous": True})

    @precondition(lambda self: self.marked)
    @rule(which=st.integers(0, 50), kind=st.sampled_from(["update.erased", "update.retracted", "update.posted"]))
    def amend(self, which: int, kind: str) -> None:
        if kind == "update.posted":
            self._send(kind, mark="text", item=ITEMS[which % 4])
        else:
            self._send(kind, data={"entry": list(self.marked)[which % len(self.marked)], "reason": "motif"})

    def teardown(self) -> None:
        if not hasattr(self, "thread"):
            return
        self._folds()
        self._readers_agree()
        self._voices()
        self._secrecy()

    def _folds(self) -> None:
        """Snapshot plus tail is the fold of the whole, for the record and for readers."""
        facts = [PublicFact.of(pos, entry) for pos, entry in self.thread.public()]
        for kept, head in ((self.thread.entries, self.thread.state), (facts, fold(facts))):
            snapshot = State()
            for cut, fact in enumerate(kept):
                assert fold(kept[cut:], snapshot) == head
                snapshot = evolve(snapshot, fact)
            assert snapshot == head

    def _readers_agree(self) -> None:
        """With open doors readers see the same people, proxies, quorum, speaker and agenda as the record."""
        whole, public = State(), State()
        for entry in self.thread.entries:
            whole = evolve(whole, entry)
            if entry.pos is not None:
                public = evolve(public, PublicFact.of(entry.pos, entry.as_public_json()))
            if whole.in_closed_part or entry.data is None:
                continue
            assert public.attendance.present == whole.attendance.present, entry
            assert public.attendance.proxies == whole.attendance.proxies, entry
            assert public.speakers == whole.speakers, entry
            open_items = [known.id for known in whole.agenda.walk() if known.public]
            assert [known.id for known in public.agenda.walk() if known.public] == open_items, entry
            for each in open_items:
                assert public.set_aside.get(each) == whole.set_aside.get(each), entry

    def _voices(self) -> None:
        """No vote has more voices than members present and the proxies that they hold."""
        for vote in self.thread.state.votes.values():
            quorum = vote.data["quorum"]
            numbers = [vote.data.get(name, 0) for name in (*CHOICES, "null")]
            assert sum(numbers) == vote.data["voices"] == quorum["present"] + quorum["represented"] <= len(MEMBERS)
            listed = [one["id"] for choice in vote.data.get("votes", {}).values() for one in choice]
            assert len(listed) == len(set(listed))
            if "votes" in vote.data:
                assert {name: len(ones) for name, ones in vote.data["votes"].items()} == {
                    name: vote.data[name] for name in CHOICES if vote.data.get(name)
                }

    def _secrecy(self) -> None:
        shown = json.dumps([entry for _, entry in self.thread.public()], ensure_ascii=False)
        shown += json.dumps(self.thread.public_state().summary(), ensure_ascii=False)
        record = json.dumps([entry.as_json() for entry in self.thread.entries], ensure_ascii=False)
        for entry in self.thread.entries:
            marker = self.marked.get(entry.id)
            if marker is not None and entry.data is None:
                assert marker not in record
                assert marker not in repr(self.thread.state)
            if marker is not None and (entry.data is None or entry.pos is None):
                assert marker not in shown
            if entry.kind.startswith("vote.") and entry.data is not None and entry.data["ballot"] == "secret":
                assert not any(one in json.dumps(entry.data) for one in MEMBERS)
        assert CLERK.id not in shown


Room.TestCase.settings = settings(stateful_step_count=40)
TestRoom = Room.TestCase
