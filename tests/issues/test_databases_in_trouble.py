"""A locked, a damaged and a cut-off database each get their own true sentence."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.words import CaseId, PersonId
from bot.engine.errors import BrokenDatabase, Locked
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from bot.store.sqlite.opening import backups, examine
from tests.contracts.rows import AT, HERE, case, filed

PAGE = 4096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    migrate(tmp_path / "candor.db", at=AT)
    return tmp_path / "candor.db"


def damage(file: Path) -> None:
    """Ruin all pages but the first, on which SQLite finds the tables' names."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as opened:
        pages = file.stat().st_size // PAGE
        opened.seek(6 * PAGE)
        opened.write(b"\xff" * (pages - 6) * PAGE)


def test_a_locked_database_is_not_called_unwritable(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Locked) as caught:
            examine(file, patience=0)
    assert "in use" in caught.value.text.en
    assert "占用" in caught.value.text.zh


def test_pages_damaged_in_the_middle_are_found_at_the_start(file: Path) -> None:
    damage(file)
    with pytest.raises(BrokenDatabase):
        examine(file)


async def test_pages_that_become_damaged_are_told_by_the_store(file: Path) -> None:
    damage(file)
    store = SqlStore(file, patience=timedelta(0))
    with pytest.raises(BrokenDatabase):
        await store.person(HERE, PersonId("anna"))
    with pytest.raises(BrokenDatabase):
        async with store.turn(HERE) as turn:
            await turn.save(filed(case()), was=None)
    with pytest.raises(BrokenDatabase):
        await store.entries(HERE, CaseId("c1"))
    await store.close()


def test_copies_are_named_only_when_there_are_some(file: Path) -> None:
    damage(file)
    with pytest.raises(BrokenDatabase) as without:
        examine(file)
    backups(file).mkdir()
    (backups(file) / "candor-20261123T093000Z.db").touch()
    with pytest.raises(BrokenDatabase) as with_one:
        examine(file)
    assert str(backups(file)) not in without.value.text.en + without.value.text.zh
    assert str(backups(file)) in with_one.value.text.en
    assert str(backups(file)) in with_one.value.text.zh
