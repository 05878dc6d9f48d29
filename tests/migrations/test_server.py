"""A database on a server that is new, old, newer, foreign, out of reach or being prepared."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import sql
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from bot.engine.errors import (
    Busy,
    ForeignDatabase,
    NewerDatabase,
    NotAllowed,
    Unopenable,
    Unreachable,
)
from bot.store import upgrade
from bot.store.partial import whole
from bot.store.postgres import opening
from bot.store.postgres.address import Address
from bot.store.postgres.migrate import migrate_server
from tests import postgres


@pytest.fixture
def address(postgres_server: str, worker_id: str) -> Iterator[Address]:
    """An empty database."""
    name = f"candor_new_{worker_id}"
    yield postgres.make(postgres_server, name)
    with postgres.connected(postgres_server) as connection:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        connection.execute(drop)


def run(address: Address, *statements: bytes) -> None:
    with postgres.connected(address.for_libpq) as connection:
        for statement in statements:
            connection.execute(statement)


def refusal(address: Address) -> Unopenable:
    """The one sentence that a start on this database gets."""
    with pytest.raises(Unopenable) as caught:
        migrate_server(address, patience=timedelta(milliseconds=50))
    text = caught.value.text
    assert str(address) in text.en
    assert str(address) in text.zh
    assert "{" not in text.en + text.zh
    return caught.value


def test_a_new_database_is_made_and_a_second_start_finds_it(address: Address) -> None:
    assert opening.examine(address) == "new"
    migrate_server(address)
    assert opening.examine(address) == "current"
    migrate_server(address)


def test_the_migrations_make_the_tables_that_the_code_knows(address: Address) -> None:
    migrate_server(address)
    engine = create_engine(address.for_sqlalchemy, poolclass=NullPool)
    with engine.connect() as connection:
        ours = {"compare_type": True, "include_name": _is_ours}
        context = MigrationContext.configure(connection, opts=ours)
        assert compare_metadata(context, whole) == []


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether it is none of those that the server may keep to search lessons quicker."""
    return name != "lessons_found"


def test_an_older_database_is_brought_up_to_date(address: Address) -> None:
    engine = create_engine(address.for_sqlalchemy, poolclass=NullPool)
    with engine.begin() as connection:
        upgrade.run(connection, "0002")
    assert opening.examine(address) == "older"
    migrate_server(address)
    assert opening.examine(address) == "current"


def test_a_newer_database_is_refused(address: Address) -> None:
    migrate_server(address)
    run(address, b"UPDATE alembic_version SET version_num = '9999'")
    assert isinstance(refusal(address), NewerDatabase)


@pytest.mark.parametrize(
    "tables",
    [
        (b"CREATE TABLE songs (title TEXT)",),
        (
            b"CREATE TABLE alembic_version (version_num TEXT)",
            b"CREATE TABLE meta (key TEXT, value TEXT)",
        ),
    ],
)
def test_somebody_elses_database_is_refused(address: Address, tables: tuple[bytes, ...]) -> None:
    run(address, *tables)
    assert isinstance(refusal(address), ForeignDatabase)


def test_a_server_that_does_not_answer_is_named_without_the_password() -> None:
    address = Address.read("postgresql://candor:pa55@127.0.0.1:9/candor")
    assert "pa55" not in str(refusal(address))
    assert isinstance(refusal(address), Unreachable)


def test_a_database_that_is_not_there_is_said_so(postgres_server: str) -> None:
    with postgres.connected(postgres_server) as connection:
        info = connection.info
        nowhere = Address.read(f"postgresql://{info.user}:@/nowhere?host={info.host}")
    assert isinstance(refusal(nowhere), Unreachable)


def test_a_user_who_may_make_no_tables_is_told_so(address: Address, worker_id: str) -> None:
    user = f"reader_{worker_id}"
    with postgres.connected(address.for_libpq) as connection:
        name = sql.Identifier(user)
        connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(name))
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
        info = connection.info
        theirs = Address.read(f"postgresql://{user}:@/{info.dbname}?host={info.host}")
    assert isinstance(refusal(theirs), NotAllowed)
    with postgres.connected(address.for_libpq) as connection:
        connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(user)))


async def test_one_prepares_and_the_others_wait_or_say_so(address: Address) -> None:
    with postgres.connected(address.for_libpq) as connection, connection.transaction():
        opening.lock(connection, address, patience=timedelta(seconds=1))
        assert isinstance(await asyncio.to_thread(refusal, address), Busy)
        waiting = [asyncio.create_task(asyncio.to_thread(migrate_server, address)) for _ in "ab"]
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    assert opening.examine(address) == "current"


@pytest.mark.slow
def test_a_kill_in_the_middle_of_a_migration_leaves_the_database_as_it_was(
    address: Address,
) -> None:
    code = (
        "import os, sys; from sqlalchemy import event; from sqlalchemy.engine import Engine;"
        "from bot.store.postgres.address import Address;"
        "from bot.store.postgres.migrate import migrate_server;"
        "seen = [];"
        "event.listen(Engine, 'before_cursor_execute', lambda *a: (seen.append(1),"
        " os.kill(os.getpid(), 9) if len(seen) == 12 else None));"
        "migrate_server(Address.read(sys.argv[1]))"
    )
    done = subprocess.run([sys.executable, "-c", code, address.for_libpq], cwd=Path.cwd())
    assert done.returncode == -9
    assert opening.examine(address) == "new"
    migrate_server(address)


def test_an_installation_with_a_file_loads_nothing_of_a_server() -> None:
    code = (
        "import sys, bot.cli, bot.wiring, bot.store.sql, bot.wakers.embedded;"
        "sys.exit(any(m.split('.')[0] in ('psycopg', 'psycopg_pool', 'procrastinate')"
        " or m in ('bot.store.postgres.database', 'bot.store.postgres.opening') for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path.cwd()).returncode == 0
