"""Items of the agenda: called, closed, put off, taken off, added, moved, joined; and their papers."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from livesession.desk.commands import Ask, Command, check_reason, item_of, require_status
from livesession.domain.agenda import MAX_NUMBER, WEB_ADDRESS, AgendaItem
from livesession.domain.ids import ItemId
from livesession.domain.item_correction import CORRECTABLE, changes_of
from livesession.domain.sitting import State
from livesession.domain.text import MAX_LINE, check_text
from livesession.domain.visibility import NOW, is_public
from livesession.errors import InputError, Problem, RefusedError
from livesession.thread.log import Proposal


class ItemOpened(Command, frozen=True):
    """The president calls an item. It closes the one that was open; a closed item begins a closed part."""

    kind: ClassVar[str] = "item.opened"
    on_item: ClassVar[str] = "required"
    moves_sitting: ClassVar[bool] = True

    def check_state(self, state: State, ask: Ask) -> None:
        require_status(state, "open")
        assert ask.item is not None, "required above"
        if state.current == ask.item:
            raise RefusedError("item_already_open")

    def before(self, state: State, ask: Ask) -> Sequence[Proposal]:
        assert ask.item is not None, "required above"
        if item_of(state, ask.item).public or state.in_closed_part or not state.agenda.public:
            return ()
        return [Proposal(kind="closed_part.begun", at=ask.at)]


class ItemClosed(Command, frozen=True):
    """The debate on the open item ends."""

    kind: ClassVar[str] = "item.closed"
    on_item: ClassVar[str] = "required"
    moves_sitting: ClassVar[bool] = True

    def check_state(self, state: State, ask: Ask) -> None:
        require_status(state, "open", "suspended")
        if state.current != ask.item:
            raise RefusedError("item_not_open")


class _SetAside(Command, frozen=True):
    """An item that is not dealt with today, with the reason that may be given."""

    on_item: ClassVar[str] = "required"
    moves_sitting: ClassVar[bool] = True
    before_public: ClassVar[bool] = True
    aside: ClassVar[str] = ""
    reason: str | None = None

    def check_shape(self) -> None:
        check_reason(self.reason)

    def check_state(self, state: State, ask: Ask) -> None:
        require_status(state, "scheduled", "open", "suspended")
        assert ask.item is not None, "required above"
        if state.set_aside.get(ask.item) == self.aside:
            raise RefusedError("item_set_aside_already")
        if any(vote.item == ask.item and vote.decision is not None for vote in state.votes.values()):
            raise RefusedError("item_decided")


class ItemPostponed(_SetAside, frozen=True):
    """The item is put off to another sitting."""

    kind: ClassVar[str] = "item.postponed"
    aside: ClassVar[str] = "postponed"


class ItemWithdrawn(_SetAside, frozen=True):
    """The item is taken off the agenda."""

    kind: ClassVar[str] = "item.withdrawn"
    aside: ClassVar[str] = "withdrawn"


class ItemAdded(Command, frozen=True, kw_only=True):
    """An item that was not on the convocation, behind ``after`` or at the end.

    Decisions on such items have been annulled (CAA Marseille 1998, 2008): it asks for its ``reason``
    and the ``article`` that allows it, or is ``information_only`` and cannot be voted on.
    """

    kind: ClassVar[str] = "item.added"
    on_item: ClassVar[str] = "none"
    before_public: ClassVar[bool] = True
    is_text: ClassVar[bool] = True
    title: str
    number: str = ""
    public_title: str | None = None
    public: bool = True
    rapporteur: str | None = None
    after: str | None = None
    reason: str | None = None
    article: str | None = None
    information_only: bool = False

    @property
    def is_public(self) -> bool:
        return self.public

    def check_shape(self) -> None:
        check_reason(self.reason)
        check_text(self.title, "data.title", limit=MAX_LINE)
        check_text(self.number, "data.number", limit=MAX_NUMBER, blank=True)
        for name in ("public_title", "rapporteur", "article"):
            if (value := getattr(self, name)) is not None:
                check_text(value, f"data.{name}", limit=MAX_LINE)
        if not self.information_only and (self.reason is None or self.article is None):
            missing = "reason" if self.reason is None else "article"
            raise InputError("item_added_why", [Problem.of("item-added-why", f"data.{missing}")])

    def check_state(self, state: State, ask: Ask) -> None:
        require_status(state, "scheduled", "open", "suspended")
        if self.after is not None:
            check_place(state, ItemId(self.after), public=self.public)

    def own(self, state: State, ask: Ask) -> Proposal:
        count = len(state.items) + 1
        while ItemId(f"i{count}") in state.items:
            count += 1
        data = {"title": self.title, "number": self.number, **self.as_data()}
        return Proposal(kind=self.kind, item=ItemId(f"i{count}"), at=ask.at, data=data)


class ItemReordered(Command, frozen=True):
    """An item taken at another place: behind ``after``, or first of all."""

    kind: ClassVar[str] = "item.reordered"
    on_item: ClassVar[str] = "required"
    before_public: ClassVar[bool] = True
    after: str | None = None

    def check_state(self, state: State, ask: Ask) -> None:
        require_status(state, "scheduled", "open", "suspended")
        assert ask.item is not None, "required above"
        moved = item_of(state, ask.item)
        if self.after is None:
            return
        check_place(state, ItemId(self.after), public=moved.public)
        below = {child.id for child in replace(state.agenda, items=(moved,)).walk()}
        if self.after in below:
            raise InputError("item_below_itself", [Problem.of("item-below-itself", "data.after")])


def check_place(state: State, after: ItemId, *, public: bool) -> None:
    """Raise where an item cannot be placed behind ``after``: readers could not tell where that is."""
    if not item_of(state, after, "data.after").public and public:
        raise RefusedError("item_after_closed")


class ItemJoined(Command, frozen=True):
    """Items that are taken together with this one: called, debated and closed with it."""

    kind: ClassVar[str] = "item.joined"
    on_item: ClassVar[str] = "required"
    before_public: ClassVar[bool] = True
    items: tuple[str, ...]

    def check_state(self, state: State, ask: Ask) -> None:
        require_status(state, "scheduled", "open", "suspended")
        assert ask.item is not None, "required above"
        lead = item_of(state, ask.item)
        if not self.items or ask.item in self.items:
            raise InputError("items_to_join", [Problem.of("items-to-join", "data.items")])
        for index, each in enumerate(self.items):
            if item_of(state, ItemId(each), f"data.items[{index}]").public != lead.public:
                raise RefusedError("items_not_alike")


class ItemCorrected(Command, frozen=True):
    """What the agenda should have said of an item. Only what is given changes; an empty text takes it away.

    The former wording stays legible beside it, unless it is ``erased``: then it goes for good from everything
    that was recorded before, as the law may order (GDPR art. 17), and ``reason`` says why.
    """

    kind: ClassVar[str] = "item.corrected"
    on_item: ClassVar[str] = "required"
    before_public: ClassVar[bool] = True
    is_text: ClassVar[bool] = True
    title: str | None = None
    number: str | None = None
    public_title: str | None = None
    rapporteur: str | None = None
    reason: str | None = None
    erased: bool = False

    def check_shape(self) -> None:
        check_reason(self.reason)
        given = changes_of(self.as_data())
        for name, value in given.items():
            limit = {"title": MAX_LINE * 5, "number": MAX_NUMBER}.get(name, MAX_LINE)
            check_text(value, f"data.{name}", limit=limit, blank=name in ("number", "rapporteur"))
        if not given:
            raise InputError("item_correction_empty", [Problem.of("item-correction-empty", "data.title")])
        if self.erased and self.reason is None:
            raise InputError("reason_needed", [Problem.of("reason-needed", "data.reason")])

    def check_state(self, state: State, ask: Ask) -> None:
        assert ask.item is not None, "required above"
        if not self.erased and not self._before(item_of(state, ask.item)):
            raise RefusedError("item_correction_same")
        data = self._data(state, ask.item)
        shown = any(name not in data["internal"] for name in changes_of(data))
        # What readers see of the agenda is corrected only where they see that it is.
        if state.agenda.public and shown and not is_public(state, self.kind, ask.item, ask.at or NOW, data):
            raise RefusedError("closed_part_hides")

    def own(self, state: State, ask: Ask) -> Proposal:
        assert ask.item is not None, "required above"
        data = self._data(state, ask.item)
        return Proposal(kind=self.kind, item=ask.item, at=ask.at, data=data)

    def _data(self, state: State, name: ItemId) -> dict[str, Any]:
        """The entry's data; ``internal`` names the fields that stay inside, as they do on the agenda itself."""
        item = item_of(state, name)
        internal = [] if item.public else ["title", "rapporteur", "reason"]
        if item.public and (item.public_title is not None or self.public_title is not None):
            internal = ["title"]
        data, before = dict(self.as_data()), self._before(item)
        if not self.erased:
            # What says the same as before is no correction; what is erased may have been corrected already.
            data = {name: value for name, value in data.items() if name in before or name not in CORRECTABLE}
            data["before"] = before
        return {**data, "internal": internal}

    def _before(self, item: AgendaItem) -> dict[str, str]:
        given = changes_of(self.as_data())
        return {name: was for name in given if (was := getattr(item, name) or "") != given[name]}


class DocumentAttached(Command, frozen=True):
    """A paper that belongs to an item: its title and its web address."""

    kind: ClassVar[str] = "document.attached"
    is_text: ClassVar[bool] = True
    title: str
    url: str

    def check_shape(self) -> None:
        check_text(self.title, "data.title", limit=MAX_LINE)
        check_text(self.url, "data.url", limit=MAX_LINE)
        if WEB_ADDRESS.match(self.url) is None:
            raise InputError("document_url", [Problem.of("agenda-url", "data.url", url=self.url[:80])])
