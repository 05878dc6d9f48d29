"""Work that a platform waits for with somebody's press: broken off while there is time to say so."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

from bot.core.words import Text
from bot.engine.errors import StoreUnavailable

ANSWER = 2.4  # seconds of the three that Slack and Lark wait for an answer
TOO_SLOW = Text(
    en="Saving takes very long just now, so I broke this off. All from before is kept. Please look "
    "here again in a minute, and press once more if nothing has changed.",
    zh="现在保存得很慢，这一步我先中断了。之前的内容都还在。请过一分钟再看，没有变化就再点一次。",
)

T = TypeVar("T")
_log = structlog.get_logger(__name__)


class InTime:
    """Awaits work, but not for long; what was broken off is held until it has let go."""

    def __init__(self) -> None:
        self._ending: set[asyncio.Task[Any]] = set()

    async def of(self, work: Coroutine[Any, Any, T]) -> T:
        """What it gives. Raises StoreUnavailable for what takes too long: that is not kept then,
        unless it was just about to be.
        """
        task = asyncio.create_task(work)
        try:
            await asyncio.wait({task}, timeout=ANSWER)
        except asyncio.CancelledError:
            self._break_off(task)
            raise
        if task.done():
            return task.result()
        self._break_off(task)
        _log.warning(
            "an answer takes too long", remedy="is the database there, and held by nobody?"
        )
        raise StoreUnavailable(TOO_SLOW)

    def _break_off(self, task: asyncio.Task[T]) -> None:
        task.cancel()
        self._ending.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[T]) -> None:
        self._ending.discard(task)
        if not task.cancelled():
            task.exception()  # whoever waited has been told
