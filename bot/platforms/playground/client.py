"""The way out: what the bot says goes to every open page, as a stream of changes.

The store is the truth of what was said. Kept here is only what was said lately, for a page that
reconnects, and for the moment between a message's arrival and the store's note of it.
"""

import asyncio
import secrets
from collections import OrderedDict, deque
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import UTC, datetime
from json import dumps

import anyio

from bot.core.cards.blocks import Card, Paragraph
from bot.core.pings.rooms import Here
from bot.core.words import Language, TenantId
from bot.engine.ports import MessageRef
from bot.platforms.playground.clock import MovedClock
from bot.platforms.playground.people import CHANNEL, PLATFORM
from bot.platforms.playground.render import Payload, render

KEPT = 512  # changes and messages that are held for latecomers
QUEUED = 128  # changes that a slow page may lag behind before it has to reload


@dataclass(frozen=True, slots=True)
class Posted:
    """What a message reference says: when it was posted, by both clocks, with which key, where."""

    order: int  # milliseconds of the real clock
    at: datetime  # by the playground's clock
    key: str
    conversation: str
    under: str = ""  # key of the message in whose thread it stands


@dataclass(frozen=True, slots=True)
class Message:
    """A message that stands in a conversation."""

    ref: MessageRef
    posted: Posted
    card: Card

    def shown(self) -> Payload:
        """The message as the page takes it; one to a customer is its words and nothing else."""
        shown: Payload = {
            "id": self.ref,
            "at": self.posted.at.isoformat(),
            "order": self.posted.order,
            "by": "candor",
            "key": self.posted.key,
            "under": self.posted.under,
        }
        if self.card.plain:
            words = [b.text.en for b in self.card.blocks if isinstance(b, Paragraph)]
            return {**shown, "kind": "text", "text": "\n\n".join(words)}
        return {**shown, "kind": "card", "card": render(self.card)}


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the stream."""

    id: str
    name: str  # "change" or "reload"
    data: str

    def sent(self) -> dict[str, str]:
        """The change as a server-sent event."""
        return {"id": self.id, "event": self.name, "data": self.data}


class PlaygroundChannel:
    """A Channel whose messages arrive on this machine's open pages."""

    def __init__(self, clock: MovedClock) -> None:
        self._clock = clock
        self._run = secrets.token_hex(4)  # another run of the server counts anew
        self._count = 0
        self._changes: deque[Change] = deque(maxlen=KEPT)
        self._recent: OrderedDict[MessageRef, Message] = OrderedDict()
        self._pages: set[asyncio.Queue[Change | None]] = set()

    async def post(
        self,
        conversation: str,
        key: str,
        card: Card,
        language: Language,  # noqa: ARG002 - both languages travel
        *,
        under: MessageRef | None = None,
    ) -> MessageRef:
        """Show a new message on every page."""
        order = _milliseconds(self._clock.real())
        thread = f"~{posted(under).key}" if under else ""
        ref = MessageRef(f"{order}~{_milliseconds(self._clock())}~{key}~{conversation}{thread}")
        self._show(Message(ref, posted(ref), card))
        return ref

    async def edit(
        self,
        ref: MessageRef,
        key: str,  # noqa: ARG002 - to show it twice is the same as once
        card: Card,
        language: Language,  # noqa: ARG002 - both languages travel
    ) -> None:
        """Show the card in the place of the message."""
        self._show(Message(ref, posted(ref), card))

    async def find(
        self,
        conversation: str,
        key: str,
        since: datetime,  # noqa: ARG002 - all that was said in this run is at hand
        *,
        under: MessageRef | None = None,  # noqa: ARG002 - there are no threads here
    ) -> MessageRef | None:
        """The message posted with this key since the start.

        What an earlier run posted without the store's knowing is on no page any more.
        """
        for message in reversed(self._recent.values()):
            if message.posted.key == key and message.posted.conversation == conversation:
                return message.ref
        return None

    async def about(self, _tenant: TenantId, conversation: str) -> Here:
        """Who reads in a channel of this page: of the two, the customer reads in their inbox only."""
        if conversation == CHANNEL:
            return Here(PLATFORM, conversation, f"#{CHANNEL}", "internal")
        return Here(PLATFORM, conversation, conversation, "external")

    def recent(self, conversation: str) -> tuple[Message, ...]:
        """What was said there lately, in this run."""
        return tuple(m for m in self._recent.values() if m.posted.conversation == conversation)

    @property
    def last(self) -> str:
        """The id of the latest change."""
        return f"{self._run}-{self._count}"

    async def feed(
        self, last: str, ended: anyio.Event | None = None
    ) -> AsyncGenerator[dict[str, str], None]:
        """All changes after `last`, then every new one; `reload` when `last` is not known here.

        Stops when `ended` is set, or when the channel is closed.
        """
        queue: asyncio.Queue[Change | None] = asyncio.Queue(QUEUED)
        for change in self._since(last):
            queue.put_nowait(change)
        self._pages.add(queue)
        stop = asyncio.create_task(_stopped(queue, ended or anyio.Event()))
        try:
            while (told := await queue.get()) is not None:
                yield told.sent()
        finally:
            self._pages.discard(queue)
            stop.cancel()

    def reload(self) -> None:
        """Tell every page to read the state anew, and forget what was said lately."""
        self._recent.clear()
        self._changes.clear()
        self._tell(Change(self._next(), "reload", "{}"))

    def close(self) -> None:
        """End all streams."""
        for queue in self._pages:
            _put(queue, None)

    def _show(self, message: Message) -> None:
        self._recent[message.ref] = message
        self._recent.move_to_end(message.ref)
        while len(self._recent) > KEPT:
            self._recent.popitem(last=False)
        told = {"conversation": message.posted.conversation, "message": message.shown()}
        change = Change(self._next(), "change", dumps(told, ensure_ascii=False))
        self._changes.append(change)
        self._tell(change)

    def _tell(self, change: Change) -> None:
        for queue in self._pages:
            _put(queue, change, otherwise=Change(change.id, "reload", "{}"))

    def _since(self, last: str) -> list[Change]:
        run, _, count = last.rpartition("-")
        is_count = count.isdecimal() and len(count) < 16
        known = run == self._run and is_count and int(count) <= self._count
        missed = (
            [c for c in self._changes if int(c.id.rpartition("-")[2]) > int(count)] if known else []
        )
        if known and len(missed) == self._count - int(count) and len(missed) < QUEUED:
            return missed
        return [Change(self.last, "reload", "{}")]

    def _next(self) -> str:
        self._count += 1
        return self.last


def posted(ref: MessageRef) -> Posted:
    """What the reference of a message says of it."""
    order, at, key, conversation, under, *_ = [*ref.split("~", 4), ""]
    made = datetime.fromtimestamp(int(at) / 1000, UTC)
    return Posted(int(order), made, key, conversation, under)


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


async def _stopped(queue: asyncio.Queue[Change | None], ended: anyio.Event) -> None:
    await ended.wait()
    _put(queue, None)


def _put(
    queue: asyncio.Queue[Change | None], change: Change | None, otherwise: Change | None = None
) -> None:
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        change = otherwise if change is not None else None
    queue.put_nowait(change)
