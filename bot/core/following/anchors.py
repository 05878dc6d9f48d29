"""What the pings of a case hang on: the days in its answers, and those on which things happened."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.core.case import Case, DateValue, RowsValue, TextValue, day_of, text_of
from bot.core.dialogue.scalars import local_day
from bot.core.foresight import weighing
from bot.core.foresight.ledger import PromiseKind
from bot.core.message import draft
from bot.core.message.draft import NEW_DATE
from bot.core.message.overdue import agreed_update
from bot.core.pings.due import Anchored
from bot.core.pings.kinds import Severity, gap
from bot.core.playbook import Playbook
from bot.core.words import FieldId

CADENCE = {"daily": 1, "twice_weekly": 3, "weekly": 7, "fortnightly": 14}  # calendar days
OPEN_PHASES = ("told", "following")


def anchored(case: Case, *, today: date) -> Iterator[Anchored]:
    """Everything that pings may be counted from, as the case stands."""
    if case.watch:
        for number, name, day in watched(case):
            yield Anchored("watched", day, what=name, number=number)
    yield from meetings(case)
    if case.told_at is None:
        return
    if case.phase in OPEN_PHASES:
        yield from _ahead(case, today=today)
    for number, what, day in actions(case):
        yield Anchored("action", day, what=what, number=number)
    again = day_of(case, "lesson_until")
    if case.lessons and again is not None:
        advice = text_of(case, "lesson_advice")
        yield Anchored("lesson", again, what=advice, number=case.lessons)
    if case.recovered_at is not None:
        yield Anchored("recovered", local_day(case, case.recovered_at))
    if case.closed_at is not None:
        yield Anchored("closed", local_day(case, case.closed_at))
    yield from _remedy(case)


def milestones(case: Case) -> Iterator[tuple[int, str, date]]:
    """The milestones of the plan that have a day: their number from 1, their name, their day."""
    return _rows(case, "milestones", "new_date")


def watched(case: Case) -> Iterator[tuple[int, str, date]]:
    """The dates that are watched: their number from 1, their name, their day."""
    return _rows(case, "watch_dates", "day")


def actions(case: Case) -> Iterator[tuple[int, str, date]]:
    """The actions of the look back that have a day: their number from 1, their words, their day."""
    return _rows(case, "retro_actions", "day")


def meetings(case: Case) -> Iterator[Anchored]:
    """The meetings that stand, each on its day; one that was booked for the same day is no news."""
    for meeting in case.meetings.values():
        if meeting.state != "booked" or meeting.start is None or meeting.booked_at is None:
            continue
        day = local_day(case, meeting.start)
        if day > local_day(case, meeting.booked_at):
            yield Anchored("meeting", day, what=meeting.topic, number=meeting.number)


def _rows(case: Case, name: str, column: str) -> Iterator[tuple[int, str, date]]:
    answer = case.answers.get(FieldId(name))
    rows = answer.value.rows if answer and isinstance(answer.value, RowsValue) else ()
    for number, row in enumerate(rows, start=1):
        words, day = row.get("name"), row.get(column)
        if isinstance(day, DateValue):
            yield number, words.text if isinstance(words, TextValue) else "", day.end or day.day


def severity_of(case: Case, *, today: date) -> Severity:
    """How heavy the delay is; medium as long as nobody can tell."""
    verdict = weighing.verdict_of(case, today=today)
    return verdict.severity if verdict else "medium"


def next_update(playbook: Playbook, case: Case, since: date, *, missed: bool = False) -> date:
    """The day of the update after one on `since`: as agreed, and no later than severity allows.

    Where it is no working day, the working day before, so that it is not late.
    """
    agreed = CADENCE.get(text_of(case, "cadence"), 7)
    longest = gap(playbook.pings, severity_of(case, today=since), met=case.met, missed=missed)
    days = draft.working_calendar(case)
    day = since + timedelta(days=min(agreed, longest))
    if not days.is_working(day):
        before = days.add(day, -1)
        day = before if before > since else days.add(day, 1)
    return day


def _ahead(case: Case, *, today: date) -> Iterator[Anchored]:
    """What is to come as long as the delivery is open: as it was told, else as it is planned."""
    if case.told_at is not None:
        yield Anchored("told", local_day(case, case.told_at))
    yield from milestones_ahead(case)
    new_date = new_date_ahead(case)
    if new_date is not None:
        yield Anchored("new_date", new_date)
    update = agreed_update(case)
    if update is not None:
        yield Anchored("next_update", update, number=case.updates)
    if case.answer_by is not None:
        yield Anchored("decision", case.answer_by)
    for number, promise in enumerate(case.given):
        if promise.kind in ("turning_point", "other"):
            yield Anchored("promise", promise.date, what=promise.what, number=number)
    left = weighing.clock_of(case, today=today).notice_left
    if left is not None and left >= 0:
        yield Anchored("contract_notice", today + timedelta(days=left))
    yield Anchored("silence", _heard(case), number=len(case.outcomes) + len(case.feedback))


def new_date_ahead(case: Case) -> date | None:
    """The new date that was told; before it is, the one that is planned."""
    return _promised(case, "new_date") or day_of(case, NEW_DATE)


def milestones_ahead(case: Case) -> Iterator[Anchored]:
    """Each milestone that was told, on the day that was told; the plan's others as planned."""
    told = [p for p in case.given if p.kind == "milestone"]
    for promise in told:
        yield Anchored("milestone", promise.date, what=promise.what, number=promise.number)
    numbers, names = {p.number for p in told}, {p.what for p in told}
    for number, name, day in milestones(case):
        if number not in numbers and name not in names:
            yield Anchored("milestone", day, what=name, number=number)


def _promised(case: Case, kind: PromiseKind) -> date | None:
    """The day that was told for this, if one was."""
    return next((p.date for p in case.given if p.kind == kind), None)


def _heard(case: Case) -> date:
    """The day on which the customer was last heard, or was told."""
    heard = [o.at for o in case.outcomes if o.is_heard]
    heard += [f.at for f in case.feedback]
    at = max([*heard, case.told_at or case.begun_at])
    return local_day(case, at)


def _remedy(case: Case) -> Iterator[Anchored]:
    """What was offered in the text that left, on the day that it names."""
    if case.phase not in (*OPEN_PHASES, "recovered"):
        return
    for promise in case.given:
        if promise.kind == "remedy_due":
            yield Anchored("remedy_due", promise.date, what=promise.what)
