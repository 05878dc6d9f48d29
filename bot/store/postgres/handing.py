"""What is to be done becomes jobs of the queue: what a turn has written, and what falls due.

The latter is one statement of the server's: nothing of it travels to whoever asks.
The queue's tables are Procrastinate's, the names in a job those of `engine/dues.py`.
"""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    FromClause,
    Integer,
    Select,
    Text,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
    table,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by, distinct_on
from sqlalchemy.sql import ColumnElement, column
from sqlalchemy.types import UserDefinedType

from bot.engine import dues
from bot.engine.dues import Due
from bot.store import statements as s
from bot.store.tables import outbox, pings

WAITING = 2_000  # jobs of a kind that wait for a worker; what is due beyond them waits in its table
_WRITTEN = 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'  # an instant as `dues.ping` reads it

_jobs = table("procrastinate_jobs", column("lock"), column("priority"), column("status"))
_is_open: ColumnElement[bool] = literal_column("status IN ('todo', 'doing')")
_held = (  # looked at once a look, so that no look goes through them for each row that is due
    select(_jobs.c.lock, _jobs.c.priority, literal_column("status = 'todo'").label("waits"))
    .where(_is_open, _jobs.c.lock.is_not(None))
    .cte("held")
    .prefix_with("MATERIALIZED", dialect="postgresql")
)


class _Deferred(UserDefinedType[Any]):
    """A job as Procrastinate's own function takes it."""

    cache_ok: bool | None = True

    def get_col_spec(self, **_: object) -> str:
        """Its name there."""
        return "procrastinate_job_to_defer_v1"


def _room(priority: int) -> ColumnElement[int]:
    """How many more of this kind may wait for a worker."""
    waiting = (
        select(func.count())
        .select_from(_held)
        .where(_held.c.waits, _held.c.priority == literal_column(str(priority)))
        .scalar_subquery()
    )
    return func.greatest(0, WAITING - waiting)


def _is_free(lock: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether no open job has it: NOT IN, as a server hashes what stands there, whatever it counts on."""
    return lock.not_in(select(_held.c.lock))


def _joined(*parts: str | ColumnElement[Any]) -> ColumnElement[str]:
    words = (literal_column(f"'{part}'") if isinstance(part, str) else part for part in parts)
    return func.concat_ws(literal_column("'/'"), *words)


def _named(**values: ColumnElement[Any]) -> ColumnElement[Any]:
    pairs: list[ColumnElement[Any]] = []
    for name, value in values.items():
        pairs += literal_column(f"'{name}'"), value
    return func.jsonb_build_object(*pairs)


def _lines() -> Select[Any]:
    """Conversations whose head is due, the oldest first."""
    own = {"tenant": outbox.c.tenant, "case": outbox.c.case_id}
    lock = _joined(dues.LINE, outbox.c.tenant, outbox.c.case_id, outbox.c.conversation)
    found = (
        select(
            literal(dues.DELIVER, Text).label("task"),
            literal_column(str(dues.PRIORITY[dues.DELIVER])).label("priority"),
            lock.label("lock"),
            _named(**own, conversation=outbox.c.conversation).label("args"),
            outbox.c.look_at.label("at"),
        )
        .where(outbox.c.look_at <= bindparam("at"), ~s.BLOCKED, _is_free(lock))
        .order_by(outbox.c.look_at)
        .limit(_room(dues.PRIORITY[dues.DELIVER]))
    )
    return select(found.subquery("lines"))


def _reminders() -> Select[Any]:
    """One of each case, its oldest, so that a case has one look at a time."""
    lock = _joined(dues.PING, pings.c.tenant, pings.c.case_id)
    due = (
        select(pings, lock.label("lock"))
        .where(pings.c.due <= bindparam("at"), _is_free(lock))
        .order_by(pings.c.due)
        .limit(_room(dues.PRIORITY[dues.FIRE]))
        .subquery("due")
    )
    own = {"tenant": due.c.tenant, "case": due.c.case_id, "kind": due.c.kind}
    written = func.to_char(func.timezone("UTC", due.c.due), _WRITTEN)
    found = (
        select(
            literal(dues.FIRE, Text).label("task"),
            literal_column(str(dues.PRIORITY[dues.FIRE])).label("priority"),
            due.c.lock,
            _named(**own, due=written).label("args"),
            due.c.due.label("at"),
        )
        .ext(distinct_on(due.c.tenant, due.c.case_id))
        .order_by(due.c.tenant, due.c.case_id, due.c.due, due.c.kind)
    )
    return select(found.subquery("reminders"))


def _deferred(job: FromClause, *order: ColumnElement[Any]) -> Select[Any]:
    """Make these jobs, in this order, by Procrastinate's own function; gives how many."""
    named = func.row(
        literal(dues.QUEUE, Text),
        job.c.task,
        job.c.priority,
        job.c.lock,
        null(),
        job.c.args,
        null(),
    )
    jobs = func.array_agg(aggregate_order_by(cast(named, _Deferred), *order))
    return select(func.coalesce(func.cardinality(func.procrastinate_defer_jobs_v1(jobs)), 0))


def _given() -> Select[Any]:
    columns = column("n", Integer), column("task", Text), column("priority", Integer)
    given = (
        func.jsonb_to_recordset(bindparam("jobs", type_=JSONB))
        .table_valued(*columns, column("lock", Text), column("args", JSONB), name="given")
        .render_derived(with_types=True)
    )
    return _deferred(given, given.c.n)


def _fallen() -> Select[Any]:
    due = union_all(_lines(), _reminders()).subquery("fallen")
    return _deferred(due, due.c.priority.desc(), due.c.at)


HAND = _given()
"""Make a job of each that `jobs` writes out; gives how many."""

HAND_OVER = _fallen()
"""Make a job of all that is due and in nobody's hands, as far as there is room; gives how many."""


def jobs(due: Iterable[Due]) -> str:
    """What HAND is given."""
    return json.dumps(
        [
            {
                "n": number,
                "task": dues.task(each),
                "priority": dues.PRIORITY[dues.task(each)],
                "lock": dues.lock(each),
                "args": dues.written(each),
            }
            for number, each in enumerate(due)
        ]
    )
