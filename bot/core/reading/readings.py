"""What a date phrase can mean on a given day: readings, ranked, and faults; no text patterns."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from bot.core.reading.calendars import Calendar
from bot.core.words import Text

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_AHEAD = 275  # days, about nine months: a date without a year lies at most this far ahead
_CLEARLY_AHEAD = 183  # days; beyond it the same day of the past year is a second reading
_YEARS_AROUND = 60
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing a date phrase can mean.

    A single day has no `end`. A stretch (a range, a week, mid-June) runs from `day` to `end`.
    "End of June" has the last working day as `day` and the month's last day as `end`, when they
    differ. `exact` is false where no day was named ("next week", "end of the month", "around").
    """

    day: date
    end: date | None = None
    exact: bool = True
    year_given: bool = False

    @property
    def last(self) -> date:
        """The last day that the phrase can mean."""
        return self.end or self.day

    def covers(self, day: date) -> bool:
        """Whether `day` lies in this reading."""
        return self.day <= day <= self.last


@dataclass(frozen=True, slots=True)
class Frame:
    """Where and when a text is read: its normalised form, the original, the day, the calendar.

    `running` is true for dates looked for in a text, false for an answer that should be a date.
    """

    text: str
    raw: str
    today: date
    calendar: Calendar
    running: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A date phrase at `start` to `end`, what it can mean, and the weekday written beside it."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    weekday: int | None = None
    fault: Text | None = None


def unique(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """The readings in order, each once."""
    return tuple(dict.fromkeys(readings))


def day_of_month(
    frame: Frame, month: int, day: int, year: int | None
) -> tuple[tuple[Reading, ...], Text | None]:
    """The readings of a day and month, with or without a year; a fault when there is none."""
    if not 1 <= month <= 12:
        return (), _no_month(month)
    if not 1 <= day <= _LONGEST[month - 1]:
        return (), _no_day(month, day)
    if year is not None:
        if abs(year - frame.today.year) > _YEARS_AROUND:
            return (), _far_year(year)
        if day > monthrange(year, month)[1]:
            return (), _no_leap_day(year)
        return (Reading(date(year, month, day), year_given=True),), None
    found = tuple(Reading(d) for d in nearest(frame.today, month, day))
    return (found, None) if found else ((), _no_leap_day(None))


@lru_cache(maxsize=4096)
def nearest(today: date, month: int, day: int) -> tuple[date, ...]:
    """The sensible years of a day without one: ahead by up to nine months, else the past one.

    More than half a year ahead, the past one comes second. Empty when no such day is near.
    """
    near = [
        date(year, month, day)
        for year in (today.year - 1, today.year, today.year + 1)
        if day <= monthrange(year, month)[1]
    ]
    return sensible(today, near)


def sensible(today: date, near: Sequence[date]) -> tuple[date, ...]:
    """Of the same day in the years around today, in order: those that somebody would mean."""
    ahead = [d for d in near if 0 <= (d - today).days <= _AHEAD][:1]
    past = [d for d in near if d < today][-1:]
    if not ahead:
        return tuple(past or near[-1:])
    return tuple(ahead + past) if (ahead[0] - today).days > _CLEARLY_AHEAD else tuple(ahead)


def next_ordinal(frame: Frame, day: int) -> tuple[tuple[Reading, ...], Text | None]:
    """ "The 12th": this month's when it is still to come, else next month's, then this month's."""
    if not 1 <= day <= 31:
        return (), Text(en=f"No month has a day {day}.", zh=f"没有哪个月有{day}号。")
    today = frame.today
    if day >= today.day and day <= monthrange(today.year, today.month)[1]:
        return (Reading(today.replace(day=day)),), None
    year, month = shift_month(today, 1)
    while day > monthrange(year, month)[1]:
        year, month = shift_month(date(year, month, 1), 1)
    passed = [today.replace(day=day)] if day < today.day else []
    return tuple(Reading(d) for d in (date(year, month, day), *passed)), None


def shift_month(day: date, months: int) -> tuple[int, int]:
    """The year and month that lie `months` after the one of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or that month's last day where it is shorter."""
    year, month = shift_month(day, months)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def month_part(frame: Frame, year: int, month: int, part: str, *, year_given: bool) -> Reading:
    """A month or a part of it: whole, early (1-10), mid (11-20), late (21 to the end), end."""
    last = date(year, month, monthrange(year, month)[1])
    first_day, last_day = {
        "whole": (1, last.day), "early": (1, 10), "mid": (11, 20), "late": (21, last.day),
        "end": (1, last.day),
    }[part]  # fmt: skip
    if part == "end":
        return closing(frame, last, year_given=year_given)
    first, end = date(year, month, first_day), date(year, month, last_day)
    return Reading(first, end, exact=False, year_given=year_given)


def closing(frame: Frame, last: date, *, year_given: bool = False) -> Reading:
    """The end of a period that closes on `last`: its last working day, and `last` itself."""
    day = last if frame.calendar.is_working(last) else frame.calendar.add(last, -1)
    return Reading(day, None if day == last else last, exact=False, year_given=year_given)


def month_readings(frame: Frame, month: int, year: int | None, part: str) -> tuple[Reading, ...]:
    """A part of a named month, in its year or the nearest sensible one."""
    if year is not None:
        if abs(year - frame.today.year) > _YEARS_AROUND:
            return ()
        return (month_part(frame, year, month, part, year_given=True),)
    if month == frame.today.month:
        years = [frame.today.year]
    else:
        years = [d.year for d in nearest(frame.today, month, 1)]
    return tuple(month_part(frame, y, month, part, year_given=False) for y in years)


def quarter_readings(
    frame: Frame, quarter: int, year: int | None, *, end: bool
) -> tuple[Reading, ...]:
    """A quarter, or its end; without a year the first that is not over."""
    given = year is not None
    if year is None:
        over = (frame.today.month - 1) // 3 + 1 > quarter
        year = frame.today.year + (1 if over else 0)
    if abs(year - frame.today.year) > _YEARS_AROUND:
        return ()
    first = date(year, quarter * 3 - 2, 1)
    last = add_months(first, 3) - timedelta(days=1)
    if end:
        return (closing(frame, last, year_given=given),)
    return (Reading(first, last, exact=False, year_given=given),)


def year_readings(frame: Frame, year: int, *, given: bool) -> tuple[Reading, ...]:
    """The end of a year."""
    if abs(year - frame.today.year) > _YEARS_AROUND:
        return ()
    return (closing(frame, date(year, 12, 31), year_given=given),)


def week_of(day: date, weeks: int = 0) -> date:
    """The Monday of the week that lies `weeks` after the one of `day`."""
    return day - timedelta(days=day.weekday()) + _WEEK * weeks


def whole_week(monday: date) -> Reading:
    """A week from Monday to Sunday."""
    return Reading(monday, monday + timedelta(days=6), exact=False)


def week_part(frame: Frame, monday: date, part: str) -> Reading:
    """A part of a week: early (Monday, Tuesday), mid (Tuesday to Thursday), late, end."""
    if part == "end":
        return closing(frame, monday + timedelta(days=6))
    first, last = {"early": (0, 1), "mid": (1, 3), "late": (3, 4)}[part]
    return Reading(monday + timedelta(days=first), monday + timedelta(days=last), exact=False)


def weekend(monday: date) -> Reading:
    """The Saturday and Sunday of the week that begins on `monday`."""
    return Reading(monday + timedelta(days=5), monday + timedelta(days=6), exact=False)


def numbered_week(frame: Frame, week: int, year: int | None) -> tuple[Reading, ...]:
    """An ISO week; without a year this year's, or next year's when that one is long over."""
    given = year is not None
    try:
        if year is None:
            year = frame.today.year
            if date.fromisocalendar(year, week, 7) < frame.today - timedelta(days=90):
                year += 1
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return ()
    return (replace(whole_week(monday), year_given=given),)


def coming(today: date, weekday: int) -> date:
    """The next such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def bare_weekday(today: date, weekday: int) -> tuple[Reading, ...]:
    """ "Friday": the coming one; said on a Friday, today or the coming one."""
    ahead = Reading(coming(today, weekday))
    return (Reading(today), ahead) if today.weekday() == weekday else (ahead,)


def chinese_weekday(today: date, weekday: int) -> tuple[Reading, ...]:
    """周五: this week's (Monday to Sunday); when it has passed, next week's or this week's."""
    if weekday < today.weekday():
        return Reading(coming(today, weekday)), Reading(week_of(today) + timedelta(days=weekday))
    return bare_weekday(today, weekday)


def this_weekday(today: date, weekday: int) -> tuple[Reading, ...]:
    """ "This Friday": the one of this week; when it has passed, the coming one comes first."""
    here = Reading(week_of(today) + timedelta(days=weekday))
    return (here,) if here.day >= today else (Reading(coming(today, weekday)), here)


def next_weekday(today: date, weekday: int) -> tuple[Reading, ...]:
    """ "Next Friday": of next week; or the coming one, where that is another day.

    For tomorrow nobody says "next", so a second reading a week later stands beside it.
    """
    following = week_of(today, 1) + timedelta(days=weekday)
    soon = coming(today, weekday)
    if following == soon and (soon - today).days == 1:
        return Reading(soon), Reading(soon + _WEEK)
    return unique((Reading(following), Reading(soon)))


def last_weekday(today: date, weekday: int) -> tuple[Reading, ...]:
    """ "Last Friday": the latest before today; one of this week could mean the one before."""
    latest = coming(today, weekday) - _WEEK
    if latest == today:
        latest -= _WEEK
    if latest >= week_of(today):
        return Reading(latest), Reading(latest - _WEEK)
    return (Reading(latest),)


def distance(frame: Frame, count: int, unit: str, *, back: bool = False) -> tuple[Reading, ...]:
    """So many days, working days, weeks or months from today; empty when that is absurdly far."""
    limit = {"day": 20_000, "working_day": 5_000, "week": 3_000, "month": 700}[unit]
    if count > limit:
        return ()
    n = -count if back else count
    match unit:
        case "working_day":
            day = frame.calendar.add(frame.today, n)
        case "month":
            day = add_months(frame.today, n)
        case _:
            day = frame.today + timedelta(days=n * (7 if unit == "week" else 1))
    return (Reading(day, exact=unit != "month"),)


def _no_month(month: int) -> Text:
    return Text(en=f"There is no month {month}.", zh=f"没有{month}月。")


def _no_day(month: int, day: int) -> Text:
    name, most = MONTH_NAMES[month - 1], _LONGEST[month - 1]
    last_en, last_zh = (f"{most}", f"{most}") if month != 2 else ("28 or 29", "28或29")
    return Text(
        en=f"There is no {day} {name}: {name} has {last_en} days.",
        zh=f"{month}月没有{day}日，{month}月只有{last_zh}天。",
    )


def _no_leap_day(year: int | None) -> Text:
    if year is None:
        return Text(
            en="29 February comes in leap years only; please name the year.",
            zh="2月29日只在闰年才有，请写明年份。",
        )
    return Text(
        en=f"There is no 29 February {year}: it is not a leap year.",
        zh=f"{year}年没有2月29日，那年不是闰年。",
    )


def _far_year(year: int) -> Text:
    return Text(
        en=f"The year {year} is too far away; please check it.", zh=f"{year}年太远了，请核对年份。"
    )
