"""Checks of watched dates, and what follows from the first doubt: the conversation, with its facts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.core.case import Case, Cell, DateValue, PersonValue, RowsValue, TextValue, Value
from bot.core.dialogue import answers, live
from bot.core.dialogue.live import Turned
from bot.core.dialogue.scalars import local_day
from bot.core.effects import Effect, OfferScreen, Show, Toast
from bot.core.following import watching
from bot.core.following.anchors import watched
from bot.core.following.events import ConfidenceSaid, PingAnswered, SignSeen
from bot.core.following.laying import alarms
from bot.core.following.tuning import ANSWERABLE, changed
from bot.core.following.wording import FOLLOW
from bot.core.pings.reminder import Reminder
from bot.core.playbook import Playbook
from bot.core.stamp import Stamp
from bot.core.words import FieldId, StepId

_FEWEST_ROWS = 2  # below which a plan has no milestones
_MILESTONES = FieldId("milestones")


def react(playbook: Playbook, case: Case, event: ConfidenceSaid | SignSeen) -> Turned:
    """The case after the second tap of a check, or with its conversation begun."""
    if isinstance(event, SignSeen):
        return _signed(playbook, case, event.stamp)
    reminder = case.reminders.get(event.key)
    if reminder is None or reminder.state not in ANSWERABLE or reminder.anchor != "watched":
        return case, (Toast(FOLLOW.already),)
    return _kept(case, reminder, event.stamp, watching.LEVELS[event.confidence])


def checked(case: Case, reminder: Reminder, event: PingAnswered) -> Turned:
    """The first tap before a watched date: on track asks how sure, at risk is a first sign."""
    if event.answer == "on_track":
        after = changed(case, watching.asking_how_sure(reminder))
        return after, tuple(alarms(case.reminders, after.reminders))
    return _kept(case, reminder, event.stamp, 0)


def _kept(case: Case, reminder: Reminder, stamp: Stamp, level: int) -> Turned:
    """The check is kept; when it is a first sign, the conversation is offered, once."""
    answer = "on_track" if level else "at_risk"
    now = replace(reminder, state="answered", answer=answer, answered_at=stamp.at, choosing="")
    checks = watching.checked(case.checks, reminder, stamp.at, level)
    after = replace(changed(case, now), checks=checks)
    effects: tuple[Effect, ...] = (*alarms(case.reminders, after.reminders), Toast(FOLLOW.kept))
    if watching.is_sign(checks) and not watching.is_sign(case.checks):
        offer = OfferScreen(FOLLOW.sign.fill(what=reminder.what or "…"), ("sign",))
        effects = (*effects, Show(f"after:{case.revision + 1}", offer))
    return after, effects


def _signed(playbook: Playbook, case: Case, stamp: Stamp) -> Turned:
    """The conversation begins where the watch ends, with what the watch knows.

    By when the customer should know is counted from now, not from when the watch began.
    """
    if not case.watch:
        return case, (Toast(FOLLOW.already),)
    after = replace(case, watch=False, begun_at=stamp.at, step=StepId("start"), stopped=False)
    for name, value in _known(case, stamp.at):
        if name in playbook.fields and name not in case.answers:
            after = answers.put(playbook, after, name, value, stamp=stamp, origin=FOLLOW.from_watch)
    if _MILESTONES in after.answers:  # their new days are still to be said
        after = replace(after, stale=(*after.stale, _MILESTONES))
    return live.move(case, after)


def _known(case: Case, at: datetime) -> Iterator[tuple[FieldId, Value]]:
    """What the watch knows: the first doubt, the date in doubt, and the dates that come with it."""
    doubts = [c for c in case.checks if c.confidence <= watching.DOUBTFUL]
    first = min((c.at for c in doubts), default=at)
    yield FieldId("first_sign"), DateValue(local_day(case, first))
    rows = tuple(watched(case))
    doubted = doubts[-1].number if doubts else 1 if len(rows) == 1 else 0
    for number, name, day in rows:
        if number == doubted:
            yield FieldId("original_date"), DateValue(day)
            if name:
                yield FieldId("promised"), TextValue(name)
    people = _owners(case)
    others = tuple(
        _milestone(name, DateValue(day), people.get(number))
        for number, name, day in rows
        if number != doubted and day >= local_day(case, at)
    )
    if len(others) >= _FEWEST_ROWS:
        yield _MILESTONES, RowsValue(others)


def _milestone(name: str, day: DateValue, owner: PersonValue | None) -> dict[str, Cell]:
    """A row of the plan, without its new day."""
    row: dict[str, Cell] = {"name": TextValue(name), "old_date": day}
    return row | {"owner": owner} if owner is not None else row


def _owners(case: Case) -> dict[int, PersonValue]:
    """Who looks after each watched date, by its number."""
    answer = case.answers.get(FieldId("watch_dates"))
    rows = answer.value.rows if answer and isinstance(answer.value, RowsValue) else ()
    cells = ((number, row.get("owner")) for number, row in enumerate(rows, start=1))
    return {number: cell for number, cell in cells if isinstance(cell, PersonValue)}
