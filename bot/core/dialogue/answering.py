"""Events that bring or settle an answer, and where the conversation goes from there."""

from typing import assert_never

from bot.core.cards.shown import in_box
from bot.core.case import (
    Asking,
    Case,
    DateValue,
    Pending,
    Skip,
    TextValue,
    customer_language,
    text_of,
)
from bot.core.coaching.events import NoteKept
from bot.core.copies import replace
from bot.core.dialogue import answers, heeding, live, path, pings, several
from bot.core.dialogue.amending import meant_elsewhere, without_lead
from bot.core.dialogue.inputs import is_none, read
from bot.core.dialogue.live import Turned
from bot.core.dialogue.moving import in_phase
from bot.core.dialogue.replying import below_the_draft
from bot.core.effects import Effect, Recall, RecapScreen, Show, Toast
from bot.core.events import (
    AnswerEvent,
    Cleared,
    CommitTaken,
    OfferTaken,
    OtherSettled,
    Placed,
    ReadingChosen,
    Recalled,
    Skipped,
    Submitted,
    Typed,
)
from bot.core.foresight.outlook import FROM_PACE, basis_of, offered_commit
from bot.core.message.draft import NEW_DATE
from bot.core.phrases import SAY
from bot.core.playbook import Field, Playbook
from bot.core.reading.quantities import read_yes_no
from bot.core.tracking import offering
from bot.core.words import FieldId, Text

CUSTOMER, PROJECT = FieldId("customer"), FieldId("project")
DATE_BASIS = FieldId("date_basis")


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
            turned = _recalled(playbook, case, event)
        case CommitTaken():
            turned = _commit_taken(playbook, case, event)
        case _:
            assert_never(event)
    return turned


def _typed(playbook: Playbook, case: Case, event: Typed) -> Turned:
    text = event.text.strip()
    if not text:
        return case, (Toast(SAY.empty_line),)
    if case.stopped and case.nudges >= len(pings.NUDGES):
        case = replace(case, stopped=False)  # parked by silence alone, so an answer takes it up
    if case.asking is not None and not case.stopped:
        settled = _at_question(playbook, case, event, text)
        if settled is not None:
            return settled
        case = replace(case, asking=None)
    field = path.open_field(playbook, case)
    if field is not None and not field.required and is_none(field, text):
        return _left_empty(playbook, case, field)
    if field is None or meant_elsewhere(playbook, case, field, text, at=event.stamp.at):
        shown = below_the_draft(case) if field is None else case
        return live.move(case, answers.add_loose(shown, text))
    after, answered = several.taken(playbook, case, field, event.text, stamp=event.stamp)
    return _onward(playbook, case, after, typed=True, answered=answered)


def _left_empty(playbook: Playbook, case: Case, field: Field) -> Turned:
    """ "None", typed: an answer that stands is cleared only after a question."""
    if field.id in case.answers:
        return live.move(case, replace(case, asking=Asking("clear", field.id)))
    return _onward(playbook, case, answers.pass_over(case, field.id), typed=True)


def _at_question(playbook: Playbook, case: Case, event: Typed, text: str) -> Turned | None:
    """What a line does while a confirmation is open; None when it answers the step instead."""
    if case.asking is not None and case.asking.what == "keep":
        about, _, check = case.asking.note.rpartition("/")
        return heeding.react(playbook, case, NoteKept(event.stamp, about, check, text))
    yes = read_yes_no(text)
    if case.asking is None or case.step is None:
        return None
    if yes is False:
        return live.move(case, replace(case, asking=None))
    if case.asking.what == "skip":
        return _skipped(playbook, case, Skipped(event.stamp, case.step, text))
    if yes and case.asking.field is not None:
        return live.move(case, _without_answer(playbook, case, case.asking.field))
    return None


def _submitted(playbook: Playbook, case: Case, event: Submitted) -> Turned:
    after, kept = case, False
    for field in playbook.fields.values():
        if field.id in event.boxes:
            raw = event.boxes[field.id]
            after, outcome = answers.take(
                playbook, after, field, raw, stamp=event.stamp, seen=event.seen
            )
            kept = kept or (outcome == "blank" and field.id in after.answers)
    toast = (Toast(SAY.blank_keeps),) if kept else ()
    if after is case:
        if _may_leave(playbook, case, event.seen):
            turned, effects = _onward(playbook, case, after, typed=False)
            return turned, (*effects, *toast)
        return case, toast or (Toast(_unchanged(case, event)),)
    turned, effects = _onward(playbook, case, replace(after, asking=None), typed=False)
    return turned, (*effects, *toast)


def _unchanged(case: Case, event: Submitted) -> Text:
    """What to say of a form that changed nothing: still the same problem, or saved before."""
    found = next((case.pending[name] for name in event.boxes if name in case.pending), None)
    return found.problem if found is not None else SAY.already_saved


def _may_leave(playbook: Playbook, case: Case, seen: int) -> bool:
    """Whether the open step was complete on the screen, so that sending it unchanged moves on."""
    if case.step is None or case.stopped or case.asking is not None or seen != case.revision:
        return False
    return not path.open_fields(case, playbook.by_id[case.step])


def _reading_chosen(playbook: Playbook, case: Case, event: ReadingChosen) -> Turned:
    pending = case.pending.get(event.field)
    if pending is None or not 0 <= event.index < len(pending.readings):
        return case, (Toast(SAY.already_settled),)
    if pending.revision > event.seen:
        return case, (Toast(SAY.already_settled),)
    value = pending.readings[event.index].value
    again = read(playbook, case, playbook.fields[event.field], in_box(value), at=event.stamp.at)
    if isinstance(again, Pending) and all(r.value != value for r in again.readings):
        waiting = replace(again, revision=case.revision + 1)  # a rule it broke since it was read
        after = replace(case, pending={**case.pending, event.field: waiting})
        return _onward(playbook, case, after, typed=False)
    after, _ = answers.settle(
        playbook, case, event.field, value, stamp=event.stamp, seen=event.seen
    )
    return _onward(playbook, case, after, typed=False)


def _offer_taken(playbook: Playbook, case: Case, event: OfferTaken) -> Turned:
    if live.is_old(case, event.live):
        return case, (Toast(SAY.already_settled),)
    step = playbook.by_id.get(case.step) if case.step else None
    after = case
    for field in path.visible(case, step) if step else ():
        offer = after.offers.get(field.id)
        if offer is None or not offering.is_whole(field, offer.value):
            continue
        if field.id not in after.pending and field.id not in after.others:
            after = answers.put(
                playbook, after, field.id, offer.value, stamp=event.stamp, origin=offer.origin
            )
    if after is case:
        return case, (Toast(SAY.already_settled),)
    return _onward(playbook, case, after, typed=False)


def _other_settled(playbook: Playbook, case: Case, event: OtherSettled) -> Turned:
    other, answer = case.others.get(event.field), case.answers.get(event.field)
    if other is None:
        return case, (Toast(SAY.already_settled),)
    if other.revision > event.seen or (answer is not None and answer.revision > event.seen):
        return case, (Toast(SAY.already_settled),)
    if event.take:
        after = answers.put(playbook, case, event.field, other.value, stamp=event.stamp)
        after = answers.still_waiting(case, after, event.field, seen=event.seen)
    else:
        after = replace(case, others={k: v for k, v in case.others.items() if k != event.field})
    return _onward(playbook, case, after, typed=False)


def _placed(playbook: Playbook, case: Case, event: Placed) -> Turned:
    field = playbook.fields.get(event.field) if event.field else None
    if not case.loose or event.live != case.live or (event.field and field is None):
        return case, (Toast(SAY.already_settled),)
    if field is None:
        return live.refresh(replace(case, loose=""))
    after, outcome = answers.take(
        playbook,
        replace(case, loose=""),
        field,
        without_lead(field, case.loose),
        stamp=event.stamp,
        seen=event.seen,
    )
    if outcome == "blank":
        return case, (Toast(SAY.empty_line),)
    return _onward(playbook, case, after, typed=False)


def _skipped(playbook: Playbook, case: Case, event: Skipped) -> Turned:
    step = playbook.by_id.get(event.step)
    if step is None or not step.skippable or case.step != step.id or case.asking != Asking("skip"):
        return case, (Toast(SAY.already_settled),)
    skip = Skip(reason=event.reason, at=event.stamp.at, by=event.stamp.by)
    after = replace(case, asking=None, skips={**case.skips, step.id: skip})
    return _onward(playbook, case, after, typed=False)


def _cleared(playbook: Playbook, case: Case, event: Cleared) -> Turned:
    if event.field not in case.answers or case.asking != Asking("clear", event.field):
        return case, (Toast(SAY.already_settled),)
    return live.refresh(_without_answer(playbook, case, event.field))


def _without_answer(playbook: Playbook, case: Case, field: FieldId) -> Case:
    return in_phase(playbook, replace(answers.clear(playbook, case, field), asking=None))


def _recalled(playbook: Playbook, case: Case, event: Recalled) -> Turned:
    fresh = {k: v for k, v in event.offers.items() if k not in case.answers}
    fresh = {**offering.offers(playbook, case), **fresh}
    known = fresh, event.promises, event.precedents
    if known == (case.offers, case.promises, case.precedents):
        return case, ()
    after = replace(case, offers=fresh, promises=event.promises, precedents=event.precedents)
    return live.refresh(after)


def _commit_taken(playbook: Playbook, case: Case, event: CommitTaken) -> Turned:
    """The forecast's date as the new date, with what it rests on where nothing is said of that."""
    commit, basis = offered_commit(case), basis_of(case)
    standing = case.answers.get(NEW_DATE)
    if commit is None or basis is None or commit.isoformat() != event.day:
        return case, (Toast(SAY.already_settled),)
    if standing is not None and standing.revision > event.seen:
        return case, (Toast(SAY.already_settled),)
    after = answers.put(
        playbook, case, NEW_DATE, DateValue(commit), stamp=event.stamp, origin=FROM_PACE
    )
    after = answers.still_waiting(case, after, NEW_DATE, seen=event.seen)
    if DATE_BASIS in playbook.fields and not {DATE_BASIS} & {*case.answers, *case.pending}:
        words = TextValue(basis.to(customer_language(case)))
        after = answers.put(playbook, after, DATE_BASIS, words, stamp=event.stamp, origin=FROM_PACE)
    turned, effects = _onward(playbook, case, after, typed=False)
    step = playbook.step_of[NEW_DATE].id
    if step != turned.step and step in case.recaps:
        effects = (*effects, Show(case.recaps[step], RecapScreen(step)))
    return turned, effects


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
    same = all(text_of(case, f) == text_of(before, f) for f in (CUSTOMER, PROJECT))
    recall = () if same else recalling(case)
    if case.offers and text_of(case, CUSTOMER) != text_of(before, CUSTOMER):
        case = replace(case, offers={})
    if case.tracking.followed is not None and case is not before:
        case = offering.with_offers(playbook, case, offering.others(case))
    if case is before and not typed and before.step is None:
        return case, ()
    if case.stopped or case.step is None:
        turned, effects = live.refresh(in_phase(playbook, case))
    elif path.open_fields(case, playbook.by_id[case.step]):
        turned, effects = (
            live.move(before, case, answered=answered) if typed else live.refresh(case)
        )
    else:
        onward = replace(case, step=path.next_step(playbook, case), asking=None, variant=None)
        turned, effects = live.move(before, in_phase(playbook, onward))
    return turned, (*effects, *recall)


def recalling(case: Case) -> tuple[Effect, ...]:
    """The wish to hear what is known of the case's customer from before."""
    customer = text_of(case, CUSTOMER)
    return (Recall(customer),) if customer else ()
