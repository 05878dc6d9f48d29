"""What only SQLite understands: its engine, its right to write, its errors, its search of lessons."""

import json
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import cast

from sqlalchemy import event, text
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.core.lessons.lesson import terms
from bot.engine.errors import BrokenDatabase, StoreUnavailable
from bot.engine.ports import LESSONS_TOGETHER
from bot.store import dialect, onetrip
from bot.store import statements as s
from bot.store.opening import problem
from bot.store.tables import lessons

CONNECTIONS = 8  # kept open, each with a thread; who finds none free waits a moment
NOTHING = '"\uffff\uffff\uffff"'  # what no text holds
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a commit is on the disk before anybody is told
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is erased is overwritten, however SQLite was built
)


def engine(file: Path, *, patience: timedelta) -> AsyncEngine:
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


_LESSONS = text(
    "SELECT body FROM lessons WHERE tenant = :tenant AND ("
    " category = :category"
    " OR seq IN (SELECT rowid FROM lessons_found WHERE lessons_found MATCH :long)"
    " OR EXISTS (SELECT 1 FROM json_each(:short) WHERE instr(words, value) > 0)"
    ") ORDER BY seq DESC LIMIT :limit"
).columns(lessons.c.body)


def _terms_of(words: str) -> dict[str, object]:
    """The terms of a search: of three letters and more for the index, shorter ones as a list."""
    found = terms(words)
    long = [f'"{term}"' for term in found if len(term) > 2]
    short = json.dumps([term for term in found if len(term) <= 2])
    return {"long": " OR ".join(long) or NOTHING, "short": short, "limit": LESSONS_TOGETHER}


DIALECT = dialect.dialect(
    insert,
    dialect.Search(_LESSONS, _terms_of),
    dialect.Claims(s.CLAIM, s.CLAIM_LINE, s.CLAIM_CONVERSATION),
)
