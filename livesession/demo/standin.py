"""What the stand-ins have in common: how a post looks to those who follow the account."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StandinPost:
    """A post on a stand-in network, as its readers see it.

    ``reply_to`` is the id of the post it answers, or None; ``depth`` is 0 where a thread begins, 1 where it goes on.
    ``url`` is the post's address for people: on the stand-in's own host where it has pages, else on the real network's.
    """

    id: str
    text: str
    created_at: datetime
    reply_to: str | None
    url: str
    depth: int
