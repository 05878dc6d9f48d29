"""A house for tests: a clock that is moved, ids that count, and a channel that keeps the contract."""

import asyncio
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from bot.content import playbooks as content
from bot.core.cards.blocks import Action, Card
from bot.core.events import Raw
from bot.core.playbook import Playbook
from bot.core.words import CaseId, EventId, FieldId, Language, PersonId, TenantId
from bot.engine.errors import Refused
from bot.engine.handle import handle
from bot.engine.house import House, Shelf
from bot.engine.inbound import Clicked, Commanded, Envelope, Profile, Reply, Said
from bot.engine.ports import Channel, MessageRef, Store
from bot.store.memory.store import MemoryStore

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HERE = TenantId("here")


@cache
def playbook() -> Playbook:
    """The playbook that ships."""
    return content.load_all()["delivery_delay"]


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, at: datetime = AT) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, by: timedelta) -> None:
        """Forward."""
        self.at += by


@dataclass
class Message:
    """A message as the platform keeps it."""

    conversation: str
    key: str
    card: Card
    language: Language
    under: MessageRef | None = None


@dataclass
class FakeChannel:
    """A platform: keeps messages, finds them by key, and fails as it is told.

    `before` and `after` hold errors for the next calls: raised before anything has happened, or
    after the message was accepted.
    """

    messages: list[Message] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)
    before: list[Exception | None] = field(default_factory=list)
    after: list[Exception | None] = field(default_factory=list)
    lost: list[Exception] = field(default_factory=list)  # for the next look-ups
    gone: set[str] = field(default_factory=set)  # conversations that are there no more
    doors: dict[str, asyncio.Event] = field(default_factory=dict)  # conversations that wait
    knocks: asyncio.Queue[str] = field(default_factory=asyncio.Queue)  # that were asked to wait
    arrivals: asyncio.Queue[str] = field(default_factory=asyncio.Queue)  # conversations posted to
    changes: asyncio.Queue[str] = field(default_factory=asyncio.Queue)  # keys of edits that came

    async def post(
        self,
        conversation: str,
        key: str,
        card: Card,
        language: Language,
        *,
        under: MessageRef | None = None,
    ) -> MessageRef:
        """A new message; raises as told."""
        self.calls.append(("post", key))
        if conversation in self.doors:
            self.knocks.put_nowait(conversation)
            await self.doors[conversation].wait()
        if conversation in self.gone:
            raise Refused(why="closed" if conversation.startswith("D-") else "not_in")
        self._fail(self.before)
        self.messages.append(Message(conversation, key, card, language, under))
        self.arrivals.put_nowait(conversation)
        self._fail(self.after)
        return MessageRef(str(len(self.messages) - 1))

    async def edit(self, ref: MessageRef, key: str, card: Card, language: Language) -> None:
        """The card in the place of an old one; raises as told."""
        self.calls.append(("edit", key))
        self._fail(self.before)
        self.messages[int(ref)].card = card
        self.messages[int(ref)].language = language
        self.changes.put_nowait(key)
        self._fail(self.after)

    async def find(
        self,
        conversation: str,
        key: str,
        since: datetime,
        *,
        under: MessageRef | None = None,
    ) -> MessageRef | None:
        """The message with that key."""
        self.calls.append(("find", key))
        if self.lost:
            raise self.lost.pop(0)
        for i, message in enumerate(self.messages):
            if (message.conversation, message.key) == (conversation, key):
                return MessageRef(str(i))
        return None

    @staticmethod
    def _fail(errors: list[Exception | None]) -> None:
        error = errors.pop(0) if errors else None
        if error is not None:
            raise error


class Room:
    """A house, and short ways to say and click something in it."""

    def __init__(
        self, store: Store | None = None, *, of: Playbook | None = None, name: str = "id"
    ) -> None:
        self.clock = Clock()
        self.channel = FakeChannel()
        self.store = store or MemoryStore()
        numbers = itertools.count(1)
        channels: Mapping[str, Channel] = {"slack": self.channel}
        self.house = House(
            store=self.store,
            shelf=Shelf([of or playbook()]),
            clock=self.clock,
            new_id=lambda: f"{name}-{next(numbers):06}",
            channels=channels,
            profile=Profile(language="en", zone="Asia/Kolkata", calendar="IN"),
        )
        self._name = name
        self._events = itertools.count(1)

    def envelope(
        self,
        person: str = "anna",
        *,
        id_: str = "",
        heard_in: str = "",
        name: str = "",
        tenant: TenantId = HERE,
        conversation: str = "",
        profile: Profile | None = None,
    ) -> Envelope:
        """A new envelope; with `id_`, one that may have come before."""
        return Envelope(
            id=EventId(id_ or f"{self._name}-e{next(self._events)}"),
            tenant=tenant,
            person=PersonId(person),
            platform="slack",
            conversation=conversation or f"D-{person}",
            at=self.clock(),
            profile=profile,
            heard_in=heard_in,
            name=name,
        )

    async def say(self, text: str, envelope: Envelope | None = None) -> Reply:
        """A line in the conversation."""
        return await handle(self.house, Said(envelope or self.envelope(), text))

    async def command(self, words: str = "", envelope: Envelope | None = None) -> Reply:
        """`/delay` and some words."""
        return await handle(self.house, Commanded(envelope or self.envelope(), words))

    async def click(
        self,
        case: CaseId | None,
        action: str,
        *,
        seen: int = 0,
        boxes: Mapping[FieldId, Raw] | None = None,
        envelope: Envelope | None = None,
        text: str = "",
    ) -> Reply:
        """A button, written as name/argument."""
        name, _, argument = action.partition("/")
        envelope = envelope or self.envelope()
        click = Clicked(envelope, case, Action(name, argument), seen, boxes or {}, text)
        return await handle(self.house, click)

    async def begin(self, project: str = "Apollo", person: str = "anna") -> CaseId:
        """A case of a person, begun by a command."""
        reply = await self.command(f"new {project}", self.envelope(person))
        assert reply.case is not None
        return reply.case
