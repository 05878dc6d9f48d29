"""What a connection to a server keeps to: large values, values that are no text, trips that are broken off."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import (
    ARRAY,
    DateTime,
    Integer,
    Interval,
    Text,
    bindparam,
    cast,
    column,
    func,
    literal,
    select,
    table,
)

from bot.engine.errors import StoreUnavailable
from bot.store.postgres import wire, wires
from bot.store.postgres.address import Address
from bot.store.postgres.bell import Bell
from bot.store.postgres.database import PostgresDatabase
from bot.store.postgres.scribe import Scribe
from bot.store.postgres.wire import Failed, Sent
from bot.store.postgres.wires import Wires
from tests import postgres
from tests.contracts.rows import AT

_ECHO = select(cast(bindparam("given"), Text))
_SLEEP = select(func.pg_sleep(3))


@pytest.fixture
async def pool(postgres_database: Address) -> AsyncIterator[Wires]:
    found = Wires(postgres_database.for_libpq)
    yield found
    await found.close()


async def asked(pool: Wires, statement: Any, **values: object) -> Any:
    """What one statement answers."""
    async with pool.one() as taken:
        return await Scribe(pool, taken).value(statement, **values)


async def test_values_of_several_megabytes_go_and_come_whole(pool: Wires) -> None:
    words = "延期 delay " * 500_000
    assert await asked(pool, _ECHO, given=words) == words


async def test_words_of_an_array_are_taken_as_they_are(pool: Wires) -> None:
    words = ["plain", 'with "quotes"', "back\\slash", "comma, {brace}", "NULL", "", "交付"]
    joined = select(func.array_to_string(bindparam("given", type_=ARRAY(Text)), "|"))
    assert await asked(pool, joined, given=words) == "|".join(words)


async def test_a_length_of_time_is_exact(pool: Wires) -> None:
    length = timedelta(days=40, seconds=3, microseconds=7)
    instant = cast(bindparam("at"), DateTime(timezone=True))
    later = select(instant + bindparam("given", type_=Interval))
    assert await asked(pool, later, at=AT, given=length) == AT + length


async def test_a_value_that_postgresql_cannot_keep_is_refused_before_it_travels(
    pool: Wires,
) -> None:
    with pytest.raises(ValueError, match="NUL"):
        await asked(pool, _ECHO, given="cut\0off")
    assert await asked(pool, _ECHO, given="whole") == "whole"


async def test_what_fails_undoes_its_trip_and_the_connection_goes_on(pool: Wires) -> None:
    async with pool.one() as taken:
        make = Sent(b"CREATE TEMPORARY TABLE never (n int)")
        with pytest.raises(Failed):
            await taken.wire.trip([make, Sent(b"SELECT 1 / 0"), Sent(b"SELECT 1")])
        assert taken.wire.is_idle
        found = await Scribe(pool, taken).value(select(func.to_regclass("never")))
    assert found is None


async def test_a_connection_whose_trip_was_broken_off_is_never_used_again(pool: Wires) -> None:
    async with pool.one() as taken:
        first = taken.wire
        asking = asyncio.create_task(first.trip([Sent(b"SELECT pg_sleep(30)")]))
        await asyncio.sleep(0)
        asking.cancel()
        with suppress(asyncio.CancelledError):
            await asking
        assert not first.is_idle
    async with pool.one() as taken:
        assert taken.wire is not first


async def test_a_connection_that_the_server_ended_while_it_was_free_is_not_handed_out(
    pool: Wires, postgres_database: Address
) -> None:
    async with pool.one() as taken:
        first = taken.wire
    with postgres.connected(postgres_database.for_libpq) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'candor'"
        )
    with pytest.raises((psycopg.OperationalError, Failed)):
        await first.trip([Sent(b"SELECT 1")])
    async with pool.one() as taken:
        assert taken.wire is not first
        assert await Scribe(pool, taken).value(_ECHO, given="here") == "here"


_CHANGING = select(column("n", Integer)).select_from(table("changing"))


@pytest.fixture
def changing(postgres_database: Address) -> Iterator[postgres.Connection]:
    """A connection beside ours, and a table whose column is about to change, as in a migration."""
    with postgres.connected(postgres_database.for_libpq) as connection:
        connection.execute("CREATE TABLE changing (n int)")
        connection.execute("INSERT INTO changing VALUES (7)")
        yield connection
        connection.execute("DROP TABLE changing")


async def test_a_table_that_a_migration_has_changed_is_read_as_it_is_now(
    pool: Wires, changing: postgres.Connection
) -> None:
    assert await asked(pool, _CHANGING) == 7
    changing.execute("ALTER TABLE changing ALTER n TYPE bigint")
    assert await asked(pool, _CHANGING) == 7


async def test_a_turn_that_meets_such_a_table_is_undone_and_the_next_one_goes_through(
    postgres_database: Address, changing: postgres.Connection
) -> None:
    database = PostgresDatabase(postgres_database)

    async def turn() -> object:
        async with database.writing() as scribe:
            await scribe.value(_ECHO, given="first")
            return await scribe.value(_CHANGING)

    assert await turn() == 7
    changing.execute("ALTER TABLE changing ALTER n TYPE bigint")
    with pytest.raises(StoreUnavailable):
        await turn()
    assert await turn() == 7
    await database.close()


async def test_what_somebody_has_let_the_server_forget_is_prepared_again(pool: Wires) -> None:
    assert await asked(pool, _ECHO, given="before") == "before"
    async with pool.one() as taken:
        await taken.wire.trip([Sent(b"DEALLOCATE ALL")])
    assert await asked(pool, _ECHO, given="after") == "after"


async def test_a_name_stands_for_the_same_statement_on_every_connection(pool: Wires) -> None:
    first, second = Sent(b"SELECT 'first'"), Sent(b"SELECT 'second'")
    known = Sent(b"SELECT name FROM pg_prepared_statements WHERE statement LIKE 'SELECT _first_'")
    names = []
    async with pool.one() as one, pool.one() as other:
        for taken, order in ((one, (first, second)), (other, (second, first))):
            await taken.wire.trip(order)
            (answer,) = await taken.wire.trip([known])
            names.append(answer.get_value(0, 0))
    assert names[0] is not None
    assert names[0] == names[1]


async def test_a_server_that_never_answers_is_given_up(
    postgres_database: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = PostgresDatabase(postgres_database)
    limitless = select(func.set_config("statement_timeout", "0", literal(value=False)))
    await database.read(lambda scribe: scribe.value(limitless))
    monkeypatch.setattr(wire, "LONGEST", timedelta(milliseconds=100))
    with pytest.raises(StoreUnavailable):
        await database.read(lambda scribe: scribe.value(_SLEEP))
    monkeypatch.undo()
    assert await database.read(lambda scribe: scribe.value(_ECHO, given="here")) == "here"
    await database.close()


async def test_a_statement_that_takes_too_long_is_ended_by_the_server(
    postgres_database: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wires, "LONGEST", timedelta(milliseconds=100))
    database = PostgresDatabase(postgres_database)
    with pytest.raises(StoreUnavailable):
        await database.read(lambda scribe: scribe.value(_SLEEP))
    await database.close()


async def test_a_server_that_is_away_takes_no_place_for_good(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wires, "PATIENCE", timedelta(seconds=1))
    nowhere = Wires("postgresql://candor@127.0.0.1:9/candor")
    for _ in range(wires.CONNECTIONS + 1):
        with pytest.raises(psycopg.OperationalError):
            await nowhere.take()


async def test_who_finds_none_free_for_too_long_is_told_so(
    pool: Wires, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wires, "PATIENCE", timedelta(milliseconds=1))
    taken = [await pool.take() for _ in range(wires.CONNECTIONS)]
    with pytest.raises(StoreUnavailable):
        await pool.take()
    for each in taken:
        await pool.give_back(each)


async def test_telling_workers_leaves_every_other_commit_waiting_for_the_disk(
    postgres_database: Address,
) -> None:
    database = PostgresDatabase(postgres_database)
    waits = select(func.set_config("synchronous_commit", "on", literal(value=False)))
    setting = select(func.current_setting("synchronous_commit"))
    await database.read(lambda scribe: scribe.value(waits))
    bell = Bell(database)
    bell.ring()
    await bell.close()
    assert await database.read(lambda scribe: scribe.value(setting)) == "on"
    await database.close()
