"""What is broken off at any of its waits is done whole or not at all, and nobody else finds anything of
it on a connection.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, LiteralString

import pytest

from bot.core.words import CaseId, EventId
from bot.engine.ports import Ping
from bot.store.postgres import wires
from bot.store.postgres.address import Address
from bot.store.postgres.shared import SharedStore
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests import postgres
from tests.contracts.rows import AT, HERE, MINUTE, case, entry, filed, letter

MOST = 60  # waits of anything that is tried here
LOOKS = 1_000  # at what the sessions do
C1 = CaseId("c1")

Work = Coroutine[Any, Any, object]


class BrokenOff:
    """Work that is cancelled at its `number`-th wait; `late`: in the very moment in which that comes
    for which it waits.
    """

    def __init__(self, work: Work, number: int, *, late: bool) -> None:
        self._work, self._number, self._late = work, number, late
        self.waits = 0

    def __await__(self) -> Generator[Any, None, None]:
        go_on = partial(self._work.send, None)
        while True:
            try:
                future = go_on()
            except StopIteration:
                return
            finally:
                del go_on  # with what it throws, and so with all that hangs on that
            if self.waits == self._number:
                self._cancels(future)
            self.waits += 1
            try:
                yield future
                go_on = partial(self._work.send, None)
            except BaseException as error:  # noqa: BLE001 - it belongs to the work
                go_on = partial(self._work.throw, error)

    def _cancels(self, future: "asyncio.Future[object] | None") -> None:
        task = asyncio.current_task()
        assert task is not None
        if future is not None and self._late:
            future.add_done_callback(lambda _: task.cancel())
        else:
            task.cancel()


async def broken_off(
    work: Callable[[], Work], *, late: bool, beside: Callable[[], Work] | None = None
) -> AsyncIterator[bool]:
    """The work done again and again, broken off at its first wait, its second and so on, until it is
    not reached any more; tells each time whether it got through. What is done `beside` it, begun
    before and after, gets through each time.
    """
    for number in range(MOST):
        tried = BrokenOff(work(), number, late=late)

        async def trying(tried: BrokenOff = tried) -> None:
            await tried

        others = [asyncio.ensure_future(beside())] if beside is not None else []
        task = asyncio.ensure_future(trying())
        others += [asyncio.ensure_future(beside())] if beside is not None else []
        await asyncio.wait([task, *others])
        await asyncio.gather(*others)
        is_through = not task.cancelled()
        if is_through:
            await task
        del task
        yield is_through
        if tried.waits <= number:
            return
    raise AssertionError("it never gets through")


@pytest.fixture
async def store(postgres_database: Address) -> AsyncIterator[SharedStore]:
    found = SharedStore(postgres_database, hands=True)
    async with found.turn(HERE) as turn:
        await turn.save(filed(case("c1")), was=None)
    yield found
    await found.close()


_BUSY = "AND state <> 'idle'"


async def quiet(database: Address, which: LiteralString = _BUSY) -> None:
    """Returns when no session does anything any more; fails where one stays in a transaction."""
    asked = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND application_name = 'candor' " + which
    )
    with postgres.connected(database.for_libpq) as connection:
        for _ in range(LOOKS):
            if connection.execute(asked).fetchone() == (0,):
                return
            await asyncio.sleep(0)
            connection.execute("SELECT pg_sleep(0.02)")
    raise AssertionError("a session is still busy")


async def all_places_are_free(store: SharedStore) -> None:
    """As many turns at once as there are connections."""
    together = asyncio.Barrier(wires.CONNECTIONS)

    async def one(number: int) -> None:
        async with store.turn(HERE) as turn:
            assert await turn.case(CaseId(f"none{number}")) is None
            await together.wait()

    async with asyncio.timeout(20):
        await asyncio.gather(*map(one, range(wires.CONNECTIONS)))


class Changes:
    """Turns that each go on in the same case, and all that they leave behind."""

    def __init__(self, store: SqlStore) -> None:
        self.store, self.tried = store, 0

    async def one(self) -> None:
        self.tried += 1
        event = f"e{self.tried}"
        async with self.store.turn(HERE) as turn:
            assert await turn.take_in(EventId(event), AT)
            found = await turn.case(C1)
            assert found is not None
            was = found.case.revision
            await turn.save(filed(replace(found.case, revision=was + 1)), was=was)
            await asyncio.sleep(0)
            await turn.log(replace(entry(event), chained=True))
            await turn.set_ping(Ping(HERE, C1, f"nudge{event}", AT))
            await turn.put([letter(f"o{event}", f"live:{event}")])

    async def done(self) -> int:
        """How many were; fails where one was half done."""
        found = await self.store.case(HERE, C1)
        assert found is not None
        done = found.case.revision - 1
        assert len(await self.store.entries(HERE, C1)) == done
        assert len(await self.store.parcels(HERE, C1)) == done
        assert len(await self.store.pings(AT + MINUTE, limit=1000)) == done
        return done


@pytest.mark.parametrize("late", [False, True])
async def test_a_turn_is_done_whole_or_not_at_all(
    store: SharedStore, postgres_database: Address, late: bool
) -> None:
    changes = Changes(store)
    async for _ in broken_off(changes.one, late=late):
        found = await store.case(HERE, C1)
        assert found is not None
        assert found.case.id == C1
    await quiet(postgres_database)
    assert 1 <= await changes.done() < changes.tried
    await all_places_are_free(store)


@pytest.mark.parametrize("late", [False, True])
async def test_a_turn_on_a_file_takes_none_of_those_along_that_share_its_commit(
    tmp_path: Path, late: bool
) -> None:
    migrate(tmp_path / "candor.db", at=AT)
    store = SqlStore(tmp_path / "candor.db")
    async with store.turn(HERE) as turn:
        await turn.save(filed(case("c1")), was=None)
    changes = Changes(store)
    others = 0
    async for _ in broken_off(changes.one, late=late, beside=changes.one):
        others += 2
    assert others < await changes.done() < changes.tried
    await store.close()


async def test_a_server_soon_ends_what_was_broken_off_while_it_waited_for_a_row(
    store: SharedStore, postgres_database: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wires, "PATIENCE", timedelta(minutes=5))  # so that no lock times out
    other = SharedStore(postgres_database)

    async def asks() -> None:
        async with other.turn(HERE) as turn:
            await turn.case(C1)

    async with store.turn(HERE) as turn:
        await turn.case(C1)
        asking = asyncio.create_task(asks())
        with postgres.connected(postgres_database.for_libpq) as connection:
            await seen(connection, 1)
            asking.cancel()
            await asyncio.wait([asking])
            await seen(connection, 0)
    await other.close()


async def seen(connection: postgres.Connection, many: int) -> None:
    """Returns when so many sessions wait for a lock."""
    waiting = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND wait_event_type = 'Lock'"
    )
    for _ in range(LOOKS):
        if connection.execute(waiting).fetchone() == (many,):
            return
        await asyncio.sleep(0)
        connection.execute("SELECT pg_sleep(0.02)")
    raise AssertionError("they wait for ever")


@pytest.mark.parametrize("late", [False, True])
async def test_a_question_leaves_its_answer_to_nobody_else(
    store: SharedStore, postgres_database: Address, late: bool
) -> None:
    async for _ in broken_off(lambda: store.cases_of_all(HERE), late=late):
        assert await store.whose(C1) == (HERE,)
        assert await store.parcel(HERE, "none") is None
    await quiet(postgres_database)
    await all_places_are_free(store)


@pytest.mark.parametrize("late", [False, True])
async def test_a_connection_that_is_being_made_is_let_go(
    postgres_database: Address, late: bool
) -> None:
    async def first() -> None:
        store = SharedStore(postgres_database)
        try:
            assert await store.whose(C1) == ()
        finally:
            await store.close()

    async for _ in broken_off(first, late=late):
        pass
    await quiet(postgres_database, "")


@pytest.mark.parametrize("late", [False, True])
async def test_the_right_to_hand_over_is_never_left_to_nobody(
    store: SharedStore, postgres_database: Address, late: bool
) -> None:
    async def look() -> None:
        if await store.leads():
            await store.hand_over(AT)

    async for _ in broken_off(look, late=late):
        async with asyncio.timeout(20):
            while not await store.leads():
                pass
        await store.hand_over(AT)
    await quiet(postgres_database)
