"""The one way out: in order, never twice, and a row in trouble does not stop the others."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.words import CaseId, TenantId
from bot.engine import deliver as delivering
from bot.engine.deliver import CALL, FAULTS, LEASE, SETTLE, deliver, pause
from bot.engine.errors import (
    BadContent,
    CannotLook,
    Later,
    OutcomeUnknown,
    Outdated,
    Refused,
    StoreUnavailable,
)
from bot.engine.house import House
from bot.engine.ports import Channel, Channels, Line, Outcome, Parcel
from tests.engine.faults import FaultyStore
from tests.engine.room import HERE, Room


async def rows(room: Room, case: CaseId) -> list[tuple[str, str, str]]:
    return [(p.kind, p.state, p.error) for p in await room.store.parcels(HERE, case)]


async def test_what_waits_goes_out_once_and_in_order(room: Room) -> None:
    case = await room.begin()
    await room.say("Acme")
    await room.say("The gearbox")
    assert await deliver(room.house) == 3
    assert await deliver(room.house) == 0
    assert [p.ref for p in await room.store.parcels(HERE, case)] == ["0", "1", "2"]
    assert [m.conversation for m in room.channel.messages] == ["D-anna"] * 3


async def test_what_took_long_to_fail_is_looked_up_only_after_the_platform_could_settle(
    room: Room,
) -> None:
    case = await room.begin()
    room.channel.doors["D-anna"] = asyncio.Event()
    room.channel.after = [OutcomeUnknown()]
    sending = asyncio.create_task(deliver(room.house))
    await room.channel.knocks.get()
    room.clock.move(timedelta(seconds=CALL))
    room.channel.doors["D-anna"].set()
    await sending
    (parcel,) = await room.store.parcels(HERE, case)
    assert (parcel.state, parcel.look_at) == ("unknown", room.clock() + SETTLE)


async def test_a_message_that_stands_is_edited(room: Room) -> None:
    case = await room.begin()
    await deliver(room.house)
    await room.click(case, "why")
    await deliver(room.house)
    assert [what for what, _ in room.channel.calls] == ["post", "edit"]
    assert len(room.channel.messages) == 1


async def test_a_message_that_takes_no_more_edits_is_followed_by_a_new_one(room: Room) -> None:
    case = await room.begin()
    await deliver(room.house)
    room.channel.before = [Outdated()]
    await room.click(case, "why")
    await deliver(room.house)
    assert [p.ref for p in await room.store.parcels(HERE, case)] == ["1", "1"]
    await room.click(case, "example")
    await deliver(room.house)
    assert [what for what, _ in room.channel.calls] == ["post", "edit", "post", "edit"]
    assert len(room.channel.messages) == 2


async def test_a_new_one_whose_outcome_is_unknown_is_looked_up_before_another(room: Room) -> None:
    case = await room.begin()
    await deliver(room.house)
    room.channel.before, room.channel.after = [Outdated()], [OutcomeUnknown()]
    await room.click(case, "why")
    await deliver(room.house)
    assert (await rows(room, case))[-1][1] == "unknown"
    room.channel.before = [Outdated()]
    room.clock.move(SETTLE)
    await deliver(room.house)
    assert (await rows(room, case))[-1][1] == "sent"
    assert len(room.channel.messages) == 2


async def test_two_deliveries_at_once_send_everything_once(room: Room) -> None:
    cases = [await room.begin(name) for name in ("Apollo", "Borealis", "Ceres")]
    counts = await asyncio.gather(*(deliver(room.house) for _ in range(4)))
    assert sum(counts) == len(room.channel.messages) == len(cases)


async def test_one_case_can_be_sent_alone(room: Room) -> None:
    first, second = await room.begin("Apollo"), await room.begin("Borealis")
    await deliver(room.house, Line(HERE, second))
    assert await rows(room, first) == [("post", "pending", "")]
    assert await rows(room, second) == [("post", "sent", "")]


@pytest.mark.parametrize(
    ("error", "state"), [(Refused(), "dropped"), (BadContent(), "dead"), (CannotLook(), "unknown")]
)
async def test_what_is_refused_for_good_is_not_tried_again(
    room: Room, error: Exception, state: str
) -> None:
    case = await room.begin()
    room.channel.before = [error]
    await deliver(room.house)
    room.clock.move(timedelta(hours=1))
    await deliver(room.house)
    assert await rows(room, case) == [("post", state, type(error).__name__)]
    assert len(room.channel.calls) == 1


async def test_what_is_not_possible_now_waits_as_long_as_it_is_told(room: Room) -> None:
    case = await room.begin()
    await room.say("Acme")
    room.channel.before = [Later(timedelta(minutes=3))]
    assert await deliver(room.house) == 0
    room.clock.move(timedelta(minutes=2))
    assert await deliver(room.house) == 0
    assert (await rows(room, case))[0] == ("post", "pending", "Later")
    room.clock.move(timedelta(minutes=1))
    assert await deliver(room.house) == 2


async def test_the_pause_doubles_and_has_an_end(room: Room) -> None:
    await room.begin()
    (parcel,) = await room.store.claim(room.clock(), room.clock() + LEASE)
    pauses = [pause(replace(parcel, attempt=n)) for n in range(1, 20)]
    assert pauses == sorted(pauses)
    assert pauses[0] * 2 == pauses[1]
    assert pauses[-1] <= delivering.LONGEST * 1.2


async def test_a_storm_of_refusals_is_over_and_all_is_sent_in_order(room: Room) -> None:
    cases = [await room.begin(f"P{n}") for n in range(20)]
    room.channel.before = [Later() for _ in range(60)]
    for _ in range(12):
        await deliver(room.house)
        room.clock.move(timedelta(minutes=20))
    assert len(room.channel.messages) == len(cases)
    assert len({m.key for m in room.channel.messages}) == len(cases)


async def test_a_line_cut_after_the_message_was_accepted_sends_no_second_one(room: Room) -> None:
    case = await room.begin()
    room.channel.after = [OutcomeUnknown()]
    await deliver(room.house)
    assert await rows(room, case) == [("post", "unknown", "OutcomeUnknown")]
    room.clock.move(SETTLE)
    assert await deliver(room.house) == 1
    assert [what for what, _ in room.channel.calls] == ["post", "find"]
    assert await rows(room, case) == [("post", "sent", "")]


async def test_a_line_cut_before_the_message_arrived_sends_it_after_a_look(room: Room) -> None:
    case = await room.begin()
    room.channel.before = [OutcomeUnknown()]
    await deliver(room.house)
    room.clock.move(SETTLE)
    assert await deliver(room.house) == 1
    assert [what for what, _ in room.channel.calls] == ["post", "find", "post"]
    assert await rows(room, case) == [("post", "sent", "")]


async def test_a_sender_that_died_is_noticed_and_its_message_is_looked_up(room: Room) -> None:
    case = await room.begin()
    (parcel,) = await room.store.claim(room.clock(), room.clock() + LEASE)
    await room.channel.post("D-anna", parcel.id, parcel.card, "en")
    assert await deliver(room.house) == 0
    room.clock.move(LEASE)
    assert await deliver(room.house) == 1
    assert len(room.channel.messages) == 1
    assert await rows(room, case) == [("post", "sent", "")]


async def test_where_nobody_can_look_the_row_waits_for_a_person_and_the_line_goes_on(
    room: Room,
) -> None:
    case = await room.begin()
    await room.say("Acme")
    room.channel.after = [OutcomeUnknown()]
    room.channel.lost = [CannotLook()]
    await deliver(room.house)
    room.clock.move(SETTLE)
    await deliver(room.house)
    room.clock.move(timedelta(days=1))
    await deliver(room.house)
    assert [row[1] for row in await rows(room, case)] == ["unknown", "sent"]
    assert len(room.channel.messages) == 2


async def test_a_look_that_fails_is_tried_again_and_nothing_is_sent(room: Room) -> None:
    case = await room.begin()
    room.channel.after = [OutcomeUnknown()]
    room.channel.lost = [Later(), OutcomeUnknown()]
    for _ in range(3):
        await deliver(room.house)
        assert (await rows(room, case))[0][1] == "unknown"
        room.clock.move(timedelta(minutes=1))
    assert await deliver(room.house) == 1
    assert [what for what, _ in room.channel.calls] == ["post", "find", "find", "find"]


async def test_an_edit_with_an_unknown_outcome_is_simply_made_again(room: Room) -> None:
    case = await room.begin()
    await deliver(room.house)
    await room.click(case, "why")
    room.channel.after = [OutcomeUnknown()]
    await deliver(room.house)
    room.clock.move(SETTLE)
    assert await deliver(room.house) == 1
    assert [what for what, _ in room.channel.calls] == ["post", "edit", "edit"]


async def test_an_edit_without_a_message_is_dropped(room: Room) -> None:
    case = await room.begin()
    (post,) = await room.store.claim(room.clock(), room.clock() + LEASE)
    await room.click(case, "why")
    await room.store.settle(post, Outcome("dropped", error="Refused"))
    assert await deliver(room.house) == 0
    assert [row[1:] for row in await rows(room, case)] == [
        ("dropped", "Refused"),
        ("dropped", "no message to edit"),
    ]


async def test_a_fault_of_ours_is_looked_at_a_few_times_and_then_by_an_operator(
    room: Room,
) -> None:
    case = await room.begin()
    room.channel.before = [KeyError("ours")] * FAULTS
    for _ in range(2 * FAULTS):
        await deliver(room.house)
        room.clock.move(timedelta(minutes=20))
    assert await rows(room, case) == [("post", "dead", "KeyError")]
    assert room.channel.messages == []


async def test_a_message_that_never_arrives_is_given_up_at_last(room: Room) -> None:
    case = await room.begin()
    room.channel.before = [OutcomeUnknown()] * FAULTS
    for _ in range(2 * FAULTS):
        await deliver(room.house)
        room.clock.move(timedelta(minutes=20))
    assert await rows(room, case) == [("post", "dead", "never arrived")]


async def test_a_message_outlives_an_hour_in_which_no_call_comes_to_an_end(room: Room) -> None:
    case = await room.begin()
    room.channel.before = [OutcomeUnknown()] * 60
    for _ in range(60):
        await deliver(room.house)
        room.clock.move(timedelta(minutes=1))
    room.channel.before = []
    for _ in range(3):
        room.clock.move(timedelta(minutes=15))
        await deliver(room.house)
    assert [row[1] for row in await rows(room, case)] == ["sent"]


async def test_a_platform_that_is_switched_off_keeps_its_rows_until_they_help_nobody(
    room: Room,
) -> None:
    case = await room.begin()
    channels = dict(room.house.channels)
    off = replace(room.house, channels={})
    await deliver(off)
    assert await rows(room, case) == [("post", "pending", "no channel")]
    room.clock.move(timedelta(days=8))
    await deliver(replace(off, channels=channels))
    assert await rows(room, case) == [("post", "dropped", "expired")]


async def test_an_unknown_row_that_helps_nobody_any_more_stays_unknown(room: Room) -> None:
    case = await room.begin()
    room.channel.after = [OutcomeUnknown()]
    await deliver(room.house)
    room.clock.move(timedelta(days=8))
    await deliver(room.house)
    assert await rows(room, case) == [("post", "unknown", "expired")]


async def test_a_call_that_hangs_is_cut_off_and_counts_as_unknown(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await room.begin()
    room.channel.doors["D-anna"] = asyncio.Event()
    monkeypatch.setattr(delivering, "CALL", 0.01)
    await deliver(room.house)
    assert await rows(room, case) == [("post", "unknown", "TimeoutError")]
    assert timedelta(seconds=CALL) < LEASE


async def test_a_slow_conversation_holds_up_nobody_else(room: Room) -> None:
    slow, quick = await room.begin("Slow"), await room.begin("Quick", person="ben")
    room.channel.doors["D-anna"] = asyncio.Event()
    delivery = asyncio.create_task(deliver(room.house))
    assert await room.channel.arrivals.get() == "D-ben"
    assert await rows(room, slow) == [("post", "sending", "")]
    room.channel.doors["D-anna"].set()
    assert await delivery == 2
    assert await rows(room, quick) == [("post", "sent", "")]


class Elsewhere(Channels):
    """A way out that the database names, and which is not told at once."""

    def __init__(self, channel: Channel, *before: Exception) -> None:
        self.channel, self.before = channel, list(before)
        self.hangs = False

    async def of(self, _: TenantId) -> Channel | None:
        if self.before:
            raise self.before.pop(0)
        if self.hangs:
            await asyncio.Event().wait()
        return self.channel


def by(room: Room, way: Elsewhere) -> House:
    return replace(room.house, channels={**room.house.channels, "slack": way})


async def test_a_way_out_that_the_database_does_not_tell_leaves_a_message_certainly_unsent(
    room: Room,
) -> None:
    case = await room.begin()
    house = by(room, Elsewhere(room.channel, *[StoreUnavailable()] * (FAULTS + 1)))
    for _ in range(FAULTS + 1):
        await deliver(house)
        ((_, state, error),) = await rows(room, case)
        assert (state, error) == ("pending", "StoreUnavailable")
        room.clock.move(timedelta(minutes=15))
    assert await deliver(house) == 1
    assert [what for what, _ in room.channel.calls] == ["post"]


async def test_a_database_that_hangs_before_a_message_leaves_it_certainly_unsent(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "WAY", 0.001)
    case = await room.begin()
    way = Elsewhere(room.channel)
    way.hangs = True
    await deliver(by(room, way))
    assert await rows(room, case) == [("post", "pending", "StoreUnavailable")]


async def test_an_outcome_that_cannot_be_recorded_is_found_out_later() -> None:
    store = FaultyStore()
    room = Room(store)
    case = await room.begin()
    store.settling = [StoreUnavailable()]
    await deliver(room.house)
    assert await rows(room, case) == [("post", "sending", "")]
    room.clock.move(LEASE)
    assert await deliver(room.house) == 1
    assert len(room.channel.messages) == 1


async def test_an_outbox_that_cannot_be_read_ends_the_delivery_in_peace() -> None:
    store = FaultyStore()
    room = Room(store)
    await room.begin()
    store.claiming = [StoreUnavailable()]
    assert await deliver(room.house) == 0
    assert await deliver(room.house) == 1


async def test_parcels_of_one_case_in_two_conversations_both_go_out(room: Room) -> None:
    case = await room.begin()
    await room.say("Acme", room.envelope(conversation="C-team"))
    assert await deliver(room.house) == 2
    found: tuple[Parcel, ...] = await room.store.parcels(HERE, case)
    assert {p.place.conversation for p in found if p.state == "sent"} == {"D-anna", "C-team"}
