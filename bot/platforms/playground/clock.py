"""The playground's clock: the real time, moved ahead as far as somebody wished."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from bot.core.reading.calendars import calendar
from bot.engine.inbound import Profile

Jump = Literal["now", "hour", "working_day", "monday"]
MOST = timedelta(days=3660)  # further ahead, calendars and zones know nothing


class MovedClock:
    """Tells the time. The offset is kept in a file, so that a restart does not turn time back."""

    def __init__(self, real: Callable[[], datetime], kept_in: Path | None = None) -> None:
        self._real = real
        self._kept_in = kept_in
        self._offset = _read(kept_in)

    def __call__(self) -> datetime:
        """Now, aware and in UTC."""
        return self._real() + self._offset

    def real(self) -> datetime:
        """The time without any offset."""
        return self._real()

    @property
    def is_moved(self) -> bool:
        """Whether the clock differs from the real time."""
        return bool(self._offset)

    def move_to(self, at: datetime) -> None:
        """Make it `at`; a time before the real one is the real one, and ten years are the most."""
        ahead = at - self._real()
        self._offset = min(max(ahead, timedelta(0)), MOST)
        if self._kept_in is not None:
            self._kept_in.write_text(str(int(self._offset.total_seconds())), encoding="ascii")


def target(now: datetime, to: Jump, profile: Profile, *, real: datetime) -> datetime:
    """The instant that a jump leads to, in the zone and by the calendar of the person."""
    local = now.astimezone(ZoneInfo(profile.zone))
    match to:
        case "now":
            return real
        case "hour":
            return now + timedelta(hours=1)
        case "working_day":
            day = calendar(profile.calendar).add(local.date(), 1)
            return datetime.combine(day, local.timetz()).astimezone(UTC)
        case "monday":
            day = local.date() + timedelta(days=7 - local.weekday())
            return datetime.combine(day, time(9, tzinfo=local.tzinfo)).astimezone(UTC)


def _read(kept_in: Path | None) -> timedelta:
    if kept_in is None or not kept_in.exists():
        return timedelta(0)
    words = kept_in.read_text(encoding="ascii", errors="replace").strip()
    seconds = int(words) if words.isdecimal() and len(words) < 12 else 0
    return min(timedelta(seconds=seconds), MOST)
