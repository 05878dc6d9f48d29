"""The fake's clock: the real one, moved ahead as far as a test wishes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import time

from tests.patience import passed


class Clock:
    """The time that ids, triggers, response URLs and rate limits go by."""

    def __init__(self, now: Callable[[], datetime] | None = None) -> None:
        self._now = now or real_now
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return self._now() + self._ahead

    def move(self, by: timedelta) -> None:
        """Let time pass at once."""
        self._ahead += by

    @property
    def passed(self) -> float:
        """Seconds that have passed: as they do for this process, and those that were moved."""
        return passed() + self._ahead.total_seconds()

    @property
    def epoch(self) -> float:
        """Seconds since 1970."""
        return self().timestamp()


def real_now() -> datetime:
    return datetime.now(UTC)


def real_epoch() -> int:
    """Real seconds since 1970: an app checks signatures by its own real clock."""
    return int(time())
