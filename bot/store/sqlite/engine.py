"""Connections to a SQLite file: how they are opened, how one gets to write, what their errors mean."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import cast

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.engine.errors import BrokenDatabase, StoreUnavailable
from bot.store.sqlite import onetrip
from bot.store.sqlite.opening import problem

CONNECTIONS = 8  # kept open, each with a thread; who finds none free waits a moment
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a commit is on the disk before anybody is told
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is erased is overwritten, however SQLite was built
)


def create(file: Path, *, patience: timedelta) -> AsyncEngine:
    """An engine on this file. Errors never show what was bound to a statement.

    `patience` is how long a statement waits for another process that holds the file.

    The driver's own transactions are switched off (`isolation_level=None`): it would begin one
    only before the first write, so that two readers could both go on to write.
    https://docs.sqlalchemy.org/en/21/dialects/sqlite.html#pysqlite-serializable
    """
    made = create_async_engine(
        f"sqlite+aiosqlite:///{file}",
        async_creator=partial(onetrip.connect, file, patience),
        hide_parameters=True,
        pool_reset_on_return=None,  # every way out of a transaction ends it already
        pool_size=CONNECTIONS,
        max_overflow=0,  # one too many would be opened and closed again for each statement
    )
    event.listen(made.sync_engine, "connect", _prepare)
    return made


def _prepare(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


async def driver(connection: AsyncConnection) -> onetrip.OneTripConnection:
    """The driver's own connection."""
    raw = await connection.get_raw_connection()
    return cast("onetrip.OneTripConnection", raw.driver_connection)


@asynccontextmanager
async def writing(connection: AsyncConnection) -> AsyncIterator[onetrip.OneTripConnection]:
    """Inside, the first statement takes the right to write, be it a read or a write.

    Whatever is raised, a failing commit too, leaves no transaction behind on the connection.
    """
    writer = await driver(connection)
    writer.writes = True
    try:
        yield writer
    finally:
        writer.writes = False
        if writer.in_transaction:
            await writer.rollback()


@contextmanager
def trouble(file: Path) -> Iterator[None]:
    """Inside, what keeps the database from its work is StoreUnavailable or BrokenDatabase."""
    try:
        yield
    except (OperationalError, InterfaceError, NoneFree, sqlite3.OperationalError) as error:
        raise StoreUnavailable from error
    except (IntegrityError, sqlite3.IntegrityError) as error:
        if "moved" in str(error):  # see moving.py; the server that it moved to takes it in
            raise StoreUnavailable from error
        raise
    except DatabaseError as error:
        if type(error) is DatabaseError:  # what is damaged has no narrower class
            raise problem(BrokenDatabase, file) from error
        raise
