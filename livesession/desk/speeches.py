"""Who speaks: the list of those who asked for the floor, who has it, and for how long."""

from typing import Any, ClassVar

from livesession.desk.commands import Ask, Command, named, require_status
from livesession.domain.sitting import State
from livesession.domain.text import MAX_LINE, check_text
from livesession.errors import InputError, Problem, RefusedError
from livesession.thread.log import Proposal

MAX_ALLOTTED = 24 * 3600


class SpeechRequested(Command, frozen=True):
    """A member asks for the floor, and stands at the end of the list."""

    kind: ClassVar[str] = "speech.requested"
    member: str

    def check_state(self, state: State, ask: Ask) -> None:
        require_status(state, "open", "suspended")
        named(state, [self.member], "data.member")
        if any(waiting["id"] == self.member for waiting in state.speakers):
            raise RefusedError("speech_requested_already")

    def own(self, state: State, ask: Ask) -> Proposal:
        data = {"members": named(state, [self.member], "data.member")}
        return Proposal(kind=self.kind, item=ask.item or state.current, at=ask.at, data=data)


class SpeechWaived(Command, frozen=True):
    """A member who had asked for the floor does without."""

    kind: ClassVar[str] = "speech.waived"
    member: str

    def check_state(self, state: State, ask: Ask) -> None:
        if not any(waiting["id"] == self.member for waiting in state.speakers):
            raise RefusedError("speech_not_requested")

    def own(self, state: State, ask: Ask) -> Proposal:
        data = {"members": [dict(waiting) for waiting in state.speakers if waiting["id"] == self.member]}
        return Proposal(kind=self.kind, item=ask.item or state.current, at=ask.at, data=data)


class SpeechBegun(Command, frozen=True):
    """A member, or somebody who is none by ``name``, has the floor; whoever spoke before has ended.

    ``role`` says what a non-member is (director, guest). ``allotted`` is the speaking time in seconds.
    """

    kind: ClassVar[str] = "speech.begun"
    is_text: ClassVar[bool] = True
    moves_sitting: ClassVar[bool] = True
    member: str | None = None
    name: str | None = None
    role: str | None = None
    allotted: int | None = None

    def check_shape(self) -> None:
        if (self.member is None) == (self.name is None):
            raise InputError("speaker_one", [Problem.of("speaker-one", "data")])
        for field in ("name", "role"):
            if (value := getattr(self, field)) is not None:
                check_text(value, f"data.{field}", limit=MAX_LINE)
        if self.allotted is not None and not 1 <= self.allotted <= MAX_ALLOTTED:
            raise InputError("speech_allotted", [Problem.of("speech-allotted", "data.allotted", limit=MAX_ALLOTTED)])

    def check_state(self, state: State, ask: Ask) -> None:
        require_status(state, "open")
        if self.member is not None:
            named(state, [self.member], "data.member")
            if state.speech is not None and state.speech.speaker.get("id") == self.member:
                raise RefusedError("speech_begun_already")

    def own(self, state: State, ask: Ask) -> Proposal:
        if self.member is not None:
            people = named(state, [self.member], "data.member")
        else:
            people = [{"name": self.name or ""} | ({"role": self.role} if self.role is not None else {})]
        data: dict[str, Any] = {"members": people}
        if self.allotted is not None:
            data["allotted"] = self.allotted
        return Proposal(kind=self.kind, item=ask.item or state.current, at=ask.at, data=data)


class SpeechEnded(Command, frozen=True):
    """The one who spoke has ended; ``entry`` is where the speech began. Who is no member is not named a second time."""

    kind: ClassVar[str] = "speech.ended"
    moves_sitting: ClassVar[bool] = True

    def check_state(self, state: State, ask: Ask) -> None:
        if state.speech is None:
            raise RefusedError("speech_none")
        if ask.at is not None and ask.at < state.speech.since:
            raise InputError("time_before_speech", [Problem.of("time-before-speech", "at")])

    def own(self, state: State, ask: Ask) -> Proposal:
        assert state.speech is not None, "checked above"
        speech = state.speech
        data: dict[str, Any] = {"entry": speech.entry}
        if "id" in speech.speaker:
            data["members"] = [dict(speech.speaker)]
        return Proposal(kind=self.kind, item=speech.item, at=ask.at, data=data)
