"""A case in its project's channel: bound to it, asked there, taken out of it again."""

from collections.abc import Iterator
from dataclasses import replace

from bot.core.case import Case, text_of
from bot.core.dialogue.live import Turned
from bot.core.dialogue.scalars import both
from bot.core.effects import Effect, OfferScreen, RoomScreen, Show, ShowBoard, Toast
from bot.core.events import PingDue
from bot.core.following.events import PingAnswered, PingUpdated, RoomBound, RoomLeft, RoomLost
from bot.core.following.laying import alarms, schedule_of
from bot.core.following.room_words import ROOMS
from bot.core.following.tuning import ANSWERABLE, changed
from bot.core.following.wording import FOLLOW
from bot.core.pings import manners
from bot.core.pings.kinds import PingKind
from bot.core.pings.reminder import Board, Reminder
from bot.core.pings.rooms import Room
from bot.core.stamp import Stamp
from bot.core.words import Text, same

LONGEST = 500  # characters of a word on how it stands
REST = 2  # working days in which nobody is asked again after a word on how it stands


def react(case: Case, event: RoomBound | RoomLeft | RoomLost) -> Turned:
    """The case in its new place, with what the channels say of it now."""
    match event:
        case RoomBound():
            return _bound(case, event)
        case RoomLeft():
            return _left(case, event.stamp)
        case RoomLost():
            return _lost(case, event)


def placed(case: Case, kind: PingKind, before: Reminder, now: Reminder, event: PingDue) -> Reminder:
    """The ping with the message on which it is asked: the team first, then the owner as well.

    One that was put off comes back in its message of the thread, and to the owner: a message that
    is edited rings no bell.
    """
    home = event.board or Board(case.id, f"pings:{event.stamp.id}", (case.id,))
    if case.room is None or not kind.in_channel or before.asked:
        return replace(now, board=home)
    if before.thread is not None and before.thread.room == case.room:
        return replace(now, board=home, thread=before.thread)
    slot = f"{case.room.slot}:{home.slot}"
    return replace(now, board=None, thread=Board(case.id, slot, (case.id,), case.room))


def updated(case: Case, event: PingUpdated) -> Turned:
    """How it stands, kept with the ping; it can be answered still, and rests for two days."""
    reminder = case.reminders.get(event.key)
    if reminder is None or reminder.state not in ANSWERABLE:
        return case, (Toast(FOLLOW.already),)
    words = " ".join(event.text.split())[:LONGEST]
    if not words:
        return case, (Toast(ROOMS.word_needed),)
    schedule, at = schedule_of(case), event.stamp.at
    day = schedule.days.add(schedule.day(at), REST)
    due = manners.spread(schedule, manners.on_day(schedule, day), case.owner)
    now = replace(
        reminder,
        state="asked",
        asked=(),
        due=max(due, reminder.due),
        choosing="",
        note=words,
        noted_at=at,
        noted_by=event.name,
    )
    after = changed(case, now)
    return after, (*alarms(case.reminders, after.reminders), Toast(FOLLOW.kept))


def warned(case: Case, reminder: Reminder, question: Text, event: PingAnswered) -> Show | None:
    """What the owner is told when somebody else saw a risk; None where they said so themselves."""
    if event.stamp.by == case.owner:
        return None
    who = same(event.name) if event.name else ROOMS.colleague
    customer = text_of(case, "customer") or "…"
    seen = ROOMS.risk.fill(who=who, what=question)
    tell = FOLLOW.tell_before.fill(customer=customer, day=both(reminder.day))
    text = Text(en=f"{seen.en} {tell.en}", zh=f"{seen.zh}{tell.zh}")
    return Show(f"after:{case.revision + 1}", OfferScreen(text, ("next",)))


def redrawn(before: Case, after: Case) -> Iterator[Effect]:
    """The first message in the channel anew, where what it says has changed."""
    same_facts = (
        before.answers is after.answers
        and before.phase == after.phase
        and before.recovered_at == after.recovered_at
    )
    if after.room is not None and not same_facts:
        yield _first(after.room)


def _bound(case: Case, event: RoomBound) -> Turned:
    here, old = event.here, case.room
    if case.told_at is None or case.phase in ("closed", "abandoned"):
        return case, (Toast(ROOMS.not_told),)
    if here.company != "internal":
        return case, ()
    if old is not None and (old.platform, old.conversation) == (here.platform, here.conversation):
        return case, (Toast(FOLLOW.already),)
    room = Room(here.platform, here.conversation, here.name, case.rooms + 1)
    moved, effects = _home(case, event.stamp)
    after = replace(moved, room=room, rooms=room.number)
    ended = [_first(old)] if old is not None else []
    return after, (*effects, *ended, _first(room))


def _left(case: Case, stamp: Stamp) -> Turned:
    if case.room is None:
        return case, (Toast(FOLLOW.nothing),)
    after, effects = _home(case, stamp)
    return replace(after, room=None), (*effects, _first(case.room))


def _lost(case: Case, event: RoomLost) -> Turned:
    """Said to the owner once; nothing is said in the channel any more, not even that."""
    room = case.room
    if room is None or room.number != event.number:
        return case, ()
    after, effects = _home(case, event.stamp)
    told = ROOMS.lost.fill(
        room=same(room.name), why=event.why, project=text_of(case, "project") or "…"
    )
    kept = [e for e in effects if not (isinstance(e, ShowBoard) and e.board.room is not None)]
    return replace(after, room=None), (
        *kept,
        Show(f"after:{case.revision + 1}", OfferScreen(told, ())),
    )


def _home(case: Case, stamp: Stamp) -> tuple[Case, tuple[Effect, ...]]:
    """What is still open in the channel, asked in the owner's own conversation instead."""
    board = Board(case.id, f"pings:{stamp.id}", (case.id,))
    moved = {
        r.key: replace(r, board=r.board or board, thread=None)
        for r in case.reminders.values()
        if r.thread is not None and r.state in ANSWERABLE and r.asked
    }
    after = replace(case, reminders={**case.reminders, **moved})
    return after, tuple(alarms(case.reminders, after.reminders))


def _first(room: Room) -> Show:
    return Show(room.slot, RoomScreen(room), room=room)
