"""Never more of one kind a second than the platform takes."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from bot.engine.errors import Later

SECOND = 1.3  # with room for what the way to the platform adds, a new connection or token included
LINE = 4  # seconds' worth that may wait for one name


class Pace:
    """Lets so many pass a second for each name; who comes too early waits in line."""

    def __init__(self, most: int, time: Callable[[], float]) -> None:
        """`time` is a clock that only runs forward, in seconds."""
        self._most = most
        self._time = time
        self._passed: dict[str, deque[float]] = {}
        self._lines: dict[str, tuple[asyncio.Lock, int]] = {}

    async def wait(self, name: str) -> None:
        """Return when it is this one's turn; raises Later when too many wait for it already."""
        with self._line(name) as lock:
            async with lock:
                passed = self._passed.setdefault(name, deque(maxlen=self._most))
                if len(passed) == self._most:
                    await asyncio.sleep(max(passed[0] + SECOND - self._time(), 0))
                passed.append(self._time())
        self._forget()

    @contextmanager
    def _line(self, name: str) -> Iterator[asyncio.Lock]:
        lock, waiting = self._lines.get(name, (asyncio.Lock(), 0))
        if waiting >= LINE * self._most:
            raise Later(timedelta(seconds=LINE * SECOND))
        self._lines[name] = lock, waiting + 1
        try:
            yield lock
        finally:
            lock, waiting = self._lines[name]
            if waiting > 1:
                self._lines[name] = lock, waiting - 1
            else:
                del self._lines[name]

    def _forget(self) -> None:
        """Let go of names that have been quiet, once there are many."""
        if len(self._passed) < 1000:
            return
        now = self._time()
        quiet = [n for n, p in self._passed.items() if now - p[-1] > SECOND]
        for name in quiet:
            if name not in self._lines:
                del self._passed[name]
