"""What the waker of one machine does besides: lines rest, and looks share an alarm."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.core.words import FieldId
from bot.engine.deliver import deliver
from bot.engine.ports import Line
from bot.wakers import embedded
from bot.wakers.embedded import EmbeddedWaker
from tests.engine.faults import FaultyStore
from tests.engine.room import HERE, Room


def now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)  # noqa: TID251


@pytest.fixture
def room() -> Room:
    """A house in working hours, whenever the test runs."""
    return Room(FaultyStore())


@pytest.fixture
async def waker(room: Room) -> AsyncIterator[EmbeddedWaker]:
    """A waker that has not been started; stopped at the end."""
    found = EmbeddedWaker(room.house, now=now)
    yield found
    await found.stop()


async def arrived(room: Room) -> str:
    """The next conversation that a message was posted to."""
    async with asyncio.timeout(60):
        return await room.channel.arrivals.get()


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


async def test_what_comes_while_a_message_is_sent_waits_for_the_line_to_have_rested(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "SHARE", 3600)
    monkeypatch.setattr(embedded, "LONGEST_REST", 3600)
    waker = EmbeddedWaker(room.house, now=now)
    case = await room.begin()
    door = room.channel.doors["D-anna"] = asyncio.Event()
    waker.wake(Line(HERE, case))
    await room.channel.knocks.get()
    await room.click(case, "submit", boxes={FieldId("customer"): "Northbay"})
    waker.wake(Line(HERE, case))
    door.set()
    await arrived(room)
    await room.click(case, "submit", boxes={FieldId("customer"): "Museum"})
    await waker.stop()
    assert [kind for kind, _ in room.channel.calls] == ["post", "edit"]
    assert "Museum" in str(room.channel.messages[0].card)


async def test_where_many_lines_are_told_of_together_the_later_ones_wait_for_their_first_look(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "AT_ONCE", 1)
    monkeypatch.setattr(embedded, "SHARE", 3600)
    monkeypatch.setattr(embedded, "APART", 3600)
    monkeypatch.setattr(embedded, "LONGEST_REST", 3600)
    waker = EmbeddedWaker(room.house, now=now)
    first, second = [await room.begin(f"Project {n}") for n in range(2)]
    for case in (first, second):
        waker.wake(Line(HERE, case))
    await arrived(room)
    assert [p.state for p in await room.store.parcels(HERE, second)] == ["pending"]
    await waker.stop()  # which leaves none of them waiting
    assert [p.state for p in await room.store.parcels(HERE, second)] == ["sent"]


async def test_a_line_that_waits_for_its_first_look_gets_it(
    room: Room, waker: EmbeddedWaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "AT_ONCE", 0)
    case = await room.begin()
    waker.wake(Line(HERE, case))
    assert await arrived(room) == "D-anna"


async def test_a_look_that_has_done_enough_leaves_what_waits_behind_to_the_next() -> None:
    room = Room()
    case = await room.begin()
    line = Line(HERE, case)
    door = room.channel.doors["D-anna"] = asyncio.Event()
    sending = asyncio.create_task(deliver(room.house, line, is_enough=lambda: True))
    await room.channel.knocks.get()
    await room.click(case, "submit", boxes={FieldId("customer"): "Museum"})
    door.set()
    assert await sending == 1
    assert await deliver(room.house, line) == 1
    assert [kind for kind, _ in room.channel.calls] == ["post", "edit"]


async def test_looks_that_end_together_ask_once_for_the_next_alarm(
    room: Room, waker: EmbeddedWaker
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
