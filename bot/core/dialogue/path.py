"""The way through a playbook: which fields are asked, which are open, what comes next."""

from collections.abc import Mapping

from bot.core.case import (
    Answer,
    Case,
    ChoicesValue,
    ChoiceValue,
    PersonValue,
    TextValue,
    YesNoValue,
)
from bot.core.playbook import Condition, Field, Playbook, Step
from bot.core.words import FieldId, StepId


def holds(condition: Condition, case: Case) -> bool:
    """Whether the condition holds for the answers of the case."""
    answer = case.answers.get(condition.field)
    if condition.absent or answer is None:
        return condition.absent and answer is None
    if not condition.any_of:
        return True
    match answer.value:
        case TextValue(text=word) | ChoiceValue(id=word) | PersonValue(name=word):
            return word in condition.any_of
        case ChoicesValue(ids=ids):
            return any(i in condition.any_of for i in ids)
        case YesNoValue(yes=yes):
            return ("yes" if yes else "no") in condition.any_of
        case _:
            return False


def asked(case: Case, field: Field) -> bool:
    """Whether the field is asked at all, given the other answers."""
    return not field.when or all(holds(c, case) for c in field.when)


def visible(case: Case, step: Step) -> tuple[Field, ...]:
    """The fields of a step that are asked, in order."""
    return tuple(f for f in step.fields if asked(case, f))


def is_open(case: Case, field: Field) -> bool:
    """Whether the field still waits: no answer, one to look at again, or input not settled."""
    if field.id in case.others or field.id in case.pending:
        return True
    if field.id in case.answers:
        return field.id in case.stale
    return not field.aside and field.id not in case.passed


def open_fields(case: Case, step: Step) -> tuple[Field, ...]:
    """The fields of a step that still wait, in order; none for a step that was skipped."""
    if step.id in case.skips:
        return ()
    return tuple(f for f in step.fields if is_open(case, f) and asked(case, f))


def open_field(playbook: Playbook, case: Case) -> Field | None:
    """The one question that typed text answers now."""
    step = playbook.by_id.get(case.step) if case.step else None
    if step is None or case.stopped:
        return None
    fields = visible(case, step)
    waiting = next((f for f in fields if is_open(case, f)), None)  # also where it was skipped
    return fields[0] if waiting is None and len(fields) == 1 else waiting


def next_step(playbook: Playbook, case: Case) -> StepId | None:
    """The first step that still waits; None when all are done."""
    return next((s.id for s in playbook.steps if open_fields(case, s)), None)


def step_before(playbook: Playbook, step: StepId | None) -> StepId | None:
    """The step before this one; before the review (None) stands the last step."""
    ids = [s.id for s in playbook.steps]
    if step is None:
        return ids[-1]
    if step not in ids:
        return None  # one that is opened by itself has none before it
    place = ids.index(step)
    return ids[place - 1] if place else None


def standing(playbook: Playbook, case: Case) -> Mapping[FieldId, Answer]:
    """The answers that count: of fields that are asked, in steps that are not skipped.

    Of the steps that are opened by themselves, those that may be told outside. An answer whose question no longer applies is kept in the case and comes back with it.
    """
    return {
        f.id: case.answers[f.id]
        for s in (*playbook.steps, *playbook.later)
        if s.id not in case.skips
        for f in s.fields
        if f.id in case.answers and asked(case, f)
        if not (f.internal and playbook.is_later(s.id))
    }
