"""What a platform shows the wiring: its way out, its routes, and what runs while it is open."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from starlette.routing import BaseRoute

from bot.core.cards.blocks import Card
from bot.core.words import Language, Text
from bot.engine.house import House
from bot.engine.mirrors import Mirror
from bot.engine.ports import About, Channel, Channels, Line, Outside, Quiet
from bot.engine.tables import Fetch

Wake = Callable[[Line | None], None]  # something was written; look at that line, or at all, now


@dataclass(frozen=True, slots=True)
class Site:
    """Where a platform is put up: the house, what wakes its senders, where its data is kept.

    On one that is `outward`, messages leave and nobody is listened to.
    """

    house: House
    wake: Wake
    kept_in: str
    outward: bool = False


@dataclass(frozen=True, slots=True)
class Used:
    """How much of one limit of a platform a message takes."""

    what: Text
    count: int
    most: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A card as a platform would get it, and how near it comes to the platform's limits."""

    payload: object
    used: tuple[Used, ...]


Look = Callable[[Card, Language, str], Drawing]  # with the row of the outbox


class Platform(Protocol):
    """A place where people talk to the bot. It is made from settings, then put up on a site."""

    @property
    def name(self) -> str:
        """What `Place.platform` and `Envelope.platform` say."""
        ...

    @property
    def channel(self) -> Channel | Channels:
        """Its way out, or those by tenant; usable from when it runs."""
        ...

    @property
    def about(self) -> About:
        """Tells what a channel is called and who reads there; usable from when it runs."""
        ...

    @property
    def quiet(self) -> Quiet | None:
        """Tells until when somebody wants no message; None where the platform does not say."""
        ...

    @property
    def outside(self) -> Outside | None:
        """Tells whether somebody's own conversation is an outsider's; None where it looks itself."""
        ...

    @property
    def fetch(self) -> Fetch | None:
        """Brings a file that somebody sent; None where files are read in another way, or not."""
        ...

    @property
    def mirror(self) -> Mirror | None:
        """Writes copies of a case to the platform's own systems; None where it has none."""
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
