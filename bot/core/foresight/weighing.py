"""How long a case has been silent and how heavy it is: its answers, put on the scales of honesty."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.core.case import Case, NumberValue, day_of, first_day_of, text_of
from bot.core.dialogue.scalars import local_day
from bot.core.foresight import honesty, told
from bot.core.foresight.honesty import Clock, Reading, Verdict, Weight
from bot.core.message.draft import NEW_DATE, ORIGINAL_DATE, working_calendar
from bot.core.words import FieldId

NOTICE_DAYS = FieldId("notice_days")


def clock_of(case: Case, *, today: date) -> Reading:
    """The honesty clock of the case. Silence counts from the first sign until the customer is told.

    Once they are told, the day on which the case was begun counts as the day one was certain.
    """
    told_on = local_day(case, case.told_at) if case.told_at else None
    return honesty.read(
        Clock(
            today,
            working_calendar(case),
            first_sign=first_day_of(case, "first_sign"),
            sign_end=day_of(case, "first_sign"),
            certain=local_day(case, case.begun_at) if told_on else None,
            told=told_on,
            notice_days=notice_days(case),
        )
    )


def verdict_of(case: Case, *, today: date) -> Verdict | None:
    """How severe the delay is and what follows; None as long as one of the two dates is missing."""
    before, after = day_of(case, ORIGINAL_DATE), day_of(case, NEW_DATE)
    if before is None or after is None:
        return None
    theirs = day_of(case, "customer_deadline")
    left = clock_of(case, today=today).notice_left
    weight = Weight(
        slip=working_calendar(case).between(before, after),
        earlier_slips=told.earlier_slips(case),
        deadline_hit=theirs is not None and theirs < after,
        notice_due=left is not None and left <= honesty.NOTICE_NEAR,
        remedy=_applies(case, "goodwill"),
        term=_applies(case, "contract_term"),
    )
    return honesty.severity(weight)


def _applies(case: Case, name: str) -> bool:
    return text_of(case, name) not in ("", "none")


def tell_by(case: Case, verdict: Verdict) -> datetime:
    """By when the customer should know, in the owner's zone, counted from when the case began."""
    known_at = case.begun_at.astimezone(ZoneInfo(case.zone))
    return honesty.tell_by(verdict.severity, known_at, working_calendar(case))


def notice_days(case: Case) -> int | None:
    """The calendar days that the contract gives for a written notice, where they are known."""
    answer = case.answers.get(NOTICE_DAYS)
    value = answer.value if answer else None
    return int(value.number) if isinstance(value, NumberValue) else None
