"""A count of days from one date, beside another date that it should lead to."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta

from bot.core.coaching.detectors.subject import Day, Hit, Subject
from bot.core.reading.quantities import Quantity

_UNITS = ("working_day", "day", "week")
_ROUNDED = 2  # days by which weeks may be off, which are told rounded
_MOST = 1000  # days or weeks that are counted
_FROM_EN = re.compile(
    r" (?:after|past|later than)(?: [a-z][a-z' -]{0,40})? "
)  # "9 days after the test on "
_FROM_ZH = re.compile(r" ?(?:之后|以后|后|起|之日起)的? ?")
_FAR_EN, _FAR_ZH = 64, 8  # characters, which is more than either can be long
_FROM_THE_FIRST = "起"  # where the first day counts too
_SAME_AFTER = re.compile(
    r"\W{0,3}(?:that is|this is|which is|i\.?e\.?|so|meaning|=|即|也就是|就是|正好是|到|为|是)?"
    r"\W{0,3}(?:on |by )?"
)
_SAME_BEFORE = re.compile(
    r"\W{0,2}(?:that is|which is|i\.?e\.?|=|exactly|just)?\W{0,2}"
    r"|[^,。;]{0,6}[,(]? ?(?:即|也就是|就是|正好是|相当于)|\("
)


def count_conflict(subject: Subject) -> Iterator[Hit]:
    """ "15 June, 9 working days after 29 May", where it comes to another day."""
    if subject.task.place not in {"plan", "draft"}:
        return
    for counted in subject.quantities:
        if counted.kind != "duration" or counted.unit not in _UNITS or counted.value > _MOST:
            continue
        found = _from(subject, counted)
        named = _named(subject, counted, found) if found is not None else None
        if found is None or named is None or named.first in _days(subject, counted, found):
            continue
        spans = (counted.span, found.span, named.span)
        span = min(a for a, _ in spans), max(b for _, b in spans)
        yield Hit("plan.date_conflict", span, {"text": subject.text[slice(*span)].strip()})
        return


def _from(subject: Subject, counted: Quantity) -> Day | None:
    """The day that is counted from: after the count in English, before it in Chinese."""
    start, end = counted.span
    days = subject.days  # in order; most of a long text is too far away
    for at in range(bisect_left(days, start - _FAR_ZH, key=_end), len(days)):
        day = days[at]
        if day.span[0] > end + _FAR_EN:
            break
        if not day.single:
            continue
        if _FROM_EN.fullmatch(subject.plain, end, day.span[0]):
            return day
        if _FROM_ZH.fullmatch(subject.plain, day.span[1], start):
            return day
    return None


def _end(day: Day) -> int:
    return day.span[1]


def _named(subject: Subject, counted: Quantity, start: Day) -> Day | None:
    """The day that is named as what the count comes to, directly before or behind it."""
    first = min(counted.span[0], start.span[0])
    last = max(counted.span[1], start.span[1])
    for day in subject.days:
        if not day.single:
            continue
        if _SAME_AFTER.fullmatch(subject.plain, last, day.span[0]):
            return day
        if _SAME_BEFORE.fullmatch(subject.plain, day.span[1], first):
            return day
    return None


def _days(subject: Subject, counted: Quantity, start: Day) -> set[date]:
    """The days that the count can mean; plain days are often working days."""
    number = int(counted.value)
    working = subject.context.working
    if counted.unit == "week":
        exact = start.first + timedelta(weeks=number)
        return {exact + timedelta(days=n) for n in range(-_ROUNDED, _ROUNDED + 1)}
    found = {working.add(start.first, number)}
    if counted.unit == "day":
        found.add(start.first + timedelta(days=number))
    if subject.plain[start.span[1] :].lstrip().startswith(_FROM_THE_FIRST):
        before = start.first - timedelta(days=1)
        found |= {working.add(before, number), before + timedelta(days=number)}
    return found
