"""Statements made ready once: SQLAlchemy words them for PostgreSQL, and is not asked again.

Values and columns travel as text, as PostgreSQL writes them with the settings of `wires.py`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, make_dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import URL, Executable, SelectBase
from sqlalchemy.sql.elements import ClauseElement

from bot.store.dialect import Row
from bot.store.postgres.wire import Sent
from bot.store.tables import NO_ZONE

if TYPE_CHECKING:
    from psycopg.pq.abc import PGresult

Read = Callable[[bytes], Any]  # one column of a row

NO_NUL = "PostgreSQL's text holds no NUL"
_POSTGRESQL = URL.create("postgresql+asyncpg").get_dialect()()  # whose values are $1, $2 …


@dataclass(slots=True)
class Ready:
    """A statement for a wire; `places` are its values in order."""

    sql: bytes
    places: Sequence[str]
    fixed: Mapping[str, object]
    row: Callable[..., Row] | None
    _reads: Sequence[Read] = field(default=())  # of its columns, once the server has named them

    def sent(self, values: Mapping[str, object]) -> Sent:
        """With these values. Raises ValueError for one that no column takes."""
        given = {**self.fixed, **values} if self.fixed else values
        return Sent(self.sql, [_written(given[name]) for name in self.places])

    def found(self, answer: "PGresult") -> Sequence[Row]:
        """The rows with their names."""
        make = self.row
        return [make(*self._columns(answer, at)) for at in range(answer.ntuples)] if make else ()

    def first(self, answer: "PGresult") -> Any:
        """The first column of the first row; None where there is none."""
        return self._columns(answer, 0)[0] if answer.ntuples else None

    def _columns(self, answer: "PGresult", at: int) -> Sequence[Any]:
        if not self._reads:
            self._reads = [_READS.get(answer.ftype(n), _text) for n in range(answer.nfields)]
        found: list[Any] = []
        for n, read in enumerate(self._reads):
            value = answer.get_value(at, n)
            found.append(None if value is None else read(value))
        return found


@cache
def ready(statement: Executable, names: tuple[str, ...]) -> Ready:
    """The statement for these values; an insert has no columns but theirs."""
    made = cast("ClauseElement", statement).compile(
        dialect=_POSTGRESQL, column_keys=list(names), compile_kwargs={"render_postcompile": True}
    )
    order: Sequence[str] = getattr(made, "positiontup", None) or ()
    fixed = {name: value for name, value in made.params.items() if name not in names}
    row: Callable[..., Row] | None = None
    if isinstance(statement, SelectBase):
        columns = enumerate(statement.selected_columns)
        keys = [column.key or f"column_{at}" for at, column in columns]
        row = make_dataclass("Found", keys, slots=True)  # to freeze them takes thrice as long
    return Ready(made.string.encode(), order, fixed, row)


def _written(value: object) -> bytes | None:
    """A value as the server reads it. Raises ValueError for one that no column takes."""
    match value:
        case None:
            return None
        case str():
            return _words(value)
        case datetime():
            if value.tzinfo is None:
                raise ValueError(NO_ZONE)
            return value.astimezone(UTC).isoformat().encode()
        case bool() | int():
            return str(value).encode()
        case timedelta():
            return b"%d microseconds" % (value // timedelta(microseconds=1))
        case list() | tuple():
            return b"{" + b",".join(_quoted(each) for each in value) + b"}"
        case _:
            raise TypeError(type(value).__name__)


def _words(value: str) -> bytes:
    if "\0" in value:  # libpq would take it for the end
        raise ValueError(NO_NUL)
    return value.encode()


def _quoted(value: str) -> bytes:
    """As it stands in an array."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return b'"' + _words(escaped) + b'"'


def _text(value: bytes) -> str:
    return value.decode()


def _instant(value: bytes) -> datetime:
    return datetime.fromisoformat(value.decode()).astimezone(UTC)


def _truth(value: bytes) -> bool:
    return value == b"t"


_READS: Mapping[int, Read] = {  # by the numbers of PostgreSQL's own types, which never change
    16: _truth,
    20: int,
    21: int,
    23: int,
    1184: _instant,
}
