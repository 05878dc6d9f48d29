"""What comes of one thing that a written conversation sends in: values only."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.cards.blocks import Card
from bot.core.effects import Effect
from bot.core.events import Begun, Event
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
