"""aiosqlite with at most one trip to its thread for each statement, where it makes up to four.

A trip costs about a tenth of a millisecond, and a turn has a dozen statements. aiosqlite opens a
cursor, executes, fetches the rows and closes it, each on a trip; here `run` does all four. Once a
transaction has the right to write there is nothing left to wait for but its commit, so its
statements, a few hundredths of a millisecond each, make no trip at all. Nor does BEGIN: where another
process has the right, it is asked for again a little later.
"""

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import aiosqlite

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a commit is on the disk before anybody is told
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is erased is overwritten, however SQLite was built
    "PRAGMA temp_store = MEMORY",  # a savepoint keeps what it may have to put back off the disk
)
PAUSE = 0.01  # seconds until the right to write is asked for again


class OneTripConnection(aiosqlite.Connection):
    """A connection whose statements make one trip.

    With `writes` set, the next statement is preceded by BEGIN IMMEDIATE.
    """

    writes = False
    patience = timedelta(0)  # with another process that writes

    async def rollback(self) -> None:
        """Undo what is open; without a trip where nothing is."""
        if self.in_transaction:
            await super().rollback()

    async def run(self, statement: str, parameters: Any = ()) -> "Ran":
        """Execute, in the connection's thread where it may take its time, and bring everything back."""
        open_ = self._connection  # itself, since each statement of a turn passes here
        if open_ is not None and open_.in_transaction:
            return _run(open_, statement, parameters)
        if self.writes:
            self.writes = False
            await self._begin(self._conn)
            return _run(self._conn, statement, parameters)
        # aiosqlite gives its own method no types
        return await self._execute(_run, self._conn, statement, parameters)  # type: ignore[no-any-return, no-untyped-call]

    async def _begin(self, connection: sqlite3.Connection) -> None:
        """Get the right to write. Raises OperationalError when another process keeps it for too long."""
        until = time.monotonic() + self.patience.total_seconds()
        while True:
            if self._has_begun(connection, last=time.monotonic() >= until):
                return
            await asyncio.sleep(PAUSE)

    def _has_begun(self, connection: sqlite3.Connection, *, last: bool) -> bool:
        """Whether the right to write was free; where this is the `last` try, it raises."""
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return False
        else:
            return True
        finally:
            milliseconds = self.patience // timedelta(milliseconds=1)
            connection.execute(f"PRAGMA busy_timeout = {milliseconds}")


class Ran:
    """What a statement left behind."""

    __slots__ = ("rowcount", "rows")

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self.rows: Sequence[Any] = cursor.fetchall() if cursor.description else ()
        self.rowcount = cursor.rowcount


class Openings:
    """Opens connections. Whoever gives up waiting leaves theirs to the next one, so that none is lost
    with its thread.
    """

    def __init__(self, file: Path, patience: timedelta) -> None:
        self._file = file
        self._patience = patience
        self._left: list[asyncio.Task[OneTripConnection]] = []

    async def one(self) -> OneTripConnection:
        """One that nobody else has. Raises what SQLite does."""
        task = self._taken() or asyncio.create_task(connect(self._file, self._patience))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            self._left.append(task)
            raise

    async def close(self) -> None:
        """Close those that were left."""
        while (task := self._taken()) is not None:
            with suppress(sqlite3.Error):
                await (await task).close()

    def _taken(self) -> "asyncio.Task[OneTripConnection] | None":
        """One that was left, unless it came to nothing."""
        while self._left:
            task = self._left.pop()
            if not task.done() or (not task.cancelled() and task.exception() is None):
                return task
        return None


async def connect(file: Path, patience: timedelta) -> OneTripConnection:
    """Open the file, with no transactions but those that are asked for.

    `patience` is how long a statement waits for another process that holds the file.

    The driver's own transactions are switched off (`isolation_level=None`): it would begin one
    only before the first write, so that two readers could both go on to write.
    https://docs.sqlalchemy.org/en/21/dialects/sqlite.html#pysqlite-serializable
    """
    connection = OneTripConnection(partial(_opened, file, patience), iter_chunk_size=64)
    connection.patience = patience
    connection._thread.daemon = True  # a connection that was lost ends with the house
    try:
        await connection
    except sqlite3.Error:
        await asyncio.to_thread(connection._thread.join)  # its last word is for this loop
        raise
    return connection


def _opened(file: Path, patience: timedelta) -> sqlite3.Connection:
    opened = sqlite3.connect(
        file, timeout=patience.total_seconds(), isolation_level=None, check_same_thread=False
    )
    try:
        for pragma in PRAGMAS:
            opened.execute(pragma)
    except sqlite3.Error:
        opened.close()
        raise
    return opened


def _run(connection: sqlite3.Connection, statement: str, parameters: Any) -> Ran:
    return Ran(connection.execute(statement, parameters))
