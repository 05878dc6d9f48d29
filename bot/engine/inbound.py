"""What comes in from a platform, and what goes back in its own answer. Values only."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.cards.blocks import Action, Card
from bot.core.events import Raw
from bot.core.words import CaseId, EventId, FieldId, Language, PersonId, TenantId, Text
from bot.engine.papers import File


@dataclass(frozen=True, slots=True)
class Profile:
    """What a platform knows of a person: language, IANA zone, country code of the calendar."""

    language: Language
    zone: str
    calendar: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """Which inbound this is (the platform's own id), who sent it, where and when."""

    id: EventId
    tenant: TenantId
    person: PersonId
    platform: str
    conversation: str
    at: datetime
    profile: Profile | None = None  # used on first contact only
    heard_in: str = ""  # the channel in which it was written or pressed; empty in one's own place
    named: Mapping[str, PersonId] = field(default_factory=dict)  # whom its words mention
    strangers: tuple[str, ...] = ()  # whom of others its words mention, as they write them
    name: str = ""  # what the platform calls the person, where it says so

    @property
    def who(self) -> tuple[str, TenantId, PersonId]:
        """Whoever acts, as a platform is asked about them."""
        return self.platform, self.tenant, self.person


@dataclass(frozen=True, slots=True)
class Said:
    """A line was written in the conversation."""

    envelope: Envelope
    text: str


@dataclass(frozen=True, slots=True)
class Commanded:
    """`/delay` and what came after it; `words` may be empty. `written` is the line as it was typed,
    where the platform tells it.
    """

    envelope: Envelope
    words: str
    written: str = ""


@dataclass(frozen=True, slots=True)
class Clicked:
    """A button was pressed or a form was sent; `seen` is the revision that its card carried."""

    envelope: Envelope
    case: CaseId | None
    action: Action
    seen: int
    boxes: Mapping[FieldId, Raw] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Pointed:
    """A message was pointed at as the first sign of a delay: its words, its day and its link."""

    envelope: Envelope
    text: str
    link: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Handed:
    """A file was sent in somebody's own conversation; `handle` is the platform's own name of it."""

    envelope: Envelope
    handle: str


Spoken = Said | Commanded | Clicked  # what a written conversation can hold
Inbound = Spoken | Pointed | Handed


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back in the platform's own answer. To lose it costs a click, never a fact."""

    language: Language = "en"
    toast: Text | None = None
    cards: tuple[Card, ...] = ()  # for this person alone; nothing is kept of them
    case: CaseId | None = None  # the case it went to; what is to be said there waits in the outbox
    also: tuple[CaseId, ...] = ()  # further cases in which something waits to be said
    seen: bool = False  # this inbound had been taken in before, so nothing was done
    file: File | None = None  # to be taken away by this person
    making: Callable[[], File] | None = None  # its file, until the turn is over and it is made
    later: "Callable[[], Awaitable[Reply]] | None" = (
        None  # gives what follows when this is answered
    )
    fault: str = ""  # reference code of an internal fault; the log holds what was sent
