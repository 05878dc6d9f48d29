"""When a reminder falls due: in the morning of a working day, in the person's own zone."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.case import Case
from bot.core.effects import SetPing
from bot.core.reading.calendars import calendar

MORNING = time(9, 30)
NUDGES = (1, 3)  # working days of silence before the first and the second nudge


def morning_after(at: datetime, *, zone: str, code: str, working_days: int) -> datetime:
    """09:30 local time, that many working days after `at`, as an aware datetime in `zone`.

    A time that a clock change leaves out moves to the first moment after the gap.
    """
    place = ZoneInfo(zone)
    day = calendar(code).add(at.astimezone(place).date(), working_days)
    due = datetime.combine(day, MORNING, tzinfo=place)
    return due.astimezone(ZoneInfo("UTC")).astimezone(place)


def nudge(case: Case, at: datetime) -> SetPing | None:
    """The next gentle nudge for a conversation that fell silent; None after the last."""
    if case.nudges >= len(NUDGES):
        return None
    return SetPing(
        "nudge",
        morning_after(at, zone=case.zone, code=case.calendar, working_days=NUDGES[case.nudges])
        + timedelta(seconds=_spread(case)),
    )


def _spread(case: Case) -> int:
    """0 to 599 seconds, the same for a case each time, so that a team's nudges do not burst."""
    return sum(case.id.encode()) * 37 % 600
