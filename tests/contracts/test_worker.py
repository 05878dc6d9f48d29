"""What a worker does when its database goes away under it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from bot import wiring
from bot.engine.dues import DEAD
from bot.engine.errors import StoreUnavailable
from bot.settings import Settings
from bot.store.postgres.address import Address
from bot.store.postgres.shared import SharedStore
from bot.wakers.distributed import WorkingWaker
from bot.wakers.queue import Queue
from bot.web.health import IDLE
from tests import postgres
from tests.engine.room import Room


@pytest.fixture
async def room(postgres_database: Address) -> AsyncIterator[Room]:
    """A house on a server, with a worker at work."""
    queue = Queue(postgres_database.for_libpq)
    store = SharedStore(postgres_database, hands=True)
    found = Room(store)
    waker = WorkingWaker(found.house, store, queue)
    await waker.start()
    yield found
    await waker.stop()
    await store.close()


async def arrived(room: Room) -> str:
    """The next conversation that a message was posted to."""
    async with asyncio.timeout(60):
        return await room.channel.arrivals.get()


async def test_a_worker_whose_lines_are_cut_comes_back_and_goes_on(
    room: Room, postgres_database: Address
) -> None:
    await room.begin("Apollo")
    assert await arrived(room) == "D-anna"
    for person in ("ben", "carl"):
        with postgres.connected(postgres_database.for_libpq) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        await begin(room, person)
        assert await arrived(room) == f"D-{person}"
    assert sorted(m.conversation for m in room.channel.messages) == ["D-anna", "D-ben", "D-carl"]


async def test_a_worker_counts_as_long_as_it_gives_signs_of_life(
    room: Room, postgres_database: Address
) -> None:
    assert isinstance(room.store, SharedStore)
    await begun(room.store)
    with postgres.connected(postgres_database.for_libpq) as connection:
        connection.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - %s", [DEAD])
    assert await room.store.watched.workers() == 0


def test_a_start_says_when_nobody_would_send(postgres_database: Address) -> None:
    settings = Settings(
        database_url=postgres_database.for_libpq, slack_bot_token=SecretStr("xoxb-1")
    )
    assert wiring.noted(settings) == (IDLE,)
    with postgres.connected(postgres_database.for_libpq) as connection:
        connection.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert wiring.noted(settings) == ()
    assert wiring.noted(Settings(database_url=postgres_database.for_libpq)) == ()  # the playground


async def begun(store: SharedStore) -> None:
    """When the one worker has given its first sign of life."""
    async with asyncio.timeout(60):
        while True:
            if await store.watched.workers() == 1:
                return
            await asyncio.sleep(0.05)  # it is still starting


async def begin(room: Room, person: str) -> None:
    """A case; its platform delivers again what could not be taken in."""
    envelope = room.envelope(person)
    while True:
        try:
            await room.command("new Borealis", envelope)
        except StoreUnavailable:
            continue
        return
