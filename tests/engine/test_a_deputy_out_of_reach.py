"""A deputy whom nothing reaches: the question waits for the owner, who hears of it once."""

from dataclasses import replace
from datetime import date, timedelta

from bot.core.words import CaseId, PersonId
from bot.engine.conflicts import TRIES
from bot.engine.deliver import deliver
from bot.engine.errors import Conflict
from bot.engine.tick import tick
from tests.engine.faults import FaultyStore
from tests.engine.room import HERE, Message, Room
from tests.engine.test_reminding import ANNA, TUESDAY, follow, labels, run, stored
from tests.engine.test_standing_in import CHECK, staff

LOST = "I cannot reach Ben Ode, so nobody answers for you now"


async def away(room: Room, *ids: str, until: str = "15 June") -> None:
    """These cases of an owner who is away, whose deputy's conversation takes nothing."""
    staff(room)
    for id_ in ids:
        await follow(room, id_)
    room.clock.at = TUESDAY - timedelta(days=1)
    for line in ("lead @Lin", "deputy Ben Ode", f"away until {until}"):
        envelope = replace(room.envelope(), named={"@Lin": PersonId("lin")})
        await room.command(line, envelope)
    room.channel.gone.add("ben")
    room.clock.at = TUESDAY


async def days(room: Room, count: int) -> list[Message]:
    """All that is said in so many days."""
    for _ in range(count):
        await tick(room.house)
        await deliver(room.house)
        room.clock.move(timedelta(days=1))
    return room.channel.messages


async def test_the_owner_hears_once_that_nobody_stands_in(room: Room) -> None:
    await away(room, "c1", "c2")
    messages = await days(room, 5)
    assert [m.conversation for m in messages] == ["D-anna"]
    assert messages[0].card.text.en.startswith(LOST)
    person = await room.store.person(HERE, ANNA)
    assert person is not None
    assert (person.manners.deputy, person.manners.deputy_name) == (None, "")


async def test_nothing_counts_as_unanswered_and_the_lead_hears_nothing(room: Room) -> None:
    await away(room, "c1", "c2")
    messages = await days(room, 5)
    assert "lin" not in [m.conversation for m in messages]
    for id_ in ("c1", "c2"):
        case = await stored(room, CaseId(id_))
        assert not case.unheard
        assert {r.asked for r in case.reminders.values()} == {()}
        assert case.reminders[CHECK].state == "laid"


async def test_back_again_the_owner_is_asked_what_the_deputy_was_not(room: Room) -> None:
    await away(room, "c1")
    told, asked, *_ = await days(room, 7)
    assert told.card.text.en.startswith(LOST)
    assert asked.conversation == "D-anna"
    assert "On track" in labels(asked)
    (first, *_) = (await stored(room, CaseId("c1"))).reminders[CHECK].asked
    assert first.date() == date(2026, 6, 15)


async def test_a_case_of_which_nothing_was_asked_stays_as_it_is(room: Room) -> None:
    await away(room, "c1", "c2")
    for ping in await room.store.pings(TUESDAY + timedelta(days=9)):
        async with room.store.turn(HERE) as turn:
            if ping.case == "c2":
                await turn.take_ping(ping)
    before = await stored(room, CaseId("c2"))
    await days(room, 1)
    assert await stored(room, CaseId("c2")) == before


async def test_who_is_named_instead_is_asked_what_waits(room: Room) -> None:
    await away(room, "c1")
    await days(room, 1)
    await room.command("deputy @Zoe", replace(room.envelope(), named={"@Zoe": PersonId("zoe")}))
    messages = await run(room)
    assert [m.conversation for m in messages] == ["D-anna", "zoe"]


async def test_an_owner_back_early_is_asked_what_waits(room: Room) -> None:
    await away(room, "c1")
    await days(room, 1)
    await run(room)
    await room.command("away off")
    assert [m.conversation for m in await run(room)] == ["D-anna", "D-anna"]


async def test_another_deputy_named_meanwhile_stays(room: Room) -> None:
    await away(room, "c1")
    await tick(room.house)
    await room.command("deputy @Zoe", replace(room.envelope(), named={"@Zoe": PersonId("zoe")}))
    await deliver(room.house)
    messages = await run(room)
    assert [m.conversation for m in messages] == ["zoe"]


async def test_conflicts_on_the_way_are_tried_again() -> None:
    store = FaultyStore()
    room = Room(store)
    await away(room, "c1")
    await tick(room.house)
    store.errors += [Conflict() for _ in range(TRIES - 1)]
    await deliver(room.house)
    messages = await run(room)
    assert [m.conversation for m in messages] == ["D-anna"]
