"""The forecast of a case: drawn once when its figures change, and kept with the case.

The moment the case was begun is the seed, so that the same figures give the same dates each time,
and a conversation that is played again, under another id, says the same.
"""

from dataclasses import replace
from datetime import date

from bot.core.case import Case, NumberValue, Outlook, TextValue, day_of
from bot.core.dialogue.scalars import local_day
from bot.core.foresight.chance import draws
from bot.core.foresight.forecast import Start, forecast
from bot.core.foresight.forecast_words import basis, chart
from bot.core.foresight.samples import read_samples, shown
from bot.core.message.draft import NEW_DATE, working_calendar
from bot.core.words import FieldId, Text

REMAINING, PACE = FieldId("remaining"), FieldId("pace")
FROM_PACE = Text(en="the work left and the measured pace", zh="剩余工作量和实测速度")
_RESTS_ON = (REMAINING, PACE, NEW_DATE)


def refreshed(before: Case, after: Case) -> Case:
    """The case with the forecast of its answers, drawn anew only where they changed.

    It costs some 16 ms, which nobody should wait for at an answer about something else.
    """
    if all(before.answers.get(f) is after.answers.get(f) for f in _RESTS_ON):
        return after
    found = _drawn(after)
    return after if found == after.outlook else replace(after, outlook=found)


def basis_of(case: Case) -> Text | None:
    """What the forecast rests on, in words that may go to the customer; None without one."""
    left, pace = _figures(case)
    samples = read_samples(pace, days=working_calendar(case))
    if left is None or isinstance(samples, Text):
        return None
    number = case.answers[REMAINING].value
    unit = number.unit if isinstance(number, NumberValue) else None
    return basis(left, samples, unit=unit or "")


def pace_read(case: Case) -> Text | None:
    """The pace as it was read, for the person to check; None without one."""
    samples = read_samples(_figures(case)[1], days=working_calendar(case))
    return None if isinstance(samples, Text) else shown(samples)


def offered_commit(case: Case) -> date | None:
    """The date to commit to where the case could take it over: it is not the new date yet."""
    commit = case.outlook.commit if case.outlook else None
    original = day_of(case, "original_date")
    if commit is None or commit == day_of(case, NEW_DATE):
        return None
    return None if original is not None and commit < original else commit


def _drawn(case: Case) -> Outlook | None:
    left, pace = _figures(case)
    if left is None or not pace:
        return None
    calendar = working_calendar(case)
    samples = read_samples(pace, days=calendar)
    if isinstance(samples, Text):
        return Outlook(problem=samples)
    since = local_day(case, max(case.answers[f].at for f in (REMAINING, PACE)))
    seed = int(case.begun_at.timestamp())
    found = forecast(left, samples, start=Start(since, calendar), draw=draws(seed))
    if isinstance(found, Text):
        return Outlook(problem=found)
    new = day_of(case, NEW_DATE)
    return Outlook(
        target=calendar.next_working(found.p50),
        commit=calendar.next_working(found.p85),
        share=found.probability(new) if new else None,
        runs=found.runs,
        bars=chart(found),
    )


def _figures(case: Case) -> tuple[float | None, str]:
    left, pace = case.answers.get(REMAINING), case.answers.get(PACE)
    number = left.value if left else None
    text = pace.value if pace else None
    return (
        float(number.number) if isinstance(number, NumberValue) else None,
        text.text if isinstance(text, TextValue) else "",
    )
