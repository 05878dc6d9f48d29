"""Whether this server can work: the database, its release, each platform, the clock. One sentence each."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from typing import Protocol, runtime_checkable

from bot.engine.errors import CandorError
from bot.engine.measures import Measures, Watch

PATIENCE = 2.0  # seconds that each part may take to say so
IDLE = (
    "No candor work is alive on this database: whatever comes is kept, and nothing is sent until "
    "one is started."
)
OVERDUE = timedelta(minutes=3)  # since what is due was looked at; it is done each minute


class Reachable(Protocol):
    """What is asked of a platform."""

    @property
    def name(self) -> str: ...

    async def ready(self) -> str: ...


@runtime_checkable
class Noting(Protocol):
    """A platform that can work in part."""

    async def noted(self) -> tuple[str, ...]:
        """A sentence for each part that cannot."""
        ...


async def troubles(
    watch: Watch,
    platforms: Iterable[Reachable],
    measures: Measures,
    *,
    patience: float = PATIENCE,
) -> tuple[str, ...]:
    """A sentence for each part that fails, with its remedy; none when all can work."""
    asked = [_database(watch, patience), *(_platform(each, patience) for each in platforms)]
    return tuple(said for said in (*await asyncio.gather(*asked), _clock(measures)) if said)


async def noted(
    watch: Watch, platforms: Iterable[object] = (), *, patience: float = PATIENCE
) -> tuple[str, ...]:
    """What is to be seen to although this server takes in whatever comes: to call it unready would
    keep answers from it, which it can keep.
    """
    asked = [_in_part(each, patience) for each in platforms if isinstance(each, Noting)]
    found = await asyncio.gather(_workers(watch, patience), *asked)
    return tuple(said for part in found for said in part)


async def _workers(watch: Watch, patience: float) -> tuple[str, ...]:
    try:
        async with asyncio.timeout(patience):
            workers = await watch.workers()
    except (CandorError, TimeoutError):
        return ()  # `troubles` says so
    return (IDLE,) if workers == 0 else ()


async def _in_part(platform: Noting, patience: float) -> tuple[str, ...]:
    try:
        async with asyncio.timeout(patience):
            return await platform.noted()
    except TimeoutError:
        return ()


async def _database(watch: Watch, patience: float) -> str:
    try:
        async with asyncio.timeout(patience):
            if await watch.is_at_head():
                return ""
    except (CandorError, TimeoutError):
        return "The database does not answer."
    return (
        "The database is of another release: run candor migrate of the newer one, and start that."
    )


async def _platform(platform: Reachable, patience: float) -> str:
    try:
        async with asyncio.timeout(patience):
            return await platform.ready()
    except TimeoutError:
        return f"The platform {platform.name} does not answer within {patience:g} seconds."


def _clock(measures: Measures) -> str:
    since = measures.since_tick
    if since is None or since <= OVERDUE:
        return ""
    minutes = int(since.total_seconds() // 60)
    return f"What is due was last looked at {minutes} minutes ago: restart this server."
