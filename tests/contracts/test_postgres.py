"""What only a server can do wrong: writers that meet, lines that are cut, a session's own zone."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.exc import IntegrityError

from bot.core.desk import Person
from bot.core.lessons.lesson import Lesson
from bot.core.words import CaseId, EventId, PersonId
from bot.engine.errors import Conflict, StoreUnavailable
from bot.engine.keeping.redaction import Somebody
from bot.engine.ports import Line, Ping
from bot.store.postgres import wires
from bot.store.postgres.address import Address, BadAddress
from bot.store.postgres.shared import SharedStore
from tests import postgres
from tests.contracts.rows import ANNA, AT, HERE, MINUTE, case, entry, filed, letter

C1, C2 = CaseId("c1"), CaseId("c2")


@pytest.fixture
async def store(postgres_database: Address) -> AsyncIterator[SharedStore]:
    """A store of one process."""
    found = SharedStore(postgres_database)
    yield found
    await found.close()


@pytest.fixture
async def other(postgres_database: Address) -> AsyncIterator[SharedStore]:
    """The store of another process."""
    found = SharedStore(postgres_database)
    yield found
    await found.close()


async def begin(store: SharedStore, *ids: str) -> None:
    async with store.turn(HERE) as turn:
        for id_ in ids:
            await turn.save(filed(case(id_)), was=None)


async def change(store: SharedStore, event: str, *ids: str) -> None:
    """A turn that goes on in each of the cases, in this order; it is tried until it is through."""
    while True:
        try:
            async with store.turn(HERE) as turn:
                if not await turn.take_in(EventId(event), AT):
                    return
                for id_ in ids:
                    found = await turn.case(CaseId(id_))
                    assert found is not None
                    was = found.case.revision
                    await turn.save(filed(replace(found.case, revision=was + 1)), was=was)
                    await turn.log(replace(entry(event, case=id_), chained=True))
                    await turn.set_ping(Ping(HERE, CaseId(id_), "nudge", AT + was * MINUTE))
                    await turn.put([letter(f"{event}-{id_}", f"live:{event}", of=id_)])
                await turn.save_person(Person(ANNA, HERE))
                return
        except Conflict:
            continue


def deadlocks(database: Address) -> object:
    """How many the server had to break in this database."""
    with postgres.connected(database.for_libpq) as connection:
        connection.execute("SELECT pg_stat_force_next_flush()")
        row = connection.execute(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        ).fetchone()
        return row and row[0]


async def test_sixty_four_writers_on_the_same_eight_cases_lose_nothing_and_never_deadlock(
    store: SharedStore, other: SharedStore, postgres_database: Address
) -> None:
    ids, chance = [f"c{n}" for n in range(8)], random.Random(8)
    await begin(store, *ids)
    before = deadlocks(postgres_database)
    wishes = [chance.sample(ids, chance.randint(1, 4)) for _ in range(64)]
    stores = (store, other)
    async with asyncio.timeout(60):
        await asyncio.gather(
            *(change(stores[n % 2], f"e{n}", *wish) for n, wish in enumerate(wishes))
        )
    for id_ in ids:
        turns = sum(id_ in wish for wish in wishes)
        found = await store.case(HERE, CaseId(id_))
        assert found is not None
        assert found.case.revision == 1 + turns
        links = [e.link for e in await store.entries(HERE, CaseId(id_))]
        assert len(set(links)) == turns
        assert len(await store.parcels(HERE, CaseId(id_))) == turns
    assert deadlocks(postgres_database) == before


async def test_the_same_inbound_at_two_servers_is_taken_in_once(
    store: SharedStore, other: SharedStore
) -> None:
    await begin(store, "c1")
    await asyncio.gather(*(change(s, "e1", "c1") for s in (store, other) for _ in range(5)))
    found = await store.case(HERE, C1)
    assert found is not None
    assert found.case.revision == 2


async def test_a_turn_that_meets_a_held_case_out_of_order_is_given_up_and_then_gets_both(
    store: SharedStore, other: SharedStore
) -> None:
    await begin(store, "c1", "c2")

    async def look() -> None:
        async with other.turn(HERE) as second:
            await second.case(C2)
            await second.case(C1)

    async with store.turn(HERE) as first:
        await first.case(C1)
        with pytest.raises(Conflict):
            await look()
    await change(other, "e1", "c2", "c1")
    found = await store.case(HERE, C1)
    assert found is not None
    assert found.case.revision == 2


async def test_who_saves_a_person_waits_for_no_case_from_then_on(
    store: SharedStore, other: SharedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wires, "PATIENCE", timedelta(minutes=5))  # with a row
    await begin(store, "c1")

    async def crosswise() -> None:
        async with other.turn(HERE) as second:
            await second.save_person(Person(ANNA, HERE))
            await second.case(C1)

    async with store.turn(HERE) as first, asyncio.timeout(20):
        await first.case(C1)
        with pytest.raises(Conflict):
            await crosswise()
        await first.save_person(Person(ANNA, HERE))


async def test_two_workers_never_claim_the_same_row(store: SharedStore, other: SharedStore) -> None:
    ids = [f"c{n}" for n in range(20)]
    await begin(store, *ids)
    async with store.turn(HERE) as turn:
        await turn.put([letter(f"o-{id_}", "live:1", of=id_) for id_ in ids])
    claims = (s.claim(AT, AT + MINUTE, limit=3) for s in (store, other) for _ in range(6))
    claimed = [parcel.id for some in await asyncio.gather(*claims) for parcel in some]
    assert len(claimed) == len(set(claimed))
    rest = await store.claim(AT, AT + MINUTE, limit=20)
    assert len(claimed) + len(rest) == len(ids)


async def test_a_card_that_a_sender_takes_while_it_changes_is_followed_by_an_edit(
    store: SharedStore, postgres_database: Address
) -> None:
    async def change_card() -> None:
        async with store.turn(HERE) as turn:
            await turn.put([replace(letter("o2", "live:1"), language="zh")])

    await begin(store, "c1")
    async with store.turn(HERE) as turn:
        await turn.put([letter("o1", "live:1")])
    with psycopg.connect(postgres_database.for_libpq) as sender:
        sender.execute("UPDATE outbox SET state = 'sending', attempt = 1")
        changing = asyncio.create_task(change_card())
        await waits(postgres_database)
        sender.commit()
    await changing
    found = [(p.kind, p.state, p.attempt) for p in await store.parcels(HERE, C1)]
    assert found == [("post", "sending", 1), ("edit", "pending", 0)]


async def waits(database: Address) -> None:
    """When a session waits for a row that another one holds."""
    question = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    async with asyncio.timeout(60):
        with postgres.connected(database.for_libpq) as connection:
            while True:
                if (connection.execute(question).fetchone() or (0,))[0]:
                    return
                await asyncio.sleep(0)


async def test_lines_that_were_cut_while_idle_are_replaced_unnoticed(
    store: SharedStore, postgres_database: Address
) -> None:
    await asyncio.gather(*(begin(store, f"c{n}") for n in range(6)))
    cut(postgres_database)
    assert await store.case(HERE, C1) is not None
    await asyncio.gather(*(change(store, f"e{n}", "c1") for n in range(6)))
    cut(postgres_database)
    await change(store, "e9", "c1")


async def waits_or_ends(database: Address, task: "asyncio.Task[Any]") -> None:
    """Return once the task is done, or waits for a row that somebody holds."""
    asked = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with postgres.connected(database.for_libpq) as connection:
        while not task.done():
            row = connection.execute(asked).fetchone()
            if row is not None and row[0]:
                return
            await asyncio.sleep(0.01)


async def test_an_erasure_takes_nothing_back_that_a_turn_has_written_meanwhile(
    store: SharedStore, other: SharedStore, postgres_database: Address
) -> None:
    await begin(store, "c1")
    who = Somebody(ANNA, PersonId("erased-1"), ("Anna",))
    async with store.turn(HERE) as turn:
        found = await turn.case(C1)
        assert found is not None
        taking = other.upkeep.take_out(Line(HERE, C1), who, event=EventId("x"), at=AT)
        task = asyncio.create_task(taking)
        await waits_or_ends(postgres_database, task)
        was = found.case.revision
        await turn.save(filed(replace(found.case, revision=was + 1, releases=7)), was=was)
    await task
    now = await store.case(HERE, C1)
    assert now is not None
    assert (now.case.revision, now.case.releases) == (3, 7)


@pytest.mark.parametrize("touched", [True, False])
async def test_a_case_that_is_touched_while_its_time_ends_stays_whole(
    store: SharedStore, other: SharedStore, postgres_database: Address, *, touched: bool
) -> None:
    async with store.turn(HERE) as turn:
        await turn.save(filed(replace(case("c1"), phase="closed")), was=None)
    before = AT + timedelta(days=1)
    async with store.turn(HERE) as turn:
        found = await turn.case(C1)
        assert found is not None
        going = other.upkeep.let_go(
            Line(HERE, C1), event=EventId("x"), at=before, why="retention", ended=before
        )
        task = asyncio.create_task(going)
        await waits_or_ends(postgres_database, task)
        was, at = found.case.revision, before if touched else AT
        again = replace(found.case, revision=was + 1, touched_at=at)
        await turn.save(filed(again), was=was)
        await turn.set_ping(Ping(HERE, C1, "nudge", AT))
        await turn.put([letter("o1", "live:1", of="c1")])
    assert await task is not touched
    assert (await store.case(HERE, C1) is not None) is touched
    assert len(await store.pings(AT)) == touched


async def test_a_line_that_is_cut_in_a_turn_undoes_it_and_says_so(
    store: SharedStore, postgres_database: Address
) -> None:
    async def be_cut(*, late: bool) -> None:
        async with store.turn(HERE) as turn:
            await turn.take_in(EventId("e1"), AT)
            await turn.save(filed(replace(case(), revision=2)), was=1)
            cut(postgres_database)
            if not late:  # else the commit finds it
                await turn.log(entry("e1"))

    await begin(store, "c1")
    with pytest.raises(StoreUnavailable):
        await be_cut(late=False)
    with pytest.raises(StoreUnavailable):
        await be_cut(late=True)
    await change(store, "e1", "c1")
    assert len(await store.entries(HERE, C1)) == 1


def cut(database: Address) -> None:
    """End every other session of this database, as a server that goes down does."""
    with postgres.connected(database.for_libpq) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def test_a_server_that_is_not_there_is_said_so(postgres_database: Address) -> None:
    nowhere = Address.read("postgresql://candor:secret@127.0.0.1:9/candor")
    store = SharedStore(nowhere)
    with pytest.raises(StoreUnavailable):
        await store.case(HERE, C1)
    with pytest.raises(StoreUnavailable):
        async with store.turn(HERE):
            pass
    await store.close()


async def test_a_turn_whose_statement_failed_is_never_taken_for_one_that_was_kept(
    store: SharedStore,
) -> None:
    async def overlook() -> None:
        async with store.turn(HERE) as turn:
            await turn.take_in(EventId("e1"), AT)
            with suppress(IntegrityError):
                await turn.set_ping(Ping(HERE, CaseId("nobody's"), "nudge", AT))
                await turn.person(ANNA)

    with pytest.raises(StoreUnavailable):
        await overlook()
    async with store.turn(HERE) as turn:
        assert await turn.take_in(EventId("e1"), AT)


@pytest.mark.parametrize("wish", ["UPDATE log SET body = ''", "DELETE FROM log", "TRUNCATE log"])
async def test_the_log_takes_no_change(
    store: SharedStore, postgres_database: Address, wish: str
) -> None:
    await begin(store, "c1")
    async with store.turn(HERE) as turn:
        await turn.log(entry("e1"))
    with (
        postgres.connected(postgres_database.for_libpq) as connection,
        pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"),
    ):
        connection.execute(wish.encode())


async def test_instants_are_utc_whatever_the_servers_zone(
    store: SharedStore, postgres_database: Address
) -> None:
    with postgres.connected(postgres_database.for_libpq) as connection:
        here = sql.Identifier(connection.info.dbname)
        set_zone = sql.SQL("ALTER DATABASE {} SET timezone = 'Asia/Kathmandu'").format(here)
        connection.execute(set_zone)
    await begin(store, "c1")
    async with store.turn(HERE) as turn:
        await turn.set_ping(Ping(HERE, C1, "nudge", AT))
    (found,) = await store.pings(AT)
    assert (found.due, found.due.utcoffset()) == (AT, timedelta(0))
    assert await store.pings(AT - MINUTE) == ()


async def test_an_error_shows_nothing_that_was_bound(store: SharedStore) -> None:
    with pytest.raises(IntegrityError) as caught:
        async with store.turn(HERE) as turn:
            await turn.set_ping(Ping(HERE, CaseId("nobody's"), "secret words", AT))
    assert "secret words" not in str(caught.value)


def test_an_address_is_shown_without_its_secrets() -> None:
    address = Address.read("postgres://candor:pa55@db.example:5433/candor?sslpassword=pa56")
    assert str(address) == "postgresql://candor@db.example:5433/candor"
    assert "pa5" not in repr(address)


@pytest.mark.parametrize(
    "written", ["postgresql://", "mysql://a/b", "postgresql://host", "nonsense"]
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(BadAddress, match="postgresql://"):
        Address.read(written)


async def test_lessons_are_found_where_the_server_has_no_index_of_words(
    store: SharedStore, postgres_database: Address
) -> None:
    with postgres.connected(postgres_database.for_libpq) as connection:
        connection.execute("DROP INDEX IF EXISTS lessons_found")
    late, other = Lesson("l1", "en", "A casting is late", "Ask"), Lesson("l2", "en", "Rain", "Wait")
    async with store.turn(HERE) as turn:
        for lesson in (late, other):
            await turn.keep_lesson(lesson)
        assert await turn.lessons("the casting") == (late,)
