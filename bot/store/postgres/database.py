"""A database on a PostgreSQL server, which many processes may use at once.

Each turn has a connection of its own. The case rows that it reads it holds until it commits.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy import Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.engine.errors import Conflict, StoreUnavailable
from bot.store.dialect import Dialect, Row
from bot.store.postgres.address import Address
from bot.store.postgres.dialect import DIALECT

if TYPE_CHECKING:
    import psycopg

T = TypeVar("T")

CONNECTIONS = 12  # of one process; turns beyond these wait for one another
PATIENCE = timedelta(seconds=10)  # with a connection, a row or a free one of ours
LONGEST = timedelta(seconds=30)  # that a statement, or a turn that does nothing, may take
AGAIN = ("40001", "40P01", "55P03")  # not serialisable, a deadlock, a row that stays held
TROUBLE = ("08", "25P03", "25006", "53", "57", "58")  # lines, idle, standby, full, going down, disk


def engine(address: Address) -> AsyncEngine:
    """An engine on this database. Errors never show what was bound to a statement.

    Transactions are begun by `writing` alone, so that a line that is gone is found by BEGIN, when
    nothing has been done, and so that a read by itself is one trip.
    """
    milliseconds = {"lock_timeout": PATIENCE, "idle_in_transaction_session_timeout": LONGEST}
    limits = (
        f"-c {name}={limit // timedelta(milliseconds=1)}" for name, limit in milliseconds.items()
    )
    return create_async_engine(
        address.for_sqlalchemy,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        execution_options={"preserve_rowcount": True},  # an insert that was not needed says so
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=PATIENCE.total_seconds(),
        pool_reset_on_return=None,  # every way out of a transaction ends it already
        connect_args={
            "connect_timeout": int(PATIENCE.total_seconds()),
            "options": " ".join(limits),
            "application_name": "candor",
            "keepalives_idle": 15,
            "keepalives_interval": 5,
            "tcp_user_timeout": PATIENCE // timedelta(milliseconds=1),
        },
    )


@contextmanager
def trouble() -> Iterator[None]:
    """Inside, what keeps the database from its work is StoreUnavailable or Conflict."""
    try:
        yield
    except NoneFree as error:
        raise StoreUnavailable from error
    except DBAPIError as error:
        found = sqlstate(error)
        if found in AGAIN:
            raise Conflict from error
        if error.connection_invalidated or not found or found.startswith(TROUBLE):
            raise StoreUnavailable from error
        raise


def sqlstate(error: DBAPIError) -> str:
    """The five characters by which PostgreSQL names an error; empty where the line failed."""
    return getattr(error.orig, "sqlstate", None) or ""


class Passing:
    """Runs statements through SQLAlchemy."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def rows(self, statement: Executable, **values: object) -> Sequence[Row]:
        """What a statement finds."""
        return (await self.connection.execute(statement, values)).all()

    async def value(self, statement: Executable, **values: object) -> Any:
        """The first column of the first row; None where there is none."""
        return await self.connection.scalar(statement, values)

    async def change(self, statement: Executable, **values: object) -> int:
        """The number of rows that a statement has changed."""
        return (await self.connection.execute(statement, values)).rowcount


class PostgresDatabase:
    """A database that `migrate.migrate_server` has made ready."""

    def __init__(self, address: Address) -> None:
        self._engine = engine(address)

    @property
    def dialect(self) -> Dialect:
        """PostgreSQL's own statements."""
        return DIALECT

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Passing]:
        """Who writes in a transaction that is on the disk when it is left in peace."""
        with trouble():
            async with self._begun() as connection, _ended(connection):
                yield Passing(connection)

    @asynccontextmanager
    async def transaction(self, connection: AsyncConnection) -> AsyncIterator[Passing]:
        """A transaction on a connection that is kept."""
        with trouble():
            await connection.exec_driver_sql("BEGIN")
            async with _ended(connection):
                yield Passing(connection)

    async def kept_if(self, question: Executable) -> AsyncConnection | None:
        """A connection on which the answer was yes, to be kept by who asked; else None."""
        with trouble():
            connection = await self._engine.connect()
            try:
                if await connection.scalar(question):
                    return connection
            except BaseException:
                await connection.invalidate()
                await connection.close()
                raise
            await connection.close()
            return None

    async def read(self, work: Callable[[Passing], Awaitable[T]]) -> T:
        """What `work` reads, each statement by itself; on a line that was gone, it reads again."""
        with trouble():
            try:
                async with self._engine.connect() as connection:
                    return await work(Passing(connection))
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
            async with self._engine.connect() as connection:
                return await work(Passing(connection))

    async def close(self) -> None:
        """Let go of the connections."""
        await self._engine.dispose()

    @asynccontextmanager
    async def _begun(self) -> AsyncIterator[AsyncConnection]:
        """A connection after BEGIN; one that was kept and is gone is replaced, once."""
        connection = await self._engine.connect()
        try:
            try:
                await connection.exec_driver_sql("BEGIN")
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                await connection.close()
                connection = await self._engine.connect()
                await connection.exec_driver_sql("BEGIN")
            yield connection
        finally:
            await connection.close()


@asynccontextmanager
async def _ended(connection: AsyncConnection) -> AsyncIterator[None]:
    """Inside, a transaction that is open; it is committed, or else undone."""
    try:
        yield
        await _commit(connection)
    except BaseException:
        await _undo(connection)
        raise


async def driver(connection: AsyncConnection) -> "psycopg.AsyncConnection[Any]":
    """The driver's own connection, on which the same transaction goes on."""
    raw = (await connection.get_raw_connection()).driver_connection
    return cast("psycopg.AsyncConnection[Any]", raw)


async def _commit(connection: AsyncConnection) -> None:
    """Raises StoreUnavailable where a statement had failed: to commit would undo in silence."""
    if (await driver(connection)).info.transaction_status.name != "INTRANS":
        raise StoreUnavailable
    await connection.exec_driver_sql("COMMIT")


async def _undo(connection: AsyncConnection) -> None:
    """Leave no transaction behind, or else no connection."""
    try:
        if not connection.invalidated:
            await connection.exec_driver_sql("ROLLBACK")
    except BaseException as error:
        await connection.invalidate()
        if not isinstance(error, DBAPIError):
            raise
