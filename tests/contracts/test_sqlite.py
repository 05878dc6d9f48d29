"""What only the database can do wrong: locks, a log that is changed, times without a zone."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.dialects.sqlite.aiosqlite import dialect

from bot.core.words import CaseId, EventId
from bot.engine.errors import StoreUnavailable
from bot.store.sql import SqlStore
from bot.store.sqlite.connections import READERS
from bot.store.sqlite.migrate import migrate
from bot.store.tables import Instant
from tests.contracts.rows import AT, HERE, case, entry, filed

C1 = CaseId("c1")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database that is ready."""
    migrate(tmp_path / "candor.db", at=AT)
    return tmp_path / "candor.db"


@pytest.fixture
async def store(file: Path) -> AsyncIterator[SqlStore]:
    """A store that does not wait for others."""
    found = SqlStore(file, patience=timedelta(0))
    yield found
    await found.close()


async def test_a_locked_database_is_said_so_and_works_again_afterwards(
    store: SqlStore, file: Path
) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable):
            async with store.turn(HERE) as turn:
                await turn.take_in(EventId("e1"), AT)
        assert await store.case(HERE, C1) is None  # to read is still possible
        other.execute("ROLLBACK")
    async with store.turn(HERE) as turn:
        assert await turn.take_in(EventId("e1"), AT)


async def test_a_database_that_is_gone_is_said_so(tmp_path: Path) -> None:
    store = SqlStore(tmp_path / "nowhere" / "candor.db")
    with pytest.raises(StoreUnavailable) as caught:
        await store.case(HERE, C1)
    assert caught.value.text.zh != caught.value.text.en
    with pytest.raises(StoreUnavailable):
        await store.next_due()
    await store.close()


async def test_two_processes_write_in_turn(store: SqlStore, file: Path) -> None:
    other = SqlStore(file)
    async with store.turn(HERE) as turn:
        await turn.save(filed(case()), was=None)
    async with other.turn(HERE) as turn:
        await turn.log(entry("e1"))
    assert len(await store.entries(HERE, C1)) == 1
    await other.close()


@pytest.mark.parametrize("change", ["UPDATE log SET body = ''", "DELETE FROM log"])
async def test_the_log_takes_no_change(store: SqlStore, file: Path, change: str) -> None:
    async with store.turn(HERE) as turn:
        await turn.log(entry("e1"))
    with (
        closing(sqlite3.connect(file)) as other,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        other.execute(change)


async def test_a_commit_is_on_the_disk_and_readers_do_not_wait(store: SqlStore, file: Path) -> None:
    async with store.turn(HERE) as turn:
        await turn.save(filed(case()), was=None)
        assert await store.case(HERE, C1) is None
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert other.execute("SELECT version FROM cases").fetchone() == (1,)


async def test_a_time_without_a_zone_is_refused(store: SqlStore) -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        async with store.turn(HERE) as turn:
            await turn.take_in(EventId("e1"), datetime(2026, 1, 1))  # noqa: DTZ001


async def test_an_error_shows_nothing_that_was_bound(store: SqlStore) -> None:
    with pytest.raises(ValueError, match="zone") as caught:
        async with store.turn(HERE) as turn:
            await turn.take_in(EventId("secret words"), datetime(2026, 1, 1))  # noqa: DTZ001
    assert "secret words" not in str(caught.value)


async def test_a_stored_case_that_does_not_fit_names_the_place_and_not_the_words(
    store: SqlStore, file: Path
) -> None:
    async with store.turn(HERE) as turn:
        await turn.save(filed(case()), was=None)
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("""UPDATE cases SET body = '{"owner": "secret words"}'""")
    with pytest.raises(ValueError, match="playbook") as caught:
        await store.case(HERE, C1)
    assert "secret words" not in str(caught.value)


async def test_any_number_of_reads_at_once_opens_few_connections(
    store: SqlStore,
) -> None:
    before = threading.active_count()  # each connection has a thread
    found = await asyncio.gather(*(store.case(HERE, C1) for _ in range(200)))
    assert found == [None] * 200
    assert threading.active_count() - before <= READERS


@pytest.mark.parametrize(
    "at",
    [
        AT,
        AT.replace(microsecond=0),
        AT.replace(year=987),
        AT.astimezone(timezone(timedelta(hours=-8, minutes=-30))),
    ],
)
async def test_instants_stand_in_the_file_as_sqlalchemy_writes_them(
    store: SqlStore, file: Path, at: datetime
) -> None:
    async with store.turn(HERE) as turn:
        await turn.take_in(EventId("e1"), at)
    turned = Instant().dialect_impl(dialect()).bind_processor(dialect())
    assert turned is not None
    with closing(sqlite3.connect(file)) as kept:
        assert kept.execute("SELECT at FROM inbox").fetchall() == [(turned(at),)]
