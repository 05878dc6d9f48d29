"""Events that bring or settle an answer, and where the conversation goes from there."""

from dataclasses import replace
from typing import Literal, assert_never

from bot.core import answers, live, path
from bot.core.case import Case, Skip, text_of
from bot.core.effects import Effect, Recall, Toast
from bot.core.events import (
    AnswerEvent,
    Cleared,
    OfferTaken,
    OtherSettled,
    Placed,
    ReadingChosen,
    Recalled,
    Skipped,
    Submitted,
    Typed,
)
from bot.core.inputs import is_none
from bot.core.live import Turned
from bot.core.phrases import SAY
from bot.core.playbook import Playbook, Step
from bot.core.words import FieldId

CUSTOMER = FieldId("customer")


def react(playbook: Playbook, case: Case, event: AnswerEvent) -> Turned:
    """The case with the answer taken, kept in its box, or set aside; nothing typed is lost."""
    match event:
        case Typed():
            turned = _typed(playbook, case, event)
        case Submitted():
            turned = _submitted(playbook, case, event)
        case ReadingChosen():
            turned = _reading_chosen(playbook, case, event)
        case OfferTaken():
            turned = _offer_taken(playbook, case, event)
        case OtherSettled():
            turned = _other_settled(playbook, case, event)
        case Placed():
            turned = _placed(playbook, case, event)
        case Skipped():
            turned = _skipped(playbook, case, event)
        case Cleared():
            turned = _cleared(playbook, case, event)
        case Recalled():
            turned = _recalled(case, event)
        case _:
            assert_never(event)
    return turned


def _typed(playbook: Playbook, case: Case, event: Typed) -> Turned:
    text = event.text.strip()
    if not text:
        return case, (Toast(SAY.empty_line),)
    if case.step is not None and case.asking is not None and not case.stopped:
        if case.asking.what == "skip":
            return _skipped(playbook, case, Skipped(event.stamp, case.step, text))
        case = replace(case, asking=None)
    field = path.open_field(playbook, case)
    if field is None:
        loose = f"{case.loose}\n{text}" if case.loose else text
        return live.move(case, replace(case, loose=loose))
    if not field.required and is_none(text):
        after = answers.pass_over(case, field.id)
        return _onward(playbook, case, after, typed=True)
    after, outcome = answers.take(
        playbook, case, field, event.text, stamp=event.stamp, seen=case.revision
    )
    if outcome == "pending":
        return live.move(case, after)
    return _onward(playbook, case, after, typed=True, answered=(field.id,))


def _submitted(playbook: Playbook, case: Case, event: Submitted) -> Turned:
    after = case
    outcomes = set()
    for field in playbook.fields.values():
        if field.id in event.boxes:
            raw = event.boxes[field.id]
            after, outcome = answers.take(
                playbook, after, field, raw, stamp=event.stamp, seen=event.seen
            )
            if outcome == "blank" and field.id in after.answers:
                outcomes.add("kept")
    toast = (Toast(SAY.blank_keeps),) if "kept" in outcomes else ()
    if after is case:
        if _may_leave(playbook, case):
            return _onward(playbook, case, after, typed=False)
        return case, toast or (Toast(SAY.already_saved),)
    turned, effects = _onward(playbook, case, after, typed=False)
    return turned, (*effects, *toast)


def _may_leave(playbook: Playbook, case: Case) -> bool:
    """Whether the open step was complete already, so that sending it unchanged moves on."""
    if case.step is None or case.stopped:
        return False
    step = playbook.by_id[case.step]
    return step.id not in case.skips and not path.open_fields(case, step)


def _reading_chosen(playbook: Playbook, case: Case, event: ReadingChosen) -> Turned:
    pending = case.pending.get(event.field)
    if pending is None or not 0 <= event.index < len(pending.readings):
        return case, (Toast(SAY.already_settled),)
    value = pending.readings[event.index].value
    after = answers.put(playbook, case, event.field, value, stamp=event.stamp)
    return _onward(playbook, case, after, typed=False)


def _offer_taken(playbook: Playbook, case: Case, event: OfferTaken) -> Turned:
    step = playbook.by_id.get(case.step) if case.step else None
    after = case
    for field in path.visible(case, step) if step else ():
        offer = after.offers.get(field.id)
        if offer is not None:
            after = answers.put(
                playbook, after, field.id, offer.value, stamp=event.stamp, origin=offer.origin
            )
    if after is case:
        return case, (Toast(SAY.already_settled),)
    return _onward(playbook, case, after, typed=False)


def _other_settled(playbook: Playbook, case: Case, event: OtherSettled) -> Turned:
    other = case.others.get(event.field)
    if other is None:
        return case, (Toast(SAY.already_settled),)
    if event.take:
        after = answers.put(playbook, case, event.field, other.value, stamp=event.stamp)
    else:
        after = replace(case, others={k: v for k, v in case.others.items() if k != event.field})
    return _onward(playbook, case, after, typed=False)


def _placed(playbook: Playbook, case: Case, event: Placed) -> Turned:
    field = playbook.fields.get(event.field)
    if field is None or not case.loose:
        return case, (Toast(SAY.already_settled),)
    after, outcome = answers.take(
        playbook, case, field, case.loose, stamp=event.stamp, seen=case.revision
    )
    if outcome == "blank":
        return case, (Toast(SAY.empty_line),)
    return _onward(playbook, case, replace(after, loose=""), typed=False)


def _skipped(playbook: Playbook, case: Case, event: Skipped) -> Turned:
    step = playbook.by_id.get(event.step)
    if step is None or not step.skippable or step.id in case.skips:
        return case, (Toast(SAY.already_settled),)
    skip = Skip(reason=event.reason, at=event.stamp.at, by=event.stamp.by)
    after = replace(case, asking=None, skips={**case.skips, step.id: skip})
    return _onward(playbook, case, after, typed=False)


def _cleared(playbook: Playbook, case: Case, event: Cleared) -> Turned:
    after = answers.clear(playbook, case, event.field)
    if after is case:
        return case, (Toast(SAY.already_settled),)
    return live.refresh(replace(after, asking=None))


def _recalled(case: Case, event: Recalled) -> Turned:
    fresh = {k: v for k, v in event.offers.items() if k not in case.answers}
    if not fresh:
        return case, ()
    return live.refresh(replace(case, offers={**case.offers, **fresh}))


def _onward(
    playbook: Playbook,
    before: Case,
    case: Case,
    *,
    typed: bool,
    answered: tuple[FieldId, ...] = (),
) -> Turned:
    """To the next open step when this one is done, else the same step drawn again.

    After a typed line the live message moves below it; after a click it stays where it is.
    """
    recall = _recall(before, case)
    if case is before and not typed and before.step is None:
        return case, ()
    if case.stopped or case.step is None:
        turned, effects = live.refresh(_reviewed(playbook, case))
    elif _stays(case, playbook.by_id[case.step]):
        turned, effects = (
            live.move(before, case, answered=answered) if typed else live.refresh(case)
        )
    else:
        onward = replace(case, step=path.next_step(playbook, case), asking=None, variant=None)
        turned, effects = live.move(before, _reviewed(playbook, onward))
    return turned, (*effects, *recall)


def _stays(case: Case, step: Step) -> bool:
    return bool(path.open_fields(case, step)) or any(f.id in case.others for f in step.fields)


def _reviewed(playbook: Playbook, case: Case) -> Case:
    """The case in the phase that its answers put it in: collecting, or reviewing when all stand."""
    if case.phase not in ("collecting", "reviewing"):
        return case
    waits = path.next_step(playbook, case) is not None
    phase: Literal["collecting", "reviewing"] = "collecting" if waits else "reviewing"
    return replace(case, phase=phase) if phase != case.phase else case


def _recall(before: Case, case: Case) -> tuple[Effect, ...]:
    customer = text_of(case, CUSTOMER)
    if not customer or customer == text_of(before, CUSTOMER):
        return ()
    return (Recall(customer),)
