"""When the customer was to hear from us next, and by how many working days that day is over."""

from datetime import date

from bot.core.case import Case, day_of
from bot.core.reading.calendars import Calendar


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
