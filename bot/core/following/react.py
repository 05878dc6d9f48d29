"""What each event after the telling makes of the case: pings that fall due, and their answers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import assert_never

from bot.core.case import (
    Case,
    ChoiceValue,
    DateValue,
    Offer,
    TextValue,
    Value,
    day_of,
    text_of,
)
from bot.core.dialogue import live
from bot.core.dialogue.live import Turned
from bot.core.dialogue.moving import awake
from bot.core.dialogue.scalars import both, local_day
from bot.core.effects import (
    AgendaScreen,
    BeginNext,
    Effect,
    JudgeLesson,
    OfferScreen,
    SetPing,
    Show,
    Toast,
)
from bot.core.events import PingDue
from bot.core.following import (
    closing,
    deputies,
    first_sign,
    later,
    linking,
    look_back,
    rooms,
    silence,
    tuning,
    updating,
)
from bot.core.following.anchors import next_update
from bot.core.following.events import (
    AgendaAsked,
    Closed,
    ConfidenceSaid,
    DeputyLost,
    FeedbackGiven,
    FollowEvent,
    LaterOpened,
    LessonAgreed,
    LessonJudged,
    LessonsFound,
    LinkAsked,
    LinkMade,
    LookBackAnswered,
    MinutesShared,
    NextBegun,
    OwnerLost,
    PingAnswered,
    PingMenuOpened,
    PingRetuned,
    PingSnoozed,
    PingStopped,
    PingUpdated,
    RoomBound,
    RoomLeft,
    RoomLost,
    SignSeen,
    UpdateQuiet,
)
from bot.core.following.laying import alarms, schedule_of
from bot.core.following.tuning import ANSWERABLE, changed
from bot.core.following.wording import FOLLOW
from bot.core.lessons.lesson import SHOWN
from bot.core.meetings.after import is_over
from bot.core.message.draft import NEW_DATE
from bot.core.pings.due import fall, settles
from bot.core.pings.reminder import Reminder, key_in
from bot.core.playbook import Playbook
from bot.core.words import FieldId, StepId, Text

MEETING = "customer_meeting"
_CARRIED = (
    "customer", "promised", "reader_name", "reader", "customer_language", "channel", "cadence",
    "follow_up_channel", "sender", "notice_days",
)  # fmt: skip
_MOVED = {0: "once", 1: "more"}


def react(playbook: Playbook, case: Case, event: FollowEvent) -> Turned:
    """The case one event further on the way from told to closed."""
    match event:
        case PingAnswered():
            turned = _answered(playbook, case, event)
        case PingMenuOpened() | PingSnoozed() | PingStopped() | PingRetuned() | PingUpdated():
            turned = _tuned(case, event)
        case RoomBound() | RoomLeft() | RoomLost():
            turned = rooms.react(case, event)
        case LaterOpened() | UpdateQuiet() | LessonAgreed():
            turned = _opened(playbook, case, event)
        case LookBackAnswered() | MinutesShared():
            turned = look_back.react(playbook, case, event)
        case LinkAsked() | LinkMade() | FeedbackGiven():
            turned = linking.react(case, event)
        case ConfidenceSaid() | SignSeen():
            turned = first_sign.react(playbook, case, event)
        case LessonsFound() | LessonJudged():
            turned = _lessons(case, event)
        case AgendaAsked():
            meeting = Show(f"agenda:{event.stamp.id}", AgendaScreen(MEETING))
            turned = (case, (meeting,))
        case NextBegun() | Closed() | OwnerLost():
            turned = _left(case, event)
        case DeputyLost():
            turned = deputies.lost(case, event)
        case _:
            assert_never(event)
    return turned


def _tuned(
    case: Case, event: PingMenuOpened | PingSnoozed | PingStopped | PingRetuned | PingUpdated
) -> Turned:
    """What is no answer: when it comes again, or how it stands."""
    match event:
        case PingMenuOpened():
            return tuning.menu(case, event)
        case PingSnoozed():
            return tuning.snoozed(case, event)
        case PingStopped():
            return tuning.stopped(case, event)
        case PingRetuned():
            return tuning.retuned(case, event)
        case PingUpdated():
            return rooms.updated(case, event)


def _left(case: Case, event: NextBegun | Closed | OwnerLost) -> Turned:
    match event:
        case NextBegun():
            return _next_begun(case, event)
        case Closed():
            return closing.closed(case, event)
        case OwnerLost():
            return silence.owner_lost(case, event)
        case _:
            assert_never(event)


def _opened(
    playbook: Playbook, case: Case, event: LaterOpened | UpdateQuiet | LessonAgreed
) -> Turned:
    """A step that stands outside of the walk, and what is agreed to of one."""
    if isinstance(event, LessonAgreed):
        return later.lesson_agreed(playbook, case, event)
    if isinstance(event, UpdateQuiet):
        return updating.quiet(playbook, case, event)
    if event.step == updating.UPDATE:
        return updating.opened(playbook, case, event)
    return later.opened(playbook, case, event)


def rang(playbook: Playbook, case: Case, event: PingDue) -> Turned:
    """A ping whose time has come: asked, asked again, told to the lead, or of no use any more."""
    key = key_in(event.kind)
    reminder = case.reminders.get(key) if key is not None else None
    kind = playbook.pings.kind(reminder.kind) if reminder else None
    if reminder is None or kind is None or not reminder.is_open:
        return case, ()
    at, schedule = event.stamp.at, event.schedule or schedule_of(case)
    if at < reminder.due:
        return case, (SetPing(event.kind, reminder.due),)
    if reminder.anchor == "meeting" and is_over(case, reminder.number, at):
        after = changed(case, replace(reminder, state="lapsed"))
        return after, tuple(alarms(case.reminders, after.reminders))
    if case.unheard:
        after = changed(case, replace(reminder, state="parked"))
        return after, tuple(alarms(case.reminders, after.reminders))
    counted = silence.counted(reminder, event.board)
    fallen = fall(kind, counted, schedule, at, who=case.owner)
    lead, what = schedule.manners.lead, question(case, reminder, kind.text)
    if silence.is_deputys(case, fallen, event.board):
        return silence.of_deputy(case, counted, what, event, lead)
    now, said = fallen.reminder, tuple[Effect, ...]()
    is_silent = fallen.tell == "lead" and silence.is_silent(case, counted)
    if fallen.tell == "person":
        now = rooms.placed(case, kind, reminder, now, event)
    elif is_silent:
        said = silence.of_owner(case, reminder, what, lead)
    after = replace(changed(case, now), unheard=is_silent)
    if after.phase == "told" and now.asked:
        after = replace(after, phase="following")
    return after, (*alarms(case.reminders, after.reminders), *said)


def question(case: Case, reminder: Reminder, text: Text) -> Text:
    """The words of a ping, about this case."""
    return text.fill(
        project=text_of(case, "project") or "…",
        customer=text_of(case, "customer") or "…",
        what=reminder.what or "…",
        day=both(reminder.day),
    )


def _answered(playbook: Playbook, case: Case, event: PingAnswered) -> Turned:
    reminder = case.reminders.get(event.key)
    if reminder is None or reminder.state not in ANSWERABLE:
        return case, (Toast(FOLLOW.already),)
    at = event.stamp.at
    if reminder.anchor == "watched" and event.answer != "done":
        return first_sign.checked(case, reminder, event)
    now = replace(
        reminder,
        state="answered",
        answer=event.answer,
        answered_at=at,
        choosing="",
        answered_by=event.name,
    )
    spared = {
        key: replace(other, state="lapsed")
        for key, other in case.reminders.items()
        if settles(now, at, other)
    }
    after = replace(case, reminders={**case.reminders, **spared, now.key: now})
    after = replace(after, phase="following") if after.phase == "told" else after
    after = _met(playbook, after, now, local_day(case, at))
    effects: tuple[Effect, ...] = (Toast(FOLLOW.kept),)
    if now.answer == "done" and now.anchor == "new_date":
        after = replace(after, phase="recovered", recovered_at=at)
        told = FOLLOW.delivered_now.fill(customer=text_of(case, "customer") or "…")
        offer = OfferScreen(told, ("retrospective", "feedback"))
        effects = (Show(f"after:{case.revision + 1}", offer), *effects)
    effects = (*alarms(case.reminders, after.reminders), *_pulse(playbook, case, now), *effects)
    kind = playbook.pings.kind(now.kind)
    if now.answer == "at_risk" and kind is not None:
        warning = rooms.warned(case, now, question(case, now, kind.text), event)
        effects = (*effects, warning) if warning is not None else effects
    plan = StepId("plan")
    if now.answer == "at_risk" and now.anchor == "milestone" and plan in playbook.by_id:
        after, shown = live.move(after, replace(awake(after), step=plan, variant=None))
        return after, (*shown, *effects)
    return after, effects


def _pulse(playbook: Playbook, before: Case, answered: Reminder) -> tuple[Effect, ...]:
    """At the first milestone that is met, the customer may be asked whether the plan holds for them."""
    if (answered.anchor, answered.answer) != ("milestone", "done"):
        return ()
    earlier = (r for r in before.reminders.values() if r.anchor == "milestone")
    if any(r.answer == "done" for r in earlier) or later.FEEDBACK not in playbook.by_id:
        return ()
    told = FOLLOW.first_met.fill(customer=text_of(before, "customer") or "…")
    around = before.surroundings
    link = ("link",) if around is not None and around.can_link else ()
    return (Show(f"after:{before.revision + 1}", OfferScreen(told, ("feedback", *link))),)


def _met(playbook: Playbook, case: Case, answered: Reminder, today: date) -> Case:
    """What an answer says of the rhythm: milestones met or missed, an update given."""
    match (answered.anchor, answered.answer):
        case ("milestone", "done"):
            return replace(case, met=case.met + 1)
        case ("milestone", "at_risk"):
            missed = answered.day < today
            case = replace(case, met=0)
            sooner = next_update(playbook, case, today, missed=missed)
            due = case.update_day or day_of(case, "next_update")
            return replace(case, update_day=min(due, sooner) if due and due > today else due)
        case ("next_update", "done"):
            day = next_update(playbook, case, max(answered.day, today))
            return replace(case, updates=case.updates + 1, update_day=day)
        case _:
            return case


def _next_begun(case: Case, event: NextBegun) -> Turned:
    """The date moves again: this case goes on being followed, without what the next one asks."""
    if case.told_at is None:
        return case, (Toast(FOLLOW.nothing),)
    over = {
        r.key: replace(r, state="lapsed")
        for r in case.reminders.values()
        if r.anchor in ("new_date", "milestone") and r.state in ANSWERABLE
    }
    after = replace(case, reminders={**case.reminders, **over}, met=0)
    found = carried(case, local_day(case, event.stamp.at))
    return after, (
        *alarms(case.reminders, after.reminders),
        BeginNext(text_of(case, "project"), found),
        Toast(FOLLOW.began_next),
    )


def carried(case: Case, today: date) -> Mapping[FieldId, Offer]:
    """What the next conversation on the same promise knows from this one."""
    told = local_day(case, case.told_at) if case.told_at else today
    origin = FOLLOW.from_case.fill(day=both(told))
    values: dict[FieldId, Value] = {
        FieldId(name): case.answers[FieldId(name)].value
        for name in _CARRIED
        if FieldId(name) in case.answers
    }
    day = day_of(case, NEW_DATE)
    if day is not None:
        values[FieldId("original_date")] = DateValue(day)
    before = 0 if text_of(case, "moved_before") in ("", "no") else 1
    values[FieldId("moved_before")] = ChoiceValue(_MOVED[before])
    values[FieldId("first_sign")] = DateValue(today)
    values[FieldId("project")] = TextValue(text_of(case, "project"))
    return {name: Offer(value, origin) for name, value in values.items()}


def _lessons(case: Case, event: LessonsFound | LessonJudged) -> Turned:
    """At most two that fit are shown where they matter; each is judged once."""
    if isinstance(event, LessonsFound):
        hints = tuple(x for x in event.lessons if x.id not in case.judged)[:SHOWN]
        return (case, ()) if hints == case.hints else live.refresh(replace(case, hints=hints))
    if all(lesson.id != event.lesson for lesson in case.hints):
        return case, (Toast(FOLLOW.already),)
    after = replace(
        case,
        hints=tuple(x for x in case.hints if x.id != event.lesson),
        judged=(*case.judged, event.lesson),
    )
    shown = live.refresh(after)[1]
    return after, (*shown, JudgeLesson(event.lesson, event.helpful), Toast(FOLLOW.kept))
