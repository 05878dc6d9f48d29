"""Moments of a message on its way: time to undo, a good slot, hours of work until somebody is late."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.reading.calendars import Calendar, UnknownCalendar, calendar

UNDO = timedelta(seconds=60)
LATE = timedelta(hours=1)  # a message that could not leave for so long is asked about again
CHECK = timedelta(minutes=2)  # after which the outcome of a send is looked for
OPENS, CLOSES = time(9), time(18)
GOOD_FROM = time(9, 30)  # bad news leaves time to call back the same day
UTC = ZoneInfo("UTC")


def good_slot(at: datetime, zone: str, code: str) -> datetime:
    """The next morning, in the reader's zone and by their calendar, that is still to come.

    Early on a working day, so that bad news can be answered before the evening.
    """
    local = at.astimezone(ZoneInfo(zone or "UTC"))
    days = _calendar(code)
    if days.is_working(local.date()) and local.time() < GOOD_FROM:
        return _moment(local, GOOD_FROM)
    morning = datetime.combine(days.add(local.date(), 1), OPENS, tzinfo=local.tzinfo)
    return _moment(morning, GOOD_FROM)


def after_work(at: datetime, hours: int, zone: str, code: str) -> datetime:
    """The moment after so many hours of work, from nine to six on working days."""
    place, days = ZoneInfo(zone or "UTC"), _calendar(code)
    local = at.astimezone(place)
    left = timedelta(hours=hours)
    while True:
        if days.is_working(local.date()):
            start = max(local, _moment(local, OPENS))
            end = _moment(local, CLOSES)
            if start < end:
                if left <= end - start:
                    return (start.astimezone(UTC) + left).astimezone(place)
                left -= end - start
        following = days.add(local.date(), 1)
        local = datetime.combine(following, OPENS, tzinfo=place)


def _moment(day: datetime, at: time) -> datetime:
    """That time of the day; one that a clock change leaves out moves behind the gap."""
    found = datetime.combine(day.date(), at, tzinfo=day.tzinfo)
    return found.astimezone(UTC).astimezone(found.tzinfo)


def _calendar(code: str) -> Calendar:
    try:
        return calendar(code or "none")
    except UnknownCalendar:
        return calendar("none")
