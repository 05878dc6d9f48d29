"""The connections of one process to a server: kept when they are free, replaced when they are lost."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from bot.engine.errors import StoreUnavailable
from bot.store.postgres.wire import LONGEST, Wire

CONNECTIONS = 12  # of one process; turns beyond these wait for one another
PATIENCE = timedelta(seconds=10)  # with a connection, a row or a free one of ours
IDLE = timedelta(seconds=30)  # that a turn may do nothing


class Taken:
    """A connection in somebody's hands."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire


class Wires:
    """At most CONNECTIONS at a time."""

    def __init__(self, address: str) -> None:
        """`address` is libpq's; nothing is connected yet."""
        self._address = address
        self._free: list[Wire] = []
        self._places = asyncio.Semaphore(CONNECTIONS)
        self._is_closed = False

    @asynccontextmanager
    async def one(self) -> AsyncIterator[Taken]:
        """One for as long as this lasts; raises StoreUnavailable or psycopg.OperationalError."""
        taken = await self.take()
        try:
            yield taken
        finally:
            await self.give_back(taken)

    async def take(self) -> Taken:
        """One until it is given back; raises the same."""
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                await self._places.acquire()
        except TimeoutError as error:
            raise StoreUnavailable from error
        try:
            return Taken(await self._kept() or await self._new())
        except BaseException:
            self._places.release()
            raise

    async def give_back(self, taken: Taken, *, keep: bool = True) -> None:
        """Keep it for the next one; what is in the midst of something is closed."""
        try:
            if keep and taken.wire.is_idle and not self._is_closed:
                self._free.append(taken.wire)
            else:
                await taken.wire.close()
        finally:
            self._places.release()

    async def renew(self, taken: Taken) -> None:
        """A new connection in the place of one that is lost."""
        await taken.wire.close()
        taken.wire = await self._new()

    async def close(self) -> None:
        """Let go of those that are free; the others go when they are given back."""
        self._is_closed = True
        while self._free:
            await self._free.pop().close()

    async def _kept(self) -> Wire | None:
        """The one used last, as long as the server has not hung up."""
        while self._free:
            wire = self._free.pop()
            if wire.is_idle:
                return wire
            await wire.close()
        return None

    async def _new(self) -> Wire:
        return await Wire.opened(self._address, **_settings())


def _settings() -> Mapping[str, Any]:
    limits = {
        "lock_timeout": PATIENCE,
        "statement_timeout": LONGEST,
        "idle_in_transaction_session_timeout": IDLE,
    }
    options = [f"-c {name}={limit // timedelta(milliseconds=1)}" for name, limit in limits.items()]
    return {
        "connect_timeout": int(PATIENCE.total_seconds()),
        "options": " ".join([*options, "-c timezone=UTC", "-c datestyle=ISO"]),
        "application_name": "candor",
        "client_encoding": "UTF8",
        "keepalives_idle": 15,
        "keepalives_interval": 5,
        "tcp_user_timeout": PATIENCE // timedelta(milliseconds=1),
    }
