"""Seconds as they pass for this process, so that a limit means the same on a machine that is busy.

Slack and Lark wait three seconds for an answer. Where twenty processes share two cores, three seconds
of the wall hold little of anybody's work, and a limit by the wall would measure the machine. A thread
looks every hundredth of a second at what has passed: waiting counts as it is, work of this process
counts in full, also where it blocks the loop; only the time for which the machine had us wait does not.
"""

import asyncio
from collections.abc import Awaitable
from threading import Lock, Thread
from time import monotonic, process_time, sleep
from typing import TypeVar

TICK = 0.01  # seconds
T = TypeVar("T")


def counted(wall: float, worked: float) -> float:
    """What counts of a tick that took so long by the wall, in which this process worked so long."""
    return min(wall, TICK + worked)


class _Watch:
    """What has passed since the first question; its thread lives as long as the process."""

    def __init__(self) -> None:
        self.passed = 0.0
        self._runs = False
        self._starting = Lock()

    def started(self) -> "_Watch":
        with self._starting:
            if not self._runs:
                self._runs = True
                Thread(target=self._run, name="patience", daemon=True).start()
        return self

    def _run(self) -> None:
        wall, worked = monotonic(), process_time()
        while True:
            sleep(TICK)
            now, then = monotonic(), process_time()
            self.passed += counted(now - wall, then - worked)
            wall, worked = now, then


_WATCH = _Watch()


def passed() -> float:
    """Seconds that have passed for this process since somebody first asked."""
    return _WATCH.started().passed


async def within(seconds: float, work: Awaitable[T]) -> T:
    """What the work gives, where it took no longer; else it is ended, and TimeoutError raised."""
    began = passed()
    task = asyncio.ensure_future(work)
    try:
        while not task.done() and (left := seconds - (passed() - began)) > 0:
            await asyncio.wait([task], timeout=max(left, TICK))
        if not task.done() or passed() - began > seconds:
            raise TimeoutError
        return task.result()
    finally:
        if task.cancel():
            await asyncio.wait([task])
        elif not task.cancelled():
            task.exception()  # looked at, so that nobody misses it
