"""What the engine asks of a tracker: the projects it knows, and the facts of one. Nothing is written.

Every call ends in facts or in an OutsideError.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.core.tracking.facts import Listed, ProjectFacts
from bot.core.tracking.tracked import Origin
from bot.core.words import TenantId, Text
from bot.engine.ports import Line

AT_ONCE = 8  # readings of one process
GRACE = 5.0  # seconds that a reading may take to end when the house closes


@dataclass(frozen=True, slots=True)
class Listing:
    """The projects that can be chosen; `truncated` when there are more than are read."""

    projects: tuple[Listed, ...]
    truncated: bool = False


class Tracker(Protocol):
    """One tracker, read only. Each call raises a class of OutsideError."""

    @property
    def name(self) -> str:
        """What it is called in settings and in the store."""
        ...

    @property
    def label(self) -> Text:
        """What people call it."""
        ...

    async def projects(self) -> Listing:
        """The projects it shows us, those that are archived left out."""
        ...

    async def facts(self, ref: str) -> ProjectFacts:
        """What it says of one project."""
        ...

    async def close(self) -> None: ...


class Trackers:
    """The trackers of a house, and the readings that are under way. `tenants`: who may see them;
    empty is everybody.
    """

    def __init__(
        self, found: Mapping[str, Tracker] | None = None, tenants: frozenset[str] = frozenset()
    ) -> None:
        self._found = found or {}
        self._tenants = tenants
        self._tasks: set[asyncio.Task[None]] = set()
        self._gate = asyncio.Semaphore(AT_ONCE)
        self.wake: Callable[[Line], None] = _unheard  # told where something was written

    def of(self, tenant: TenantId) -> Mapping[str, Tracker]:
        """Those that a tenant may ask."""
        return self._found if not self._tenants or tenant in self._tenants else {}

    def origins(self, tenant: TenantId) -> tuple[Origin, ...]:
        """What a new case is told of them."""
        return tuple(Origin(name, tracker.label) for name, tracker in self.of(tenant).items())

    def own(self, reading: Callable[[], Coroutine[None, None, None]]) -> None:
        """Let a reading go on beside everything else, a few of them at a time; it is begun when
        there is room for it.
        """
        task = asyncio.get_running_loop().create_task(self._gated(reading))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def idle(self) -> None:
        """Wait until nothing is being read."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self) -> None:
        """Let readings end for a few seconds, and hang up; what did not end is read again later."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        for tracker in self._found.values():
            await tracker.close()

    async def _gated(self, reading: Callable[[], Coroutine[None, None, None]]) -> None:
        async with self._gate:
            await reading()


def _unheard(_: Line) -> None:
    return None
