"""A whole copy of a SQLite database in a file, made while it is at work; and a copy put back.

Both go through SQLite's own backup, which reads and writes whole states and nothing in between.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bot.engine.errors import (
    BrokenDatabase,
    FolderUnwritable,
    ForeignDatabase,
    InUse,
    Unopenable,
)
from bot.store.revisions import REVISIONS
from bot.store.sqlite import migrate
from bot.store.sqlite.opening import MAGIC, examine, locked, problem

Look = Callable[[Path], None]  # raises what is wrong with a copy


def copy(file: Path, target: Path, *, look: Look) -> None:
    """Make `target` a whole copy of the database, which others go on using; it is theirs alone to read.

    `look` sees the copy before it gets its name. Raises a class of Unopenable, or what `look` does;
    nothing is left behind then.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    except OSError as error:
        raise problem(FolderUnwritable, target) from error
    try:
        _copied(file, part)
        _whole(part, named=file)
        look(part)
        _alone(part)
        os.replace(part, target)
    finally:
        _gone(part)


def put_back(source: Path, file: Path, *, at: datetime, look: Look) -> Path | None:
    """Make the database what the copy `source` says; gives where the state from before is kept.

    Refused while anything has the database open (InUse), for a copy of a newer release
    (NewerDatabase), a damaged one (BrokenDatabase), or what `look` finds; the database is as it was
    then. A copy of an older release is brought up to date. A kill on the way leaves the old state.
    """
    with source.open("rb") as opened:
        if opened.read(len(MAGIC)) != MAGIC:
            raise problem(ForeignDatabase, source)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.restoring")
    try:
        _copied(source, part)
        _fit(part, named=source)
        look(part)
        _alone(part)
        with locked(file):
            kept = _set_aside(file, at=at)
            _copied(part, file)
    finally:
        _gone(part)
    return kept


def _copied(source: Path, target: Path) -> None:
    """All pages as they were at one instant, in one transaction of the target. Nobody waits."""
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as reads,
            closing(sqlite3.connect(target)) as writes,
        ):
            reads.backup(writes)
    except sqlite3.OperationalError as error:
        raise problem(FolderUnwritable, target) from error
    except sqlite3.DatabaseError as error:
        raise problem(BrokenDatabase, source) from error


def _whole(copy: Path, *, named: Path) -> None:
    """Raises BrokenDatabase in the name of the original where a page or an index is damaged."""
    try:
        with closing(sqlite3.connect(copy)) as connection:
            (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise problem(BrokenDatabase, named) from error
    if answer != "ok":
        raise problem(BrokenDatabase, named)


def _fit(part: Path, *, named: Path) -> None:
    """Raises what keeps the copy from being used; brings an older one up to date."""
    _whole(part, named=named)
    try:
        found = examine(part)
    except Unopenable as error:
        raise problem(type(error), named) from error
    if found == "older":
        migrate.upgrade(part, REVISIONS[-1])


def _set_aside(file: Path, *, at: datetime) -> Path | None:
    """Keep the state of now. Raises InUse while anything else has the database open."""
    if not file.exists() or file.stat().st_size == 0:
        return None
    try:
        with closing(sqlite3.connect(file, timeout=0)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")  # only for who is alone with it
    except sqlite3.OperationalError as error:
        raise problem(InUse, file) from error
    except sqlite3.DatabaseError:
        return _damaged(file, at=at)
    try:
        return migrate.backup(file, at=at)
    except BrokenDatabase:
        return _damaged(file, at=at)


def _damaged(file: Path, *, at: datetime) -> Path:
    """Move a file that cannot be read out of the way, with what belongs to it."""
    kept = file.with_name(f"{file.name}.damaged-{at:%Y%m%dT%H%M%SZ}")
    for end in ("-wal", "-shm"):
        beside = file.with_name(file.name + end)
        if beside.exists():
            os.replace(beside, kept.with_name(kept.name + end))
    os.replace(file, kept)
    return kept


def _alone(copy: Path) -> None:
    """One file, without a journal beside it."""
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _gone(part: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        part.with_name(part.name + end).unlink(missing_ok=True)
