"""What a worker does when its database goes away under it."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.engine.errors import StoreUnavailable
from bot.store.address import Address
from bot.store.shared import SharedStore
from bot.wakers.distributed import WorkingWaker
from bot.wakers.queue import Queue
from tests import postgres
from tests.engine.room import Room


@pytest.fixture
async def room(postgres_database: Address) -> AsyncIterator[Room]:
    """A house on a server, with a worker at work."""
    queue = Queue(postgres_database.for_libpq)
    store = SharedStore(postgres_database, hand=queue.hand)
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


async def begin(room: Room, person: str) -> None:
    """A case; its platform delivers again what could not be taken in."""
    envelope = room.envelope(person)
    while True:
        try:
            await room.command("new Borealis", envelope)
        except StoreUnavailable:
            continue
        return
