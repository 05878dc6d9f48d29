"""A turn that is cancelled while it takes the right to write leaves no lock behind."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.words import EventId
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.contracts.rows import AT, HERE, driver


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database that is ready."""
    migrate(tmp_path / "candor.db", at=AT)
    return tmp_path / "candor.db"


@pytest.fixture
async def store(file: Path) -> AsyncIterator[SqlStore]:
    """A store on it."""
    found = SqlStore(file, patience=timedelta(seconds=2))
    yield found
    await found.close()


async def note(store: SqlStore, id_: str) -> None:
    """A turn that takes something in."""
    async with store.turn(HERE) as turn:
        await turn.take_in(EventId(id_), AT)


async def test_one_cancelled_while_another_process_writes_keeps_nothing_open(
    store: SqlStore, file: Path
) -> None:
    await note(store, "before")
    with closing(sqlite3.connect(file, isolation_level=None, timeout=2)) as other:
        other.execute("BEGIN IMMEDIATE")
        given_up = asyncio.create_task(note(store, "given up"))
        await asyncio.sleep(0.05)  # it waits in the driver's thread for the other process
        given_up.cancel()
        await asyncio.sleep(0.05)  # the other process still holds the file when it gives up
        other.execute("COMMIT")
        await asyncio.gather(given_up, return_exceptions=True)
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    await note(store, "after")


async def test_one_cancelled_at_any_moment_of_its_beginning_strands_nobody(
    store: SqlStore, file: Path
) -> None:
    for number in range(300):
        given_up = asyncio.create_task(note(store, f"given up {number}"))
        for _ in range(number % 6):
            await asyncio.sleep(0)
        given_up.cancel()
        async with asyncio.timeout(5):
            await asyncio.gather(given_up, return_exceptions=True)
            await note(store, f"after {number}")
    with closing(sqlite3.connect(file)) as other:
        kept = {id_ for (id_,) in other.execute("SELECT id FROM inbox")}
    assert {f"after {number}" for number in range(300)} <= kept


async def fail_where_nothing_can_be_undone(store: SqlStore) -> None:
    """A turn whose savepoint is gone by the time it fails."""
    async with store.turn(HERE) as turn:
        await driver(turn).run("ROLLBACK")
        await driver(turn).run("BEGIN IMMEDIATE")
        raise LookupError("its own")


async def test_a_turn_that_cannot_be_undone_locks_nobody_out(store: SqlStore) -> None:
    with pytest.raises(LookupError, match="its own"):
        await fail_where_nothing_can_be_undone(store)
    async with asyncio.timeout(5):
        await note(store, "after")
