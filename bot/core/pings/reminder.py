"""One ping of a case: what it is about, when it is due, and what became of it. A value."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NewType

from bot.core.pings.kinds import Anchor
from bot.core.pings.rooms import Room
from bot.core.words import CaseId, PersonId, Text

Key = NewType("Key", str)  # kind/number, unique in its case
State = Literal[
    "laid",  # waits for its day
    "asked",  # was said, and nobody has answered yet
    "answered",
    "stopped",  # never again, with a reason
    "parked",  # asked twice, told to the lead; it waits on the Home page
    "lapsed",  # not of use any more, or settled by something else
]
PREFIX = "ping:"  # of the names under which the store keeps when they are due


@dataclass(frozen=True, slots=True)
class Board:
    """One message with pings of one person, perhaps of several cases; it stands in one's slot."""

    case: CaseId
    slot: str
    cases: tuple[CaseId, ...]  # all whose pings may stand on it
    room: Room | None = None  # the project's channel; None is the person's own conversation
    to: PersonId | None = None  # who stands in for the owner; None is the owner
    note: Text | None = None  # what stands above the questions
    name: str = ""  # what whoever stands in is called
    until: datetime | None = None  # and when the owner is back


@dataclass(frozen=True, slots=True)
class Waiting:
    """Another conversation of the same person that is nudged in the same message."""

    case: CaseId
    project: Text
    last: bool  # it is parked with this word


@dataclass(frozen=True, slots=True)
class Reminder:
    """One ping. `day` is that of its anchor; `due` is when it is said, or said again."""

    kind: str
    anchor: Anchor
    number: int  # which milestone, which action; 0 where there is one only
    day: date
    due: datetime
    what: str = ""  # the milestone's name, the action
    state: State = "laid"
    asked: tuple[datetime, ...] = ()
    answer: str = ""
    answered_at: datetime | None = None
    reason: str = ""  # why it was stopped
    choosing: Literal["", "snooze", "stop", "confidence", "update"] = (
        ""  # what its card asks just now
    )
    snoozed: int = 0
    board: Board | None = None  # the message on which it was asked last
    thread: Board | None = None  # the message in the project's channel on which it was asked last
    answered_by: str = ""  # the name of whoever answered for the owner
    note: str = ""  # how it stands, in the words of somebody who could not say yes or no
    noted_at: datetime | None = None
    noted_by: str = ""

    @property
    def key(self) -> Key:
        """Its name in the case."""
        return Key(f"{self.kind}/{self.number}")

    @property
    def is_open(self) -> bool:
        """Whether something is still to come of it."""
        return self.state in ("laid", "asked")


def name_of(key: Key) -> str:
    """The name under which the store keeps when it is due."""
    return f"{PREFIX}{key}"


def key_in(name: str) -> Key | None:
    """The key in such a name; None for another kind of alarm."""
    return Key(name.removeprefix(PREFIX)) if name.startswith(PREFIX) else None
