"""Duties that run by the calendar: telling in time, the contract's notice, the customer's date."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.core.coaching.detectors.overlap import content_words
from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.reading.formats import write_date
from bot.core.reading.numerals import normalise
from bot.core.words import Text, same

_NUMBER = re.compile(r"\d{3,}")  # a day that is called by its number
_FEASTS = ("元旦", "春节", "清明", "五一", "端午", "中秋", "国庆", "双十一")
_OF_ANY_DATE = content_words("day date start end first last open")  # tells none from another


def late_notice(subject: Subject) -> Iterator[Hit]:
    """Known for more than a working week, and not a word on it."""
    known = subject.context
    if subject.task.place not in {"cause", "draft"} or not (known.aware_date and known.today):
        return
    silent = known.working.between(known.aware_date, known.today)
    if silent > subject.threshold("silent_working_days") and not subject.has("told_late"):
        yield Hit(
            "timing.late_notice",
            slots={"aware_date": shown(subject, known.aware_date), "days": silent},
        )


def notice_deadline(subject: Subject) -> Iterator[Hit]:
    """The notice period ends within three days or is over, and no formal notice is mentioned."""
    known = subject.context
    if subject.task.place not in {"cause", "draft"}:
        return
    if known.aware_date is None or known.contract_notice_days is None or known.today is None:
        return
    end = known.aware_date + timedelta(days=known.contract_notice_days)
    if known.today < end - timedelta(days=subject.threshold("notice_ahead_days")):
        return
    written = not subject.brief and subject.task.channel not in {"meeting", "call"}
    if not subject.has("notice_served", *(("formal_notice",) if written else ())):
        yield Hit("legal.notice_deadline", slots={"date": shown(subject, end)})


def deadline_ignored(subject: Subject) -> Iterator[Hit]:
    """A fixed date of the customer falls before the new one and is not mentioned."""
    known = subject.context
    deadline = known.customer_deadline
    if subject.task.place not in {"impact", "draft"} or deadline is None:
        return
    if known.new_date is not None and deadline >= known.new_date:
        return
    if any(day.covers(deadline) for day in subject.days):
        return
    what = known.customer_deadline_what or ""
    wanted = content_words(what) - _OF_ANY_DATE
    wanted -= content_words(known.project or "")
    if _named(what, wanted, subject) or (not wanted and content_words(what) & subject.word_set):
        return
    if any(number in subject.plain for number in _NUMBER.findall(what)):
        return
    slots = {
        "what": same(what) if what else Text(en="fixed date", zh="固定日期"),
        "date": shown(subject, deadline),
    }
    yield Hit("impact.deadline_ignored", slots=slots)


def _named(what: str, wanted: frozenset[str], subject: Subject) -> bool:
    """Whether a draft names the customer's date: by its last word, which tells what it is, or by most."""
    here = wanted & subject.word_set
    plain = normalise(what)
    last = max(wanted, key=plain.rfind, default="")
    if any(feast in what and feast in subject.plain for feast in _FEASTS):
        return True
    return bool(here) and (last in here or 2 * len(here) >= len(wanted))


def shown(subject: Subject, day: date) -> Text:
    """A date of the case as prose in both languages."""
    return Text(en=write_date(day, "en", subject.today), zh=write_date(day, "zh", subject.today))
