"""Events that move through the steps or ask about one: back, skip, why, stop, resume, edit."""

from typing import Literal, assert_never

from bot.core.case import Asking, Case
from bot.core.copies import replace
from bot.core.dialogue import answers, live, path
from bot.core.dialogue.live import Turned
from bot.core.effects import Show, StepScreen, Toast
from bot.core.events import (
    ClearAsked,
    Dismissed,
    EditOpened,
    ExampleAsked,
    MoveEvent,
    Resumed,
    SkipAsked,
    Stopped,
    WentBack,
    WhyAsked,
)
from bot.core.phrases import SAY
from bot.core.playbook import Playbook


def react(playbook: Playbook, case: Case, event: MoveEvent) -> Turned:
    """The case at another step, or the same one with a question of its own; answers stay."""
    match event:
        case WentBack(live=on):
            turned = _went_back(playbook, case, on)
        case SkipAsked():
            turned = _skip_asked(playbook, case, event)
        case ClearAsked():
            turned = _clear_asked(playbook, case, event)
        case Dismissed():
            turned = _dismissed(case)
        case WhyAsked(live=on):
            turned = _about(case, "why", on)
        case ExampleAsked(live=on):
            turned = _about(case, "example", on)
        case Stopped(live=on):
            turned = _stopped(case, on)
        case Resumed(live=on):
            turned = _resumed(playbook, case, on)
        case EditOpened():
            turned = _edit_opened(playbook, case, event)
        case _:
            assert_never(event)
    return turned


def awake(case: Case) -> Case:
    """The case with nothing asked and not put aside."""
    if not case.stopped and case.asking is None:
        return case
    return replace(case, stopped=False, asking=None)


def in_phase(playbook: Playbook, case: Case) -> Case:
    """The case in the phase that its answers put it in: collecting, or reviewing when all stand."""
    if case.phase not in ("collecting", "reviewing"):
        return case
    waits = path.next_step(playbook, case) is not None
    phase: Literal["collecting", "reviewing"] = "collecting" if waits else "reviewing"
    return replace(case, phase=phase) if phase != case.phase else case


def _went_back(playbook: Playbook, case: Case, on: int | None) -> Turned:
    if live.is_old(case, on):
        return case, (Toast(SAY.moved),)
    if case.asking is not None:
        return live.move(case, replace(case, asking=None)) if on is None else _dismissed(case)
    before = path.step_before(playbook, case.step)
    if case.stopped or before is None:
        return case, (Toast(SAY.at_the_start),)
    return live.move(case, replace(case, step=before, variant=None))


def _skip_asked(playbook: Playbook, case: Case, event: SkipAsked) -> Turned:
    if case.step is None or case.stopped:
        return case, (Toast(SAY.nothing_open),)
    field = path.open_field(playbook, case)
    if event.typed and field is not None and not field.required and field.id not in case.answers:
        return live.move(case, _past(playbook, answers.pass_over(case, field.id)))
    if not playbook.by_id[case.step].skippable:
        return case, (Toast(SAY.not_skippable),)
    after = replace(case, asking=Asking("skip"))
    if event.typed:
        return live.move(case, after)
    return (case, ()) if case.asking == after.asking else live.refresh(after)


def _past(playbook: Playbook, case: Case) -> Case:
    """The case at its next open step, when the open one has nothing left."""
    if case.step is not None and path.open_fields(case, playbook.by_id[case.step]):
        return case
    onward = path.next_step(playbook, case)
    return in_phase(playbook, replace(case, step=onward))


def _clear_asked(playbook: Playbook, case: Case, event: ClearAsked) -> Turned:
    if event.field not in case.answers:
        return case, (Toast(SAY.already_settled),)
    step = playbook.step_of[event.field].id
    asking = Asking("clear", event.field)
    if case.asking == asking and case.step == step:
        return case, ()
    after = replace(awake(case), step=step, variant=None, asking=asking)
    return live.refresh(after) if case.step == step else live.move(case, after)


def _dismissed(case: Case) -> Turned:
    if case.asking is None:
        return case, ()
    return live.refresh(replace(case, asking=None))


def _about(case: Case, what: Literal["why", "example"], on: int | None) -> Turned:
    """The open step with an explanation: in place after a click, below a typed line."""
    if case.step is None or case.stopped:
        return case, (Toast(SAY.nothing_open),)
    screen = StepScreen(case.step, about=what)
    after = replace(case, asking=None) if case.asking is not None else case
    if on is not None:
        return after, (Show(live.slot(after), screen),)
    after, effects = live.move(case, after)
    return after, (*effects[:-1], Show(live.slot(after), screen))


def _stopped(case: Case, on: int | None) -> Turned:
    if case.stopped:
        return case, (Toast(SAY.already_saved),)
    if live.is_old(case, on):
        return case, (Toast(SAY.moved),)
    after = replace(case, stopped=True, asking=None, practice=None)
    return live.move(case, after) if on is None else live.refresh(after)


def _resumed(playbook: Playbook, case: Case, on: int | None) -> Turned:
    if not case.stopped and live.is_old(case, on):
        return case, (Toast(SAY.moved),)
    case_awake = awake(case)
    if (
        case_awake.variant is None
        and (not case.stopped or case.step is None)
        and not _waits(playbook, case_awake)
    ):
        case_awake = replace(case_awake, step=path.next_step(playbook, case_awake))
    return live.move(case, case_awake)


def _waits(playbook: Playbook, case: Case) -> bool:
    """Whether the open step has a question left."""
    return case.step is not None and bool(path.open_fields(case, playbook.by_id[case.step]))


def _edit_opened(playbook: Playbook, case: Case, event: EditOpened) -> Turned:
    if event.step not in playbook.by_id:
        return case, (Toast(SAY.already_settled),)
    if case.step == event.step and not case.stopped and case.asking is None:
        return live.refresh(case)
    skips = {k: v for k, v in case.skips.items() if k != event.step}
    return live.move(case, replace(awake(case), step=event.step, variant=None, skips=skips))
