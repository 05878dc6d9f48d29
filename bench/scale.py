"""Cases at rest: what 10,000 and 100,000 open pings cost, of 100 and 1,000 tenants, on both databases.

The two sizes stand beside one another, so that what grows with the cases at rest is seen. How many
bytes a case takes is told by whole ones: a conversation of the transcripts, copied for other tenants.
"""

import asyncio
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from pydantic_core import to_json

from bench.database import Server, server
from bench.table import Row
from bot.content import playbooks
from bot.core.desk import Person
from bot.core.words import EventId, TenantId
from bot.engine.keeping.retention import Keeping, tidy
from bot.engine.ports import Entry, Filed, Letter, Ping, Place, Turn
from bot.script import performance, transcript
from bot.store.postgres.address import Address
from bot.store.postgres.shared import SharedStore
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from bot.store.tables import metadata

SMALL, LARGE, OF_TENANT = 10_000, 100_000, 100  # open pings; of one tenant
WHOLE = 400  # cases that are measured in bytes
TIMES = 100  # that a look is repeated
SCRIPT = Path("tests/transcripts/harbour_mixed_en.yaml")
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
PLACE = Place("bench", "D1")
COUNTED = (
    "WITH RECURSIVE counted(n) AS (SELECT {} UNION ALL SELECT n + 1 FROM counted WHERE n < {})"
)
_TENANT, _LATER = f"'t' || (n / {OF_TENANT})", "'2027-06-01 09:00:00.000000'"
_OF_ALL = {"tenant": _TENANT, "body": "'{}'", "at": "'2026-11-20 09:00:00.000000'", "kind": "'x'"}
_REST: Mapping[str, Mapping[str, str]] = {  # a case at rest: a card was sent, something was said
    "people": {"id": "'p' || n"},
    "cases": {
        "id": "'c' || n", "version": "1", "phase": "'following'", "owner": "'p' || n",
        "project": "''", "customer": "''", "digest": "'d'", "platform": "'bench'",
        "conversation": "'D' || n", "updated_at": _OF_ALL["at"],
    },
    "inbox": {"id": "'i' || n"},
    "log": {"case_id": "'c' || n", "event": "'e' || n", "by": "'p' || n", "revision": "1"},
    "outbox": {
        "id": "'o' || n", "case_id": "'c' || n", "platform": "'bench'", "conversation": "'D' || n",
        "slot": "'live:1'", "language": "'en'", "state": "'sent'", "attempt": "1",
        "expires_at": _LATER, "ref": "'r' || n", "error": "''",
    },
    "pings": {"case_id": "'c' || n", "due": _LATER},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cost:
    """What a database of a size takes; milliseconds are of the processor, of all that took part."""

    look: float
    start: float
    upkeep: float
    standing: float
    memory: int  # MiB


def rows() -> Iterator[Row]:
    """All figures of this file."""
    with tempfile.TemporaryDirectory(prefix="candor-bench-") as folder, server() as at:
        file = Path(folder) / "candor.db"
        migrate(file, at=NOW)
        for database in (OnFile(file), OnServer(at)):
            case = asyncio.run(_whole(database))
            _fill(database, 1, SMALL)
            small = _cost(database)
            ping = _fill(database, SMALL + 1, LARGE)
            yield from _compared(database.name, small, _cost(database))
            yield _modelled(database.name, case, ping)


class OnFile:
    """SQLite."""

    name = "SQLite"

    def __init__(self, file: Path) -> None:
        self._file = file

    def run(self, *statements: str) -> None:
        """In one transaction, which need not outlive the machine."""
        with closing(sqlite3.connect(self._file)) as connection, connection:
            connection.execute("PRAGMA synchronous = OFF")
            for statement in statements:
                connection.execute(statement)

    def rest(self) -> int:
        """Bytes on the disk, once all is in its place."""
        self.run("ANALYZE")
        with closing(sqlite3.connect(self._file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self._file.stat().st_size

    def store(self) -> SqlStore:
        """A new one on it."""
        return SqlStore(self._file)

    @property
    def processor(self) -> float:
        """Nobody works for it but its own process."""
        return 0.0

    @property
    def place(self) -> str:
        """For a process of this file."""
        return f"file {self._file}"


class OnServer:
    """PostgreSQL."""

    name = "PostgreSQL"

    def __init__(self, at: Server) -> None:
        self._at = at

    def run(self, *statements: str) -> None:
        """One by one."""
        with psycopg.connect(self._at.address.for_libpq, autocommit=True) as connection:
            connection.execute("SET timezone = 'UTC'")
            for statement in statements:
                connection.execute(statement.encode())

    def rest(self) -> int:
        """Bytes on the disk, once it has done what it does by itself after a while."""
        self.run("VACUUM ANALYZE", "CHECKPOINT")
        with psycopg.connect(self._at.address.for_libpq) as connection:
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        return int((row or (0,))[0])

    def store(self) -> SqlStore:
        """A new one on it, which hands over."""
        return SharedStore(self._at.address, hands=True)

    @property
    def processor(self) -> float:
        """The seconds of the server's sessions that are open."""
        return self._at.sessions

    @property
    def place(self) -> str:
        """For a process of this file."""
        return f"server {self._at.address.for_libpq}"


Database = OnFile | OnServer


def _fill(database: Database, first: int, last: int) -> int:
    """Cases at rest with these numbers; gives the bytes that a ping takes."""
    before = 0  # the pings, which come last
    for table, own in _REST.items():
        if table == "pings":
            before = database.rest()
        given = {**_OF_ALL, **own}
        columns = [c.name for c in metadata.tables[table].columns if c.name in given]
        values = ", ".join(given[name] for name in columns)
        named = ", ".join(f'"{name}"' for name in columns)
        counted = COUNTED.format(first, last)
        database.run(f"INSERT INTO {table} ({named}) {counted} SELECT {values} FROM counted")
    return (database.rest() - before) // (last - first + 1)


async def _whole(database: Database) -> int:
    """The bytes of a whole case with its cards, its log and its person."""
    store = database.store()
    async with store.turn(TenantId("whole")) as turn:
        await _told(turn)
    await store.close()
    database.run("UPDATE outbox SET state = 'sent', look_at = NULL, ref = 'r'")
    before = database.rest()
    for table in _REST:
        columns = [c.name for c in metadata.tables[table].columns if c.name != "seq"]
        named = ", ".join(f'"{name}"' for name in columns)
        copied = {"tenant": "'w' || n"} | ({"id": "id || '-' || n"} if table == "outbox" else {})
        values = ", ".join(copied.get(name, f'"{name}"') for name in columns)
        counted = COUNTED.format(1, WHOLE)
        database.run(
            f"INSERT INTO {table} ({named}) {counted} SELECT {values} FROM {table}, counted"
            " WHERE tenant = 'whole'"
        )
    return (database.rest() - before) // WHOLE


async def _told(turn: Turn) -> None:
    """A case of the transcripts: its owner, all that was said, and the cards that stand at the end."""
    book = playbooks.load_all()["delivery_delay"]
    played = performance.play(transcript.load(SCRIPT), book)
    case = played.cases[0]
    await turn.save_person(Person(id=case.owner, tenant=TenantId("whole"), language="en"))
    await turn.save(Filed(case, PLACE), was=None)
    for number, event in enumerate(each for moment in played.moments for each in moment.events):
        await turn.take_in(EventId(f"e{number}"), NOW)
        body = to_json(event).decode()
        await turn.log(Entry(EventId(f"e{number}"), "Typed", NOW, case.owner, body, case.id))
    letters = [
        Letter(f"w{n}", case.id, PLACE, f"s{n}", "en", message.card, NOW, NOW + timedelta(days=7))
        for n, message in enumerate(played.messages)
    ]
    await turn.put(letters)
    await turn.set_ping(Ping(TenantId("whole"), case.id, "nudge", NOW + timedelta(days=90)))


def _cost(database: Database) -> Cost:
    """As a process of its own tells it, and the server's share."""
    command = [sys.executable, "-m", "bench.scale", *database.place.split(" ", 1)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        told: dict[str, float] = {}
        for name in ("start", *_ROUNDS):
            had = database.processor
            process.stdin.write("go\n")
            process.stdin.flush()
            own = float(process.stdout.readline())
            times = 1 if name == "start" else TIMES
            each = 1000 * (own + database.processor - had) / times
            told[name] = min(each, told.get(name, each))
        process.stdin.write("end\n")
        process.stdin.flush()
        memory = int(process.stdout.readline())
    return Cost(**told, memory=memory)


def _compared(name: str, small: Cost, large: Cost) -> Iterator[Row]:
    for what, before, after in (
        ("a look that finds nothing due", small.look, large.look),
        ("the hourly upkeep that finds nothing old", small.upkeep, large.upkeep),
        ("what /metrics asks", small.standing, large.standing),
        ("the database opened, and the first look", small.start, large.start),
    ):
        figure = f"{before:.2f} ms, {after:.2f} ms: {after / max(before, 0.01):.1f} times"
        yield Row(f"{name}: {what}, {SMALL:,} and {LARGE:,} open pings", figure, "as one another")
    memory = f"{small.memory} MiB, {large.memory} MiB"
    yield Row(f"{name}: memory of a process with these", memory, "as one another")


def _modelled(name: str, case: int, ping: int) -> Row:
    whole = case * 1_000_000 / 2**30
    return Row(
        f"{name}: on the disk",
        f"{ping} bytes an open ping, {case / 1024:.0f} KiB a whole case; a million of both, of 10,000"
        f" tenants, {ping * 1_000_000 / 2**20:.0f} MiB and {whole:.0f} GiB",
    )


async def _look(store: SqlStore) -> None:
    """What a waker asks each time."""
    if isinstance(store, SharedStore):
        assert await store.leads()
        assert await store.hand_over(NOW) == 0
    else:
        assert not await store.pings(NOW)
        assert not await store.claim(NOW, NOW + timedelta(minutes=1))
        await store.next_due()


async def _upkeep(store: SqlStore) -> None:
    """What a server does each hour."""
    year = timedelta(days=365)
    await store.forget(NOW - year)
    assert not await tidy(store.upkeep, Keeping(inbox=year, cases=year, log=year), NOW)


async def _standing(store: SqlStore) -> None:
    """What an operator's watch asks."""
    await store.watched.standing(NOW)


_WATCHED: Mapping[str, Callable[[SqlStore], Awaitable[None]]] = {
    "look": _look,
    "upkeep": _upkeep,
    "standing": _standing,
}
_ROUNDS = 3 * tuple(_WATCHED)  # of which the best counts


async def _process(kind: str, place: str) -> None:
    """Do each when it is told to, and tell the seconds of the processor; at the end, the memory."""
    sys.stdin.readline()
    begun = time.process_time()
    store = SqlStore(Path(place)) if kind == "file" else _shared(place)
    await _look(store)
    _tell(time.process_time() - begun)
    for name in _ROUNDS:
        sys.stdin.readline()
        begun = time.process_time()
        for _ in range(TIMES):
            await _WATCHED[name](store)
        _tell(time.process_time() - begun)
    sys.stdin.readline()  # the server's share has been read
    await store.close()


def _shared(place: str) -> SharedStore:
    return SharedStore(Address.read(place), hands=True)


def _tell(figure: float) -> None:
    sys.stdout.write(f"{figure}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_process(*sys.argv[1:]))
    with open("/proc/self/status", encoding="ascii") as file:
        _tell(next(int(line.split()[1]) // 1024 for line in file if line.startswith("VmRSS")))
