"""The fake's time: it runs by itself from a Monday morning, and a test may move it ahead."""

from datetime import UTC, datetime, timedelta
from time import monotonic

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Clock:
    """Tells the time, aware and in UTC."""

    def __init__(self, start: datetime = MONDAY) -> None:
        self._began = monotonic()
        self._start = start

    def __call__(self) -> datetime:
        """Now."""
        return self._start + timedelta(seconds=monotonic() - self._began)

    def advance(self, by: timedelta) -> None:
        """Move ahead; what falls due on the way is for whoever calls this."""
        self._start += by
