"""What looks over all tables goes by an index: no figure grows with the cases at rest."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Executable

from bot.engine.keeping.retention import Among
from bot.store import aged, watching
from bot.store import statements as s
from bot.store.postgres.address import Address
from bot.store.postgres.handing import HAND_OVER
from bot.store.postgres.ready import ready
from bot.store.sqlite.migrate import migrate
from bot.store.sqlite.ready import _ready
from tests import postgres
from tests.contracts.rows import AT, ELSEWHERE

LOOKS: dict[str, tuple[Executable, tuple[str, ...]]] = {
    "the next row of the outbox": (s.NEXT_PARCEL, ()),
    "the next ping": (s.NEXT_PING, ()),
    "pings that are due": (s.PINGS, ("at", "limit")),
    "old inbounds": (s.FORGET, ("before", "limit")),
    "cases that ended long ago": (aged.cases_of(Among()), ("before", "most")),
    "the same but for a tenant's": (
        aged.cases_of(Among(but=frozenset({ELSEWHERE}))),
        ("before", "most"),
    ),
    "old lines of the log": (aged.lines_of(Among()), ("before", "most")),
    "how much waits": (watching._OPEN, ()),
    "what an operator must look at": (watching._ENDED, ()),
    "what is late": (watching._LATE, ("at",)),
}
every = pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("idle") / "candor.db"
    migrate(found, at=AT)
    return found


@every
def test_on_sqlite(file: Path, look: tuple[Executable, tuple[str, ...]]) -> None:
    words = _ready(*look)
    with closing(sqlite3.connect(file)) as connection:
        values = ["2026-01-01"] * len(words.places)
        plan = connection.execute(f"EXPLAIN QUERY PLAN {words.sql}", values).fetchall()
    steps = [row[3] for row in plan]
    assert not [step for step in steps if step.startswith("SCAN")], steps


@every
def test_on_postgresql(
    postgres_database: Address, look: tuple[Executable, tuple[str, ...]]
) -> None:
    assert "Seq Scan" not in plan(postgres_database, ready(*look).sql)


def test_what_a_leader_hands_over_is_found_by_indexes(postgres_database: Address) -> None:
    found = plan(postgres_database, ready(HAND_OVER, ("at",)).sql)
    for table in ("outbox", "pings", "procrastinate_jobs"):
        assert f"Seq Scan on {table}" not in found


def plan(database: Address, words: bytes) -> str:
    """How the server goes about it where it has a choice between an index and the whole table."""
    with postgres.connected(database.for_libpq) as connection:
        connection.execute("SET enable_seqscan = off")
        rows = connection.execute(b"EXPLAIN (GENERIC_PLAN) " + words).fetchall()
    return "\n".join(row[0] for row in rows)
