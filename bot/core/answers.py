"""Taking input into a case: accepted, kept in its box, or set beside another window's answer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, TypeVar

from bot.core.case import Answer, Case, Pending, Value
from bot.core.events import Raw, Stamp
from bot.core.inputs import read
from bot.core.playbook import Field, Playbook
from bot.core.words import FieldId, Text

K = TypeVar("K")
V = TypeVar("V")
Outcome = Literal["taken", "same", "pending", "blank", "other"]


def take(
    playbook: Playbook, case: Case, field: Field, raw: Raw, *, stamp: Stamp, seen: int
) -> tuple[Case, Outcome]:
    """The case after somebody put `raw` into `field`, having seen the case at revision `seen`.

    A blank never erases an answer. An answer that changed after `seen` is not overwritten: the
    late one is kept beside it, for the person to choose.
    """
    found = read(playbook, case, field, raw, at=stamp.at)
    if found is None:
        return _blank(case, field)
    if isinstance(found, Pending):
        return replace(case, pending={**case.pending, field.id: found}), "pending"
    answer = case.answers.get(field.id)
    if answer is not None and answer.value != found and answer.revision > seen:
        late = Answer(value=found, at=stamp.at, by=stamp.by, revision=case.revision + 1)
        return replace(case, others={**case.others, field.id: late}), "other"
    if answer is not None and answer.value == found:
        kept = _settle(case, field.id)
        return kept, "same" if kept is case else "taken"
    return put(playbook, case, field.id, found, stamp=stamp), "taken"


def put(
    playbook: Playbook,
    case: Case,
    field: FieldId,
    value: Value,
    *,
    stamp: Stamp,
    origin: Text | None = None,
) -> Case:
    """The case with this answer; what rests on it is to be looked at again."""
    before = case.answers.get(field)
    answer = Answer(
        value=value, at=stamp.at, by=stamp.by, revision=case.revision + 1, origin=origin
    )
    case = _settle(case, field)
    step = playbook.step_of[field].id
    return replace(
        case,
        answers={**case.answers, field: answer},
        skips={k: v for k, v in case.skips.items() if k != step} if case.skips else case.skips,
        stale=_with_dependents(playbook, case, field) if before is not None else case.stale,
    )


def clear(playbook: Playbook, case: Case, field: FieldId) -> Case:
    """The case without this answer; an optional field stays empty, a required one opens again."""
    if field not in case.answers:
        return case
    case = replace(_settle(case, field), answers=_without(case.answers, field))
    passed = case.passed if playbook.fields[field].required else (*case.passed, field)
    return replace(case, passed=passed, stale=_with_dependents(playbook, case, field))


def pass_over(case: Case, field: FieldId) -> Case:
    """The case with an optional field left empty on purpose."""
    if field in case.answers or field in case.passed:
        return case
    return replace(_settle(case, field), passed=(*case.passed, field))


def _blank(case: Case, field: Field) -> tuple[Case, Outcome]:
    if field.id in case.answers:
        return case, "blank"
    if not field.required:
        return pass_over(case, field.id), "blank"
    if field.id in case.pending:
        return replace(case, pending=_without(case.pending, field.id)), "blank"
    return case, "blank"


def _settle(case: Case, field: FieldId) -> Case:
    """The case with nothing left open about this field; the same case when nothing was."""
    if (
        field not in case.stale
        and field not in case.pending
        and field not in case.others
        and field not in case.offers
        and field not in case.passed
    ):
        return case
    return replace(
        case,
        stale=tuple(f for f in case.stale if f != field),
        passed=tuple(f for f in case.passed if f != field),
        pending=_without(case.pending, field),
        others=_without(case.others, field),
        offers=_without(case.offers, field),
    )


def _with_dependents(playbook: Playbook, case: Case, field: FieldId) -> tuple[FieldId, ...]:
    found = [*case.stale]
    for name in playbook.dependents.get(field, ()):
        if name in case.answers and name not in found:
            found.append(name)
    return tuple(found)


def _without(items: Mapping[K, V], key: K) -> Mapping[K, V]:
    if key not in items:
        return items
    return {k: v for k, v in items.items() if k != key}
