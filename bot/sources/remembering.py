"""A tracker that is asked once for many: what was read is good for a while, and is read by one."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.core.tracking.facts import ProjectFacts
from bot.core.words import Text
from bot.engine.trackers import Listing, Tracker

T = TypeVar("T", Listing, ProjectFacts)
KEPT = timedelta(minutes=10)
MOST = 200  # projects that are kept at hand


class Remembering:
    """A tracker behind its memory; errors are not kept."""

    def __init__(
        self, tracker: Tracker, now: Callable[[], datetime], *, kept: timedelta = KEPT
    ) -> None:
        self._tracker = tracker
        self._now = now
        self._kept = kept
        self._known: dict[Hashable, tuple[datetime, Listing | ProjectFacts]] = {}
        self._locks: dict[Hashable, asyncio.Lock] = {}

    @property
    def name(self) -> str:
        """As the tracker."""
        return self._tracker.name

    @property
    def label(self) -> Text:
        """As the tracker."""
        return self._tracker.label

    async def projects(self) -> Listing:
        """As the tracker, or as it was a few minutes ago."""
        return await self._remembered(None, Listing, self._tracker.projects)

    async def facts(self, ref: str) -> ProjectFacts:
        """As the tracker, or as it was a few minutes ago; `read_at` says when."""
        return await self._remembered(ref, ProjectFacts, lambda: self._tracker.facts(ref))

    async def close(self) -> None:
        """Hang up."""
        await self._tracker.close()

    async def _remembered(
        self, key: Hashable, kind: type[T], read: Callable[[], Awaitable[T]]
    ) -> T:
        async with self._locks.setdefault(key, asyncio.Lock()):
            known = self._known.get(key)
            if known is not None and isinstance(known[1], kind) and self._is_good(known[0]):
                return known[1]
            found = await read()
            self._known.pop(key, None)
            self._known[key] = self._now(), found
            while len(self._known) > MOST:
                oldest = next(iter(self._known))
                self._known.pop(oldest)
                self._locks.pop(oldest, None)
            return found

    def _is_good(self, at: datetime) -> bool:
        return timedelta(0) <= self._now() - at < self._kept
