"""The fake's time: it runs by itself from a Monday morning, and a test may move it ahead."""

import math
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
        return self._start + timedelta(seconds=max(monotonic() - self._began, 0.0))

    def stand(self) -> None:
        """From now on time moves by `advance` alone, however slow the machine is."""
        self._start, self._began = self(), math.inf

    def advance(self, by: timedelta) -> None:
        """Move ahead; what falls due on the way is for whoever calls this."""
        self._start += by
