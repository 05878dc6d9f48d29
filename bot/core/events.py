"""All that can happen to a case. Past tense; the time and the id come with the event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.approving.events import ApproverEvent, ReleaseEvent
from bot.core.approving.release import Precedent
from bot.core.case import Offer
from bot.core.coaching.events import CoachEvent
from bot.core.following.events import FollowEvent
from bot.core.foresight.ledger import Promise
from bot.core.meetings.events import MeetingEvent
from bot.core.mirroring.events import MirrorEvent
from bot.core.pings.manners import Schedule
from bot.core.pings.reminder import Board, Waiting
from bot.core.playbook import Channel, Reader, Tone
from bot.core.rehearsal.events import PracticeEvent
from bot.core.sharing.events import SharingEvent
from bot.core.stamp import Stamp as Stamp
from bot.core.tracking.events import TrackerEvent
from bot.core.tracking.tracked import Origin
from bot.core.words import CaseId, FieldId, Language, StepId, TenantId

Raw = str | Sequence[str] | Sequence[Mapping[str, str]]  # one box: text, picks, or rows of text


@dataclass(frozen=True, slots=True)
class Begun:
    """A new case was begun. `project` may be empty; `found` are answers that came along."""

    stamp: Stamp
    case: CaseId
    tenant: TenantId
    language: Language
    zone: str  # IANA name
    calendar: str  # country code
    project: str = ""
    found: Mapping[FieldId, Offer] = field(default_factory=dict)
    watch: bool = False  # nothing is late yet; dates are to be watched
    trackers: tuple[Origin, ...] = ()  # that can be asked for facts
    name: str = ""  # what its owner is called, where the house knows


@dataclass(frozen=True, slots=True)
class Typed:
    """Somebody wrote a line in the conversation; it answers the open question."""

    stamp: Stamp
    text: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """A form or a pick was sent. `seen` is the case's revision when its card was drawn."""

    stamp: Stamp
    boxes: Mapping[FieldId, Raw]
    seen: int


@dataclass(frozen=True, slots=True)
class ReadingChosen:
    """One of several readings of a typed value was picked."""

    stamp: Stamp
    field: FieldId
    index: int
    seen: int


@dataclass(frozen=True, slots=True)
class OfferTaken:
    """The values offered from an earlier case or a source were taken over, for the open step.

    `live` numbers the message of the button; None means the one that is live.
    """

    stamp: Stamp
    live: int | None = None


@dataclass(frozen=True, slots=True)
class OtherSettled:
    """Of two answers from two windows one was chosen. `seen` is as in Submitted."""

    stamp: Stamp
    field: FieldId
    take: bool  # True takes the other one
    seen: int


@dataclass(frozen=True, slots=True)
class Placed:
    """The loose line was given a field it answers; no field lets it go. `seen` as in Submitted."""

    stamp: Stamp
    field: FieldId | None
    live: int
    seen: int


@dataclass(frozen=True, slots=True)
class WentBack:
    """Back to the step before. `live` numbers the message of the button; None when typed."""

    stamp: Stamp
    live: int | None = None


@dataclass(frozen=True, slots=True)
class SkipAsked:
    """Skip was wished for; the reason is still to come. Typed, it may mean one optional field."""

    stamp: Stamp
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """A step is left out, with a reason."""

    stamp: Stamp
    step: StepId
    reason: str


@dataclass(frozen=True, slots=True)
class ClearAsked:
    """Somebody wants a field empty again; to be confirmed."""

    stamp: Stamp
    field: FieldId


@dataclass(frozen=True, slots=True)
class Cleared:
    """An answer was taken out on purpose."""

    stamp: Stamp
    field: FieldId


@dataclass(frozen=True, slots=True)
class Dismissed:
    """The open confirmation was declined."""

    stamp: Stamp


@dataclass(frozen=True, slots=True)
class WhyAsked:
    """Why do you ask this? `live` is as in WentBack."""

    stamp: Stamp
    live: int | None = None


@dataclass(frozen=True, slots=True)
class ExampleAsked:
    """Show me an example. `live` is as in WentBack."""

    stamp: Stamp
    live: int | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """Saved and put aside. `live` is as in WentBack."""

    stamp: Stamp
    live: int | None = None


@dataclass(frozen=True, slots=True)
class Resumed:
    """Taken up again, where it was. `live` is as in WentBack."""

    stamp: Stamp
    live: int | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """All answers were asked for. `live` is as in WentBack."""

    stamp: Stamp
    live: int | None = None


@dataclass(frozen=True, slots=True)
class EditOpened:
    """One step was opened again to change it."""

    stamp: Stamp
    step: StepId


@dataclass(frozen=True, slots=True)
class DraftOpened:
    """The draft was asked for; None keeps what the case says."""

    stamp: Stamp
    channel: Channel | None = None
    reader: Reader | None = None
    language: Language | None = None
    tone: Tone | None = None
    typed: bool = False  # asked for by a word: it comes to where its owner writes


@dataclass(frozen=True, slots=True)
class DraftEdited:
    """A draft was changed by hand; with `undo`, once asked for, the assembled text comes back.

    `variant` names the draft that was changed ("email.executive.en"), `seen` the case's revision
    when its text was drawn; left empty, the draft on the screen as it stands is meant.
    """

    stamp: Stamp
    text: str
    variant: str = ""
    seen: int | None = None
    undo: bool = False


@dataclass(frozen=True, slots=True)
class EditSettled:
    """Of two wordings of a draft from two windows one was chosen. `variant` as in DraftEdited."""

    stamp: Stamp
    variant: str
    take: bool  # True takes the other one
    seen: int  # as in Submitted


@dataclass(frozen=True, slots=True)
class ReplyUsed:
    """A line that was typed below the draft is wanted in it, or in its place. As in DraftEdited."""

    stamp: Stamp
    variant: str
    whole: bool  # True makes it the whole text
    live: int  # the message on which it was offered


@dataclass(frozen=True, slots=True)
class UndoAsked:
    """The assembled text is wanted back in place of a wording; to be confirmed."""

    stamp: Stamp
    variant: str  # as in DraftEdited


@dataclass(frozen=True, slots=True)
class Abandoned:
    """The case was given up."""

    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Recalled:
    """What earlier cases with the same customer know, the dates and remedies it was told in them."""

    stamp: Stamp
    offers: Mapping[FieldId, Offer] = field(default_factory=dict)
    promises: tuple[Promise, ...] = ()
    precedents: tuple[Precedent, ...] = ()


@dataclass(frozen=True, slots=True)
class CommitTaken:
    """The date to commit to, as the forecast showed it, was taken as the new date."""

    stamp: Stamp
    day: str  # ISO
    seen: int  # as in Submitted


@dataclass(frozen=True, slots=True)
class PingDue:
    """A reminder fell due. `schedule` is the owner's, as they have set it; `board` the message
    that all of theirs are put on which are due now. A nudge names the `others` that are nudged in
    the same message; one that stands in another's is `beside` it, and says nothing itself.
    """

    stamp: Stamp
    kind: str
    schedule: Schedule | None = None
    board: Board | None = None
    others: tuple[Waiting, ...] = ()
    beside: bool = False


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """The owner has settled another language, zone or calendar; it holds in this case from now on."""

    stamp: Stamp
    language: Language
    zone: str  # IANA name
    calendar: str  # country code


AnswerEvent = (
    Typed
    | Submitted
    | ReadingChosen
    | OfferTaken
    | OtherSettled
    | Placed
    | Skipped
    | Cleared
    | Recalled
    | CommitTaken
)
MoveEvent = (
    WentBack
    | SkipAsked
    | ClearAsked
    | Dismissed
    | WhyAsked
    | ExampleAsked
    | Stopped
    | Resumed
    | EditOpened
)
ViewEvent = (
    Reviewed | DraftOpened | DraftEdited | EditSettled | ReplyUsed | UndoAsked | Abandoned | PingDue
)
CaseEvent = (
    AnswerEvent
    | MoveEvent
    | ViewEvent
    | CoachEvent
    | PracticeEvent
    | SettingsChanged
    | ReleaseEvent
    | ApproverEvent
    | FollowEvent
    | SharingEvent
    | TrackerEvent
    | MeetingEvent
)
Event = CaseEvent | MirrorEvent
