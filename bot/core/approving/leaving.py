"""From Send to the customer: the time to undo, the one delivery, what became of it, what it binds."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.approving import asking, rules, times
from bot.core.approving.events import (
    ArrivalSaid,
    Delivered,
    DeliveryFailed,
    HowItWent,
    SendAsked,
    SendRepeated,
    SendUndone,
    ToldByOwner,
)
from bot.core.approving.preparing import Prepared
from bot.core.approving.promised import renewed, told
from bot.core.approving.release import Delivery, Outcome, Outgoing, Surroundings
from bot.core.approving.showing import customer_of, notice, turned, when
from bot.core.approving.wording import TELL, WHY, WHY_ELSE
from bot.core.case import Case
from bot.core.dialogue.live import Turned
from bot.core.effects import Deliver, DropPing, SetPing, Toast
from bot.core.message.draft import working_calendar
from bot.core.phrases import SAY
from bot.core.playbook import Playbook
from bot.core.reading import dates
from bot.core.stamp import Stamp

SEND, OUTCOME = "send", "outcome"  # kinds of reminders
_CLOCK = re.compile(r"(?<![\d:])(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0-5]\d)(?![\d:])")


def send(playbook: Playbook, case: Case, event: SendAsked, prepared: Prepared) -> Turned:
    """It may leave: after the time to undo, or in the next good slot. A second tap does nothing."""
    ready = _ready(playbook, case, event.digest, event.stamp, prepared)
    if not isinstance(ready, Case) or ready.outgoing is None:
        return ready if not isinstance(ready, Case) else (case, ())
    if ready.outgoing.release.way == "self":
        return case, (Toast(TELL.not_now),)
    due = event.stamp.at + times.UNDO
    if event.later:
        around = case.surroundings or Surroundings()
        due = max(due, times.good_slot(event.stamp.at, around.zone, around.calendar))
    outgoing = replace(
        ready.outgoing,
        state="waiting",
        asked_by=event.stamp.by,
        due=due,
        scheduled=event.later,
    )
    said = () if event.later else (Toast(TELL.leaves_soon),)
    return turned(asking.in_state(ready, outgoing), SetPing(SEND, due), *said)


def undo(case: Case, event: SendUndone) -> Turned:
    """Called back, as long as it has not left; the approvals stand."""
    outgoing = case.outgoing
    if outgoing is None or outgoing.number != event.number:
        return case, (Toast(TELL.not_now),)
    if outgoing.state in ("leaving", "unknown", "delivered"):
        return case, (Toast(TELL.has_left),)
    if outgoing.state != "waiting":
        return case, (Toast(TELL.not_now),)
    back = replace(outgoing, state="ready", due=None, asked_by=None, scheduled=False)
    return turned(asking.in_state(case, back), DropPing(SEND), Toast(TELL.undone))


def fall_due(playbook: Playbook, case: Case, at: datetime) -> Turned:
    """The time to undo is over. Only a text that all have agreed to leaves, and not much too late."""
    outgoing = case.outgoing
    if outgoing is None or outgoing.state != "waiting" or outgoing.due is None:
        return case, ()
    if at < outgoing.due:
        return case, (SetPing(SEND, outgoing.due),)
    if not _is_agreed(outgoing) or at > outgoing.due + times.LATE:
        back = replace(outgoing, state="ready", due=None, asked_by=None, scheduled=False)
        around = case.surroundings or Surroundings()
        moment = when(outgoing.due, case.zone or around.zone)
        told = TELL.note_late.fill(customer=customer_of(case), moment=moment)
        return turned(asking.in_state(case, back), notice(case, told))
    if not rules.covered(playbook, case, outgoing):
        after, effects = asking.taken_back(playbook, case)
        return turned(after, *effects, notice(case, TELL.approval_void))
    gone = replace(outgoing, state="leaving", tries=outgoing.tries + 1)
    return turned(
        asking.in_state(case, gone),
        SetPing(OUTCOME, at + times.CHECK),
        Deliver(outgoing.number),
    )


def look_again(case: Case, at: datetime) -> Turned:
    """As long as the outcome is not known, it is looked for again."""
    if case.outgoing is None or case.outgoing.state != "leaving":
        return case, ()
    return case, (SetPing(OUTCOME, at + times.CHECK),)


def repeat(case: Case, event: SendRepeated) -> Turned:
    """A person wants it sent again, after a failure or an outcome that nobody knows."""
    outgoing = case.outgoing
    if outgoing is None or outgoing.number != event.number:
        return case, (Toast(TELL.not_now),)
    if outgoing.state not in ("unknown", "failed"):
        return case, (Toast(TELL.on_its_way),)
    gone = replace(outgoing, state="leaving", tries=outgoing.tries + 1, why="")
    return turned(
        asking.in_state(case, gone),
        SetPing(OUTCOME, event.stamp.at + times.CHECK),
        Deliver(outgoing.number, again=True),
    )


def arrived(playbook: Playbook, case: Case, event: Delivered | ArrivalSaid) -> Turned:
    """The customer has it. Told twice, it is written down once."""
    outgoing = case.outgoing
    if outgoing is None or outgoing.number != event.number:
        return case, ()
    expected = ("leaving", "unknown") if isinstance(event, Delivered) else ("unknown",)
    if outgoing.state not in expected:
        return case, () if isinstance(event, Delivered) else (Toast(TELL.not_now),)
    delivery = Delivery(
        number=outgoing.number,
        digest=outgoing.release.digest,
        release=outgoing.release,
        by=outgoing.asked_by or case.owner,
        at=event.stamp.at,
        how="sent" if isinstance(event, Delivered) else "said_arrived",
        approvals=outgoing.approvals,
        ref=event.ref if isinstance(event, Delivered) else "",
    )
    after, effects = _recorded(playbook, case, outgoing, delivery)
    return turned(after, *effects, notice(case, TELL.note_sent.fill(customer=customer_of(case))))


def fail(case: Case, event: DeliveryFailed) -> Turned:
    """It did not arrive, or nobody knows; the text is kept, and a person decides."""
    outgoing = case.outgoing
    if outgoing is None or outgoing.number != event.number or outgoing.state != "leaving":
        return case, ()
    now = replace(outgoing, state="unknown" if event.unknown else "failed", why=event.why)
    said = TELL.note_unknown if event.unknown else TELL.note_failed
    why = WHY.get(event.why, WHY_ELSE)
    told = said.fill(customer=customer_of(case), why=why)
    return turned(asking.in_state(case, now), DropPing(OUTCOME), notice(case, told))


def tell(playbook: Playbook, case: Case, event: ToldByOwner, prepared: Prepared) -> Turned:
    """The owner told the customer, in words that all had agreed to; when, as they wrote it."""
    ready = _ready(playbook, case, event.digest, event.stamp, prepared)
    if not isinstance(ready, Case) or ready.outgoing is None:
        return ready if not isinstance(ready, Case) else (case, ())
    at = told_at(case, event)
    if at is None:
        return case, (Toast(TELL.when_unclear),)
    outgoing = ready.outgoing
    delivery = Delivery(
        number=outgoing.number,
        digest=outgoing.release.digest,
        release=outgoing.release,
        by=event.stamp.by,
        at=at,
        how="told",
        approvals=outgoing.approvals,
        told_by=" ".join(event.told_by.split()),
    )
    after, effects = _recorded(playbook, ready, outgoing, delivery)
    return turned(after, *effects)


def told_at(case: Case, event: ToldByOwner) -> datetime | None:
    """When the owner told them; now where nothing is said, None where it lies ahead or is unclear."""
    text, now = event.told_by, event.stamp.at
    local = now.astimezone(ZoneInfo(case.zone))
    found = dates.scan(text, today=local.date(), calendar=working_calendar(case))
    past = [r.day for m in found for r in m.readings if r.day <= local.date()]
    if found and not past:
        return None
    clock = _CLOCK.search(text)
    if clock is None:
        return now if not past or past[0] == local.date() else _noon(past[0], local)
    hour = time(int(clock["hour"]), int(clock["minute"]))
    at = datetime.combine(past[0] if past else local.date(), hour, tzinfo=local.tzinfo)
    return at.astimezone(times.UTC) if at <= local + timedelta(minutes=1) else None


def went(case: Case, event: HowItWent) -> Turned:
    """How the customer took it; a later word takes the place of an earlier one."""
    if all(d.number != event.number for d in case.deliveries):
        return case, (Toast(TELL.not_now),)
    before = next((o for o in case.outcomes if o.number == event.number), None)
    if event.typed is not None:
        return _typed(case, event, before)
    quote = event.quote.strip() or (before.quote if before else "")
    reaction = event.reaction or (before.reaction if before else "no_answer")
    if before is not None and (before.reaction, before.quote) == (reaction, quote):
        return case, ()
    rest = tuple(o for o in case.outcomes if o.number != event.number)
    now = Outcome(event.number, event.stamp.at, reaction, quote)
    return turned(replace(case, outcomes=(*rest, now)))


def _typed(case: Case, event: HowItWent, before: Outcome | None) -> Turned:
    """The line that was typed below the card, as the customer's words after those before."""
    if not case.loose or event.typed != case.live:
        return case, (Toast(SAY.already_settled),)
    words = f"{before.quote}\n{case.loose}" if before and before.quote else case.loose
    return went(replace(case, loose=""), replace(event, quote=words, typed=None))


def _recorded(playbook: Playbook, case: Case, outgoing: Outgoing, delivery: Delivery) -> Turned:
    """The delivery written down: when they were told, what is promised now, what follows."""
    said = told(playbook, case, delivery)
    after = asking.in_state(
        replace(
            case,
            deliveries=(*case.deliveries, delivery),
            given=renewed(case.given, said.promises),
            answer_by=said.answer_by or case.answer_by,
            told_at=case.told_at or delivery.at,
            corrects=0,
            asked_about={},
        ),
        replace(outgoing, state="delivered", due=None),
    )
    return after, (
        DropPing(SEND),
        DropPing(OUTCOME),
        DropPing("nudge"),
    )


def _ready(
    playbook: Playbook, case: Case, digest: str, stamp: Stamp, prepared: Prepared
) -> Case | Turned:
    """The case with exactly this text ready to leave; else why it is not."""
    outgoing = case.outgoing
    if outgoing is not None and outgoing.state in ("waiting", "leaving", "unknown", "failed"):
        return case, (Toast(TELL.on_its_way),)
    if outgoing is not None and outgoing.state == "delivered":
        if outgoing.release.digest == digest:
            return case, (Toast(TELL.already_delivered),)
        outgoing = None
    if prepared.release.digest != digest or not prepared.is_free:
        return turned(case, Toast(TELL.changed_since))
    ready = asking.started(playbook, case, stamp, prepared) if outgoing is None else case
    outgoing = ready.outgoing
    if outgoing is None or outgoing.state != "ready" or not _is_agreed(outgoing):
        return turned(case, Toast(TELL.needs_approval))
    if outgoing.release.digest != digest:
        return turned(case, Toast(TELL.changed_since))
    return ready if rules.covered(playbook, ready, outgoing) else _void(playbook, ready)


def _void(playbook: Playbook, case: Case) -> Turned:
    """Taken back, because somebody must agree who was never asked."""
    after, effects = asking.taken_back(playbook, case)
    return turned(after, *effects, Toast(TELL.approval_void))


def _is_agreed(outgoing: Outgoing) -> bool:
    digest = outgoing.release.digest
    return all(a.state == "approved" and a.digest == digest for a in outgoing.approvals)


def _noon(day: date, local: datetime) -> datetime:
    return datetime.combine(day, time(12), tzinfo=local.tzinfo).astimezone(times.UTC)
