"""The Bolt app: verifies what comes from Slack and hands it to the desk. One handler a kind.

Each answers only when the desk has taken it in, so that what Slack has an answer for is kept. All
names are caught, so that nothing is ever a 404 that Slack repeats. Whatever a person waits for goes
straight to its handler once it is verified; events go on to Bolt's listeners.
"""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

import structlog
from pydantic import ValidationError
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_sdk.web.async_client import AsyncWebClient

from bot.core.words import TenantId
from bot.engine.errors import CandorError
from bot.platforms.payload import Loose
from bot.platforms.slack import answers, texts
from bot.platforms.slack.desk import Desk
from bot.platforms.slack.payloads import CommandBody, EventBody, InteractionBody, tenant_of
from bot.platforms.slack.texts import Payload
from bot.platforms.slack.workspace import Workspaces

ANY = re.compile("")
AGAIN = BoltResponse(status=503)  # not taken in; Slack sends an event again then

B = TypeVar("B", bound=Loose)
Desks = Callable[[TenantId], Awaitable[Desk | None]]  # of a tenant, where the app is installed
Take = Callable[[AsyncAck, Payload], Awaitable[BoltResponse]]
_log = structlog.get_logger(__name__)


def authorizer(
    workspaces: Workspaces,
) -> Callable[[AsyncBoltContext], Awaitable[AuthorizeResult]]:
    """What tells Bolt who the bot is, for each request, with no call to Slack."""

    async def authorize(context: AsyncBoltContext) -> AuthorizeResult:
        whole = context.is_enterprise_install and context.enterprise_id
        tenant = TenantId(whole or context.team_id or "")
        try:
            found = await workspaces.of(tenant)
        except CandorError:  # the handler meets it, too, and answers
            found = None
        known = found.known if found else {}
        return AuthorizeResult(
            enterprise_id=known.get("enterprise_id"),
            team_id=known.get("team_id"),
            bot_user_id=known.get("user_id"),
            bot_id=known.get("bot_id"),
            bot_token="",  # nothing is posted by Bolt
        )

    return authorize


def build(
    desks: Desks, workspaces: Workspaces, client: AsyncWebClient, signing_secret: str
) -> AsyncApp:
    """The app with its handlers. `client` carries the address for Socket Mode; nothing is posted
    with it.
    """
    handlers = _Handlers(desks)
    app = AsyncApp(
        client=client,
        signing_secret=signing_secret,
        before_authorize=_Straight(handlers),
        authorize=authorizer(workspaces),
        process_before_response=True,
        logger=_quiet(),
        attaching_conversation_kwargs_enabled=False,
        attaching_function_token_enabled=False,
    )
    app.event("message")(handlers.event)
    app.event(ANY)(handlers.event)
    return app


class _Straight(AsyncMiddleware):
    """Right after the signature: a command or an interaction is taken in here and answered.

    Who the bot is matters to none of them, and to look through the listeners and to work out what
    each would like to be given takes Bolt as long as to verify.
    """

    def __init__(self, handlers: "_Handlers") -> None:
        self._command = handlers.command
        self._by_type: Mapping[str, Take] = {
            "block_actions": handlers.action,
            "view_submission": handlers.view,
            "view_closed": handlers.nothing,
            "shortcut": handlers.shortcut,
            "message_action": handlers.shortcut,
            "block_suggestion": handlers.no_options,
            "app_rate_limited": handlers.held_back,
            # what came before blocks, and is none of ours
            "interactive_message": handlers.nothing,
            "dialog_submission": handlers.nothing,
            "dialog_cancellation": handlers.nothing,
            "dialog_suggestion": handlers.no_options,
        }

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt names it
        next: Callable[[], Awaitable[BoltResponse]],
    ) -> BoltResponse | None:
        """Answer it here; pass an event on."""
        kind = str(req.body.get("type", ""))
        take = self._command if "command" in req.body else self._by_type.get(kind)
        return await (next() if take is None else take(req.context.ack, req.body))


class _Handlers:
    """Bolt's side of the desks. What cannot be read, or has no desk, is acknowledged and left."""

    def __init__(self, desks: Desks) -> None:
        self._desks = desks

    async def command(self, ack: AsyncAck, body: Payload) -> BoltResponse:
        """Answer a slash command, only to the person."""
        read = _read(CommandBody, body)
        if read is None:
            return await ack()
        try:
            desk = await self._desks(tenant_of(read))
        except CandorError as error:
            return await ack(answers.in_both(error.text))
        if desk is None:
            return await ack(answers.in_both(texts.NOT_INSTALLED))
        shown = await desk.command(read)
        return await (ack(shown) if shown else ack())

    async def event(self, body: Payload) -> BoltResponse | None:
        """Take an event in; without an answer of ours, Bolt acknowledges it."""
        read = _read(EventBody, body)
        try:
            desk = await self._desks(tenant_of(read)) if read else None
        except CandorError:
            return AGAIN
        taken = read is None or desk is None or await desk.event(read)
        return None if taken else AGAIN

    async def action(self, ack: AsyncAck, body: Payload) -> BoltResponse:
        """Take a press in."""
        read = _read(InteractionBody, body)
        try:
            desk = await self._desks(tenant_of(read)) if read else None
        except CandorError:  # nothing to answer with; Slack itself shows that it did not work
            return AGAIN
        if read and desk:
            await desk.pressed(read)
        return await ack()

    async def view(self, ack: AsyncAck, body: Payload) -> BoltResponse:
        """Take a form in; a problem stays in its window."""
        read = _read(InteractionBody, body)
        try:
            desk = await self._desks(tenant_of(read)) if read else None
        except CandorError:
            return AGAIN
        shown = await desk.submitted(read) if read and desk else None
        return await (ack(**shown) if shown else ack())

    async def shortcut(self, ack: AsyncAck, body: Payload) -> BoltResponse:
        """Take a shortcut in."""
        read = _read(InteractionBody, body)
        try:
            desk = await self._desks(tenant_of(read)) if read else None
        except CandorError:
            return AGAIN
        if read and desk:
            await desk.shortcut(read)
        return await ack()

    async def nothing(self, ack: AsyncAck, _body: Payload) -> BoltResponse:
        """A window was closed, and nothing is lost by it."""
        return await ack()

    async def no_options(self, ack: AsyncAck, _body: Payload) -> BoltResponse:
        """No menu of ours asks for options."""
        return await ack(options=[])

    async def held_back(self, ack: AsyncAck, _body: Payload) -> BoltResponse:
        """Slack says that it keeps events back for a minute."""
        _log.error(
            "slack holds events back",
            remedy="more than 30,000 in an hour: are too many subscribed?",
        )
        return await ack()


def _read(kind: type[B], body: Payload) -> B | None:
    """The body as this kind; None when it cannot be read so."""
    try:
        return kind.model_validate(body)
    except ValidationError as error:
        places = [".".join(str(p) for p in e["loc"]) for e in error.errors()]
        _log.warning("slack sent what cannot be read", places=places[:5])
        return None


def _quiet() -> logging.Logger:
    """Bolt's own words only where they are warnings; they may hold what people wrote."""
    logger = logging.getLogger("bot.platforms.slack.bolt")
    logger.setLevel(logging.ERROR)
    return logger
