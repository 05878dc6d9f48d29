"""When a reminder falls due: in the morning of a working day, in the person's own zone."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.cards.shown import project_name
from bot.core.case import Case
from bot.core.effects import SetPing
from bot.core.pings.reminder import Waiting
from bot.core.reading.calendars import calendar

MORNING = time(9, 30)
NUDGES = (1, 3)  # working days of silence before the first and the second nudge
SPREAD = timedelta(minutes=10)  # over which a team's nudges come, the same for a case each time


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
        + timedelta(seconds=sum(case.id.encode()) * 37 % int(SPREAD.total_seconds())),
    )


def is_last(case: Case) -> bool:
    """Whether the nudge that is due now is the last one, with which the conversation is parked."""
    return case.nudges + 1 == len(NUDGES)


def together(
    first: Case, found: Iterable[Case]
) -> Iterator[tuple[Case, tuple[Waiting, ...], bool]]:
    """The conversations of one message: each with those it names, and whether it stands beside."""
    others = [c for c in found if c.id != first.id and _is_said(c)]
    named = tuple(Waiting(c.id, project_name(c), last=is_last(c)) for c in others)
    yield first, named, False
    yield from ((case, (), _is_said(first)) for case in others)


def _is_said(case: Case) -> bool:
    return case.nudges < len(NUDGES) and case.phase != "abandoned"
