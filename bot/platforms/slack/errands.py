"""What is done right after an answer: owned here, ended with the server."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from bot.engine.errors import CandorError

LAST = 3.0  # seconds that errands get when the server ends

_log = structlog.get_logger(__name__)


class Errands:
    """Tasks that nobody waits for until the end; to lose one costs a click."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def run(self, what: Coroutine[Any, Any, object]) -> None:
        """Begin at once."""
        task = asyncio.get_running_loop().create_task(_kept(what))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def done(self) -> None:
        """When all that was begun has ended."""
        while self._running:
            await asyncio.wait(self._running)

    async def close(self) -> None:
        """Let what runs end, for a moment."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=LAST)
        for task in late:
            task.cancel()


async def _kept(what: Coroutine[Any, Any, object]) -> None:
    try:
        await what
    except CandorError as error:
        _log.info("an answer was lost", error=type(error).__name__)
    except Exception as error:  # noqa: BLE001 - the top of an errand
        _log.error("an errand failed", error=type(error).__name__)
