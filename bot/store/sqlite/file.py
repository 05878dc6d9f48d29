"""A database in a SQLite file: one process writes at a time, and turns that wait share a commit."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from bot.store.dialect import Dialect
from bot.store.sqlite import engine
from bot.store.sqlite.dialect import DIALECT
from bot.store.sqlite.ready import Scribe
from bot.store.sqlite.together import Writer

T = TypeVar("T")


class DatabaseFile:
    """A file that `migrate.migrate` has made ready."""

    def __init__(self, file: Path, *, patience: timedelta) -> None:
        self._file = file
        self._engine = engine.create(file, patience=patience)
        self._writer = Writer(self._engine)

    @property
    def dialect(self) -> Dialect:
        """SQLite's own statements."""
        return DIALECT

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Scribe]:
        """Who writes for a turn; left in peace, the turn is on the disk."""
        with engine.trouble(self._file):
            async with self._writer.turn() as scribe:
                yield scribe

    async def read(self, work: Callable[[Scribe], Awaitable[T]]) -> T:
        """What `work` reads; it waits for nobody who writes."""
        with engine.trouble(self._file):
            async with self._engine.connect() as connection:
                return await work(Scribe(await engine.driver(connection)))

    async def close(self) -> None:
        """Let go of the file."""
        await self._writer.close()
        await self._engine.dispose()
