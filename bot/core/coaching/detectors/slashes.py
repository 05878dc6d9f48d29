"""Dates in two figures: "4/24" and "24.4." are dates where the text writes one of the case so."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from datetime import date

from bot.core.reading.dates import Mention, Reading

_SLASH = re.compile(r"(?<![\d/.,:-])(\d{1,2})/(\d{1,2})(?![\d/%]|[.,]\d)")

# With a point only a day of the case is one: "19.6.", 改到9.18了; what measures anything is a number.
_POINT = re.compile(
    r"(?<![\d/.,:-])(\d{1,2})\.(\d{1,2})(?:\.(?!\d)|(?=[\u4e00-\u9fff，。；、）（(→]|$))(?!\s?(?:[%°]|[万亿千百元块吨米公厘毫平立升克斤度个倍成折亩兆小分秒天周]))"
)

# What is called by a number is a thing: 3号楼.
_NUMBERED_DAY = re.compile(
    r"(?<![\d第编月.])(\d{1,2})号(?![\u4e00-\u9fff]{0,3}[、和及]\d{1,2}号)(?=[了好报开]|$)"
)


def as_the_case_has_it(found: Iterable[Mention], known: Set[date]) -> Iterator[Mention]:
    """The dates with the reading first that is a date of the case."""
    for mention in found:
        ours = [r for r in mention.readings if r.day in known]
        others = [r for r in mention.readings if r.day not in known]
        yield replace(mention, readings=(*ours, *others)) if ours and others else mention


def written_so(
    text: str, found: Sequence[Mention], known: Set[date], today: date
) -> Iterator[Mention]:
    """The dates with a slash that were not found, where one of the text's is a date of the case.

    That one tells which of the two figures is the month.
    """
    written = list(_SLASH.finditer(text))
    order = next((o for match in written for o in _orders(match, known)), None)
    taken = {mention.span[0] for mention in found}
    for match in written if order else ():
        if match.start() in taken or order is None:
            continue
        month, day = (int(match[n]) for n in order)
        near = _nearest(month, day, today)
        if near is not None:
            yield Mention(match.span(), match[0], (Reading(near),))


def pointed(text: str, found: Sequence[Mention], known: Set[date]) -> Iterator[Mention]:
    """The days of the case that are written with a point and were not found."""
    taken = {mention.span[0] for mention in found}
    for match in _POINT.finditer(text):
        pair = int(match[1]), int(match[2])
        day = next((d for d in known if pair in {(d.month, d.day), (d.day, d.month)}), None)
        if day is not None and match.start() not in taken:
            yield Mention(match.span(), match[0], (Reading(day),))


def numbered(text: str, found: Sequence[Mention], known: Set[date]) -> Iterator[Mention]:
    """The days of the case that are called by their number alone and were not found: 28号好."""
    taken = [mention.span for mention in found]
    for match in _NUMBERED_DAY.finditer(text):
        start, end = match.span()
        day = next((d for d in sorted(known) if d.day == int(match[1])), None)
        if day is not None and not any(a < end and start < b for a, b in taken):
            yield Mention(match.span(), match[0], (Reading(day),))


def _orders(match: re.Match[str], known: Set[date]) -> Iterator[tuple[int, int]]:
    """Which group is the month and which the day, by the dates of the case."""
    dates = {(day.month, day.day) for day in known}
    for order in ((1, 2), (2, 1)):
        if (int(match[order[0]]), int(match[order[1]])) in dates:
            yield order


def _nearest(month: int, day: int, today: date) -> date | None:
    """The day of that month that is nearest to today; None where there is none."""
    years = range(today.year - 1, today.year + 2)
    try:
        found = [date(year, month, day) for year in years]
    except ValueError:
        return None
    return min(found, key=lambda one: abs((one - today).days))
