"""What each event makes of a meeting: its form, its booking, what becomes of it afterwards.

Nothing here waits: what a meeting system is to do is a ping, and what it did comes as an event.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import assert_never

from bot.core.case import Case, text_of
from bot.core.dialogue.live import Turned
from bot.core.effects import (
    AskHouse,
    Effect,
    MeetingScreen,
    MovedScreen,
    SetPing,
    Show,
    ShowBoard,
    Toast,
)
from bot.core.meetings import planning, strays, telling
from bot.core.meetings.events import (
    ByProvider,
    MeetingBooked,
    MeetingCancelled,
    MeetingEvent,
    MeetingOpened,
    MeetingPressed,
    MeetingRefused,
    MeetingSought,
    MeetingWished,
)
from bot.core.meetings.meeting import ICS, Asking, Meeting, Purpose, Stray
from bot.core.meetings.wording import MEET
from bot.core.pings.reminder import Key
from bot.core.playbook import Playbook

OVER = ("closed", "abandoned")
_OWN_PING: Mapping[Purpose, Key] = {
    "retrospective": Key("retrospective/0"),
    "customer_meeting": Key("customer_meeting/0"),
}


def react(playbook: Playbook, case: Case, event: MeetingEvent) -> Turned:
    """The case after it."""
    if isinstance(event, MeetingSought):
        return _sought(case, event)
    if isinstance(event, ByProvider):
        return _done(case, event)
    match event:
        case MeetingOpened():
            return _opened(playbook, case, event)
        case MeetingWished():
            return _wished(case, event)
        case MeetingPressed():
            return _pressed(case, event)
        case _:
            assert_never(event)


def _opened(playbook: Playbook, case: Case, event: MeetingOpened) -> Turned:
    """The card at the bottom: a new form, or the meeting that stands."""
    old, at = case.meetings.get(event.purpose), event.stamp.at
    stands = old is not None and (old.asking is not None or _is_ahead(old, at))
    if case.phase in OVER and not stands:
        return _gone(case)
    stands = stands or (
        old is not None and old.state == "planned" and _is_open(old, _followed(case, event.key))
    )
    gone = () if old is None else (Show(old.slot, MovedScreen()),)
    card = case.meeting_cards + 1
    if old is not None and stands:
        after = _with(replace(case, meeting_cards=card), replace(old, card=card))
        return after, (*gone, shown(after.meetings[event.purpose]))
    ping = _followed(case, event.key) or _own_ping(case, event.purpose)
    reminder = case.reminders.get(ping) if ping is not None else None
    form = planning.proposed(playbook, case, event.purpose, at, reminder.day if reminder else None)
    number = case.meeting_number + 1
    others = strays.left(old) if old is not None else ()
    made = Meeting(event.purpose, number, card, form=form, ping=ping, strays=others)
    after = replace(case, meeting_cards=card, meeting_number=number)
    around = () if case.surroundings is not None else (AskHouse(text_of(case, "customer")),)
    return _with(after, made), (*gone, shown(made), *_looks(old, made, at), *around)


def _wished(case: Case, event: MeetingWished) -> Turned:
    meeting, at = case.meetings.get(event.purpose), event.stamp.at
    if meeting is None or meeting.form is None or meeting.asking is not None or _ended(case):
        return _gone(case)
    if event.number not in (None, meeting.number) or event.tries not in (None, meeting.form.tries):
        return _gone(case)
    planned = planning.read(case, meeting, event.boxes, at)
    if not planned.is_free or planned.start is None:
        form = replace(planned.form, tries=meeting.form.tries + 1)
        return _put(case, replace(meeting, form=form))
    if meeting.state == "booked":
        return _asking(
            case, replace(meeting, form=None), "move", at, planned.start, planned.minutes
        )
    number, before = case.meeting_number, meeting
    if meeting.failed is not None and _differs(meeting, planned):
        number += 1  # what may have been booked for the old words is not taken for this one
        meeting = replace(meeting, number=number, unsure=False, strays=strays.left(meeting))
    meeting = replace(
        meeting,
        form=None,
        topic=planned.topic,
        start=planned.start,
        minutes=planned.minutes,
        people=planned.people,
    )
    after, effects = _asking(replace(case, meeting_number=number), meeting, "schedule", at)
    return after, (*effects, *_looks(before, meeting, at))


def _differs(meeting: Meeting, planned: planning.Planned) -> bool:
    before = (meeting.topic, meeting.start, meeting.minutes, meeting.people)
    return before != (planned.topic, planned.start, planned.minutes, planned.people)


def _pressed(case: Case, event: MeetingPressed) -> Turned:
    meeting = case.meetings.get(event.purpose)
    if meeting is None or meeting.number != event.number:
        return _gone(case)
    if meeting.asking is not None:
        return case, (Toast(MEET.busy),)
    if event.what in ("move", "change", "back"):
        return _form(case, meeting, event)
    if event.what in ("again", "by_file"):
        return _tried(case, meeting, event)
    return _settled(case, meeting, event)


def _settled(case: Case, meeting: Meeting, event: MeetingPressed) -> Turned:
    """What is asked about it, and the answer to that."""
    at, turned = event.stamp.at, _gone(case)
    match event.what:
        case "cancel" if meeting.state == "booked":
            turned = _put(case, replace(meeting, offer="cancel", form=None))
        case "yes" if meeting.offer == "cancel":
            turned = _asking(case, meeting, "cancel", at)
        case "yes" if meeting.offer == "move" and meeting.offered and meeting.offered > at:
            turned = _asking(case, meeting, "move", at, meeting.offered, meeting.minutes)
        case "no" if meeting.offer:
            turned = _put(case, replace(meeting, offer="", offered=None))
        case _:
            pass
    return turned


def _tried(case: Case, meeting: Meeting, event: MeetingPressed) -> Turned:
    """What failed once more, or the file in the place of the meeting system."""
    at = event.stamp.at
    if _ended(case) and meeting.failed != "cancel":
        return _gone(case)
    meant = meeting.to if meeting.failed == "move" else meeting.start
    if meeting.failed in ("schedule", "move") and meant is not None and meant <= at:
        form = planning.of_meeting(case, meeting)
        return (case, ()) if meeting.form == form else _put(case, replace(meeting, form=form))
    if event.what == "again" and meeting.failed is not None:
        return _asking(case, meeting, meeting.failed, at, meeting.to, meeting.to_minutes)
    if meeting.failed == "schedule" and meeting.provider != ICS:
        after = replace(meeting, by_file=True, unsure=False, strays=strays.left(meeting))
        turned, effects = _asking(case, after, "schedule", at)
        return turned, (*effects, *_looks(meeting, after, at))
    return _gone(case)


def _form(case: Case, meeting: Meeting, event: MeetingPressed) -> Turned:
    """The form opened, or put away."""
    if event.what == "back":
        if meeting.form is None:
            return _gone(case)
        after = replace(meeting, form=None)
        return _put(case, after)
    if _ended(case) or meeting.state == "cancelled":
        return _gone(case)
    form = planning.of_meeting(case, meeting)
    after = replace(meeting, form=form, offer="", offered=None)
    return _put(case, after)


def _asking(
    case: Case,
    meeting: Meeting,
    what: Asking,
    at: datetime,
    to: datetime | None = None,
    minutes: int = 0,
) -> Turned:
    """With a meeting system to be asked as soon as may be."""
    after = replace(
        meeting,
        asking=what,
        to=to.astimezone(UTC) if to is not None else None,
        to_minutes=minutes,
        offer="",
        offered=None,
        why=None,
        failed=None,
        unsure=meeting.unsure
        and what == meeting.failed,  # a later no says nothing of the first try
    )
    return _with(case, after), (shown(after), SetPing(after.alarm, at))


def _sought(case: Case, event: MeetingSought) -> Turned:
    """After a look for a meeting that nobody needs; the card says what became of it."""
    meeting = case.meetings.get(event.purpose)
    if meeting is None:
        return case, ()
    after = strays.sought(meeting, event.number, event.provider, event.found)
    if after is meeting:
        return case, ()
    looks = (SetPing(look.kind, look.at) for look in strays.look(after, event.stamp.at))
    return _with(case, after), (shown(after), *looks)


def _looks(before: Meeting | None, after: Meeting, at: datetime) -> tuple[Effect, ...]:
    """A look, where there is a meeting more that nobody needs."""
    if not after.strays or (before is not None and after.strays == before.strays):
        return ()
    return tuple(SetPing(look.kind, look.at) for look in strays.look(after, at))


def _done(case: Case, event: MeetingBooked | MeetingCancelled | MeetingRefused) -> Turned:
    """What a meeting system did; a word on another meeting than the one it was asked for is late."""
    meeting = case.meetings.get(event.purpose)
    if meeting is None or meeting.number != event.number or meeting.asking is None:
        return case, ()
    looks: tuple[Effect, ...] = ()
    if isinstance(event, MeetingBooked):
        after = _booked(meeting, event)
        looks = _looks(meeting, after, event.stamp.at)
        after = replace(after, offer="cancel") if case.phase in OVER else after
    elif isinstance(event, MeetingCancelled):
        after = replace(
            meeting,
            state="cancelled",
            asking=None,
            sequence=meeting.sequence + 1,
            to=None,
            unsure=False,
        )
    else:
        after = _refused(meeting, event)
        after = strays.set_aside(after) if case.phase in OVER else after
        looks = _looks(meeting, after, event.stamp.at)
    if (after.state, after.start) != (meeting.state, meeting.start):
        case = telling.looked_at_again(case, after)
    return _with(case, after), (shown(after), *_board(case, after), *looks)


def _refused(meeting: Meeting, event: MeetingRefused) -> Meeting:
    others = _elsewhere(meeting, event)
    was_unsure = meeting.unsure and others == meeting.strays
    return replace(
        meeting,
        asking=None,
        failed=event.asking,
        why=event.why,
        unsure=event.unsure or was_unsure,
        label=event.label,
        provider=event.provider,
        account=event.account if event.asking == "schedule" else meeting.account,
        strays=others,
    )


def _elsewhere(meeting: Meeting, event: MeetingBooked | MeetingRefused) -> tuple[Stray, ...]:
    """The strays, with what an earlier try may have made in another system or account."""
    is_same = (event.provider, event.account) == (meeting.provider, meeting.account)
    return meeting.strays if meeting.asking != "schedule" or is_same else strays.left(meeting)


def _booked(meeting: Meeting, event: MeetingBooked) -> Meeting:
    moved = meeting.asking == "move"
    return replace(
        meeting,
        state="booked",
        asking=None,
        unsure=False,
        start=meeting.to if moved and meeting.to is not None else meeting.start,
        minutes=meeting.to_minutes if moved and meeting.to_minutes else meeting.minutes,
        to=None,
        to_minutes=0,
        sequence=meeting.sequence + 1 if moved else meeting.sequence,
        provider=event.provider,
        label=event.label,
        account=event.account,
        ref=event.ref,
        join_url=event.join_url or (meeting.join_url if moved else ""),
        code=event.code or (meeting.code if moved else ""),
        takes_files=event.takes_files,
        booked_at=event.stamp.at,
        strays=_elsewhere(meeting, event),
    )


def shown(meeting: Meeting) -> Show:
    """Its card drawn again."""
    return Show(meeting.slot, MeetingScreen(meeting.purpose))


def _board(case: Case, meeting: Meeting) -> tuple[Effect, ...]:
    """The message that asked about its ping, drawn again: it names the meeting."""
    reminder = case.reminders.get(meeting.ping) if meeting.ping is not None else None
    return (ShowBoard(reminder.board),) if reminder is not None and reminder.board else ()


def _followed(case: Case, key: Key | None) -> Key | None:
    """The ping that the meeting goes with; a customer who is heard again ends no meeting."""
    reminder = case.reminders.get(key) if key is not None else None
    return key if reminder is not None and reminder.anchor != "silence" else None


def _own_ping(case: Case, purpose: Purpose) -> Key | None:
    key = _OWN_PING.get(purpose)
    return key if key in case.reminders else None


def _is_open(meeting: Meeting, key: Key | None) -> bool:
    """Whether what was begun for this ping goes on; nothing that was typed or refused is lost."""
    begun = meeting.form is not None or meeting.failed is not None
    return begun and key in (None, meeting.ping)


def _is_ahead(meeting: Meeting, at: datetime) -> bool:
    return meeting.state == "booked" and meeting.start is not None and meeting.start > at


def _ended(case: Case) -> bool:
    return case.phase in OVER


def _gone(case: Case) -> Turned:
    return case, (Toast(MEET.gone),)


def _put(case: Case, meeting: Meeting) -> Turned:
    """With the meeting as it is now, its card drawn again."""
    return _with(case, meeting), (shown(meeting),)


def _with(case: Case, meeting: Meeting) -> Case:
    return replace(case, meetings={**case.meetings, meeting.purpose: meeting})
