"""What has stood long enough, for retention: which cases have ended, which lines are of no record."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, literal, literal_column, select

from bot.engine.keeping.retention import Among
from bot.store.dialect import Row
from bot.store.tables import cases, log

ENDED = ("closed", "abandoned")

_CASES = (
    select(cases.c.tenant, cases.c.id)
    .where(literal_column("phase IN ('closed', 'abandoned')"))  # word for word as the index has it
    .where(cases.c.updated_at < bindparam("before", type_=cases.c.updated_at.type))
    .order_by(cases.c.updated_at)
    .limit(bindparam("most"))
)
_LINES = (
    select(log.c.tenant, log.c.seq)
    .where(log.c.at < bindparam("before", type_=log.c.at.type), log.c.link.is_(None))
    .order_by(log.c.at, log.c.seq)  # as the index has them
    .limit(bindparam("most"))
)
TRIM = delete(log).where(
    log.c.tenant == bindparam("of_tenant", type_=log.c.tenant.type),
    log.c.at < bindparam("before", type_=log.c.at.type),
    log.c.link.is_(None),
    log.c.seq <= bindparam("last"),
)


@cache  # one of each, for a statement is made ready once
def cases_of(among: Among) -> Select[Any]:
    """Cases that have ended and were not touched since `before`, the oldest first, `most` of them."""
    return _CASES.where(*_of(among, cases.c.tenant))


@cache
def lines_of(among: Among) -> Select[Any]:
    """Lines of the log from before `before` that stand in no record, `most` of them."""
    return _LINES.where(*_of(among, log.c.tenant))


def _of(among: Among, tenant: ColumnElement[str]) -> Iterator[ColumnElement[bool]]:
    if among.only is not None:
        yield tenant == literal(among.only)
    yield from (tenant != literal(other) for other in sorted(among.but))


def has_ended(row: Row, before: datetime) -> bool:
    """Whether a case has ended and was not touched since then."""
    return row.phase in ENDED and row.updated_at < before
