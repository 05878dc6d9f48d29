"""Turns that meet on one case: the one that comes second is done once more, from its beginning."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.engine.errors import Conflict

TRIES = 4  # the first one, and three more

T = TypeVar("T")


async def persist(turn: Callable[[], Awaitable[T]]) -> T:
    """What the turn gives, done anew where another was quicker. Raises Conflict after the last try."""
    for _ in range(TRIES - 1):
        try:
            return await turn()
        except Conflict:
            continue
    return await turn()
