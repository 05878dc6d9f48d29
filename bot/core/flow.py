"""What a case becomes after an event: `begin` and `reduce`, the whole dialogue in two functions.

A person answers the fields of the open step, in any order, typed or in a form. The open question
lives in one message, the slot `live:N`; when it moves down, the old message keeps a recap.
"""

from typing import get_args

from bot.core.approving import react as approving
from bot.core.approving.events import (
    Approved,
    ApproverEvent,
    ChangeWanted,
    ColleagueFound,
    Delivered,
    DeliveryFailed,
    HandedOver,
    HouseTold,
    ReleaseEvent,
)
from bot.core.case import Case, text_of
from bot.core.coaching.events import CoachEvent, CoachSpoke
from bot.core.copies import replace
from bot.core.dialogue import (
    answering,
    answers,
    heeding,
    live,
    moving,
    path,
    pings,
    practising,
    several,
    viewing,
)
from bot.core.dialogue.live import Turned
from bot.core.effects import AskCoach, DropPing, Effect, SeekLessons
from bot.core.events import (
    AnswerEvent,
    Begun,
    CaseEvent,
    Event,
    MoveEvent,
    PingDue,
    Recalled,
    SettingsChanged,
    Stamp,
    ViewEvent,
)
from bot.core.following import later, laying, linking, look_back, offered, rooms, updating
from bot.core.following import react as following
from bot.core.following.events import (
    DeputyLost,
    FeedbackGiven,
    FollowEvent,
    LessonsFound,
    LinkMade,
    LookBackAnswered,
    OwnerLost,
    RoomLost,
)
from bot.core.foresight import outlook
from bot.core.meetings import after as after_meetings
from bot.core.meetings import react as meeting
from bot.core.meetings.events import ByProvider, MeetingEvent
from bot.core.message import draft
from bot.core.mirroring import react as mirroring
from bot.core.mirroring.events import MirrorEvent
from bot.core.pings.reminder import key_in
from bot.core.playbook import Playbook
from bot.core.rehearsal.events import CustomerSpoke, PracticeEvent
from bot.core.sharing import react as sharing
from bot.core.sharing.events import ReadingOver, SharingEvent, ViewerLeft, ViewerLooked, ViewerLost
from bot.core.tracking import react as tracking
from bot.core.tracking.events import FactsRead, ProjectsListed, TrackerEvent
from bot.core.tracking.tracked import Tracking
from bot.core.words import FieldId, StepId

_OWNERS_TURN = ("collecting", "reviewing")  # phases in which silence is asked about
_NOT_BY_THE_OWNER = (
    PingDue, Recalled, CoachSpoke, CustomerSpoke, HouseTold, ColleagueFound, Delivered,
    DeliveryFailed, LessonsFound, Approved, ChangeWanted, HandedOver, SettingsChanged, RoomLost,
    OwnerLost, DeputyLost, LinkMade, FeedbackGiven, LookBackAnswered, ViewerLooked, ViewerLeft,
    ViewerLost, ReadingOver, ProjectsListed, FactsRead, *get_args(ByProvider),
)  # fmt: skip


WATCH = StepId("watch")


def begin(playbook: Playbook, begun: Begun) -> Turned:
    """A new case at its first step, and the message that asks the first questions."""
    case = Case(
        id=begun.case,
        tenant=begun.tenant,
        owner=begun.stamp.by,
        playbook=playbook.id,
        digest=playbook.digest,
        language=begun.language,
        zone=begun.zone,
        calendar=begun.calendar,
        begun_at=begun.stamp.at,
        touched_at=begun.stamp.at,
        live=1,
        step=playbook.steps[0].id,
        tracking=Tracking(begun.trackers),
        owner_name=begun.name,
    )
    if begun.project:
        field = playbook.fields[FieldId("project")]
        case, _ = several.taken(playbook, case, field, begun.project, stamp=begun.stamp)
    for name, one in begun.found.items():
        if name in playbook.fields:
            case = answers.put(
                playbook, case, name, one.value, stamp=begun.stamp, origin=one.origin
            )
    if begun.watch and WATCH in playbook.by_id:
        case, effects = live.refresh(replace(case, revision=1, watch=True, step=WATCH))
        return case, effects
    if begun.found:
        case = replace(case, step=path.next_step(playbook, case) or case.step)
    case, effects = live.refresh(replace(case, revision=1))
    return case, (*effects, *answering.recalling(case), *_nudge(case, begun.stamp))


def reduce(playbook: Playbook, case: Case, event: Event) -> Turned:
    """The case after the event, and what is to be done. A meaningless event changes nothing.

    A changed case has its revision raised by one; an unchanged one is the same object.
    """
    if isinstance(event, MirrorEvent):  # also of a case that was given up
        after, effects = mirroring.react(case, event)
        return replace(after, revision=case.revision + 1), effects
    if case.phase == "abandoned":
        return _given_up(playbook, case, event)
    after, effects = approving.kept(playbook, case, _react(playbook, case, event))
    after, effects = offered.kept(case, (after, effects))
    if after is case:
        return case, effects
    after, effects = later.completed(playbook, case, (after, effects), event.stamp)
    after, effects = updating.given(playbook, case, (after, effects), event.stamp)
    after, effects = laying.kept(playbook, case, (after, effects), event.stamp)
    effects = (*effects, *_seek(case, after), *rooms.redrawn(case, after))
    after, effects = look_back.kept(playbook, case, (after, effects), event)
    after, effects = after_meetings.kept(case, (after, effects), event.stamp.at)
    after, effects = sharing.kept(case, (after, effects))
    after = outlook.refreshed(case, practising.left(after))
    effects = (*effects, *_to_coach(playbook, case, after))
    after, readings = tracking.reread(case, after, event.stamp.at)
    effects = (*effects, *readings)
    revision = case.revision + 1
    if isinstance(event, _NOT_BY_THE_OWNER) or after.phase == "abandoned":
        return replace(after, revision=revision), effects
    touched_at = event.stamp.at  # all at once: to copy a case is what costs here
    after = replace(
        after, revision=revision, touched_at=touched_at, nudges=0, unheard=False, silent=None
    )
    if case.phase in _OWNERS_TURN and after.phase not in _OWNERS_TURN:
        return after, (*effects, DropPing("nudge"))
    return after, (*effects, *_nudge(after, event.stamp))


def _given_up(playbook: Playbook, case: Case, event: Event) -> Turned:
    """Nothing happens to a case that was given up, but that its meetings are cancelled."""
    if not isinstance(event, MeetingEvent):
        return case, ()
    after, effects = meeting.react(playbook, case, event)
    return (case if after is case else replace(after, revision=case.revision + 1)), effects


def _react(playbook: Playbook, case: Case, event: CaseEvent) -> Turned:
    instead = practising.instead(case, event)
    if instead is not None:
        return instead
    if isinstance(event, PracticeEvent | SettingsChanged):
        return (
            _resettled(case, event)
            if isinstance(event, SettingsChanged)
            else practising.react(case, event)
        )
    if isinstance(event, ReleaseEvent | ApproverEvent):
        return approving.react(playbook, case, event)
    if isinstance(event, FollowEvent | SharingEvent):
        return (
            sharing.react(case, event)
            if isinstance(event, SharingEvent)
            else following.react(playbook, case, event)
        )
    if isinstance(event, PingDue) and event.kind != "nudge":
        return _rang(playbook, case, event)
    return _talked(playbook, case, event)


def _resettled(case: Case, event: SettingsChanged) -> Turned:
    """The case in the owner's language and days; what it asks for comes at the same time of day."""
    after = replace(case, language=event.language, zone=event.zone, calendar=event.calendar)
    if after == case:
        return case, ()
    after, alarms = laying.moved(case, after, event.stamp.at)
    after, shows = live.refresh(after)
    return after, (*alarms, *shows)


def _rang(playbook: Playbook, case: Case, event: PingDue) -> Turned:
    if key_in(event.kind) is not None:
        return following.rang(playbook, case, event)
    if linking.is_end(event.kind):
        return linking.over(case, event)
    return approving.rang(playbook, case, event)


def _talked(
    playbook: Playbook,
    case: Case,
    event: AnswerEvent | MoveEvent | CoachEvent | ViewEvent | TrackerEvent | MeetingEvent,
) -> Turned:
    if isinstance(event, MeetingEvent):
        return meeting.react(playbook, case, event)
    if isinstance(event, TrackerEvent):
        return tracking.react(playbook, case, event)
    if isinstance(event, AnswerEvent):
        return answering.react(playbook, case, event)
    if isinstance(event, MoveEvent):
        return moving.react(playbook, case, event)
    if isinstance(event, CoachEvent):
        return heeding.react(playbook, case, event)
    return viewing.react(playbook, case, event)


def _to_coach(playbook: Playbook, before: Case, after: Case) -> tuple[Effect, ...]:
    """What the coach should read now: steps whose answers changed and stand, a draft just shown."""
    asked: list[Effect] = []
    touched: list[StepId] = []
    if after.answers is not before.answers:
        changed = [f for f, a in after.answers.items() if before.answers.get(f) is not a]
        changed += [f for f in before.answers if f not in after.answers]
        touched = [playbook.step_of[f].id for f in changed]
    if before.step is not None and path.open_fields(before, playbook.by_id[before.step]):
        touched.append(before.step)
    for step in dict.fromkeys(touched):
        if playbook.is_later(step):
            continue  # told to nobody outside
        if not path.open_fields(after, playbook.by_id[step]):
            asked.append(AskCoach(step))
    if after.variant is not None and after.step is None:
        shown = before.variant == after.variant and before.step is None
        if not shown or before.edits is not after.edits or asked:
            asked.append(AskCoach(draft.key(after.variant), draft=True))
    return tuple(asked)


def _seek(before: Case, after: Case) -> tuple[Effect, ...]:
    """Whether lessons are to be looked for: once the cause is named, and when it changes."""
    names = ("cause_kind", "cause")
    words, kind = text_of(after, "cause"), text_of(after, "cause_kind")
    same = all(text_of(before, n) == text_of(after, n) for n in names)
    return () if same or not kind or after.told_at else (SeekLessons(words, kind),)


def _nudge(case: Case, stamp: Stamp) -> tuple[Effect, ...]:
    if case.watch or case.phase not in _OWNERS_TURN:
        return ()
    due = pings.nudge(case, stamp.at)
    return (due,) if due else ()
