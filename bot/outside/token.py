"""A key that is fetched, kept while it is good, and fetched anew once a system refuses it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.outside.http import Answer

LONGEST = timedelta(days=30)
EARLY = 0.8  # of its life, after which it is renewed


@dataclass(frozen=True, slots=True)
class Key:
    """An app's id and secret."""

    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A key, and how long it lives."""

    key: str = field(repr=False)
    life: timedelta


class Token:
    """One key for all who ask; while it is fetched, everybody waits for the same."""

    def __init__(
        self, fetch: Callable[[], Awaitable[Fetched]], now: Callable[[], datetime]
    ) -> None:
        self._fetch = fetch
        self._now = now
        self._key = ""
        self._until: datetime | None = None
        self._lock = asyncio.Lock()

    async def get(self, *, but: str = "") -> str:
        """A key other than `but`. Raises what the fetching raises."""
        async with self._lock:
            good = self._until is not None and self._now() < self._until
            if not self._key or not good or self._key == but:
                fetched = await self._fetch()
                life = min(max(fetched.life, timedelta(0)), LONGEST)
                self._key, self._until = fetched.key, self._now() + life * EARLY
            return self._key

    async def used(
        self, ask: Callable[[str], Awaitable[Answer]], *, is_over: Callable[[Answer], bool]
    ) -> Answer:
        """The answer to a call with the key; with a fresh one, once more, where that key is over."""
        key = await self.get()
        answer = await ask(key)
        return await ask(await self.get(but=key)) if is_over(answer) else answer
