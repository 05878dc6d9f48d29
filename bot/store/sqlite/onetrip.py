"""aiosqlite with at most one trip to its thread for each statement, where it makes up to four.

A trip costs about a tenth of a millisecond, and a turn has a dozen statements. SQLAlchemy asks a
cursor to be opened, to execute, to give its rows and to be closed; here `execute` does all four.
Once a transaction has the right to write there is nothing left to wait for but its commit, so its
statements, a few hundredths of a millisecond each, make no trip at all. Nor does BEGIN: where another
process has the right, it is asked for again a little later.
"""

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiosqlite

PAUSE = 0.01  # seconds until the right to write is asked for again


class OneTripConnection(aiosqlite.Connection):
    """A connection whose cursors make one trip.

    With `writes` set, the next statement is preceded by BEGIN IMMEDIATE.
    """

    writes = False
    patience = timedelta(0)  # with another process that writes

    def cursor(self) -> "OneTripCursor":  # type: ignore[override]
        """A cursor; nothing happens before its first statement."""
        return OneTripCursor(self)

    async def rollback(self) -> None:
        """Undo what is open; without a trip where nothing is."""
        if self.in_transaction:
            await super().rollback()

    async def run(self, statement: str, parameters: Any = (), *, many: bool = False) -> "Ran":
        """Execute, in the connection's thread where it may take its time, and bring everything back."""
        open_ = self._connection  # itself, since each statement of a turn passes here
        if open_ is not None and open_.in_transaction:
            return _run(open_, statement, parameters, many)
        if self.writes:
            self.writes = False
            await self._begin(self._conn)
            return _run(self._conn, statement, parameters, many)
        return await self._execute(_run, self._conn, statement, parameters, many)  # type: ignore[no-any-return, no-untyped-call]

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

    __slots__ = ("description", "lastrowid", "rowcount", "rows")

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self.description: Any = cursor.description
        self.rows: Sequence[Any] = cursor.fetchall() if self.description else ()
        self.rowcount = cursor.rowcount
        self.lastrowid = cursor.lastrowid


class OneTripCursor:
    """As much of an asynchronous cursor as SQLAlchemy asks for."""

    arraysize = 1

    def __init__(self, connection: OneTripConnection) -> None:
        self._connection = connection
        self._ran: Ran | None = None

    async def __aenter__(self) -> "OneTripCursor":
        return self

    async def execute(self, statement: str, parameters: Any = ()) -> "OneTripCursor":
        """Run the statement and keep its rows."""
        self._ran = await self._connection.run(statement, parameters, many=False)
        return self

    async def executemany(self, statement: str, parameters: Any) -> "OneTripCursor":
        """Run the statement once for each of the parameters."""
        self._ran = await self._connection.run(statement, parameters, many=True)
        return self

    async def fetchall(self) -> Sequence[Any]:
        """The rows, which are here already."""
        return self._ran.rows if self._ran else ()

    async def close(self) -> None:
        """Nothing is open."""

    @property
    def description(self) -> Any:
        """The columns, or None."""
        return self._ran.description if self._ran else None

    @property
    def rowcount(self) -> int:
        """Rows changed; -1 when that makes no sense."""
        return self._ran.rowcount if self._ran else -1

    @property
    def lastrowid(self) -> int | None:
        """The number of the row that was put in last."""
        return self._ran.lastrowid if self._ran else None


async def connect(file: Path, patience: timedelta) -> OneTripConnection:
    """Open the file, with no transactions but those that are asked for."""
    seconds = patience.total_seconds()
    connection = OneTripConnection(
        lambda: sqlite3.connect(
            file, timeout=seconds, isolation_level=None, check_same_thread=False
        ),
        iter_chunk_size=64,
    )
    connection.patience = patience
    connection._thread.daemon = True  # as SQLAlchemy has it: a lost connection ends with the house
    try:
        await connection
    except sqlite3.Error:
        await asyncio.to_thread(connection._thread.join)  # its last word is for this loop
        raise
    return connection


def _run(connection: sqlite3.Connection, statement: str, parameters: Any, many: bool) -> Ran:  # noqa: FBT001 - aiosqlite passes it on
    if many:
        return Ran(connection.executemany(statement, parameters))
    return Ran(connection.execute(statement, parameters))
