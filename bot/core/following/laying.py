"""The pings of a case laid, and laid anew when what they hang on has moved."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.core.case import Case
from bot.core.copies import replace
from bot.core.dialogue.live import Turned
from bot.core.dialogue.scalars import local_day
from bot.core.effects import DropPing, Effect, SetPing, ShowBoard
from bot.core.following.anchors import anchored, severity_of
from bot.core.pings.due import OPEN, laid, renewed
from bot.core.pings.manners import Schedule, carried
from bot.core.pings.reminder import Key, Reminder, name_of
from bot.core.playbook import Playbook
from bot.core.stamp import Stamp

_WATCHED = (
    "answers", "given", "outcomes", "updates", "update_day", "phase", "recovered_at",
    "closed_at", "told_at", "feedback", "watch",
    "lessons", "meetings",
)  # fmt: skip


def schedule_of(case: Case) -> Schedule:
    """The owner's days as the case knows them; who reminds also asks the owner's own manners."""
    return Schedule(case.zone, case.calendar)


def kept(playbook: Playbook, before: Case, turned: Turned, stamp: Stamp) -> Turned:
    """The same, with the pings laid for whatever has moved by this event."""
    after, effects = turned
    untold = after.told_at is None and not (after.watch or before.watch)
    if (untold and after.meetings is before.meetings) or _alike(before, after):
        return after, effects
    today = local_day(after, stamp.at)
    now, was = (
        set(anchored(after, today=today)),
        set(anchored(before, today=today)),
    )
    moved = {a.anchor for a in now ^ was}
    standing = _heard(playbook, before, after, stamp)
    if not moved and standing is after.reminders:
        return after, effects
    wished = laid(
        playbook.pings,
        [a for a in now if a.anchor in moved],
        schedule_of(after),
        at=stamp.at,
        who=after.owner,
        severity=severity_of(after, today=today),
    )
    reminders = renewed(standing, wished, moved)
    return replace(after, reminders=reminders), (*effects, *alarms(after.reminders, reminders))


def _heard(playbook: Playbook, before: Case, after: Case, stamp: Stamp) -> Mapping[Key, Reminder]:
    """The pings; how they took the news is not asked any more once the owner has said so."""
    said = [o for o in after.outcomes if o not in before.outcomes and o.is_heard]
    if not said:
        return after.reminders
    asks = {k.id for k in playbook.pings.pings if k.anchor == "told" and "feedback" in k.buttons}
    return {
        key: replace(r, state="answered", answer="done", answered_at=stamp.at, choosing="")
        if r.kind in asks and r.state in OPEN
        else r
        for key, r in after.reminders.items()
    }


def moved(before: Case, after: Case, at: datetime) -> Turned:
    """The pings of a case whose owner lives by another clock or calendar now.

    Each comes at the time of day for which it was laid, by the new clock.
    """
    old, new = schedule_of(before), schedule_of(after)
    reminders = {
        key: replace(r, due=carried(old, new, r.due, at)) if r.is_open else r
        for key, r in after.reminders.items()
    }
    if reminders == after.reminders:
        return after, ()
    return replace(after, reminders=reminders), tuple(alarms(after.reminders, reminders))


def alarms(before: Mapping[Key, Reminder], after: Mapping[Key, Reminder]) -> Iterator[Effect]:
    """What has to be remembered, forgotten and drawn anew, where pings have changed."""
    boards = set()
    for key, reminder in after.items():
        old = before.get(key)
        if old is reminder or old == reminder:
            continue
        if reminder.is_open:
            yield SetPing(name_of(key), reminder.due)
        elif old is not None and old.is_open:
            yield DropPing(name_of(key))
        seen = [r for r in (old, reminder) if r is not None]
        boards |= {b for r in seen for b in (r.board, r.thread) if b is not None}
    yield from (ShowBoard(board) for board in sorted(boards, key=lambda b: b.slot))


def _alike(before: Case, after: Case) -> bool:
    """Whether nothing that a ping hangs on has changed."""
    return all(getattr(before, name) is getattr(after, name) for name in _WATCHED)
