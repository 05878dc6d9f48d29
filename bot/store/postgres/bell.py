"""Tells the workers that there is something to do, once what is to be done has been committed.

PostgreSQL commits one after the other what notifies, the wait for the disk included. Turns do not
notify, so that they share that wait; this does, and waits for no disk: what it says need not outlive a
crash, for workers look by themselves each second.
"""

import asyncio
from typing import Final

import structlog
from sqlalchemy import func, literal, select

from bot.engine import dues
from bot.engine.errors import Conflict, StoreUnavailable
from bot.store.postgres.database import PostgresDatabase
from bot.store.postgres.scribe import Scribe

REST: Final = 0.02  # seconds between two tellings, which stand for all that came between them
CHANNEL: Final = f"procrastinate_queue_v1#{dues.QUEUE}"  # on which Procrastinate's workers listen
_SAID: Final = '{"type": "job_inserted", "job_id": 0}'
_TELL = select(
    func.set_config("synchronous_commit", "off", literal(value=True)),
    func.pg_notify(CHANNEL, _SAID),
)

_log = structlog.get_logger(__name__)


class Bell:
    """Of one process."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database
        self._is_wished = False
        self._ringing: asyncio.Task[None] | None = None

    def ring(self) -> None:
        """Have the workers told, now or with what comes in the next moment."""
        self._is_wished = True
        if self._ringing is None or self._ringing.done():
            self._ringing = asyncio.get_running_loop().create_task(self._ring())

    async def close(self) -> None:
        """Say what is still to be said."""
        if self._ringing is not None:
            await asyncio.gather(self._ringing, return_exceptions=True)

    async def _ring(self) -> None:
        while self._is_wished:
            self._is_wished = False
            try:
                await self._database.read(_told)
            except (StoreUnavailable, Conflict) as error:
                _log.info("workers not told", error=type(error).__name__)
            await asyncio.sleep(REST)


async def _told(scribe: Scribe) -> None:
    await scribe.rows(_TELL)
