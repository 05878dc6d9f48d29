"""A draft against the facts: weekdays, times of day and months that no answer names."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from bot.core.coaching.detectors.draft_facts import has_facts
from bot.core.coaching.detectors.grounds import claim, grounds, spared
from bot.core.coaching.detectors.subject import Day, Hit, Subject
from bot.core.coaching.frames import Span
from bot.core.reading.date_words import CHINESE_WEEKDAYS, WEEKDAYS
from bot.core.reading.numerals import chinese_number, normalise

_WEEKDAY = {
    "en": re.compile(r"\b((?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b"),
    "zh": re.compile(
        r"(?:周|星期|礼拜)([一二三四五六日天])(?![个次期十百千万台件套趟份封条间篇轮批场])"
    ),
}
_CLOCK = {
    "en": re.compile(r"\b(\d{1,2})(?::\d\d|\s?[ap]\.?m\b|\so'clock)"),
    "zh": re.compile(
        r"(\d{1,2}|[一二两三四五六七八九]|十[一二]?)(?:[点时](?!间|段|候|之|左|多|才|就|不|的|效|长|差)|[:：]\d\d)"
    ),
}
_MONTH = re.compile(
    r"january|february|march|april|\bmay\b|june|july|august|september|october|november|december|月"
)
_DAYS = {
    "day": (1, 1),
    "working_day": (1, 1),
    "week": (7, 5),
    "fortnight": (14, 10),
    "month": (30.4, 21.7),
}  # by the calendar, at work
_ROOM, _ROOM_MORE = 0.6, 0.1  # weeks by which a length may be off, and more for each of them
_NEAR = (timedelta(0), timedelta(7), timedelta(-7))  # "late October" for the 26th
_IN_A_SENTENCE = 12  # dates of a sentence that are looked at
_BEFORE = 24  # characters before a length that say of what it is
_LATER = re.compile(r"\s?(?:late\b|later|behind|overdue)")
_BY = re.compile(
    r"(?:\bby|delay of|slip of|delayed|slips?|晚|推迟|延后|延期|推后|推|延|拖)了?"
    r"(?:\s(?:by|about|some|nearly|almost|over|a good|around))?\s?(?:大约|约|近|快|整整|了)?$"
)
_AGREED = re.compile(
    r"\b(?:we are|we're|it is|it's|that is|that's) (?:about |some )?$|比(?:原定|约定|计划|原来|原计划|合同)的?(?:日期|时间)?晚了?(?:近|约|整整)?$"
)  # whose lateness is that of the whole
_BESIDE = 12  # characters between a weekday and its date


def unsupported_weekday(subject: Subject) -> Iterator[Hit]:
    """A weekday on which no day of the case falls and that no answer names.

    One beside a date is that date's: another check compares the two.
    """
    if not subject.is_draft or not has_facts(subject.context):
        return
    facts = grounds(subject.context, subject.today)
    for match in _WEEKDAY[subject.language].finditer(subject.claimed):
        number = WEEKDAYS.get(match[1], CHINESE_WEEKDAYS.get(match[1]))
        soon = (subject.today.weekday() + n for n in (1, 2))
        if (
            number in facts.weekdays
            or number in {day % 7 for day in soon}
            or match[1] in facts.text
            or _of_date(subject, match.span())
        ):
            continue
        if not _unasked(subject, match.start()):
            yield claim(subject, match.span())


def _unasked(subject: Subject, position: int) -> bool:
    """Whether a sentence asks or thanks, or tells of the next contact where nobody was asked for it."""
    contact = subject.among(subject.number_of(position), "contact", "cadence")
    return spared(subject, position) or (contact and not subject.context.next_update)


def _of_date(subject: Subject, span: Span) -> bool:
    near = bisect_left(subject.days, span[0], key=_start)
    return any(
        day.span[0] - _BESIDE <= span[0] <= day.span[1] + 3
        and any(c.isdigit() for c in day.mention.text)
        for day in subject.days[max(0, near - 2) : near + 2]
    )


def _start(day: Day) -> int:
    return day.span[0]


def unsupported_clock(subject: Subject) -> Iterator[Hit]:
    """A time of day that no answer names."""
    if not subject.is_draft or not has_facts(subject.context):
        return
    facts = grounds(subject.context, subject.today)
    for match in _CLOCK[subject.language].finditer(subject.claimed):
        if not _hour_told(match[1], facts.text) and not _unasked(subject, match.start()):
            yield claim(subject, match.span())


def _hour_told(written: str, told: str) -> bool:
    """Whether an hour stands in the facts, in figures or words, of twelve hours or of 24."""
    hour = chinese_number(written)
    if hour is None or written in told:
        return True
    same = {hour, hour + 12, hour - 12} & set(range(1, 25))
    return any(str(one) in told for one in same) or (
        hour in (0, 12) and any(word in told for word in ("noon", "midnight", "中午", "正午"))
    )


def unsupported_month(subject: Subject) -> Iterator[Hit]:
    """A stretch of a month in which no day of the case lies."""
    if not subject.is_draft or not has_facts(subject.context):
        return
    facts = grounds(subject.context, subject.today)
    for day in subject.days:
        if day.exact:
            continue
        month = _MONTH.search(normalise(day.mention.text))
        if month is None or (month[0] != "月" and month[0] in facts.text):
            continue
        if normalise(day.mention.text) in facts.text:
            continue
        if any(
            r.covers(d + apart) for r in day.mention.readings for d in facts.days for apart in _NEAR
        ):
            continue
        if not spared(subject, day.span[0]):
            yield claim(subject, day.span)


def slip_length(subject: Subject) -> Iterator[Hit]:
    """A length of the slip, beside both its dates, that they do not give."""
    known = subject.context
    if not subject.is_draft or known.original_date is None or known.new_date is None:
        return
    apart = (known.new_date - known.original_date).days
    worked = known.working.between(known.original_date, known.new_date)
    for quantity in subject.quantities:
        size, at_work = _DAYS.get(quantity.unit or "", (0, 0))
        if quantity.kind != "duration" or not size or not _of_slip(subject, quantity.span):
            continue
        value = float(quantity.value)
        room = 1.0 if size == 1 else _ROOM + value * _ROOM_MORE
        if min(abs(value - apart / size), abs(value - worked / at_work)) > room:
            yield claim(subject, quantity.span)


def _of_slip(subject: Subject, span: Span) -> bool:
    """Whether a length is that of the slip: "late by", 晚, in a sentence with both its dates."""
    known = subject.context
    days = list(islice(subject.days_in(subject.number_of(span[0])), _IN_A_SENTENCE))
    after = _LATER.match(subject.plain, span[1])
    whole = _AGREED.search(subject.plain, max(0, span[0] - _BEFORE), span[0])
    if whole and (after or not whole[0].isascii()):
        return True
    if not all(any(d.covers(one) for d in days) for one in (known.new_date, known.original_date)):
        return False
    return bool(after or _BY.search(subject.plain, max(0, span[0] - _BEFORE), span[0]))
