"""What is tabled in a sitting: motions, amendments, vœux, questions, and requests for a particular ballot."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from livesession.desk.commands import Ask, Command, check_reason, entry_of, named, require_status
from livesession.domain.assembly import GroupId
from livesession.domain.ids import EntryId
from livesession.domain.sitting import State
from livesession.domain.text import MAX_LINE, check_text
from livesession.errors import InputError, Problem, RefusedError
from livesession.thread.log import Proposal

MotionType = Literal[
    "motion", "amendment", "voeu", "oral_question", "point_of_order", "public_ballot", "secret_ballot", "closed_part"
]
"""A request for a ballot or a closed part is tabled too: the minutes must hold it (CGCT L2121-15)."""

_REQUESTS = frozenset({"public_ballot", "secret_ballot", "closed_part"})


class MotionTabled(Command, frozen=True, kw_only=True):
    """Something tabled, by members (``by``), a group (``by_group``), or the president (``by_president``).

    ``title`` is one line, ``text`` the whole where it was read out. ``amends`` is the entry of the
    motion that an amendment changes. Of a request for a ballot the desk says whether enough asked.
    """

    kind: ClassVar[str] = "motion.tabled"
    is_text: ClassVar[bool] = True
    type: MotionType = "motion"
    title: str | None = None
    text: str | None = None
    by: tuple[str, ...] = ()
    by_group: str | None = None
    by_president: bool = False
    amends: str | None = None

    def check_shape(self) -> None:
        if self.title is None and self.type not in _REQUESTS:
            raise InputError("motion_title_needed", [Problem.of("motion-title-needed", "data.title")])
        if self.title is not None:
            check_text(self.title, "data.title", limit=MAX_LINE)
        if self.text is not None:
            check_text(self.text, "data.text")
        if not (self.by or self.by_group or self.by_president):
            raise InputError("motion_by_needed", [Problem.of("motion-by-needed", "data.by")])
        if self.amends is not None and self.type != "amendment":
            raise InputError("motion_amends", [Problem.of("motion-amends", "data.amends")])

    def check_state(self, state: State, ask: Ask) -> None:
        require_status(state, "open", "suspended")
        named(state, self.by, "data.by")
        if self.by_group is not None and GroupId(self.by_group) not in state.assembly.groups_by_id:
            problem = Problem.of("group-unknown", "data.by_group", group=self.by_group[:80])
            raise InputError("group_unknown", [problem])
        if self.amends is not None and EntryId(self.amends) not in state.motions:
            raise InputError("motion_unknown", [Problem.of("motion-unknown", "data.amends")])

    def own(self, state: State, ask: Ask) -> Proposal:
        data: dict[str, Any] = {"type": self.type}
        for name in ("title", "text", "amends"):
            if (value := getattr(self, name)) is not None:
                data[name] = value
        if self.by:
            data["by"] = named(state, self.by, "data.by")
        if self.by_group is not None:
            data["group"] = state.assembly.groups_by_id[GroupId(self.by_group)].name
        if self.by_president:
            data["by_president"] = True
        if self.type in _REQUESTS:
            data["reached"] = self._reached(state)
        # The item that is open is what it is about, where nothing else is said.
        return Proposal(kind=self.kind, item=ask.item or state.current, at=ask.at, data=data)

    def _reached(self, state: State) -> bool:
        """Whether enough members ask, by the profile's threshold; where it knows none, asking is enough."""
        rules, asking = state.assembly.rules, len(self.by)
        if self.type == "closed_part":
            least = rules.number("closed_part_members")
            by_president = self.by_president and rules.holds("closed_part_president")
            return by_president or least is None or asking >= least
        share = rules.fraction(self.type)
        if share is None:
            # No share of members may impose it; what the president grants is decided by a vote.
            return rules.profile == "neutral"
        return asking >= share * len(state.attendance.present)


class MotionWithdrawn(Command, frozen=True):
    """A motion taken back by whoever tabled it; ``entry`` is the motion."""

    kind: ClassVar[str] = "motion.withdrawn"
    is_text: ClassVar[bool] = True
    entry: str
    reason: str | None = None

    def check_shape(self) -> None:
        check_reason(self.reason)

    def check_state(self, state: State, ask: Ask) -> None:
        require_status(state, "open", "suspended")
        known = entry_of(state, self.entry)
        motion = state.motions.get(EntryId(self.entry))
        if motion is None:
            raise InputError("motion_unknown", [Problem.of("motion-unknown", "data.entry")])
        if motion.withdrawn or known.retracted:
            raise RefusedError("motion_withdrawn")
        if any(vote.data.get("motion") == self.entry for vote in state.votes.values()):
            raise RefusedError("motion_decided")
        if known.pos is not None and state.in_closed_part:
            raise RefusedError("closed_part_hides")

    def own(self, state: State, ask: Ask) -> Proposal:
        data: Mapping[str, Any] = self.as_data()
        return Proposal(kind=self.kind, item=state.motions[EntryId(self.entry)].item, at=ask.at, data=data)
