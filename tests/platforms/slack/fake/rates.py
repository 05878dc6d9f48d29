"""Slack's rate limits, off until a test switches them on."""

from collections import deque
from dataclasses import dataclass, field
from math import ceil

from tests.platforms.slack.fake.clock import Clock

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}  # calls a minute, per method and workspace
BURST = 4  # messages in a channel before one a second is held to
A_MINUTE = 60.0


@dataclass(slots=True)
class Rates:
    """How often each method was called lately."""

    clock: Clock
    on: bool = False
    history_is_slow: bool = False  # one look a minute, as outside of the marketplace
    too_early: list[str] = field(default_factory=list)  # methods called before Retry-After was over
    _until: dict[tuple[str, str, str], float] = field(default_factory=dict)
    _calls: dict[tuple[str, str], deque[float]] = field(default_factory=dict)
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)

    def wait(self, method: str, team: str, *, tier: int, channel: str = "") -> int:
        """Seconds to wait before this call is taken; 0 takes and counts it."""
        if not self.on:
            return 0
        if method == "chat.postMessage":
            return self._in_channel(f"{team}/{channel}")
        if method in ("conversations.history", "conversations.replies") and self.history_is_slow:
            tier = 1
        return self._in_minute((method, team), TIERS[tier])

    def hold(self, method: str, token: str, channel: str, seconds: int) -> None:
        """Note that a call was told to wait."""
        self._until[_line(method, token, channel)] = self.clock.epoch + seconds

    def watch(self, method: str, token: str, channel: str) -> None:
        """Note a call that comes before the wait it was told is over."""
        if self.clock.epoch < self._until.get(_line(method, token, channel), 0.0):
            self.too_early.append(method)

    def _in_minute(self, key: tuple[str, str], most: int) -> int:
        now = self.clock.epoch
        calls = self._calls.setdefault(key, deque())
        while calls and now - calls[0] >= A_MINUTE:
            calls.popleft()
        if len(calls) >= most:
            return max(1, ceil(A_MINUTE - (now - calls[0])))
        calls.append(now)
        return 0

    def _in_channel(self, key: str) -> int:
        now = self.clock.epoch
        left, since = self._buckets.get(key, (float(BURST), now))
        left = min(float(BURST), left + now - since)
        if left < 1:
            self._buckets[key] = (left, now)
            return max(1, ceil(1 - left))
        self._buckets[key] = (left - 1, now)
        return 0


def _line(method: str, token: str, channel: str) -> tuple[str, str, str]:
    """What a wait is for: a method, and when posting the channel too."""
    return method, token, channel if method == "chat.postMessage" else ""
