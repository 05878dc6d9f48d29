"""What every waker keeps to: it looks at the start, when it is woken, and when something is due."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.words import FieldId
from bot.engine.errors import StoreUnavailable
from bot.engine.ports import Line, Waker
from bot.store.postgres.address import Address
from bot.store.postgres.shared import SharedStore
from bot.wakers import distributed, embedded
from bot.wakers.distributed import WorkingWaker
from bot.wakers.embedded import EmbeddedWaker
from bot.wakers.queue import Queue
from tests.engine.faults import FaultyStore
from tests.engine.room import HERE, Room


def now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)  # noqa: TID251


class FaultyShared(SharedStore):
    """A shared store that raises `looking` one by one when what is due is handed over."""

    def __init__(self, address: Address) -> None:
        super().__init__(address, hands=True)
        self.looking: list[Exception] = []

    async def hand_over(self, at: datetime) -> int:
        """Raise the next error, or hand over."""
        if self.looking:
            raise self.looking.pop(0)
        return await super().hand_over(at)


@pytest.fixture(params=["embedded", "distributed"])
def engine(request: pytest.FixtureRequest) -> tuple[Room, Waker]:
    """A house in working hours, whenever the test runs, over a store that can fail; and its waker,
    which has not been started.
    """
    if request.param == "embedded":
        room = Room(FaultyStore())
        return room, EmbeddedWaker(room.house, now=now)
    address = request.getfixturevalue("postgres_database")
    queue = Queue(address.for_libpq)
    store = FaultyShared(address)
    room = Room(store)
    return room, WorkingWaker(room.house, store, queue)


@pytest.fixture
def room(engine: tuple[Room, Waker]) -> Room:
    """The house."""
    return engine[0]


@pytest.fixture
async def waker(engine: tuple[Room, Waker]) -> AsyncIterator[Waker]:
    """Its waker, stopped at the end."""
    room, found = engine
    yield found
    await found.stop()
    await room.store.close()


async def arrived(room: Room) -> str:
    """The next conversation that a message was posted to."""
    async with asyncio.timeout(60):
        return await room.channel.arrivals.get()


async def test_what_fell_due_while_the_house_was_closed_goes_out_at_the_start(
    room: Room, waker: Waker
) -> None:
    await room.begin()
    room.clock.move(timedelta(days=3))
    await waker.start()
    assert [await arrived(room), await arrived(room)] == ["D-anna", "D-anna"]


async def test_what_was_written_goes_out_when_the_waker_is_told(room: Room, waker: Waker) -> None:
    await waker.start()
    case = await room.begin("Borealis", person="ben")
    waker.wake(Line(HERE, case))
    assert await arrived(room) == "D-ben"
    await room.begin("Apollo")
    waker.wake()
    assert await arrived(room) == "D-anna"


async def test_what_nobody_told_of_is_found_by_the_sweep_of_each_minute(
    room: Room, waker: Waker, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert timedelta(minutes=1) == embedded.SWEEP
    monkeypatch.setattr(embedded, "SWEEP", timedelta(seconds=1))
    await waker.start()
    await room.begin()  # and the waker is not told
    assert await arrived(room) == "D-anna"


async def test_an_alarm_rings_at_the_next_due_instant(
    room: Room, waker: Waker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "SOONEST", timedelta(milliseconds=20))
    await waker.start()
    await room.begin()
    waker.wake()
    await arrived(room)
    (ping,) = await room.store.pings(room.clock() + timedelta(days=30))
    due = ping.due
    room.clock.at = due - timedelta(milliseconds=40)
    waker.wake()  # sets the alarm by the house's clock; the reminder is not due yet
    room.clock.at = due
    assert await arrived(room) == "D-anna"


@pytest.mark.parametrize("error", [StoreUnavailable(), ZeroDivisionError("ours")])
async def test_a_look_that_fails_is_followed_by_others(
    room: Room, waker: Waker, error: Exception
) -> None:
    assert isinstance(room.store, FaultyStore | FaultyShared)
    await waker.start()
    await room.begin()
    room.clock.move(timedelta(days=3))
    room.store.looking = [error]
    waker.wake()
    waker.wake()
    assert await arrived(room) == "D-anna"


async def test_a_waker_that_stops_lets_a_send_end_and_then_cuts_it(
    room: Room, waker: Waker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "GRACE", 0.05)
    monkeypatch.setattr(distributed, "GRACE", 0.05)
    case = await room.begin()
    room.channel.doors["D-anna"] = asyncio.Event()
    await waker.start()
    await room.channel.knocks.get()
    await waker.stop()
    (parcel,) = await room.store.parcels(HERE, case)
    assert (parcel.state, room.channel.messages) == ("sending", [])


async def test_a_line_has_rested_soon_where_few_are_told_of(room: Room, waker: Waker) -> None:
    await waker.start()
    case = await room.begin()
    waker.wake(Line(HERE, case))
    await arrived(room)
    await room.click(case, "submit", boxes={FieldId("customer"): "Northbay"})
    waker.wake(Line(HERE, case))
    async with asyncio.timeout(60):
        await room.channel.changes.get()
    assert "Northbay" in str(room.channel.messages[0].card)
