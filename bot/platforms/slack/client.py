"""The way out: cards become messages in Slack, one a second in a channel, never twice.

A conversation is a person's id, and means their own with the bot, or the id of a channel.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.core.cards.blocks import Card, Chart
from bot.core.words import Language
from bot.engine.errors import BadContent, CannotLook, Later, Outdated, Refused
from bot.engine.ports import MessageRef
from bot.platforms.slack import render
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.limits import check_message
from bot.platforms.slack.render import Sheet
from bot.platforms.slack.texts import Payload

EVENT_TYPE = "candor_message"  # of the metadata that names the outbox row; ids only
PATIENCE = 10.0  # seconds that a message may wait for its turn in a channel
PAGE, PAGES = 100, 5  # messages of a look-up, and how often it turns the page
EARLY = timedelta(seconds=5)  # by which Slack's clock may be behind ours
REMEMBERED = 5_000  # conversations whose channel is known
OPEN_FOR = 3600.0  # seconds; only on opening it does Slack say that an account is closed

V = TypeVar("V")
Internal = Callable[[str], Awaitable[bool]]  # whether only our own people are in a channel


class SlackChannel:
    """A Channel whose messages stand in Slack."""

    def __init__(
        self,
        calls: Calls,
        internal: Internal,
        *,
        pace: float = 1.0,
        page: int = PAGE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._calls = calls
        self._internal = internal
        self._page = page
        self._clock = clock
        self._pace = pace  # seconds between two messages in a channel
        self._free_at: OrderedDict[str, float] = OrderedDict()
        self._direct: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self.charts = True  # until this workspace refuses one

    async def post(
        self,
        conversation: str,
        key: str,
        card: Card,
        language: Language,
        *,
        under: MessageRef | None = None,
    ) -> MessageRef:
        """A new message; the row's id goes along in its metadata."""
        channel = await self.channel_of(conversation)
        await self._keep_inside(channel, card)
        await self._turn(channel)
        mark = {"event_type": EVENT_TYPE, "event_payload": {"id": key}}
        found = await self._said(
            "chat.postMessage",
            card,
            Sheet(language, key),
            channel=channel,
            metadata=mark,
            **({"thread_ts": _ts(under)} if under else {}),
        )
        return MessageRef(f"{found['channel']}/{found['ts']}")

    async def edit(self, ref: MessageRef, key: str, card: Card, language: Language) -> None:
        """The card in the place of a message; raises Outdated where that one is gone."""
        channel, _, ts = ref.partition("/")
        await self._keep_inside(channel, card)
        await self._said("chat.update", card, Sheet(language, key), channel=channel, ts=ts)

    async def find(
        self,
        conversation: str,
        key: str,
        since: datetime,
        *,
        under: MessageRef | None = None,
    ) -> MessageRef | None:
        """The message whose metadata names the row. Raises CannotLook, or Later.

        What is posted below a message that was deleted meanwhile comes in the channel itself.
        """
        channel = await self.channel_of(conversation)
        try:
            return await self._found(channel, key, since, under)
        except Outdated:
            return await self._found(channel, key, since, None)

    async def _found(
        self, channel: str, key: str, since: datetime, under: MessageRef | None
    ) -> MessageRef | None:
        cursor: str | None = None
        for _ in range(PAGES):
            found = await self._calls.call(
                "conversations.replies" if under else "conversations.history",
                looks=True,
                channel=channel,
                ts=_ts(under),
                oldest=f"{(since - EARLY).timestamp():.6f}",
                include_all_metadata=True,
                limit=self._page,
                cursor=cursor,
            )
            for message in found.get("messages", []):
                if _key(message) == key:
                    return MessageRef(f"{channel}/{message['ts']}")
            cursor = found.get("response_metadata", {}).get("next_cursor") or None
            if cursor is None:
                return None
        raise CannotLook

    async def channel_of(self, conversation: str) -> str:
        """The channel of a person's conversation with the bot; a channel is its own."""
        if not is_person(conversation):
            return conversation
        now = self._clock()
        known, opened_at = self._direct.get(conversation, ("", 0.0))
        if not known or now - opened_at > OPEN_FOR:
            found = await self._calls.call("conversations.open", users=conversation)
            known = str(found["channel"]["id"])
            _keep(self._direct, conversation, (known, now))
        return known

    async def _keep_inside(self, channel: str, card: Card) -> None:
        """Raises Refused for a card of ours where somebody from elsewhere may read."""
        alone = card.plain or is_person(channel) or channel.startswith("D")
        if not alone and not await self._internal(channel):
            raise Refused(why="outsiders")

    async def _said(self, method: str, card: Card, sheet: Sheet, **arguments: Any) -> Payload:
        """Draw, check and send; once more with the chart in words where a chart is refused."""
        charts = self.charts and any(isinstance(b, Chart) for b in card.blocks)
        payload = render.message(card, Sheet(sheet.language, sheet.key, charts=charts))
        check_message(payload)
        if method == "chat.update":
            payload = {k: payload[k] for k in ("text", "blocks")}
        try:
            return await self._calls.call(method, **payload, **arguments)
        except BadContent:
            if not charts:
                raise
            self.charts = False
        return await self._said(method, card, sheet, **arguments)

    async def _turn(self, channel: str) -> None:
        """Wait for the channel to be free; raises Later when that takes too long."""
        if not self._pace:
            return
        now = asyncio.get_running_loop().time()
        free_at = max(self._free_at.get(channel, now), now)
        if free_at - now > PATIENCE:
            raise Later(timedelta(seconds=free_at - now))
        _keep(self._free_at, channel, free_at + self._pace)
        await asyncio.sleep(free_at - now)


def is_person(conversation: str) -> bool:
    """Whether it is a person's id; they begin with U or W."""
    return conversation[:1] in ("U", "W")


def _ts(ref: MessageRef | None) -> str | None:
    """The time stamp in a reference, by which Slack knows a thread."""
    return ref.partition("/")[2] if ref else None


def _key(message: Payload) -> str:
    metadata = message.get("metadata") or {}
    return str((metadata.get("event_payload") or {}).get("id", ""))


def _keep(table: OrderedDict[str, V], name: str, value: V) -> None:
    table[name] = value
    table.move_to_end(name)
    while len(table) > REMEMBERED:
        table.popitem(last=False)
