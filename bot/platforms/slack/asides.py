"""Answers that only one person sees, sent after the request is answered. To lose one costs a click.

A native chart that the workspace refuses is said in words, here and from then on.
"""

from bot.core.words import PersonId
from bot.engine.errors import BadContent
from bot.platforms.slack import faults, pieces
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.client import SlackChannel
from bot.platforms.slack.texts import Payload


class Asides:
    """Sends them: through a response URL, or into a conversation."""

    def __init__(self, calls: Calls, channel: SlackChannel) -> None:
        self._calls = calls
        self._channel = channel

    async def home(self, person: PersonId) -> str:
        """The channel of somebody's own conversation. Raises as Calls.call does."""
        return await self._channel.channel_of(person)

    def can_fail(self, payload: Payload) -> bool:
        """Whether the workspace may refuse it, so that it must go where a refusal is told."""
        return self._channel.charts and pieces.has_chart(payload)

    def fitting(self, payload: Payload) -> Payload:
        """As this workspace takes it, as far as is known."""
        return payload if self._channel.charts else pieces.without_charts(payload)

    async def respond(self, url: str, payload: Payload) -> None:
        """Through a response URL. Raises as Calls.respond does."""
        shown = self.fitting(payload)
        why = await self._calls.respond(url, shown)
        if why in faults.BAD and pieces.has_chart(shown):
            self._channel.charts = False
            await self._calls.respond(url, self.fitting(payload))

    async def whisper(
        self,
        person: PersonId,
        payload: Payload,
        *,
        channel: str | None = None,
        thread: str | None = None,
    ) -> None:
        """Into their own conversation with the bot, or a channel. Raises as Calls.call does."""
        where = channel or await self._channel.channel_of(person)
        shown = self.fitting(payload)
        try:
            await self._say(where, person, thread, shown)
        except BadContent:
            if not pieces.has_chart(shown):
                raise
            self._channel.charts = False
            await self._say(where, person, thread, self.fitting(payload))

    async def _say(self, where: str, person: PersonId, thread: str | None, shown: Payload) -> None:
        said = {k: v for k, v in shown.items() if k in ("text", "blocks")}
        await self._calls.call(
            "chat.postEphemeral", channel=where, user=person, thread_ts=thread, **said
        )
