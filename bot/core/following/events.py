"""What can happen to a case after the customer was told. Past tense; the time comes with it."""

from dataclasses import dataclass
from typing import Literal

from bot.core.following.watching import Confidence
from bot.core.lessons.lesson import Lesson
from bot.core.pings.manners import Snooze
from bot.core.pings.reminder import Key
from bot.core.stamp import Stamp
from bot.core.words import StepId

Answer = Literal["on_track", "at_risk", "done"]


@dataclass(frozen=True, slots=True)
class PingAnswered:
    """A ping was answered."""

    stamp: Stamp
    key: Key
    answer: Answer


@dataclass(frozen=True, slots=True)
class PingMenuOpened:
    """Snooze or stop was wished for, and how is still to come; with "" the menu is closed again."""

    stamp: Stamp
    key: Key
    menu: Literal["", "snooze", "stop"]


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
class LaterOpened:
    """A step that stands outside of the walk was opened; `key` is the ping that led there."""

    stamp: Stamp
    step: StepId
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class LessonsFound:
    """Lessons of earlier cases that fit what is asked now."""

    stamp: Stamp
    lessons: tuple[Lesson, ...]


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


FollowEvent = (
    PingAnswered
    | PingMenuOpened
    | PingSnoozed
    | PingStopped
    | PingRetuned
    | LaterOpened
    | LessonsFound
    | LessonJudged
    | ConfidenceSaid
    | SignSeen
    | AgendaAsked
    | NextBegun
    | Closed
)
