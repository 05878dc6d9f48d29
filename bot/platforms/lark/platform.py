"""Lark and Feishu as the wiring plugs them in: one app, and further ones where some are kept."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from starlette.routing import BaseRoute

from bot.core.mirroring.mirrored import Copy, Wants
from bot.core.pings.rooms import Here
from bot.core.words import TenantId
from bot.engine.errors import Later, Refused
from bot.engine.mirrors import Mirror, Order
from bot.engine.ports import Channel, Channels, Outside, Quiet
from bot.engine.tables import Brought
from bot.platforms.lark import app, files
from bot.platforms.lark.config import Config
from bot.platforms.lark.copies import LarkMirror
from bot.platforms.lark.references import NAME, app_of
from bot.platforms.lark.station import Station
from bot.web.platforms import Site

if TYPE_CHECKING:
    from bot.platforms.lark.further import Further, Kept


PATIENCE = 1.0  # seconds that each app may take to say whether it can work


class LarkPlatform:
    """The app of the settings and, with `kept`, those that stand in the tables beside it."""

    name = NAME

    def __init__(
        self, config: Config, now: Callable[[], datetime], kept: "Kept | None" = None
    ) -> None:
        self._now = now
        self._first = Station(config, now, further=False)
        self.further: Further | None = None
        if kept is not None:
            from bot.platforms.lark import further  # heavy, by what unseals

            self.further = further.Further(kept, config.app_id, now)
        self.channel = Ways(self)
        self.meetings = self._first.meetings
        self.mirror: Mirror | None = Copies(self)
        self.quiet: Quiet | None = None
        self.outside: Outside | None = None

    async def about(self, tenant: TenantId, conversation: str) -> Here:
        """What a group is called and who reads there. Raises one of the delivery errors."""
        return await (await self.there(tenant)).channel.about(tenant, conversation)

    async def fetch(self, tenant: TenantId, handle: str) -> Brought:
        """The file of a message. Raises UnreadableTable with the sentence to show."""
        return await files.fetch((await self.there(tenant)).api, handle)

    def routes(self, site: Site) -> Sequence[BaseRoute]:
        """The one address for the events of all, unless they only come over long connections."""
        if self._first.config.mode == "socket" and self.further is None:
            return []

        def gates() -> list[app.Gate]:
            served = [s for s in self.stations if s.config.mode == "http"]
            return [app.Gate(s.seal, s.reception(site)) for s in served]

        return app.routes(gates, self._now)

    @asynccontextmanager
    async def running(self, site: Site) -> AsyncIterator[None]:
        """The sessions are open meanwhile."""
        self._first.begin(site)
        looking: asyncio.Task[None] | None = None
        if self.further is not None:
            await self.further.open(site)
            looking = asyncio.create_task(self.further.run())
        try:
            yield
        finally:
            if looking is not None and self.further is not None:
                looking.cancel()
                await asyncio.gather(looking, return_exceptions=True)
                await self.further.close()
            await self._first.stop()

    async def ready(self) -> str:
        """Empty when any app can work: trouble of one is no reason to keep events from another."""
        asked = [asyncio.create_task(s.ready()) for s in self.stations]
        said = ""
        try:
            for each in asyncio.as_completed(asked):
                if not (said := await each):
                    return ""
        finally:
            for task in asked:
                task.cancel()
            await asyncio.gather(*asked, return_exceptions=True)
        return said

    async def noted(self) -> tuple[str, ...]:
        """The trouble of each app, while another can work; with one alone `ready` says it."""
        there = self.stations
        found = await asyncio.gather(*(_told(station) for station in there))
        both = zip(there, found, strict=True)
        troubles = [f"{station.config.app_id}: {said}" for station, said in both if said]
        return tuple(troubles) if len(troubles) < len(found) else ()

    @property
    def stations(self) -> tuple[Station, ...]:
        """All apps that are at work, the first of them first."""
        return (self._first, *(self.further.stations if self.further is not None else ()))

    async def of(self, tenant: TenantId) -> Station | None:
        """The app that knows the people of a tenant; None where it was taken out.

        Raises Later where it is not at work now, and StoreUnavailable.
        """
        wanted = app_of(tenant)
        if not wanted:
            return self._first
        if self.further is None:
            raise Later
        return await self.further.of(wanted)

    async def there(self, tenant: TenantId) -> Station:
        """The app that knows the people of a tenant. Raises Later, or Refused where it was taken out."""
        found = await self.of(tenant)
        if found is None:
            raise Refused(why="gone")
        return found


async def _told(station: Station) -> str:
    """Why an app cannot work; empty where it can."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await station.ready()
    except TimeoutError:
        return f"Lark does not answer within {PATIENCE:g} second."


class Copies:
    """The copies of cases: each tenant's are written by the app which knows its people."""

    can = LarkMirror.can

    def __init__(self, platform: LarkPlatform) -> None:
        self._platform = platform

    def usual(self, tenant: TenantId) -> Wants:
        """What the operator wants; the register of the settings is that of their own app alone."""
        usual = self._platform.stations[0].mirror.usual(tenant)
        return replace(usual, register="") if app_of(tenant) else usual

    async def write(self, order: Order) -> Copy:
        """The copy as it stands now. Raises as LarkMirror.write does."""
        return await (await self._platform.there(order.tenant)).mirror.write(order)


class Ways(Channels):
    """The ways out: each tenant's is that of the app which knows its people."""

    def __init__(self, platform: LarkPlatform) -> None:
        self._platform = platform

    async def of(self, tenant: TenantId) -> Channel | None:
        """That of one tenant; None where its app was taken out."""
        found = await self._platform.of(tenant)
        return found.channel if found is not None else None
