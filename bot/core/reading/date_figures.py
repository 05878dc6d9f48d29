"""Dates in figures alone, and lists of days of one month: the parts that both languages share."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from bot.core.reading.date_words import (
    FLAGS,
    ORDINAL,
    between,
    moved,
    near_year,
    short_year_date,
    slash_date,
)
from bot.core.reading.readings import Found, Frame, Reading, day_of_month, shift_month, unique

Rule = Callable[[Frame, int], tuple[Found, ...]]

_MONTH_FIRST = frozenset({"US", "CN", "TW", "HK", "JP", "KR"})
_MONTH_FIRST_WITH_YEAR = frozenset({"US"})
_ALWAYS = "24/7"  # round the clock, not 24 July
_STRETCH = re.compile(r"[~-]|\b(?:to|until|till|through)\b|[到至]", FLAGS)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/-]|\.\d)(?!-?[a-su-z])", FLAGS)
_THREE = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2}|\d)(?![\d/-]|\.\d)(?!-?[a-z])", FLAGS)
_TWO = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?![\d/-]|\.\d)(?![a-z%])", FLAGS)
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)(?!\d)", FLAGS)
_ONE_DAY = re.compile(rf"(\d{{1,2}})(?:{ORDINAL})?", FLAGS)


def year_first(frame: Frame, at: int) -> tuple[Found, ...]:
    """2026-12-04, 2026/12/4, 2026.12.4; as an answer also 20261204."""
    match = _YEAR_FIRST.match(frame.text, at)
    if match:
        year, month, day = int(match[1]), int(match[3]), int(match[4])
    elif not frame.running and (match := _COMPACT.match(frame.text, at)):
        year, month, day = (int(part) for part in match.groups())
    else:
        return ()
    if frame.running and (month > 12 or day > 31) and "." in match[0]:
        return ()
    readings, fault = day_of_month(frame, month, day, year)
    return (Found(at, match.end(), readings, fault=fault),)


def year_last(frame: Frame, at: int) -> tuple[Found, ...]:
    """4/12/2026, 4.12.2026, 26.12.4: day or month first, or a year of two figures."""
    match = _THREE.match(frame.text, at)
    if not match:
        return ()
    short = len(match[4]) < 4
    if frame.running and short and not short_year_date(frame, at):
        return ()
    a, b, c = int(match[1]), int(match[3]), int(match[4])
    orders: list[tuple[int, int, int | None]] = []  # day, month, year
    if short and len(match[1]) == 2 and near_year(frame, a):
        orders.append((c, b, 2000 + a))
    if not short or (len(match[4]) == 2 and near_year(frame, c)):
        year = 2000 + c if short else c
        orders += _day_month_orders(frame, a, b, dotted=match[2] == ".", year=year)
    return _first_valid(frame, at, match.end(), orders)


def slash(frame: Frame, at: int) -> tuple[Found, ...]:
    """12/4: two readings where both can be; as an answer also 12.4 and 12-4."""
    match = _TWO.match(frame.text, at)
    if not match:
        return ()
    if frame.running and (match[2] != "/" or match[0] == _ALWAYS):
        return ()
    if frame.running and not slash_date(frame, at, match.end()):
        return ()
    orders = _day_month_orders(frame, int(match[1]), int(match[3]), dotted=False, year=None)
    found = _first_valid(frame, at, match.end(), orders)
    return () if frame.running and found and found[0].fault else found


def day_list(
    frame: Frame, days: tuple[int, int], whole: tuple[int, int], month: int, year: int | None
) -> tuple[Found, ...]:
    """The days named one after another at `days`, all of one month; `whole` spans the month too.

    Days joined by a dash or "to" are a stretch, unless a verb of moving makes them two dates.
    """
    pieces = list(_ONE_DAY.finditer(frame.text, *days))
    if frame.running and not all(1 <= int(piece[1]) <= 31 for piece in pieces):
        return ()
    apart = moved(frame, whole[0])
    bounded = between(frame, whole[0]) and len(pieces) == 2
    found: list[Found] = []
    joined = False  # whether the next day closes a stretch
    for n, piece in enumerate(pieces):
        start = whole[0] if n == 0 else piece.start()
        end = whole[1] if n == len(pieces) - 1 else piece.end()
        readings, fault = day_of_month(frame, month, int(piece[1]), year)
        here = Found(start, end, readings, fault=fault)
        stretched = joined and stretch(found[-1], here, partial=True)
        if stretched:
            found[-1] = stretched
        else:
            found.append(here)
        gap = frame.text[piece.end() : pieces[n + 1].start()] if n + 1 < len(pieces) else ""
        joined = not apart and (bounded or _STRETCH.search(gap) is not None)
    return tuple(found)


def stretch(first: Found, last: Found, *, partial: bool = False) -> Found | None:
    """One stretch from `first` to `last`; None when that would run backwards or a part is amiss.

    A `partial` first day took its month from the last one: "29 to 3 June" begins in May.
    """
    if first.fault or last.fault or not first.readings or not last.readings:
        return None
    readings = []
    for end in last.readings:
        start = _start_before(first, end, partial=partial)
        if start is not None:
            given = end.year_given
            readings.append(Reading(start, end.last, exact=end.exact, year_given=given))
    if not readings:
        return None
    return Found(first.start, last.end, unique(readings), first.weekday)


def _start_before(first: Found, end: Reading, *, partial: bool) -> date | None:
    """The start that lies before `end`, moved back by a month or a year where that mends it."""
    start = first.readings[0].day
    if partial and start.day > end.last.day:
        return _moved(end.last, months=-1, day=start.day)
    if not first.readings[0].year_given:
        years = end.last.year - (start.month > end.last.month) - start.year
        moved_start = _moved(start, months=12 * years, day=start.day)
        return moved_start if moved_start and moved_start < end.last else None
    return start if start < end.last else None


def _moved(start: date, *, months: int, day: int) -> date | None:
    year, month = shift_month(start, months)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_month_orders(
    frame: Frame, a: int, b: int, *, dotted: bool, year: int | None
) -> list[tuple[int, int, int | None]]:
    """Both orders of two figures as (day, month, year), the likelier one of the calendar first.

    With dots and a year the day comes first everywhere (4.12.2026).
    """
    day_first, month_first = (a, b, year), (b, a, year)
    if dotted:
        return [day_first] if b <= 12 else [month_first]
    country = frame.calendar.code.partition("-")[0]
    habit = _MONTH_FIRST_WITH_YEAR if year else _MONTH_FIRST
    return [month_first, day_first] if country in habit else [day_first, month_first]


def _first_valid(
    frame: Frame, start: int, end: int, orders: Sequence[tuple[int, int, int | None]]
) -> tuple[Found, ...]:
    """Every order that names a day; the first order's fault when none does."""
    read = [day_of_month(frame, month, day, year) for day, month, year in orders]
    readings = unique(r for some, _ in read for r in some)
    if readings:
        return (Found(start, end, readings),)
    faults = [fault for _, fault in read if fault]
    plausible = [order for order in orders if order[1] <= 12 and order[0] <= 31]
    if not faults or (frame.running and not plausible):
        return ()
    return (Found(start, end, (), fault=faults[0]),)
