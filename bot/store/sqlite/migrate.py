"""Bring a file to this release: under a lock, after a copy, in one transaction."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from bot.engine.errors import BrokenDatabase
from bot.store import upgrade as migrations
from bot.store.revisions import REVISIONS
from bot.store.sqlite.opening import backups, examine, locked, problem


def migrate(file: Path, *, at: datetime, patience: float = 30) -> Path | None:
    """Make or migrate the database; gives the copy that was made before, if there was anything.

    `at` names the copy; `patience`, in seconds, is for another process that is at it. Raises a
    class of Unopenable. A kill in the middle leaves the database as it was.
    """
    examine(file)
    with locked(file, patience=patience):
        found = examine(file)  # another process may have been faster
        if found == "current":
            return None
        copy = backup(file, at=at) if found == "older" else None
        upgrade(file, REVISIONS[-1])
    return copy


def backup(file: Path, *, at: datetime) -> Path:
    """A whole copy in the folder `backups`, made while others may go on reading and writing.

    Raises BrokenDatabase when the file has a fault that a copy would only carry on.
    """
    backups(file).mkdir(exist_ok=True)
    copy = backups(file) / f"{file.stem}-{at:%Y%m%dT%H%M%SZ}.db"
    part = copy.with_suffix(".part")
    try:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(part)) as target:
            (answer,) = source.execute("PRAGMA quick_check").fetchone()
            if answer != "ok":
                raise problem(BrokenDatabase, file)
            source.backup(target)
    except sqlite3.DatabaseError as error:
        raise problem(BrokenDatabase, file) from error
    os.replace(part, copy)
    return copy


def upgrade(file: Path, revision: str) -> None:
    """Run the migrations up to `revision`, all of them in one transaction."""
    engine = create_engine(
        f"sqlite:///{file}", connect_args={"isolation_level": None}, poolclass=NullPool
    )
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        migrations.run(connection, revision)
        connection.commit()
