"""What the engine asks of a tracker: the projects it knows, and the facts of one. Nothing is written.

Every call ends in facts or in one of six errors, and none of these stops a conversation.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Protocol

from bot.core.tracking.facts import Listed, ProjectFacts
from bot.core.tracking.tracked import Origin
from bot.core.words import TenantId, Text
from bot.engine.errors import CandorError
from bot.engine.ports import Line

AT_ONCE = 8  # readings of one process
GRACE = 5.0  # seconds that a reading may take to end when the house closes


class SourceError(CandorError):
    """A tracker could not be read. `why` is for people, `detail` for whoever runs Candor."""

    why: ClassVar[Text]

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(self.why)


class SignInRefused(SourceError):
    """The tracker does not take the key."""

    why = Text(en="it does not take the key that was set up", zh="它不认现在配置的密钥")


class NotAllowed(SourceError):
    """The key is good, and may not read this."""

    why = Text(en="its key may not read this project", zh="密钥没有读取这个项目的权限")


class NotFound(SourceError):
    """The project is not there, or not to be seen with this key."""

    why = Text(en="the project is not there any more", zh="里面已经找不到这个项目")


class Busy(SourceError):
    """The tracker asks for a pause."""

    why = Text(en="it asks for a pause", zh="它要求稍后再读")

    def __init__(self, retry_after: timedelta, detail: str = "") -> None:
        self.retry_after = retry_after
        super().__init__(detail)


class Unreachable(SourceError):
    """The tracker does not answer, or not from where it should."""

    why = Text(en="it does not answer", zh="它没有回应")


class Unreadable(SourceError):
    """The tracker answers, and not in a way that can be read."""

    why = Text(en="its answer could not be read", zh="它的回答读不懂")


@dataclass(frozen=True, slots=True)
class Listing:
    """The projects that can be chosen; `truncated` when there are more than are read."""

    projects: tuple[Listed, ...]
    truncated: bool = False


class Tracker(Protocol):
    """One tracker, read only. Each call raises a class of SourceError."""

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
