"""What is over its day: the update that they wait for, the decision that we wait for."""

from datetime import date

from bot.core.case import Case, customer_language, day_of, text_of
from bot.core.message.deadlines import undated
from bot.core.reading.calendars import Calendar
from bot.core.reading.formats import show_date


def agreed_update(case: Case) -> date | None:
    """The day of the next update: as it was settled last, else as it was told, else as answered."""
    told = next((p.date for p in case.given if p.kind == "next_update"), None)
    return case.update_day or told or day_of(case, "next_update")


def late_update(case: Case, today: date, calendar: Calendar) -> tuple[date, int] | None:
    """The day that an update was to come, and the working days it is late; None when it is not.

    On the weekend after its day it is late by none of them.
    """
    due = agreed_update(case) if case.updating > case.updates else None
    return (due, calendar.between(due, today)) if due is not None and due < today else None


def open_decision(case: Case) -> tuple[str, date] | None:
    """What the customer is asked to decide, and by which day; None where nothing is, or they have."""
    by = case.answer_by or day_of(case, "decide_by")
    what = text_of(case, "update_decision") or (asked_by(case, by) if by else "")
    if not what or by is None:
        return None
    answered = (r for r in case.reminders.values() if r.anchor == "decision" and r.day == by)
    return None if any(r.state == "answered" for r in answered) else (what, by)


def overdue_decision(case: Case, today: date) -> date | None:
    """The day by which they were first asked for what an update asks again, once it is over."""
    by = day_of(case, "decide_by")
    again = text_of(case, "update_decision")
    if by is None or by >= today or not again:
        return None
    return by if again in (text_of(case, "ask"), asked_by(case, by)) else None


def asked_by(case: Case, by: date) -> str:
    """What the customer is asked for, without that day: it is named beside it."""
    language = customer_language(case)
    return undated(text_of(case, "ask"), show_date(by, language), language)
