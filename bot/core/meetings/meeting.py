"""A meeting of a case: what it is for, when it is, what became of it. Values only.

A meeting is booked by a person's press and by nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal

from bot.core.pings.kinds import Anchor, Press
from bot.core.pings.reminder import Key
from bot.core.words import CaseId, Text

Purpose = Literal["call", "follow_up", "retrospective", "customer_meeting"]
PURPOSES: tuple[Purpose, ...] = ("call", "follow_up", "retrospective", "customer_meeting")
WITH_CUSTOMER: tuple[Purpose, ...] = ("call", "follow_up", "customer_meeting")
Asking = Literal["schedule", "move", "cancel"]
State = Literal[
    "planned",  # nothing is booked yet
    "booked",
    "cancelled",
]
MeetingSystem = Literal["ics", "lark_event", "lark_reserve", "tencent", "zoom", "teams", "google"]
PREFIX = "meeting:"  # of the kinds of pings that book, move and cancel, and say nothing themselves
ICS: Final = "ics"  # the provider that is always there: a file, and the tenant's own link
FORGETFUL: Final = ("lark_reserve",)  # takes no key and lists nothing; its numbers free themselves


@dataclass(frozen=True, slots=True)
class Form:
    """The form as it was sent last, with why it was not taken.

    `remarks` were told once; sent again for the same moment, it is meant so.
    """

    topic: str
    day: str  # ISO, or as it was typed
    time: str
    minutes: str
    people: str
    problems: Mapping[str, Text] = field(default_factory=dict)
    remarks: tuple[Text, ...] = ()
    warned_of: datetime | None = None
    tries: int = 0  # how often it was sent and not taken


@dataclass(frozen=True, slots=True)
class Stray:
    """What was asked for under a number of the case, and may stand there though nobody needs it."""

    number: int
    provider: str
    label: Text | None
    account: str  # of the provider, where it is the tenant's own
    topic: str
    start: datetime
    minutes: int
    looks: int = 0  # so far
    became: Literal["", "cancelled", "nothing", "unknown"] = ""  # empty: it is looked for again


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting. `asking` is set while a meeting system is asked, `why` when that failed.

    `to` is where it was asked to move; `offer` is what the owner is asked about it just now.
    """

    purpose: Purpose
    number: int  # of the case's meetings, from 1
    card: int  # the message that shows it
    state: State = "planned"
    form: Form | None = None
    topic: str = ""
    start: datetime | None = None  # aware, UTC
    minutes: int = 0
    people: tuple[str, ...] = ()  # addresses
    asking: Asking | None = None
    to: datetime | None = None
    to_minutes: int = 0
    why: Text | None = None
    failed: Asking | None = None  # what was asked for when it failed
    unsure: bool = False  # it may have been done all the same
    by_file: bool = False  # the owner took the file in the place of a meeting system
    provider: str = ""
    label: Text | None = None  # what people call the provider
    account: str = ""  # of the provider, where it is the tenant's own
    ref: str = ""  # what the provider calls the meeting
    join_url: str = ""
    code: str = ""
    sequence: int = 0  # of its calendar file; rises when it moves and when it is cancelled
    booked_at: datetime | None = None
    takes_files: bool = False  # the owner's platform can bring its calendar file
    ping: Key | None = None  # that it belongs to
    offer: Literal["", "move", "cancel"] = ""
    offered: datetime | None = None  # where it would move
    strays: tuple[Stray, ...] = ()

    @property
    def slot(self) -> str:
        """The name of the message that shows it."""
        return f"meeting:{self.card}"

    @property
    def alarm(self) -> str:
        """The kind of the ping that books it."""
        return f"{PREFIX}{self.purpose}"


def key_of(case: CaseId, meeting: Meeting) -> str:
    """What a meeting system knows it by: one meeting for one key, however often it is asked."""
    return f"{case}-{meeting.purpose}-{meeting.number}"


def purpose_in(kind: str) -> Purpose | None:
    """The purpose in the kind of a ping; None for another kind."""
    name = kind.removeprefix(PREFIX) if kind.startswith(PREFIX) else ""
    return next((p for p in PURPOSES if p == name), None)


def purpose_of(anchor: Anchor, buttons: Sequence[Press]) -> Purpose:
    """What a meeting is for that is scheduled on a ping of this kind."""
    if "retrospective" in buttons:
        return "retrospective"
    return "customer_meeting" if anchor == "recovered" else "follow_up"


def ends(meeting: Meeting) -> datetime:
    """When it is over. Raises ValueError for one that has no time yet."""
    if meeting.start is None:
        raise ValueError("a meeting without a time has no end")
    return meeting.start + timedelta(minutes=meeting.minutes)
