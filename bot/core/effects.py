"""All that may be asked of the shell after an event. Imperative; the shell carries them out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.core.approving.release import Outgoing
from bot.core.case import Offer, Variant
from bot.core.lessons.lesson import Lesson
from bot.core.meetings.meeting import Purpose
from bot.core.pings.reminder import Board, Waiting
from bot.core.pings.rooms import Room
from bot.core.rehearsal.practice import Practice
from bot.core.words import FieldId, Language, PersonId, StepId, Text


@dataclass(frozen=True, slots=True)
class StepScreen:
    """The open step with its form. `about` adds the reason or the example for one field."""

    step: StepId
    about: Literal["", "why", "example"] = ""


@dataclass(frozen=True, slots=True)
class RecapScreen:
    """Answers that are behind us, and a way to change them; no fields means the whole step."""

    step: StepId
    fields: tuple[FieldId, ...] = ()


@dataclass(frozen=True, slots=True)
class SkipScreen:
    """What is lost by skipping, and why one would."""

    step: StepId


@dataclass(frozen=True, slots=True)
class ClearScreen:
    """Shall this answer really go?"""

    field: FieldId


@dataclass(frozen=True, slots=True)
class ReviewScreen:
    """All answers."""


@dataclass(frozen=True, slots=True)
class DraftScreen:
    """The message to the customer, with what the ledger says of it."""

    variant: Variant


@dataclass(frozen=True, slots=True)
class StoppedScreen:
    """Saved; how to go on."""


@dataclass(frozen=True, slots=True)
class MovedScreen:
    """What stood here goes on further down."""


@dataclass(frozen=True, slots=True)
class NudgeScreen:
    """A gentle word that a conversation waits, and which others do; `last` says it is parked."""

    last: bool
    others: tuple[Waiting, ...] = ()


@dataclass(frozen=True, slots=True)
class PracticeScreen:
    """A practised call where it stands; `past` when the conversation has gone on below it."""

    practice: Practice
    past: bool = False


@dataclass(frozen=True, slots=True)
class SendScreen:
    """The message on its way out: what the customer will see, who must agree, how it leaves."""


@dataclass(frozen=True, slots=True)
class ApprovalScreen:
    """What an approver is asked, or what became of it. `turn` is whose card it is in the line."""

    outgoing: Outgoing
    place: int
    turn: int
    zone: str = ""  # of its reader, on whose clock it tells times; empty where not known


@dataclass(frozen=True, slots=True)
class NoticeScreen:
    """One sentence to the owner about a message on its way, with the way there."""

    text: Text


@dataclass(frozen=True, slots=True)
class LeadScreen:
    """One sentence to the owner's lead, who need not do anything with it here."""

    text: Text


@dataclass(frozen=True, slots=True)
class AgendaScreen:
    """What is talked about in a meeting afterwards, and what happened when."""

    agenda: str


@dataclass(frozen=True, slots=True)
class OfferScreen:
    """One sentence, and what can be done next: names of buttons; `done` tells what was pressed."""

    text: Text
    offers: tuple[str, ...]
    done: Text | None = None


@dataclass(frozen=True, slots=True)
class LessonScreen:
    """A lesson as it was kept, without names, and who sees it."""

    lesson: Lesson
    offers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkScreen:
    """Words with a link for the customer, to be copied, and how long it holds."""

    words: Text
    told: Text
    language: Language


@dataclass(frozen=True, slots=True)
class MeetingScreen:
    """A meeting as it stands: its form, when and where it is, or what is asked about it."""

    purpose: Purpose


@dataclass(frozen=True, slots=True)
class WatchScreen:
    """The dates that are watched, how sure one was of each, and the way into the conversation."""


@dataclass(frozen=True, slots=True)
class RoomScreen:
    """The first message in a project's channel, under which the questions come."""

    room: Room


@dataclass(frozen=True, slots=True)
class VoicesScreen:
    """The look back before the team: the form for each of them, or how many have answered."""

    room: Room
    part: Literal["form", "count"]


@dataclass(frozen=True, slots=True)
class MinutesScreen:
    """The minutes of a look back: in a project's channel once `posted`, before that to their owner, to
    be looked at, or anew since they have `changed`; and there, once that is `done`, without a button.
    """

    room: Room
    state: Literal["look", "changed", "posted", "done"]


@dataclass(frozen=True, slots=True)
class SharingScreen:
    """To the owner: who may read the case, and a way to invite somebody."""


@dataclass(frozen=True, slots=True)
class InviteScreen:
    """To the owner: whether somebody is to read the case, and what they will read."""

    id: PersonId
    name: str


@dataclass(frozen=True, slots=True)
class InvitedScreen:
    """To a viewer: who invites them to read which case."""


@dataclass(frozen=True, slots=True)
class ViewScreen:
    """The whole case for a viewer: nothing on it changes anything."""

    viewer: PersonId


@dataclass(frozen=True, slots=True)
class SharedScreen:
    """One sentence on what became of an invitation; with `more` the owner can see all of them."""

    text: Text
    more: bool = False


ViewerScreen = SharingScreen | InviteScreen | InvitedScreen | ViewScreen | SharedScreen
Screen = (
    StepScreen
    | RecapScreen
    | SkipScreen
    | ClearScreen
    | ReviewScreen
    | DraftScreen
    | StoppedScreen
    | MovedScreen
    | NudgeScreen
    | PracticeScreen
    | SendScreen
    | ApprovalScreen
    | NoticeScreen
    | LeadScreen
    | AgendaScreen
    | OfferScreen
    | LessonScreen
    | WatchScreen
    | LinkScreen
    | RoomScreen
    | VoicesScreen
    | MinutesScreen
    | MeetingScreen
    | ViewerScreen
)


@dataclass(frozen=True, slots=True)
class Show:
    """Put this screen into the message named `slot` of the case: post it, or edit it if it stands.

    The slot makes it impossible to say a thing twice: a slot is one message for ever. It stands
    where the owner is, with `to` in that person's own conversation with the bot, or with `room` in
    that channel.
    """

    slot: str
    screen: Screen
    to: PersonId | None = None
    room: Room | None = None


@dataclass(frozen=True, slots=True)
class Toast:
    """A word that passes, for the person who clicked. Losing it loses nothing."""

    text: Text


@dataclass(frozen=True, slots=True)
class SetPing:
    """Wake the case at `due` with a PingDue of this kind; replaces an earlier one of the kind."""

    kind: str
    due: datetime


@dataclass(frozen=True, slots=True)
class DropPing:
    """Forget the reminder of this kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class Recall:
    """Look for earlier cases with this customer and answer with a Recalled event."""

    customer: str


@dataclass(frozen=True, slots=True)
class AskCoach:
    """Have the coach read a step's answers, or the draft on the screen; CoachSpoke answers.

    `about` is the step's id, or the variant's name with `draft` set.
    """

    about: str
    draft: bool = False


@dataclass(frozen=True, slots=True)
class AskCustomer:
    """Have the practised call of the case go on; CustomerSpoke answers."""


@dataclass(frozen=True, slots=True)
class AskHouse:
    """Look up what the operator has set for this customer; HouseTold answers."""

    customer: str


@dataclass(frozen=True, slots=True)
class FindColleague:
    """Look for somebody by the name they are called; ColleagueFound answers."""

    number: int
    place: int
    turn: int
    name: str


@dataclass(frozen=True, slots=True)
class Deliver:
    """Give the message on its way out to the customer; with `again`, a person wants it repeated."""

    number: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class ShowBoard:
    """Put the pings of this board, as they stand now, into its message."""

    board: Board


@dataclass(frozen=True, slots=True)
class BeginNext:
    """Begin a new case on the same promise, with what this one knows."""

    project: str
    found: Mapping[FieldId, Offer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MakeLink:
    """Make the link with this number, which holds until then; LinkMade answers."""

    number: int
    until: datetime


@dataclass(frozen=True, slots=True)
class KeepLesson:
    """Keep a lesson for everybody of the tenant."""

    lesson: Lesson


@dataclass(frozen=True, slots=True)
class SeekLessons:
    """Look for lessons that fit these words and this kind of cause; LessonsFound answers."""

    words: str
    category: str = ""


@dataclass(frozen=True, slots=True)
class JudgeLesson:
    """Count that a lesson helped, or did not."""

    lesson: str
    helpful: bool


Effect = (
    Show
    | MakeLink
    | KeepLesson
    | SeekLessons
    | JudgeLesson
    | ShowBoard
    | BeginNext
    | Toast
    | SetPing
    | DropPing
    | Recall
    | AskCoach
    | AskCustomer
    | AskHouse
    | FindColleague
    | Deliver
)
