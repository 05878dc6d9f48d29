"""An owner whose account is closed: nobody is asked in vain, and their lead hears of it once."""

from dataclasses import replace
from datetime import timedelta

from structlog.testing import capture_logs

from bot.core.approving.organisation import Organisation, Organisations
from bot.core.words import PersonId
from bot.engine.deliver import deliver
from bot.engine.errors import Conflict
from bot.engine.tick import tick
from tests.engine.faults import FaultyStore
from tests.engine.room import Room
from tests.engine.test_reminding import TUESDAY, follow, stored

LIN = PersonId("lin")


def led(room: Room) -> Room:
    """A house whose operator has named an account lead."""
    roles = {"account_lead": (LIN,)}
    known = Organisations((Organisation(roles=roles),))
    room.house = replace(room.house, organisations=known)
    return room


async def test_the_lead_is_told_once_of_each_case_and_nothing_more_is_asked(room: Room) -> None:
    led(room)
    cases = [await follow(room, name) for name in ("c1", "c2")]
    room.channel.gone.add("D-anna")
    room.clock.at = TUESDAY
    for _ in range(12):
        await tick(room.house)
        await deliver(room.house)
        room.clock.move(timedelta(days=1))
    assert [m.conversation for m in room.channel.messages] == ["lin", "lin"]
    told = [m.card.text.en for m in room.channel.messages]
    assert all("account is closed" in words and "still stands" in words for words in told)
    for id_ in cases:
        case = await stored(room, id_)
        assert case.unheard
        assert all(r.state == "parked" for r in case.reminders.values() if r.asked or not r.is_open)


async def test_an_operator_finds_it_in_the_log_with_the_remedy(room: Room) -> None:
    await follow(room, "c1")
    room.channel.gone.add("D-anna")
    room.clock.at = TUESDAY
    with capture_logs() as logs:
        await tick(room.house)
        await deliver(room.house)
    [said] = [line for line in logs if line["event"] == "an owner's account is closed"]
    assert "CANDOR_ORGANISATION" in said["remedy"]


async def test_an_owner_who_is_back_is_asked_again(room: Room) -> None:
    led(room)
    id_ = await follow(room, "c1")
    room.channel.gone.add("D-anna")
    room.clock.at = TUESDAY
    await tick(room.house)
    await deliver(room.house)
    room.channel.gone.clear()
    await room.command(f"show {id_}")
    assert not (await stored(room, id_)).unheard


async def test_a_conflict_on_the_way_is_tried_again() -> None:
    store = FaultyStore()
    room = led(Room(store))
    await follow(room, "c1")
    room.channel.gone.add("D-anna")
    room.clock.at = TUESDAY
    await tick(room.house)
    store.errors.append(Conflict())
    await deliver(room.house)
    assert [m.conversation for m in room.channel.messages] == ["lin"]
