"""The database that the settings name: where it is, made ready, opened.

What a server needs is imported here, late, so that an installation with a file does without it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings, SettingsRefused
from bot.store.revisions import Found
from bot.store.sql import SqlStore
from bot.store.sqlite import opening

if TYPE_CHECKING:
    from bot.store.postgres.address import Address
    from bot.store.postgres.moving import Copied, Tell
    from bot.store.postgres.shared import SharedStore
    from bot.wakers.queue import Queue

_SQLITE = "sqlite:///"
_MISSING = (
    "CANDOR_DATABASE_URL names PostgreSQL, and what it takes is not installed; run "
    "pip install 'candor[postgres]'."
)


def place(settings: Settings) -> "Path | Address":
    """The SQLite file, or the address of a PostgreSQL database. Raises SettingsRefused for others."""
    written = settings.database
    if written.startswith(_SQLITE):
        return Path(written.removeprefix(_SQLITE))
    return _address("CANDOR_DATABASE_URL", written)


def _address(name: str, written: str) -> "Address":
    from bot.store.postgres.address import SCHEMES, Address, BadAddress

    scheme = written.partition("://")[0]
    if scheme not in SCHEMES:
        raise SettingsRefused(
            f"{name}={scheme}://… is not known here; write sqlite:///path/to/candor.db "
            "or postgresql://user:password@host:5432/database, or leave it out."
        )
    try:
        return Address.read(written)
    except BadAddress as error:
        raise SettingsRefused(f"{name} is no address; {error}.") from error


def beside(settings: Settings) -> Path:
    """What the names of files that are kept beside the database begin with."""
    where = place(settings)
    return where if isinstance(where, Path) else settings.data / "candor.db"


def queue(settings: Settings) -> "Queue | None":
    """What servers hand over to workers by; None where one server does all by itself.

    The playground is one: its conversations and its clock are in its own process.
    """
    where = place(settings)
    if isinstance(where, Path) or settings.has_playground:
        return None
    try:
        from bot.wakers.queue import Queue
    except ImportError as error:
        raise SettingsRefused(_MISSING) from error
    return Queue(where.for_libpq)


def is_current(settings: Settings) -> bool:
    """Whether it can be used as it is. Raises a class of engine.errors.Unopenable."""
    where = place(settings)
    if isinstance(where, Path):
        return opening.examine(where) == "current"
    return _examined(where) == "current"


def migrate(settings: Settings, at: datetime) -> Path | None:
    """Make the database or bring it up to date; gives the backup made before, if there was one.

    Raises a class of engine.errors.Unopenable with the sentence to show.
    """
    where = place(settings)
    if isinstance(where, Path):
        if opening.examine(where) == "current":
            return None
        from bot.store.sqlite.migrate import migrate as run

        return run(where, at=at)
    if _examined(where) != "current":
        from bot.store.postgres.migrate import migrate_server
        from bot.wakers.queue import prepare

        migrate_server(where, also=prepare)
    return None


def move(settings: Settings, written: str, at: datetime, tell: "Tell") -> "tuple[Copied, ...]":
    """Move a SQLite installation to the server at the address that was written.

    Raises SettingsRefused, or a class of engine.errors.Unopenable; the file stays in charge then.
    """
    file = place(settings)
    if not isinstance(file, Path):
        raise SettingsRefused(
            "CANDOR_DATABASE_URL names a server already; --to moves a SQLite file to one."
        )
    if opening.examine(file) == "new":
        raise SettingsRefused(f"there is nothing in {file} that could be moved.")
    migrate(settings, at)
    address = _address("--to", written)
    try:
        from bot.store.postgres.migrate import migrate_server
        from bot.store.postgres.moving import move as run
        from bot.wakers.queue import prepare
    except ImportError as error:
        raise SettingsRefused(_MISSING) from error
    migrate_server(address, also=prepare)
    return run(file, address, tell)


def opened(settings: Settings, *, hands: bool = False) -> SqlStore:
    """The store of a database that is up to date."""
    where = place(settings)
    if isinstance(where, Path):
        return SqlStore(where)
    try:
        from bot.store.postgres.shared import SharedStore
    except ImportError as error:
        raise SettingsRefused(_MISSING) from error
    return SharedStore(where, hands=hands)


@asynccontextmanager
async def tended(settings: Settings, at: datetime) -> AsyncIterator[SqlStore]:
    """The store for a command of an operator's: brought up to date first, and let go of."""
    migrate(settings, at)
    store = opened(settings)
    try:
        yield store
    finally:
        await store.close()


def handing(store: SqlStore) -> "SharedStore":
    """The store as one that hands over; it is that wherever there is a queue."""
    from bot.store.postgres.shared import SharedStore

    if not isinstance(store, SharedStore):
        raise TypeError("a file hands nothing over")
    return store


def _examined(address: "Address") -> Found:
    try:
        from bot.store.postgres.opening import examine
        from bot.wakers.queue import is_prepared
    except ImportError as error:
        raise SettingsRefused(_MISSING) from error
    return examine(address, also=is_prepared)
