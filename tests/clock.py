"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

NINE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


class Clock:
    """Call it for the time; ``forward`` moves it, and lets no test wait."""

    def __init__(self, now: datetime = NINE) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> datetime:
        """Move on by hours, minutes, seconds …; returns the new time."""
        self.now += timedelta(**by)
        return self.now
