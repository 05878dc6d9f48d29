"""Regular updates to the customer: half written from what the case knows, and counted when they left."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.core.case import Case, ChoiceValue, DateValue, Offer, TextValue, Value, day_of, text_of
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
from bot.core.pings.due import settles
from bot.core.pings.reminder import Key, Reminder
from bot.core.playbook import Channel, Playbook
from bot.core.stamp import Stamp
from bot.core.words import FieldId, StepId

UPDATE = StepId("update")
STATE, NEXT = FieldId("update_state"), FieldId("update_next")
QUIET, IN_DANGER = ChoiceValue("quiet"), ChoiceValue("in_danger")
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
    if _doubted(playbook, case):
        after, effects = opened(playbook, case, LaterOpened(event.stamp, UPDATE))
        return after, (*effects, Toast(FOLLOW.has_changed))
    before, stamp, number = case, event.stamp, case.updates + 1
    if case.updating != number:
        case = replace(emptied(playbook, case), updating=number)
    day = next_update(playbook, case, local_day(case, stamp.at))
    for name, value in ((STATE, QUIET), (NEXT, DateValue(day))):
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
    case = emptied(playbook, case)
    found = {FieldId(n): v for n, v in _known(playbook, case, local_day(case, stamp.at))}
    state = found.get(STATE)
    if state is not None and state != QUIET:
        del found[STATE]
        case = answers.put(playbook, case, STATE, state, stamp=stamp, origin=FOLLOW.from_updates)
    offers = {name: Offer(value, FOLLOW.from_updates) for name, value in found.items()}
    return replace(case, offers={**case.offers, **offers})


def _known(playbook: Playbook, case: Case, today: date) -> Iterator[tuple[str, Value]]:
    since = _last(case)
    due = [(n, what) for n, what, day in milestones(case) if since < day <= today]
    state = _state(case, [n for n, _ in due])
    doubted = _doubted(playbook, case)
    if not due:
        yield "update_state", IN_DANGER if doubted else QUIET
    else:
        if state:
            yield "update_state", ChoiceValue(state)
        named = "；" if case.language == "zh" else "; "
        yield "update_promised", TextValue(named.join(what for _, what in due if what))
    ahead = sorted((day, n, what) for n, what, day in milestones(case) if day > today and what)
    if not due and doubted:
        ahead = [one for one in ahead if one[1] in doubted] or _delivery(case)
    for day, _, what in ahead[:1]:
        yield "update_milestone", TextValue(what)
        yield "update_milestone_day", DateValue(day)
    yield "update_confidence", ChoiceValue("weaker" if doubted else "same")
    decide_by = day_of(case, "decide_by")
    if decide_by is not None and decide_by >= today and text_of(case, "ask"):
        yield "update_decision", TextValue(text_of(case, "ask"))
        yield "update_decide_by", DateValue(decide_by)
    yield "update_next", DateValue(next_update(playbook, case, today))


def _last(case: Case) -> date:
    """The day on which the customer heard last from us."""
    at = max((d.at for d in case.deliveries), default=case.told_at or case.begun_at)
    return local_day(case, at)


def _doubted(playbook: Playbook, case: Case) -> frozenset[int]:
    """The numbers of the milestones that were called at risk since the customer heard last; 0 for
    the new date itself. None where the playbook of then has no such answer.
    """
    if not any(choice.id == IN_DANGER.id for choice in playbook.fields[STATE].choices):
        return frozenset()
    since = _last(case)
    told = (r for r in case.reminders.values() if r.anchor in ("milestone", "new_date"))
    return frozenset(r.number for r in told if r.answer == "at_risk" and _is_new(case, r, since))


def _delivery(case: Case) -> list[tuple[date, int, str]]:
    """What was promised, on its new date, as a milestone."""
    day, what = day_of(case, "new_date"), text_of(case, "promised")
    return [(day, 0, what)] if day and what else []


def _is_new(case: Case, reminder: Reminder, since: date) -> bool:
    at = reminder.answered_at
    return at is not None and local_day(case, at) >= since


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
