"""What can happen to a case after the customer was told. Past tense; the time comes with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.core.following.watching import Confidence
from bot.core.lessons.lesson import Lesson
from bot.core.pings.manners import Snooze
from bot.core.pings.reminder import Key
from bot.core.pings.rooms import Here
from bot.core.stamp import Stamp
from bot.core.words import FieldId, PersonId, StepId, Text

Answer = Literal["on_track", "at_risk", "done"]
Filled = str | Sequence[str] | Sequence[Mapping[str, str]]  # one box, as in Raw of the events


@dataclass(frozen=True, slots=True)
class PingAnswered:
    """A ping was answered; `name` is that of whoever answered in the place of the owner."""

    stamp: Stamp
    key: Key
    answer: Answer
    name: str = ""


@dataclass(frozen=True, slots=True)
class PingMenuOpened:
    """Snooze, stop or a word was wished for, and the rest is still to come; "" closes it again."""

    stamp: Stamp
    key: Key
    menu: Literal["", "snooze", "stop", "update"]


@dataclass(frozen=True, slots=True)
class PingUpdated:
    """How it stands was said in a line, with neither yes nor no. `name` as in PingAnswered."""

    stamp: Stamp
    key: Key
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class PingSnoozed:
    """It is to come again later; without a key, all of the case. `text` holds a day as typed."""

    stamp: Stamp
    key: Key | None
    wish: Snooze
    text: str = ""


@dataclass(frozen=True, slots=True)
class PingStopped:
    """It is never to come again, for a reason; without a key, none of the case."""

    stamp: Stamp
    key: Key | None
    reason: str


@dataclass(frozen=True, slots=True)
class PingRetuned:
    """It is to come so many working days later than the playbook says, or earlier."""

    stamp: Stamp
    key: Key | None
    working_days: int


@dataclass(frozen=True, slots=True)
class RoomBound:
    """The owner bound the case to a project's channel, which had been looked at."""

    stamp: Stamp
    here: Here


@dataclass(frozen=True, slots=True)
class RoomLeft:
    """The owner wants everything alone again."""

    stamp: Stamp


@dataclass(frozen=True, slots=True)
class RoomLost:
    """The project's channel of this number takes no more of it, or somebody from outside came."""

    stamp: Stamp
    number: int
    why: Text


@dataclass(frozen=True, slots=True)
class LaterOpened:
    """A step that stands outside of the walk was opened; `key` is the ping that led there."""

    stamp: Stamp
    step: StepId
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class LookBackAnswered:
    """One of the team looks back in their own words; `boxes` by prompt, `name` as in PingAnswered.

    Where no name is to be known, the stamp bears nobody's and `alias` stands for whoever it was.
    """

    stamp: Stamp
    boxes: Mapping[FieldId, Filled] = field(default_factory=dict)
    name: str = ""
    alias: str = ""


@dataclass(frozen=True, slots=True)
class MinutesShared:
    """The minutes of the look back are wished for in the project's channel; `agreed` is the number of
    the channel that their owner was shown them for, 0 before a look, and `seal` names their words.
    """

    stamp: Stamp
    agreed: int = 0
    seal: str = ""


@dataclass(frozen=True, slots=True)
class UpdateQuiet:
    """Nothing was due and nothing has changed: the short update is to be written."""

    stamp: Stamp


@dataclass(frozen=True, slots=True)
class LinkAsked:
    """A link was asked for, with which the customer says how they were told."""

    stamp: Stamp


@dataclass(frozen=True, slots=True)
class LinkMade:
    """The link, and until when it holds; an empty one where none can be made."""

    stamp: Stamp
    number: int
    url: str
    until: datetime


@dataclass(frozen=True, slots=True)
class FeedbackGiven:
    """The customer answered by a link; each score is 1 to 5."""

    stamp: Stamp
    link: int
    early: int
    trust: int
    quote: str = ""


@dataclass(frozen=True, slots=True)
class LessonsFound:
    """Lessons of earlier cases that fit what is asked now."""

    stamp: Stamp
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class LessonAgreed:
    """The owner has looked the lesson over, without names, and wants it kept."""

    stamp: Stamp


@dataclass(frozen=True, slots=True)
class LessonJudged:
    """A lesson that was shown helped, or did not."""

    stamp: Stamp
    lesson: str
    helpful: bool


@dataclass(frozen=True, slots=True)
class ConfidenceSaid:
    """How sure the owner is of a watched date: the second tap."""

    stamp: Stamp
    key: Key
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class SignSeen:
    """Something is slipping: the conversation begins, from this day as its first sign."""

    stamp: Stamp


@dataclass(frozen=True, slots=True)
class AgendaAsked:
    """What the meeting with the customer is to be about was asked for."""

    stamp: Stamp


@dataclass(frozen=True, slots=True)
class NextBegun:
    """The date moves again: a new conversation on the same promise."""

    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Closed:
    """Nothing is left to do; `anyway` where something still is."""

    stamp: Stamp
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class OwnerLost:
    """The owner's account is closed: nobody reads what is said to them. `lead` is who is told."""

    stamp: Stamp
    lead: PersonId | None = None


@dataclass(frozen=True, slots=True)
class DeputyLost:
    """What was asked in this slot reached no deputy. `name` is whom the owner is told of, if here.

    With `until`, it is not asked before then.
    """

    stamp: Stamp
    slot: str
    name: str = ""
    until: datetime | None = None


FollowEvent = (
    PingAnswered
    | PingMenuOpened
    | PingSnoozed
    | PingStopped
    | PingRetuned
    | PingUpdated
    | RoomBound
    | RoomLeft
    | RoomLost
    | LaterOpened
    | LookBackAnswered
    | MinutesShared
    | UpdateQuiet
    | LinkAsked
    | LinkMade
    | FeedbackGiven
    | LessonsFound
    | LessonJudged
    | LessonAgreed
    | ConfidenceSaid
    | SignSeen
    | AgendaAsked
    | NextBegun
    | Closed
    | OwnerLost
    | DeputyLost
)
