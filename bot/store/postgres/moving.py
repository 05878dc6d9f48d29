"""A SQLite installation moves to a server: every row is copied, then every row is compared.

Nobody can write to the file meanwhile, and nobody can afterwards: it says where it went. A move that
is cut leaves the file as it was, and goes on from where it was when it is begun again.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, create_engine, delete, func, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from bot.engine.errors import Differs, Locked, Occupied
from bot.store.postgres import opening
from bot.store.postgres.address import Address
from bot.store.sqlite.opening import problem
from bot.store.tables import log, meta, metadata

TOGETHER = 1000  # rows in one statement
FROM, TO = "moved_from", "moved_to"  # what meta keeps in either place
TABLES = tuple(table for table in metadata.sorted_tables if table is not meta)

Tell = Callable[[str, int, int], None]  # a table, the rows that are through, and all of them


@dataclass(frozen=True, slots=True)
class Copied:
    """A table that has been compared."""

    table: str
    rows: int
    digest: str  # of all its rows, whatever their order


def move(file: Path, address: Address, tell: Tell) -> tuple[Copied, ...]:
    """Copy a file to a database, both of this release, and put the database in charge.

    Raises a class of Unopenable; the file stays in charge then.
    """
    source = create_engine(
        f"sqlite:///{file}", connect_args={"isolation_level": None}, poolclass=NullPool
    )
    target = create_engine(address.for_sqlalchemy, poolclass=NullPool, hide_parameters=True)
    with source.connect() as old, opening.trouble(address), target.connect() as new:
        try:
            old.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as error:
            raise problem(Locked, file) from error
        _occupy(old, new, address)
        for table in reversed(TABLES):  # what refers to a case goes before it
            if table is not log:  # which lets nothing go; where it would have to, it differs
                _sweep(old, new, table)
        for table in TABLES:
            _copy(old, new, table, tell)
        found = tuple(_compared(old, new, table, address) for table in TABLES)
        _count_on(new)
        new.commit()
        _retire(old, address)
        old.exec_driver_sql("COMMIT")
    return found


def _occupy(old: Connection, new: Connection, address: Address) -> None:
    """Mark the database as the one that this file moves to; raises Occupied."""
    named = select(meta.c.value).where(meta.c.key == FROM)
    origin = _origin(old)
    before = new.scalar(named)
    if before is None:
        if any(new.scalar(select(func.count()).select_from(table)) for table in TABLES):
            raise Occupied(Occupied.sentence.fill(file=str(address)))
        new.execute(insert(meta).values(key=FROM, value=origin))
    elif before != origin:
        raise Occupied(Occupied.sentence.fill(file=str(address)))
    new.commit()


def _origin(old: Connection) -> str:
    """What names an installation: the first thing that ever happened in it."""
    first = old.execute(select(log).order_by(log.c.seq).limit(1)).one_or_none()
    return _digest([tuple(first)] if first is not None else [])


def _copy(old: Connection, new: Connection, table: Table, tell: Tell) -> None:
    whole = old.scalar(select(func.count()).select_from(table)) or 0
    rows = select(table)
    done = 0
    if table is log:  # it only grows, so that what is there is right
        done = new.scalar(select(func.count()).select_from(log)) or 0
        rows = rows.where(log.c.seq > (new.scalar(select(func.max(log.c.seq))) or 0))
    tell(table.name, done, whole)
    for batch in _batches(old, rows):
        new.execute(_put(table), batch)
        new.commit()
        done += len(batch)
        tell(table.name, done, whole)


def _put(table: Table) -> Any:
    """An insert that also mends a row that has changed since an earlier try."""
    statement = insert(table)
    keys = list(table.primary_key.columns)
    others = {c.name: statement.excluded[c.name] for c in table.columns if c not in keys}
    if table is log or not others:
        return statement.on_conflict_do_nothing()
    return statement.on_conflict_do_update(index_elements=keys, set_=others)


def _sweep(old: Connection, new: Connection, table: Table) -> None:
    """Take out what has gone from the file since an earlier try."""
    keys = list(table.primary_key.columns)
    if new.execute(select(*keys).limit(1)).first() is None:
        return
    stays = {tuple(row) for row in old.execute(select(*keys))}
    gone = [tuple(row) for row in new.execute(select(*keys)) if tuple(row) not in stays]
    for start in range(0, len(gone), TOGETHER):
        new.execute(delete(table).where(tuple_(*keys).in_(gone[start : start + TOGETHER])))
    new.commit()


def _batches(old: Connection, rows: Any) -> Iterator[list[dict[str, Any]]]:
    found = old.execute(rows).mappings()
    while batch := [dict(row) for row in islice(found, TOGETHER)]:
        yield [{name: _plain(value) for name, value in row.items()} for row in batch]


def _plain(value: object) -> object:
    """The text as PostgreSQL can hold it."""
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


def _compared(old: Connection, new: Connection, table: Table, address: Address) -> Copied:
    """Raises Differs."""
    here, there = (_summed(connection, table) for connection in (old, new))
    if here != there:
        raise Differs(Differs.sentence.fill(file=str(address), table=table.name))
    return Copied(table.name, *here)


def _summed(connection: Connection, table: Table) -> tuple[int, str]:
    """How many rows there are, and a digest of all of them in whatever order."""
    streamed = {"stream_results": True, "yield_per": TOGETHER}
    count, total = 0, 0
    for row in connection.execute(select(table), execution_options=streamed):
        count += 1
        total = (total + int(_digest([tuple(row)]), 16)) % (1 << 256)
    return count, f"{total:064x}"


def _digest(rows: Sequence[tuple[object, ...]]) -> str:
    spelled = repr([tuple(_spelled(value) for value in row) for row in rows])
    return hashlib.sha256(spelled.encode("utf-8", "surrogatepass")).hexdigest()


def _spelled(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else _plain(value)


def _count_on(new: Connection) -> None:
    """Let the server number new rows after those that came."""
    for table in TABLES:
        if "seq" in table.columns:
            name, highest = table.name, select(func.max(table.c.seq)).scalar_subquery()
            serial = func.pg_get_serial_sequence(name, "seq")
            new.execute(select(func.setval(serial, func.coalesce(highest, 1))))


def _retire(old: Connection, address: Address) -> None:
    """Let nobody write to the file any more, not even a server that still runs."""
    old.execute(meta.insert().values(key=TO, value=str(address)))
    for table in TABLES:
        for wish in ("INSERT", "UPDATE", "DELETE"):
            name = f"moved_{table.name}_{wish.lower()}"
            old.execute(
                text(
                    f"CREATE TRIGGER {name} BEFORE {wish} ON {table.name} "
                    "BEGIN SELECT RAISE(ABORT, 'this database was moved'); END"
                )
            )
