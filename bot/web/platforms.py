"""What a platform shows the wiring: its way out, its routes, and what runs while it is open."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from starlette.routing import BaseRoute

from bot.engine.house import House
from bot.engine.ports import Channel, Line

Wake = Callable[[Line | None], None]  # something was written; look at that line, or at all, now


@dataclass(frozen=True, slots=True)
class Site:
    """Where a platform is put up: the house, what wakes its senders, where its data is kept."""

    house: House
    wake: Wake
    kept_in: str


class Platform(Protocol):
    """A place where people talk to the bot. It is made from settings, then put up on a site."""

    @property
    def name(self) -> str:
        """What `Place.platform` and `Envelope.platform` say."""
        ...

    @property
    def channel(self) -> Channel:
        """Its way out; usable from when it runs."""
        ...

    def routes(self, site: Site) -> Sequence[BaseRoute]:
        """What it answers over HTTP; none when it only connects outwards."""
        ...

    def running(self, site: Site) -> AbstractAsyncContextManager[None]:
        """Its sessions and connections, opened and closed with the server."""
        ...

    async def ready(self) -> str:
        """Empty when it can work, else one sentence that says why not, for an operator."""
        ...
