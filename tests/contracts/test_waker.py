"""What every waker keeps to: it looks at the start, when it is woken, and when something is due."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.words import FieldId
from bot.engine.errors import StoreUnavailable
from bot.engine.ports import Line, Waker
from bot.wakers import embedded
from bot.wakers.embedded import EmbeddedWaker
from tests.engine.faults import FaultyStore
from tests.engine.room import HERE, Room


def now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)  # noqa: TID251


@pytest.fixture
def room() -> Room:
    """A house in working hours, whenever the test runs, over a store that can fail."""
    return Room(FaultyStore())


@pytest.fixture
async def waker(room: Room) -> AsyncIterator[Waker]:
    """A waker that has not been started; stopped at the end."""
    found = EmbeddedWaker(room.house, now=now)
    yield found
    await found.stop()


async def arrived(room: Room) -> str:
    """The next conversation that a message was posted to."""
    async with asyncio.timeout(10):
        return await room.channel.arrivals.get()


async def test_what_fell_due_while_the_house_was_closed_goes_out_at_the_start(
    room: Room, waker: Waker
) -> None:
    await room.begin()
    room.clock.move(timedelta(days=3))
    await waker.start()
    assert [await arrived(room), await arrived(room)] == ["D-anna", "D-anna"]


async def test_what_was_written_goes_out_when_the_waker_is_told(room: Room, waker: Waker) -> None:
    await room.begin("Apollo")
    case = await room.begin("Borealis", person="ben")
    waker.wake(Line(HERE, case))
    assert await arrived(room) == "D-ben"
    waker.wake()
    assert await arrived(room) == "D-anna"


async def test_an_alarm_rings_at_the_next_due_instant(
    room: Room, waker: Waker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "SOONEST", timedelta(milliseconds=20))
    await waker.start()
    await room.begin()
    waker.wake()
    await arrived(room)
    due = await room.store.next_due()
    assert due is not None
    room.clock.at = due - timedelta(milliseconds=40)
    waker.wake()  # sets the alarm by the house's clock; the reminder is not due yet
    room.clock.at = due
    assert await arrived(room) == "D-anna"


@pytest.mark.parametrize("error", [StoreUnavailable(), ZeroDivisionError("ours")])
async def test_a_look_that_fails_is_followed_by_others(
    room: Room, waker: Waker, error: Exception
) -> None:
    assert isinstance(room.store, FaultyStore)
    await waker.start()
    await room.begin()
    room.clock.move(timedelta(days=3))
    room.store.looking = [error]
    waker.wake()
    waker.wake()
    assert await arrived(room) == "D-anna"


async def test_a_waker_that_stops_lets_a_send_end_and_then_cuts_it(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    waker = EmbeddedWaker(room.house, now=now)
    monkeypatch.setattr(embedded, "GRACE", 0.05)
    case = await room.begin()
    room.channel.doors["D-anna"] = asyncio.Event()
    await waker.start()
    await room.channel.knocks.get()
    await waker.stop()
    (parcel,) = await room.store.parcels(HERE, case)
    assert (parcel.state, room.channel.messages) == ("sending", [])


async def test_what_is_told_of_a_resting_line_goes_out_once_for_all(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "SHARE", 3600)
    monkeypatch.setattr(embedded, "LONGEST_REST", 3600)
    waker = EmbeddedWaker(room.house, now=now)
    case = await room.begin()
    waker.wake(Line(HERE, case))
    await arrived(room)
    for customer in ("Northbay", "Southbay", "Museum"):
        await room.click(case, "submit", boxes={FieldId("customer"): customer})
        waker.wake(Line(HERE, case))
    await waker.stop()  # which does not leave it resting
    assert [kind for kind, _ in room.channel.calls] == ["post", "edit"]
    assert "Museum" in str(room.channel.messages[0].card)


async def test_a_line_has_rested_soon_where_few_are_told_of(room: Room, waker: Waker) -> None:
    case = await room.begin()
    waker.wake(Line(HERE, case))
    await arrived(room)
    await room.click(case, "submit", boxes={FieldId("customer"): "Northbay"})
    waker.wake(Line(HERE, case))
    async with asyncio.timeout(10):
        await room.channel.changes.get()
    assert "Northbay" in str(room.channel.messages[0].card)


async def test_looks_that_end_together_ask_once_for_the_next_alarm(
    room: Room, waker: Waker
) -> None:
    assert isinstance(room.store, FaultyStore)
    await waker.start()
    cases = [await room.begin(f"Project {n}") for n in range(20)]
    asked = room.store.asked
    for case in cases:
        waker.wake(Line(HERE, case))
    for _ in cases:
        await arrived(room)
    await waker.stop()
    assert 0 < room.store.asked - asked < len(cases)
