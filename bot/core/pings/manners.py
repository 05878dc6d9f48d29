"""When a person may be reminded: in their zone, at work, not in quiet hours, not on a day off.

All of it is by the wall clock of the person's own zone, so that a change to summer time moves
nothing into the night; what comes back are instants.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.core.pings.kinds import Level
from bot.core.reading.calendars import Calendar, UnknownCalendar, calendar
from bot.core.words import PersonId

SPREAD = timedelta(minutes=10)  # so that a team's pings do not all come at nine sharp
LATER = timedelta(hours=3)
MORNING = time(9)
_FURTHEST = 800  # days to look for a working one; a pause begins the search anew

Snooze = Literal["later_today", "tomorrow", "next_working_day", "date"]


@dataclass(frozen=True, slots=True)
class Manners:
    """What somebody has settled about being reminded."""

    work_from: time = time(9)
    work_until: time = time(18)
    quiet_from: time | None = None  # nothing comes from then on
    quiet_until: time | None = None
    paused_until: datetime | None = None
    level: Level = "standard"
    never: str = ""  # why nothing is to come, where the level is off
    lead: PersonId | None = None  # who is told, once, when two pings stay unanswered
    lead_name: str = ""
    away_until: datetime | None = None  # a deputy is asked instead; without one, it waits
    deputy: PersonId | None = None
    deputy_name: str = ""
    morning: bool = True  # a digest of the day, where there is anything to say
    weekly: bool = True  # and one of the week

    def __post_init__(self) -> None:
        """Refuse hours in which nobody could ever be reached."""
        if self.work_from >= self.work_until:
            raise ValueError("work begins before it ends: set the hours the other way round")
        if all(self.is_quiet(t) for t in _edges(self) if self.is_work(t)):
            raise ValueError("quiet hours leave no time to be reached: leave some of the day free")

    @property
    def absent_until(self) -> datetime | None:
        """The end of a pause or an absence, the later one; it may be over."""
        found = [at for at in (self.paused_until, self.away_until) if at is not None]
        return max(found, default=None)

    def is_quiet(self, at: time) -> bool:
        """Whether this time of day is quiet; quiet hours may go over midnight."""
        if self.quiet_from is None or self.quiet_until is None:
            return False
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until

    def is_work(self, at: time) -> bool:
        """Whether this time of day is within the hours of work."""
        return self.work_from <= at < self.work_until


def _edges(manners: Manners) -> tuple[time, ...]:
    """The times of day at which it may become possible to remind somebody."""
    return (manners.work_from, *((manners.quiet_until,) if manners.quiet_until else ()))


@dataclass(frozen=True, slots=True)
class Schedule:
    """A person's days: their zone, their working calendar, and their manners."""

    zone: str  # IANA name
    code: str  # of the working calendar
    manners: Manners = field(default_factory=Manners)

    @property
    def place(self) -> ZoneInfo:
        """The zone."""
        return ZoneInfo(self.zone)

    @property
    def days(self) -> Calendar:
        """The working days; where nobody knows the calendar, all days but weekends."""
        try:
            return calendar(self.code)
        except UnknownCalendar:
            return calendar("none")

    def day(self, at: datetime) -> date:
        """The day that it is for this person."""
        return at.astimezone(self.place).date()


def allowed(schedule: Schedule, at: datetime) -> bool:
    """Whether this person may be reminded at this instant."""
    manners = schedule.manners
    absent = manners.absent_until
    if absent is not None and at < absent:
        return False
    local = at.astimezone(schedule.place)
    clock = local.time()
    if not manners.is_work(clock) or manners.is_quiet(clock):
        return False
    return schedule.days.is_working(local.date())


def next_moment(schedule: Schedule, at: datetime) -> datetime:
    """The first instant from `at` on, in UTC, at which this person may be reminded.

    Raises OverflowError when there is none in the next two years.
    """
    absent = schedule.manners.absent_until
    at = max(at, absent) if absent is not None else at
    if allowed(schedule, at):
        return at.astimezone(UTC)
    first = schedule.day(at)
    for n in range(_FURTHEST):
        day = first + timedelta(days=n)
        if not schedule.days.is_working(day):
            continue
        found = [m for m in _begins(schedule, day) if m >= at and allowed(schedule, m)]
        if found:
            return min(found)
    raise OverflowError(f"no working moment in the {_FURTHEST} days after {at}")


def spread(schedule: Schedule, at: datetime, key: str) -> datetime:
    """A moment up to ten minutes later, the same for a key each time; never where none is allowed."""
    later = at + timedelta(seconds=sum(key.encode()) * 37 % int(SPREAD.total_seconds()))
    return later if allowed(schedule, later) else at


def carried(old: Schedule, new: Schedule, due: datetime, at: datetime) -> datetime:
    """The moment with the same day and time by the clock of `new`, or the next one allowed there.

    What is due by now stays so.
    """
    if due <= at:
        return due
    local = due.astimezone(old.place).replace(tzinfo=new.place, fold=0)
    return next_moment(new, max(local.astimezone(UTC), at))


def on_day(schedule: Schedule, day: date, at: time | None = None) -> datetime:
    """The first allowed moment on that local day from the time `at` on, or the first one after it.

    Without a time, from nine on, so that all of a morning comes together. A time that a clock change leaves out moves behind
    the gap; of one that comes twice, the first counts.
    """
    wanted = datetime.combine(day, at or MORNING, tzinfo=schedule.place)
    return next_moment(schedule, wanted.astimezone(UTC))


def snoozed(
    schedule: Schedule, wish: Snooze, at: datetime, *, day: date | None = None
) -> datetime | None:
    """When it comes again; None for a day that is over, or that was not said."""
    today = schedule.day(at)
    match wish:
        case "later_today":
            return next_moment(schedule, at + LATER)
        case "tomorrow":
            return on_day(schedule, today + timedelta(days=1))
        case "next_working_day":
            return on_day(schedule, schedule.days.add(today, 1))
        case "date":
            return on_day(schedule, day) if day is not None and day > today else None


def snoozes(schedule: Schedule, at: datetime) -> tuple[Snooze, ...]:
    """What can be offered now: later today only while today lasts, tomorrow where one works then."""
    today = schedule.day(at)
    offered: list[Snooze] = []
    later = snoozed(schedule, "later_today", at)
    if later is not None and schedule.day(later) == today:
        offered.append("later_today")
    tomorrow = today + timedelta(days=1)
    offered.append("tomorrow" if schedule.days.is_working(tomorrow) else "next_working_day")
    return (*offered, "date")


def _begins(schedule: Schedule, day: date) -> Iterator[datetime]:
    """The instants of a local day at which it may become possible; both where the hour comes twice."""
    for clock in _edges(schedule.manners):
        for fold in (0, 1):
            local = datetime.combine(day, clock.replace(fold=fold), tzinfo=schedule.place)
            yield local.astimezone(UTC)
