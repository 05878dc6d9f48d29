"""What a shared store hands over: in the same transaction, once, by one process at a time."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import create_engine

from bot.core.words import CaseId
from bot.engine import dues
from bot.engine.dues import Due, lock
from bot.engine.errors import StoreUnavailable
from bot.engine.ports import Line, Outcome, Ping
from bot.store.postgres.address import Address
from bot.store.postgres.bell import CHANNEL
from bot.store.postgres.handing import HAND_OVER, WAITING
from bot.store.postgres.shared import SharedStore
from bot.wakers.queue import is_prepared, prepare
from tests import postgres
from tests.contracts.rows import AT, HERE, MINUTE, case, filed, letter

C1, C2 = CaseId("c1"), CaseId("c2")


class Broken(Exception):
    """What goes wrong in a turn."""


@pytest.fixture
async def store(postgres_database: Address) -> AsyncIterator[SharedStore]:
    """A store that hands over, with two cases."""
    found = SharedStore(postgres_database, hands=True)
    async with found.turn(HERE) as turn:
        for id_ in ("c1", "c2"):
            await turn.save(filed(case(id_)), was=None)
    yield found
    await found.close()


def handed(database: Address) -> list[str]:
    """The locks of the jobs that wait, in order."""
    with postgres.connected(database.for_libpq) as connection:
        return [
            row[0] for row in connection.execute("SELECT lock FROM procrastinate_jobs ORDER BY id")
        ]


def done(database: Address) -> None:
    """A worker is through with all of them."""
    with postgres.connected(database.for_libpq) as connection:
        connection.execute("DELETE FROM procrastinate_jobs")


async def comes_to_lead(store: SharedStore) -> None:
    """When the server has noticed that the one before is gone."""
    async with asyncio.timeout(30):
        while not await store.leads():
            pass


async def test_what_a_turn_puts_into_the_outbox_is_handed_over_with_it(
    store: SharedStore, postgres_database: Address
) -> None:
    async def put(*, breaks: bool) -> None:
        async with store.turn(HERE) as turn:
            await turn.put([letter("o1", "live:1"), letter("o2", "live:2")])
            if breaks:
                raise Broken

    with pytest.raises(Broken):
        await put(breaks=True)
    assert handed(postgres_database) == []
    await put(breaks=False)
    assert handed(postgres_database) == ["line/here/c1/D1"]


async def test_what_fell_due_is_handed_over_once_while_it_is_in_hand(
    store: SharedStore, postgres_database: Address
) -> None:
    async with store.turn(HERE) as turn:
        await turn.put([letter("o1", "live:1"), letter("o2", "live:2", of="c2")])
        await turn.set_ping(Ping(HERE, C1, "nudge", AT))
        await turn.set_ping(Ping(HERE, C1, "promise", AT - MINUTE))
        await turn.set_ping(Ping(HERE, C2, "nudge", AT + MINUTE))
    done(postgres_database)
    assert await store.leads()
    assert await store.hand_over(AT) == 3
    assert await store.hand_over(AT) == 0
    expected: list[Due] = [Line(HERE, C1, "D1"), Line(HERE, C2, "D1")]
    expected.append(Ping(HERE, C1, "promise", AT))
    assert handed(postgres_database) == [lock(due) for due in expected]
    done(postgres_database)
    assert await store.hand_over(AT) == 3  # nobody has done it


async def test_what_waits_behind_the_head_of_its_line_is_not_handed_over(
    store: SharedStore, postgres_database: Address
) -> None:
    async with store.turn(HERE) as turn:
        await turn.put([letter("o1", "live:1"), letter("o2", "live:2")])
    (head,) = await store.claim(AT, AT + MINUTE)
    await store.settle(head, Outcome("pending", look_at=AT + 5 * MINUTE))
    done(postgres_database)
    assert await store.leads()
    assert await store.hand_over(AT) == 0
    assert await store.hand_over(AT + 5 * MINUTE) == 1


async def test_one_process_leads_until_it_ends_or_its_line_is_cut(
    store: SharedStore, postgres_database: Address
) -> None:
    other = SharedStore(postgres_database, hands=True)
    assert await store.leads()
    assert not await other.leads()
    assert await other.hand_over(AT) == 0
    with postgres.connected(postgres_database.for_libpq) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
    with pytest.raises(StoreUnavailable):
        await store.hand_over(AT)
    await comes_to_lead(other)
    assert not await store.leads()
    await other.close()
    await comes_to_lead(store)


async def test_a_process_that_asks_twice_at_once_whether_it_leads_leads_and_can_be_followed(
    store: SharedStore, postgres_database: Address
) -> None:
    assert all(await asyncio.gather(store.leads(), store.leads(), store.leads()))
    other = SharedStore(postgres_database, hands=True)
    assert not await other.leads()
    await store.close()
    await comes_to_lead(other)
    await other.close()


async def test_a_leader_that_fails_leaves_the_right_to_another_at_once(
    store: SharedStore, postgres_database: Address
) -> None:
    other = SharedStore(postgres_database, hands=True)
    assert await store.leads()
    with pytest.raises(ValueError, match="zone"):
        await store.hand_over(AT.replace(tzinfo=None))
    await comes_to_lead(other)
    assert not await store.leads()
    await other.close()


async def test_what_a_dead_sender_had_in_hand_is_looked_up_at_once(store: SharedStore) -> None:
    async with store.turn(HERE) as turn:
        await turn.put([letter("o1", "live:1"), letter("o2", "live:1", of="c2")])
    await store.claim(AT, AT + MINUTE)
    await store.release(Line(HERE, C1, "D1"), AT, lease=AT + MINUTE)
    (found,) = await store.claim(AT, AT + MINUTE)
    assert (found.id, found.state) == ("o1", "unknown")


async def test_what_a_sender_has_taken_a_moment_ago_stays_in_its_hands(store: SharedStore) -> None:
    async with store.turn(HERE) as turn:
        await turn.put([letter("o1", "live:1")])
    (held,) = await store.claim(AT, AT + MINUTE)
    await store.release(Line(HERE, C1, "D1"), AT, lease=AT + MINUTE / 2)
    assert await store.claim(AT, AT + MINUTE) == ()
    assert await store.settle(held, Outcome("sent"))


async def test_a_job_of_what_fell_due_names_exactly_that(
    store: SharedStore, postgres_database: Address
) -> None:
    ping = Ping(HERE, C1, "nudge", AT.replace(microsecond=7))
    async with store.turn(HERE) as turn:
        await turn.put([letter("o1", "live:1")])
        await turn.set_ping(ping)
    done(postgres_database)
    assert await store.leads()
    await store.hand_over(AT + MINUTE)
    with postgres.connected(postgres_database.for_libpq) as connection:
        found = connection.execute(
            "SELECT queue_name, task_name, args FROM procrastinate_jobs ORDER BY priority DESC"
        ).fetchall()
    answer, reminder = found
    assert answer[:2] == (dues.QUEUE, dues.DELIVER)
    assert dues.line(answer[2]) == Line(HERE, C1, "D1")
    assert reminder[:2] == (dues.QUEUE, dues.FIRE)
    assert dues.ping(reminder[2]) == ping


async def test_what_no_worker_has_come_to_yet_is_not_added_to_without_end(
    store: SharedStore, postgres_database: Address
) -> None:
    async with store.turn(HERE) as turn:
        for kind in ("nudge", "promise"):
            await turn.set_ping(Ping(HERE, C1, kind, AT))
        await turn.put([letter("o1", "live:1"), letter("o2", "live:2", of="c2")])
    with postgres.connected(postgres_database.for_libpq) as connection:
        connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, args)"
            " SELECT 'candor', 'deliver', 1, 'line/there/' || n, '{}' FROM generate_series(1, %s) n",
            [WAITING - 2],  # and the two of the turn
        )
        connection.execute("DELETE FROM procrastinate_jobs WHERE lock = 'line/here/c1/D1'")
    assert await store.leads()
    assert await store.hand_over(AT) == 2  # the line that there is room for, and a reminder
    done(postgres_database)
    assert await store.hand_over(AT) == 3


async def test_a_look_goes_through_the_open_jobs_once_whatever_the_server_counts_on(
    postgres_database: Address,
) -> None:
    words = HAND_OVER.compile(
        dialect=create_engine(postgres_database.for_sqlalchemy).dialect,
        compile_kwargs={"render_postcompile": True},
    )
    with postgres.connected(postgres_database.for_libpq) as connection:
        plan = connection.execute(
            f"EXPLAIN {words}".encode(), {**words.params, "at": AT}
        ).fetchall()
    written = "\n".join(row[0] for row in plan)
    assert written.count("hashed") == 2, written  # of lines, of reminders
    assert "CTE held" in written


async def test_workers_are_told_of_what_was_handed_over_once_it_is_committed(
    store: SharedStore, postgres_database: Address
) -> None:
    def heard() -> list[int]:
        """How many jobs stand there whenever it is told of some."""
        found: list[int] = []
        for _ in listening.notifies(timeout=60, stop_after=1):
            found = [len(handed(postgres_database))]
        return found

    with postgres.connected(postgres_database.for_libpq) as listening:
        listening.execute(f'LISTEN "{CHANNEL}"'.encode())
        async with store.turn(HERE) as turn:
            await turn.put([letter("o1", "live:1")])
        assert await asyncio.to_thread(heard) == [1]
        done(postgres_database)
        assert await store.leads()
        await store.hand_over(AT)
        assert await asyncio.to_thread(heard) == [1]


def test_a_queue_that_notifies_within_each_turn_is_quietened(postgres_database: Address) -> None:
    with postgres.connected(postgres_database.for_libpq) as connection:
        assert is_prepared(connection)
        connection.execute("ALTER TABLE procrastinate_jobs ENABLE TRIGGER ALL")
        assert not is_prepared(connection)
        prepare(connection)
        assert is_prepared(connection)
