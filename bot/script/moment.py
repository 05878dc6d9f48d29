"""What comes of one thing that a written conversation sends in: values only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.core.cards.blocks import Card
from bot.core.case import Case, text_of
from bot.core.effects import Effect, Show, ShowBoard
from bot.core.events import Begun, Event, Stamp
from bot.core.words import CaseId, PersonId, Text
from bot.engine.inbound import Spoken


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the bot as it stands now; `edited` when it stood before with other words."""

    case: CaseId
    slot: str
    card: Card
    edited: bool = False
    to: PersonId | None = None  # somebody else's conversation; None is the person's own
    room: bool = False  # it stands in the project's channel, where the team reads it


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that came in, and all that came of it. A reminder has no inbound."""

    line: int  # of the script, from 0; -1 for a reminder
    at: datetime
    inbound: Spoken | None
    case: CaseId | None = None
    events: tuple[Event | Begun, ...] = ()
    effects: tuple[Effect, ...] = ()
    messages: tuple[Message, ...] = ()  # posted or changed
    reply: Card | None = None
    toast: Text | None = None


def slot_of(case: CaseId, show: Show | ShowBoard) -> tuple[CaseId, str]:
    """Where a message of a case stands."""
    return (case, show.slot) if isinstance(show, Show) else (show.board.case, show.board.slot)


def stamp_of(inbound: Spoken) -> Stamp:
    """The stamp of what somebody sent."""
    return Stamp(inbound.envelope.id, inbound.envelope.at, inbound.envelope.person)


def is_open(case: Case) -> bool:
    """Whether a case is neither closed nor given up."""
    return case.phase not in ("closed", "abandoned")


def with_customer(cases: Iterable[Case], case: Case, customer: str) -> list[Case]:
    """The other cases with this customer, the latest first."""
    wanted = customer.strip().casefold()
    found = [
        c for c in cases if c.id != case.id and text_of(c, "customer").strip().casefold() == wanted
    ]
    return sorted(found, key=lambda c: (c.touched_at, c.id), reverse=True)
