"""Taking input into a case: accepted, kept in its box, or set beside another window's answer.

`seen` is always the case's revision on the screen of the person who gave the input. What came to
the case after that, they do not know of, and their input takes nothing of it away.
"""

from collections.abc import Mapping
from typing import Literal, TypeVar

from bot.core.cards.shown import in_box, stands_as
from bot.core.case import Answer, Case, Pending, Value
from bot.core.copies import replace
from bot.core.dialogue.inputs import is_none, read
from bot.core.dialogue.rows import as_text
from bot.core.events import Raw, Stamp
from bot.core.message.draft import REMEDY_APPROVED
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
    answer = case.answers.get(field.id)
    if answer is not None and field.id not in case.stale and stands_as(answer.value, _plain(raw)):
        return _confirmed(playbook, case, field.id, stamp=stamp, seen=seen), "same"
    if not field.required and isinstance(raw, str) and is_none(field, raw):
        return _blank(case, field, seen), "blank"
    found = read(playbook, case, field, raw, at=stamp.at)
    if found is None:
        return _blank(case, field, seen), "blank"
    if isinstance(found, Pending):
        return _kept(case, field, found, seen), "pending"
    return settle(playbook, case, field.id, found, stamp=stamp, seen=seen)


def settle(
    playbook: Playbook, case: Case, field: FieldId, value: Value, *, stamp: Stamp, seen: int
) -> tuple[Case, Outcome]:
    """The case after this value was given for the field, by somebody who saw revision `seen`."""
    answer, pending, other = (
        case.answers.get(field),
        case.pending.get(field),
        case.others.get(field),
    )
    if answer is not None and answer.value == value:
        return _confirmed(playbook, case, field, stamp=stamp, seen=seen), "same"
    if answer is not None and answer.revision > seen:
        if value == answer.before and _was_drawn(answer, seen):
            return case, "same"  # their box held the old answer, and they left it as it was
        return _beside(playbook, case, field, _late(case, value, stamp), seen), "other"
    if pending is not None and pending.revision > seen:
        return _beside(playbook, case, field, _late(case, value, stamp), seen), "other"
    offer = case.offers.get(field)
    origin = offer.origin if offer is not None and offer.value == value else None
    after = put(playbook, case, field, value, stamp=stamp, origin=origin)
    if other is not None and other.revision > seen and other.value != value:
        after = replace(after, others={**after.others, field: other})
    return after, "taken"


def put(
    playbook: Playbook,
    case: Case,
    field: FieldId,
    value: Value,
    *,
    stamp: Stamp,
    origin: Text | None = None,
) -> Case:
    """The case with this answer and nothing else open about it; what rests on it is looked at again."""
    before = case.answers.get(field)
    answer = Answer(
        value=value,
        at=stamp.at,
        by=stamp.by,
        revision=case.revision + 1,
        origin=origin,
        before=before.value if before else None,
        before_revision=before.revision if before else 0,
        before_until=before.covered_at if before else 0,
    )
    case = settled(case, field)
    step = playbook.step_of[field].id
    return replace(
        case,
        answers={**case.answers, field: answer},
        skips={k: v for k, v in case.skips.items() if k != step} if case.skips else case.skips,
        stale=_with_dependents(playbook, case, field) if before is not None else case.stale,
    )


def still_waiting(before: Case, after: Case, field: FieldId, *, seen: int) -> Case:
    """The case in which all goes on waiting that was given for the field after revision `seen`."""
    pending, other = before.pending.get(field), before.others.get(field)
    if pending is not None and pending.revision > seen:
        after = replace(after, pending={**after.pending, field: pending})
    if other is not None and other.revision > seen:
        after = replace(after, others={**after.others, field: other})
    return after


def clear(playbook: Playbook, case: Case, field: FieldId) -> Case:
    """The case without this answer; an optional field stays empty, a required one opens again.

    What else was given for it, and waits, goes on waiting.
    """
    if field not in case.answers:
        return case
    required = playbook.fields[field].required
    return replace(
        case,
        answers=_without(case.answers, field),
        passed=case.passed if required or field in case.passed else (*case.passed, field),
        stale=tuple(f for f in _with_dependents(playbook, case, field) if f != field),
    )


def pass_over(case: Case, field: FieldId) -> Case:
    """The case with an optional field left empty on purpose."""
    if field in case.answers or (field in case.passed and field not in case.pending):
        return case
    case = settled(case, field)
    return replace(case, passed=(*case.passed, field))


def _plain(raw: Raw) -> object:
    """An input in the shape of `in_box`: rows without their empty cells."""
    if isinstance(raw, str):
        return raw
    return tuple(
        {k: v for k, v in item.items() if v} if isinstance(item, Mapping) else item for item in raw
    )


def _was_drawn(answer: Answer, seen: int) -> bool:
    """Whether a box drawn at revision `seen` certainly held what this answer replaced."""
    until = answer.before_until or answer.revision
    return answer.before_revision <= seen < until


def _late(case: Case, value: Value, stamp: Stamp) -> Answer:
    return Answer(value=value, at=stamp.at, by=stamp.by, revision=case.revision + 1)


def _confirmed(playbook: Playbook, case: Case, field: FieldId, *, stamp: Stamp, seen: int) -> Case:
    """The case with the answer as it is; settled, unless something came that they did not see.

    A box that is sent along unchanged does not choose between the answers of two windows; the
    answer written over something that waited in the box does.
    """
    pending, other = case.pending.get(field), case.others.get(field)
    waited = pending is not None and pending.revision <= seen
    if waited and (other is None or other.revision <= seen) and field != REMEDY_APPROVED:
        return _given_anew(case, field, stamp)
    needed = [a.revision for n in playbook.fields[field].needs if (a := case.answers.get(n))]
    news = [*needed, *([pending.revision] if pending else [])]
    if other is not None or any(seen < revision <= case.revision for revision in news):
        return case
    if field == REMEDY_APPROVED:
        return _approved_again(case, field, max(needed, default=0), stamp=stamp, seen=seen)
    return settled(case, field)


def _given_anew(case: Case, field: FieldId, stamp: Stamp) -> Case:
    """The case after the answer was given again, in a box that held something else by then."""
    answer = Answer(case.answers[field].value, stamp.at, stamp.by, case.revision + 1)
    return replace(settled(case, field), answers={**case.answers, field: answer})


def _approved_again(case: Case, field: FieldId, changed: int, *, stamp: Stamp, seen: int) -> Case:
    """The case after the approval was given once more, for the remedy changed at `changed`.

    What is sent in one form with the change approves the remedy of before. The box of an approval
    that is to be looked at again is shown empty, so that an approval in it is meant.
    """
    if changed > seen:
        return case
    answer = case.answers[field]
    fresh = answer
    if field in case.stale:
        fresh = replace(answer, at=stamp.at, by=stamp.by, revision=case.revision + 1)
    return replace(settled(case, field), answers={**case.answers, field: fresh})


def _blank(case: Case, field: Field, seen: int) -> Case:
    """The case after an empty box; only an optional question without an answer takes it."""
    pending, other = case.pending.get(field.id), case.others.get(field.id)
    unseen = any(x is not None and x.revision > seen for x in (pending, other))
    if field.required or unseen or field.id in case.answers:
        return case
    return pass_over(case, field.id)


def _kept(case: Case, field: Field, found: Pending, seen: int) -> Case:
    """The case with input that could not be taken, in its box or, where that is full, loose."""
    before, answer = case.pending.get(field.id), case.answers.get(field.id)
    late = answer is not None and answer.revision > seen
    if late and answer is not None and any(r.value == answer.value for r in found.readings):
        return case
    if before is not None and before == replace(found, revision=before.revision):
        return case
    if before is not None and before.revision > seen:
        return add_loose(case, found.raw)
    found = replace(found, revision=case.revision + 1)
    if answer is not None and not answer.covered_at:
        covered = replace(answer, covered_at=case.revision + 1)
        case = replace(case, answers={**case.answers, field.id: covered})
    return replace(case, pending={**case.pending, field.id: found})


def _beside(playbook: Playbook, case: Case, field: FieldId, late: Answer, seen: int) -> Case:
    """The case with a late answer beside the present one; a third one is kept as a loose line."""
    other = case.others.get(field)
    if other is not None and other.value == late.value:
        return case
    if other is not None and other.revision > seen:
        return add_loose(case, _in_words(playbook.fields[field], late.value))
    return replace(case, others={**case.others, field: late})


def add_loose(case: Case, text: str) -> Case:
    """The case with one more loose line."""
    if f"\n{text}\n" in f"\n{case.loose}\n":
        return case
    return replace(case, loose=f"{case.loose}\n{text}" if case.loose else text)


def _in_words(field: Field, value: Value) -> str:
    found = in_box(value)
    if isinstance(found, str):
        return found
    rows = [row for row in found if isinstance(row, dict)]
    return as_text(field, rows) if rows else ", ".join(str(pick) for pick in found)


def settled(case: Case, field: FieldId) -> Case:
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
