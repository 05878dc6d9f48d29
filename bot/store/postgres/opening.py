"""Is the database on this server ours, and of this release? Asked before it is opened for good."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any

import psycopg

from bot.engine.errors import (
    Busy,
    ForeignDatabase,
    NewerDatabase,
    NotAllowed,
    Unopenable,
    Unreachable,
)
from bot.store.postgres.address import Address
from bot.store.revisions import REVISIONS, Found

CONNECT = 10  # seconds
LOCK = 4_202_611_270  # names the right to migrate among the server's advisory locks

Connection = psycopg.Connection[Any]
Also = Callable[[Connection], bool]
_PRODUCT = "SELECT value FROM meta WHERE key = 'product'"


def examine(address: Address, *, also: Also | None = None) -> Found:
    """Whether the database is still to be made, is to be migrated, or can be used as it is.

    `also` is asked whether what does not belong to the store is as it should be. Raises a class of
    Unopenable, and changes nothing.
    """
    with (
        trouble(address),
        closing(psycopg.connect(address.for_libpq, connect_timeout=CONNECT)) as connection,
    ):
        found = standing(connection, address)
        is_whole = found != "current" or also is None or also(connection)
        return found if is_whole else "older"


def standing(connection: Connection, address: Address) -> Found:
    """The same, on an open connection."""
    names = {
        name
        for (name,) in connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        )
    }
    if not names:
        return "new"
    is_ours = {"meta", "alembic_version"} <= names
    if not is_ours or _one(connection, _PRODUCT) != "candor":
        raise ForeignDatabase(ForeignDatabase.on_a_server.fill(file=str(address)))
    revision = _one(connection, "SELECT version_num FROM alembic_version")
    if revision not in REVISIONS:
        raise _problem(NewerDatabase, address)
    return "current" if revision == REVISIONS[-1] else "older"


def lock(connection: Connection, address: Address, *, patience: timedelta) -> None:
    """Be the only one who migrates until the transaction ends; raises Busy after a while."""
    limit = max(patience // timedelta(milliseconds=1), 1)
    connection.execute("SELECT set_config('lock_timeout', %s, true)", [str(limit)])
    try:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    except psycopg.errors.LockNotAvailable as error:
        raise _problem(Busy, address) from error


@contextmanager
def trouble(address: Address) -> Iterator[None]:
    """Inside, what the server refuses is a class of Unopenable that names the address."""
    try:
        yield
    except Exception as error:
        cause = getattr(error, "orig", error)  # SQLAlchemy's own errors hold the driver's
        if isinstance(cause, psycopg.errors.InsufficientPrivilege):
            raise _problem(NotAllowed, address) from error
        if isinstance(cause, psycopg.OperationalError):
            raise _problem(Unreachable, address) from error
        raise


def _problem(kind: type[Unopenable], address: Address) -> Unopenable:
    return kind(kind.sentence.fill(file=str(address)))


def _one(connection: Connection, question: str) -> object:
    row = connection.execute(question.encode()).fetchone()
    return row[0] if row else None
