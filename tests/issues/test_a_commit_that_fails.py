"""A commit that fails leaves no open transaction for whoever writes next."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from bot.core.words import CaseId, EventId
from bot.engine.ports import Ping
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.contracts.rows import AT, HERE, driver


async def promise_to_nobody(store: SqlStore) -> None:
    """A turn of which only the commit finds that it cannot be."""
    async with store.turn(HERE) as turn:
        await turn.take_in(EventId("e1"), AT)
        await driver(turn).run("PRAGMA defer_foreign_keys = ON")
        await turn.set_ping(Ping(HERE, CaseId("nobody's"), "nudge", AT))


async def test_the_next_turn_begins_afresh(tmp_path: Path) -> None:
    migrate(tmp_path / "candor.db", at=AT)
    store = SqlStore(tmp_path / "candor.db")
    with pytest.raises(IntegrityError):
        await promise_to_nobody(store)
    async with store.turn(HERE) as turn:
        assert await turn.take_in(EventId("e1"), AT)  # the first one left nothing behind
    with closing(sqlite3.connect(tmp_path / "candor.db")) as other:
        assert other.execute("SELECT count(*) FROM inbox").fetchone() == (1,)
    await store.close()
