"""The playground as the wiring plugs it in."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from starlette.routing import BaseRoute

from bot.engine.deliver import deliver
from bot.engine.house import House
from bot.engine.mirrors import Mirror
from bot.engine.ports import Outside, Quiet
from bot.engine.tables import Fetch
from bot.engine.tick import tick
from bot.platforms.playground import app
from bot.platforms.playground.client import PlaygroundChannel
from bot.platforms.playground.clock import MovedClock
from bot.platforms.playground.people import PLATFORM
from bot.web.platforms import Look, Site


class PlaygroundPlatform:
    """A chat page on this machine. Its clock is the house's, so that the page can move it."""

    name = PLATFORM

    def __init__(
        self,
        now: Callable[[], datetime],
        looks: Mapping[str, Look],
        *,
        file: Path,
        hosts: tuple[str, ...],
    ) -> None:
        self.clock = MovedClock(now, kept_in=file.with_suffix(".clock"))
        self.channel = PlaygroundChannel(self.clock)
        self.about = self.channel.about
        self.quiet: Quiet | None = None
        self.outside: Outside | None = None
        self.fetch: Fetch | None = None  # the page hands its files over itself
        self.mirror: Mirror | None = None
        self._hosts = hosts
        self._looks = looks
        self._put_up: app.Playground | None = None

    def routes(self, site: Site) -> Sequence[BaseRoute]:
        """The page and what it asks for, behind the guard."""
        return app.routes(self._playground(site))

    @asynccontextmanager
    async def running(self, site: Site) -> AsyncIterator[None]:
        """The sample is laid out first; all streams end with the server."""
        await app.begin(self._playground(site))
        try:
            yield
        finally:
            self.channel.close()

    async def ready(self) -> str:
        """It has nobody to reach, so it always is."""
        return ""

    def _playground(self, site: Site) -> app.Playground:
        if self._put_up is None:
            self._put_up = app.Playground(
                house=site.house,
                channel=self.channel,
                clock=self.clock,
                settle=lambda: _settle(site.house),
                kept_in=site.kept_in,
                hosts=self._hosts,
                looks=self._looks,
            )
        return self._put_up


async def _settle(house: House) -> None:
    await tick(house)
    await deliver(house)
