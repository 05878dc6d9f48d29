"""Which days of a draft follow from the facts, or need none: relative ones, the next contact, an answer."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from bot.core.coaching.detectors.coverage import scanned
from bot.core.coaching.detectors.fact_numbers import in_days
from bot.core.coaching.detectors.grounds import LONGEST, asks
from bot.core.coaching.detectors.subject import Day, Subject
from bot.core.coaching.detectors.uncounted import is_no_number
from bot.core.reading.quantities import Quantity

_BARE_DAYS = re.compile(
    r"(?:[a-z]{3,6}day,? )?(?:the )?(\d{1,2})(?:st|nd|rd|th|号|日)(?:\s?(?:to|until|till|and|-|至|到)\s?(?:the )?(\d{1,2})(?:st|nd|rd|th|号|日))?"
)
_BY_DAY = re.compile(r"\b(?:by|before|until)\b|[前]")
_FIRST = re.compile(r"\bfirst\b|首次|第一次|头一次|首份|第一份")
_FIRST_REACH = 40  # characters before a date, and half as many after it
_FEW, _FEWEST = 6, 3  # days and numbers of a sentence that are looked at; what counts in days
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def derivable(subject: Subject, day: Day, known: frozenset[date]) -> bool:
    """Whether a date is known, relative, no single day, or that of the next contact."""
    mention = day.mention
    if not day.exact or not _DIGITS.search(mention.text):
        return True
    ends = [{r.day, r.last} for r in mention.readings]
    if any(pair <= known for pair in ends):
        return True
    bare = _BARE_DAYS.fullmatch(mention.text.strip().lower())
    if bare and {int(n) for n in bare.groups() if n} <= {d.day for d in known}:
        return True
    number = subject.number_of(day.span[0])
    if _counted_on(subject, day, known):
        return True
    new = subject.context.new_date
    if not subject.context.ask and _requested(subject, day) and day.first != new:
        return True  # by when an answer is wanted
    contact = subject.among(number, "contact", "cadence")
    moved = subject.among(number, "date_moves") or day.first == new
    return contact and not moved and not _other_first(subject, day)


def _counted_on(subject: Subject, day: Day, known: frozenset[date]) -> bool:
    """Whether a known day of the same sentence and a length there give a day: from 11 May, eight days."""
    number = subject.number_of(day.span[0])
    start, end = subject.sentences[number]
    if end - start > LONGEST:
        return False
    found = subject.quantities
    first, last = (bisect_left(found, at, key=_start) for at in (start, end))
    own = (q for q in found[first:last][:_FEW] if not is_no_number(subject, q))
    lengths = [n for q in own for n in _in_days(q)]
    from_there = [d.first for d in subject.days_in(number) if d.first in known][:_FEW]
    working = subject.context.working
    return any(
        abs((day.first - base).days - n) <= 1 or abs(working.between(base, day.first) - n) <= 1
        for base in from_there
        if base < day.first
        for n in lengths
    )


def _in_days(quantity: Quantity) -> Iterator[float]:
    """A length in days; a count may be of what takes a day each."""
    if quantity.kind == "count" and quantity.value > _FEWEST:
        yield float(quantity.value)
    yield from in_days(quantity)


def _start(quantity: Quantity) -> int:
    return quantity.span[0]


def _other_first(subject: Subject, day: Day) -> bool:
    """Whether a date is told as that of the first report, for which an answer has another one."""
    known = subject.context
    given = scanned(known.next_update or "", subject.today, known.working)[0]
    near = (max(0, day.span[0] - _FIRST_REACH), day.span[1] + _FIRST_REACH // 2)
    if not given or _FIRST.search(subject.plain, *near) is None:
        return False
    here = subject.days_in(subject.number_of(day.span[0]))
    return not any(other.covers(one) for other in here for one in given)


def _requested(subject: Subject, day: Day) -> bool:
    """Whether a date is the one by which something is asked for: "please tell me by", 请…前."""
    start, end = day.span
    by = _BY_DAY.search(subject.plain, max(0, start - 12), end + 2)
    number = subject.number_of(start)
    first, last = subject.sentences[number]
    if by is None or last - first > LONGEST:
        return False
    asked = subject.among(number, "customer_action", "choice")
    return asked or asks(subject.claimed[first:last])
