"""The store on a PostgreSQL server, shared by any number of processes."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakKeyDictionary

from bot.core.words import TenantId
from bot.engine.ports import Line
from bot.store.address import Address
from bot.store.holding import HoldingTurn, Wanted
from bot.store.postgres import PostgresDatabase, driver
from bot.store.sql import SqlStore

Hand = Callable[[Any, Sequence[Line]], Awaitable[None]]  # a driver's connection; what was put there


class SharedStore(SqlStore):
    """The tables. With `hand`, what is put into the outbox is handed over in the same transaction."""

    def __init__(self, address: Address, *, hand: Hand | None = None) -> None:
        self._server = PostgresDatabase(address)
        super().__init__(self._server)
        self._hand = hand
        self._wanted: Wanted = WeakKeyDictionary()

    @asynccontextmanager
    async def turn(self, tenant: TenantId) -> AsyncIterator[HoldingTurn]:
        """Begin a write and commit at the end; raises StoreUnavailable and Conflict."""
        async with self._server.writing() as scribe:
            turn = HoldingTurn(scribe, tenant, self._wanted)
            yield turn
            if self._hand is not None and turn.lines:
                await self._hand(await driver(scribe.connection), tuple(turn.lines))
