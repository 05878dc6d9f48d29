"""What the engine asks of the rooms round it: small Protocols, and the values that pass through."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NewType, Protocol

from bot.core.cards.blocks import Card
from bot.core.case import Case
from bot.core.desk import Person
from bot.core.effects import StepScreen
from bot.core.lessons.lesson import Lesson
from bot.core.pings.rooms import Here
from bot.core.playbook import Playbook
from bot.core.words import CaseId, EventId, Language, PersonId, TenantId
from bot.engine.safe import Safe
from bot.engine.sketch import Sketch

# Who reads in a channel; may take seconds, or raise.
About = Callable[[TenantId, str], Awaitable[Here]]
# Now; until when no message.
Quiet = Callable[[TenantId, PersonId, datetime], Awaitable[datetime | None]]
# Whether it is somebody's who is none of ours; may raise.
Outside = Callable[[TenantId, str], Awaitable[bool]]
MessageRef = NewType("MessageRef", str)  # a platform's own name for a message, opaque to us

DeliveryState = Literal["pending", "sending", "sent", "unknown", "dead", "dropped"]
CASES_REPORTED = 5000  # that a report looks at
LESSONS_TOGETHER = 200  # that a search looks at
ASKS_TOGETHER = 12  # pings that one message holds
CASES_TOGETHER = 20  # earlier cases of one customer that a new one looks at
USEFUL = timedelta(days=7)  # a card that could not be delivered for so long helps nobody
OPEN_STATES: tuple[DeliveryState, ...] = ("pending", "sending", "unknown")


@dataclass(frozen=True, slots=True)
class Line:
    """A case of a tenant, or one conversation of it; there, what is said is said in order."""

    tenant: TenantId
    case: CaseId
    conversation: str = ""  # empty: every one


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation on a platform."""

    platform: str
    conversation: str


@dataclass(frozen=True, slots=True)
class Filed:
    """A case as the store keeps it, with the place where its owner was last heard."""

    case: Case
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log: what happened, as JSON, and the case's revision after it."""

    event: EventId
    kind: str  # the event's class name; "failed:" before an inbound that met a fault
    at: datetime
    by: PersonId
    body: str
    case: CaseId | None = None
    revision: int = 0
    chained: bool = False  # of the record: linked to the one before, so that no change passes
    link: str = ""  # as the store keeps it: the name of this entry and of all linked before it


@dataclass(frozen=True, slots=True)
class Letter:
    """One card for one slot of a case, on its way into the outbox."""

    id: str  # names the row, and is the platform's idempotency key
    case: CaseId
    place: Place
    slot: str
    language: Language
    card: Card | Sketch
    at: datetime
    expires_at: datetime
    again: bool = False  # a person wants it sent once more, though its fate is not known


@dataclass(frozen=True, slots=True)
class Parcel:
    """A row of the outbox. `look_at` is its next try, the end of its lease or its next look-up;
    None when nothing more happens by itself.
    """

    id: str
    tenant: TenantId
    case: CaseId
    place: Place
    slot: str
    kind: Literal["post", "edit"]
    language: Language
    card: Card
    state: DeliveryState
    attempt: int
    look_at: datetime | None
    expires_at: datetime
    ref: MessageRef | None  # the slot's message, once it stands
    error: str = ""
    at_home: bool = False  # it goes where its case stands, to its owner
    later: StepScreen | None = None  # to be drawn when it is claimed; `card` is the one before it

    @property
    def made_at(self) -> datetime:
        """When it was put into the outbox; no try was earlier."""
        return self.expires_at - USEFUL


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a parcel."""

    state: DeliveryState
    look_at: datetime | None = None
    ref: MessageRef | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Ping:
    """A reminder of a case; one of each kind."""

    tenant: TenantId
    case: CaseId
    kind: str
    due: datetime


class Turn(Protocol):
    """One write transaction of one tenant. It sees its own writes; an exception undoes all."""

    async def take_in(self, id_: EventId, at: datetime) -> bool:
        """Note an inbound's id; False when it had been noted before."""
        ...

    async def person(self, id_: PersonId) -> Person | None: ...

    async def save_person(self, person: Person) -> None: ...

    async def case(self, id_: CaseId) -> Filed | None: ...

    async def cases(self, owner: PersonId) -> tuple[Filed, ...]:
        """The owner's cases, the one touched last first, at most a hundred."""
        ...

    async def cases_with(self, owner: PersonId, customer: str, *, but: CaseId) -> tuple[Case, ...]:
        """The owner's cases with this customer other than `but`, the one touched last first; at
        most CASES_TOGETHER of them.
        """
        ...

    async def share(self, case: CaseId, viewers: Sequence[PersonId]) -> None:
        """Let exactly these find a case besides its owner; it names them itself as well."""
        ...

    async def shared_with(self, viewer: PersonId) -> tuple[Filed, ...]:
        """The cases that name them as a viewer, the one touched last first, at most a hundred."""
        ...

    async def save(self, filed: Filed, *, was: int | None) -> None:
        """Compare and set: put the case where revision `was` stands; None for a new case.

        Raises Conflict when another revision stands there, or when a new case is there already.
        """
        ...

    async def log(self, entry: Entry) -> None: ...

    async def put(self, letters: Sequence[Letter]) -> None:
        """Write letters to the outbox, in order; `slots.plan` says what becomes of each.

        A sketch is drawn, unless `slots.may_wait`. No two of them are for the same slot of the same case.
        """
        ...

    async def set_ping(self, ping: Ping) -> None:
        """Remember it, in place of an earlier one of its kind."""
        ...

    async def drop_ping(self, case: CaseId, kind: str) -> None: ...

    async def take_ping(self, ping: Ping) -> bool:
        """Take exactly this reminder away; False when it is gone or has moved."""
        ...

    async def due_asks(self, owner: PersonId, at: datetime) -> tuple[Ping, ...]:
        """What is to be asked of this owner by now, of all their cases, the oldest first; at most
        ASKS_TOGETHER.
        """
        ...

    async def due_digests(self, owner: PersonId, kind: str, at: datetime) -> tuple[Ping, ...]:
        """The digests or nudges of this kind due by now for this owner, one a case at most."""
        ...

    async def lesson(self, id_: str) -> Lesson | None: ...

    async def keep_lesson(self, lesson: Lesson) -> None:
        """Keep it, in place of an earlier one of its name."""
        ...

    async def lessons(self, words: str, category: str = "") -> tuple[Lesson, ...]:
        """Those that hold one of the terms of `words` or are of this kind of cause, the newest
        first, at most LESSONS_TOGETHER; also those that hold no more.
        """
        ...

    async def playbook(self, digest: str) -> Playbook | None: ...

    async def keep_playbook(self, playbook: Playbook) -> None:
        """Keep it under its digest; nothing happens when it is there."""
        ...

    async def secrets(self) -> tuple[str, ...]:
        """The names of the tenant's secrets, in order."""
        ...


# The card of a row in this turn, at this time; None where there is none.
Draw = Callable[[Turn, Parcel, datetime], Awaitable[Card | None]]


class Store(Protocol):
    """The tables. A write is a turn; the reads here stand outside of any."""

    @property
    def safe(self) -> Safe:
        """The tenants' secrets."""
        ...

    def turn(self, tenant: TenantId) -> AbstractAsyncContextManager[Turn]:
        """Begin a write at once and commit at the end; raises StoreUnavailable."""
        ...

    async def person(self, tenant: TenantId, id_: PersonId) -> Person | None: ...

    async def case(self, tenant: TenantId, id_: CaseId) -> Filed | None: ...

    async def cases_of_all(self, tenant: TenantId) -> tuple[Filed, ...]:
        """The tenant's cases, the one touched last first, at most CASES_REPORTED.

        Thousands take seconds, in which others get their turns.
        """
        ...

    async def entries(self, tenant: TenantId, case: CaseId | None) -> tuple[Entry, ...]:
        """The log of a case, oldest first; of None, what belongs to no case."""
        ...

    async def parcel(self, tenant: TenantId, id_: str) -> Parcel | None:
        """The row of the outbox with this id, with its slot's reference."""
        ...

    async def reference(self, tenant: TenantId, case: CaseId, slot: str) -> MessageRef | None:
        """The message of a slot, as it stands now; None as long as it does not."""
        ...

    async def parcels(self, tenant: TenantId, case: CaseId) -> tuple[Parcel, ...]:
        """All that was ever put into the outbox for a case, in order."""
        ...

    async def messages(
        self, tenant: TenantId, place: Place, *, limit: int | None = None
    ) -> tuple[Parcel, ...]:
        """What stands in a conversation: of each slot that was posted, the newest that was sent.

        With a limit, only the so many that were sent first are looked at.
        """
        ...

    async def claim(
        self,
        at: datetime,
        lease_until: datetime,
        *,
        line: Line | None = None,
        limit: int = 16,
        draw: "Draw | None" = None,
    ) -> tuple[Parcel, ...]:
        """Take what is due at the head of its line (case and conversation), what has waited longest
        first; only of `line` if given.

        A pending row comes back as `sending`, its attempt counted; a `sending` one whose lease is
        over, or an `unknown` one, comes back as `unknown`, to be looked up. What was put off is
        drawn with `draw` in the same transaction, and stays as it was drawn; a row of which no card
        comes is dead. Without `draw`, it goes as it was before.
        """
        ...

    async def settle(self, parcel: Parcel, outcome: Outcome) -> bool:
        """Record what became of a claimed parcel; False when the claim had passed to another."""
        ...

    async def pings(self, at: datetime, *, limit: int = 100) -> tuple[Ping, ...]:
        """What is due, the oldest first, of all tenants."""
        ...

    async def next_due(self) -> datetime | None:
        """When the next ping or the next head of a line in the outbox wants to be looked at."""
        ...

    async def forget(self, before: datetime, *, limit: int = 1000) -> int:
        """Let go of the ids of inbounds from before then, the oldest first; gives how many."""
        ...

    async def erase(self, tenant: TenantId) -> None:
        """Delete all that is kept of a tenant, in one transaction."""
        ...

    async def close(self) -> None: ...


class Channel(Protocol):
    """A platform's way out. Every call ends within its own time limit, or raises.

    All three raise the narrow classes of errors.py: Refused, BadContent, Later, OutcomeUnknown; and
    `edit` raises Outdated for a message that takes no more changes, so that a new one is posted.
    """

    async def post(
        self,
        conversation: str,
        key: str,
        card: Card,
        language: Language,
        *,
        under: MessageRef | None = None,
    ) -> MessageRef:
        """A new message; with `under`, in the thread of that one."""
        ...

    async def edit(self, ref: MessageRef, key: str, card: Card, language: Language) -> None:
        """Put the card in the place of a message; to do it twice is the same as once."""
        ...

    async def find(
        self,
        conversation: str,
        key: str,
        since: datetime,
        *,
        under: MessageRef | None = None,
    ) -> MessageRef | None:
        """The message that was posted with this key since then; with `under`, in that thread.

        None when it is not there, or when to post it again cannot make a second one. Raises
        CannotLook when the platform cannot say.
        """
        ...


class Channels(ABC):
    """The ways out of a platform on which each tenant has its own."""

    @abstractmethod
    async def of(self, tenant: TenantId) -> Channel | None:
        """That of one tenant; None where the app is not installed."""


class Waker(Protocol):
    """What calls `tick` and `deliver` when something is due."""

    async def start(self) -> None: ...

    def wake(self, line: Line | None = None) -> None:
        """Something was written; look now. With a line, at its rows only."""
        ...

    async def stop(self) -> None: ...
