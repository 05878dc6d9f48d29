"""Turns that wait for one another share a commit, and nothing else."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from bot.core.words import CaseId, EventId
from bot.engine.ports import Ping
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from bot.store.sqlite.onetrip import Openings
from bot.store.sqlite.together import TOGETHER
from tests.contracts.rows import AT, HERE, driver


class Broken(Exception):
    """What goes wrong in a turn."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database that is ready."""
    migrate(tmp_path / "candor.db", at=AT)
    return tmp_path / "candor.db"


@pytest.fixture
async def store(file: Path) -> AsyncIterator[SqlStore]:
    """A store on it."""
    found = SqlStore(file)
    yield found
    await found.close()


async def note(store: SqlStore, number: int, *, fails: bool = False) -> None:
    """A turn that takes something in, and may then break."""
    async with store.turn(HERE) as turn:
        await turn.take_in(EventId(f"e{number}"), AT)
        await asyncio.sleep(0)  # so that the others arrive meanwhile
        if fails:
            raise Broken


def noted(file: Path) -> set[str]:
    """What another process sees."""
    with closing(sqlite3.connect(file)) as other:
        return {id_ for (id_,) in other.execute("SELECT id FROM inbox")}


async def test_turns_that_come_at_once_are_committed_together(store: SqlStore, file: Path) -> None:
    async with store.turn(HERE) as turn:
        connection = driver(turn)
    statements: list[str] = []
    connection._conn.set_trace_callback(statements.append)
    await asyncio.gather(*(note(store, n) for n in range(4 * TOGETHER)))
    assert noted(file) == {f"e{n}" for n in range(4 * TOGETHER)}
    assert statements.count("COMMIT") == 4


async def test_a_turn_that_fails_takes_nothing_of_the_others_with_it(
    store: SqlStore, file: Path
) -> None:
    turns = [note(store, n, fails=n % 3 == 1) for n in range(12)]
    ended = await asyncio.gather(*turns, return_exceptions=True)
    assert [type(e) for e in ended] == [Broken if n % 3 == 1 else type(None) for n in range(12)]
    assert noted(file) == {f"e{n}" for n in range(12) if n % 3 != 1}


async def test_nobody_goes_on_before_the_commit(store: SqlStore, file: Path) -> None:
    async def noted_at_the_end(number: int) -> set[str]:
        await note(store, number)
        return noted(file)

    seen = await asyncio.gather(*(noted_at_the_end(n) for n in range(8)))
    assert all(f"e{n}" in found for n, found in enumerate(seen))


async def test_one_that_gives_up_waiting_strands_nobody(store: SqlStore, file: Path) -> None:
    first, second = (asyncio.create_task(note(store, n)) for n in range(2))
    await asyncio.sleep(0)
    while not second.done():  # it is the only one that waits, and gives up at any moment
        second.cancel()
        await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await first
    await note(store, 2)
    assert noted(file) == {"e0", "e2"}


async def test_one_that_gives_up_waiting_for_the_commit_is_committed_all_the_same(
    store: SqlStore, file: Path
) -> None:
    turns = [asyncio.create_task(note(store, n)) for n in range(3)]
    while not turns[2].done():
        await asyncio.sleep(0)
        turns[0].cancel()
    await asyncio.gather(*turns, return_exceptions=True)
    await store.close()
    assert {"e1", "e2"} <= noted(file)


async def test_where_the_commit_fails_it_fails_for_all_and_keeps_nothing(
    store: SqlStore, file: Path
) -> None:
    async def promise_to_nobody() -> None:
        async with store.turn(HERE) as turn:
            await driver(turn).run("PRAGMA defer_foreign_keys = ON")
            await turn.set_ping(Ping(HERE, CaseId("nobody's"), "nudge", AT))

    ended = await asyncio.gather(
        note(store, 1), promise_to_nobody(), note(store, 2), return_exceptions=True
    )
    assert {type(each) for each in ended} == {IntegrityError}
    assert noted(file) == set()
    await note(store, 1)
    assert noted(file) == {"e1"}


async def test_a_connection_that_nobody_waits_for_any_more_is_the_next_ones_and_is_closed(
    file: Path,
) -> None:
    before = set(threading.enumerate())
    openings = Openings(file, timedelta(seconds=5))
    first = asyncio.create_task(openings.one())
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    found = await openings.one()
    assert set(threading.enumerate()) - before == {found._thread}
    left = asyncio.create_task(openings.one())
    await asyncio.sleep(0)
    left.cancel()
    with pytest.raises(asyncio.CancelledError):
        await left
    await openings.close()
    await found.close()
    for each in set(threading.enumerate()) - before:
        each.join(5)
        assert not each.is_alive()
