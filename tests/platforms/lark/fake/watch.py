"""Waiting for what another thread brings about, without looking again and again."""

import asyncio
from collections.abc import Callable


class Watch:
    """Wakes whoever waits, each time something in the tenant has changed."""

    def __init__(self) -> None:
        self._waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def touch(self) -> None:
        """Something has changed; from any thread."""
        for loop, event in list(self._waiting):
            loop.call_soon_threadsafe(event.set)

    async def until(self, happened: Callable[[], bool], within: float) -> None:
        """Return once it has happened; raises TimeoutError after so many seconds."""
        woken = asyncio.Event()
        entry = (asyncio.get_running_loop(), woken)
        self._waiting.append(entry)
        try:
            async with asyncio.timeout(within):
                while not happened():
                    await woken.wait()
                    woken.clear()
        finally:
            self._waiting.remove(entry)
