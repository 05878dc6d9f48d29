"""How often something may happen: windows that slide with the fake's clock."""

from collections import defaultdict, deque
from collections.abc import Callable
from datetime import datetime, timedelta

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


class Limits:
    """Counts what was let through."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._seen: dict[str, deque[datetime]] = defaultdict(deque)
        self.on = True

    def allow(self, what: str, most: int, within: timedelta = SECOND) -> bool:
        """Whether it may happen once more; if so, it is counted."""
        if not self.on:
            return True
        now, seen = self._now(), self._seen[f"{what} {within}"]
        while seen and seen[0] <= now - within:
            seen.popleft()
        if len(seen) >= most:
            return False
        seen.append(now)
        return True
