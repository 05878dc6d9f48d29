"""The app in one workspace, or in the whole of an enterprise: its token, and all that goes by it."""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from starlette.routing import BaseRoute

from bot.core.words import TenantId
from bot.engine.errors import CandorError
from bot.engine.house import House
from bot.engine.ports import Channel, Channels
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.client import SlackChannel
from bot.platforms.slack.desk import Desk, Gone, Rooms
from bot.platforms.slack.errands import Errands
from bot.platforms.slack.ours import Ours
from bot.platforms.slack.people import People
from bot.platforms.slack.places import Places
from bot.platforms.slack.quiet import Quiet
from bot.platforms.slack.texts import Payload
from bot.web.platforms import Site


class Workspace:
    """Everything that asks Slack with one token, and the desk of those who act there."""

    def __init__(self, calls: Calls, *, pace: float) -> None:
        self.calls = calls
        self.places = Places(calls)
        self.ours = Ours(calls)
        self.channel = SlackChannel(calls, self.places.is_internal, pace=pace)
        self.quiet = Quiet(calls)
        self.known: Payload = {}  # what auth.test told; empty before it has
        self._desk: Desk | None = None

    def meet(self, known: Payload) -> None:
        """Learn who the bot is here, and who our own people are."""
        self.ours.meet(known)
        self.known = known

    def desk(self, site: Site, errands: Errands, gone: Gone) -> Desk:
        """What takes in all that is sent from here; `gone` is for when the app is taken out."""
        if self._desk is None:
            people = People(self.calls, site.house)
            self._desk = Desk(
                Rooms(site, self.calls, self.channel, people, self.places, self.ours, errands, gone)
            )
        return self._desk


class Workspaces(Protocol):
    """Where the app is installed."""

    @property
    def channel(self) -> Channel | Channels:
        """The way out, or the ways out by tenant."""
        ...

    async def of(self, tenant: TenantId) -> Workspace | None:
        """That of a tenant; None where it is not installed, or not any more."""
        ...

    async def gone(self, tenant: TenantId) -> None:
        """Slack says that the app, or its token, was taken away there."""
        ...

    def routes(self, site: Site) -> Sequence[BaseRoute]:
        """What is served beside the one address of what Slack sends."""
        ...

    async def open(self, house: House) -> None: ...

    async def run(self) -> None:
        """What goes on all the time, until cancelled."""
        ...

    async def close(self) -> None: ...

    def trouble(self) -> str:
        """One sentence for an operator, while nothing can go out; or empty."""
        ...


class Ways(Channels):
    """The ways out, where each tenant has its own."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def of(self, tenant: TenantId) -> Channel | None:
        """That of one tenant; None where the app is not installed."""
        found = await self._workspaces.of(tenant)
        return found.channel if found else None


class Sole:
    """The one whose token the operator gave; it answers for every tenant there is."""

    def __init__(self, workspace: Workspace, *, again: float) -> None:
        self._workspace = workspace
        self._again = again  # seconds until another try to reach Slack
        self.met = asyncio.Event()

    @property
    def channel(self) -> SlackChannel:
        """Its way out."""
        return self._workspace.channel

    async def of(self, _tenant: TenantId) -> Workspace | None:
        """The one there is."""
        return self._workspace

    async def gone(self, _tenant: TenantId) -> None:
        """Nothing goes out any more; an operator is told how to mend it."""
        self._workspace.calls.end()

    def routes(self, _site: Site) -> Sequence[BaseRoute]:
        """Nothing more."""
        return ()

    async def open(self, _house: House) -> None:
        """Open the session."""
        await self._workspace.calls.open()

    async def run(self) -> None:
        """Learn who the bot is. Slack need not be there at the start."""
        while not self._workspace.known:
            try:
                self._workspace.meet(await self._workspace.calls.call("auth.test"))
            except CandorError:
                await asyncio.sleep(self._again)
        self.met.set()

    async def close(self) -> None:
        """Close the session."""
        await self._workspace.calls.close()

    def trouble(self) -> str:
        """What keeps it from Slack; or empty."""
        if self._workspace.calls.trouble:
            return self._workspace.calls.trouble
        if not self._workspace.known:
            return "Slack has not been reached yet; it is tried again every few seconds."
        return ""
