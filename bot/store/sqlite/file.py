"""A database in a SQLite file: one process writes at a time, and turns that wait share a commit."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from bot.store.dialect import Dialect
from bot.store.sqlite.connections import Readers, trouble
from bot.store.sqlite.dialect import DIALECT
from bot.store.sqlite.ready import Scribe
from bot.store.sqlite.together import Writer

T = TypeVar("T")


class DatabaseFile:
    """A file that `migrate.migrate` has made ready."""

    def __init__(self, file: Path, *, patience: timedelta) -> None:
        """`patience` is how long a statement waits for another process that holds the file."""
        self._file = file
        self._readers = Readers(file, patience=patience)
        self._writer = Writer(file, patience=patience)

    @property
    def dialect(self) -> Dialect:
        """SQLite's own statements."""
        return DIALECT

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Scribe]:
        """Who writes for a turn; left in peace, the turn is on the disk."""
        with trouble(self._file):
            async with self._writer.turn() as scribe:
                yield scribe

    async def read(self, work: Callable[[Scribe], Awaitable[T]]) -> T:
        """What `work` reads; it waits for nobody who writes."""
        with trouble(self._file):
            async with self._readers.lent() as reader:
                return await work(Scribe(reader))

    async def close(self) -> None:
        """Let go of the file."""
        await self._writer.close()
        await self._readers.close()
