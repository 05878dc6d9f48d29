"""A database on a PostgreSQL server, which many processes may use at once.

Each turn has a connection of its own. The case rows that it reads it holds until it commits.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar

import psycopg
from sqlalchemy import Executable

from bot.engine.errors import Conflict, StoreUnavailable
from bot.store.dialect import Dialect
from bot.store.postgres.address import Address
from bot.store.postgres.dialect import DIALECT
from bot.store.postgres.scribe import Scribe
from bot.store.postgres.wires import Taken, Wires

T = TypeVar("T")

AGAIN = ("40001", "40P01", "55P03")  # not serialisable, a deadlock, a row that stays held
TROUBLE = ("08", "25P03", "25006", "53", "57", "58")  # lines, idle, standby, full, going down, disk


@contextmanager
def trouble() -> Iterator[None]:
    """Inside, what keeps the database from its work is StoreUnavailable or Conflict."""
    try:
        yield
    except psycopg.Error as error:
        found = error.sqlstate or ""  # empty where the line failed
        if found in AGAIN:
            raise Conflict from error
        if not found or found.startswith(TROUBLE):
            raise StoreUnavailable from error
        raise


class PostgresDatabase:
    """A database that `migrate.migrate_server` has made ready."""

    def __init__(self, address: Address) -> None:
        self._wires = Wires(address.for_libpq)

    @property
    def dialect(self) -> Dialect:
        """PostgreSQL's own statements."""
        return DIALECT

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Scribe]:
        """Who writes in a transaction that is on the disk when it is left in peace."""
        with trouble():
            async with self._wires.one() as taken, self._begun(taken) as scribe:
                yield scribe

    @asynccontextmanager
    async def transaction(self, taken: Taken) -> AsyncIterator[Scribe]:
        """A transaction on a connection that is kept."""
        with trouble():
            async with self._begun(taken, is_kept=True) as scribe:
                yield scribe

    async def kept_if(self, question: Executable) -> Taken | None:
        """A connection on which the answer was yes, to be kept by who asked; else None."""
        with trouble():
            taken, keep = await self._wires.take(), False
            try:
                answer = bool(await Scribe(self._wires, taken).value(question))
                keep = True
            finally:
                if not keep or not answer:
                    await self._wires.give_back(taken, keep=keep)
            return taken if answer else None

    async def let_go(self, taken: Taken) -> None:
        """End the session of a connection that was kept, and what it held with it."""
        await self._wires.give_back(taken, keep=False)

    async def read(self, work: Callable[[Scribe], Awaitable[T]]) -> T:
        """What `work` reads, each statement by itself; on a line that was gone, it reads again."""
        with trouble():
            async with self._wires.one() as taken:
                return await work(Scribe(self._wires, taken))

    async def close(self) -> None:
        """Let go of the connections."""
        await self._wires.close()

    @asynccontextmanager
    async def _begun(self, taken: Taken, *, is_kept: bool = False) -> AsyncIterator[Scribe]:
        """Inside, a transaction that is open; it is committed, or else undone."""
        scribe = Scribe(self._wires, taken, begins=True, renews=not is_kept)
        try:
            yield scribe
            await scribe.commit()
        except BaseException:
            await scribe.undo()
            raise
