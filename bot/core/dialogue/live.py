"""The live message of a case: what it shows now, and how it moves down the conversation."""

from bot.core.case import Case
from bot.core.copies import replace
from bot.core.effects import (
    ClearScreen,
    DraftScreen,
    Effect,
    MovedScreen,
    PracticeScreen,
    RecapScreen,
    ReviewScreen,
    Screen,
    SendScreen,
    Show,
    SkipScreen,
    StepScreen,
    StoppedScreen,
    WatchScreen,
)
from bot.core.words import FieldId

Turned = tuple[Case, tuple[Effect, ...]]


def slot(case: Case) -> str:
    """The name of the message that is live now."""
    return f"live:{case.live}"


def is_old(case: Case, on: int | None) -> bool:
    """Whether a click came from a message that is no longer the live one; a typed line never is."""
    return on is not None and on != case.live


def current(case: Case) -> Screen:
    """The screen that the live message shows."""
    if case.stopped or (case.watch and case.step is None):
        return WatchScreen() if case.watch and case.step is None else StoppedScreen()
    if case.step is None:
        if case.variant is None:
            return ReviewScreen()
        drafted = SendScreen() if case.sending else DraftScreen(case.variant)
        return PracticeScreen(case.practice) if case.practice else drafted
    if case.asking is None or case.asking.what in ("keep", "undo"):
        return StepScreen(case.step)
    if case.asking.field is not None:
        return ClearScreen(case.asking.field)
    return SkipScreen(case.step)


def refresh(case: Case) -> Turned:
    """The live message drawn again, where it stands."""
    return case, (Show(slot(case), current(case)),)


def move(before: Case, case: Case, *, answered: tuple[FieldId, ...] = ()) -> Turned:
    """A new live message at the bottom; the old one keeps a recap of what was answered there.

    `answered` names the fields to keep in the recap; empty means the whole step that was left.
    """
    behind = _behind(before, case, answered)
    recaps = case.recaps
    if isinstance(behind, RecapScreen):
        recaps = {**recaps, behind.step: slot(before)}
    case = replace(case, live=before.live + 1, recaps=recaps)
    return case, (Show(slot(before), behind), Show(slot(case), current(case)))


def _behind(before: Case, case: Case, answered: tuple[FieldId, ...]) -> Screen:
    practice = before.practice
    if practice and practice.rehearsal and current(case) != PracticeScreen(practice):
        return PracticeScreen(practice, past=True)
    if before.step is None or before.stopped:
        return MovedScreen()
    if answered or case.step != before.step:
        return RecapScreen(before.step, answered)
    return MovedScreen()
