"""Threads that the tests of the record share."""

from datetime import datetime, timedelta

from livesession.domain.entry import Entry
from livesession.domain.ids import Epoch
from livesession.minutes.compiling import public_record, whole_record
from livesession.minutes.document import Head, Record
from tests.clock import NINE
from tests.sittings import PureThread

HEAD = Head(12, "ab" * 32, Epoch("e1"))


def at(minutes: int) -> datetime:
    """That many minutes after nine, UTC; ten in Paris."""
    return NINE + timedelta(minutes=minutes)


def public(thread: PureThread) -> Record:
    """What any reader may have of the thread."""
    return public_record(thread.entries, "plenary", HEAD)


def whole(thread: PureThread) -> Record:
    """All of it."""
    return whole_record(thread.entries, "plenary", HEAD)


def opened(item: str = "budget", **agenda: object) -> PureThread:
    """A sitting opened at nine, its first item at one past."""
    from tests.sittings import agenda as make

    thread = PureThread(make(**agenda))
    thread.send("sitting.opened", at(0))
    thread.send("item.opened", at(1), item=item)
    return thread


def post(thread: PureThread, minutes: int, text: str, item: str | None = "budget") -> Entry:
    """A text of the clerk."""
    return thread.send("update.posted", at(minutes), data={"text": text}, **({"item": item} if item else {}))
