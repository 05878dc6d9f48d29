"""Is this file ours, whole, and of this release? Asked before anything is opened for good."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.engine.errors import (
    BrokenDatabase,
    Busy,
    FolderUnwritable,
    ForeignDatabase,
    Locked,
    Moved,
    NewerDatabase,
    Unopenable,
)
from bot.store.revisions import REVISIONS, Found

MAGIC = b"SQLite format 3\x00"


def examine(file: Path, *, patience: float = 30) -> Found:
    """Whether the database is still to be made, is to be migrated, or can be used as it is.

    Makes the folder. Raises a class of Unopenable, and changes nothing in the file: where it is
    not "current", call `migrate.migrate`. (Two steps, for Alembic takes longer to import than the
    rest of the start.) `patience`, in seconds, is for another process that holds the file.
    """
    _folder(file)
    if not file.exists() or file.stat().st_size == 0:
        return "new"
    with file.open("rb") as opened:
        start = opened.read(len(MAGIC))
    if not MAGIC.startswith(start):
        raise problem(ForeignDatabase, file)
    try:
        with closing(sqlite3.connect(file, timeout=patience)) as connection:
            return _examine(connection, file)
    except sqlite3.OperationalError as error:
        code = error.sqlite_errorcode & 0xFF  # without what SQLite says further of it
        kind = Locked if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) else FolderUnwritable
        raise problem(kind, file) from error
    except sqlite3.DatabaseError as error:
        raise problem(BrokenDatabase, file) from error


def problem(kind: type[Unopenable], file: Path) -> Unopenable:
    """An error of this kind that names the file, its folder and where its copies are."""
    sentence = kind.sentence
    if kind is BrokenDatabase and not any(backups(file).glob("*.db")):
        sentence = BrokenDatabase.without_copies
    return kind(sentence.fill(file=str(file), folder=str(file.parent), backups=str(backups(file))))


def backups(file: Path) -> Path:
    """The folder of the copies."""
    return file.parent / "backups"


@contextmanager
def locked(file: Path, *, patience: float = 30) -> Iterator[None]:
    """Hold the lock beside the file, against other processes; raises Busy after `patience` seconds.

    The lock is SQLite's own, on an empty database: it ends with the process that holds it.
    """
    lock = sqlite3.connect(file.with_name(file.name + ".lock"), timeout=patience)
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise problem(Busy, file) from error
        yield


def _folder(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=file.parent):
            pass
        if file.exists():
            with file.open("r+b"):
                pass
    except OSError as error:
        raise problem(FolderUnwritable, file) from error


def _examine(connection: sqlite3.Connection, file: Path) -> Found:
    names = {n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    if not names:
        return "new"
    if not {"meta", "alembic_version"} <= names:
        raise problem(ForeignDatabase, file)
    if _one(connection, "SELECT value FROM meta WHERE key = 'product'") != "candor":
        raise problem(ForeignDatabase, file)
    size = _one(connection, "PRAGMA page_size")  # a page that is cut off reads as one full of zeros
    cut = not isinstance(size, int) or file.stat().st_size % size != 0
    if cut or _one(connection, "PRAGMA quick_check(1)") != "ok":
        raise problem(BrokenDatabase, file)
    address = _one(connection, "SELECT value FROM meta WHERE key = 'moved_to'")
    if address is not None:
        raise Moved(Moved.sentence.fill(file=str(file), address=str(address)))
    revision = _one(connection, "SELECT version_num FROM alembic_version")
    if revision not in REVISIONS:
        raise problem(NewerDatabase, file)
    return "current" if revision == REVISIONS[-1] else "older"


def _one(connection: sqlite3.Connection, question: str) -> object:
    row = connection.execute(question).fetchone()
    return row[0] if row else None
