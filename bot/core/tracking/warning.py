"""Early warning from a tracker: what makes a first sign in a project whose dates are watched.

A date that was moved, one that has passed undone, or work that does not fit the days that are left at
the pace that was measured. Told once, as the owner's own *at risk* would be.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.core.case import Case
from bot.core.dialogue.pings import morning_after
from bot.core.dialogue.scalars import local_day
from bot.core.effects import Effect, OfferScreen, Show
from bot.core.following.anchors import watched
from bot.core.following.watching import Check
from bot.core.reading.calendars import Calendar, calendar
from bot.core.reading.formats import show_date
from bot.core.tracking.facts import Milestone, ProjectFacts, is_late
from bot.core.tracking.tracked import Count, Followed
from bot.core.tracking.wording import TRACK
from bot.core.words import Text, same

LEAST_DAYS = 5  # working days over which a pace is measured
MOST_DAYS = 15
EARLIEST = timedelta(hours=-1)  # before the morning at which people are reminded
MORNING = timedelta(minutes=50)  # over which the readings of a morning are spread


def next_morning(case: Case, at: datetime) -> datetime:
    """When a watched project is read next: on the next working morning, the same time for a case."""
    due = morning_after(at, zone=case.zone, code=case.calendar, working_days=1)
    place = sum(case.id.encode()) * 37 % int(MORNING.total_seconds())
    return due + EARLIEST + timedelta(seconds=place)


def heeded(before: Case, case: Case, at: datetime) -> tuple[Case, tuple[Effect, ...]]:
    """The case with a first sign where the facts are one for a watched project; once."""
    followed, was = case.tracking.followed, before.tracking.followed
    if followed is None or followed.facts is None or not case.watch or followed.signed:
        return case, ()
    today = local_day(case, at)
    found = sign(was.facts if was else None, followed, today=today, days=_days(case))
    if found is None:
        return case, ()
    what, said = found
    number = next((n for n, name, _ in watched(case) if name.casefold() == what.casefold()), 0)
    told = replace(case.tracking, followed=replace(followed, signed=True))
    after = replace(case, tracking=told, checks=(*case.checks, Check(number, at, 0)))
    offer = OfferScreen(TRACK.sign.fill(project=same(followed.name), what=said), ("sign",))
    return after, (Show(f"after:{case.revision + 1}", offer),)


def sign(
    was: ProjectFacts | None, followed: Followed, *, today: date, days: Calendar
) -> tuple[str, Text] | None:
    """What it is about, and the sentence; None where nothing speaks for a delay."""
    facts = followed.facts
    if facts is None:
        return None
    return _moved(was, followed) or _slipped(followed, today) or _too_slow(followed, today, days)


def _moved(was: ProjectFacts | None, followed: Followed) -> tuple[str, Text] | None:
    """A date that stands later than at the last reading, though it is not done."""
    old = {(m.kind, m.ref): m.due for m in was.milestones} if was else {}
    for m in _milestones(followed):
        before = old.get((m.kind, m.ref))
        if before is not None and m.due is not None and m.due > before and m.state != "done":
            said = TRACK.moved.fill(
                tracker=followed.origin.label, what=same(m.name), old=_day(before), new=_day(m.due)
            )
            return m.name, said
    return None


def _slipped(followed: Followed, today: date) -> tuple[str, Text] | None:
    """A milestone or release that is past its day and not done; of a sprint nobody was told."""
    for m in _milestones(followed):
        if m.kind != "sprint" and m.due is not None and is_late(m.due, m.state, today):
            said = TRACK.slipped.fill(
                tracker=followed.origin.label, what=same(m.name), day=_day(m.due)
            )
            return m.name, said
    return None


def _too_slow(followed: Followed, today: date, days: Calendar) -> tuple[str, Text] | None:
    """The items that are left, at the pace of the last working days, against the day of the end."""
    whole = followed.facts.whole if followed.facts else None
    pace = _pace(followed.past, days)
    if whole is None or whole.due is None or pace is None or not followed.past:
        return None
    (count, measured), last = pace, followed.past[-1]
    left = last.total - last.done
    if count <= 0 or left <= 0 or whole.due < today:
        return None
    until = days.add(today, -(-left * measured // count))
    if until <= whole.due:
        return None
    said = TRACK.too_slow.fill(
        tracker=followed.origin.label, left=left, days=measured, count=count,
        until=_day(until), due=_day(whole.due),
    )  # fmt: skip
    return whole.name, said


def _pace(past: tuple[Count, ...], days: Calendar) -> tuple[int, int] | None:
    """Items done, and in how many working days; None where too few days were measured."""
    if not past:
        return None
    last = past[-1]
    for first in past:
        measured = days.between(first.day, last.day)
        if LEAST_DAYS <= measured <= MOST_DAYS:
            return last.done - first.done, measured
    return None


def _milestones(followed: Followed) -> tuple[Milestone, ...]:
    return followed.facts.milestones if followed.facts else ()


def _days(case: Case) -> Calendar:
    try:
        return calendar(case.calendar)
    except LookupError:
        return calendar("none")


def _day(day: date) -> Text:
    return Text(en=show_date(day, "en"), zh=show_date(day, "zh"))
