"""Events of the coach: it spoke, and the person took its wording, kept their own, or wants all."""

from typing import assert_never

from bot.core.case import Asking, Case, TextValue
from bot.core.coaching.events import CoachEvent, CoachSpoke, NoteKept, NotesOpened, NoteUsed
from bot.core.coaching.told import Note
from bot.core.copies import replace
from bot.core.dialogue import answers, live
from bot.core.dialogue.live import Turned
from bot.core.dialogue.moving import in_phase
from bot.core.dialogue.notes import kept_name
from bot.core.effects import (
    DraftScreen,
    Effect,
    RecapScreen,
    ReviewScreen,
    Show,
    StepScreen,
    Toast,
)
from bot.core.phrases import SAY
from bot.core.playbook import Playbook
from bot.core.words import StepId


def react(playbook: Playbook, case: Case, event: CoachEvent) -> Turned:
    """The case with the coach's notes heard, used or set aside."""
    match event:
        case CoachSpoke():
            turned = _spoke(case, event)
        case NoteUsed():
            turned = _used(playbook, case, event)
        case NoteKept():
            turned = _kept(case, event)
        case NotesOpened(about=about, here=True):
            turned = _redrawn(replace(case, notes_here=about), about)
        case NotesOpened():
            turned = _redrawn(replace(case, all_notes=event.about), event.about)
        case _:
            assert_never(event)
    return turned


def _spoke(case: Case, event: CoachSpoke) -> Turned:
    before, now = case.coached.get(event.about), event.coached
    if before == now or (before is None and not now.notes and not now.grade):
        return case, ()
    return _redrawn(replace(case, coached={**case.coached, event.about: now}), event.about)


def _used(playbook: Playbook, case: Case, event: NoteUsed) -> Turned:
    note = _find(case, event.about, event.check)
    answer = case.answers.get(note.field) if note and note.field else None
    if note is None or note.field is None or answer is None or not note.rewording:
        return case, (Toast(SAY.already_settled),)
    if event.seen is not None and answer.revision > event.seen:
        return case, (Toast(SAY.already_settled),)
    start, end = note.span
    if not isinstance(answer.value, TextValue) or answer.value.text[start:end] != note.phrase:
        return case, (Toast(SAY.already_settled),)
    text = answer.value.text[:start] + note.rewording + answer.value.text[end:]
    after = answers.put(playbook, case, note.field, TextValue(text), stamp=event.stamp)
    if event.seen is not None:
        after = answers.still_waiting(case, after, note.field, seen=event.seen)
    after = replace(after, others=case.others, pending=case.pending)  # another window's words
    return _redrawn(in_phase(playbook, after), event.about)


def _kept(case: Case, event: NoteKept) -> Turned:
    """A note is set aside; one that blocks needs a reason in words, which is then typed."""
    note, name = _find(case, event.about, event.check), f"{event.about}/{event.check}"
    if note is None or kept_name(event.about, note) in case.kept:
        return case, (Toast(SAY.already_settled),)
    if note.severity == "blocker" and not event.reason.strip():
        return _redrawn(replace(case, asking=Asking("keep", note=name)), event.about)
    kept = {**case.kept, kept_name(event.about, note): event.reason.strip()}
    asking = None if case.asking is not None and case.asking.note == name else case.asking
    return _redrawn(replace(case, kept=kept, asking=asking), event.about)


def _find(case: Case, about: str, check: str) -> Note | None:
    """The note of that check; of several, the first that was not set aside."""
    coached = case.coached.get(about)
    found = [n for n in coached.notes if n.check == check] if coached else []
    return min(found, key=lambda n: kept_name(about, n) in case.kept, default=None)


def _redrawn(case: Case, about: str) -> Turned:
    """The message that the notes stand in, drawn again: the live one, or the step's recap."""
    effects: tuple[Effect, ...] = ()
    current = live.current(case)
    if isinstance(current, StepScreen | ReviewScreen | DraftScreen):
        effects = live.refresh(case)[1]  # it tells of the notes, or counts those of a step behind
    step = StepId(about)
    if case.step != about and step in case.recaps:
        effects = (*effects, Show(case.recaps[step], RecapScreen(step)))
    return case, effects
