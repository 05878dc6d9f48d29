"""Copies of a case in Slack: the minutes as a canvas for the people of a channel."""

from collections.abc import Awaitable, Callable

from bot.core.mirroring.mirrored import Copy, Kind, Wants
from bot.core.mirroring.wishes import Page
from bot.core.words import TenantId
from bot.engine.errors import Refused
from bot.engine.mirrors import Order
from bot.platforms.slack import canvases
from bot.platforms.slack.calls import Calls

CallsOf = Callable[[TenantId], Awaitable[Calls]]  # may raise Later, or Refused


class SlackMirror:
    """Pages alone: Slack has no tasks, and no tables, that an app could keep for a person."""

    can: frozenset[Kind] = frozenset({"page"})

    def __init__(self, calls_of: CallsOf) -> None:
        self._calls_of = calls_of

    def usual(self, _tenant: TenantId) -> Wants:
        """What the operator wants: this is there only where canvases are wanted."""
        return Wants(pages=True)

    async def write(self, order: Order) -> Copy:
        """The canvas, open to whoever is in the channel. Raises one of the delivery errors."""
        wish, step = order.step.wish, order.step
        if not isinstance(wish, Page) or order.file is None:
            raise Refused(canvases.NO_CANVAS)
        calls = await self._calls_of(order.tenant)
        ref, url = await canvases.for_channel(calls, wish.room.conversation, order.file)
        return Copy(ref, step.digest, step.made, url)
