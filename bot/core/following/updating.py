"""Regular updates to the customer: half written from what the case knows, and counted when they left."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.core.case import (
    Case,
    ChoiceValue,
    DateValue,
    Offer,
    TextValue,
    Value,
    customer_language,
    day_of,
    text_of,
)
from bot.core.dialogue import answers, live
from bot.core.dialogue.live import Turned
from bot.core.dialogue.moving import awake
from bot.core.dialogue.scalars import local_day
from bot.core.dialogue.viewing import variant_named, variant_of
from bot.core.effects import Effect, Toast
from bot.core.following.anchors import milestones, next_update
from bot.core.following.events import LaterOpened, UpdateQuiet
from bot.core.following.laying import alarms
from bot.core.following.wording import FOLLOW
from bot.core.meetings import telling
from bot.core.message.overdue import open_decision
from bot.core.pings.due import settles
from bot.core.pings.reminder import Key, Reminder
from bot.core.playbook import Channel, Playbook
from bot.core.reading.formats import show_date
from bot.core.stamp import Stamp
from bot.core.words import FieldId, StepId

UPDATE = StepId("update")
STATE, NEXT = FieldId("update_state"), FieldId("update_next")
ALSO = FieldId("update_danger")
DECISION = FieldId("update_decision")
QUIET, IN_DANGER = ChoiceValue("quiet"), ChoiceValue("in_danger")
_TOLD = ("milestone", "new_date", "promise")  # what the customer counts on
_OPEN = ("delivered", "refused")  # states of a message that another one may follow
_CHANNELS: dict[str, Channel] = {"email": "email", "chat": "chat", "tracker": "chat"}


def opened(playbook: Playbook, case: Case, event: LaterOpened) -> Turned:
    """The update that comes next, half written; one that is being written goes on where it was."""
    before = case
    case, refused = _free(playbook, case)
    if refused:
        return case, refused
    number = case.updates + 1
    if case.updating != number:
        case = _half_written(playbook, replace(case, updating=number), event.stamp)
    return live.move(before, replace(awake(case), step=UPDATE, variant=None, on=None))


def quiet(playbook: Playbook, case: Case, event: UpdateQuiet) -> Turned:
    """The short heartbeat: nothing was due, nothing has changed; its draft is on the screen at once.

    Words of an update that was begun are kept, and come back with it. Where a date is in danger, by
    what the owner or the team said since the last message, something has changed: it is to be told.
    """
    case, refused = _free(playbook, case)
    if refused:
        return case, refused
    if _doubts(case):
        after, effects = opened(playbook, case, LaterOpened(event.stamp, UPDATE))
        return after, (*effects, Toast(FOLLOW.has_changed))
    before, stamp, number = case, event.stamp, case.updates + 1
    today, undecided = local_day(case, stamp.at), open_decision(case)
    if case.updating != number:
        case = replace(emptied(playbook, case), updating=number)
    found: dict[FieldId, Value] = {
        STATE: QUIET,
        NEXT: DateValue(next_update(playbook, case, today)),
    }
    if undecided is not None and undecided[1] < today:
        found[DECISION] = TextValue(undecided[0])
    for name, value in found.items():
        case = answers.put(playbook, case, name, value, stamp=stamp, origin=FOLLOW.from_updates)
    return live.move(before, written(awake(case)))


def written(case: Case) -> Case:
    """The case with the draft of its update on the screen, by the way that was agreed."""
    own = variant_of(case)
    channel = _CHANNELS.get(text_of(case, "follow_up_channel"), own.channel)
    outgoing = case.outgoing
    return replace(
        case,
        step=None,
        variant=replace(own, channel=channel, update=case.updating),
        sending=False,
        practice=None,
        outgoing=None if outgoing is None or outgoing.state in _OPEN else outgoing,
    )


def emptied(playbook: Playbook, case: Case) -> Case:
    """The case without the answers of an earlier update."""
    mine = {f.id for f in playbook.by_id[UPDATE].fields}
    return replace(
        case,
        answers={k: v for k, v in case.answers.items() if k not in mine},
        passed=tuple(f for f in case.passed if f not in mine),
        pending={k: v for k, v in case.pending.items() if k not in mine},
        others={k: v for k, v in case.others.items() if k not in mine},
        stale=tuple(f for f in case.stale if f not in mine),
    )


def given(playbook: Playbook, before: Case, turned: Turned, stamp: Stamp) -> Turned:
    """The same, with an update that has just left counted, and its ping answered."""
    after, effects = turned
    left = after.deliveries[len(before.deliveries) :]
    variants = [variant_named(d.release.variant) for d in left]
    if not any(v is not None and v.update > after.updates for v in variants):
        return after, effects
    today = local_day(after, stamp.at)
    day = day_of(after, NEXT)
    if day is None or day <= today:
        day = next_update(playbook, after, today)
    key = Key(f"next_update/{after.updates}")
    reminders = dict(after.reminders)
    if key in reminders:
        reminders |= _answered(reminders, reminders[key], stamp)
    now = replace(after, updates=after.updates + 1, update_day=day, reminders=reminders)
    return now, (*effects, *alarms(after.reminders, reminders))


def _answered(reminders: dict[Key, Reminder], asked: Reminder, stamp: Stamp) -> dict[Key, Reminder]:
    """The ping of the update answered, and others about the same spared."""
    done = replace(asked, state="answered", answer="done", answered_at=stamp.at, choosing="")
    spared = {
        key: replace(other, state="lapsed")
        for key, other in reminders.items()
        if settles(done, stamp.at, other)
    }
    return {**spared, done.key: done}


def _free(playbook: Playbook, case: Case) -> tuple[Case, tuple[Effect, ...]]:
    """The case; with a word where it cannot write an update now."""
    if UPDATE not in playbook.by_id or case.told_at is None or case.recovered_at is not None:
        return case, (Toast(FOLLOW.nothing),)
    if case.outgoing is not None and case.outgoing.state not in _OPEN:
        return case, (Toast(FOLLOW.on_its_way),)
    return case, ()


def _half_written(playbook: Playbook, case: Case, stamp: Stamp) -> Case:
    """The case with what can be written before anybody types; whether it came is an answer already,
    where the pings say so, since the other questions hang on it.
    """
    today, undecided = local_day(case, stamp.at), open_decision(case)
    case = emptied(playbook, case)
    found = {FieldId(n): v for n, v in _known(playbook, case, today)}
    found |= _undecided(undecided, today)
    state = found.get(STATE)
    if state is not None and state != QUIET:
        del found[STATE]
        case = answers.put(playbook, case, STATE, state, stamp=stamp, origin=FOLLOW.from_updates)
    offers = {name: Offer(value, FOLLOW.from_updates) for name, value in found.items()}
    meeting = telling.offered(case, stamp.at) if telling.UPDATE_MEETING in playbook.fields else {}
    return replace(case, offers={**case.offers, **offers, **meeting})


def _known(playbook: Playbook, case: Case, today: date) -> Iterator[tuple[str, Value]]:
    since = local_day(case, _heard_at(case))
    due = [(n, what) for n, what, day in milestones(case) if since < day <= today]
    state = _state(case, [n for n, _ in due])
    named = "；" if case.language == "zh" else "; "
    doubts = _doubts(case)
    if due:
        if state:
            yield "update_state", ChoiceValue(state)
        yield "update_promised", TextValue(named.join(what for _, what in due if what))
    elif not doubts:
        yield "update_state", QUIET
    elif _can_tell(playbook):
        yield "update_state", IN_DANGER
    ahead, also = _ahead(case, doubts, today, is_due=bool(due))
    for day, what in ahead[:1]:
        yield "update_milestone", TextValue(what)
        yield "update_milestone_day", DateValue(day)
    if also and ALSO in playbook.fields:
        language = customer_language(case)
        comma = "，" if language == "zh" else ", "
        dated = (comma.join((what, show_date(day, language, weekday=False))) for day, what in also)
        yield str(ALSO), TextValue(named.join(dated))
    yield "update_confidence", ChoiceValue("weaker" if doubts else "same")
    yield "update_next", DateValue(next_update(playbook, case, today))


def _undecided(known: tuple[str, date] | None, today: date) -> dict[FieldId, Value]:
    """What they still have to decide; a day that is over is not asked for again."""
    if known is None:
        return {}
    what, by = known
    found: dict[FieldId, Value] = {DECISION: TextValue(what)}
    return found if by < today else {**found, FieldId("update_decide_by"): DateValue(by)}


_Dated = list[tuple[date, str]]


def _ahead(
    case: Case, doubts: Sequence[Reminder], today: date, *, is_due: bool
) -> tuple[_Dated, _Dated]:
    """What is to come, the first of it first, and what is in danger besides it.

    Where nothing was due, what is to come is what is in danger: the update is about that.
    """
    endangered = sorted({(r.day, what) for r in doubts if r.day > today and (what := _of(case, r))})
    if doubts and not is_due:
        return endangered, endangered[1:]
    dates = sorted((day, what) for _, what, day in milestones(case) if day > today and what)
    return [one for one in dates if one not in endangered], endangered


def _heard_at(case: Case) -> datetime:
    """When the customer heard last from us."""
    return max((d.at for d in case.deliveries), default=case.told_at or case.begun_at)


def _can_tell(playbook: Playbook) -> bool:
    """Whether an update can be about a date in danger: not so in a playbook of before."""
    return any(choice.id == IN_DANGER.id for choice in playbook.fields[STATE].choices)


def _doubts(case: Case) -> tuple[Reminder, ...]:
    """What was called at risk since the customer heard last, where nothing better was said since."""
    last: dict[tuple[str, int], Reminder] = {}
    for one in sorted(case.reminders.values(), key=lambda r: (r.answered_at or r.due, r.key)):
        if one.anchor in _TOLD and one.answered_at is not None:
            last[one.anchor, one.number] = one
    since = _heard_at(case)
    new = (r for r in last.values() if r.answered_at is not None and r.answered_at > since)
    return tuple(r for r in new if r.answer == "at_risk")


def _of(case: Case, reminder: Reminder) -> str:
    """What would come late, by its name."""
    own = reminder.what if reminder.anchor == "milestone" else ""
    return text_of(case, "promised") if reminder.anchor == "new_date" else own


def _state(case: Case, numbers: list[int]) -> str:
    """Whether the milestones of these numbers came, as far as their pings were answered."""
    said = [
        {r.answer for r in case.reminders.values() if r.anchor == "milestone" and r.number == n}
        for n in numbers
    ]
    done = ["done" in one for one in said]
    if all(done):
        return "came"
    if any(done):
        return "partly"
    return "not_yet" if all("at_risk" in one for one in said) else ""
