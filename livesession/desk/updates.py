"""The clerk's texts: posted, corrected, retracted, pinned, and erased where the law orders it."""

import re
from typing import ClassVar

import msgspec

from livesession.desk.commands import Ask, Command, check_reason, entry_of, named, require_status
from livesession.domain.ids import ItemId
from livesession.domain.sitting import EntryRef, State
from livesession.domain.text import MAX_LINE, check_text
from livesession.domain.visibility import NOW, is_public
from livesession.errors import InputError, Problem, RefusedError
from livesession.thread.log import Proposal

MAX_CHANNELS = 20
MAX_MENTIONS = 50
MAX_MEDIA = 4
"""Images of a text: what Mastodon and X take."""

MAX_ALT = 1_000
"""Characters of an alternative text: X takes 1,000, Mastodon 1,500."""

_MEDIA_ID = re.compile(r"[0-9a-f]{32}")


class MediaForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An image that was sent in before, and what it shows, in words for who does not see it."""

    id: str
    alt: str


class UpdatePosted(Command, frozen=True):
    """A text on an item, or on the sitting as a whole. ``channels`` names the networks it goes to; None: all.

    ``quote`` is the id of the member whose words the text gives. ``mentions`` are the ids of members whom the text
    names on purpose: a network where one has an account of one's own calls on it in place of the name. ``media``
    are images, each with its alternative text.
    """

    kind: ClassVar[str] = "update.posted"
    is_text: ClassVar[bool] = True
    text: str
    channels: list[str] | None = None
    quote: str | None = None
    mentions: list[str] | None = None
    media: list[MediaForm] | None = None

    def check_shape(self) -> None:
        for index, image in enumerate(self.media or ()):
            place = f"data.media[{index}]"
            if index >= MAX_MEDIA:
                raise InputError("media_many", [Problem.of("media-many", "data.media", limit=MAX_MEDIA)])
            if _MEDIA_ID.fullmatch(image.id) is None:
                raise InputError("media_unknown", [Problem.of("media-unknown", f"{place}.id")])
            if not image.alt.strip():
                raise InputError("media_alt", [Problem.of("media-alt", f"{place}.alt")])
            check_text(image.alt, f"{place}.alt", limit=MAX_ALT)

    def check_state(self, state: State, ask: Ask) -> None:
        check_text(self.text, "data.text")
        if self.quote is not None:
            named(state, [self.quote], "data.quote")
        if self.mentions is not None:
            if len(self.mentions) > MAX_MENTIONS:
                raise InputError("mentions_many", [Problem.of("mentions-many", "data.mentions", limit=MAX_MENTIONS)])
            named(state, self.mentions, "data.mentions")
        if self.channels is not None:
            if len(self.channels) > MAX_CHANNELS:
                raise InputError("channels_many", [Problem.of("channels-many", "data.channels", limit=MAX_CHANNELS)])
            for name in self.channels:
                check_text(name, "data.channels", limit=MAX_LINE)
        require_status(state, "open", "suspended")

    def own(self, state: State, ask: Ask) -> Proposal:
        data = dict(self.as_data())
        if self.quote is not None:
            data["quote"] = named(state, [self.quote], "data.quote")[0]
        if self.mentions is not None:
            data["mentions"] = named(state, self.mentions, "data.mentions")
        return Proposal(kind=self.kind, item=ask.item, at=ask.at, data=data)


class _OnUpdate(Command, frozen=True):
    """A command about an update that was posted before; ``entry`` is its id."""

    amends: ClassVar[frozenset[str]] = frozenset({"update.posted"})
    """The kinds of entry it may name."""
    entry: str
    reason: str | None = None

    def check_state(self, state: State, ask: Ask) -> None:
        check_reason(self.reason)
        if state.status == "scheduled":
            raise RefusedError("sitting_scheduled")
        known = self.named(state)
        if known.erased:
            raise RefusedError("update_erased")
        if known.retracted:
            raise RefusedError("update_retracted")
        self.check_seen_by_public(state, ask, known)

    def check_seen_by_public(self, state: State, ask: Ask, named: EntryRef) -> None:
        """What the public reads is changed only where the public sees that it is changed."""
        if named.pos is not None and not is_public(state, self.kind, named.item, ask.at or NOW, self.as_data()):
            raise RefusedError("closed_part_hides")

    def named(self, state: State) -> EntryRef:
        found = entry_of(state, self.entry)
        if found.kind not in self.amends:
            raise InputError("entry_no_update", [Problem.of("entry-no-update", "data.entry", kind=found.kind)])
        return found

    def own(self, state: State, ask: Ask) -> Proposal:
        # The entry stands on the item of what it names, so that a page shows it there.
        return Proposal(kind=self.kind, item=self.item_named(state, ask), at=ask.at, data=self.as_data())

    def item_named(self, state: State, ask: Ask) -> ItemId | None:
        """The item of the named update, which a command may repeat but not change."""
        item = self.named(state).item
        if ask.item is not None and ask.item != item:
            raise InputError("item_not_taken", [Problem.of("item-not-taken", "item")], kind=self.kind)
        return item


class UpdateCorrected(_OnUpdate, frozen=True, kw_only=True):
    """The text as it should have been; the old one stays legible beside it."""

    kind: ClassVar[str] = "update.corrected"
    amends: ClassVar[frozenset[str]] = frozenset({"update.posted", "motion.tabled"})
    is_text: ClassVar[bool] = True
    text: str

    def check_state(self, state: State, ask: Ask) -> None:
        check_text(self.text, "data.text")
        super().check_state(state, ask)


class UpdateRetracted(_OnUpdate, frozen=True):
    """An entry taken back: it should not have been posted. A vote that was none, a motion nobody tabled, too."""

    kind: ClassVar[str] = "update.retracted"
    amends: ClassVar[frozenset[str]] = frozenset(
        {"update.posted", "motion.tabled", "speech.begun", "vote.recorded", "document.attached"}
    )


class UpdatePinned(_OnUpdate, frozen=True):
    """An update kept at the top of the page. Only one is pinned at a time."""

    kind: ClassVar[str] = "update.pinned"

    def check_state(self, state: State, ask: Ask) -> None:
        super().check_state(state, ask)
        # The public page would go on showing the pin before it, and nobody could take that one off.
        if self.named(state).pos is None:
            raise RefusedError("update_not_public")


class UpdateUnpinned(_OnUpdate, frozen=True):
    """The pin taken off."""

    kind: ClassVar[str] = "update.unpinned"

    def check_state(self, state: State, ask: Ask) -> None:
        super().check_state(state, ask)
        if state.pinned != self.entry:
            raise RefusedError("update_not_pinned")


class UpdateErased(_OnUpdate, frozen=True):
    """Personal data removed because the law orders it (GDPR art. 17, CNIL): text and corrections go for good.

    The mark stays: when, by whom, why. ``reason`` is required, and must not repeat what it erases.
    """

    kind: ClassVar[str] = "update.erased"
    amends: ClassVar[frozenset[str]] = frozenset(
        {"update.posted", "motion.tabled", "speech.begun", "document.attached"}
    )

    def check_state(self, state: State, ask: Ask) -> None:
        if self.reason is None:
            raise InputError("reason_needed", [Problem.of("reason-needed", "data.reason")])
        check_reason(self.reason)
        known = self.named(state)
        if known.erased:
            raise RefusedError("update_erased")
        if known.kind == "speech.begun" and not known.third_party:
            # That an elected member spoke in a public sitting is the record itself.
            raise RefusedError("speech_of_member")
        self.check_seen_by_public(state, ask, known)

    def own(self, state: State, ask: Ask) -> Proposal:
        data = {"entry": self.entry, "also": list(self.named(state).amended_by), "reason": self.reason}
        return Proposal(kind=self.kind, item=self.item_named(state, ask), at=ask.at, data=data)
