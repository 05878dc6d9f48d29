"""Errands outside of any turn, to systems outside of us: a few at a time, owned until they end."""

import asyncio
from collections.abc import Callable, Coroutine

from bot.engine.ports import Line

AT_ONCE = 8  # of one process
GRACE = 5.0  # seconds that one may take to end when the house closes


class Errands:
    """The errands that are under way."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._gate = asyncio.Semaphore(AT_ONCE)
        self.wake: Callable[[Line], None] = _unheard  # told where something was written

    def own(self, errand: Callable[[], Coroutine[None, None, None]]) -> None:
        """Let an errand go on beside everything else, a few of them at a time; it is begun when
        there is room for it.
        """
        task = asyncio.get_running_loop().create_task(self._gated(errand))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def idle(self) -> None:
        """Wait until none is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self) -> None:
        """Let them end for a few seconds; what did not end is begun again later."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _gated(self, errand: Callable[[], Coroutine[None, None, None]]) -> None:
        async with self._gate:
            await errand()


def _unheard(_: Line) -> None:
    return None
