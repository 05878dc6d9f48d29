"""On PostgreSQL a server connects a tenant's tracker, and a worker reads it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

import pytest
from pydantic import SecretStr

from bot.assembly import connecting
from bot.core.cards.blocks import Button
from bot.core.words import CaseId
from bot.engine.keeping.connections import Connection
from bot.engine.keeping.vault import new_key
from bot.engine.own import Own
from bot.settings import Settings
from bot.store.postgres.address import Address
from bot.store.postgres.shared import SharedStore
from bot.wakers.distributed import DistributedWaker, WorkingWaker
from bot.wakers.queue import Queue
from tests.engine.room import HERE, Room
from tests.engine.tracked import buttons, said
from tests.sources.fakes import linear
from tests.sources.fakes.vendor import Clock


@dataclass(frozen=True)
class Process:
    """A house of its own on the same database, and what its tenants have connected."""

    room: Room
    own: Own
    store: SharedStore
    queue: Queue


def process(name: str, address: Address, settings: Settings, open_: AsyncExitStack) -> Process:
    queue = Queue(address.for_libpq)
    store = SharedStore(address, hands=True)
    room = Room(store, name=name)
    own = connecting.own(settings, room.clock, store.safe)
    assert own is not None
    room.house = replace(room.house, own=own)
    open_.push_async_callback(store.close)
    open_.push_async_callback(own.close)
    return Process(room, own, store, queue)


@pytest.fixture
async def processes(postgres_database: Address) -> AsyncIterator[tuple[Process, Process]]:
    """A server and a worker, beside a Linear."""
    tracker = linear.Linear(Clock())
    await tracker.start()
    settings = Settings(keys=SecretStr(new_key()), linear_base_url=tracker.base)
    async with AsyncExitStack() as open_:
        open_.push_async_callback(tracker.stop)
        server = process("server", postgres_database, settings, open_)
        worker = process("worker", postgres_database, settings, open_)
        for waker in (
            WorkingWaker(worker.room.house, worker.store, worker.queue),
            DistributedWaker(server.room.house, server.store, server.queue),
        ):
            open_.push_async_callback(waker.stop)
            await waker.start()
        yield server, worker
    assert tracker.wrong == []


async def until(room: Room, is_there: Callable[[], bool]) -> None:
    """When the worker has brought it to the conversation."""
    async with asyncio.timeout(60):
        while not is_there():
            changed = asyncio.ensure_future(room.channel.changes.get())
            posted = asyncio.ensure_future(room.channel.arrivals.get())
            _, left = await asyncio.wait(
                {changed, posted}, return_when=asyncio.FIRST_COMPLETED, timeout=60
            )
            for each in left:
                each.cancel()


async def press(server: Room, worker: Room, case: CaseId, label: str) -> None:
    """A button that the worker has drawn, pressed where the server hears it."""

    def found() -> list[Button]:
        cards = (message.card for message in worker.channel.messages)
        return [b for card in cards for b in buttons(card) if b.label.en == label]

    await until(worker, lambda: found() != [])
    action = found()[-1].action
    await server.click(case, f"{action.name}/{action.argument}")


async def test_a_worker_reads_what_was_connected_at_the_server(
    processes: tuple[Process, Process],
) -> None:
    server, worker = processes
    at = server.room.clock()
    await server.own.connections.keep(Connection(HERE, "linear", {"key": linear.KEY}, at))
    case = await server.room.begin("")
    await press(server.room, worker.room, case, "Take the facts from Linear")
    await press(server.room, worker.room, case, "Tram depot")
    told = "Tram depot in Linear, read Monday 23 November 15:00: 5 of 10 items done"
    await until(
        worker.room, lambda: any(told in said(m.card) for m in worker.room.channel.messages)
    )
    assert server.room.channel.messages == []
