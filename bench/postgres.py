"""PostgreSQL: turns and sends with 1, 2 and 4 processes; 10,000 at once while 100,000 pings wait.

Server, load and processes share the machine: with two cores, the second process finds less than a
core of its own. The processor's time is given beside, which does not depend on who else is at work.
"""

import asyncio
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from typing_extensions import override

from bench.database import Server, server
from bench.table import Row, spread
from bot.content import playbooks as content
from bot.core.cards.blocks import Card, Paragraph
from bot.core.words import EventId, Language, PersonId, TenantId, same
from bot.engine.handle import handle
from bot.engine.house import House, Shelf
from bot.engine.inbound import Commanded, Envelope, Profile, Said
from bot.engine.ports import Channel, MessageRef
from bot.store import codec
from bot.store.postgres.address import Address
from bot.store.postgres.shared import SharedStore
from bot.wakers.distributed import WorkingWaker
from bot.wakers.queue import Queue

TENANT = TenantId("bench")
LINES = ("Acme Health", "the gearbox, tested and installed", "5 December 2026", "back")
PEOPLE, TURNS = 8, 25  # of each process
PINGS, SENDS, SPAN = 100_000, 10_000, 10  # waiting; at once; seconds over which others fall due
STEADY = 300  # that fall due over SPAN
MANY = (1, 2, 4)  # processes, or workers


def rows() -> Iterator[Row]:
    """All figures of this file."""
    with server() as at:
        for processes in MANY:
            _empty(at.address)
            yield from _turns(at, processes)
        for workers in MANY:
            _empty(at.address)
            _fill(at.address)
            yield from _sends(at, workers)


def now() -> datetime:
    """The machine's clock."""
    return datetime.fromtimestamp(time.clock_gettime(time.CLOCK_REALTIME), UTC)


def _empty(address: Address) -> None:
    with psycopg.connect(address.for_libpq, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "TRUNCATE people, cases, inbox, log, outbox, pings, playbooks, procrastinate_jobs CASCADE"
        )


def _turns(at: Server, processes: int) -> Iterator[Row]:
    names = [f"p{number}" for number in range(processes)]
    had = at.processor
    told = _together([("turns", at.address.for_libpq, name) for name in names])
    theirs = (at.processor - had) / sum(len(each["seconds"]) + PEOPLE for each in told)
    seconds = [s for each in told for s in each["seconds"]]
    took = max(each["ended"] for each in told) - min(each["begun"] for each in told)
    cpu = sum(each["cpu"] for each in told) / len(seconds)
    load = sum(each["load"] for each in told) / len(seconds)
    yield Row(
        f"PostgreSQL: turn, {processes} process{'es' if processes > 1 else ''}, "
        f"{PEOPLE} conversations each",
        f"{len(seconds) / took:.0f} turns/s, {spread(seconds)}; of the processor {1000 * cpu:.2f} ms"
        f" for Candor with the load, of which {1000 * load:.2f} for the load,"
        f" {1000 * theirs:.2f} ms for PostgreSQL",
        "" if processes == 1 else "1.6 times one process",
    )


def _together(commands: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """Processes of this file that begin at the same moment; what each of them tells."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.postgres", *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for command in commands
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return [json.loads(process.communicate()[0]) for process in started]


@dataclass
class Sink(Channel):
    """A platform that takes everything at once, and notes when."""

    taken: dict[str, float] = field(default_factory=dict)

    @override
    async def post(
        self,
        conversation: str,
        key: str,
        card: Card,
        language: Language,
        *,
        under: MessageRef | None = None,
    ) -> MessageRef:
        """Taken."""
        self.taken[key] = now().timestamp()
        return MessageRef(key)

    @override
    async def edit(self, ref: MessageRef, key: str, card: Card, language: Language) -> None:
        """Taken as well."""

    @override
    async def find(
        self, conversation: str, key: str, since: datetime, *, under: MessageRef | None = None
    ) -> MessageRef | None:
        """Whether it was."""
        return MessageRef(key) if key in self.taken else None


def _house(store: SharedStore, sink: Sink, name: str) -> House:
    numbers = itertools.count()
    return House(
        store=store,
        shelf=Shelf(content.load_all().values()),
        clock=now,
        new_id=lambda: f"{name}-{next(numbers)}",
        channels={"bench": sink},
        profile=Profile(language="en", zone="Europe/Paris", calendar="FR"),
    )


async def _talking(address: Address, name: str) -> dict[str, Any]:
    store = SharedStore(address, hands=True)
    house = _house(store, Sink(), name)
    people = [f"{name}-{n}" for n in range(PEOPLE)]
    for person in people:
        assert (await handle(house, Commanded(_envelope(person, "begin"), "new Apollo"))).case
    _wait_for_go()
    begun, cpu = time.clock_gettime(time.CLOCK_MONOTONIC), time.process_time()
    taken = await asyncio.gather(*(_talk(house, person) for person in people))
    ended, used = time.clock_gettime(time.CLOCK_MONOTONIC), time.process_time() - cpu
    load = _load(people)
    await store.close()
    return {
        "seconds": list(itertools.chain.from_iterable(taken)),
        "begun": begun,
        "ended": ended,
        "cpu": used,
        "load": load,
    }


def _load(people: Sequence[str]) -> float:
    """The seconds of the processor that it takes to make the inbounds alone."""
    cpu = time.process_time()
    for person in people:
        for turn in range(TURNS):
            Said(_envelope(person, str(turn)), LINES[turn % len(LINES)])
    return time.process_time() - cpu


async def _talk(house: House, person: str) -> list[float]:
    taken = []
    for turn in range(TURNS):
        said = Said(_envelope(person, str(turn)), LINES[turn % len(LINES)])
        begun = time.perf_counter()
        assert (await handle(house, said)).case
        taken.append(time.perf_counter() - begun)
    return taken


def _envelope(person: str, event: str) -> Envelope:
    return Envelope(
        id=EventId(f"{person}-{event}"),
        tenant=TENANT,
        person=PersonId(person),
        platform="bench",
        conversation=f"D{person}",
        at=now(),
    )


def _fill(address: Address) -> None:
    """Cases, each with reminders that are far away; and what is to be sent, now and soon."""
    card = codec.dump(codec.CARD, Card(same("Hello"), (Paragraph(same("Hello")),)))
    with psycopg.connect(address.for_libpq, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO cases SELECT 'bench', 'c' || n, 1, 'collecting', 'anna', '', '', 'd', 'bench',"
            " 'D' || n, now(), '{}' FROM generate_series(1, %s) AS n",
            [PINGS],
        )
        connection.execute(
            "INSERT INTO pings SELECT 'bench', 'c' || n, 'nudge', now() + n * interval '1 minute'"
            " + interval '1 day' FROM generate_series(1, %s) AS n",
            [PINGS],
        )
        connection.execute(
            "INSERT INTO outbox (id, tenant, case_id, platform, conversation, slot, kind, language,"
            " body, state, attempt, look_at, expires_at, error) SELECT 'o' || n, 'bench', 'c' || n,"
            " 'bench', 'D' || n, 'live:1', 'post', 'en', %s, 'pending', 0, now() + interval '1 day',"
            " now() + interval '7 days', '' FROM generate_series(1, %s) AS n",
            [card, SENDS + STEADY],
        )
        connection.execute("ANALYZE")


def _sends(at: Server, workers: int) -> Iterator[Row]:
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.postgres", "work", at.address.for_libpq, f"w{number}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(workers)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    had, begun = at.processor, now().timestamp()
    _fall_due(at.address, 1, SENDS, timedelta())
    _until_sent(at.address)
    took = now().timestamp() - begun
    base = now().timestamp()
    _fall_due(at.address, SENDS + 1, SENDS + STEADY, timedelta(seconds=SPAN))
    _until_sent(at.address)
    told = [json.loads(process.communicate("end\n")[0]) for process in started]
    theirs = (at.processor - had) / (SENDS + STEADY)
    taken = {key: moment for each in told for key, moment in each["taken"].items()}
    due = {f"o{SENDS + n}": base + SPAN * n / STEADY for n in range(1, STEADY + 1)}
    late = [max(taken[key] - moment, 0.0) for key, moment in due.items()]
    cpu = sum(each["cpu"] for each in told) / (SENDS + STEADY)
    named = f"{workers} worker{'s' if workers > 1 else ''}, {PINGS:,} pings waiting"
    yield Row(
        f"PostgreSQL: {SENDS:,} rows due at once, {named}",
        f"{SENDS / took:.0f} sends/s, {1000 * cpu:.2f} ms of the processor each, and"
        f" {1000 * theirs:.2f} ms of PostgreSQL's",
    )
    yield Row(
        f"PostgreSQL: late, {STEADY // SPAN} rows a second, {named}", spread(late), "p99 < 2 s"
    )


def _fall_due(address: Address, first: int, last: int, over: timedelta) -> None:
    with psycopg.connect(address.for_libpq, autocommit=True) as connection:
        connection.execute(
            "UPDATE outbox SET look_at = now() + %s * (substr(id, 2)::int - %s) / %s"
            " WHERE substr(id, 2)::int BETWEEN %s AND %s",
            [over, first - 1, last - first + 1, first, last],
        )


def _until_sent(address: Address) -> None:
    question = "SELECT count(*) FROM outbox WHERE look_at < now() + interval '1 hour'"
    with psycopg.connect(address.for_libpq, autocommit=True) as connection:
        while (connection.execute(question).fetchone() or (0,))[0]:
            time.sleep(0.05)


async def _working(address: Address, name: str) -> dict[str, Any]:
    queue = Queue(address.for_libpq)
    store, sink = SharedStore(address, hands=True), Sink()
    waker = WorkingWaker(_house(store, sink, name), store, queue)
    await waker.start()
    cpu = time.process_time()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.readline)
    used = time.process_time() - cpu
    await waker.stop()
    await store.close()
    return {"taken": sink.taken, "cpu": used}


def _wait_for_go() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()


if __name__ == "__main__":
    kind, written, who = sys.argv[1:]
    task = _talking if kind == "turns" else _working
    sys.stdout.write(json.dumps(asyncio.run(task(Address.read(written), who))))
