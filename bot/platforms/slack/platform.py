"""Slack as the wiring plugs it in: signed HTTP, or Socket Mode for what sits behind a firewall."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.core.pings.rooms import Here
from bot.core.words import PersonId, TenantId
from bot.engine.errors import Refused
from bot.engine.mirrors import Mirror
from bot.engine.ports import Quiet
from bot.engine.tables import Brought, Fetch
from bot.platforms.slack import app, files, forms
from bot.platforms.slack.calls import CALL, Calls
from bot.platforms.slack.copies import SlackMirror
from bot.platforms.slack.desk import Desk
from bot.platforms.slack.errands import Errands
from bot.platforms.slack.guard import Guard
from bot.platforms.slack.link import Link
from bot.platforms.slack.links import Links
from bot.platforms.slack.places import PLATFORM
from bot.platforms.slack.workspace import Sole, Workspace, Workspaces
from bot.web.platforms import Site

PATH = "/slack/events"
AGAIN = 5.0  # seconds until another try to reach Slack


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the app is known by: with a bot token in one workspace, else wherever it is installed by
    its link. `app_token` only for Socket Mode.
    """

    bot_token: str
    signing_secret: str
    app_token: str = ""
    mode: Literal["http", "socket"] = "http"
    base_url: str = "https://slack.com"
    quiet: bool = False  # do not disturb is heeded, which needs a scope of its own
    canvases: bool = False  # made of minutes, which needs a scope of its own
    files: bool = False  # brought to whoever takes one away, which needs a scope of its own
    link: Link | None = None  # by which the app is installed

    def __repr__(self) -> str:
        return f"Credentials(mode={self.mode!r})"


class SlackPlatform:
    """One app: in one workspace, in the whole of an enterprise, or in many of either."""

    name = PLATFORM

    def __init__(
        self, credentials: Credentials, *, pace: float = 1.0, patience: float = CALL
    ) -> None:
        self._with = credentials
        self._again = min(AGAIN, patience)
        self._workspaces = _workspaces(credentials, pace, patience)
        self.channel = self._workspaces.channel
        self._errands = Errands()
        self._bolt: AsyncApp | None = None
        self._links: Links | None = None  # in Socket Mode only

    @property
    def quiet(self) -> Quiet | None:
        """Until when somebody wants no message, where the operator wants that to be heeded."""
        return self._quiet_until if self._with.quiet else None

    @property
    def fetch(self) -> Fetch | None:
        """Brings a file that somebody sent, where the operator wants files here."""
        return self._fetched if self._with.files else None

    @property
    def mirror(self) -> Mirror | None:
        """Writes the minutes for a channel as a canvas, where the operator wants canvases."""
        return SlackMirror(self._calls_of) if self._with.canvases else None

    async def about(self, tenant: TenantId, channel: str) -> Here:
        """What a channel is called and who can read there. Raises one of the delivery errors."""
        return await (await self._there(tenant)).places.about(channel)

    async def outside(self, tenant: TenantId, conversation: str) -> bool:
        """Whether it is somebody's who is none of ours. Raises Later, or Refused."""
        return await (await self._there(tenant)).ours.is_outside(conversation)

    def routes(self, site: Site) -> Sequence[BaseRoute]:
        """One address for events, commands and interactions, and two to install the app by; none in
        Socket Mode.
        """
        if self._with.mode == "socket":
            return ()
        bolt = self._put_up(site)

        async def take(request: Request) -> Response:
            asked = _read(request, await request.body())
            if asked is None:
                return Response(status_code=400)
            return to_starlette_response(await bolt.async_dispatch(asked))

        return [
            Route(PATH, take, methods=["GET", "POST"], middleware=[Middleware(Guard)]),
            *self._workspaces.routes(site),
        ]

    @asynccontextmanager
    async def running(self, site: Site) -> AsyncIterator[None]:
        """Its session, and in Socket Mode its connection. Slack need not be there at the start."""
        bolt = self._put_up(site)
        if self._with.mode == "socket" and not site.outward:
            answered = partial(site.house.measures.answered, PLATFORM, "2xx")
            token = self._with.app_token
            self._links = Links(bolt, token, again=self._again, answered=answered)
        await self._workspaces.open(site.house)
        going = asyncio.create_task(self._go_on())
        try:
            yield
        finally:
            going.cancel()
            await asyncio.gather(going, return_exceptions=True)
            await self._errands.close()
            await self._workspaces.close()

    async def ready(self) -> str:
        """Empty when Slack is reached, else one sentence for an operator."""
        if trouble := self._workspaces.trouble():
            return trouble
        if self._links is not None and not self._links.are_up:
            return "The link to Slack is down; it is tried again every few seconds."
        return ""

    async def met(self) -> None:
        """When Slack has told who the bot is."""
        if isinstance(self._workspaces, Sole):
            await self._workspaces.met.wait()

    async def settled(self) -> None:
        """When all that was begun after an answer has ended."""
        await self._errands.done()

    async def _there(self, tenant: TenantId) -> Workspace:
        found = await self._workspaces.of(tenant)
        if found is None:
            raise Refused(why="gone")
        return found

    async def _calls_of(self, tenant: TenantId) -> Calls:
        return (await self._there(tenant)).calls

    async def _fetched(self, tenant: TenantId, id_: str) -> Brought:
        return await files.fetch((await self._there(tenant)).calls, id_)

    async def _quiet_until(
        self, tenant: TenantId, person: PersonId, now: datetime
    ) -> datetime | None:
        return await (await self._there(tenant)).quiet.until(person, now)

    def _put_up(self, site: Site) -> AsyncApp:
        if self._bolt is None:
            client = AsyncWebClient(
                token=self._with.bot_token, base_url=f"{self._with.base_url}/api/"
            )

            async def desk_of(tenant: TenantId) -> Desk | None:
                found = await self._workspaces.of(tenant)
                gone = partial(self._workspaces.gone, tenant)
                return found.desk(site, self._errands, gone) if found else None

            # Socket Mode has none; with one that nobody knows, nothing can be signed.
            secret = self._with.signing_secret.strip() or secrets.token_hex(32)
            self._bolt = app.build(desk_of, self._workspaces, client, secret)
        return self._bolt

    async def _go_on(self) -> None:
        """Learn who the bot is, or renew tokens; in Socket Mode, keep the links. Until cancelled."""
        await self._workspaces.run()
        if self._links is not None:
            await self._links.run()


def _read(request: Request, body: bytes) -> AsyncBoltRequest | None:
    """The request as Bolt reads it, before it looks at the signature; None for what it cannot read."""
    try:
        if request.headers.get("content-type", "").partition(";")[0] == forms.KIND:
            return _of_form(request, body)
        return to_async_bolt_request(request, body)
    except (ValueError, RecursionError, AttributeError, TypeError):  # no text, no JSON, no object
        return None


def _of_form(request: Request, body: bytes) -> AsyncBoltRequest:
    """Read by us. Only of what comes by a socket does Bolt take a body that was read; this is signed
    all the same.
    """
    text, read = body.decode(), forms.read(body)
    asked = AsyncBoltRequest(body=read, headers=dict(request.headers), mode="socket_mode")
    asked.mode, asked.raw_body = "http", text
    return asked


def _workspaces(credentials: Credentials, pace: float, patience: float) -> Workspaces:
    """The one of the bot token, or those that the link brought."""
    if credentials.link is None:
        calls = Calls(credentials.bot_token, f"{credentials.base_url}/api/", patience=patience)
        return Sole(Workspace(calls, pace=pace), again=min(AGAIN, patience))
    from bot.platforms.slack.installed import Installed  # heavy, by what seals tokens

    return Installed(credentials.link, credentials.base_url, pace=pace, patience=patience)
