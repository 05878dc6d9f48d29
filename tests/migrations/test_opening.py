"""A database that is new, old, newer, foreign, cut off or not writable, when the house starts."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from bot.core.sharing.viewers import Sharing
from bot.core.words import PersonId
from bot.engine.errors import (
    BrokenDatabase,
    Busy,
    FolderUnwritable,
    ForeignDatabase,
    NewerDatabase,
    Unopenable,
)
from bot.engine.ports import Filed
from bot.store import codec, upgrade
from bot.store.partial import whole
from bot.store.revisions import REVISIONS
from bot.store.sql import SqlStore
from bot.store.sqlite import migrate as migrating
from bot.store.sqlite.migrate import migrate
from bot.store.sqlite.opening import backups, examine, locked
from tests.contracts.rows import AT, DIRECT, HERE, full_case


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database shall be."""
    return tmp_path / "var" / "candor.db"


@contextmanager
def sqlite(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file)) as connection, connection:
        yield connection


def refusal(file: Path) -> Unopenable:
    """The one sentence that a start on this file gets; the file stays as it was."""
    before = file.read_bytes()
    with pytest.raises(Unopenable) as caught:
        migrate(file, at=AT)
    assert file.read_bytes() == before
    text = caught.value.text
    assert str(file) in text.en
    assert str(file) in text.zh
    assert "{" not in text.en + text.zh
    return caught.value


def test_a_new_database_is_made_with_its_folder_and_needs_no_copy(file: Path) -> None:
    assert examine(file) == "new"
    assert migrate(file, at=AT) is None
    assert examine(file) == "current"
    assert not backups(file).exists()


def test_an_empty_file_and_a_database_without_tables_count_as_new(file: Path) -> None:
    file.parent.mkdir()
    file.touch()
    assert examine(file) == "new"
    with sqlite(file) as connection:
        connection.execute("PRAGMA user_version = 3")
    assert file.stat().st_size > 0
    assert migrate(file, at=AT) is None
    assert examine(file) == "current"


def test_a_second_start_changes_nothing(file: Path) -> None:
    migrate(file, at=AT)
    before = file.read_bytes()
    assert migrate(file, at=AT) is None
    assert file.read_bytes() == before


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a table is one that is written by hand, and not an index that SQLite keeps."""
    return kind != "table" or not (name or "").startswith("lessons_found")


_OPTIONS = {"compare_type": True, "include_name": _is_ours}


def test_the_migrations_make_the_tables_that_the_code_knows(file: Path) -> None:
    migrate(file, at=AT)
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=_OPTIONS)
        assert compare_metadata(context, whole) == []
    engine.dispose()


def test_every_migration_is_known_at_the_start_in_order() -> None:
    config = Config()
    folder = Path(upgrade.__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder))
    scripts = ScriptDirectory.from_config(config)
    assert tuple(s.revision for s in reversed(list(scripts.walk_revisions()))) == REVISIONS
    assert scripts.get_heads() == [REVISIONS[-1]]


def test_an_older_database_is_copied_whole_and_then_migrated(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(file, at=AT)
    with sqlite(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    monkeypatch.setattr("bot.store.sqlite.opening.REVISIONS", ("0000", *REVISIONS))
    assert examine(file) == "older"
    ran: list[str] = []
    monkeypatch.setattr(migrating, "upgrade", lambda _file, revision: ran.append(revision))
    copy = migrate(file, at=AT)
    assert copy == file.parent / "backups" / "candor-20261123T093000Z.db"
    assert ran == [REVISIONS[-1]]
    with sqlite(copy) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0000",)
    assert [p.name for p in backups(file).iterdir()] == [copy.name]


async def test_a_copy_holds_what_was_written_and_not_yet_folded_in(file: Path) -> None:
    migrate(file, at=AT)
    store = SqlStore(file)
    async with store.turn(HERE) as turn:
        await turn.save(Filed(full_case(), DIRECT), was=None)
    copy = migrating.backup(file, at=AT)  # while the store is open
    await store.close()
    restored = SqlStore(copy)
    assert await restored.case(HERE, full_case().id) == Filed(full_case(), DIRECT)
    await restored.close()


async def test_cases_from_before_there_were_digests_get_theirs(file: Path) -> None:
    file.parent.mkdir()
    migrating.upgrade(file, "0004")
    case = "INSERT INTO cases VALUES ('t', ?, 1, ?, 'o', '', '', 'd', 'slack', 'D', ?, '{}')"
    ping = "INSERT INTO pings VALUES ('t', 'c2', 'digest:day', '2026-11-24 09:00:00.000000')"
    with sqlite(file) as connection:
        for id_, phase in (
            ("c1", "following"),
            ("c2", "told"),
            ("c3", "reviewing"),
            ("c4", "closed"),
        ):
            connection.execute(case, (id_, phase, "2026-11-20 10:00:00.000000"))
        connection.execute(ping)
    migrate(file, at=AT)
    store = SqlStore(file)
    found = sorted((p.case, p.kind, p.due.day) for p in await store.pings(AT + timedelta(days=9)))
    await store.close()
    assert found == [
        ("c1", "digest:day", 20), ("c1", "digest:week", 20),
        ("c2", "digest:day", 24), ("c2", "digest:week", 20),
    ]  # fmt: skip


async def test_cases_from_before_they_could_be_shared_are_shared_with_nobody(file: Path) -> None:
    file.parent.mkdir()
    migrating.upgrade(file, "0005")
    body = json.loads(codec.dump(codec.CASE, full_case()))
    del body["sharing"]  # as that release wrote it
    with sqlite(file) as connection:
        connection.execute(
            "INSERT INTO cases VALUES (?, ?, 1, ?, ?, '', '', 'd', 'slack', 'D', ?, ?)",
            (
                HERE,
                full_case().id,
                "following",
                "anna",
                "2026-11-20 10:00:00.000000",
                json.dumps(body),
            ),
        )
    migrate(file, at=AT)
    store = SqlStore(file)
    filed = await store.case(HERE, full_case().id)
    assert filed is not None
    assert filed.case == replace(full_case(), sharing=Sharing())
    async with store.turn(HERE) as turn:
        await turn.share(filed.case.id, (PersonId("ben"),))
        assert await turn.shared_with(PersonId("ben")) == ()  # the case itself says who may
    await store.close()


def test_a_newer_database_is_refused(file: Path) -> None:
    migrate(file, at=AT)
    with sqlite(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert isinstance(refusal(file), NewerDatabase)


def test_a_file_that_is_no_database_is_refused(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"%PDF-1.7 a letter to somebody")
    assert isinstance(refusal(file), ForeignDatabase)


@pytest.mark.parametrize(
    "tables",
    [
        ["CREATE TABLE songs (title TEXT)"],
        ["CREATE TABLE alembic_version (version_num TEXT)", "CREATE TABLE users (id INTEGER)"],
        [
            "CREATE TABLE alembic_version (version_num TEXT)",
            "CREATE TABLE meta (key TEXT, value TEXT)",
        ],
    ],
)
def test_somebody_elses_database_is_refused(file: Path, tables: list[str]) -> None:
    file.parent.mkdir()
    with sqlite(file) as connection:
        for table in tables:
            connection.execute(table)
    assert isinstance(refusal(file), ForeignDatabase)


@pytest.mark.parametrize("share", [0.001, 0.01, 0.3, 0.6, 0.99])
def test_a_database_that_is_cut_off_is_refused(file: Path, share: float) -> None:
    migrate(file, at=AT)
    with sqlite(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = file.read_bytes()
    file.write_bytes(whole[: max(8, int(len(whole) * share))])
    assert isinstance(refusal(file), BrokenDatabase)


def test_a_damaged_page_is_found_before_a_copy_is_trusted(file: Path) -> None:
    migrate(file, at=AT)
    with sqlite(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damaged = bytearray(file.read_bytes())
    damaged[8192:12288] = b"\xff" * 4096
    file.write_bytes(bytes(damaged))
    with pytest.raises(BrokenDatabase):
        migrating.backup(file, at=AT)
    assert list(backups(file).glob("*.db")) == []


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")
    with pytest.raises(FolderUnwritable) as caught:
        examine(tmp_path / "var" / "candor.db")
    assert str(tmp_path / "var") in caught.value.text.zh


def test_a_folder_under_dev_or_proc_is_refused() -> None:
    with pytest.raises(FolderUnwritable):
        examine(Path("/proc/candor/candor.db"))


def test_a_folder_in_the_place_of_the_file_is_refused(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(FolderUnwritable):
        examine(file)


def test_a_second_process_waits_and_then_says_so(file: Path) -> None:
    migrate(file, at=AT)
    with sqlite(file) as connection:
        connection.execute("DROP TABLE alembic_version")
        connection.execute("DROP TABLE meta")
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND name NOT LIKE 'lessons_found_%'"  # go with the index they belong to
        ).fetchall():
            connection.execute(f"DROP TABLE {name}")
    with locked(file), pytest.raises(Busy):
        migrate(file, at=AT, patience=0)
    migrate(file, at=AT, patience=0)
    assert examine(file) == "current"


def test_two_processes_that_start_at_once_make_one_database(file: Path) -> None:
    code = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path;"
        "from bot.store.sqlite.migrate import migrate;"
        "migrate(Path(sys.argv[1]), at=datetime(2026, 11, 23, tzinfo=UTC))"
    )
    starts = [
        subprocess.Popen([sys.executable, "-c", code, str(file)], cwd=Path.cwd()) for _ in range(3)
    ]
    assert [start.wait(timeout=60) for start in starts] == [0, 0, 0]
    assert examine(file) == "current"


def test_a_kill_in_the_middle_of_a_migration_leaves_the_database_as_it_was(file: Path) -> None:
    code = (
        "import os, sys; from datetime import UTC, datetime; from pathlib import Path;"
        "from sqlalchemy import event; from sqlalchemy.engine import Engine;"
        "from bot.store.sqlite.migrate import migrate;"
        "seen = [];"
        "event.listen(Engine, 'before_cursor_execute', lambda *a: (seen.append(1),"
        " os.kill(os.getpid(), 9) if len(seen) == int(sys.argv[2]) else None));"
        "migrate(Path(sys.argv[1]), at=datetime(2026, 11, 23, tzinfo=UTC))"
    )
    for point in (6, 12, 18):
        done = subprocess.run([sys.executable, "-c", code, str(file), str(point)], cwd=Path.cwd())
        assert done.returncode == -9
        assert examine(file) == "new"
    migrate(file, at=AT)
    assert examine(file) == "current"


def test_a_folder_that_this_user_may_not_write_is_refused(file: Path) -> None:
    migrate(file, at=AT)
    file.parent.chmod(0o500)
    code = (
        "import os, sys; from pathlib import Path; from bot.store.sqlite.opening import examine;"
        "from bot.engine.errors import FolderUnwritable\n"
        "if os.geteuid() == 0:\n    os.setuid(65534)\n"
        "try:\n    examine(Path(sys.argv[1]))\nexcept FolderUnwritable:\n    sys.exit(7)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(file)], cwd=Path.cwd())
    file.parent.chmod(0o700)
    assert done.returncode == 7
