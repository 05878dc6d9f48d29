"""Due reminders: once each, at two clocks, after days down, and past one that has a fault."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.words import CaseId, EventId, PersonId
from bot.engine.errors import Conflict, StoreUnavailable
from bot.engine.firing import fire
from bot.engine.keeping.retention import Keeping
from bot.engine.ports import Filed, Ping
from bot.engine.tick import POSTPONED, forget, tick
from tests.engine.faults import FaultyStore
from tests.engine.room import AT, HERE, Room

DAYS = timedelta(days=1)


async def nudges(room: Room, case: CaseId) -> int:
    return sum(e.kind == "PingDue" for e in await room.store.entries(HERE, case))


async def test_a_reminder_fires_when_it_is_due_and_not_before(room: Room) -> None:
    case = await room.begin()
    assert await tick(room.house) == 0
    due = await room.store.next_due()
    assert due is not None
    room.clock.move(4 * DAYS)
    assert await tick(room.house) == 1
    assert await nudges(room, case) == 1
    assert any(p.slot.startswith("nudge") for p in await room.store.parcels(HERE, case))


async def test_an_inbound_is_let_go_of_when_no_platform_delivers_it_again(room: Room) -> None:
    await room.begin()
    room.clock.move(Keeping().inbox - DAYS)
    assert await forget(room.house) == 0
    room.clock.move(2 * DAYS)
    assert await forget(room.house) > 0
    assert await forget(room.house) == 0


async def test_however_many_inbounds_are_old_none_of_them_is_kept(room: Room) -> None:
    async with room.store.turn(HERE) as turn:
        for number in range(2500):
            await turn.take_in(EventId(f"e{number}"), room.clock())
    room.clock.move(Keeping().inbox + DAYS)
    assert await forget(room.house) == 2500


async def test_ticks_at_once_fire_a_reminder_once(room: Room) -> None:
    case = await room.begin()
    room.clock.move(2 * DAYS)
    assert sum(await asyncio.gather(*(tick(room.house) for _ in range(5)))) == 1
    assert await nudges(room, case) == 1


async def test_a_reminder_that_moved_or_went_does_not_fire(room: Room) -> None:
    case = await room.begin()
    (ping,) = await room.store.pings(AT + 9 * DAYS)
    async with room.store.turn(HERE) as turn:
        await turn.set_ping(Ping(HERE, case, ping.kind, ping.due + DAYS))
    assert not await fire(room.house, ping)
    assert await nudges(room, case) == 0


async def test_a_reminder_of_a_case_that_is_gone_goes_too(room: Room) -> None:
    ping = Ping(HERE, CaseId("never"), "nudge", AT)
    async with room.store.turn(HERE) as turn:
        await turn.set_ping(ping)
    assert await tick(room.house) == 0
    assert await room.store.pings(AT) == ()


async def test_silence_is_nudged_twice_and_then_the_case_is_parked(room: Room) -> None:
    case = await room.begin()
    for _ in range(30):
        room.clock.move(DAYS)
        await tick(room.house)
    assert await nudges(room, case) == 2
    filed = await room.store.case(HERE, case)
    assert filed is not None
    assert filed.case.stopped


async def test_a_reminder_with_a_fault_is_postponed_and_stops_no_other() -> None:
    store = FaultyStore()
    room = Room(store)
    first, second = await room.begin("Apollo"), await room.begin("Borealis", person="ben")
    room.clock.move(3 * DAYS)
    store.errors = [ZeroDivisionError("ours")]
    assert await tick(room.house) == 1
    assert await nudges(room, first) + await nudges(room, second) == 1
    assert await tick(room.house) == 0
    room.clock.move(POSTPONED)
    assert await tick(room.house) == 1
    assert (await nudges(room, first), await nudges(room, second)) == (1, 1)


async def test_a_reminder_with_a_fault_that_was_set_anew_meanwhile_stays_as_set(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await room.begin()
    room.clock.move(3 * DAYS)
    later = Ping(HERE, case, "nudge", room.clock() + DAYS)

    async def fail(_house: object, _ping: object) -> bool:
        async with room.store.turn(HERE) as turn:
            await turn.set_ping(later)
        raise ZeroDivisionError

    monkeypatch.setattr("bot.engine.firing.fire", fail)
    assert await tick(room.house) == 0
    assert await room.store.pings(room.clock() + 9 * DAYS) == (later,)


async def test_a_reminder_of_a_case_that_changes_just_now_waits_for_the_next_tick() -> None:
    store = FaultyStore()
    room = Room(store)
    first, second = await room.begin("Apollo"), await room.begin("Borealis", person="ben")
    room.clock.move(3 * DAYS)
    store.errors = [Conflict()]
    assert await tick(room.house) == 1
    assert await tick(room.house) == 1
    assert (await nudges(room, first), await nudges(room, second)) == (1, 1)


async def test_a_store_that_is_down_keeps_the_reminder() -> None:
    store = FaultyStore()
    room = Room(store)
    case = await room.begin()
    room.clock.move(3 * DAYS)
    store.errors = [StoreUnavailable()]
    with pytest.raises(StoreUnavailable):
        await tick(room.house)
    assert await tick(room.house) == 1
    assert await nudges(room, case) == 1


async def test_a_nudge_speaks_the_case_language_when_its_owner_is_unknown(room: Room) -> None:
    case = await room.begin()
    filed = await room.store.case(HERE, case)
    assert filed is not None
    ping = Ping(HERE, CaseId("copy"), "nudge", AT)
    async with room.store.turn(HERE) as turn:
        await turn.save(_adopted(filed), was=None)
        await turn.set_ping(ping)
    assert await fire(room.house, ping)
    assert {p.language for p in await room.store.parcels(HERE, CaseId("copy"))} == {"zh"}


def _adopted(filed: Filed) -> Filed:
    case = replace(filed.case, id=CaseId("copy"), owner=PersonId("nobody"), language="zh")
    return Filed(case, filed.place)
