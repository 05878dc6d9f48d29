"""Dates with a slash: "4/24" is a date where the text writes a date of the case so, else a ratio."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from datetime import date

from bot.core.reading.dates import Mention, Reading

_SLASH = re.compile(r"(?<![\d/.,:-])(\d{1,2})/(\d{1,2})(?![\d/%]|[.,]\d)")


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
