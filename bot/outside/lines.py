"""Bookings with one system: of the same one at a time, of all of them only so many at once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta

from bot.engine.outside import Unreachable

AT_ONCE = 3  # fewer than there are calls in flight, so that a move or a cancel finds a way
PATIENCE = timedelta(seconds=20)  # for a place; what is left of a booking's time is enough for it


class Lines:
    """Of one system, in one process."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}  # and how many have or want each

    @asynccontextmanager
    async def alone(self, name: str) -> AsyncIterator[None]:
        """Inside, nobody else does what has this name. Raises Unreachable where all places are
        taken for too long: nothing was asked of the system then.
        """
        with self._line(name) as lock:
            async with lock:
                await self._place()
                try:
                    yield
                finally:
                    self._places.release()

    @contextmanager
    def _line(self, name: str) -> Iterator[asyncio.Lock]:
        lock, many = self._locks.get(name, (asyncio.Lock(), 0))
        self._locks[name] = lock, many + 1
        try:
            yield lock
        finally:
            many = self._locks[name][1]
            if many > 1:
                self._locks[name] = lock, many - 1
            else:
                del self._locks[name]

    async def _place(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                await self._places.acquire()
        except TimeoutError:
            error = Unreachable("it has not answered those who asked before")
            error.unsure = False
            raise error from None
