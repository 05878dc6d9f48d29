"""A SQLite installation moves to a server: every row, resumable, and conversations go on."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.case import Case
from bot.core.desk import Person
from bot.core.lessons.lesson import Lesson
from bot.core.words import EventId
from bot.engine.errors import Differs, Locked, Moved, Occupied, StoreUnavailable
from bot.engine.ports import Entry, Parcel, Ping
from bot.store.postgres.address import Address
from bot.store.postgres.moving import TABLES, move
from bot.store.postgres.shared import SharedStore
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from bot.store.sqlite.opening import examine
from tests import postgres
from tests.acceptance.script import (
    AT,
    FIRST,
    SECOND,
    TENANT,
    Counted,
    deliver_to,
    house,
    inbounds,
)
from tests.contracts.rows import ANNA, HERE, MINUTE, case, entry, filed, letter


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database that is ready."""
    migrate(tmp_path / "candor.db", at=AT)
    return tmp_path / "candor.db"


def silent(table: str, done: int, whole: int) -> None:
    """Nobody watches."""


async def fill(file: Path, *, cases: int = 3) -> None:
    """Something in most tables, with a text that PostgreSQL cannot hold."""
    store = SqlStore(file)
    async with store.turn(HERE) as turn:
        await turn.save_person(Person(ANNA, HERE, language="zh"))
        await turn.keep_lesson(Lesson("l1", "en", "A casting is late", "Ask the foundry"))
        for n in range(cases):
            await turn.take_in(EventId(f"e{n}"), AT)
            await turn.save(filed(case(f"c{n}", customer=f"Acme\0 {n} 阿波罗")), was=None)
            await turn.log(replace(entry(f"e{n}", case=f"c{n}"), chained=True))
            await turn.put([letter(f"o{n}", "live:1", of=f"c{n}")])
            await turn.set_ping(Ping(HERE, case(f"c{n}").id, "nudge", AT))
    await store.close()


def change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


async def end(store: SqlStore) -> list[tuple[Case, tuple[Parcel, ...], tuple[Entry, ...]]]:
    """The cases, what is said for them, and their logs."""
    found = []
    for id_ in (FIRST, SECOND):
        filed = await store.case(TENANT, id_)
        assert filed is not None
        parcels = await store.parcels(TENANT, id_)
        found.append((filed.case, parcels, await store.entries(TENANT, id_)))
    return found


async def play(store: SqlStore, part: slice) -> None:
    """A part of the conversation."""
    ids = Counted()
    home = house(store, ids)
    for inbound in inbounds()[part]:
        assert not (await deliver_to(home, ids, inbound)).fault


async def test_an_open_conversation_goes_on_where_it_was(
    file: Path, tmp_path: Path, postgres_database: Address
) -> None:
    migrate(tmp_path / "whole.db", at=AT)
    whole, before = SqlStore(tmp_path / "whole.db"), SqlStore(file)
    await play(whole, slice(None))
    await play(before, slice(0, 6))
    await before.close()
    copied = move(file, postgres_database, silent)
    after = SharedStore(postgres_database)
    await play(after, slice(6, None))
    assert await end(after) == await end(whole)
    rows = {each.table: each.rows for each in copied}
    assert (rows["cases"], rows["inbox"]) == (1, 6)
    for store in (whole, after):
        await store.close()


async def test_every_table_is_compared_row_by_row(file: Path, postgres_database: Address) -> None:
    await fill(file)
    seen: list[tuple[str, int, int]] = []

    def tell(table: str, done: int, whole: int) -> None:
        seen.append((table, done, whole))

    copied = move(file, postgres_database, tell)
    assert [each.table for each in copied] == [table.name for table in TABLES]
    assert ("cases", 3, 3) in seen
    store = SharedStore(postgres_database)
    async with store.turn(HERE) as turn:  # new rows are numbered after those that came
        await turn.log(entry("e9", case="c1"))
        await turn.put([letter("o9", "live:2", of="c1")])
        assert [lesson.id for lesson in await turn.lessons("foundry")] == ["l1"]
    await store.close()


async def test_a_move_that_was_cut_goes_on_and_takes_up_what_changed_since(
    file: Path, postgres_database: Address
) -> None:
    await fill(file)

    class Cut(Exception):
        """The line, or the process."""

    def tell(table: str, done: int, whole: int) -> None:
        if table == "pings" and done:
            raise Cut

    with pytest.raises(Cut):
        move(file, postgres_database, tell)
    assert examine(file) == "current"  # still in charge
    change(file, "UPDATE people SET body = replace(body, 'zh', 'en')")
    change(file, "DELETE FROM pings WHERE case_id = 'c0'")
    for table, name in (("outbox", "case_id"), ("cases", "id")):
        change(file, f"DELETE FROM {table} WHERE {name} = 'c0'")
    change(file, "DELETE FROM inbox WHERE id = 'e0'")
    copied = {each.table: each.rows for each in move(file, postgres_database, silent)}
    assert (copied["pings"], copied["inbox"], copied["people"]) == (2, 2, 1)


async def test_where_the_log_was_trimmed_since_a_move_that_was_cut_it_begins_anew_elsewhere(
    file: Path, postgres_database: Address
) -> None:
    class Cut(Exception):
        """The line is cut after the log."""

    def cut(table: str, done: int, whole: int) -> None:
        if table == "log" and done == whole:
            raise Cut

    await fill(file)
    store = SqlStore(file)
    async with store.turn(HERE) as turn:
        await turn.log(entry("typed"))
    with pytest.raises(Cut):
        move(file, postgres_database, cut)
    assert await store.upkeep.trim(AT + MINUTE, limit=10) == 1
    await store.close()
    with pytest.raises(Differs, match="log"):
        move(file, postgres_database, silent)
    assert examine(file) == "current"


async def test_after_the_move_nobody_writes_to_the_file(
    file: Path, postgres_database: Address
) -> None:
    await fill(file)
    running = SqlStore(file)
    move(file, postgres_database, silent)
    with pytest.raises(StoreUnavailable):
        async with running.turn(HERE) as turn:
            await turn.take_in(EventId("late"), AT)
    with pytest.raises(StoreUnavailable):
        await running.claim(AT, AT)
    await running.close()
    with pytest.raises(Moved, match="candor_test"):
        examine(file)


async def test_a_row_that_differs_keeps_the_file_in_charge(
    file: Path, postgres_database: Address
) -> None:
    await fill(file)

    def tell(table: str, done: int, whole: int) -> None:
        if table == "people" and done:
            with postgres.connected(postgres_database.for_libpq) as connection:
                connection.execute("UPDATE people SET body = '{}'")

    with pytest.raises(Differs, match="people"):
        move(file, postgres_database, tell)
    assert examine(file) == "current"


async def test_a_database_with_other_cases_is_left_alone(
    file: Path, postgres_database: Address
) -> None:
    store = SharedStore(postgres_database)
    async with store.turn(HERE) as turn:
        await turn.save(filed(case()), was=None)
    await store.close()
    await fill(file)
    with pytest.raises(Occupied):
        move(file, postgres_database, silent)
    assert examine(file) == "current"


async def test_a_file_that_somebody_writes_to_is_not_moved(
    file: Path, postgres_database: Address
) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked):
            move(file, postgres_database, silent)
