"""When a digest is due, who has it, and under which name the store keeps it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.pings.kinds import Digest
from bot.core.pings.manners import Manners, Schedule, on_day, spread

PREFIX = "digest:"  # of the names under which the store keeps when they are due


def due(digest: Digest, schedule: Schedule, after: datetime, *, who: str) -> datetime:
    """The next moment after that day at which it is due: a working day, or the first of a week."""
    today = schedule.day(after)
    day = schedule.days.add(today, 1)
    if digest.every == "week":
        monday = today + timedelta(days=7 - today.weekday())
        day = monday if schedule.days.is_working(monday) else schedule.days.add(monday, 1)
    return spread(schedule, on_day(schedule, day, digest.at), who)


def is_wanted(digest: Digest, manners: Manners) -> bool:
    """Whether somebody has it; who wants no pings wants no digest."""
    chosen = manners.morning if digest.every == "working_day" else manners.weekly
    return chosen and manners.level != "off"


def name_of(digest: Digest) -> str:
    """The name under which the store keeps when it is due."""
    return f"{PREFIX}{digest.id}"


def named(digests: Sequence[Digest], name: str) -> Digest | None:
    """The digest of such a name."""
    return next((d for d in digests if name_of(d) == name), None)
