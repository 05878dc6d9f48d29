"""What becomes of a meeting when its ping moves or ends, and when its conversation is over: it is asked.

Nothing is moved or cancelled unasked, but for what was never known to be booked.
"""

from dataclasses import replace
from datetime import date, datetime

from bot.core.case import Case
from bot.core.dialogue.live import Turned
from bot.core.dialogue.scalars import local_day
from bot.core.effects import Effect, MeetingScreen, MovedScreen, SetPing, Show
from bot.core.meetings import strays
from bot.core.meetings.meeting import Meeting, Purpose, ends
from bot.core.meetings.planning import shifted
from bot.core.pings.reminder import Reminder

_OVER = ("closed", "abandoned")


def kept(before: Case, turned: Turned, at: datetime) -> Turned:
    """The same, with what is asked about meetings that hung on what has just moved or ended."""
    case, effects = turned
    if not case.meetings:
        return case, effects
    ended = case.phase in _OVER and before.phase not in _OVER
    if not ended and case.reminders is before.reminders:
        return case, effects
    if ended:
        case, looks = _set_aside(case, at)
        effects = (*effects, *looks)
    for purpose, meeting in case.meetings.items():
        if meeting.state != "booked" or meeting.asking or not _is_ahead(meeting, at):
            continue
        now = (
            replace(meeting, offer="cancel", form=None)
            if ended
            else _asked(before, case, meeting, at)
        )
        if now is not meeting:
            case, more = _again(case, purpose, now)
            effects = (*effects, *more)
    return case, effects


def _set_aside(case: Case, at: datetime) -> tuple[Case, tuple[Effect, ...]]:
    """What may have been booked unheard is looked for: nobody can try it again."""
    effects: list[Effect] = []
    now = {purpose: strays.set_aside(meeting) for purpose, meeting in case.meetings.items()}
    for purpose, meeting in now.items():
        if meeting is not case.meetings[purpose]:
            effects.append(Show(meeting.slot, MeetingScreen(purpose)))
            effects += [SetPing(look.kind, look.at) for look in strays.look(meeting, at)]
    return (replace(case, meetings=now), tuple(effects)) if effects else (case, ())


def is_over(case: Case, number: int, at: datetime) -> bool:
    """Whether the meeting of this number has ended, moved away or was cancelled."""
    found = (m for m in case.meetings.values() if m.number == number and m.state == "booked")
    meeting = next(found, None)
    return meeting is None or meeting.start is None or ends(meeting) <= at


def _asked(before: Case, case: Case, meeting: Meeting, at: datetime) -> Meeting:
    """The meeting with a question, where its ping ended or goes to another day."""
    if meeting.ping is None:
        return meeting
    old, new = before.reminders.get(meeting.ping), case.reminders.get(meeting.ping)
    if old is None or new is None or old is new or not old.is_open:
        return meeting
    if new.state in ("stopped", "lapsed"):
        return replace(meeting, offer="cancel", form=None)
    days = (_day(case, new) - _day(before, old)).days
    if new.state != "laid" or not days or meeting.start is None:
        return meeting
    to = shifted(case, meeting.start, days)
    return replace(meeting, offer="move", offered=to, form=None) if to > at else meeting


def _day(case: Case, reminder: Reminder) -> date:
    """The day on which it is, or was last, asked."""
    at = reminder.asked[-1] if reminder.asked else reminder.due
    return local_day(case, at)


def _again(case: Case, purpose: Purpose, meeting: Meeting) -> tuple[Case, tuple[Effect, ...]]:
    """Its card anew at the bottom, where the question is seen."""
    card = case.meeting_cards + 1
    now = replace(meeting, card=card)
    after = replace(case, meetings={**case.meetings, purpose: now}, meeting_cards=card)
    return after, (Show(meeting.slot, MovedScreen()), Show(now.slot, MeetingScreen(purpose)))


def _is_ahead(meeting: Meeting, at: datetime) -> bool:
    return meeting.start is not None and meeting.start > at
