"""A copy of the database in a file, made while it is at work; and a copy put back."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.engine.errors import (
    BrokenDatabase,
    BrokenRecord,
    ForeignDatabase,
    InUse,
    NewerDatabase,
)
from bot.operating import copies
from bot.settings import Settings
from bot.store.sql import SqlStore
from bot.store.sqlite import migrate as migrating
from bot.store.sqlite.migrate import migrate
from tests.approval.scene import CASE, HERE
from tests.approval.test_record import broken, told
from tests.contracts.rows import AT, case, filed

TAMPER = "UPDATE log SET body = replace(body, 'week', 'year') WHERE link IS NOT NULL"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of a server whose data is in a folder of the test."""
    return Settings(data=tmp_path / "data")


def file_of(settings: Settings) -> Path:
    return settings.data / "candor.db"


def hidden(folder: Path) -> list[str]:
    """What was left behind on the way."""
    return [found.name for found in folder.glob(".copy*")]


def cases(file: Path) -> int:
    """How many cases a database holds, asked without our own code."""
    with closing(sqlite3.connect(file)) as database:
        (count,) = database.execute("SELECT count(*) FROM cases").fetchone()
    return int(count)


async def filled(file: Path, number: int, *, first: int = 0) -> SqlStore:
    """So many cases, each in a turn of its own; the store stays open."""
    file.parent.mkdir(exist_ok=True)
    migrate(file, at=AT)
    store = SqlStore(file)
    for n in range(first, first + number):
        async with store.turn(HERE) as turn:
            await turn.save(filed(case(f"c{n}")), was=None)
    return store


async def test_a_copy_made_between_turns_holds_every_turn_of_before(
    settings: Settings, tmp_path: Path
) -> None:
    store = await filled(file_of(settings), 30)

    async def go_on() -> None:
        for n in range(30, 90):
            async with store.turn(HERE) as turn:
                await turn.save(filed(case(f"c{n}")), was=None)

    going = asyncio.create_task(go_on())
    checked = await asyncio.to_thread(copies.backed_up, settings, tmp_path / "copy.db")
    await going
    await store.close()

    assert checked.faults == ()
    assert 30 <= cases(tmp_path / "copy.db") <= 90
    assert cases(file_of(settings)) == 90
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    assert hidden(tmp_path) == []


async def test_a_copy_that_is_put_back_brings_back_that_day(
    settings: Settings, tmp_path: Path
) -> None:
    await (await filled(file_of(settings), 3)).close()
    await asyncio.to_thread(copies.backed_up, settings, tmp_path / "copy.db")
    await (await filled(file_of(settings), 2, first=3)).close()

    _, kept = await asyncio.to_thread(copies.restored, settings, tmp_path / "copy.db", anyway=False)

    assert cases(file_of(settings)) == 3
    assert kept is not None
    assert cases(kept) == 5


async def test_nothing_is_put_back_under_a_server_at_work(
    settings: Settings, tmp_path: Path
) -> None:
    await (await filled(file_of(settings), 1)).close()
    await asyncio.to_thread(copies.backed_up, settings, tmp_path / "copy.db")
    store = await filled(file_of(settings), 1, first=1)  # open, and idle
    with pytest.raises(InUse, match="stop candor serve first"):
        await asyncio.to_thread(copies.restored, settings, tmp_path / "copy.db", anyway=False)
    assert await store.case(HERE, case("c1").id) is not None
    await store.close()
    assert cases(file_of(settings)) == 2


async def test_a_damaged_database_is_moved_aside_for_its_copy(
    settings: Settings, tmp_path: Path
) -> None:
    await (await filled(file_of(settings), 3)).close()
    await asyncio.to_thread(copies.backed_up, settings, tmp_path / "copy.db")
    file_of(settings).write_bytes(b"SQLite format 3\x00" + b"torn" * 4000)

    _, kept = await asyncio.to_thread(copies.restored, settings, tmp_path / "copy.db", anyway=False)

    assert cases(file_of(settings)) == 3
    assert kept is not None
    assert kept.read_bytes().endswith(b"torn")


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", NewerDatabase),
        ("UPDATE meta SET value = 'other' WHERE key = 'product'", ForeignDatabase),
    ],
)
async def test_a_copy_of_a_newer_release_or_of_something_else_is_refused(
    settings: Settings, tmp_path: Path, spoil: str, error: type[Exception]
) -> None:
    await (await filled(file_of(settings), 2)).close()
    await asyncio.to_thread(copies.backed_up, settings, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as database:
        database.execute(spoil)
        database.commit()
    with pytest.raises(error, match=r"copy\.db"):
        await asyncio.to_thread(copies.restored, settings, tmp_path / "copy.db", anyway=False)
    assert cases(file_of(settings)) == 2


async def test_a_copy_that_is_cut_off_is_refused(settings: Settings, tmp_path: Path) -> None:
    await (await filled(file_of(settings), 200)).close()
    await asyncio.to_thread(copies.backed_up, settings, tmp_path / "copy.db")
    whole = (tmp_path / "copy.db").read_bytes()
    (tmp_path / "copy.db").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BrokenDatabase):
        await asyncio.to_thread(copies.restored, settings, tmp_path / "copy.db", anyway=False)
    assert cases(file_of(settings)) == 200


async def test_a_copy_whose_record_was_changed_needs_a_persons_word(
    settings: Settings, tmp_path: Path
) -> None:
    settings.data.mkdir()
    await told(file_of(settings), times=1)
    checked = await asyncio.to_thread(copies.backed_up, settings, tmp_path / "copy.db")
    assert (checked.records, checked.faults) == (1, ())
    broken(tmp_path / "copy.db", TAMPER)

    with pytest.raises(BrokenRecord, match=f"case {CASE}: link 1 .*--anyway"):
        await asyncio.to_thread(copies.restored, settings, tmp_path / "copy.db", anyway=False)
    checked, _ = await asyncio.to_thread(
        copies.restored, settings, tmp_path / "copy.db", anyway=True
    )
    assert len(checked.faults) == 1


def test_a_copy_of_an_older_release_comes_up_to_date(settings: Settings, tmp_path: Path) -> None:
    migrating.upgrade(tmp_path / "old.db", "0001")
    checked, kept = copies.restored(settings, tmp_path / "old.db", anyway=False)
    assert (checked.records, kept) == (0, None)
    assert migrate(file_of(settings), at=AT) is None  # nothing is left to do


def test_the_commands_end_in_one_sentence(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOR_DATA", str(settings.data))
    candor = CliRunner()
    nothing = candor.invoke(app, ["backup", str(tmp_path / "copy.db")])
    settings.data.mkdir()
    migrate(file_of(settings), at=AT)
    made = candor.invoke(app, ["backup", str(tmp_path / "copy.db")])
    twice = candor.invoke(app, ["backup", str(tmp_path / "copy.db")])
    back = candor.invoke(app, ["restore", str(tmp_path / "copy.db")])
    nowhere = candor.invoke(app, ["restore", str(tmp_path / "nowhere.db")])
    assert [r.exit_code for r in (nothing, made, twice, back, nowhere)] == [2, 0, 2, 0, 2]
    assert "nothing to copy" in nothing.output
    assert "is there already" in twice.output
    assert "What was there before is in" in back.output
    assert "check its name" in nowhere.output
