"""Slack as the wiring plugs it in: signed HTTP, or Socket Mode for what sits behind a firewall."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Literal

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.engine.errors import CandorError
from bot.engine.ports import Outside, Quiet
from bot.platforms.slack import app
from bot.platforms.slack.calls import CALL, Calls
from bot.platforms.slack.client import SlackChannel
from bot.platforms.slack.desk import Desk, Rooms
from bot.platforms.slack.errands import Errands
from bot.platforms.slack.guard import Guard
from bot.platforms.slack.links import Links
from bot.platforms.slack.ours import Ours
from bot.platforms.slack.people import People
from bot.platforms.slack.places import PLATFORM, Places
from bot.platforms.slack.quiet import Quiet as Dnd
from bot.web.platforms import Site

PATH = "/slack/events"
AGAIN = 5.0  # seconds until another try to reach Slack


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the installed app is known by; `app_token` only for Socket Mode."""

    bot_token: str
    signing_secret: str
    app_token: str = ""
    mode: Literal["http", "socket"] = "http"
    base_url: str = "https://slack.com"
    quiet: bool = False  # do not disturb is heeded, which needs a scope of its own
    files: bool = False  # brought to whoever takes one away, which needs a scope of its own

    def __repr__(self) -> str:
        return f"Credentials(mode={self.mode!r})"


class SlackPlatform:
    """One app in one workspace, or in the whole of an enterprise."""

    name = PLATFORM

    def __init__(
        self, credentials: Credentials, *, pace: float = 1.0, patience: float = CALL
    ) -> None:
        self._with = credentials
        self._again = min(AGAIN, patience)
        self._calls = Calls(
            credentials.bot_token, f"{credentials.base_url}/api/", patience=patience
        )
        self._places = Places(self._calls)
        self._ours = Ours(self._calls)
        self.outside: Outside | None = self._ours.is_outside
        self.channel = SlackChannel(self._calls, self._places.is_internal, pace=pace)
        self.about = self._places.about
        self.quiet: Quiet | None = Dnd(self._calls).until if credentials.quiet else None
        self._identity = app.Identity(credentials.bot_token)
        self._errands = Errands()
        self._bolt: AsyncApp | None = None
        self._met = asyncio.Event()
        self._links: Links | None = None  # in Socket Mode only

    def routes(self, site: Site) -> Sequence[BaseRoute]:
        """One address for events, commands and interactions; none in Socket Mode."""
        if self._with.mode == "socket":
            return ()
        handler = AsyncSlackRequestHandler(self._put_up(site))

        async def take(request: Request) -> Response:
            return await handler.handle(request)

        return [Route(PATH, take, methods=["POST"], middleware=[Middleware(Guard)])]

    @asynccontextmanager
    async def running(self, site: Site) -> AsyncIterator[None]:
        """Its session, and in Socket Mode its connection. Slack need not be there at the start."""
        bolt = self._put_up(site)
        if self._with.mode == "socket":
            answered = partial(site.house.measures.answered, PLATFORM, "2xx")
            token = self._with.app_token
            self._links = Links(bolt, token, again=self._again, answered=answered)
        await self._calls.open()
        meeting = asyncio.create_task(self._meet())
        try:
            yield
        finally:
            meeting.cancel()
            await asyncio.gather(meeting, return_exceptions=True)
            await self._errands.close()
            await self._calls.close()

    async def ready(self) -> str:
        """Empty when Slack is reached, else one sentence for an operator."""
        if self._calls.trouble:
            return self._calls.trouble
        if not self._identity.known:
            return "Slack has not been reached yet; it is tried again every few seconds."
        if self._links is not None and not self._links.are_up:
            return "The link to Slack is down; it is tried again every few seconds."
        return ""

    async def met(self) -> None:
        """When Slack has told who the bot is."""
        await self._met.wait()

    async def settled(self) -> None:
        """When all that was begun after an answer has ended."""
        await self._errands.done()

    def _put_up(self, site: Site) -> AsyncApp:
        if self._bolt is None:
            people = People(self._calls, site.house)
            rooms = Rooms(
                site, self._calls, self.channel, people, self._places, self._ours, self._errands
            )
            client = AsyncWebClient(
                token=self._with.bot_token, base_url=f"{self._with.base_url}/api/"
            )
            # Socket Mode has none; with one that nobody knows, nothing can be signed.
            secret = self._with.signing_secret.strip() or secrets.token_hex(32)
            self._bolt = app.build(Desk(rooms), self._identity, client, secret)
        return self._bolt

    async def _meet(self) -> None:
        """Learn who the bot is; in Socket Mode, keep the links until cancelled."""
        while not self._identity.known:
            try:
                known = await self._calls.call("auth.test")
            except CandorError:
                await asyncio.sleep(self._again)
                continue
            self._ours.meet(known)
            self._identity.known = known
        self._met.set()
        if self._links is not None:
            await self._links.run()
