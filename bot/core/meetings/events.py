"""What can happen to a meeting of a case. Past tense; the time comes with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.core.meetings.meeting import Asking, Purpose
from bot.core.pings.reminder import Key
from bot.core.stamp import Stamp
from bot.core.words import FieldId, Text

Filled = str | Sequence[str] | Sequence[Mapping[str, str]]  # one box, as in Raw of the events
Pressed = Literal[
    "move",  # the form for another time
    "cancel",  # to be confirmed
    "yes",  # what was offered
    "no",
    "again",  # what failed
    "by_file",  # the file in the place of the meeting system
    "change",  # the form anew
    "back",  # the form away
]


@dataclass(frozen=True, slots=True)
class MeetingOpened:
    """A meeting was wished for: its form, or its card where it is booked. `key` is the ping that it
    belongs to.
    """

    stamp: Stamp
    purpose: Purpose
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class MeetingWished:
    """The form was sent, to book the meeting or to move it. `number` and `tries` are those of the
    form that was before the person; None means the one that is open.
    """

    stamp: Stamp
    purpose: Purpose
    boxes: Mapping[FieldId, Filled] = field(default_factory=dict)
    number: int | None = None
    tries: int | None = None


@dataclass(frozen=True, slots=True)
class MeetingPressed:
    """One of the buttons of the meeting's card. `number` is the meeting that it showed."""

    stamp: Stamp
    purpose: Purpose
    number: int
    what: Pressed


@dataclass(frozen=True, slots=True)
class MeetingBooked:
    """A meeting system has booked it, or moved it."""

    stamp: Stamp
    purpose: Purpose
    number: int
    provider: str
    label: Text
    ref: str
    join_url: str = ""
    code: str = ""
    takes_files: bool = False
    account: str = ""  # the tenant's own one that it was booked in; empty: the house's


@dataclass(frozen=True, slots=True)
class MeetingCancelled:
    """It is gone from the meeting system."""

    stamp: Stamp
    purpose: Purpose
    number: int


@dataclass(frozen=True, slots=True)
class MeetingRefused:
    """What was asked for was not done, and why; `unsure` where it may have been done all the same."""

    stamp: Stamp
    purpose: Purpose
    number: int
    asking: Asking
    provider: str
    label: Text
    why: Text
    unsure: bool = False
    account: str = ""  # the tenant's own one that was asked; empty: the house's


@dataclass(frozen=True, slots=True)
class MeetingSought:
    """A meeting that nobody needs was looked for where it may stand: it was there and is cancelled,
    it was not there, or nobody could tell.
    """

    stamp: Stamp
    purpose: Purpose
    number: int  # that it was asked for under
    provider: str
    found: Literal["cancelled", "nothing", "unknown"]


MeetingEvent = (
    MeetingOpened
    | MeetingWished
    | MeetingPressed
    | MeetingBooked
    | MeetingCancelled
    | MeetingRefused
    | MeetingSought
)
ByProvider = MeetingBooked | MeetingCancelled | MeetingRefused | MeetingSought
