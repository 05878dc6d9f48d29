"""Statements made ready once: SQLAlchemy words them for SQLite, and is not asked again.

To have each execution pass through SQLAlchemy took as long as SQLite's own work. Here a statement
is compiled when it is first run, with what turns its values into SQLite's and back; from then on
it goes straight to the driver.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, make_dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Executable, SelectBase
from sqlalchemy.dialects.sqlite.pysqlite import dialect as sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.types import TypeEngine

from bot.store.dialect import Row
from bot.store.sqlite.onetrip import OneTripConnection, Ran
from bot.store.tables import NO_ZONE, Instant

Turned = Callable[[Any], Any]  # one value, as the other side has it

_SQLITE = sqlite()


class Scribe:
    """Runs statements on one connection."""

    def __init__(self, driver: OneTripConnection) -> None:
        self.driver = driver

    async def rows(self, statement: Executable, **values: object) -> Sequence[Row]:
        """What a statement finds."""
        ready = _ready(statement, tuple(values))
        return ready.read(await self.driver.run(ready.sql, ready.bound(values)))

    async def value(self, statement: Executable, **values: object) -> Any:
        """The first column of the first row; None where there is none."""
        ready = _ready(statement, tuple(values))
        ran = await self.driver.run(ready.sql, ready.bound(values))
        return ready.turned(ran.rows[0])[0] if ran.rows else None

    async def each(
        self, statement: Executable, many: Sequence[Mapping[str, object]]
    ) -> Sequence[Sequence[Row]]:
        """What a statement finds for each of these values."""
        return [await self.rows(statement, **values) for values in many]

    async def change(self, statement: Executable, **values: object) -> int:
        """The number of rows that a statement has changed; raises SQLAlchemy's IntegrityError."""
        ready = _ready(statement, tuple(values))
        try:
            return (await self.driver.run(ready.sql, ready.bound(values))).rowcount
        except sqlite3.IntegrityError as error:  # as it is called for every database
            raise IntegrityError(ready.sql, None, error) from error

    async def note(self, statement: Executable, **values: object) -> None:
        """Run a statement; nothing travels here, so its error comes at once."""
        await self.change(statement, **values)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement for the driver; `places` are its values in order, `turns` what turns some of them."""

    sql: str
    places: Sequence[str]
    turns: Sequence[tuple[int, Turned]]
    fixed: Mapping[str, object]
    columns: Sequence[tuple[int, Turned]]  # those that are not what SQLite has
    row: Callable[..., Row] | None

    def bound(self, values: Mapping[str, object]) -> Sequence[object]:
        """The values as the driver takes them. Raises ValueError for one that the column refuses."""
        given = {**self.fixed, **values} if self.fixed else values
        found = [given[name] for name in self.places]
        for at, turn in self.turns:
            found[at] = turn(found[at])
        return found

    def read(self, ran: Ran) -> Sequence[Row]:
        """The rows with their names."""
        make = self.row
        return [make(*self.turned(row)) for row in ran.rows] if make else ()

    def turned(self, row: Sequence[Any]) -> Sequence[Any]:
        """The columns of a row as they are outside."""
        if not self.columns:
            return row
        found = list(row)
        for at, turn in self.columns:
            found[at] = turn(found[at])
        return found


@cache
def _ready(statement: Executable, names: tuple[str, ...]) -> _Ready:
    """The statement for these values; an insert has no columns but theirs."""
    made = cast("ClauseElement", statement).compile(dialect=_SQLITE, column_keys=list(names))
    order: Sequence[str] = getattr(made, "positiontup", None) or ()
    binds = getattr(made, "binds", {})
    fixed = {name: bind.value for name, bind in binds.items() if name not in names}
    into = ((at, _in(binds[name].type)) for at, name in enumerate(order) if name in binds)
    turns_in = [(at, turn) for at, turn in into if turn is not None]
    if not isinstance(statement, SelectBase):
        return _Ready(made.string, order, turns_in, fixed, (), None)
    found = list(statement.selected_columns)
    turns = ((at, _out(column.type)) for at, column in enumerate(found))
    columns = [(at, turn) for at, turn in turns if turn is not None]
    keys = [column.key or f"column_{at}" for at, column in enumerate(found)]
    row = make_dataclass("Found", keys, slots=True)  # to freeze them takes thrice as long
    return _Ready(made.string, order, turns_in, fixed, columns, row)


def _in(kind: TypeEngine[Any]) -> Turned | None:
    if isinstance(kind, Instant):
        return _written
    return kind.dialect_impl(_SQLITE).bind_processor(_SQLITE)


def _out(kind: TypeEngine[Any]) -> Turned | None:
    return kind.dialect_impl(_SQLITE).result_processor(_SQLITE, None)


def _written(at: datetime | None) -> str | None:
    """An instant as SQLAlchemy has SQLite keep it, in a quarter of its time."""
    if at is None:
        return None
    if at.tzinfo is None:
        raise ValueError(NO_ZONE)
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
