"""The queue that servers hand work over to and workers take it from: Procrastinate, on PostgreSQL.

A job names a conversation of a case, or a reminder; it holds no word of anybody. The lock of a job
is that conversation, so that one worker at a time sends there, in order.
"""

from collections.abc import Awaitable, Callable
from importlib import resources
from typing import Any

import psycopg
from procrastinate import App, PsycopgConnector, RetryStrategy

from bot.engine import dues
from bot.engine.dues import DELIVER, FIRE, QUEUE
from bot.engine.ports import Line, Ping

AGAIN = RetryStrategy(max_attempts=6, exponential_wait=2)  # 2, 4, 8 … seconds after a fault
CONNECTIONS = 4  # of a worker, beside those of its store
_INDEX = (  # for who asks whether a lock is held or waited for
    b"CREATE INDEX candor_jobs_lock ON procrastinate_jobs (lock) WHERE status IN ('todo', 'doing')"
)
_LOUD = "procrastinate_jobs_notify_queue_job_inserted_v1"  # notifies of each job as it is made
_KNOWN = "queue"  # where meta keeps the last migration of Procrastinate that has run

Send = Callable[[Line], Awaitable[object]]
Fire = Callable[[Ping], Awaitable[object]]


class Queue:
    """The jobs of one database, for whoever does them; they are made by the store."""

    def __init__(self, address: str) -> None:
        """`address` is libpq's."""
        self.app = App(
            connector=PsycopgConnector(
                conninfo=address, min_size=1, max_size=CONNECTIONS, timeout=10
            )
        )

    def works(self, send: Send, fire: Fire) -> None:
        """Say what a worker does with what was handed over."""

        @self.app.task(name=DELIVER, queue=QUEUE, retry=AGAIN)
        async def deliver(**kept: str) -> None:
            await send(dues.line(kept))

        @self.app.task(name=FIRE, queue=QUEUE, retry=AGAIN)
        async def remind(**kept: str) -> None:
            await fire(dues.ping(kept))


def prepare(connection: "psycopg.Connection[Any]") -> None:
    """Make the queue's tables, or bring them to the release of Procrastinate that is installed."""
    names = _migrations()
    row = connection.execute("SELECT value FROM meta WHERE key = %s", [_KNOWN]).fetchone()
    if row is None:
        _run(connection, "schema.sql")
        connection.execute(_INDEX)
    else:
        for name in names:
            if name > row[0]:
                _run(connection, f"migrations/{name}")
    if _is_loud(connection):  # the store tells workers after the commit, see its bell.py
        connection.execute(f"ALTER TABLE procrastinate_jobs DISABLE TRIGGER {_LOUD}".encode())
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (%s, %s)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [_KNOWN, names[-1]],
    )


def is_prepared(connection: "psycopg.Connection[Any]") -> bool:
    """Whether its tables are those of the release that is installed; raises for no tables of ours."""
    row = connection.execute("SELECT value FROM meta WHERE key = %s", [_KNOWN]).fetchone()
    return row is not None and row[0] >= _migrations()[-1] and not _is_loud(connection)


def _is_loud(connection: "psycopg.Connection[Any]") -> bool:
    row = connection.execute(
        "SELECT count(*) FROM pg_trigger WHERE tgname = %s AND tgenabled <> 'D'"
        " AND tgrelid = 'procrastinate_jobs'::regclass",
        [_LOUD],
    ).fetchone()
    return row is not None and row[0] > 0


def _migrations() -> list[str]:
    folder = resources.files("procrastinate.sql") / "migrations"
    return sorted(each.name for each in folder.iterdir() if each.name.endswith(".sql"))


def _run(connection: "psycopg.Connection[Any]", name: str) -> None:
    script = resources.files("procrastinate.sql").joinpath(*name.split("/"))
    connection.execute(script.read_bytes())
