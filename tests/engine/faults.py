"""A store in memory whose turns fail as they are told, when a case is saved."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from bot.core.words import TenantId
from bot.engine.ports import Draw, Filed, Line, Outcome, Parcel, Ping
from bot.store.memory.store import MemoryStore
from bot.store.memory.turn import MemoryTurn


class FaultyTurn(MemoryTurn):
    """A turn of a FaultyStore."""

    errors: list[Exception]

    async def save(self, filed: Filed, *, was: int | None) -> None:
        """Raise the next error, or save."""
        if self.errors:
            raise self.errors.pop(0)
        await super().save(filed, was=was)


class FaultyStore(MemoryStore):
    """Raises `errors` one by one when cases are saved, `settling` when outcomes are recorded,
    `looking` when due reminders are read, `claiming` when the outbox is.
    """

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[Exception] = []
        self.settling: list[Exception] = []
        self.looking: list[Exception] = []
        self.claiming: list[Exception] = []
        self.asked = 0  # for what is due next

    @asynccontextmanager
    async def turn(self, tenant: TenantId) -> AsyncIterator[MemoryTurn]:
        """A turn that shares this store's errors."""
        async with self._writing() as tables:
            turn = FaultyTurn(tables, tenant, self.safe)
            turn.errors = self.errors
            yield turn

    async def pings(self, at: datetime, *, limit: int = 100) -> tuple[Ping, ...]:
        """Raise the next error, or look."""
        if self.looking:
            raise self.looking.pop(0)
        return await super().pings(at, limit=limit)

    async def next_due(self) -> datetime | None:
        """Count, and let others come in between as a database does."""
        self.asked += 1
        await asyncio.sleep(0)
        return await super().next_due()

    async def claim(
        self,
        at: datetime,
        lease_until: datetime,
        *,
        line: Line | None = None,
        limit: int = 16,
        draw: Draw | None = None,
    ) -> tuple[Parcel, ...]:
        """Raise the next error, or claim."""
        if self.claiming:
            raise self.claiming.pop(0)
        return await super().claim(at, lease_until, line=line, limit=limit, draw=draw)

    async def settle(self, parcel: Parcel, outcome: Outcome) -> bool:
        """Raise the next error, or record."""
        if self.settling:
            raise self.settling.pop(0)
        return await super().settle(parcel, outcome)
