"""Steps that are opened by themselves: feedback, the look back, a lesson. What comes of each."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from bot.core.case import (
    Answer,
    Case,
    PersonValue,
    RowsValue,
    day_of,
    text_of,
)
from bot.core.dialogue import live, path
from bot.core.dialogue.live import Turned
from bot.core.dialogue.moving import awake
from bot.core.dialogue.scalars import local_day
from bot.core.dialogue.viewing import variant_named
from bot.core.effects import (
    AgendaScreen,
    Effect,
    KeepLesson,
    LessonScreen,
    OfferScreen,
    Show,
    Toast,
)
from bot.core.following import updating
from bot.core.following.events import LaterOpened, LessonAgreed
from bot.core.following.feedback import SCORES, Feedback
from bot.core.following.laying import alarms
from bot.core.following.wording import FOLLOW
from bot.core.lessons.lesson import Lesson, names_in, without, without_addresses
from bot.core.message.draft import NEW_DATE, ORIGINAL_DATE, working_calendar
from bot.core.pings.due import OPEN, settles
from bot.core.playbook import Playbook, Step
from bot.core.stamp import Stamp
from bot.core.words import FieldId, StepId

FEEDBACK, RETROSPECTIVE, LESSON = StepId("feedback"), StepId("retrospective"), StepId("lesson")
WATCH = StepId("watch")
AFRESH = (FEEDBACK, LESSON)  # each time with empty boxes
_NEUTRAL = {
    "customer": {"en": "the customer", "zh": "客户"},
    "project": {"en": "the project", "zh": "项目"},
    "person": {"en": "somebody", "zh": "某人"},
}


def opened(playbook: Playbook, case: Case, event: LaterOpened) -> Turned:
    """The step's form below everything else; where it is filled anew each time, empty once what
    stands in it was finished.
    """
    step = playbook.by_id.get(event.step)
    if step is None or not playbook.is_later(event.step) or case.told_at is None:
        return case, (Toast(FOLLOW.nothing),)
    anew = event.step in AFRESH and not _goes_on(case, step)
    fresh = {f.id for f in step.fields} if anew else set()
    after = replace(
        awake(case),
        step=event.step,
        variant=None,
        answers=_but(case.answers, fresh),
        passed=tuple(f for f in case.passed if f not in fresh),
        on=event.key,
    )
    if event.step != RETROSPECTIVE:
        return live.move(case, after)
    if after.phase == "recovered":
        after = replace(after, phase="learning")
    after, effects = live.move(case, after)
    return after, (Show(f"agenda:{case.revision + 1}", AgendaScreen(RETROSPECTIVE)), *effects)


def _goes_on(case: Case, step: Step) -> bool:
    """Whether what stands in its boxes is half filled, or a lesson that is still to be kept."""
    if step.id == LESSON and case.lesson_waits:
        return True
    begun = any(f.id in case.answers for f in step.fields)
    return begun and bool(path.open_fields(case, step))


def completed(playbook: Playbook, before: Case, turned: Turned, stamp: Stamp) -> Turned:
    """The same, with what a finished step brings once the last of its boxes is filled."""
    after, effects = turned
    step = before.step
    if step is None or after.step == step or not playbook.is_later(step):
        return after, effects
    if path.open_fields(after, playbook.by_id[step]):
        return after, effects  # left without being finished
    if step == FEEDBACK:
        after = _heard(after, stamp)
    if step in (WATCH, updating.UPDATE):
        after = replace(after, step=None) if step == WATCH else updating.written(after)
        return after, _redrawn(after, effects)
    after, more = _brought(playbook, after, step, stamp)
    before_reminders = after.reminders
    after = _settled(_back(_on(playbook, after, step)), stamp)
    effects = _redrawn(after, effects)
    return after, (*effects, *alarms(before_reminders, after.reminders), *more)


def _brought(
    playbook: Playbook, case: Case, step: StepId, stamp: Stamp
) -> tuple[Case, tuple[Effect, ...]]:
    """What a finished step leaves behind and offers."""
    slot, kept = f"after:{case.revision + 1}", Toast(FOLLOW.kept)
    if step == RETROSPECTIVE:
        return case, (
            Show(
                slot,
                OfferScreen(FOLLOW.looked_back, ("lesson", "close", *_shared(case), *_files(case))),
            ),
            kept,
        )
    if step == LESSON:
        shown = Show(slot, LessonScreen(lesson_of(playbook, case, stamp), ("keep",)))
        return replace(case, lesson_waits=True), (shown,)
    return case, (kept,)


def _shared(case: Case) -> tuple[str, ...]:
    """The minutes for the team, where it has a channel."""
    return ("share",) if case.room is not None else ()


def _files(case: Case) -> tuple[str, ...]:
    """The minutes of a look back, as far as the owner's platform brings files and makes pages."""
    around = case.surroundings
    pages = ("retro.page",) if around is not None and around.takes_pages else ()
    files = ("retro.md", "retro.docx") if around is not None and around.takes_files else ()
    return (*pages, *files)


def lesson_agreed(playbook: Playbook, case: Case, event: LessonAgreed) -> Turned:
    """The lesson as the owner has looked it over, kept for everybody of the house, once."""
    if not case.lesson_waits:
        return case, (Toast(FOLLOW.already),)
    lesson = lesson_of(playbook, case, event.stamp)
    after = replace(case, lessons=case.lessons + 1, lesson_waits=False)
    shown = Show(f"after:{case.revision + 1}", OfferScreen(FOLLOW.lesson_kept, ("close",)))
    return after, (KeepLesson(lesson), shown, Toast(FOLLOW.kept))


def _redrawn(case: Case, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """The same, with the live message as the case stands now."""
    slot = live.slot(case)
    return tuple(
        Show(slot, live.current(case)) if isinstance(e, Show) and e.slot == slot else e
        for e in effects
    )


def _back(case: Case) -> Case:
    """The case where it was: at the message that the customer has."""
    name = case.outgoing.release.variant if case.outgoing else ""
    variant = variant_named(name)
    return replace(case, step=None, variant=variant, sending=variant is not None)


def lesson_of(playbook: Playbook, case: Case, stamp: Stamp) -> Lesson:
    """The lesson as it will be kept: its answers without the names that the case knows."""
    names = tuple(_names(playbook, case))

    somebody = _NEUTRAL["person"][case.language]

    def plain(name: str) -> str:
        return without_addresses(without(text_of(case, name), names), somebody)

    return Lesson(
        id=f"{case.id}-{case.lessons + 1}",
        language=case.language,
        trigger=plain("lesson_trigger"),
        advice=plain("lesson_advice"),
        evidence=plain("lesson_evidence"),
        outcome=_outcome(case, local_day(case, stamp.at)),
        category=text_of(case, "cause_kind"),
        until=day_of(case, "lesson_until"),
        case=case.id,
    )


def _heard(case: Case, stamp: Stamp) -> Case:
    said = Feedback(
        stamp.at,
        SCORES.get(text_of(case, "feedback_early"), 0),
        SCORES.get(text_of(case, "feedback_trust"), 0),
        text_of(case, "feedback_quote"),
    )
    return replace(case, feedback=(*case.feedback, said))


def _on(playbook: Playbook, case: Case, step: StepId) -> Case:
    """The case with the ping that a look back answers, also where it was begun by another button."""
    if step != RETROSPECTIVE or case.on is not None:
        return case
    kinds = {k.id for k in playbook.pings.pings if "retrospective" in k.buttons}
    found = (key for key, r in case.reminders.items() if r.kind in kinds and r.state in OPEN)
    return replace(case, on=next(found, None))


def _settled(case: Case, stamp: Stamp) -> Case:
    """The ping that led here answered, and others about the same spared."""
    reminder = case.reminders.get(case.on) if case.on is not None else None
    case = replace(case, on=None)
    if reminder is None or reminder.state in ("answered", "stopped", "lapsed"):
        return case
    now = replace(reminder, state="answered", answer="done", answered_at=stamp.at, choosing="")
    spared = {
        key: replace(other, state="lapsed")
        for key, other in case.reminders.items()
        if settles(now, stamp.at, other)
    }
    return replace(case, reminders={**case.reminders, **spared, now.key: now})


def _names(playbook: Playbook, case: Case) -> Iterator[tuple[str, str]]:
    """Each name that the case knows, with the word that takes its place."""
    neutral = {kind: words[case.language] for kind, words in _NEUTRAL.items()}
    yield from ((n, neutral["customer"]) for n in names_in([text_of(case, "customer")]))
    yield from ((n, neutral["project"]) for n in names_in([text_of(case, "project")]))
    people = [text_of(case, "reader_name")]
    people += [c.name for d in case.deliveries for a in d.approvals for c in a.line]
    people += [case.surroundings.owner_name] if case.surroundings else []
    people += [v.name for v in case.look_back.voices.values()] if case.look_back else []
    for field in playbook.fields.values():
        answer = case.answers.get(field.id)
        if answer is not None:
            people += _people(answer)
    yield from ((n, neutral["person"]) for n in names_in(people))


def _people(answer: Answer) -> list[str]:
    match answer.value:
        case PersonValue(name=name):
            return [name]
        case RowsValue(rows=rows):
            return [
                cell.name for row in rows for cell in row.values() if isinstance(cell, PersonValue)
            ]
        case _:
            return []


def _outcome(case: Case, today: date) -> str:
    """How it ended, in days: how far it slipped, and whether the new date held."""
    first, second = day_of(case, ORIGINAL_DATE), day_of(case, NEW_DATE)
    if first is None or second is None:
        return ""
    days = working_calendar(case)
    came = local_day(case, case.recovered_at) if case.recovered_at else today
    late = days.between(second, came)
    slip = days.between(first, second)
    if case.language == "zh":
        held = "新日期守住了" if late <= 0 else f"新日期又晚了{late}个工作日"
        return f"推迟{slip}个工作日，{held}"
    held = "the new date held" if late <= 0 else f"the new date was missed by {late} working days"
    return f"{slip} working days later than first promised; {held}"


def _but(answers: Mapping[FieldId, Answer], fields: set[FieldId]) -> Mapping[FieldId, Answer]:
    return {k: v for k, v in answers.items() if k not in fields} if fields else answers
