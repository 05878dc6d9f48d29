"""Connections that read a SQLite file, and what the errors of any connection mean."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from bot.engine.errors import BrokenDatabase, StoreUnavailable
from bot.store.sqlite.onetrip import OneTripConnection, Openings
from bot.store.sqlite.opening import problem

READERS = 8  # kept open, each with a thread; who finds none free waits a moment
WAIT = 30  # seconds


class Readers:
    """Connections that read, opened when they are wanted and kept."""

    def __init__(self, file: Path, *, patience: timedelta) -> None:
        self._openings = Openings(file, patience)
        self._room = asyncio.Semaphore(READERS)
        self._free: list[OneTripConnection] = []

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[OneTripConnection]:
        """One that nobody else has meanwhile. Raises StoreUnavailable, or what SQLite does."""
        try:
            async with asyncio.timeout(WAIT):
                await self._room.acquire()
        except TimeoutError as error:
            raise StoreUnavailable from error
        try:
            found = self._free.pop() if self._free else None
            reader = found or await self._openings.one()
            try:
                yield reader
            finally:
                self._free.append(reader)
        finally:
            self._room.release()

    async def close(self) -> None:
        """Close those that nobody has."""
        while self._free:
            await self._free.pop().close()
        await self._openings.close()


@contextmanager
def trouble(file: Path) -> Iterator[None]:
    """Inside, what keeps the database from its work is StoreUnavailable or BrokenDatabase."""
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.InterfaceError) as error:
        raise StoreUnavailable from error
    except (IntegrityError, sqlite3.IntegrityError) as error:
        if "moved" in str(error):  # see moving.py; the server that it moved to takes it in
            raise StoreUnavailable from error
        if isinstance(error, IntegrityError):
            raise
        raise IntegrityError("COMMIT", None, error) from error  # as for every database
    except sqlite3.DatabaseError as error:
        if type(error) is sqlite3.DatabaseError:  # what is damaged has no narrower class
            raise problem(BrokenDatabase, file) from error
        raise
