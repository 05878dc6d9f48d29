"""The acts on pings that are no answer: to put off, to move, to stop; one, or all of a case."""

from dataclasses import replace
from datetime import date, datetime

from bot.core.case import Case
from bot.core.dialogue.live import Turned
from bot.core.dialogue.scalars import both, local_day
from bot.core.effects import Toast
from bot.core.following.events import PingMenuOpened, PingRetuned, PingSnoozed, PingStopped
from bot.core.following.laying import alarms, schedule_of
from bot.core.following.room_words import ROOMS
from bot.core.following.wording import FOLLOW
from bot.core.message.draft import working_calendar
from bot.core.pings import manners
from bot.core.pings.reminder import Key, Reminder
from bot.core.reading import dates

ANSWERABLE = ("laid", "asked", "parked")
DELIVERED = "delivered"  # the offer to say so before anybody asks


def to_be_delivered(case: Case) -> Reminder | None:
    """The ping by which the delivery can be said; None where none is open."""
    found = (r for r in case.reminders.values() if r.anchor == "new_date" and r.state in ANSWERABLE)
    return next(found, None)


def menu(case: Case, event: PingMenuOpened) -> Turned:
    """The ping with its ways to put it off, or to stop it, before the person."""
    reminder = case.reminders.get(event.key)
    if reminder is None or reminder.state not in ANSWERABLE:
        return case, (Toast(FOLLOW.already),)
    if reminder.choosing == event.menu:
        return case, ()
    after = changed(case, replace(reminder, choosing=event.menu))
    return after, tuple(alarms(case.reminders, after.reminders))


def snoozed(case: Case, event: PingSnoozed) -> Turned:
    """One ping, or all of the case, put off until a moment or a day."""
    schedule, at = schedule_of(case), event.stamp.at
    day = _day(case, event.text, at) if event.wish == "date" else None
    until = manners.snoozed(schedule, event.wish, at, day=day)
    if until is None:
        return case, (Toast(FOLLOW.day_unclear),)
    found = _meant(case, event.key)
    if not found:
        return case, (Toast(FOLLOW.already if event.key else FOLLOW.nothing),)
    until = manners.spread(schedule, until, case.owner)
    later = {
        r.key: replace(
            r,
            state="laid",
            due=max(until, r.due) if event.key is None else until,
            asked=(),
            choosing="",
            snoozed=r.snoozed + 1,
        )
        for r in found
    }
    after = replace(case, reminders={**case.reminders, **later})
    if event.key is None:
        after = replace(after, quiet_until=until)
    words = FOLLOW.snoozed if event.stamp.by == case.owner else ROOMS.comes_again
    told = words.fill(day=both(schedule.day(until)))
    return after, (*alarms(case.reminders, after.reminders), Toast(told))


def stopped(case: Case, event: PingStopped) -> Turned:
    """One ping, or all of the case, over for good, with the reason that was given."""
    reason = " ".join(event.reason.split())
    if not reason:
        return case, (Toast(FOLLOW.reason_needed),)
    found = _meant(case, event.key)
    if not found:
        return case, (Toast(FOLLOW.already if event.key else FOLLOW.nothing),)
    over = {r.key: replace(r, state="stopped", reason=reason, choosing="") for r in found}
    after = replace(case, reminders={**case.reminders, **over})
    return after, (*alarms(case.reminders, after.reminders), Toast(FOLLOW.kept))


def retuned(case: Case, event: PingRetuned) -> Turned:
    """What is still to come moved by working days; never before the day of the wish."""
    schedule, at = schedule_of(case), event.stamp.at
    moved: dict[Key, Reminder] = {}
    for reminder in _meant(case, event.key):
        if reminder.state == "laid":
            day = schedule.days.add(schedule.day(reminder.due), event.working_days)
            clock = reminder.due.astimezone(schedule.place).time()
            due = max(
                manners.on_day(schedule, day, clock),
                manners.on_day(schedule, schedule.day(at), clock),
            )
            moved[reminder.key] = replace(reminder, due=due)
    if not moved:
        return case, (Toast(FOLLOW.nothing),)
    after = replace(case, reminders={**case.reminders, **moved})
    one = moved[event.key] if event.key is not None else None
    told = FOLLOW.coming.fill(day=both(schedule.day(one.due))) if one is not None else FOLLOW.kept
    return after, (*alarms(case.reminders, after.reminders), Toast(told))


def changed(case: Case, reminder: Reminder) -> Case:
    """The case with this ping as it is now."""
    return replace(case, reminders={**case.reminders, reminder.key: reminder})


def _meant(case: Case, key: Key | None) -> list[Reminder]:
    """The pings that a wish is about: one, or all of the case that may still come."""
    found = case.reminders.values()
    return [r for r in found if r.state in ANSWERABLE and (key is None or r.key == key)]


def _day(case: Case, text: str, at: datetime) -> date | None:
    """The first day to come that a typed line names."""
    today = local_day(case, at)
    found = dates.scan(text, today=today, calendar=working_calendar(case))
    ahead = [r.day for m in found for r in m.readings if r.day > today]
    return ahead[0] if ahead else None
