"""Rewordings from the person's own facts; none where no honest one can be made."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.core.coaching.detectors.duties import shown
from bot.core.coaching.detectors.subject import Subject
from bot.core.coaching.frames import Span
from bot.core.reading.formats import show_days, write_date
from bot.core.words import Text


def reword(subject: Subject, check: str, span: Span) -> Text | None:
    """A wording for one finding, or None. Never holds anything that was not given."""
    if check == "plan.date_conflict":
        return _two_versions(subject, span)
    if check in _SENTENCES and not _is_whole(subject, span):
        return None
    make = _MAKERS.get(check)
    return make(subject) if make else None


def _is_whole(subject: Subject, span: Span) -> bool:
    """Whether the words are their whole sentence, so that a sentence can stand in their place."""
    start, end = subject.sentences[subject.number_of(span[0])]
    rest = subject.text[start : span[0]] + subject.text[span[1] : end]
    return not any(letter.isalnum() for letter in rest)


def _length(subject: Subject) -> Text | None:
    slip = subject.context.slip
    if slip is None or slip <= 0:
        return None
    return Text(en=f"{show_days(slip, 'en')} later", zh=f"晚{show_days(slip, 'zh')}")


def _two_versions(subject: Subject, span: Span) -> Text | None:
    """The date with its right weekday, and the nearest date that has the weekday."""
    day = next((d for d in subject.days if d.span == span), None)
    if day is None or day.mention.weekday is None:
        return None
    off = (day.mention.weekday - day.first.weekday() + 3) % 7 - 3
    if off == 0:
        return None
    a, b = _weekday_date(day.first), _weekday_date(day.first + timedelta(days=off))
    return Text(en=f"{a.en}, or {b.en}", zh=f"{a.zh}，或{b.zh}")


def _weekday_date(day: date) -> Text:
    return Text(en=write_date(day, "en", day), zh=write_date(day, "zh", day))


def _condition(subject: Subject) -> Text | None:
    known = subject.context
    if known.new_date is None or not known.date_basis:
        return None
    new = shown(subject, known.new_date)
    return Text(
        en=f"{new.en} holds if this stays as it is: {known.date_basis}",
        zh=f"{new.zh}成立的前提：{known.date_basis}",
    )


def _moved(subject: Subject) -> Text | None:
    known = subject.context
    if known.new_date is None or known.original_date is None:
        return None
    new, old = shown(subject, known.new_date), shown(subject, known.original_date)
    return Text(en=f"{new.en} instead of {old.en}", zh=f"由{old.zh}改为{new.zh}")


def _known_since(subject: Subject) -> Text | None:
    aware = subject.context.aware_date
    if aware is None:
        return None
    day = shown(subject, aware)
    return Text(
        en=f"We have known since {day.en} and should have told you then.",
        zh=f"{day.zh}我们就知道了，没有及时告诉您。",
    )


def _their_date(subject: Subject) -> Text | None:
    known = subject.context
    if known.customer_deadline is None or not known.customer_deadline_what:
        return None
    day = shown(subject, known.customer_deadline)
    what = known.customer_deadline_what
    return Text(
        en=f"Your {what} on {day.en} comes before the new date.",
        zh=f"{day.zh}的{what}在新日期之前。",
    )


def _day_of_the_date(subject: Subject) -> Text | None:
    known_by = subject.context.date_known_by
    if known_by is None:
        return None
    day = shown(subject, known_by)
    return Text(en=f"We name the date on {day.en}.", zh=f"{day.zh}给出日期。")


_SENTENCES = frozenset({"promise.certainty"})  # whose rewording is a sentence of its own
_MAKERS: Mapping[str, Callable[[Subject], Text | None]] = {
    "tone.minimise": _length,
    "tone.false_cheer": _length,
    "promise.certainty": _condition,
    "status.contradicts_slip": _moved,
    "timing.late_notice": _known_since,
    "impact.deadline_ignored": _their_date,
    "plan.no_date": _day_of_the_date,
}
