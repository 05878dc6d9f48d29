"""The Bolt app: verifies what comes from Slack and hands it to the desk. One handler a kind.

Each answers only when the desk has taken it in, so that what Slack has an answer for is kept. All
names are caught, so that nothing is ever a 404 that Slack repeats.
"""

import logging
import re
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from pydantic import ValidationError
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.desk import Desk
from bot.platforms.slack.inbound import CommandBody, EventBody, InteractionBody, Loose
from bot.platforms.slack.texts import Payload

ANY = re.compile("")
AGAIN = BoltResponse(status=503)  # not taken in; Slack sends an event again then

B = TypeVar("B", bound=Loose)
_log = structlog.get_logger(__name__)


class Identity:
    """Who the bot is. Known from one call at the start, so that no request asks Slack for it."""

    def __init__(self, token: str) -> None:
        self._token = token
        self.known: Payload = {}

    def authorizer(self) -> Callable[[], Awaitable[AuthorizeResult]]:
        """What tells Bolt so for each request, with no call and no table. Bolt reads the names of
        its arguments, so it is a function of none.
        """

        async def authorize() -> AuthorizeResult:
            return AuthorizeResult(
                enterprise_id=self.known.get("enterprise_id"),
                team_id=self.known.get("team_id"),
                bot_user_id=self.known.get("user_id"),
                bot_id=self.known.get("bot_id"),
                bot_token=self._token,
            )

        return authorize


def build(desk: Desk, identity: Identity, client: AsyncWebClient, signing_secret: str) -> AsyncApp:
    """The app with its handlers. `client` carries the address for Socket Mode; nothing is posted
    with it.
    """
    app = AsyncApp(
        client=client,
        signing_secret=signing_secret,
        authorize=identity.authorizer(),
        process_before_response=True,
        logger=_quiet(),
        attaching_conversation_kwargs_enabled=False,
        attaching_function_token_enabled=False,
    )
    app.middleware(_held_back)
    handlers = _Handlers(desk)
    app.command(ANY)(handlers.command)
    app.action(ANY)(handlers.action)
    app.view(ANY)(handlers.view)
    app.event("message")(handlers.event)
    app.event(ANY)(handlers.event)
    app.shortcut(ANY)(handlers.shortcut)
    app.view_closed(ANY)(handlers.nothing)
    app.options(ANY)(handlers.no_options)
    return app


async def _held_back(
    body: Payload, next_: Callable[[], Awaitable[BoltResponse]]
) -> BoltResponse | None:
    """Slack says that it keeps events back for a minute: it is no event, and no listener hears it."""
    if body.get("type") == "app_rate_limited":
        _log.error(
            "slack holds events back",
            remedy="more than 30,000 in an hour: are too many subscribed?",
        )
        return BoltResponse(status=200)
    await next_()
    return None


class _Handlers:
    """Bolt's side of the desk. What cannot be read is acknowledged and left."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def command(self, ack: AsyncAck, body: Payload) -> None:
        """Answer a slash command, only to the person."""
        shown = await _safely(CommandBody, body, self._desk.command)
        await (ack(shown) if shown else ack())

    async def event(self, body: Payload) -> BoltResponse | None:
        """Take an event in; without an answer of ours, Bolt acknowledges it."""
        taken = await _safely(EventBody, body, self._desk.event)
        return AGAIN if taken is False else None

    async def action(self, ack: AsyncAck, body: Payload) -> None:
        """Take a press in."""
        await _safely(InteractionBody, body, self._desk.pressed)
        await ack()

    async def view(self, ack: AsyncAck, body: Payload) -> None:
        """Take a form in; a problem stays in its window."""
        shown = await _safely(InteractionBody, body, self._desk.submitted)
        await (ack(**shown) if shown else ack())

    async def shortcut(self, ack: AsyncAck, body: Payload) -> None:
        """Take a shortcut in."""
        await _safely(InteractionBody, body, self._desk.shortcut)
        await ack()

    async def nothing(self, ack: AsyncAck) -> None:
        """A window was closed, and nothing is lost by it."""
        await ack()

    async def no_options(self, ack: AsyncAck) -> None:
        """No menu of ours asks for options."""
        await ack(options=[])


T = TypeVar("T")


async def _safely(kind: type[B], body: Payload, take: Callable[[B], Awaitable[T]]) -> T | None:
    """What `take` gives for the body; None when it cannot be read as `kind`."""
    try:
        read = kind.model_validate(body)
    except ValidationError as error:
        places = [".".join(str(p) for p in e["loc"]) for e in error.errors()]
        _log.warning("slack sent what cannot be read", places=places[:5])
        return None
    return await take(read)


def _quiet() -> logging.Logger:
    """Bolt's own words only where they are warnings; they may hold what people wrote."""
    logger = logging.getLogger("bot.platforms.slack.bolt")
    logger.setLevel(logging.ERROR)
    return logger
