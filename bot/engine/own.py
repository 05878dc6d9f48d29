"""What tenants have connected by themselves, ready to be used; nobody else's is ever reached by it."""

from collections import OrderedDict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

import structlog

from bot.core.connecting.kind import Family, Kind, Values
from bot.core.connecting.kinds import KINDS
from bot.core.words import TenantId, Text
from bot.engine.keeping.connections import Connection, Connections
from bot.engine.meetings import Provider
from bot.engine.ports import Channel
from bot.engine.trackers import Tracker

MOST = 1000  # connections that stand ready at once
ENDED = timedelta(minutes=2)  # after which nobody reads any more from what was replaced

T = TypeVar("T")

_log = structlog.get_logger(__name__)


class NotConnected(Exception):
    """It was tried and does not work; `why` is for people, `detail` for whoever runs Candor."""

    def __init__(self, why: Text, detail: str = "") -> None:
        self.why = why
        self.detail = detail
        super().__init__(why.en)


@dataclass(frozen=True, slots=True)
class Account:
    """A meeting system of a tenant's own, in the account that `id` names; None where it cannot be used."""

    id: str
    provider: Provider | None


class Makes(Protocol):
    """What makes a connection work: the one place that knows every system."""

    def problems(
        self, kind: Kind, values: Values, *, by_admin: bool, domains: Sequence[str] = ()
    ) -> Mapping[str, Text]:
        """Why values cannot be taken, by the name of their part; nothing is asked for it."""
        ...

    async def tried(self, connection: Connection) -> Text:
        """What it lets us see, in a sentence. Raises NotConnected."""
        ...

    def tracker(self, connection: Connection) -> Tracker:
        """The tracker, with a memory of its own. Raises ValueError for what cannot be."""
        ...

    def meeting(self, connection: Connection) -> Provider:
        """The meeting system. Raises ValueError for what cannot be."""
        ...

    def mail(self, connection: Connection) -> Channel:
        """The way out by this mail server. Raises ValueError for what cannot be."""
        ...


class _Ready(Generic[T]):
    """What was made of connections: the same as long as they are the same, the least used let go."""

    def __init__(self, make: Callable[[Connection], T]) -> None:
        self._make = make
        self._made: OrderedDict[tuple[TenantId, str], tuple[Connection, T]] = OrderedDict()
        self.replaced: list[T] = []  # of which somebody may still be reading

    def of(self, tenant: TenantId, connection: Connection | None) -> T | None:
        """What was made of it; None where that cannot be."""
        if connection is None:
            _log.error("no key opens a connection", tenant=tenant)
            return None
        key = tenant, connection.kind
        known = self._made.pop(key, None)
        if known is not None and known[0] == connection:
            self._made[key] = known
            return known[1]
        if known is not None:
            self.replaced.append(known[1])
        try:
            made = self._make(connection)
        except ValueError:
            _log.error("a connection cannot be used", tenant=tenant, kind=connection.kind)
            return None
        self._made[key] = connection, made
        while len(self._made) > MOST:
            self.replaced.append(self._made.popitem(last=False)[1][1])
        return made

    def let_go(self, tenant: TenantId, kind: str) -> None:
        """Nothing is connected there, or not any more."""
        known = self._made.pop((tenant, kind), None)
        if known is not None:
            self.replaced.append(known[1])

    def empty(self) -> None:
        """Let go of all."""
        self.replaced += [made for _, made in self._made.values()]
        self._made.clear()


class Own:
    """The connections of all tenants, made when they are first needed and again when they change."""

    def __init__(
        self, connections: Connections, makes: Makes, clock: Callable[[], datetime]
    ) -> None:
        self.connections = connections
        self.makes = makes
        self._clock = clock
        self._trackers = _Ready(makes.tracker)
        self._meetings = _Ready(makes.meeting)
        self._mail = _Ready(makes.mail)
        self._ended: deque[tuple[datetime, Tracker | Provider]] = deque()

    async def trackers(self, tenant: TenantId) -> Mapping[str, Tracker | None]:
        """A tenant's own trackers by their names; None for one that cannot be used as it is."""
        found = await self._those(tenant, "tracker", self._trackers)
        return {kind: made for kind, (_, made) in found.items()}

    async def meetings(self, tenant: TenantId) -> Mapping[str, Account]:
        """A tenant's own meeting systems by their names."""
        found = await self._those(tenant, "meeting", self._meetings)
        return {kind: Account(c.account if c else "", made) for kind, (c, made) in found.items()}

    async def mail(self, tenant: TenantId) -> tuple[bool, Channel | None]:
        """Whether the tenant has a mail server of its own; and the way out by it, if it can be used."""
        found = await self.connections.of(tenant)
        if "mail" not in found:
            self._mail.let_go(tenant, "mail")
        made = self._mail.of(tenant, found["mail"]) if "mail" in found else None
        self._mail.replaced.clear()  # a way out by mail holds no line
        return "mail" in found, made

    async def close(self) -> None:
        """Hang up everywhere."""
        self._trackers.empty()
        self._meetings.empty()
        await self._hang_up(timedelta(0))

    async def _those(
        self, tenant: TenantId, family: Family, ready: "_Ready[T]"
    ) -> Mapping[str, tuple[Connection | None, T | None]]:
        found = await self.connections.of(tenant)
        theirs = {k: c for k, c in found.items() if KINDS[k].family == family}
        made = {k: (c, ready.of(tenant, c)) for k, c in theirs.items()}
        for kind in KINDS.values():
            if kind.family == family and kind.id not in theirs:
                ready.let_go(tenant, kind.id)
        await self._hang_up(ENDED)
        return made

    async def _hang_up(self, after: timedelta) -> None:
        """End what was replaced so long ago that nobody reads from it any more."""
        now = self._clock()
        self._ended.extend((now, made) for made in self._trackers.replaced)
        self._ended.extend((now, made) for made in self._meetings.replaced)
        self._trackers.replaced.clear()
        self._meetings.replaced.clear()
        while self._ended and self._ended[0][0] <= now - after:
            await self._ended.popleft()[1].close()
